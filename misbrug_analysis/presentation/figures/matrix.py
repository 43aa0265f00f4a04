"""Every unit's answer to every indicator, as marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd
from matplotlib.path import Path

from misbrug_analysis.presentation.figures.lettering import LINE, width
from misbrug_analysis.presentation.figures.shapes import SQUARE, disc, scaled, square
from misbrug_analysis.presentation.figures.style import (
    ANSWERS,
    LOOKS,
    QUIET,
    RULE,
    WIDTH,
    Drawing,
    Key,
    Look,
    Points,
    legend,
    line,
    paragraph,
    styled,
)
from misbrug_analysis.presentation.language import Language

_WIDEST = 30
_MARK = 15
# A narrower column has no room for its unit's name; the table behind the figure has them.
_NAMED = 12
# In narrower columns a disc and a square would look alike.
_SHAPED = 8

_HALF_DISC = Path.wedge(90, 270)
_STRUCK_SQUARE = Path.make_compound_path(SQUARE, Path([(-1, -1), (1, 1)]))

Sign = Sequence[tuple[Path, Look]]
"""Shapes on top of one another, in px around (0, 0)."""


@dataclass(frozen=True)
class _Column:
    """A group's columns: the px where they begin and end, and the middle of each."""

    name: str
    start: float
    stop: float
    middles: Points


@styled
def answer_matrix(answers: pd.DataFrame, language: Language) -> str:
    """Answers of units to indicators: a row of marks an indicator, a column a unit.

    ``answers`` has the indicators' labels as index and (group, unit) as columns, a group's units
    next to each other; its values are codes of answers. Up to 30 units or so have their label over
    their column; about 100 can still be told apart. Raises ValueError when there is nothing to
    draw.
    """
    if answers.empty:
        raise ValueError("an overview of answers needs at least one indicator and one unit")
    codes = answers.to_numpy()
    groups, pitch = _columns([str(name) for name in answers.columns.get_level_values(0)])
    middles = np.concatenate([group.middles for group in groups])
    drawing = Drawing()
    used = [answer for answer in (*ANSWERS, "withheld") if (codes == answer).any()]
    y = legend(drawing, [_key(answer, pitch, language) for answer in used])
    y = _group_names(drawing, y, groups)
    if pitch >= _NAMED:
        units = [str(unit) for unit in answers.columns.get_level_values(1)]
        y = _unit_names(drawing, y, units, middles, pitch)
    places: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for label, row in zip(answers.index, codes, strict=True):
        y = paragraph(drawing, 0, y + LINE / 2 + 5, str(label)) - LINE / 2
        for x, answer in zip(middles, row, strict=True):
            places[answer].append((x, y + _MARK / 2 + 1))
        y += _MARK + 2
    for answer, sign in _signs(pitch).items():
        for shape, look in sign:
            drawing.marks(places[answer], shape, look)
    return drawing.svg(y + 3)


def _columns(names: Sequence[str]) -> tuple[list[_Column], float]:
    """Columns with gaps between groups, and the width of one; wider gaps for the groups' names
    where there is room."""
    sizes = [(name, len(list(units))) for name, units in groupby(names)]
    gap = 12.0 if len(names) <= 40 else 6.0
    pitch = min(_WIDEST, (WIDTH - gap * (len(sizes) - 1)) / len(names))
    least = [max(pitch * size, width(name, bold=True)) for name, size in sizes]
    roomy = sum(least) + gap * (len(sizes) - 1) <= WIDTH
    columns, x = [], 0.0
    for (name, size), needed in zip(sizes, least, strict=True):
        middles = x + pitch * (np.arange(size) + 0.5)
        columns.append(_Column(name, x, x + pitch * size, middles))
        x += (needed if roomy else pitch * size) + gap
    return columns, pitch


def _signs(pitch: float) -> dict[str, Sign]:
    """A sign for every answer: discs and squares, or upright bars of differing height."""
    if pitch < _SHAPED:
        return _bars(pitch)
    half = min(_MARK, pitch - 3) / 2
    lesser, partly = half * 0.86, LOOKS["partly"]
    return {
        "yes": [(disc(half), LOOKS["yes"])],
        "partly": [
            (disc(half), partly),
            (scaled(_HALF_DISC, half), Look(str(partly.edge))),
        ],
        "no": [(scaled(_STRUCK_SQUARE, lesser), LOOKS["no"])],
        "unanswered": [(disc(lesser), LOOKS["unanswered"])],
        "withheld": [(square(lesser), LOOKS["withheld"])],
        "absent": [(square(lesser), LOOKS["absent"])],
    }


def _bars(pitch: float) -> dict[str, Sign]:
    across, half = (pitch - 1.4) / 2, _MARK / 2
    low = dict.fromkeys(("no", "unanswered", "withheld"), half / 2)
    heights = {"yes": half, "partly": half, **low, "absent": 1}
    return {
        answer: [
            (
                scaled(SQUARE, across, height),
                Look(LOOKS[answer].fill, LOOKS[answer].edge, width=0.9),
            )
        ]
        for answer, height in heights.items()
    }


def _key(answer: str, pitch: float, language: Language) -> Key:
    """The sign as it is in the picture, only in full size where the marks are small discs."""
    signs = _signs(pitch if pitch < _SHAPED else _WIDEST)

    def draw(drawing: Drawing, x: float, y: float) -> None:
        for shape, look in signs[answer]:
            drawing.marks([(x + 8, y)], shape, look)

    return language.text(f"answer.label.{answer}"), draw


def _group_names(drawing: Drawing, y: float, groups: Sequence[_Column]) -> float:
    """Each group's name over its columns, on a lower line where the one before is in the way."""
    ends: list[float] = []
    for group in groups:
        long = width(group.name, bold=True)
        begin = max(min(group.start, WIDTH - long), 0)
        lane = next((at for at, end in enumerate(ends) if end + 8 <= begin), len(ends))
        ends[lane : lane + 1] = [begin + long]
        drawing.text(begin, y + LINE * (lane + 0.5), group.name, bold=True)
    y += LINE * len(ends) + 3
    drawing.lines([line((group.start + 1, y), (group.stop - 1, y)) for group in groups], RULE)
    return y + 3


def _unit_names(
    drawing: Drawing, y: float, units: Sequence[str], middles: Points, pitch: float
) -> float:
    """The units' labels over their columns, turned where one is wider than its column."""
    widest = max(width(unit) for unit in units)
    turned = widest > pitch - 2
    height = widest + 4 if turned else LINE
    for x, unit in zip(middles, units, strict=True):
        if turned:
            drawing.text(x, y + height - 2, unit, colour=QUIET, turned=True)
        else:
            drawing.text(x, y + LINE / 2, unit, colour=QUIET, anchor="center")
    return y + height
