"""Other ways to merge respondents, as variants of the rules."""

from __future__ import annotations

import pandas as pd
import pytest

from misbrug_analysis.analysis.merges import keeps_partly, merges_of
from misbrug_analysis.analysis.sensitivity import Sensitivity, sensitivity
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.settings import Rules
from tests.analysis.random_rounds import INSTRUMENT, rulings_table
from tests.analysis.staff import FIVE, THREE, answers_of, five, instrument

YES_NO: dict[str, dict[str, object]] = {"yes": {}, "no": {}}
UNITS = pd.DataFrame({"unit": ["a"], "region": ["r"]}, dtype="str")


def merges(asked: Instrument, *said: str) -> list[str]:
    answers = answers_of({("a", "joint"): {"t.1": list(said)}})
    return list(merges_of(answers, asked, rulings_table({})))


def under_rules(said: str, asked: Instrument, **rules: object) -> Sensitivity:
    answers = answers_of({("a", "joint"): {"t.1": five(said)}})
    return sensitivity(
        answers, UNITS, ["region"], asked, Rules.model_validate(rules), rulings_table({})
    )


def test_the_own_way_to_merge_is_first_and_consensus_only_where_it_is_the_own_one() -> None:
    three = five("431")
    assert merges(instrument(), *three) == ["mean", "median", "share", "majority"]
    assert merges(instrument(merge="share"), *three) == ["share", "mean", "median", "majority"]
    assert merges(instrument(merge="consensus"), *three)[:2] == ["consensus", "mean"]


def test_without_respondents_there_is_one_way() -> None:
    answers = answers_of({("a", "joint"): {"t.1": ["yes"]}})
    assert list(merges_of(answers, INSTRUMENT, rulings_table({}))) == [""]


def test_what_is_merged_of_one_or_two_can_differ_in_fewer_ways() -> None:
    assert merges(instrument(smallest=1), *five("4")) == ["mean"]
    assert merges(instrument(smallest=2), *five("43")) == ["mean", "share", "majority"]
    # Fewer than three are not merged at all.
    assert merges(instrument(smallest=3), *five("43")) == ["mean"]


def test_the_share_of_yes_is_the_mean_where_a_yes_alone_earns_points() -> None:
    three = ["yes", "yes", "no"]
    assert merges(instrument(YES_NO), *three) == ["mean", "median", "majority"]
    assert merges(instrument(YES_NO, merge="share"), *three) == ["share", "median", "majority"]


@pytest.mark.parametrize(
    ("asked", "partly", "expected"),
    [
        (instrument(FIVE), "keep", True),
        (instrument(THREE), "keep", True),
        (instrument(FIVE), "judge", False),
        (instrument(FIVE).model_copy(update={"respondents": None}), "keep", True),
        (INSTRUMENT, "keep", False),  # yes, partly and no of one respondent can be settled
    ],
)
def test_a_middle_that_is_kept_is_settled_in_no_variant(
    asked: Instrument, partly: str, expected: bool
) -> None:
    assert keeps_partly(asked, Rules.model_validate({"partly": partly})) is expected


def test_every_way_to_merge_settles_the_answers_anew() -> None:
    # 4, 4, 3 and 0, 0: the mean is 2.2, 0.55 of 4 and partly; the middle is 3, a yes; three of
    # five say yes, a share of 0.6 and partly, and a majority.
    found = under_rules("44300", instrument(), partly="keep")
    assert found.variants["merge"].tolist() == ["mean", "median", "share", "majority"]
    assert found.variants["partly"].unique().tolist() == ["keep"]
    told = found.answers[found.answers["indicator"] == "t.1"].set_index("variant")["answer"]
    assert told.tolist() == ["partly", "yes", "partly", "yes"]
    row = found.ranges.set_index(["level", "group", "item"]).loc[("region", "r", "t.1")]
    assert (row["yes"], row["low"], row["high"], row["moved_by"]) == (0, 0, 1, "merge")


def test_partly_answers_of_any_merge_are_settled_by_other_rules_where_they_are_not_kept() -> None:
    # The own rule, a majority, gives a yes; the mean of the same, 2.2 of 4, is partly.
    found = under_rules("44300", instrument(merge="majority"), partly="as_no")
    assert set(found.variants["partly"]) == {"as_no", "as_yes"}
    by = found.variants.assign(
        answer=found.answers[found.answers["indicator"] == "t.1"]["answer"].to_numpy()
    ).set_index(["merge", "partly"])["answer"]
    assert by["majority", "as_no"] == "yes"
    assert (by["mean", "as_no"], by["mean", "as_yes"]) == ("no", "yes")
