"""The chart of variants: what each makes of a count, over the choices that lead to it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from misbrug_analysis.presentation.figures import specification
from tests.presentation.charts import LANGUAGE
from tests.presentation.drawings import boxes, marks, shape_of, size, texts, words

OWN, OTHER, CHOSEN, NOT_CHOSEN, BAND = (
    "fill: #b3430a",
    "fill: #12436d",
    "fill: #ffffff; stroke: #1a1a1a",
    "fill: #8c8c8c",
    "fill: #fde3d4",
)


def chart(counts: Sequence[int], **choices: Sequence[str]) -> str:
    """Counts of variants, the first published, and what each chooses at settings."""
    table = pd.DataFrame(
        {name: pd.Categorical(of, list(dict.fromkeys(of))) for name, of in choices.items()}
    )
    return specification(pd.Series(list(counts)), table, "Antal ja", LANGUAGE)


def two_settings() -> str:
    """Four variants of two settings: 5 yes as published, then 7, 3 and 5."""
    return chart(
        [5, 7, 3, 5],
        Delvise=["måles", "måles", "bliver nej", "bliver nej"],
        Delte=["nej", "ja", "nej", "ja"],
    )


def columns(svg: str) -> list[float]:
    """The x of every column from the left."""
    # The first mark of a look is the one in the legend.
    return sorted([x for x, _ in marks(svg, OTHER)[1:]] + [marks(svg, OWN)[1][0]])


def test_columns_stand_in_the_order_of_their_counts_ties_as_given() -> None:
    svg = two_settings()
    first, second, third, fourth = columns(svg)
    heights = dict(marks(svg, OTHER)[1:])
    # 3, then the published 5, the other 5, and 7.
    assert marks(svg, OWN)[1][0] == second
    assert heights[first] > heights[third] > heights[fourth]
    assert heights[third] == pytest.approx(marks(svg, OWN)[1][1])


def test_a_count_stands_at_its_number_on_the_scale() -> None:
    svg = chart([0, 4], A=["a", "b"])
    lines = {word.text: word.y for word in words(svg) if word.text in "01234"}
    ((_, own), *_) = marks(svg, OWN)[1:]
    ((_, other),) = marks(svg, OTHER)[1:]
    # A number stands on its line with its middle, half a capital above its baseline.
    assert lines["0"] - own == pytest.approx(4.7, abs=0.1)
    assert lines["4"] - other == pytest.approx(4.7, abs=0.1)


@pytest.mark.parametrize(
    ("counts", "scale"),
    [
        ([3, 4], ["4", "3"]),
        ([7, 7], ["7"]),
        ([167, 179], ["180", "175", "170", "165"]),
        ([0, 4], ["4", "3", "2", "1", "0"]),
        ([0, 5], ["6", "4", "2", "0"]),
        ([9_990, 14_000], ["14.000", "12.000", "10.000", "8.000"]),
    ],
)
def test_the_scale_has_whole_numbers_at_even_steps(counts: list[int], scale: list[str]) -> None:
    svg = chart(counts, A=["a", "b"])
    assert [text for text in texts(svg) if text[0].isdigit()][::-1] == scale


def test_a_square_stands_in_the_row_of_what_is_chosen() -> None:
    svg = two_settings()
    first, own, third, fourth = columns(svg)
    row = {word.text: word.y - 4.7 for word in words(svg)}
    chosen = {(round(x, 1), round(y)) for x, y in marks(svg, CHOSEN)[1:]}
    expected = {
        first: ("bliver nej", "nej"),
        third: ("bliver nej", "ja"),
        fourth: ("måles", "ja"),
    }
    assert chosen == {
        (round(x, 1), round(row[option])) for x, both in expected.items() for option in both
    }
    diamonds = [(round(x, 1), round(y)) for x, y in marks(svg, OWN)[2:]]
    assert diamonds == [(round(own, 1), round(row[option])) for option in ("måles", "nej")]


def test_what_is_not_chosen_is_a_dot() -> None:
    # Four columns, two rows a setting, two settings: half of them are not chosen.
    assert len(marks(two_settings(), NOT_CHOSEN)) == 8


def test_the_published_way_differs_by_shape_and_stands_on_a_band() -> None:
    svg = two_settings()
    assert len({shape_of(svg, look) for look in (OWN, OTHER, CHOSEN)}) == 3
    (band,) = boxes(svg, BAND)
    assert band.x < columns(svg)[1] < band.x + band.width
    assert band.x > columns(svg)[0]
    ys = [y for _, y in marks(svg, OWN)[1:]]
    assert band.y < min(ys)
    assert max(ys) < band.y + band.height


def test_settings_are_headings_over_their_options() -> None:
    shown = texts(two_settings())
    assert shown[-6:] == ["Delvise", "måles", "bliver nej", "Delte", "nej", "ja"]


def test_an_option_that_is_never_chosen_has_no_row() -> None:
    choices = pd.DataFrame({"A": pd.Categorical(["a", "a"], ["a", "b"])})
    assert "b" not in texts(specification(pd.Series([1, 2]), choices, "Antal", LANGUAGE))


def test_a_long_option_is_written_on_several_lines() -> None:
    svg = chart([1, 2], A=["en regel med et navn der ikke kan stå på linjen", "b"])
    lines = [word for word in words(svg) if word.text.startswith(("en regel", "b"))]
    assert len([text for text in texts(svg) if text in "en regel med et navn der ikke kan"]) > 0
    assert lines[-1].y - lines[0].y > 30


@pytest.mark.parametrize("variants", [1, 2, 20, 42])
def test_columns_lie_inside_the_picture_and_apart(variants: int) -> None:
    options = [f"valg {number % 3}" for number in range(variants)]
    svg = chart(list(range(variants)), Regel=options)
    xs, (across, high) = columns(svg), size(svg)
    assert len(xs) == variants
    assert min(xs) > 0
    assert max(xs) < across
    assert np.diff(xs).min(initial=99) > 4
    assert max(word.y for word in words(svg)) < high


def test_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one variant"):
        specification(pd.Series([], dtype="int64"), pd.DataFrame({"A": []}), "x", LANGUAGE)
    with pytest.raises(ValueError, match="one setting"):
        specification(pd.Series([1]), pd.DataFrame(index=[0]), "x", LANGUAGE)
