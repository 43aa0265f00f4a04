"""Estimates of several measures side by side, a row a unit."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import pandas as pd

from misbrug_analysis.presentation.figures.lettering import LINE, width, wrapped
from misbrug_analysis.presentation.figures.style import (
    INK,
    MIDDLE,
    RULE,
    WIDTH,
    Drawing,
    Key,
    Look,
    Points,
    box,
    legend,
    line,
    paragraph,
    styled,
    swatch,
)
from misbrug_analysis.presentation.language import Language

_GAP = 18
_ROW = 30
_BAR = 8
_CAP = 4
_LONGEST_LABEL = 130
_ESTIMATE = Look(MIDDLE)


@dataclass(frozen=True)
class _Column:
    """A measure's place: where it begins, px that its texts have, and px per unit of its scale."""

    name: str
    start: float
    room: float
    scale: float
    estimates: list[tuple[float, float, float]]
    texts: list[str]


@styled
def estimate_columns(
    rows: pd.DataFrame,
    language: Language,
    groups: pd.Series | None = None,
    names: Mapping[str, str] | None = None,
) -> str:
    """Estimates of each unit, a column a measure, each with a scale of its own from 0.

    ``rows`` has the units' labels as index and (measure, ``value`` | ``low`` | ``high``) as
    columns, numbers from 0 up, missing where there is none: a measure may have only a point, or
    only an interval. They are written to two significant digits, with the interval where it has
    room.
    ``names`` gives what a measure is called, where that is not its name in the columns.
    ``groups`` gives a unit's group, by label: units stand under their group, in the order of the
    rows. Raises ValueError when there is nothing to draw.
    """
    if rows.empty or rows.isna().all(axis=None):
        raise ValueError("a chart of estimates needs at least one unit with an estimate")
    left = min(max(width(str(label)) for label in rows.index), _LONGEST_LABEL) + 12
    columns = _columns(rows, left, names or {}, language)
    drawing = Drawing()
    y = legend(drawing, _keys(columns, language))
    y = _names(drawing, y, columns)
    bars: list[Points] = []
    intervals: list[Points] = []
    zeros: list[Points] = []
    for group, members in _by_group(rows, groups).items():
        if group is not None:
            y = paragraph(drawing, 0, y + LINE / 2 + 6, str(group), bold=True) - LINE / 2
        for at in members:
            _unit_name(drawing, y, str(rows.index[at]), left)
            for column in columns:
                drawing.text(column.start, y + LINE / 2 + 1, column.texts[at])
                _add(column, at, y + LINE + 6, bars, intervals)
                zeros.append(line((column.start, y + LINE + 2), (column.start, y + LINE + 10)))
            y += _ROW
    drawing.areas(bars, _ESTIMATE)
    drawing.lines(zeros, RULE)
    drawing.lines(intervals, INK, 1.4)
    return drawing.svg(y + 4)


def _columns(
    rows: pd.DataFrame, left: float, names: Mapping[str, str], language: Language
) -> list[_Column]:
    measures = list(dict.fromkeys(rows.columns.get_level_values(0)))
    across = (WIDTH - left - _GAP * (len(measures) - 1)) / len(measures)
    columns = []
    for number, name in enumerate(measures):
        table = rows[name].reindex(columns=["value", "low", "high"]).astype("float64")
        largest = float(table.max(axis=None))
        # Texts may reach into the gap, but the last column has none after it.
        room = across if number == len(measures) - 1 else across + _GAP - 6
        columns.append(
            _Column(
                names.get(name, str(name)),
                left + number * (across + _GAP),
                room,
                (across - 1) / largest if largest > 0 else 0,
                estimates := [tuple(row) for row in table.to_numpy()],
                _texts(estimates, room, language),
            )
        )
    return columns


def _texts(
    estimates: Sequence[tuple[float, float, float]], room: float, language: Language
) -> list[str]:
    """The numbers of a column: with their intervals when all of them have room, else without."""
    full, short = [], []
    for value, low, high in estimates:
        point = "" if isnan(value) else language.rounded(value)
        ends = "" if isnan(low) else language.span(language.rounded(low), language.rounded(high))
        full.append(f"{point} ({ends})" if point and ends else point or ends)
        short.append(point or ends)
    return next(
        (texts for texts in (full, short) if max(map(width, texts)) <= room),
        [""] * len(estimates),
    )


def _keys(columns: Sequence[_Column], language: Language) -> list[Key]:
    """What bars and lines mean, where there are any."""

    def interval(drawing: Drawing, x: float, y: float) -> None:
        drawing.lines(_whisker(x + 1, x + 15, y), INK, 1.4)

    keys: list[Key] = []
    if any(not isnan(value) for column in columns for value, _, _ in column.estimates):
        keys.append((language.text("chart.estimate"), swatch(_ESTIMATE)))
    if any(not isnan(low) for column in columns for _, low, _ in column.estimates):
        keys.append((language.text("chart.interval"), interval))
    return keys


def _names(drawing: Drawing, y: float, columns: Sequence[_Column]) -> float:
    """The measures' names over their columns; px where the longest ends."""
    names = [wrapped(column.name, column.room, bold=True) for column in columns]
    height = max(map(len, names))
    for column, parts in zip(columns, names, strict=True):
        for number, part in enumerate(parts, start=height - len(parts)):
            drawing.text(column.start, y + LINE * (number + 0.5), part, bold=True)
    return y + LINE * height + 2


def _by_group(rows: pd.DataFrame, groups: pd.Series | None) -> dict[Hashable, list[int]]:
    """The rows' numbers by group, groups in the order in which they first come."""
    found: dict[Hashable, list[int]] = {}
    for at, label in enumerate(rows.index):
        found.setdefault(None if groups is None else groups[label], []).append(at)
    return found


def _unit_name(drawing: Drawing, y: float, label: str, left: float) -> None:
    for number, part in enumerate(wrapped(label, left - 12)):
        drawing.text(0, y + LINE / 2 + 1 + number * (LINE - 3), part)


def _add(column: _Column, at: int, y: float, bars: list[Points], intervals: list[Points]) -> None:
    """A unit's estimate as a bar to its value and a line over its interval."""
    value, low, high = column.estimates[at]
    if not isnan(value):
        bars.append(box(column.start, y - _BAR / 2, value * column.scale, _BAR))
    if not isnan(low):
        ends = (column.start + low * column.scale, column.start + high * column.scale)
        intervals += _whisker(*ends, y)


def _whisker(start: float, stop: float, y: float) -> list[Points]:
    """A line with a cap at both ends."""
    caps = [line((x, y - _CAP), (x, y + _CAP)) for x in (start, stop)]
    return [line((start, y), (stop, y)), *caps]
