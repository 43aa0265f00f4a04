"""Charts of values on a scale: bars, heaps of dots, and signs that are compared."""

from __future__ import annotations

import pandas as pd
import pytest

from misbrug_analysis.presentation.figures import Strip, value_bars, value_dots, value_strips
from tests.presentation.drawings import boxes, texts

FILLED = "fill: #12436d"
SCALE = [(0.0, "0 %"), (1.0, "100 %")]


def bars(values: list[float], beside: list[float | None] | None = None, name: str = "") -> str:
    rows = pd.DataFrame({"heading": "", "value": values, "beside": beside or [None] * len(values)})
    rows["told"] = [f"{value:.0f} %" for value in values]
    return value_bars(rows.set_axis([f"Sted {n}" for n in range(len(values))]), 100, "Her", name)


def test_bars_are_as_long_as_their_values_and_none_is_drawn_for_nothing() -> None:
    whole, half = boxes(bars([100, 50, 0]), FILLED)
    assert half.width == pytest.approx(whole.width / 2, abs=0.1)
    assert half.x == whole.x


def test_what_is_compared_is_named_in_a_legend() -> None:
    assert texts(bars([100, 50]))[0] == "Sted 0"
    assert texts(bars([100, 50], [70, None], "Alle"))[:2] == ["Her", "Alle"]


def test_a_heading_stands_where_it_changes() -> None:
    rows = pd.DataFrame({"heading": ["Ude", "Ude", "Inde"], "value": 1.0, "beside": None})
    shown = texts(value_bars(rows.assign(told="1").set_axis(["a", "b", "c"]), 2, "Her"))
    assert [text for text in shown if text in ("Ude", "Inde")] == ["Ude", "Inde"]


def strips(*values: list[float]) -> str:
    made = [Strip(f"Hold {n}", "i midten", of, 0.5) for n, of in enumerate(values)]
    return value_strips(made, SCALE, "ét sted", "gennemsnit")


def test_there_is_a_dot_for_every_value_and_one_in_the_legend() -> None:
    assert strips([0.2, 0.2, 0.9], [0.4]).count("<use") == 4 + 1


def test_a_heap_that_is_too_high_is_pressed_together() -> None:
    def height(n: int) -> float:
        return float(strips([0.5] * n).split('height="')[1].partition("pt")[0])

    assert height(20) < height(5) + 70
    assert height(500) == pytest.approx(height(20), abs=4)


def test_strips_have_their_labels_and_the_scale_its_ends() -> None:
    assert {"Hold 0", "Hold 1", "0 %", "100 %", "gennemsnit"} <= set(texts(strips([0.1], [0.2])))


def test_every_column_has_a_sign_of_its_own_and_a_missing_value_none() -> None:
    rows = pd.DataFrame({"kommunale": [0.1, 0.5], "private": [0.9, None]}, index=["1.1", "1.2"])
    svg = value_dots(rows, SCALE)
    assert texts(svg)[:2] == ["kommunale", "private"]
    assert svg.count("<use") == 3 + 2  # those of the legend too


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        bars([])
    with pytest.raises(ValueError, match="at least one value"):
        strips([])
    with pytest.raises(ValueError, match="one to four columns"):
        value_dots(pd.DataFrame([[0.1] * 5], columns=list("abcde")), SCALE)
