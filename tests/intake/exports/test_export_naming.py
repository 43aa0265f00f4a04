"""Which question the name of a variable means: by its number, else by its wording."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.intake.exports.naming import Names
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.instrument_file import load_instrument
from tests.small import CASES

ITEMS = """\
id: numbers
title: {da: "Tal"}
version: "1"
origin: {da: "Lavet til afprøvning."}
licence: EUPL-1.2
topic_noun:
  da: {one: emne, many: emner, the_one: emnet, the_many: emnerne, gender: neuter}
answers: {"yes": {label: {da: ja}}, partly: {label: {da: delvis}}, "no": {label: {da: nej}}}
form: {unit: [Besvarelse fra], form: [Skema], item: [Nr.], answer: [Svar], remark: [Note]}
topics: [{id: t, title: {da: "Emne"}, addressed_to: {da: "alle"}}]
items:
  - {id: "1.1", topic: t, kind: indicator, text: {da: "Følger I op?", en: "Do you follow up?"}}
  - {id: "1.10", topic: t, kind: indicator, text: {da: "Skriver I det ned - altid?"}}
  - {id: "12", topic: t, kind: indicator, text: {da: "Samme ord"}}
  - {id: "13", topic: t, kind: indicator, text: {da: "Samme ord"}}
  - id: "2"
    topic: t
    kind: descriptive
    type: multiple
    text: {da: "Hvordan?"}
    options: [{da: samtale, en: talk}, {da: brev}]
  - {id: "2.1", topic: t, kind: descriptive, type: text, text: {da: "Uddyb gerne, hvordan"}}
  - {id: "a.2-b", topic: t, kind: descriptive, type: text, text: {da: "Andet"}}
"""


@pytest.fixture(scope="module")
def instrument(tmp_path_factory: pytest.TempPathFactory) -> Instrument:
    folder = tmp_path_factory.mktemp("instruments")
    (folder / "numbers.yaml").write_text(ITEMS, encoding="utf-8")
    return load_instrument(folder, "numbers")


@pytest.fixture(scope="module")
def names(instrument: Instrument) -> Names:
    return Names(instrument)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1.1", ("1.1", "answer")),
        ("1_1", ("1.1", "answer")),
        ("q1_1", ("1.1", "answer")),
        ("Q1.1", ("1.1", "answer")),
        ("s_1.1", ("1.1", "answer")),
        ("Spm. 1.1", ("1.1", "answer")),
        ("q01_01", ("1.1", "answer")),
        ("1.10", ("1.10", "answer")),
        ("A_2_B", ("a.2-b", "answer")),
        ("2_2", ("2", 2)),
        ("2[2]", ("2", 2)),
        ("q2/2", ("2", 2)),
        ("1.1.remark", ("1.1", "remark")),
        ("Q12[comment]", ("12", "remark")),
        ("q2[other]", ("2", "remark")),
        ("2_3", None),
        ("11", None),
        ("1.1 Følger I op?", None),
        ("1,5 mio.", None),
        ("id", None),
        ("", None),
    ],
)
def test_a_number_is_understood_as_systems_write_it(
    names: Names, text: str, meant: tuple[str, str | int] | None
) -> None:
    assert names.numbered(text) == meant


def test_a_number_that_means_two_things_means_none(names: Names) -> None:
    """2.1 is a question, and 2 has a first option, too."""
    assert names.numbered("2.1") is None
    assert names.numbered("q2_1") is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1.1 Følger I op?", ("1.1", "answer", "Følger I op?")),
        ("Q1.1: Følger I op?", ("1.1", "answer", "Følger I op?")),
        ("1.1) Noget andet", ("1.1", "answer", "Noget andet")),
        ("2[2] brev", ("2", 2, "brev")),
        ("G01Q02. 1.1 Følger I op?", ("1.1", "answer", "Følger I op?")),
        ("Hvor enig? - 1.1 Følger I op?", ("1.1", "answer", "Følger I op?")),
        ("Følger I op? 1.1", None),
        ("1.1", None),
    ],
)
def test_a_number_before_other_words_is_found(
    names: Names, text: str, meant: tuple[str, str | int, str] | None
) -> None:
    assert names.beginning(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Følger  I OP?", ("1.1", "answer")),
        ("Do you follow up?", ("1.1", "answer")),
        ("Q7. Følger I op?", ("1.1", "answer")),
        ("Hvor enig er du i dette? - Følger I op?", ("1.1", "answer")),
        ("Skriver I det ned - altid?", ("1.10", "answer")),
        ("Hvordan?", ("2", "answer")),
        ("Hvordan? [brev]", ("2", 2)),
        ("Q5[SQ001]. Hvordan? [Talk]", ("2", 1)),
        ("Hvordan?: samtale", ("2", 1)),
        ("Hvordan? - brev", ("2", 2)),
        ("Hvordan? [due]", None),
        ("Følger I op", None),
        ("Samme ord", None),
    ],
)
def test_a_wording_is_found_where_it_is_that_of_one_question(
    names: Names, text: str, meant: tuple[str, str | int] | None
) -> None:
    assert names.worded(text) == meant


def test_an_option_that_a_question_does_not_have_is_told_apart(names: Names) -> None:
    assert names.unknown_option("Q5[SQ003]. Hvordan? [due]") == "2"
    assert names.unknown_option("Hvordan? [brev]") is None
    assert names.unknown_option("Hvordan?") is None


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Følger I op", "1.1"),
        ("Følger i op?", "1.1"),
        ("Skriver I det ned - altd?", "1.10"),
        ("Følger kommunen op?", None),
        ("Navn", None),
    ],
)
def test_a_wording_with_a_slip_is_near(names: Names, text: str, item: str | None) -> None:
    assert names.near(text) == item


@pytest.mark.parametrize(
    "text", ["Bemærkning", "Kommentarer til 1.1", "UDDYB", "Note (valgfri)", "Comments:"]
)
def test_the_heading_of_a_remark_is_known(names: Names, text: str) -> None:
    assert names.is_remark(text)


@pytest.mark.parametrize("text", ["Uddyb gerne, hvordan", "Andre noter", "Other"])
def test_a_question_is_no_remark_however_it_begins(names: Names, text: str) -> None:
    assert not names.is_remark(text)


def test_a_remark_says_which_question_it_is_on(names: Names) -> None:
    assert names.remarked("Bemærkning til 1.1:") == "1.1"
    assert names.remarked("Bemærkning (q1_10)") == "1.10"
    assert names.remarked("Bemærkning til 1.1 og 1.10") is None
    assert names.remarked("Bemærkning") is None


def test_a_wording_of_any_length_is_compared_in_bounded_time(names: Names) -> None:
    assert names.near("Følger I op? " * 100_000) is None
    assert names.numbered("1." * 100_000) is None
    assert names.worded("Hvordan? [" * 100_000) is None


def test_the_short_name_of_one_question_names_it(tmp_path: Path) -> None:
    text = (CASES / "instrument.yaml").read_text("utf-8")
    short, other = "label: {en: Follow-up}, text", "label: {en: Seen}, text"
    text = text.replace("kind: indicator, text", f"kind: indicator, {short}")
    text = text.replace("kind: supplementary, text", f"kind: supplementary, {other}", 1)
    (tmp_path / "labelled.yaml").write_text(text, encoding="utf-8")
    names = Names(load_instrument(tmp_path, "labelled"))
    assert names.worded("seen") == ("t.s1", "answer")
    assert names.worded("Follow-up") is None  # two questions are called so
