"""Krippendorff's alpha of units and groups, against published examples."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from misbrug_analysis.analysis.agreement import agreement, alpha_of, paired
from tests.analysis.staff import answers_of, five, instrument

UNITS = pd.DataFrame({"unit": ["a", "b"], "team": ["n", "n"]}, dtype="str")

# Krippendorff 2011, "Computing Krippendorff's alpha-reliability", section C: four observers, twelve
# units, some not observed; section D gives nominal 0.743, ordinal 0.815, interval 0.849.
OBSERVERS = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]


@pytest.mark.parametrize(
    ("measure", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_is_that_of_the_example_of_four_observers(measure: str, alpha: float) -> None:
    given = [
        (case, float(value))
        for observer in OBSERVERS
        for case, value in enumerate(observer.split())
        if value != "."
    ]
    cases, points = np.array([case for case, _ in given]), np.array([value for _, value in given])
    assert alpha_of(*paired(cases, points), measure) == pytest.approx(alpha, abs=0.0005)


@pytest.mark.parametrize(("measure", "alpha"), [("nominal", 0.691358), ("interval", 0.810845)])
def test_alpha_is_that_of_the_example_of_three_coders(measure: str, alpha: float) -> None:
    """The example of the library's documentation (also in Wikipedia, "Krippendorff's alpha")."""
    coders = [". . . . . 3 4 1 2 1 1 3 3 . 3", "1 . 2 1 3 3 4 3" + " ." * 7]
    coders.append(". . 2 1 3 4 4 . 2 1 1 3 3 . 4")
    given = [
        (case, float(value))
        for coder in coders
        for case, value in enumerate(coder.split())
        if value != "."
    ]
    cases, points = np.array([case for case, _ in given]), np.array([value for _, value in given])
    assert alpha_of(*paired(cases, points), measure) == pytest.approx(alpha, abs=1e-6)


def found(said: dict, **respondents: object) -> pd.DataFrame:
    table = agreement(answers_of(said), instrument(**respondents), UNITS, ["team"])
    return table.set_index(["level", "group"])


def test_alpha_of_a_small_unit_is_what_a_hand_makes_it() -> None:
    """Two indicators, three respondents, all pairs: the answers are 4, 4, 0 and 4, 4, 4.

    Of six answers five are 4 and one is 0, so all that differ are as far apart as can be, which
    makes alpha the same by any measure: 1 - observed / expected. Observed: in the first indicator 4
    of 6 ordered pairs differ, each weighs 1/2: 2. Expected: 2 * 5 * 1 / (6 - 1) = 2. Alpha is 0.
    """
    row = found({("a", "joint"): {"t.1": five("440"), "t.2": five("444")}}).loc[("unit", "a")]
    assert row["alpha"] == pytest.approx(0)
    assert row[["measure", "respondents", "items", "all_equal", "hidden"]].tolist() == [
        "ordinal",
        3,
        2,
        False,
        False,
    ]


def test_respondents_who_say_the_same_of_each_indicator_agree_wholly() -> None:
    row = found({("a", "joint"): {"t.1": five("444"), "t.2": five("000")}}).loc[("unit", "a")]
    assert row["alpha"] == pytest.approx(1)
    assert not row["all_equal"]


def test_where_all_answers_are_the_same_alpha_is_not_defined_and_that_is_said() -> None:
    row = found({("a", "joint"): {"t.1": five("333"), "t.2": five("333")}}).loc[("unit", "a")]
    assert np.isnan(row["alpha"])
    assert row["all_equal"]
    assert not row["hidden"]


def test_alpha_of_few_respondents_is_hidden_with_their_number() -> None:
    row = found({("a", "joint"): {"t.1": five("44"), "t.2": five("41")}}).loc[("unit", "a")]
    assert row["hidden"]
    assert row[["alpha", "respondents", "items"]].isna().all()
    assert not row["all_equal"]


def test_a_group_is_hidden_where_its_units_taken_from_it_would_leave_few() -> None:
    """Five less the three of a, who are shown, are the two of b."""
    table = found({("a", "joint"): {"t.1": five("431")}, ("b", "joint"): {"t.1": five("40")}})
    assert table["hidden"].to_dict() == {
        ("unit", "a"): False,
        ("unit", "b"): True,
        ("team", "n"): True,
    }


def test_one_respondent_agrees_with_nobody() -> None:
    row = found({("a", "joint"): {"t.1": five("4")}}, smallest=1).loc[("unit", "a")]
    assert np.isnan(row["alpha"])
    assert (row["respondents"], row["items"], row["all_equal"]) == (1, 0, False)


def test_respondents_of_a_group_are_compared_within_their_own_units_only() -> None:
    """All of a say 4 and all of b say 0: nobody differs from who judged the same site."""
    table = found({("a", "joint"): {"t.1": five("444")}, ("b", "joint"): {"t.1": five("000")}})
    assert table.loc[("unit", "a"), "all_equal"]
    assert table.loc[("team", "n"), "alpha"] == pytest.approx(1)
    assert table.loc[("team", "n"), ["respondents", "items"]].tolist() == [6, 2]


def test_units_that_sent_nothing_have_no_row() -> None:
    table = found({("a", "joint"): {"t.1": five("444")}})
    assert list(table.index) == [("unit", "a"), ("team", "n")]


def test_an_instrument_of_one_respondent_has_no_rows() -> None:
    asked = instrument().model_copy(update={"respondents": None})
    answers = answers_of({("a", "joint"): {"t.1": ["agree"]}})
    assert agreement(answers, asked, UNITS, ["team"]).empty
