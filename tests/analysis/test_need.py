"""Need by share of the nation's people, on two areas and a rest that can be done by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from misbrug_analysis.analysis.need import (
    estimated_need,
    need_of,
    people_by_group,
    typical_need,
)

# Bands by first age: up to 17, 18–24, 25 and over. The nation has 100, 100 and 800.
PEOPLE = pd.DataFrame(
    [[20, 10, 70], [40, 30, 130], [40, 60, 600]],
    index=pd.Index(["01", "02", "03"], name="code"),
    columns=[0, 18, 25],
)
NONE = float("nan")
MEASURES = pd.DataFrame(
    [([18, 25], 90.0, 45.0, 180.0), ([18, 25], 450.0, NONE, NONE), ([18], NONE, 50.0, 200.0)],
    index=pd.Index(["both", "point", "span"], name="measure"),
    columns=["bands", "value", "low", "high"],
)
NEED = estimated_need(PEOPLE, MEASURES)


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


def test_the_typical_need_is_the_median() -> None:
    assert figures(typical_need(NEED, ["01", "02"]), "both") == pytest.approx([120, 12, 6, 24])
    # Of 80, 160 and 660 adults the middle is 160.
    all_three = typical_need(NEED, ["01", "02", "03"])
    assert figures(all_three, "both") == pytest.approx([160, 16, 8, 32])
    assert figures(all_three, "span") == pytest.approx([30, NONE, 15, 60], nan_ok=True)


def test_people_are_counted_by_age_group() -> None:
    counted = people_by_group(PEOPLE, {"minors": [0], "adults": [18, 25]})
    assert counted.loc["02"].to_dict() == {"minors": 40, "adults": 160}


def test_no_share_is_taken_where_nobody_lives() -> None:
    with pytest.raises(ValueError, match="nobody lives in the ages of span"):
        estimated_need(PEOPLE.assign(**{"18": 0}).set_axis([0, 9, 25, 18], axis=1), MEASURES)


@given(st.lists(st.tuples(*[st.integers(1, 10**6)] * 3), min_size=1, max_size=30))
def test_the_whole_nation_needs_the_national_estimate(rows: list[tuple[int, int, int]]) -> None:
    codes = [str(number) for number in range(len(rows))]
    people = pd.DataFrame(rows, index=pd.Index(codes, name="code"), columns=[0, 18, 25])
    together = need_of(estimated_need(people, MEASURES), codes)
    for column in ("value", "low", "high"):
        expected = MEASURES[column].tolist()
        assert together[column].tolist() == pytest.approx(expected, rel=1e-9, nan_ok=True)
