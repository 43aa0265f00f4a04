"""The catalogues of messages: the same in every language, told with any values, listed in docs."""

from __future__ import annotations

import ast
import re
import runpy
import string
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import misbrug_analysis
from misbrug_analysis.model.errors import Phrase, Problem, faults, messages, place

LIBRARY = Path(misbrug_analysis.__file__).parent
DOCS = LIBRARY.parent / "docs"
CATALOGUES = sorted((LIBRARY / "model" / "messages").glob("*.yaml"))
LANGUAGES = [path.stem for path in CATALOGUES]

_TELLING = {
    "the",
    "is",
    "are",
    "was",
    "with",
    "which",
    "this",
    "there",
    "what",
    "not",
    "does",
    "one",
}
"""English words that Danish does not have."""


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def fields_of(code: str, language: str) -> set[str]:
    return set().union(*map(fields, faults(language)[code].values()))


def quoted_in(code: str, language: str) -> set[str | None]:
    parsed = map(string.Formatter().parse, faults(language)[code].values())
    return {name for text in parsed for _, name, _, conversion in text if conversion}


def constants() -> set[str]:
    """Every text constant of the library's code."""
    return {
        node.value
        for path in LIBRARY.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def phrase_keys() -> set[str]:
    """Every key that stands in a call of Phrase or matching in the library."""
    calls = (
        (node.args, {"Phrase": 0, "matching": 1}.get(getattr(node.func, "id", "")))
        for path in LIBRARY.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    )
    found = (args[at] for args, at in calls if at is not None and at < len(args))
    return {str(arg.value) for arg in found if isinstance(arg, ast.Constant)}


def test_there_are_messages_in_danish_and_english() -> None:
    assert LANGUAGES == ["da", "en"]


@pytest.mark.parametrize("section", ["frame", "places", "phrases", "fields", "groups", "faults"])
def test_languages_have_the_same_entries(section: str) -> None:
    assert set(messages("da")[section]) == set(messages("en")[section])


def test_a_message_stands_in_one_group_and_the_same_in_every_language() -> None:
    groups = {group: set(codes) for group, codes in messages("en")["faults"].items()}
    assert {group: set(codes) for group, codes in messages("da")["faults"].items()} == groups
    assert set(groups) == set(messages("en")["groups"])
    assert len(faults()) == sum(map(len, groups.values()))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_no_name_stands_twice_in_a_catalogue(path: Path) -> None:
    def check(node: yaml.Node) -> None:
        if isinstance(node, yaml.MappingNode):
            names = [key.value for key, _ in node.value]
            assert len(names) == len(set(names)), sorted(names)
            for _, value in node.value:
                check(value)

    check(yaml.compose(path.read_text(encoding="utf-8")))


def test_the_texts_of_a_message_have_the_same_fields_in_every_language() -> None:
    for code in faults():
        assert fields_of(code, "da") == fields_of(code, "en"), code
    for key, text in messages("en")["phrases"].items():
        assert fields(messages("da")["phrases"][key]) == fields(text), key


def test_every_phrase_is_used_and_every_phrase_that_is_used_exists() -> None:
    phrases = set(messages("en")["phrases"])
    assert phrases - constants() == set()
    assert phrase_keys() - phrases == set()
    assert len(phrase_keys()) > 80


def test_every_field_has_a_name_for_readers_and_every_name_is_of_a_field() -> None:
    used = set().union(*(fields_of(code, "en") for code in faults()))
    used |= set().union(*map(fields, messages("en")["phrases"].values()))
    assert used == set(messages("en")["fields"])


def test_danish_messages_hold_no_english() -> None:
    texts = [text for entry in faults("da").values() for text in entry.values()]
    texts += [*messages("da")["phrases"].values(), *messages("da")["groups"].values()]
    assert len(texts) > 200
    for text in texts:
        words = re.findall(r"\w+", re.sub(r"`[^`]*`|\{[^}]*\}", "", text).casefold())
        assert not set(words) & _TELLING, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_parts_of_a_message_end_as_sentences_do(language: str) -> None:
    for code, entry in faults(language).items():
        assert entry["what"].endswith((".", "}")), code
        assert not entry["expected"].endswith("."), code
        assert entry["next"].endswith((".", "?")), code


def test_languages_quote_the_same_fields() -> None:
    for code in faults():
        assert quoted_in(code, "da") == quoted_in(code, "en"), code


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=st.text() | st.sampled_from(["{x}", "{0}", "{", "}}", "%s", "a\nb", "{value!r:>9}"]))
def test_a_message_can_be_told_with_any_values(language: str, value: str) -> None:
    for code in faults():
        values = dict.fromkeys(fields_of(code, language), value)
        assert Problem(code, "forms/a.csv, row 1", values).told(language)


@pytest.mark.parametrize(
    ("value", "danish", "english"),
    [
        ("{item} %s", "»{item} %s«", "“{item} %s”"),
        ("it's", "»it's«", "“it's”"),
        ("to\n  linjer", "»to linjer«", "“to linjer”"),
        ("a" * 300, f"»{'a' * 200}…«", f"“{'a' * 200}…”"),
    ],
)
def test_what_was_written_stays_as_it_is_in_quotes_on_one_line(
    value: str, danish: str, english: str
) -> None:
    values = {"value": value, "item": "1.1", "hint": ""}
    problem = Problem("unknown_answer", "", values)
    assert problem.part("what", "da") == f"{danish} er ikke et svar på 1.1."
    assert problem.part("what", "en") == f"{english} is not an answer to 1.1."


def test_a_message_is_told_in_a_language_with_its_place_and_its_phrases() -> None:
    values = {"name": Phrase("rating_of", {"topic": "{5}"})}
    problem = Problem("missing_field", "areas.yaml, line 3", values)
    assert problem.told("da") == (
        "areas.yaml, linje 3: en vurdering af emne {5} mangler.\n"
        "    Forventet: at en vurdering af emne {5} står i filen\n"
        "    Gør sådan: Tilføj det, der mangler."
    )


@pytest.mark.parametrize(
    ("where", "danish"),
    [
        ("forms/a.csv, row 9 column 3", "forms/a.csv, række 9 kolonne 3"),
        ("row 9 column 3", "række 9 kolonne 3"),
        ("forms/row 3 column b.csv, row 1", "forms/row 3 column b.csv, række 1"),
        ("forms/a.xlsx, Svar!C14", "forms/a.xlsx, Svar!C14"),
        ("Ark 1 (name of the sheet)", "Ark 1 (arkets navn)"),
        ("study.yaml, accept, entry 2", "study.yaml, accept, punkt 2"),
        ("map.geojson, feature 2", "map.geojson, objekt 2"),
        ("", ""),
    ],
)
def test_a_place_is_said_in_the_language_and_file_names_are_left_alone(
    where: str, danish: str
) -> None:
    assert place(where, "da") == danish
    assert place(where, "en") == where


def test_a_language_without_messages_is_told_in_english() -> None:
    assert messages("xx") == messages("en")


def test_the_list_in_docs_is_what_the_catalogues_say() -> None:
    """``make messages`` writes it anew."""
    made = runpy.run_path(str(DOCS / "messages.py"))["page"]()
    assert (DOCS / "messages.md").read_text(encoding="utf-8") == made
    for code in faults():
        assert f"\n### {code}\n" in made
