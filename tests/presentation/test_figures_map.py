"""The map of groups: projected, simplified, with every unit's number inside it."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.path import Path

from misbrug_analysis.presentation.figures import Shape, group_map
from misbrug_analysis.presentation.figures.geometry import (
    drawable,
    free_place,
    middle,
    projected,
    simplified,
)
from tests.presentation.charts import LANGUAGE
from tests.presentation.drawings import Box, boxes, size, texts, words

BLUE = "fill: #bcd4ea"
SQUARE = np.array([(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)])
# A wide U: its middle, by the mean of its corners, lies outside of it.
BAY = np.array([(0, 0), (30, 0), (30, 30), (20, 30), (20, 4), (10, 4), (10, 30), (0, 30)], float)


def place(west: float, south: float) -> np.ndarray:
    """A square of half a degree."""
    corners = np.array([(0, 0), (0.5, 0), (0.5, 0.5), (0, 0.5)])
    return corners + np.array([west, south])


def two_groups() -> str:
    return group_map(
        [
            Shape("Nordby", 1, "Nord", [place(11, 56), place(12, 56)]),
            Shape("Østby", 2, "Nord", [place(11.5, 56)]),
            Shape("Sydby", 3, "Syd", [place(11, 55)]),
        ],
        LANGUAGE,
    )


def test_a_parallel_is_as_long_as_it_is_in_the_middle_of_the_map() -> None:
    # 60 degrees north a degree of longitude is half as long as one of latitude.
    (ring,), height = projected([np.array([(10, 59), (14, 59), (14, 61), (10, 61)])], 400, 900)
    assert np.ptp(ring[:, 0]) == pytest.approx(400)
    assert height == pytest.approx(400)
    assert ring[0][1] > ring[2][1]  # north is up


def test_a_tall_map_is_kept_within_its_height_and_in_the_middle() -> None:
    (ring,), height = projected([np.array([(10, 50), (11, 50), (11, 60), (10, 60)])], 400, 500)
    assert height == pytest.approx(500)
    assert ring[:, 0].min() == pytest.approx(400 - ring[:, 0].max())


def test_points_on_a_straight_line_are_left_out() -> None:
    dense = np.array([(x, 0) for x in range(11)] + [(10, y) for y in range(1, 11)] + [(0, 10)])
    assert simplified(dense.astype(float)).tolist() == [[0, 0], [10, 0], [10, 10], [0, 10]]


def test_no_point_that_is_left_out_was_farther_off_than_the_tolerance() -> None:
    turns = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    circle = np.column_stack([np.cos(turns), np.sin(turns)]) * 100
    kept = simplified(circle, tolerance=0.5)
    # A chord half a px from its arc spans 2·acos(1 - 0.5/100) = 0.2 radians: 31 in a turn.
    assert 31 < len(kept) < 100
    outside = [p for p in circle if not Path(kept).contains_point(p, radius=1.1)]
    assert outside == []


def test_islets_too_small_to_see_are_dropped_but_never_the_largest() -> None:
    islet = SQUARE / 10
    assert len(drawable([SQUARE, islet + 50])) == 1
    assert len(drawable([islet, islet / 2])) == 1
    # From 3 square px on, an islet is a spot that can be seen.
    assert len(drawable([SQUARE, islet * 1.8 + 50])) == 2
    assert len(drawable([SQUARE, islet * 1.7 + 50])) == 1


def test_an_island_of_four_px_squared_stays() -> None:
    assert len(drawable([SQUARE, SQUARE / 5 + 50])) == 2


def test_the_middle_lies_inside_even_of_a_bay() -> None:
    assert middle(SQUARE) == pytest.approx((5, 5), abs=0.5)
    assert not Path(BAY).contains_point(BAY.mean(axis=0))
    assert Path(BAY).contains_point(middle(BAY), radius=-3)


def test_a_name_moves_away_from_what_is_taken() -> None:
    at = np.array([50.0, 50.0])
    assert free_place(at, (20, 10), [], (100, 100)) == pytest.approx((50, 50), abs=4)
    x, y = free_place(at, (20, 10), [SQUARE * 3 + 35], (100, 100))
    assert x <= 25 or x >= 75 or y <= 30 or y >= 70
    everywhere = [SQUARE * 20 - 50]
    assert free_place(at, (20, 10), everywhere, (100, 100)) == (50, 50)


def test_every_unit_has_its_number_on_it() -> None:
    svg = two_groups()
    areas = [box for box in boxes(svg, BLUE) if box.width > 20]
    assert len(areas) == 3
    numbers = {word.text: word for word in words(svg) if word.text in "123"}
    west, _, middle_one = areas
    assert _inside(numbers["1"].x, numbers["1"].y, west)
    assert _inside(numbers["2"].x, numbers["2"].y, middle_one)


def test_groups_differ_by_pattern() -> None:
    svg = two_groups()
    assert svg.count("<pattern") == 1  # the first group is plain
    assert len(boxes(svg, "fill: url(#")) == 2  # the area and its sign in the key


def test_the_key_names_groups_and_units() -> None:
    shown = texts(two_groups())
    assert shown[-4:] == [
        "Nord",
        "1\N{NO-BREAK SPACE}Nordby, 2\N{NO-BREAK SPACE}Østby",
        "Syd",
        "3\N{NO-BREAK SPACE}Sydby",
    ]
    assert shown.count("Nord") == 2  # on the map too


def test_many_groups_have_looks_of_their_own() -> None:
    shapes = [
        Shape(f"Sted {n}", n, f"Gruppe {n}", [place(10 + n % 4, 50 + n // 4)]) for n in range(12)
    ]
    svg = group_map(shapes, LANGUAGE)
    assert svg.count("<pattern") == 10  # two of twelve are plain, in tints of their own


def test_the_picture_holds_the_map_and_its_key() -> None:
    svg = two_groups()
    across, high = size(svg)
    assert all(box.x >= 0 and box.x + box.width <= across for box in boxes(svg, BLUE))
    assert max(word.y for word in words(svg)) < high


def _inside(x: float, y: float, box: Box) -> bool:
    return box.x < x < box.x + box.width and box.y < y < box.y + box.height
