"""What holds of scores whatever the answers are; the cases in ``tests/cases`` have the numbers."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from misbrug_analysis.analysis.scoring import count_bounds, score, topic_answers
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.instrument_file import load_instrument
from misbrug_analysis.model.settings import Rules
from misbrug_analysis.model.tables import COLUMNS
from tests.small import CASES

SMALL = load_instrument(CASES, "instrument")
INDICATORS = ("t.1", "t.2")
UNITS = pd.DataFrame(
    {"unit": list("abcd"), "team": ["north", "north", "south", "south"], "whole": "all"},
    dtype="str",
)

said = st.sampled_from(["yes", "no", "partly", "unanswered"])
everyone = st.tuples(
    *[st.one_of(st.just(("absent", "absent")), st.tuples(said, said)) for _ in UNITS["unit"]]
)
counting = st.sampled_from(["out", "as_no", "as_yes"])
points = st.sampled_from([(1, 0.5, 0), (2, 1, 0), (5, 4, 1), (1, 1, 0), (3, 0, 0)])


def table(answers: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    """The table ``consolidated`` of the four units' answers to t.1 and t.2."""
    rows = [
        ("small-study", unit, indicator, answer, "agreed", "")
        for unit, pair in zip(UNITS["unit"], answers, strict=True)
        for indicator, answer in zip(INDICATORS, pair, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS["consolidated"]), dtype="str")


def with_points(given: tuple[float, float, float]) -> Instrument:
    yes, partly, no = given
    return SMALL.model_copy(update={"points": {"yes": yes, "partly": partly, "no": no}})


def scored(
    answers: tuple[tuple[str, str], ...], instrument: Instrument = SMALL, **rules: str
) -> pd.DataFrame:
    return score(table(answers), UNITS, ["team", "whole"], instrument, Rules.model_validate(rules))


@hypothesis_settings(max_examples=20, deadline=None)
@given(answers=everyone, given_points=points, absent=counting, missing=counting)
def test_shares_lie_between_their_bounds(
    answers: tuple[tuple[str, str], ...],
    given_points: tuple[float, float, float],
    absent: str,
    missing: str,
) -> None:
    scores = scored(answers, with_points(given_points), absent=absent, missing=missing)
    for column in ("share", "degree", "low", "high"):
        assert scores[column].dropna().between(0, 1).all()
    answered = scores[scores["n"] > 0]
    assert (answered["low"] <= answered["share"] + 1e-12).all()
    assert (answered["share"] <= answered["high"] + 1e-12).all()
    assert scores.loc[scores["n"] == 0, "share"].isna().all()


@hypothesis_settings(max_examples=20, deadline=None)
@given(answers=everyone)
def test_counts_add_up_to_the_units_and_over_groups(answers: tuple[tuple[str, str], ...]) -> None:
    scores = scored(answers)
    counts = ["yes", "partly", "no", "unanswered", "absent"]
    size = {"unit": 1, "team": 2, "whole": 4}
    assert (scores[counts].sum(axis=1) == scores["level"].map(size)).all()
    assert (scores["n"] == scores[["yes", "partly", "no"]].sum(axis=1)).all()
    totals = {level: rows.groupby("item")[counts].sum() for level, rows in scores.groupby("level")}
    assert totals["unit"].equals(totals["whole"])
    assert totals["team"].equals(totals["whole"])


def test_there_is_a_score_for_every_group_and_item() -> None:
    scores = scored((("yes", "no"),) * 4)
    groups = ["a", "b", "c", "d", "north", "south", "all"]
    expected = {(group, item) for group in groups for item in ("t.1", "t.2", "t")}
    assert set(zip(scores["group"], scores["item"], strict=True)) == expected
    assert len(scores) == len(expected)


@pytest.mark.parametrize(
    ("pair", "answer"),
    [
        (("no", "unanswered"), "no"),
        (("no", "partly"), "no"),
        (("no", "yes"), "no"),
        (("unanswered", "partly"), "unanswered"),
        (("unanswered", "yes"), "unanswered"),
        (("partly", "yes"), "partly"),
        (("yes", "yes"), "yes"),
        (("unanswered", "unanswered"), "unanswered"),
        (("absent", "absent"), "absent"),
    ],
)
def test_a_topic_takes_the_first_that_applies(pair: tuple[str, str], answer: str) -> None:
    for one in (pair, (pair[1], pair[0])):
        topics = topic_answers(table((one,) * 4), SMALL, Rules())
        assert set(topics["answer"]) == {answer}


def test_points_are_shares_of_the_best() -> None:
    # Points 4, 3 and 0: one yes and one partly earn 7 of 8; with two more who are missing they
    # earn 7 of 16 at the least and 15 of 16 at the most.
    scores = scored(
        (("yes", "yes"), ("partly", "yes"), ("absent", "absent"), ("unanswered", "unanswered")),
        with_points((4, 3, 0)),
    )
    assert bounds(scores, "north", "t.1") == (7 / 8, 7 / 8, 7 / 8)
    assert bounds(scores, "all", "t.1") == (7 / 8, 7 / 16, 15 / 16)
    # b's degree is the mean of 3/4 and 1.
    of_b = (scores["group"] == "b") & (scores["item"] == "t")
    assert scores.loc[of_b, "degree"].tolist() == [7 / 8]


def test_who_is_missing_is_bounded_by_what_a_no_and_a_yes_earn() -> None:
    # Points 4, 3 and 1: a yes and a no earn 5 of 8. Two who are missing earn 2 of 8 at the least
    # and 8 of 8 at the most, which makes 7 and 13 of 16.
    scores = scored(
        (("yes", "yes"), ("no", "yes"), ("absent", "absent"), ("unanswered", "yes")),
        with_points((4, 3, 1)),
    )
    assert bounds(scores, "all", "t.1") == (5 / 8, 7 / 16, 13 / 16)


def bounds(scores: pd.DataFrame, group: str, item: str) -> tuple[float, ...]:
    """Share, low and high of an item in a group."""
    row = scores[(scores["group"] == group) & (scores["item"] == item)]
    return tuple(row[["share", "low", "high"]].iloc[0])


@pytest.mark.parametrize(
    ("rules", "counted"),
    [
        # Three say yes, one partly, five no; one is absent and two left it blank: 12 were asked.
        ({}, {"yes": 3, "no": 5, "n": 9}),
        ({"absent": "as_no"}, {"yes": 3, "no": 6, "n": 10}),
        ({"absent": "as_yes", "missing": "as_no"}, {"yes": 4, "no": 7, "n": 12}),
    ],
)
def test_count_bounds_are_the_same_however_the_missing_are_counted(
    rules: dict[str, str], counted: dict[str, int]
) -> None:
    row = pd.Series({"partly": 1, "unanswered": 2, "absent": 1} | counted)
    assert count_bounds(row, Rules.model_validate(rules)) == (3, 6, 12)


def test_a_unit_without_an_answer_to_an_indicator_is_a_fault_of_the_caller() -> None:
    whole = table((("yes", "no"),) * 4)
    for rows in (whole.iloc[1:], pd.concat([whole.iloc[1:], whole.iloc[1:2]])):
        with pytest.raises(ValueError, match="no answer, or several"):
            score(rows, UNITS, ["team", "whole"], SMALL, Rules())
