"""The answers of several respondents become one."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from misbrug_analysis.analysis.consolidation import consolidate, form_answers
from misbrug_analysis.analysis.respondents import merged
from misbrug_analysis.model.settings import Rules
from tests.analysis.staff import FIVE, THREE, answers_of, five, instrument

UNITS = pd.DataFrame({"unit": ["a", "b"]}, dtype="str")
NO_RULINGS = pd.DataFrame(
    columns=["unit", "form", "indicator", "answer", "reason", "decided_by", "date"], dtype="str"
)


def one(points: str, **respondents: object) -> pd.Series:
    """The merged answer of unit a to t.1, on the scale of five points."""
    table = merged(answers_of({("a", "joint"): {"t.1": five(points)}}), instrument(**respondents))
    return table.iloc[0]


def of_three(words: str, **respondents: object) -> pd.Series:
    """The merged answer of unit a to t.1, where one says yes (y), partly (p) or no (n)."""
    said = [{"y": "yes", "p": "partly", "n": "no"}[word] for word in words]
    table = merged(answers_of({("a", "joint"): {"t.1": said}}), instrument(THREE, **respondents))
    return table.iloc[0]


@pytest.mark.parametrize(
    ("points", "mean", "value"),
    [
        ("444", 4, "agree-fully"),
        ("443", Fraction(11, 3), "agree-fully"),
        ("333", 3, "agree"),  # 0.75 of the best 4 is a yes
        ("332", Fraction(8, 3), "neither"),  # 0.667 is partly
        ("310", Fraction(4, 3), "disagree"),  # 0.333 is a no
        ("100", Fraction(1, 3), "disagree-fully"),
        ("111000", 0.5, "disagree-fully"),  # as near to 1 as to 0: the poorer
        ("44 3 4", Fraction(15, 4), "agree-fully"),
    ],
)
def test_the_mean_of_the_points_says_what_the_answer_counts_as(
    points: str, mean: float, value: str
) -> None:
    found = one(points)
    assert found["points"] == pytest.approx(float(mean))
    assert (found["value"], found["rule"]) == (value, "merged")
    assert found["respondents"] == len(points.replace(" ", ""))


def test_a_median_is_the_middle_or_between_the_two_in_the_middle() -> None:
    assert one("400", merge="median")["points"] == 0
    assert one("4400", merge="median")["points"] == 2
    assert one("4441", merge="median")["value"] == "agree-fully"


@pytest.mark.parametrize(
    ("words", "value", "rule"),
    [
        ("yyn", "yes", "merged"),
        ("ppn", "partly", "merged"),
        ("ynn", "no", "merged"),
        ("yynn", "", "left_open"),
        ("ypn", "", "left_open"),
    ],
)
def test_a_majority_is_more_than_half_and_a_tie_is_left_open(
    words: str, value: str, rule: str
) -> None:
    found = of_three(words, merge="majority")
    assert (found["value"], found["rule"]) == (value, rule)


def test_a_majority_is_of_answers_that_count_alike() -> None:
    """Two agree and two agree fully of five: four say yes, though no answer has more than half."""
    found = one("33440", merge="majority")
    assert (found["value"], found["points"]) == ("agree", 3)


@pytest.mark.parametrize(
    ("words", "value", "points"),
    [("yyyn", "yes", 0.75), ("yynn", "partly", 0.5), ("yppp", "no", 0.25)],
)
def test_a_share_is_of_those_whose_answer_counts_as_yes(
    words: str, value: str, points: float
) -> None:
    found = of_three(words, merge="share")
    assert (found["value"], found["points"]) == (value, points)


def test_consensus_is_what_all_say_and_else_left_open() -> None:
    assert one("333", merge="consensus")[["value", "points", "rule"]].tolist() == [
        "agree",
        3,
        "merged",
    ]
    open_ = one("334", merge="consensus")
    assert (open_["value"], open_["rule"]) == ("", "left_open")
    assert np.isnan(open_["points"])


def test_what_too_few_answered_has_no_value_and_no_points() -> None:
    found = one("44 ")
    assert (found["value"], found["rule"], found["respondents"]) == ("", "too_few", 2)
    assert np.isnan(found["points"])
    assert one("44 ", smallest=2)["rule"] == "merged"


def test_without_answers_that_count_as_partly_what_does_not_reach_a_yes_is_a_no() -> None:
    two = {"yes": {}, "no": {}}
    table = merged(
        answers_of({("a", "joint"): {"t.1": ["yes", "yes", "no"]}}), instrument(two, yes_from=0.7)
    )
    assert table["value"].tolist() == ["no"]


def test_a_missing_code_that_counts_as_no_takes_part() -> None:
    asked = instrument(
        THREE, missing={"dont-know": {"label": {"da": "ved ikke"}, "counts_as": "no"}}
    )
    table = merged(answers_of({("a", "joint"): {"t.1": ["yes", "yes", "dont-know"]}}), asked)
    assert table["points"].tolist() == pytest.approx([2 / 3])
    assert table["respondents"].tolist() == [3]
    table = merged(answers_of({("a", "joint"): {"t.1": ["dont-know"] * 3}}), asked)
    assert table["value"].tolist() == ["no"]


def test_supplementary_items_are_merged_and_descriptive_ones_and_roles_are_not() -> None:
    said = {"t.1": five("444"), "t.s1": five("000"), "t.d1": ["et år"] * 3}
    table = merged(
        answers_of({("a", "joint"): said}, {"a": ["leader", "staff", "staff"]}), instrument()
    )
    assert dict(zip(table["item"], table["value"], strict=True)) == {
        "t.1": "agree-fully",
        "t.s1": "disagree-fully",
    }
    assert table["respondent"].tolist() == ["", ""]


def test_forms_and_units_are_merged_each_by_itself() -> None:
    said = {
        ("b", "joint"): {"t.1": five("000")},
        ("a", "alcohol"): {"t.1": five("444")},
        ("a", "drugs"): {"t.1": five("222")},
    }
    table = merged(answers_of(said), instrument())
    assert table[["unit", "form", "points"]].to_numpy().tolist() == [
        ["b", "joint", 0],
        ["a", "alcohol", 4],
        ["a", "drugs", 2],
    ]


def test_without_respondents_the_table_is_as_it_was() -> None:
    asked = instrument().model_copy(update={"respondents": None})
    table = answers_of({("a", "joint"): {"t.1": ["agree"]}})
    assert merged(table, asked) is table


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=9),
    st.sampled_from(["mean", "median", "majority", "share", "consensus"]),
)
def test_the_value_counts_as_the_points_reach_the_limits(points: list[int], merge: str) -> None:
    asked = instrument(merge=merge, smallest=1)
    found = one("".join(map(str, points)), merge=merge, smallest=1)
    if found["rule"] == "left_open":
        assert merge in ("majority", "consensus")
        return
    best = Fraction(found["points"]).limit_denominator(1000) / 4
    standing = "yes" if best >= Fraction(3, 4) else "partly" if best >= Fraction(1, 2) else "no"
    assert asked.standings[found["value"]] == standing
    assert min(points) <= found["points"] <= max(points) or merge == "share"


def settled(
    said: dict, rulings: pd.DataFrame = NO_RULINGS, **respondents: object
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What forms say to t.1, and what the units a and b do."""
    asked, answers = instrument(**respondents), answers_of(said)
    forms = form_answers(answers, asked, Rules(partly="keep"), rulings)
    units = consolidate(forms, answers, UNITS, asked, Rules(partly="keep"), rulings)
    return forms[forms["indicator"] == "t.1"], units[units["indicator"] == "t.1"]


