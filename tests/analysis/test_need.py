"""Need by share of the nation's people, on three unequal areas and a rest, done by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from misbrug_analysis.analysis.need import (
    estimated_need,
    need_across,
    need_of,
    people_by_group,
    people_in_ages,
    people_of,
    share_in_ages,
    share_of_nation,
    typical_need,
    typical_people,
    typical_total,
)

# Bands by first age: up to 17, 18–24, 25 and over. The nation has 100, 100 and 800.
PEOPLE = pd.DataFrame(
    [[20, 10, 70], [40, 30, 130], [20, 12, 448], [20, 48, 152]],
    index=pd.Index(["01", "02", "03", "04"], name="code"),
    columns=[0, 18, 25],
)
NONE = float("nan")
MEASURES = pd.DataFrame(
    [([18, 25], 90.0, 45.0, 180.0), ([18, 25], 450.0, NONE, NONE), ([18], NONE, 50.0, 200.0)],
    index=pd.Index(["both", "point", "span"], name="measure"),
    columns=["bands", "value", "low", "high"],
)
NEED = estimated_need(PEOPLE, MEASURES)
MEMBERS = ["01", "02", "03"]


def figures(frame: pd.DataFrame, measure: str) -> list[float]:
    return frame.loc[measure, ["people", "value", "low", "high"]].astype(float).tolist()


def test_an_area_gets_its_share_of_the_nations_people_of_those_ages() -> None:
    assert list(NEED.columns) == ["code", "measure", "people", "share", "value", "low", "high"]
    first = NEED.set_index(["code", "measure"])
    # 80 of 900 adults: a share of 4/45, and 90 · 4/45 = 8, 45 · 4/45 = 4, 180 · 4/45 = 16.
    assert first.loc[("01", "both")].tolist() == pytest.approx([80, 4 / 45, 8, 4, 16])
    assert first.loc[("02", "both")].tolist() == pytest.approx([160, 8 / 45, 16, 8, 32])


def test_what_the_source_does_not_give_is_not_filled_in() -> None:
    first = NEED.set_index(["code", "measure"])
    only_point = first.loc[("01", "point")].tolist()
    assert only_point == pytest.approx([80, 4 / 45, 40, NONE, NONE], nan_ok=True)
    only_span = first.loc[("02", "span")].tolist()
    assert only_span == pytest.approx([30, 0.3, NONE, 15, 60], nan_ok=True)


def test_areas_together_need_the_sum() -> None:
    together = need_of(NEED, ["01", "02"])
    assert figures(together, "both") == pytest.approx([240, 24, 12, 48])
    assert figures(together, "span") == pytest.approx([40, NONE, 20, 80], nan_ok=True)


def test_an_area_that_is_named_twice_counts_once() -> None:
    assert figures(need_of(NEED, ["01", "02", "01"]), "both") == pytest.approx([240, 24, 12, 48])
    assert people_of(PEOPLE, ["01", "02", "01"]).tolist() == [60, 40, 200]
    assert typical_total(PEOPLE, ["01", "02", "01", "01"]) == 150


def test_the_typical_need_is_the_median_of_each_figure() -> None:
    # Adults are 80, 160 and 460; people of 18–24 are 10, 30 and 12.
    typical = typical_need(NEED, MEMBERS)
    assert figures(typical, "both") == pytest.approx([160, 16, 8, 32])
    assert figures(typical, "point") == pytest.approx([160, 80, NONE, NONE], nan_ok=True)
    assert figures(typical, "span") == pytest.approx([12, NONE, 6, 24], nan_ok=True)


def test_typical_people_are_the_medians() -> None:
    assert typical_people(PEOPLE, MEMBERS).tolist() == [20, 12, 130]
    # Of 100, 200 and 480.
    assert typical_total(PEOPLE, MEMBERS) == 200


def test_the_need_reaches_from_the_smallest_area_to_the_largest() -> None:
    reach = need_across(NEED, MEMBERS)
    assert reach.loc["both"].tolist() == pytest.approx([8, 46])
    assert reach.loc["point"].tolist() == pytest.approx([40, 230])
    # Only intervals: 5–20, 15–60 and 6–24.
    assert reach.loc["span"].tolist() == pytest.approx([5, 60])


def test_people_of_areas_are_added_by_band() -> None:
    together = people_of(PEOPLE, MEMBERS)
    assert together.to_dict() == {0: 80, 18: 52, 25: 648}
    assert people_in_ages(together, [18, 25]) == 700


def test_shares_are_of_the_areas_own_people_and_of_the_nations() -> None:
    # 12 of 480 in the ages, and 780 of 1,000 people.
    assert share_in_ages(people_of(PEOPLE, ["03"]), [18]) == pytest.approx(0.025)
    assert share_of_nation(PEOPLE, MEMBERS) == pytest.approx(0.78)


def test_nobody_has_no_share_of_an_age_group() -> None:
    with pytest.raises(ValueError, match="nobody lives there"):
        share_in_ages(people_of(PEOPLE, []), [18])


def test_people_are_counted_by_age_group() -> None:
    counted = people_by_group(PEOPLE, {"minors": [0], "adults": [18, 25]})
    assert counted.loc["02"].to_dict() == {"minors": 40, "adults": 160}


def test_no_share_is_taken_where_nobody_lives() -> None:
    with pytest.raises(ValueError, match="nobody lives in the ages of span"):
        estimated_need(PEOPLE.assign(**{"18": 0}).set_axis([0, 9, 25, 18], axis=1), MEASURES)


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.integers(1, 10**6)] * 3), min_size=1, max_size=30))
def test_the_whole_nation_needs_the_national_estimate(rows: list[tuple[int, int, int]]) -> None:
    codes = [str(number) for number in range(len(rows))]
    people = pd.DataFrame(rows, index=pd.Index(codes, name="code"), columns=[0, 18, 25])
    together = need_of(estimated_need(people, MEASURES), codes)
    for column in ("value", "low", "high"):
        expected = MEASURES[column].tolist()
        assert together[column].tolist() == pytest.approx(expected, rel=1e-9, nan_ok=True)
