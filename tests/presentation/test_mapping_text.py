"""The draft of ``mapping.yaml``: it reads back as it was meant, whatever the file says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from misbrug_analysis.intake.exports.drafting import Draft, Parts, draft_wide
from misbrug_analysis.intake.exports.variables import Variable
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.collecting.mapping_text import (
    MAX_HEADING,
    line,
    mapping_text,
    nameable,
    quoted,
)
from misbrug_analysis.presentation.language import Language
from tests.small import load, make_project

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "# not a comment",
    "a: b",
    "- x",
    '"; rm -rf /',
    "\\U0000000a exports:",
    "&anchor *alias !!python/object:os.system",
    "line\nbreak\r\nexports: []",
    "next\u0085line\u2028and\u2029more",
    "bell\x07 and escape \x1b[31m",
    "right to left \u202e and \ufeff mark",
    "{{ jinja }} {% block %}",
    "<script>alert(1)</script>",
    "😀 æøå",
    "'single' \"double\"",
    "%TAG ! x",
]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load(make_project(tmp_path_factory.mktemp("project")))


def drafted(study: Study, *variables: Variable) -> Draft:
    whose = (Variable("Besvarelse fra"), Variable("Skema"))
    return draft_wide(Parts("forms/a.csv", "wide"), [*whose, *variables], study)


def written(study: Study, *drafts: Draft, language: str = "da") -> str:
    return mapping_text(drafts, study, Language.load(language))


def read(text: str) -> dict[str, object]:
    (export,) = yaml.safe_load(text)["exports"]
    assert isinstance(export, dict)
    return export


def comments(text: str) -> list[str]:
    return [one.strip() for one in text.splitlines() if one.strip().startswith("#")]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_quoted_text_is_read_again_as_it_was(text: str) -> None:
    assert yaml.safe_load(quoted(text)) == text
    assert len(quoted(text).splitlines()) == 1


@given(st.text())
def test_any_text_is_quoted_on_one_line(text: str) -> None:
    if not any(0xD800 <= ord(one) < 0xE000 for one in text):
        assert yaml.safe_load(quoted(text)) == text
    assert len(quoted(text).splitlines()) == 1


@given(st.text())
def test_any_text_is_a_comment_of_one_line(text: str) -> None:
    said = line(text)
    assert len(f"# {said}".splitlines()) == 1
    assert said.isprintable()
    assert len(said) <= 120


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_file_says_is_text_and_nothing_else(study: Study, text: str) -> None:
    made = drafted(
        study,
        Variable(text, label=text, option=text, texts=(text,)),
        Variable("t.1", texts=(text, "ja")),
        Variable("t.d2", label="Hvordan?", option=text),
    )
    export = read(written(study, made))
    assert export["unused"] == [text]
    assert set(export) - {"codes"} == {"file", "layout", "unit", "form", "items", "unused"}
    assert (export["items"], export.get("codes")) == ({"t.1": "t.1"}, None)


def test_personal_data_and_long_headings_stand_in_no_draft(study: Study) -> None:
    long = "x" * (MAX_HEADING + 1)
    made = drafted(
        study,
        Variable("Navn 010190-1234", texts=("Ole",)),
        Variable(long),
        Variable("t.1", label="Skriv til ole@by.dk", texts=("12 34 56 78",)),
        Variable("t.2"),
    )
    text = written(study, made)
    assert "010190-1234" not in text
    assert "ole@by.dk" not in text
    assert "12 34 56 78" not in text
    assert long not in text
    assert read(text)["unused"] is None
    assert "# - Navn [cpr]" in text
    assert not nameable(long)


def test_what_is_tied_is_active_and_what_is_not_is_a_comment(study: Study) -> None:
    made = drafted(
        study,
        Variable("t.1", texts=("Y", "ja")),
        Variable("Bemærkning"),
        Variable("Skriver I det ned"),
        Variable("Hvordan? [brev]"),
        Variable("id", label="Løbenummer"),
    )
    text = written(study, made)
    assert read(text) == {
        "file": "forms/a.csv",
        "layout": "wide",
        "unit": "Besvarelse fra",
        "form": "Skema",
        "items": {"t.1": "t.1", "t.d2": {"brev": "Hvordan? [brev]"}},
        "remarks": {"t.1": "Bemærkning"},
        "codes": None,
        "unused": ["id"],
    }
    told = comments(text)
    assert '# "t.2": "Skriver I det ned"  # ligner t.2: Skriver I det ned?' in told
    assert '# "samtale":' in told
    assert '# "Y":' in told
    assert '# "t.s1":  # Hver gang?' in told
    assert '"t.1": "t.1"  # Følger I op?' in text
    assert '- "id"  # Løbenummer' in text


def test_what_may_be_an_option_stands_with_the_options(study: Study) -> None:
    """Without its ``#`` the line is one more option, and not the question a second time."""
    made = drafted(study, Variable("Hvordan? [brev]"), Variable("Hvordan? [breve]"))
    text = written(study, made)
    (doubtful,) = (one for one in text.splitlines() if "[breve]" in one)
    assert doubtful.startswith('        # "?": "Hvordan? [breve]"')
    changed = text.replace('        # "?": ', '        "samtale": ')
    assert read(changed)["items"] == {
        "t.d2": {"brev": "Hvordan? [brev]", "samtale": "Hvordan? [breve]"}
    }


def test_options_that_are_all_in_doubt_can_be_let_in_together(study: Study) -> None:
    made = drafted(study, Variable("Hvordan?"), Variable("Hvordan? [brev]"))
    text = written(study, made)
    assert read(text)["items"] is None
    changed = text.replace('# "t.d2":\n', '"t.d2":\n').replace('#   "brev"', '  "brev"')
    assert read(changed)["items"] == {"t.d2": {"brev": "Hvordan? [brev]"}}


def test_the_comments_are_in_the_language_of_the_study(study: Study) -> None:
    made = drafted(study, Variable("t.1"))
    assert "# Ikke fundet i filen:" in comments(written(study, made))
    assert "# Not found in the file:" in comments(written(study, made, language="en"))


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_draft_loads(tmp_path: Path, language: str) -> None:
    folder = make_project(tmp_path)
    study = load(folder)
    made = drafted(study, Variable("t.1", texts=("Y",)), Variable("Hvordan? [brev]"), Variable("x"))
    (folder / "mapping.yaml").write_text(written(study, made, language=language), encoding="utf-8")
    (export,) = load(folder).exports
    assert export.items == {
        "t.1": "t.1",
        "t.d2": {"brev" if language == "da" else "letter": "Hvordan? [brev]"},
    }
    assert (export.codes, export.unused) == ({}, ["x"])


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=8, unique=True))
def test_a_draft_of_any_headings_is_yaml(study: Study, headings: list[str]) -> None:
    whole = [one for one in headings if not any(0xD800 <= ord(sign) < 0xE000 for sign in one)]
    export = read(written(study, drafted(study, *map(Variable, whole))))
    assert export["file"] == "forms/a.csv"
    assert set(export.get("unused") or []) <= set(whole)