@pytest.mark.parametrize(
    ("points", "merge", "answer", "rule"),
    [
        ("444", "mean", "yes", "merged"),
        ("222", "mean", "partly", "kept"),
        ("440", "consensus", "unanswered", "left_open"),
        ("44", "mean", "unanswered", "too_few"),
    ],
)
def test_rules_name_what_was_merged_left_open_or_said_by_too_few(
    points: str, merge: str, answer: str, rule: str
) -> None:
    forms, units = settled({("a", "joint"): {"t.1": five(points)}}, merge=merge)
    assert forms[["answer", "rule"]].to_numpy().tolist() == [[answer, rule]]
    assert units[["answer", "rule"]].to_numpy().tolist() == [[answer, rule], ["absent", "absent"]]
    assert units["inputs"].tolist() == ["joint/t.1", ""]


def test_a_form_on_which_only_descriptive_questions_are_answered_was_sent() -> None:
    _, units = settled({("a", "joint"): {"t.d1": ["et år"]}})
    assert units["answer"].tolist() == ["unanswered", "absent"]


def ruling(form: str) -> pd.DataFrame:
    row = {"unit": "a", "form": form, "indicator": "t.1", "answer": "yes"}
    more = {"reason": "r", "decided_by": "d", "date": "2024-05-02"}
    return pd.DataFrame([row | more], dtype="str")


@pytest.mark.parametrize(("form", "rule"), [("joint", "adjudicated_form"), ("", "adjudicated")])
@pytest.mark.parametrize("points", ["440", "44"])
def test_a_person_can_rule_on_what_is_left_open_or_said_by_too_few(
    form: str, rule: str, points: str
) -> None:
    said = {("a", "joint"): {"t.1": five(points)}}
    _, units = settled(said, ruling(form), merge="consensus")
    assert units[["answer", "rule"]].to_numpy().tolist()[0] == ["yes", rule]


def test_a_form_left_open_beside_another_that_is_merged_is_incomplete() -> None:
    said = {("a", "alcohol"): {"t.1": five("440")}, ("a", "drugs"): {"t.1": five("444")}}
    _, units = settled(said, merge="consensus")
    assert units[["answer", "rule"]].to_numpy().tolist()[0] == ["yes", "incomplete"]


def test_supplementary_answers_that_are_left_open_are_no_evidence() -> None:
    said = {
        ("a", "joint"): {"t.1": five("222"), "t.s1": five("444"), "t.s2": five("44")},
        ("b", "joint"): {"t.1": five("444"), "t.s1": five("444")},
    }
    answers, asked = answers_of(said), instrument()
    forms = form_answers(answers, asked, Rules(min_peers=1), NO_RULINGS)
    judged = forms[(forms["unit"] == "a") & (forms["indicator"] == "t.1")].iloc[0]
    assert (judged["answer"], judged["rule"], judged["share"]) == ("yes", "partly_on_par", 1)


def test_the_scale_of_the_tests_is_as_declared() -> None:
    assert instrument().points_of == {code: one["points"] for code, one in FIVE.items()}
