"""Totals, percentages and ranks; docs/scores.md has an example of every setting."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from misbrug_analysis.analysis.totals import TOTALS, shown, totals
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.totals import TOTAL, Totals
from tests.analysis.scored import instrument

Earned = dict[str, list[float | None]]
"""The points of each unit, item by item; None where it has none."""

ASKED = instrument(
    [
        {"id": "p", "items": ["p1", "p2"], "chapter": "plan"},
        {"id": "r", "items": ["r1"], "chapter": "people"},
        {"id": "s", "items": ["s1", "s2", "s3"]},
    ],
    chapters=[
        {"id": "plan", "title": {"en": "Planning"}},
        {"id": "people", "title": {"en": "People who plan"}, "within": "plan"},
        {"id": "empty", "title": {"en": "No questions"}},
    ],
)


def table(earned: Earned, asked: Instrument = ASKED, **settings: Any) -> pd.DataFrame:
    """Totals of units in the region that their first letter names, and of all."""
    points = pd.DataFrame(
        [
            (unit, item, math.nan if point is None else point)
            for unit, row in earned.items()
            for item, point in zip(asked.indicator_ids, row, strict=True)
        ],
        columns=["unit", "indicator", "points"],
    )
    units = pd.DataFrame({"unit": list(earned)}, dtype="str")
    units = units.assign(region=units["unit"].str[:1], whole="all")
    return totals(points, units, ["region", "whole"], asked, Totals(**settings))


def rows(found: pd.DataFrame, *columns: str, item: str = TOTAL, level: str = "unit") -> list[tuple]:
    """Some columns of each group, None where a number is missing."""
    found = found[(found["item"] == item) & (found["level"] == level)]
    values = found[list(columns)].itertuples(index=False, name=None)
    return [tuple(None if value != value else value for value in row) for row in values]


def one(earned: list[float | None], asked: Instrument = ASKED, **settings: Any) -> dict[str, tuple]:
    """Points and possible points of a single unit in everything that has a total."""
    found = table({"u": earned}, asked, **settings)
    items = found.loc[found["level"] == "unit", "item"]
    return {item: rows(found, "points", "possible", item=item)[0] for item in items}


def test_topics_chapters_with_those_within_and_everything_have_a_total() -> None:
    found = one([1, 0.5, 0, 1, 1, 0])
    assert found == {
        "p": (1.5, 2),
        "r": (0, 1),
        "s": (2, 3),
        "plan": (1.5, 3),
        "people": (0, 1),
        TOTAL: (3.5, 6),
    }
    assert list(found) == ["p", "r", "s", "plan", "people", TOTAL]


def test_what_is_left_blank_is_out_of_the_possible_points_unless_they_are_of_what_was_asked() -> (
    None
):
    blank = [1.0, None, 0, 1, None, None]
    assert one(blank)[TOTAL] == (2, 3)
    assert one(blank, out_of="asked")[TOTAL] == (2, 6)
    nothing_in_s = [1.0, 1, 0, None, None, None]
    assert one(nothing_in_s)["s"] == (None, None)
    assert one(nothing_in_s, out_of="asked")["s"] == (0, 3)


@pytest.mark.parametrize("out_of", ["answered", "asked"])
@pytest.mark.parametrize("adds", ["items", "topics"])
def test_a_unit_that_answered_nothing_has_no_total(out_of: str, adds: str) -> None:
    found = table({"a": [None] * 6, "b": [0.0] * 6}, out_of=out_of, adds=adds)
    names = ("points", "possible", "share", "units", "rank", "tied", "answered", "asked")
    assert rows(found, *names)[0] == (None, None, None, 0, None, 0, 0, 6)
    assert rows(found, *names)[1][2:] == (0, 1, 1, 0, 6, 6)


def test_weights_of_items_count_in_points_and_in_what_is_possible() -> None:
    weighted = instrument([{"id": "t", "items": {"t1": 3, "t2": 1, "t3": 0.5}}])
    assert one([1, 0, 0.5], weighted)[TOTAL] == (3.25, 4.5)
    assert one([None, 1, 1], weighted)[TOTAL] == (1.5, 1.5)


def test_topics_are_means_of_their_items_and_add_up_by_their_weights() -> None:
    asked = instrument(
        [
            {"id": "p", "items": {"p1": 1, "p2": 3}, "weight": 2},
            {"id": "s", "items": ["s1", "s2", "s3", "s4"]},
        ]
    )
    # p is (1 + 3 × ½) ÷ 4 = ⅝, twice; s is 1 of the 2 answered, or of the 4 asked.
    earned = [1, 0.5, 1, 0, None, None]
    assert one(earned, asked, adds="topics") == {"p": (1.25, 2), "s": (0.5, 1), TOTAL: (1.75, 3)}
    assert one(earned, asked, adds="topics", out_of="asked")["s"] == (0.25, 1)
    nothing_in_s = [1, 0.5, None, None, None, None]
    assert one(nothing_in_s, asked, adds="topics")[TOTAL] == (1.25, 2)
    assert one(nothing_in_s, asked, adds="topics", out_of="asked")[TOTAL] == (1.25, 3)


def test_a_unit_that_answered_too_little_of_something_has_no_total_there() -> None:
    """Three of six is half; two of three is less than seven tenths."""
    earned = {"u": [1.0, None, None, 1, 1, None]}
    half, more = table(earned, least=0.5), table(earned, least=0.51)
    assert rows(half, "points", "answered")[0] == (3, 3)
    assert rows(more, "points", "answered", "units")[0] == (None, 3, 0)
    assert rows(half, "points", item="r") == [(None,)]
    assert rows(table(earned, least=2 / 3), "points", item="s") == [(2,)]
    assert rows(table(earned, least=0.7), "points", item="s") == [(None,)]


def test_a_share_of_the_questions_is_reached_by_as_many() -> None:
    """11 of 20 are 55 %, though floats multiply 0.55 by 20 to more than 11."""
    asked = instrument([{"id": "t", "items": [f"t{number}" for number in range(20)]}])
    earned = {"u": [*[1.0] * 11, *[None] * 9]}
    assert rows(table(earned, asked, least=0.55), "points") == [(11,)]


def test_points_that_no_float_can_hold_add_up_exactly() -> None:
    tenths = instrument(
        [{"id": "t", "items": {"t1": 0.1, "t2": 0.2, "t3": 0.7}}],
        {"yes": {"label": {"en": "Yes"}, "points": 1.1}, "no": {"label": {"en": "No"}}},
    )
    assert one([1.1, 1.1, 0], tenths)[TOTAL] == (0.33, 1.1)
    assert rows(table({"u": [1.1, 1.1, 0]}, tenths), "share") == [(0.3,)]


def test_thirds_are_left_as_they_are() -> None:
    third = 1 / 3
    assert one([third] * 6)[TOTAL] == (2, 6)
    assert one([third, None, None, None, None, None])[TOTAL] == (third, 1)


@pytest.mark.parametrize(
    ("ranks", "expected"),
    [
        ("min", [1, 2, 2, 4]),
        ("max", [1, 3, 3, 4]),
        ("average", [1, 2.5, 2.5, 4]),
        ("dense", [1, 2, 2, 3]),
    ],
)
def test_equal_totals_share_a_rank(ranks: str, expected: list[float]) -> None:
    earned: Earned = {
        "a": [1, 1, 1, 1, 1, 1],
        "b": [1, 1, 1, 1, 0, 0],
        "c": [0, 0, 1, 1, 1, 1],
        "d": [0, 0, 0, 0, 0, 0],
    }
    found = table(earned, ranks=ranks)
    assert [rank for (rank,) in rows(found, "rank")] == expected
    assert [tied for (tied,) in rows(found, "tied")] == [0, 1, 1, 0]


def test_totals_are_tied_where_they_are_shown_alike() -> None:
    """⅔ and 0.6 of the points are both 0.7 to a decimal of points, but not in percent."""
    asked = instrument([{"id": "t", "items": ["t1"]}])
    earned: Earned = {"a": [2 / 3], "b": [0.66], "c": [0.4]}
    assert rows(table(earned, asked, shown="points"), "rank", "tied") == [(1, 1), (1, 1), (3, 0)]
    assert rows(table(earned, asked), "rank", "tied") == [(1, 0), (2, 0), (3, 0)]
    assert rows(table(earned, asked, decimals=0), "rank") == [(1,), (2,), (3,)]


@pytest.mark.parametrize(
    ("share", "decimals", "percent"),
    [
        (0.145, 0, 15),
        (0.285, 0, 29),  # 28.499999999999996 as floats multiply
        (0.125, 0, 13),  # half to even would be 12
        (0.1455, 1, 14.6),
        (2 / 3, 1, 66.7),
        (0.1449, 0, 14),
        (math.nan, 1, None),
    ],
)
def test_halves_are_rounded_up(share: float, decimals: int, percent: float | None) -> None:
    found = shown(pd.DataFrame({"share": [share], "points": 0.0}), Totals(decimals=decimals))[0]
    assert found == percent or (percent is None and math.isnan(found))


def test_groups_are_means_of_their_units_with_a_total_and_sums_of_what_they_answered() -> None:
    """N2 answered one question of six; pooled, region n would have 4 of 7."""
    earned: Earned = {
        "n1": [1, 1, 1, 0, 0, 0],
        "n2": [1, None, None, None, None, None],
        "n3": [None] * 6,
        "s1": [1, 1, 1, 1, 0.5, 0],
        "t1": [None] * 6,
    }
    found = table(earned)
    names = ("group", "points", "possible", "share", "answered", "asked", "units", "rank")
    assert rows(found, *names, level="region") == [
        ("n", 2, 3.5, 0.75, 7, 18, 2, 1),
        ("s", 4.5, 6, 0.75, 6, 6, 1, 1),
        ("t", None, None, None, 0, 6, 0, None),
    ]
    assert rows(found, "points", "share", "units", level="whole") == [(8.5 / 3, 0.75, 3)]


def test_a_unit_without_a_group_is_in_none() -> None:
    points = pd.DataFrame({"unit": ["a", "b"], "indicator": "t1", "points": [1.0, 0.0]})
    units = pd.DataFrame({"unit": ["a", "b"], "region": ["n", None]})
    found = totals(points, units, ["region"], instrument([{"id": "t", "items": ["t1"]}]), Totals())
    assert rows(found, "group", "points", "units", level="region") == [("n", 1, 1)]
    assert rows(found, "points") == [(1,), (0,)]


def test_units_are_ranked_among_all_and_groups_among_those_of_their_level() -> None:
    earned: Earned = {"n1": [1] * 6, "s1": [0.5] * 6, "s2": [0] * 6}
    found = table(earned)
    assert rows(found, "rank") == [(1,), (2,), (3,)]
    assert rows(found, "group", "rank", level="region") == [("n", 1), ("s", 2)]
    assert rows(found, "rank", level="whole") == [(1,)]
    assert {name: str(kind) for name, kind in found.dtypes.items()} == TOTALS


some_points = st.sampled_from([None, 0, 0.5, 1])
some_units = st.lists(st.lists(some_points, min_size=6, max_size=6), min_size=1, max_size=8)
some_settings = st.fixed_dictionaries(
    {
        "adds": st.sampled_from(["items", "topics"]),
        "out_of": st.sampled_from(["answered", "asked"]),
        "least": st.sampled_from([0, 0.5, 1]),
        "shown": st.sampled_from(["points", "percent"]),
        "decimals": st.integers(0, 3),
        "ranks": st.sampled_from(["min", "max", "average", "dense"]),
    }
)


def named(units: list[list[float | None]]) -> Earned:
    """Units in two regions."""
    return {f"{'ns'[place % 2]}{place}": row for place, row in enumerate(units)}


@hypothesis_settings(max_examples=40, deadline=None)
@given(units=some_units, settings=some_settings, shuffle=st.randoms())
def test_the_order_of_units_items_and_rows_does_not_tell(
    units: list[list[float | None]], settings: dict[str, Any], shuffle: Any
) -> None:
    keys = ["level", "group", "item"]
    expected = table(named(units), **settings).sort_values(keys, ignore_index=True)
    turned = list(named(units).items())
    shuffle.shuffle(turned)
    asked = ASKED.model_copy(update={"items": ASKED.items[::-1], "topics": ASKED.topics[::-1]})
    earned = {unit: row[::-1] for unit, row in turned}
    found = table(earned, asked, **settings).sort_values(keys, ignore_index=True)
    assert_frame_equal(found, expected, check_exact=True)


@hypothesis_settings(max_examples=40, deadline=None)
@given(units=some_units, settings=some_settings)
def test_shares_lie_between_nothing_and_all_and_the_best_is_first(
    units: list[list[float | None]], settings: dict[str, Any]
) -> None:
    found = table(named(units), **settings)
    assert found["share"].dropna().between(0, 1).all()
    assert (found["rank"].isna() == (found["units"] == 0)).all()
    best = shown(found, Totals(**settings)).groupby([found["level"], found["item"]])
    for at in best.groups.values():
        group = found.loc[at].assign(shown=shown(found, Totals(**settings)).loc[at])
        first = group[group["shown"] == group["shown"].max()]
        assert (first["tied"] == len(first) - 1).all()
        if settings["ranks"] in ("min", "dense"):
            assert (first["rank"] == 1).all()


@hypothesis_settings(max_examples=40, deadline=None)
@given(units=some_units)
def test_totals_without_weights_count_what_was_answered(units: list[list[float | None]]) -> None:
    found = rows(table(named(units)), "points", "possible", "share", "answered")
    for row, (points, possible, share, answered) in zip(units, found, strict=True):
        given_points = [point for point in row if point is not None]
        assert answered == len(given_points)
        if given_points:
            assert (points, possible) == (sum(given_points), len(given_points))
            assert share == pytest.approx(float(Fraction(points) / len(given_points)), abs=1e-12)


WEIGHTED = instrument(
    [
        {"id": "p", "items": {"p1": 0.1, "p2": 3}, "weight": 0.3},
        {"id": "s", "items": {"s1": 1, "s2": 0.7, "s3": 2, "s4": 1}, "weight": 1.1},
    ]
)
WEIGHTS = {
    "p": (Fraction("0.3"), [Fraction("0.1"), Fraction(3)]),
    "s": (Fraction("1.1"), [Fraction(1), Fraction("0.7"), Fraction(2), Fraction(1)]),
}


def by_hand(row: list[float | None], settings: dict[str, Any]) -> tuple[Fraction, Fraction] | None:
    """Points and possible points of a unit by the words of docs/scores.md, in fractions."""
    given_points = [point for point in row if point is not None]
    if not given_points or len(given_points) < settings["least"] * len(row):
        return None
    asked = settings["out_of"] == "asked"
    points = possible = Fraction(0)
    for (weight, weights), answers in zip(WEIGHTS.values(), (row[:2], row[2:]), strict=True):
        pairs = list(zip(weights, answers, strict=True))
        earned = sum((by * Fraction(point) for by, point in pairs if point is not None), Fraction())
        best = sum((by for by, point in pairs if asked or point is not None), Fraction())
        if settings["adds"] == "topics" and best:
            earned, best = weight * earned / best, weight
        points, possible = points + earned, possible + best
    return points, possible


@hypothesis_settings(max_examples=60, deadline=None)
@given(units=some_units, settings=some_settings)
def test_totals_with_weights_are_what_fractions_give(
    units: list[list[float | None]], settings: dict[str, Any]
) -> None:
    found = table(named(units), WEIGHTED, **settings)
    shares = []
    for row, (points, possible, share) in zip(
        units, rows(found, "points", "possible", "share"), strict=True
    ):
        expected = by_hand(row, settings)
        if expected is None:
            assert (points, possible, share) == (None, None, None)
            continue
        near = pytest.approx([float(one) for one in expected], rel=1e-12)
        assert [points, possible] == near
        if settings["adds"] == "items":  # no thirds, so the decimal numbers themselves
            assert [points, possible] == [float(one) for one in expected]
        shares.append(expected[0] / expected[1])
        assert share == pytest.approx(float(shares[-1]), rel=1e-9)
    whole = float(sum(shares) / len(shares)) if shares else None
    assert rows(found, "share", level="whole") == [(whole and pytest.approx(whole, rel=1e-9),)]
