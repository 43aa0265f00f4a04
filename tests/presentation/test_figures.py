"""What all kinds of chart have in common: one style, small, safe, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import permutations

import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.textpath import text_to_path

from misbrug_analysis.presentation.figures import (
    Shape,
    answer_matrix,
    count_bars,
    estimate_columns,
    group_map,
    rank_intervals,
    standing_bars,
    warm_up,
)
from misbrug_analysis.presentation.figures.lettering import BOLD, PLAIN, width
from misbrug_analysis.presentation.figures.style import (
    ANSWERS,
    LOOKS,
    MIDDLE,
    QUIET,
    RULE,
    Drawing,
    legend,
    styled,
    swatch,
)
from misbrug_analysis.presentation.images import checked_svg
from tests.presentation.charts import KINDS, LANGUAGE
from tests.presentation.drawings import size, texts, words

# Markup, mathematics, what the compacting of SVG looks for, and what no font or file holds.
HOSTILE = (
    "<script>alert(1)</script>&lt; $x^2$ 1.23456 M 1 2\nL 3 4 font-size: 10px; "
    '<use style="x"/> transform="rotate(-0 1)" \N{GRINNING FACE}\x00\ud800'
)
every_kind = pytest.mark.parametrize("chart", KINDS.values(), ids=list(KINDS))


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.1, from 1 to 21."""

    def luminance(colour: str) -> float:
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in to_rgb(colour)
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@every_kind
def test_the_same_data_give_the_same_bytes(chart: Callable[[str], str]) -> None:
    assert chart("Et spørgsmål") == chart("Et spørgsmål")


@every_kind
def test_labels_are_text_and_never_markup_or_mathematics(chart: Callable[[str], str]) -> None:
    svg = chart(HOSTILE)
    checked_svg(svg, "a chart")
    shown = " ".join(texts(svg))
    assert "<script>alert(1)</script>&lt; $x^2$ 1.23456 M 1 2 L 3 4 font-size: 10px;" in " ".join(
        shown.split()
    )
    assert '<use style="x"/> transform="rotate(-0 1)"' in shown


@every_kind
def test_a_chart_is_as_wide_as_a_phone_shows_it(chart: Callable[[str], str]) -> None:
    across, high = size(chart("Et spørgsmål"))
    assert across == pytest.approx(370)
    assert 40 < high < 700


@pytest.mark.parametrize("kind", ["bars", "standing", "ranks", "estimates"])
def test_long_labels_are_wrapped_and_stay_inside_the_picture(kind: str) -> None:
    for word in words(KINDS[kind]("Fast fremgangsmåde for registrering og indberetning, " * 2)):
        long = width(word.text, bold="bold" in word.style)
        before = {"middle": long / 2, "end": long}
        start = word.x - next((px for at, px in before.items() if f"anchor: {at}" in word.style), 0)
        assert start >= -0.5, word.text
        assert start + long <= 370.5, word.text


@styled
def test_a_label_of_the_legend_that_is_wider_than_the_picture_is_wrapped() -> None:
    drawing = Drawing()
    look = swatch(LOOKS["yes"])
    label = "udpeget i en rapport med et navn, der er længere, end et diagram er bredt"
    end = legend(drawing, [("ja", look), (label, look), ("nej", look)])
    yes, *parts, no = words(drawing.svg(end))
    assert len(parts) == 2
    assert " ".join(part.text for part in parts) == label
    assert yes.y < parts[0].y < parts[1].y <= no.y
    assert parts[0].x == parts[1].x > 16


@every_kind
def test_all_texts_are_of_one_size_and_font(chart: Callable[[str], str]) -> None:
    svg = chart("Et spørgsmål")
    assert re.findall(r"font-size: ?[^;}\"]+", svg) == ["font-size:10px"]
    assert svg.count("font-family") == 1


@every_kind
def test_names_inside_a_picture_are_short_and_a_label_that_looks_like_one_stays(
    chart: Callable[[str], str],
) -> None:
    svg = chart('"h0123456789")')
    names = re.findall(r'(?<=<)[^<>]* id="([^"]*)"', svg)
    assert all(len(name) <= 3 for name in names)
    assert all(f"#{name}" in svg for name in names)
    assert '"h0123456789")' in " ".join(texts(svg))


@every_kind
def test_a_small_chart_is_a_small_file(chart: Callable[[str], str]) -> None:
    assert len(chart("Et spørgsmål").encode()) < 5_000


def test_each_answer_stands_out_from_white_and_from_every_other() -> None:
    for one, other in permutations(ANSWERS, 2):
        edge, fills = str(LOOKS[one].edge), (LOOKS[one].fill, LOOKS[other].fill)
        assert contrast(edge, "#ffffff") >= 3
        assert max(contrast(*fills), min(contrast(edge, fill) for fill in fills)) >= 3


def test_answers_that_are_not_filled_differ_by_pattern_or_outline() -> None:
    looks = [(LOOKS[answer].hatch, LOOKS[answer].dashes) for answer in ANSWERS[1:]]
    assert len(set(looks)) == len(looks)


@pytest.mark.parametrize("colour", [MIDDLE, QUIET, RULE])
def test_what_carries_meaning_stands_out_from_white(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 3


@pytest.mark.parametrize(
    "draw",
    [
        lambda: count_bars([], LANGUAGE),
        lambda: answer_matrix(pd.DataFrame(), LANGUAGE),
        lambda: standing_bars(pd.DataFrame({"heading": [], "low": [], "high": []}), 4, LANGUAGE),
        lambda: rank_intervals(pd.DataFrame(), LANGUAGE),
        lambda: estimate_columns(pd.DataFrame({("m", "value"): [float("nan")]}), LANGUAGE),
        lambda: group_map([Shape("Nordby", 1, "Nord", [])], LANGUAGE),
    ],
)
def test_a_chart_of_nothing_is_refused(draw: Callable[[], str]) -> None:
    with pytest.raises(ValueError, match="at least one"):
        draw()


@every_kind
def test_a_process_that_is_warm_draws_the_same(chart: Callable[[str], str]) -> None:
    before = chart("Kommune")
    warm_up()
    assert chart("Kommune") == before


@pytest.mark.parametrize("text", ["Ja", "AV To. VA", "Klynge Øst  ", " fi ffi ", "1.1 (12,5 %)"])
def test_a_text_is_as_wide_as_matplotlib_sets_it(text: str) -> None:
    for bold, font in ((False, PLAIN), (True, BOLD)):
        points, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
        assert width(text, bold=bold) == pytest.approx(points / 0.75 * 0.9)
