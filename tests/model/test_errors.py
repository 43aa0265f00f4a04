"""Messages: every code can be told, is used, and exists; and a message says four things."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import misbrug_analysis
from misbrug_analysis.model.errors import (
    DefinitionError,
    MisbrugError,
    Phrase,
    Problem,
    faults,
    few_names,
    hint,
    is_ours,
    name_list,
    shown,
)

LIBRARY = Path(misbrug_analysis.__file__).parent
TAKES_A_CODE = {"Problem": 0, "Misfit": 1, "UnreadableFile": 0, "reject": 1, "reject_form": 0}
TAKES_A_CODE |= {
    "Misread": 0,
    "_decided": 0,
    "_clash": 1,
    "_reject": 2,
    "_fault": 0,
    "UnreadableExport": 1,
}
"""What is called with a code, and which of its arguments that is."""


class Anything:
    """A value for any field of any text."""

    def __format__(self, spec: str) -> str:
        return "something"

    def __repr__(self) -> str:
        return "something"


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def codes() -> Iterator[tuple[str, str]]:
    """Every code that stands in a call in the library, with its file."""
    for path in sorted(LIBRARY.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                place = TAKES_A_CODE.get(name)
                given = node.args[place : place + 1] if place is not None else []
                for argument in given:
                    if isinstance(argument, ast.Constant):
                        yield path.relative_to(LIBRARY).as_posix(), str(argument.value)


def texts_in_the_library() -> set[str]:
    """Every text constant of the library's code."""
    return {
        node.value
        for path in LIBRARY.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize("code", sorted(faults()))
def test_every_message_says_what_is_wrong_what_was_expected_and_what_to_do(code: str) -> None:
    entry = faults()[code]
    assert set(entry) == {"what", "expected", "next"}
    names = set().union(*(fields(text) for text in entry.values()))
    problem = Problem(code, "a file", dict.fromkeys(names, Anything()))
    assert problem.what
    assert problem.expected
    assert problem.next_step.endswith((".", "?"))
    assert str(problem).startswith("a file: ")
    assert "{" not in str(problem).replace("metadata={", "")


def test_every_message_is_used() -> None:
    assert set(faults()) - texts_in_the_library() == set()


def test_every_code_that_is_used_has_a_message() -> None:
    used = list(codes())
    assert len(used) > 40
    assert [(where, code) for where, code in used if code not in faults()] == []


def test_a_problem_without_a_place_begins_with_what_is_wrong() -> None:
    problem = Problem("missing_field", values={"name": "title"})
    assert str(problem) == "title is missing.\n    expected: a value for title\n    next: Add it."


@pytest.mark.parametrize(
    ("unit", "danish"),
    [("a/b", "a/b har sendt skemaet"), (Phrase("a_unit"), "En enhed har sendt skemaet")],
)
def test_a_sentence_begins_with_a_capital_unless_someone_wrote_the_word(
    unit: object, danish: str
) -> None:
    problem = Problem("form_twice", "", {"unit": unit, "form": "x", "other": "y.csv"})
    assert problem.sentence("da").startswith(danish)
    assert problem.told("da").startswith(danish)


def test_no_message_begins_with_the_name_of_a_file() -> None:
    for language in ("da", "en"):
        for code, texts in faults(language).items():
            assert "." not in texts["what"].partition(" ")[0].partition("}")[0], code


HIDDEN = ["010190-1234", "ole@by.dk", "12 34 56 78"]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("hidden", HIDDEN)
def test_no_message_shows_what_is_masked_elsewhere(language: str, hidden: str) -> None:
    for code, texts in faults(language).items():
        names = set().union(*map(fields, texts.values()))
        told = Problem(code, f"{hidden}.csv, line 2", dict.fromkeys(names, hidden)).told(language)
        assert hidden not in told, code


def test_words_path_and_phrases_are_masked_and_examples_stay() -> None:
    values: dict[str, object] = {"name": Path("/ole@by.dk"), "detail": Phrase("no_email")}
    values |= {"expected": Phrase("an_email"), "given": Phrase("given", {"value": "ole@by.dk"})}
    problem = Problem("bad_value", "", values)
    assert problem.what == "/[e-mail]: this is not an e-mail address."
    assert problem.expected == "an e-mail address such as mail@example.org"
    assert problem.next_step == "Correct the value “[e-mail]”."


@pytest.mark.parametrize("kept", ["2014-03-01", "0259", "1.1", "kl12 2013.1", "10.000 kr."])
def test_what_is_no_personal_data_stands_in_messages_as_it_is(kept: str) -> None:
    values = {"value": kept, "item": "1.1", "hint": "", "valid": "ja"}
    assert f"“{kept}” is not" in str(Problem("unknown_answer", f"{kept}.csv", values))
    size = Phrase("bytes", {"number": 12345678})
    assert Problem("file_too_large", "", {"size": size}).what.endswith("12,345,678 bytes.")


def test_only_errors_of_the_project_are_its_own() -> None:
    assert is_ours("IntakeError")
    assert not is_ours("ValueError")
    assert not is_ours("Problem")


def test_an_error_holds_and_tells_all_its_problems() -> None:
    problems = [Problem("missing_field", f"line {n}", {"name": "x"}) for n in (1, 2)]
    error = DefinitionError(problems)
    assert isinstance(error, MisbrugError)
    assert error.problems == tuple(problems)
    assert str(error) == f"{problems[0]}\n{problems[1]}"


def test_in_a_notebook_an_error_is_its_message_and_no_traceback() -> None:
    error = DefinitionError([Problem("missing_field", "line 1", {"name": "x"})])
    assert error._render_traceback_() == str(error).splitlines()


def test_names_are_listed_and_the_nearest_is_hinted_at() -> None:
    assert name_list(["syd", "oest"]) == "syd, oest"
    assert name_list([]) == "–"
    assert str(hint("sydd", ["syd", "oest"])) == " Did you mean syd?"
    assert hint("nord", ["syd"]) == ""


def test_paths_are_shown_from_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "data" / "units.csv") == "data/units.csv"
    assert shown(Path("/elsewhere/units.csv")) == "/elsewhere/units.csv"


def test_of_very_many_valid_names_a_message_lists_the_first() -> None:
    names = [f"Sted {number}" for number in range(1, 42)]
    assert few_names(names[:40]) == name_list(names[:40])
    told = few_names(names)
    assert isinstance(told, Phrase)
    assert told.told("da").startswith("Sted 1, Sted 2, ")
    assert told.told("da").endswith("Sted 19, Sted 20 og 21 til")
