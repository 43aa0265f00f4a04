"""What every way of settling the answers makes of a count: a specification chart.

The kind of chart is that of Simonsohn, Simmons and Nelson (2020): the results on top in their
order, and beneath them, column by column, the choices that lead to each.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from misbrug_analysis.presentation.figures.lettering import LINE, width, wrapped
from misbrug_analysis.presentation.figures.shapes import diamond, disc, square
from misbrug_analysis.presentation.figures.style import (
    INK,
    QUIET,
    RULE,
    STRONG,
    WIDTH,
    Drawing,
    Key,
    Look,
    Points,
    box,
    legend,
    line,
    paragraph,
    sign,
    styled,
)
from misbrug_analysis.presentation.language import Language

_WIDEST = 20
_LONGEST_LABEL = 150
_STEP = 26
_MOST_TICKS = 5
_LARGEST = 4.5

_OWN = Look("#b3430a", INK, width=1)
_OTHER = Look(STRONG)
_CHOSEN = Look("#ffffff", INK, width=1.2)
_NOT_CHOSEN = Look(RULE)
_BAND = Look("#fde3d4")


@dataclass(frozen=True)
class _Columns:
    """Where the columns stand: the px where they begin, the middle of each, and which is whose."""

    left: float
    pitch: float
    middles: Points
    own: int

    @property
    def others(self) -> npt.NDArray[np.intp]:
        return np.delete(np.arange(len(self.middles)), self.own)

    @property
    def size(self) -> float:
        """Half the width of a mark."""
        return min(_LARGEST, self.pitch / 2 - 0.5)


@dataclass(frozen=True)
class _Row:
    """An option: the lines of its label, the middle of the first, and the columns that have it."""

    label: Sequence[str]
    y: float
    chosen: Collection[int]


@styled
def specification(
    counts: pd.Series[int], choices: pd.DataFrame, measure: str, language: Language
) -> str:
    """A column a way of settling: the count it gives, and what is chosen in it.

    ``counts`` are numbers of answers or units, the first of them as published; ``choices`` has the
    same rows, and a categorical column a setting, named as its heading, whose categories are its
    options in the order in which they are shown. ``measure`` says what is counted. The columns
    stand in the order of their counts. Raises ValueError when there is nothing to draw.
    """
    if counts.empty or choices.columns.empty:
        raise ValueError("a chart of variants needs at least one variant and one setting")
    order = np.argsort(counts.to_numpy(), kind="stable")
    ticks = _ticks(int(counts.min()), int(counts.max()))
    columns = _columns(_left(choices, [language.number(tick) for tick in ticks]), order)
    drawing = Drawing()
    top = legend(drawing, _keys(language))
    first = paragraph(drawing, 0, top + LINE / 2, measure, bold=True) + _STEP * (len(ticks) - 1)
    settings, bottom = _settings(choices.iloc[order], first + 16)
    middle, half = columns.middles[columns.own], max(columns.pitch, 9) / 2
    high = first - _STEP * (len(ticks) - 1) - 9
    drawing.areas([box(middle - half, high, 2 * half, bottom - high)], _BAND)
    heights = first - _STEP * np.arange(len(ticks))
    drawing.lines([line((columns.left - 4, y), (WIDTH, y)) for y in heights], RULE, 0.6)
    for tick, y in zip(ticks, heights, strict=True):
        drawing.text(columns.left - 8, y, language.number(tick), anchor="right", colour=QUIET)
    places = np.interp(counts.to_numpy()[order], ticks, heights)
    _draw_counts(drawing, columns, places)
    _draw_choices(drawing, columns, settings)
    return drawing.svg(bottom + 2)


def _ticks(low: int, high: int) -> list[int]:
    """Whole numbers at even steps of 1, 2 or 5 times a power of ten, around all counts."""
    steps = (base * 10**power for power in range(19) for base in (1, 2, 5))
    step = next(step for step in steps if -(-high // step) - low // step < _MOST_TICKS)
    return list(range(low // step * step, -(-high // step) * step + 1, step))


def _left(choices: pd.DataFrame, ticks: Sequence[str]) -> float:
    """Where the columns begin: after the longest label or number."""
    labels = [part for name in choices for part in _labels(choices[name])]
    return max(max(map(width, labels)) + 10, max(map(width, ticks)) + 14)


def _labels(setting: pd.Series[str]) -> list[str]:
    """The lines of the labels of a setting's options."""
    used = [option for option in setting.cat.categories if (setting == option).any()]
    return [part for option in used for part in wrapped(str(option), _LONGEST_LABEL)]


def _columns(left: float, order: npt.NDArray[np.intp]) -> _Columns:
    pitch = min(_WIDEST, (WIDTH - left) / len(order))
    middles = left + pitch * (np.arange(len(order)) + 0.5)
    return _Columns(left, pitch, middles, int(np.flatnonzero(order == 0)[0]))


def _settings(choices: pd.DataFrame, y: float) -> tuple[list[tuple[str, float, list[_Row]]], float]:
    """Each setting with the middle of its heading and its rows, from y; px where they end."""
    settings = []
    for name in choices:
        heading, rows = y + LINE / 2, []
        y += LINE
        for option in choices[name].cat.categories:
            chosen = {int(at) for at in np.flatnonzero(choices[name] == option)}
            if chosen:
                label = wrapped(str(option), _LONGEST_LABEL)
                rows.append(_Row(label, y + LINE / 2, chosen))
                y += LINE * len(label)
        settings.append((str(name), heading, rows))
        y += 7
    return settings, y - 5


def _draw_counts(drawing: Drawing, columns: _Columns, heights: Points) -> None:
    places = np.column_stack([columns.middles, heights])
    drawing.marks(places[columns.others], disc(columns.size), _OTHER)
    drawing.marks(places[[columns.own]], diamond(_LARGEST + 2), _OWN)


def _draw_choices(
    drawing: Drawing, columns: _Columns, settings: Sequence[tuple[str, float, list[_Row]]]
) -> None:
    """A square where an option is chosen, a dot where it is not, a diamond in the own column."""
    chosen: list[tuple[float, float]] = []
    not_chosen: list[tuple[float, float]] = []
    own: list[tuple[float, float]] = []
    for name, heading, rows in settings:
        drawing.text(0, heading, name, bold=True)
        for row in rows:
            for at, part in enumerate(row.label):
                drawing.text(0, row.y + at * LINE, part)
            for at, x in enumerate(columns.middles):
                kind = not_chosen if at not in row.chosen else own if at == columns.own else chosen
                kind.append((x, row.y))
    drawing.marks(not_chosen, disc(1), _NOT_CHOSEN)
    drawing.marks(chosen, square(columns.size * 0.85), _CHOSEN)
    drawing.marks(own, diamond(_LARGEST + 1), _OWN)


def _keys(language: Language) -> list[Key]:
    keys = {
        "own": sign(diamond(_LARGEST + 2), _OWN),
        "other": sign(disc(_LARGEST), _OTHER),
        "chosen": sign(square(_LARGEST * 0.85), _CHOSEN),
    }
    return [(language.text(f"sensitivity.legend.{name}"), draw) for name, draw in keys.items()]
