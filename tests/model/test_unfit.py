"""What is wrong with a value is said in plain words, in the language of the message."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import AfterValidator, AnyUrl, Field, IPvAnyAddress, StringConstraints

from misbrug_analysis.model.errors import MisbrugError, Phrase, Problem
from misbrug_analysis.model.unfit import UnfitValue, bad_value, matching
from misbrug_analysis.model.yamlfile import Model, read_document, read_model


def _even(number: int) -> int:
    if number % 2:
        raise UnfitValue(Phrase("taken"), Phrase("at_most", {"limit": 8}))
    return number


class Boat(Model):
    """A definition with a field of each kind."""

    text: str = ""
    short: Annotated[str, StringConstraints(min_length=2, max_length=3)] = "ab"
    code: Annotated[str, matching(r"[a-z]{2}", "a_language_code")] = "da"
    number: Annotated[int, Field(ge=1, le=5)] = 1
    share: float = 0.5
    flag: bool = True
    day: date = date(2026, 1, 1)
    sail: Literal["red", "white"] = "red"
    crew: Annotated[list[str], Field(min_length=1, max_length=2)] = ["a"]
    engine: dict[str, str] = {}
    even: Annotated[int, AfterValidator(_even)] = 2
    address: IPvAnyAddress | None = None
    link: AnyUrl | None = None


def fault(tmp_path: Path, line: str) -> Problem:
    path = tmp_path / "boat.yaml"
    path.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(MisbrugError) as error:
        read_model(path, Boat)
    (problem,) = error.value.problems
    return problem


@pytest.mark.parametrize(
    ("line", "what", "expected", "next_step"),
    [
        ("text: 12", "text: det er ikke en tekst.",
         "en tekst; en, der ligner et tal, står i anførselstegn, og det gør true og null også",
         "Ret værdien »12«."),
        ("short: a", "short: teksten er for kort.", "mindst 2 tegn", "Ret værdien »a«."),
        ("short: abcd", "short: teksten er for lang.", "højst 3 tegn", "Ret værdien »abcd«."),
        ("code: dansk", "code: det er ikke skrevet på den måde, der bedes om.",
         "de to bogstaver for et sprog, for eksempel da", "Ret værdien »dansk«."),
        ("number: mange", "number: det er ikke et helt tal.", "et helt tal, for eksempel 3",
         "Ret værdien »mange«."),
        ("number: 1.5", "number: det er ikke et helt tal.", "et helt tal, for eksempel 3",
         "Ret værdien »1.5«."),
        ("number: 0", "number: tallet er for lille.", "mindst 1", "Ret værdien »0«."),
        ("number: 6", "number: tallet er for stort.", "højst 5", "Ret værdien »6«."),
        ("share: halv", "share: det er ikke et tal.",
         "et tal med decimalpunktum, for eksempel 0.5", "Ret værdien »halv«."),
        ("flag: måske", "flag: det er hverken true eller false.", "true eller false",
         "Ret værdien »måske«."),
        ("day: 2026-02-30", "day: det er ikke en dato.", "en dato som 2014-03-01",
         "Ret værdien »2026-02-30«."),
        ("sail: blue", "sail: det er ikke en af mulighederne.", "en af: red, white",
         "Ret værdien »blue«."),
        ("crew: Bo", "crew: det er ikke en liste.",
         "en liste: en linje til hver med en bindestreg foran, eller [a, b]",
         "Ret værdien »Bo«."),
        ("crew: []", "crew: der er for få punkter.", "mindst 1", "Ret værdien."),
        ("crew: [a, b, c]", "crew: der er for mange punkter.", "højst 2", "Ret værdien."),
        ("engine: stor", "engine: der er ingen felter her.",
         "felter med værdier, for eksempel {da: …, en: …}", "Ret værdien »stor«."),
        ("even: 3", "even: navnet er optaget.", "højst 8", "Ret værdien »3«."),
        ("- a", "filen: der er ingen felter her.",
         "felter med værdier, for eksempel {da: …, en: …}", "Ret værdien."),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_or_size_is_told_in_danish(
    tmp_path: Path, line: str, what: str, expected: str, next_step: str
) -> None:
    problem = fault(tmp_path, line)
    assert problem.code == "bad_value"
    assert problem.part("what", "da") == what
    assert problem.part("expected", "da") == expected
    assert problem.part("next", "da") == next_step


def test_a_fault_without_words_of_ours_is_told_in_those_of_the_one_who_found_it(
    tmp_path: Path,
) -> None:
    problem = fault(tmp_path, "address: nowhere")
    assert problem.what.startswith("address: value is not a valid IPv4 or IPv6 address")
    assert problem.part("expected", "da") == "en anden værdi"
    assert fault(tmp_path, "link: nowhere").what.startswith("link: input should be a valid URL")


@pytest.mark.parametrize("given", [None, [], {"a": "b"}])
def test_what_is_no_plain_value_is_not_shown(given: Any) -> None:
    assert bad_value("", "x", "y", "z", given).next_step == "Correct the value."


def test_a_value_that_does_not_fit_says_why_when_it_is_printed() -> None:
    error = UnfitValue(Phrase("no_date"))
    assert str(error) == "this is not a date"
    assert str(error.expected) == "another value"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: b: c", "der står et kolon"),
        ("a: [b", "der mangler et komma"),
        ('a: "b', "filen slutter midt i"),
        ("a: @b", "en tekst begynder med et tegn"),
        ("- a\nb: c", "et punkt på en liste begynder ikke"),
        ("a: 1\n  - b\n c: d", "en indrykning er forkert"),
        ("a: b\nc\n", "der mangler et kolon"),
        ("a: \x07b", "der er et tegn, som ingen programmer viser"),
        ("a: !x:y b", "der står noget, der ikke kan læses som YAML"),
    ],
)
def test_broken_yaml_is_told_in_plain_words(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "boat.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MisbrugError) as error:
        read_document(path)
    (problem,) = error.value.problems
    assert problem.code == "yaml_syntax"
    assert words in problem.part("what", "da")
