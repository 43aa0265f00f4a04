"""The points of each unit and indicator: its own answer's, or those of what it was settled as."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pandas.testing import assert_series_equal

from misbrug_analysis.analysis.points import unit_points
from misbrug_analysis.model.settings import Rules
from tests.analysis.by_hand import Rulings
from tests.analysis.scored import FIVE, Said, answers_of, instrument, pointed, settled

SCALE = instrument([{"id": "q", "items": ["q1"]}], FIVE)
FROM_ONE = instrument(
    [{"id": "q", "items": ["q1"]}],
    {code: answer | {"points": answer["points"] + 1} for code, answer in FIVE.items()},
)


def points_of(said: Said, rulings: Rulings | None = None, asked: Any = SCALE, **rules: Any) -> list:
    """The points of each unit of ``said`` for q1."""
    found = pointed(answers_of(said), said, asked, Rules(**({"partly": "keep"} | rules)), rulings)
    assert found["unit"].tolist() == list(said)
    return [None if math.isnan(points) else points for points in found["points"]]


def a(*codes: str) -> list[dict[str, str]]:
    """Forms that answer q1 with these codes; one that left it blank has a remark."""
    return [{"q1": code} if code else {"q1.remark": "…"} for code in codes]


def test_an_answer_earns_the_points_of_its_code() -> None:
    said = {code: a(code) for code in FIVE}
    assert points_of(said) == [4, 3, 2, 1, 0]


def test_who_is_absent_or_left_it_blank_has_no_points_unless_the_rules_count_them() -> None:
    said = {"full": a("fully"), "blank": a(""), "absent": []}
    assert points_of(said) == [4, None, None]
    assert points_of(said, missing="as_no") == [4, 0, None]
    assert points_of(said, absent="as_no") == [4, None, 0]
    assert points_of(said, missing="as_yes", absent="as_yes") == [4, 4, 4]
    assert points_of(said, asked=FROM_ONE, missing="as_no", absent="as_no") == [5, 1, 1]


def test_words_that_leave_a_question_unanswered_earn_the_fewest_where_they_count_as_no() -> None:
    counted = FROM_ONE.with_missing({"dont-know": "no"})
    assert points_of({"u": a("dont-know")}, asked=counted) == [1]


@pytest.mark.parametrize(
    ("codes", "split", "points"),
    [
        (("fully", "mostly"), "no", 3),
        (("fully", "mostly"), "any", 4),
        (("fully", "mostly"), "majority", 3),
        (("fully", "fully", "mostly"), "majority", 4),
        (("fully", "little"), "no", 1),  # a joint no; the form that says no has 1
        (("fully", "little"), "any", 4),
        (("fully", "mostly", "little"), "majority", 3),  # a joint yes; of 4 and 3 the lower
        (("little", "none"), "no", 0),
        (("little", "none"), "any", 1),
        (("mostly", ""), "no", 3),
    ],
)
def test_of_several_forms_the_split_rule_takes_the_points(
    codes: tuple[str, ...], split: str, points: float
) -> None:
    assert points_of({"u": a(*codes)}, split=split) == [points]


def test_an_answer_that_a_rule_changed_earns_what_it_counts_as_now() -> None:
    # A joint no that neither form says; a partly that counts as yes, as no, and is undecided.
    assert points_of({"u": a("fully", "partly")}) == [0]
    assert points_of({"u": a("partly")}, partly="as_yes") == [4]
    assert points_of({"u": a("partly")}, partly="as_no") == [0]
    assert points_of({"u": a("partly")}, partly="judge") == [0]


def test_a_ruling_earns_what_it_says_unless_the_unit_had_said_the_same() -> None:
    said = {"b": a("little"), "c": a("mostly"), "d": a("partly"), "e": a("fully")}
    ruled = {("b", "", "q1"): "yes", ("c", "", "q1"): "yes"}
    ruled |= {("d", "form-1", "q1"): "yes", ("e", "form-1", "q1"): "no"}
    assert points_of(said, ruled) == [4, 3, 4, 0]


def test_several_partly_answers_have_their_mean_where_no_form_has_the_points() -> None:
    """A study that says half-way for a unit; the scale has two answers between yes and no."""
    answers = {
        "yes": {"label": {"en": "Yes"}, "points": 3},
        "rather": {"label": {"en": "Rather"}, "counts_as": "partly", "points": 2},
        "hardly": {"label": {"en": "Hardly"}, "counts_as": "partly", "points": 1},
        "no": {"label": {"en": "No"}, "points": 0},
    }
    asked = instrument([{"id": "q", "items": ["q1"]}], answers)
    said = answers_of({"u": a("yes")})
    settled = said.rename(columns={"item": "indicator"}).assign(answer="partly")
    assert unit_points(settled, said, asked, Rules())["points"].tolist() == [1.5]


def test_merged_respondents_have_their_merged_points() -> None:
    """Fully (4) and a little (1) are 2½ on average, five eighths of the best: a partly."""
    merging = {"merge": "mean", "smallest": 1, "yes_from": 0.75, "partly_from": 0.5}
    asked = instrument([{"id": "q", "items": ["q1"]}], FIVE, respondents=merging)
    answers = answers_of({"u": a("fully", "little")}).assign(form="form-1", respondent=["1", "2"])
    found = pointed(answers, ["u"], asked, Rules(partly="keep"))
    assert found["points"].tolist() == [2.5]


codes = st.sampled_from(["yes", "partly", "no", ""])
rounds = st.dictionaries(
    st.sampled_from("abcd"), st.lists(st.tuples(codes, codes), max_size=3), min_size=1
)


@hypothesis_settings(max_examples=30, deadline=None)
@given(said=rounds, split=st.sampled_from(["no", "any", "majority"]), shuffle=st.randoms())
def test_yes_partly_and_no_earn_what_they_are_worth_in_whichever_order_they_come(
    said: dict[str, list[tuple[str, str]]], split: str, shuffle: Random
) -> None:
    asked = instrument([{"id": "q", "items": ["q1", "q2"]}])
    rules = Rules.model_validate({"partly": "keep", "split": split})
    forms: Said = {
        unit: [
            {item: code for item, code in zip(("q1", "q2"), pair, strict=True) if code}
            for pair in pairs
        ]
        for unit, pairs in said.items()
    }
    answers = answers_of(forms)
    consolidated = settled(answers, forms, asked, rules)
    worth = consolidated["answer"].map({"yes": 1.0, "partly": 0.5, "no": 0.0}).rename("points")
    order = list(range(len(answers)))
    shuffle.shuffle(order)
    for rows in (answers, answers.iloc[order]):
        assert_series_equal(unit_points(consolidated, rows, asked, rules)["points"], worth)
