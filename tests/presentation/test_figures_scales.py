"""Charts with a scale: what stands where on it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from misbrug_analysis.presentation.figures import estimate_columns, rank_intervals, standing_bars
from tests.presentation.charts import LANGUAGE
from tests.presentation.drawings import boxes, marks, texts, words

SOLID, DASHED = "fill: #12436d", "stroke-dasharray"
BAR, INNER, LINE, DIAMOND, STAR = (
    "fill: #6d94b8",
    "fill: #6d94b8; stroke",
    "fill: none; stroke: #1a1a1a",
    "fill: #ffffff; stroke: #1a1a1a",
    "fill: #b3430a",
)


def standing(rows: list[tuple[str, str, int, int]], total: int) -> str:
    table = pd.DataFrame(rows, columns=["label", "heading", "low", "high"]).set_index("label")
    return standing_bars(table, total, LANGUAGE)


def test_the_solid_bar_ends_at_the_fewest_and_the_dashed_one_at_the_most() -> None:
    svg = standing([("1.1 Familien", "Emne 1", 6, 9)], 12)
    (_, solid), (_, dashed) = boxes(svg, SOLID), boxes(svg, DASHED)
    assert solid.width == pytest.approx(370 * 6 / 12, abs=1)
    assert dashed.x == pytest.approx(solid.x + solid.width, abs=0.1)
    assert dashed.width == pytest.approx(370 * 3 / 12, abs=1)


def test_the_numbers_are_written_out() -> None:
    shown = texts(standing([("1.1", "Emne 1", 6, 9), ("1.2", "Emne 1", 12, 12)], 12))
    assert {"6–9 af 12", "12 af 12"} <= set(shown)


def test_what_is_certain_has_no_dashed_bar_and_no_word_for_it() -> None:
    svg = standing([("1.1", "Emne 1", 5, 5)], 12)
    assert boxes(svg, DASHED) == []
    assert texts(svg)[0] == "siger ja"
    assert "kunne have sagt ja, hvis alle havde svaret" not in texts(svg)


def test_a_heading_is_shown_where_it_changes() -> None:
    rows = [("1.1", "Emne 1", 1, 1), ("1.2", "Emne 1", 1, 1), ("2.1", "Emne 2", 1, 1)]
    shown = [text for text in texts(standing(rows, 2)) if not text.startswith(("1 af", "siger"))]
    assert shown == ["Emne 1", "1.1", "1.2", "Emne 2", "2.1"]


def test_nobody_has_no_bar() -> None:
    svg = standing([("1.1", "Emne 1", 0, 0)], 12)
    assert len(boxes(svg, SOLID)) == 1  # the one in the legend
    assert "0 af 12" in texts(svg)


def test_nobody_asked_is_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="at least one"):
        standing([("1.1", "Emne 1", 0, 0)], 0)


def ranks(**columns: list[float]) -> str:
    rows = pd.DataFrame({"marked": False, **columns})
    labelled = rows.set_axis([f"Emne {n + 1}" for n in rows.index])
    return rank_intervals(labelled, LANGUAGE, "rapporten")


THREE = {
    "best": [1, 1, 3],
    "worst": [2, 3, 3],
    "inner_best": [1, 2, 3],
    "inner_worst": [2, 2, 3],
    "rank": [1.5, 1.5, 3],
}


def test_an_interval_reaches_from_the_best_to_the_worst_rank() -> None:
    svg = ranks(**THREE)
    at = {word.text: word.x for word in words(svg) if word.text.isdigit()}
    lines = [box for box in boxes(svg, LINE) if box.width > 20]
    assert [(box.x, box.x + box.width) for box in lines] == [
        pytest.approx((at["1"], at["2"]), abs=0.1),
        pytest.approx((at["1"], at["3"]), abs=0.1),
    ]  # the third is certain, so it has none
    assert marks(svg, DIAMOND)[1][0] == pytest.approx((at["1"] + at["2"]) / 2, abs=0.1)
    assert marks(svg, DIAMOND)[3][0] == pytest.approx(at["3"], abs=0.1)
    inner = boxes(svg, INNER)[1:]
    assert inner[0].width == pytest.approx(at["2"] - at["1"] + 4, abs=0.1)
    assert inner[1].width == pytest.approx(4, abs=0.1)


def test_the_study_s_own_choices_have_a_star_that_the_legend_explains() -> None:
    svg = ranks(**THREE, marked=[True, False, True])
    assert "udpeget i rapporten" in texts(svg)
    assert len(marks(svg, STAR)) == 3  # one in the legend
    assert "udpeget i rapporten" not in texts(ranks(**THREE))


def test_a_star_without_a_source_to_name_is_refused() -> None:
    rows = pd.DataFrame({**THREE, "marked": [True, False, False]})
    with pytest.raises(ValueError, match="the source that marked them"):
        rank_intervals(rows, LANGUAGE)


def test_many_ranks_are_numbered_now_and_then() -> None:
    many = {name: [1.0] * 60 for name in THREE} | {"worst": [60.0] * 60}
    numbers = [word.x for word in words(ranks(**many)) if word.text.isdigit()]
    assert np.diff(numbers).min() > 20


def estimates(groups: pd.Series | None = None, **columns: list[float | None]) -> str:
    rows = pd.DataFrame({tuple(name.split("_")): of for name, of in columns.items()}, dtype=float)
    labels = ["Nordby", "Sydby", "Vestby"][: len(rows)]
    return estimate_columns(rows.set_axis(labels), LANGUAGE, groups)


def test_each_measure_has_a_scale_of_its_own_from_nothing() -> None:
    svg = estimates(Alkohol_value=[2000, 1000], Stoffer_value=[50, 100])
    _, long, low, half, high = boxes(svg, BAR)
    assert half.width == pytest.approx(long.width / 2, abs=0.1)
    assert low.width == pytest.approx(high.width / 2, abs=0.1)
    assert long.width == pytest.approx(high.width, abs=0.1)
    assert long.x == half.x < low.x == high.x


def test_estimates_are_written_in_the_language_of_the_page() -> None:
    svg = estimates(Alkohol_value=[2000, 1000], Alkohol_low=[1500, 800], Alkohol_high=[3000, 1200])
    assert {"2.000 (1.500–3.000)", "1.000 (800–1.200)"} <= set(texts(svg))


def test_the_last_measure_s_name_stays_inside_the_picture() -> None:
    rows = pd.DataFrame(
        {(name, "value"): [9.0] for name in ("Alkohol i alt", "Stoffer i alt", "Unge, stoffer")}
    )
    svg = estimate_columns(rows.set_axis(["Guldborgsund"]), LANGUAGE)
    columns = {word.text: word for word in words(svg) if word.text in ("Unge,", "stoffer")}
    assert set(columns) == {"Unge,", "stoffer"}


def test_a_measure_may_have_only_a_point_or_only_an_interval() -> None:
    svg = estimates(
        Alkohol_value=[2000, None], Unge_low=[10, 20], Unge_high=[30, 40], Unge_value=[None, None]
    )
    assert {"2.000", "10–30", "20–40"} <= set(texts(svg))
    assert len(boxes(svg, BAR)) == 2  # one in the legend
    assert texts(svg)[:2] == ["skøn", "spænd, som kilden oplyser"]


def test_units_stand_under_their_group_in_the_order_of_the_rows() -> None:
    groups = pd.Series({"Sydby": "Øst", "Vestby": "Nord", "Nordby": "Nord"})
    svg = estimates(groups, Alkohol_value=[1, 2, 3])
    shown = [text for text in texts(svg) if text in {*groups.index, *groups}]
    assert shown == ["Nord", "Nordby", "Vestby", "Øst", "Sydby"]
