"""Charts of changes: what stands where, and a direction that is seen without colour."""

from __future__ import annotations

import pandas as pd
import pytest

from misbrug_analysis.presentation.figures import change_dumbbells, change_slopes
from tests.presentation.charts import LANGUAGE
from tests.presentation.drawings import boxes, marks, shape_of, texts, words

WIDTH, MARGIN = 370, 9
RING, MORE, FEWER, SAME = (
    "fill: #ffffff; stroke: #595959",
    "fill: #12436d",
    "fill: #b3430a",
    "fill: #8c8c8c",
)
LEGEND = 1


def dumbbells(*rows: tuple[str, int, int, int, str]) -> str:
    table = pd.DataFrame(rows, columns=["label", "before", "after", "n", "told"])
    return change_dumbbells(table.set_index("label"), ["2024", "2026"], LANGUAGE)


def slopes(*rows: tuple[str, int, int, int, int, str]) -> str:
    table = pd.DataFrame(rows, columns=["label", 0, 1, 2, "n", "told"])
    return change_slopes(table.set_index("label"), ["2022", "2024", "2026"], LANGUAGE)


def across(share: float) -> float:
    """Where a share of all who are compared lies."""
    return MARGIN + share * (WIDTH - 2 * MARGIN)


def turned(svg: str, style: str) -> str:
    """Which way a triangle points: where its middle corner lies, as its outline has it."""
    numbers = [float(part) for part in shape_of(svg, style).replace("z", "").split() if _is(part)]
    xs, ys = numbers[::2][:3], numbers[1::2][:3]
    if xs[0] == xs[2]:
        return "right" if xs[1] > xs[0] else "left"
    return "down" if ys[1] > ys[0] else "up"


def _is(part: str) -> bool:
    return part.lstrip("-").replace(".", "", 1).isdigit()


def test_the_ring_is_before_and_the_triangle_now_and_a_line_between() -> None:
    svg = dumbbells(("1.1 Familien", 1, 3, 4, "to flere"))
    (ring,) = marks(svg, RING)[LEGEND:]
    (now,) = marks(svg, MORE)[LEGEND:]
    assert ring[0] == pytest.approx(across(1 / 4), abs=0.1)
    assert now[0] == pytest.approx(across(3 / 4), abs=0.1)
    assert ring[1] == now[1]
    (line,) = boxes(svg, "stroke: #12436d")
    assert (line.x, line.width) == (
        pytest.approx(ring[0], abs=0.1),
        pytest.approx(now[0] - ring[0], abs=0.1),
    )


def test_more_points_right_and_fewer_points_left() -> None:
    svg = dumbbells(("a", 1, 3, 4, "flere"), ("b", 3, 1, 4, "færre"))
    assert turned(svg, MORE) == "right"
    assert turned(svg, FEWER) == "left"
    (fewer,) = marks(svg, FEWER)[LEGEND:]
    assert fewer[0] == pytest.approx(across(1 / 4), abs=0.1)


def test_what_is_the_same_is_one_quiet_dot() -> None:
    svg = dumbbells(("a", 2, 2, 4, "uændret"))
    assert marks(svg, RING) == []
    (dot,) = marks(svg, SAME)[LEGEND:]
    assert dot[0] == pytest.approx(across(1 / 2), abs=0.1)
    assert texts(svg)[0] == "2026: uændret"
    (told,) = [word for word in words(svg) if word.text == "uændret"]
    assert "bold" not in told.style


def test_none_and_all_are_the_ends_of_the_line() -> None:
    svg = dumbbells(("a", 0, 5, 5, "fem flere"))
    assert marks(svg, RING)[LEGEND][0] == pytest.approx(MARGIN, abs=0.1)
    assert marks(svg, MORE)[LEGEND][0] == pytest.approx(WIDTH - MARGIN, abs=0.1)


def test_the_legend_names_what_there_is() -> None:
    both = texts(dumbbells(("a", 1, 3, 4, "x"), ("b", 3, 1, 4, "y")))
    assert both[:3] == ["2024", "2026: flere", "2026: færre"]
    assert texts(dumbbells(("a", 1, 3, 4, "x")))[:2] == ["2024", "2026: flere"]


def test_a_row_is_labelled_with_its_change_in_words() -> None:
    short = words(dumbbells(("1.1 Kort", 1, 3, 4, "to flere")))[-2:]
    assert [word.text for word in short] == ["1.1 Kort", "to flere"]
    assert short[0].y == short[1].y
    label = "1.1 En indikator med et langt navn, der fylder en hel linje"
    *_, before, told = words(dumbbells((label, 1, 3, 4, "to flere (fra 1 til 3 af 4)")))
    assert told.text == "to flere (fra 1 til 3 af 4)"
    assert told.y > before.y


def test_many_units_have_no_tick_for_each() -> None:
    few, many = (len(boxes(dumbbells(("a", 1, 2, n, "x")), "#8c8c8c")) for n in (4, 98))
    assert (few, many) == (1 + 5, 1 + 2)


def test_slopes_go_from_round_to_round_the_higher_the_more() -> None:
    svg = slopes(("1.1", 1, 3, 2, 4, "én færre"))
    ((x0, first),) = marks(svg, RING)[LEGEND:]
    ((x1, second),) = marks(svg, MORE)[LEGEND:]
    ((x2, third),) = marks(svg, FEWER)[LEGEND:]
    assert x0 < x1 < x2
    assert x1 - x0 == pytest.approx(x2 - x1, abs=0.1)
    assert second < third < first
    assert (third - second) * 2 == pytest.approx(first - second, abs=0.2)
    assert (turned(svg, MORE), turned(svg, FEWER)) == ("up", "down")


def test_slopes_name_the_rounds_once_and_every_count() -> None:
    shown = texts(slopes(("1.1", 1, 3, 2, 4, "x"), ("1.2", 0, 0, 0, 4, "y")))
    assert shown.count("2024") == shown.count("2026") == 1
    assert shown[-5:] == ["1.2", "y", "0", "0", "0"]
    assert [text for text in shown if text in "123"] == ["1", "3", "2"]


@pytest.mark.parametrize("draw", [dumbbells, slopes])
def test_nothing_is_nothing_to_draw(draw: object) -> None:
    with pytest.raises(ValueError, match="at least one row"):
        draw()  # type: ignore[operator]
