"""The map of many groups: neighbours differ, all have their numbers, small ones are enlarged."""

from __future__ import annotations

import numpy as np
import pytest

from misbrug_analysis.presentation.figures import Shape, tinted_map
from tests.presentation.charts import LANGUAGE
from tests.presentation.drawings import boxes, size, texts, words

TINTS = ("#9fc3e6", "#fbd9c3", "#d9f0ee", "#eadcf2", "#f4ecc2", "#d4d4d4")
ENLARGED = "Forstørret"


def place(west: float, south: float, side: float = 1) -> np.ndarray:
    corners = np.array([(0, 0), (side, 0), (side, side), (0, side)])
    return corners + np.array([west, south])


def chessboard(across: int) -> list[Shape]:
    """So many groups of one square each in a row, and as many above them."""
    return [
        Shape(f"Sted {n}", n + 1, f"Gruppe {n + 1}", [place(n % across, 50 + n // across)])
        for n in range(2 * across)
    ]


def tint_of(svg: str) -> dict[str, str]:
    """The tint under each number that stands inside an area."""
    areas = [(box, tint) for tint in TINTS for box in boxes(svg, f"fill: {tint}")]
    return {
        word.text: tint
        for word in words(svg)
        for box, tint in areas
        if box.x < word.x < box.x + box.width and box.y < word.y < box.y + box.height
    }


def test_neighbours_never_share_a_tint() -> None:
    svg = tinted_map(chessboard(5), ENLARGED, LANGUAGE)
    tints = tint_of(svg)
    assert set(tints) == {str(n) for n in range(1, 11)}
    for at in range(1, 6):
        assert tints[str(at)] != tints[str(at + 5)]  # above it
        assert at == 5 or tints[str(at)] != tints[str(at + 1)]  # beside it


def test_the_key_names_every_group_once_by_its_number() -> None:
    shown = texts(tinted_map(chessboard(5), ENLARGED, LANGUAGE))
    assert [text for text in shown if text.startswith("Gruppe")] == [
        f"Gruppe {n}" for n in range(1, 11)
    ]
    assert ENLARGED not in shown


def test_units_of_a_group_share_its_tint_and_have_its_number_where_there_is_room() -> None:
    shapes = [
        Shape("A", 1, "Nord", [place(0, 50)]),
        Shape("B", 1, "Nord", [place(1, 50)]),
        Shape("C", 2, "Syd", [place(2, 50)]),
    ]
    svg = tinted_map(shapes, ENLARGED, LANGUAGE)
    # On A, B and C, and once each in the key.
    assert sorted(text for text in texts(svg) if text in "12") == ["1", "1", "1", "2", "2"]
    assert len(boxes(svg, f"fill: {TINTS[0]}")) == 2


def test_a_group_that_its_number_would_hide_is_framed_and_shown_larger() -> None:
    tiny = Shape("Ø", 11, "Lille", [place(5.01, 50.5, 0.05)])
    svg = tinted_map([*chessboard(5), tiny], ENLARGED, LANGUAGE)
    heading = next(word for word in words(svg) if word.text == ENLARGED)
    (number,) = [word for word in words(svg) if word.text == "11" and "end" not in word.style]
    assert number.y > heading.y  # on the enlarged part alone
    areas = [box for tint in TINTS for box in boxes(svg, f"fill: {tint}")]
    largest = max((box for box in areas if box.y > heading.y), key=lambda box: box.width)
    assert largest.width > 100
    assert number.x == pytest.approx(largest.x + largest.width / 2, abs=largest.width / 2)


def test_the_picture_holds_all_it_shows() -> None:
    svg = tinted_map(chessboard(5), ENLARGED, LANGUAGE)
    across, high = size(svg)
    assert all(0 <= word.x <= across and 0 < word.y < high for word in words(svg))


def test_without_shapes_there_is_no_map() -> None:
    with pytest.raises(ValueError, match="at least one shape"):
        tinted_map([Shape("A", 1, "Nord", [])], ENLARGED, LANGUAGE)
