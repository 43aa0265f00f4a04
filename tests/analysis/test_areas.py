"""The order of the topics and how firm it is, on cases that can be settled by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from misbrug_analysis.analysis.areas import (
    criterion_values,
    deciding_criteria,
    first_count,
    groups_wishing,
    rank_intervals,
    shifted_ratings,
    weightings,
)
from misbrug_analysis.model.areas import Areas
from misbrug_analysis.model.cooperation import Cooperation


def areas(*ratings: dict[str, object], **more: object) -> Areas:
    """Areas with a criterion of each kind."""
    criteria = [
        {"id": name, "source": source, "label": {"da": name}, "explains": {"da": name}}
        for name, source in [("gap", "gap"), ("effect", "rating"), ("wishes", "wishes")]
    ]
    rows = [{"reason": {"da": "Derfor."}} | rating for rating in ratings]
    return Areas.model_validate({"criteria": criteria, "ratings": rows} | more)


def wanted(*chosen: tuple[str, str]) -> Cooperation:
    """What groups want to work on, as (group, topic)."""
    return Cooperation.model_validate(
        {
            "level": "team",
            "questions": [{"id": "q", "text": {"da": "Godt?"}}],
            "focus_areas": [
                {"group": group, "topic": topic, "reason": {"da": "Fordi."}}
                for group, topic in chosen
            ],
        }
    )


def values(**topics: tuple[float, ...]) -> pd.DataFrame:
    """Criterion values, a row a topic."""
    names = ["gap", "effect", "wishes"][: len(next(iter(topics.values())))]
    return pd.DataFrame.from_dict(topics, orient="index", columns=names)


# Weights (gap, effect) in steps of a half: (0, 1) places C B A; (½, ½) gives A 0.375 and B and C
# 0.5 each; (1, 0) places A B C.
CASE = values(A=(0.75, 0.0), B=(0.5, 0.5), C=(0.0, 1.0))


def test_weights_share_out_one_in_whole_steps() -> None:
    assert weightings(2, 0.5).tolist() == [[0, 1], [0.5, 0.5], [1, 0]]
    assert weightings(3, 0.5).tolist() == [
        [0, 0, 1],
        [0, 0.5, 0.5],
        [0, 1, 0],
        [0.5, 0, 0.5],
        [0.5, 0.5, 0],
        [1, 0, 0],
    ]
    assert weightings(1).tolist() == [[1]]


def test_nobody_can_change_the_weightings_of_others() -> None:
    with pytest.raises(ValueError, match="read-only"):
        weightings(2)[0, 0] = 1


def test_five_criteria_in_steps_of_a_tenth_are_1001_weightings() -> None:
    weights = weightings(5)
    assert weights.shape == (1001, 5)
    assert len(np.unique(weights.round(1), axis=0)) == 1001
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    assert weights.min() == 0


@pytest.mark.parametrize("step", [0.3, 0, 2])
def test_a_step_that_does_not_go_into_one_is_refused(step: float) -> None:
    with pytest.raises(ValueError, match="do not add up to 1"):
        weightings(2, step)


def test_ranks_of_the_case() -> None:
    table = rank_intervals(CASE, first=2, step=0.5)
    expected = pd.DataFrame(
        {
            "rank": [1.5, 1.5, 3.0],
            "equal_best": [1, 1, 3],
            "equal_worst": [2, 2, 3],
            "best": [1, 1, 1],
            "worst": [2, 3, 3],
            "inner_best": [1, 1, 1],
            "inner_worst": [2, 3, 3],
            "among_first": [1, 2 / 3, 1 / 3],
            "leads": [0, 1 / 3, 1 / 3],
        },
        index=["B", "C", "A"],
    )
    pd.testing.assert_frame_equal(table, expected, check_dtype=False)


def test_the_middle_leaves_out_a_tenth_of_the_weightings_at_each_end() -> None:
    # With weight w on gap, A has w and B 1 − 0.1 w: A comes first for w = 1 only, one of eleven.
    table = rank_intervals(values(A=(1.0, 0.0), B=(0.9, 1.0)), first=1)
    assert table.loc["A", ["best", "worst"]].tolist() == [1, 2]
    assert table.loc["A", ["inner_best", "inner_worst"]].tolist() == [2, 2]
    assert table.loc["B", ["inner_best", "inner_worst"]].tolist() == [1, 1]
    assert table.loc["A", "among_first"] == pytest.approx(1 / 11)


def test_scores_that_differ_by_rounding_only_are_a_tie() -> None:
    table = rank_intervals(values(A=(0.1 + 0.2, 0.3), B=(0.3, 0.3)), first=1)
    assert table["rank"].tolist() == [1.5, 1.5]
    assert (table["best"] == 1).all()
    assert (table["worst"] == 2).all()
    assert (table["leads"] == 0).all()


def test_a_topic_without_a_value_is_not_ranked() -> None:
    table = rank_intervals(values(A=(1.0, 1.0), B=(np.nan, 1.0), C=(0.0, 0.0)), first=1)
    assert list(table.index) == ["A", "C"]
    assert table["rank"].tolist() == [1, 2]
    assert rank_intervals(values(A=(np.nan, 1.0)), first=1).empty


def test_each_kind_of_criterion_gives_its_value() -> None:
    scores = pd.DataFrame({"item": ["1", "1.1", "2", "3"], "yes": [1, 4, 4, 0], "n": [4, 4, 4, 0]})
    wishing = groups_wishing(
        wanted(("north", "2"), ("south", "2"), ("north", "1")), ["1", "2", "3"]
    )
    rated = areas(
        {"topic": "3", "effect": 1}, {"topic": "1", "effect": 5}, {"topic": "2", "effect": 2}
    )
    table = criterion_values(rated, scores, wishing, groups=2)
    expected = pd.DataFrame(
        {"gap": [0.75, 0, np.nan], "effect": [1, 0.25, 0], "wishes": [0.5, 1, 0]},
        index=["1", "2", "3"],
    )
    pd.testing.assert_frame_equal(table, expected, check_index_type=False)


def test_a_group_wishes_for_a_topic_once() -> None:
    cooperation = wanted(("north", "1"), ("north", "1"), ("south", "1"), ("south", "later"))
    assert groups_wishing(cooperation, ["1", "2"]).to_dict() == {"1": 2, "2": 0}
    assert groups_wishing(None, ["1"]).to_dict() == {"1": 0}


def test_as_many_are_first_as_the_study_chose_else_half() -> None:
    published = {"foundation": ["1"], "others": ["2", "3"], "source": {"da": "rapporten"}}
    assert first_count(areas(published=published), 8) == 3
    assert first_count(areas(), 8) == 4
    assert first_count(areas(), 5) == 3


def test_a_criterion_decides_when_the_choice_comes_first_without_it() -> None:
    # Sums: A 1.2, C 1.0, B 0.8. Without wishes C has nothing; without another it has the most.
    case = values(A=(0.6, 0.6, 0.0), B=(0.4, 0.4, 0.0), C=(0.0, 0.0, 1.0))
    assert deciding_criteria(case, ["A", "B"]) == ["wishes"]
    assert deciding_criteria(case, ["B", "C"]) == []
    assert deciding_criteria(case[["gap"]], ["A"]) == []


def test_no_criterion_decides_by_a_tie() -> None:
    # Without effect, A and B tie for the second place behind C.
    case = values(A=(0.5, 1.0), B=(0.5, 0.0), C=(1.0, 0.0))
    assert deciding_criteria(case, ["A", "C"]) == []


def test_the_first_ones_can_change_when_a_rating_moves_a_step() -> None:
    # Sums: A 0.75, B and C 1. One step is 0.25. A up: all three tie. B up: still B and C. B down: A
    # and B tie behind C. C down: A and C tie behind B. A down and C up would leave the scale.
    assert shifted_ratings(CASE, ["effect"], first=2) == (1, 4)
    # B and C share the first place. Each step lets A join them or parts them.
    assert shifted_ratings(CASE, ["effect"], first=1) == (0, 4)
    # Nothing can come between the three of three.
    assert shifted_ratings(CASE, ["effect"], first=3) == (4, 4)


def test_what_is_not_rated_does_not_move() -> None:
    assert shifted_ratings(CASE, [], first=2) == (0, 0)
    unanswered = values(A=(1.0, 0.5), B=(np.nan, 0.5))
    assert shifted_ratings(unanswered, ["effect"], first=1) == (2, 2)


def by_hand(table: dict[str, list[int]], first: int) -> dict[str, tuple[object, ...]]:
    """Interval and share of each topic in exact fractions, one weighting and topic at a time."""
    criteria = len(next(iter(table.values())))
    best: dict[str, list[int]] = {topic: [] for topic in table}
    worst: dict[str, list[int]] = {topic: [] for topic in table}
    for weights in product(range(11), repeat=criteria):
        if sum(weights) != 10:
            continue
        scores = {
            topic: sum(Fraction(v, 4) * w for v, w in zip(row, weights, strict=True))
            for topic, row in table.items()
        }
        for topic, own in scores.items():
            best[topic].append(1 + sum(score > own for score in scores.values()))
            worst[topic].append(sum(score >= own for score in scores.values()))
    number = len(next(iter(best.values())))
    cut = number // 10
    return {
        topic: (
            min(best[topic]),
            max(worst[topic]),
            sorted(best[topic])[cut],
            sorted(worst[topic])[number - 1 - cut],
            Fraction(sum(rank <= first for rank in worst[topic]), number),
        )
        for topic in table
    }


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=5),
    st.integers(1, 5),
)
def test_intervals_are_those_of_exact_fractions(rows: list[list[int]], first: int) -> None:
    table = {f"t{number}": row for number, row in enumerate(rows)}
    frame = pd.DataFrame.from_dict(table, orient="index") / 4
    found = rank_intervals(frame, first).to_dict("index")
    for topic, (best, worst, inner_best, inner_worst, share) in by_hand(table, first).items():
        row = found[topic]
        assert (row["best"], row["worst"]) == (best, worst)
        assert (row["inner_best"], row["inner_worst"]) == (inner_best, inner_worst)
        assert row["among_first"] == pytest.approx(float(share))
