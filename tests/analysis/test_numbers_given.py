"""Numbers that units gave: which one of each, and what a group's come to."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from misbrug_analysis.analysis.description import in_standings
from misbrug_analysis.analysis.numbers import numbers_given, summarised
from misbrug_analysis.model.answer_words import Answer, MissingAnswer
from misbrug_analysis.model.instrument import Item, Kind
from misbrug_analysis.model.instrument_file import load_instrument
from tests.small import CASES

ASKED = Item(id="n", topic="t", kind=Kind.DESCRIPTIVE, text={"da": "Hvor mange?"}, type="number")


def answers(*rows: tuple[str, str]) -> pd.DataFrame:
    """Answers of units to the question, one a form."""
    said = [(unit, str(at), "1", "n", value) for at, (unit, value) in enumerate(rows)]
    return pd.DataFrame(said, columns=["unit", "form", "respondent", "item", "value"])


def summary(rows: Sequence[tuple[str, str]], group: str) -> list[float]:
    groups = pd.Series({"a": "x", "b": "x", "c": "x", "d": "y"})
    found = summarised(numbers_given(answers(*rows), ASKED), groups)
    return found.loc[[group]].to_numpy(dtype="float64")[0].tolist()


def test_the_median_and_the_ends_of_a_group_are_those_of_its_units() -> None:
    rows = [("a", "10"), ("b", "2.5"), ("c", "7"), ("d", "100")]
    assert summary(rows, "x") == [3, 7, 2.5, 10, 0]
    assert summary(rows[:2], "x") == [2, 6.25, 2.5, 10, 0]


def test_a_group_that_gave_no_number_has_none() -> None:
    found = summary([("a", "10")], "y")
    assert (found[0], found[4]) == (0, 0)
    assert all(value != value for value in found[1:4])


def test_a_unit_whose_forms_give_different_numbers_counts_for_none() -> None:
    rows = [("a", "10"), ("a", "12"), ("b", "4"), ("b", "4"), ("c", "6")]
    assert summary(rows, "x") == [2, 5, 4, 6, 1]


def test_each_respondent_gives_a_number_where_they_are_asked() -> None:
    rows = answers(("a", "1"), ("a", "3"))
    people = rows.assign(respondent=["1", "2"])
    assert numbers_given(people, ASKED, ["unit", "respondent"]).tolist() == [1, 3]


def test_codes_are_counted_as_what_they_stand_for() -> None:
    small = load_instrument(CASES, "instrument")
    codes = {"5": Answer(label={"en": "always"}, counts_as="yes")}
    codes |= {"1": Answer(label={"en": "never"}, counts_as="no")}
    missing = {"dk": MissingAnswer(label={"en": "don't know"}, counts_as="no")}
    other = small.model_copy(update={"answers": codes, "missing": missing})
    rows = pd.DataFrame(
        {"item": ["t.1", "t.s1", "t.1", "t.d1", "t.1.remark"], "value": ["5", "1", "dk", "5", "1"]}
    )
    assert in_standings(rows, other)["value"].tolist() == ["yes", "no", "no", "5", "1"]
    assert in_standings(rows, small) is rows
