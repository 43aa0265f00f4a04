"""What has changed between rounds: dumbbells for two, slopes for more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from matplotlib.path import Path

from misbrug_analysis.presentation.figures.lettering import LINE, width, wrapped
from misbrug_analysis.presentation.figures.style import (
    INK,
    QUIET,
    RULE,
    STRONG,
    WIDTH,
    Anchor,
    Drawing,
    Key,
    Look,
    Points,
    legend,
    line,
    sign,
    styled,
)
from misbrug_analysis.presentation.language import Language

_MARGIN = 9
_RISE = 34
_MOST_TICKS = 24
_APART = 14
_FELL = "#b3430a"
_BEFORE = Look("#ffffff", QUIET, width=1.6)
_LOOKS = {
    "more": Look(STRONG, STRONG, width=1),
    "fewer": Look(_FELL, _FELL, width=1),
    "same": Look(RULE, QUIET, width=1),
}
_THICK = {"more": 3.0, "fewer": 3.0, "same": 1.0}


def _shape(*corners: tuple[float, float]) -> Path:
    return Path([*corners, corners[0]], closed=True)


_CIRCLE = Path.circle((0, 0), 5)
_ACROSS = {
    "more": _shape((-5, -6.5), (7, 0), (-5, 6.5)),
    "fewer": _shape((5, -6.5), (-7, 0), (5, 6.5)),
    "same": _CIRCLE,
}
_UPWARDS = {
    "more": _shape((-6.5, 5), (0, -7), (6.5, 5)),
    "fewer": _shape((-6.5, -5), (0, 7), (6.5, -5)),
    "same": _CIRCLE,
}


@dataclass
class _Steps:
    """What lies between rounds, gathered over all rows so that each look is drawn once."""

    shapes: Mapping[str, Path]
    axes: list[Points] = field(default_factory=list)
    first: list[tuple[float, float]] = field(default_factory=list)
    lines: dict[str, list[Points]] = field(default_factory=lambda: defaultdict(list))
    ends: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    def step(self, way: str, start: tuple[float, float], end: tuple[float, float]) -> None:
        """From one round to the next, in a direction."""
        if start != end:
            self.lines[way].append(line(start, end))
        self.ends[way].append(end)

    def draw(self, drawing: Drawing) -> None:
        drawing.lines(self.axes, RULE)
        for way, look in _LOOKS.items():
            drawing.lines(self.lines[way], look.edge or look.fill, _THICK[way])
        drawing.marks(self.first, _CIRCLE, _BEFORE)
        for way, look in _LOOKS.items():
            drawing.marks(self.ends[way], self.shapes[way], look)


@styled
def change_dumbbells(rows: pd.DataFrame, rounds: Sequence[str], language: Language) -> str:
    """Two rounds: how many said yes before, and now, each row from none to all compared.

    ``rows`` has labels as index and the columns ``before``, ``after``, ``n`` (numbers of units; n
    at least 1) and ``told`` (the change in words); ``rounds`` are what the two are called. Raises
    ValueError when there is nothing to draw.
    """
    if rows.empty:
        raise ValueError("a chart of changes needs at least one row")
    drawing, steps = Drawing(), _Steps(_ACROSS)
    ways = [_way(*pair) for pair in zip(rows["before"], rows["after"], strict=True)]
    y = legend(drawing, _keys(rounds[0], rounds[1], ways, _ACROSS, language))
    for label, row, way in zip(rows.index, rows.to_dict("records"), ways, strict=True):
        y = _labelled(drawing, y + 4, str(label), str(row["told"]), quiet=way == "same") + 9
        n = int(row["n"])
        unit = (WIDTH - 2 * _MARGIN) / n
        start, end = ((_MARGIN + row[name] * unit, y) for name in ("before", "after"))
        ticks = [_MARGIN + at * unit for at in (range(n + 1) if n <= _MOST_TICKS else (0, n))]
        steps.axes.append(line((_MARGIN, y), (WIDTH - _MARGIN, y)))
        steps.axes += [line((x, y - 3), (x, y + 3)) for x in ticks]
        if way != "same":
            steps.first.append(start)
        steps.step(way, start, end)
        y += 9
    steps.draw(drawing)
    return drawing.svg(y + 4)


@styled
def change_slopes(rows: pd.DataFrame, rounds: Sequence[str], language: Language) -> str:
    """Three rounds or more: how many say yes from round to round, each row from none to all.

    ``rows`` has labels as index, a column a round by its place, and ``n`` and ``told`` as in
    ``change_dumbbells``. Raises ValueError when there is nothing to draw.
    """
    if rows.empty:
        raise ValueError("a chart of changes needs at least one row")
    drawing, steps, places = Drawing(), _Steps(_UPWARDS), range(len(rounds))
    across = np.linspace(_MARGIN + 6, WIDTH - _MARGIN - 6, len(rounds)).tolist()
    records = rows.to_dict("records")
    ways = [[_way(row[at], row[at + 1]) for at in places[:-1]] for row in records]
    every = [way for row in ways for way in row]
    after = language.text("chart.next_round")
    y = legend(drawing, _keys(rounds[0], after, every, _UPWARDS, language))
    y = _round_names(drawing, y, rounds, across)
    for label, row, way in zip(rows.index, records, ways, strict=True):
        quiet = set(way) == {"same"}
        y = _labelled(drawing, y + 6, str(label), str(row["told"]), quiet=quiet) + LINE + 8
        dots = [(across[at], y + _RISE * (1 - row[at] / row["n"])) for at in places]
        steps.first.append(dots[0])
        for at, direction in enumerate(way):
            steps.step(direction, dots[at], dots[at + 1])
        for at, (x, middle) in enumerate(dots):
            drawing.text(x, middle - 14, language.number(int(row[at])), anchor="center")
        y += _RISE + 10
    steps.draw(drawing)
    return drawing.svg(y + 2)


def _way(before: float, after: float) -> str:
    return "more" if after > before else "fewer" if after < before else "same"


def _keys(
    before: str, after: str, ways: Sequence[str], shapes: Mapping[str, Path], language: Language
) -> list[Key]:
    """The round before where anything has moved, and every direction that there is."""
    keys: list[Key] = [(before, sign(_CIRCLE, _BEFORE))] if set(ways) != {"same"} else []
    return keys + [
        (language.text(f"chart.round.{way}", round=after), sign(shapes[way], look))
        for way, look in _LOOKS.items()
        if way in ways
    ]


def _round_names(
    drawing: Drawing, y: float, rounds: Sequence[str], across: Sequence[float]
) -> float:
    """What the rounds are called, over their places; px where they end."""
    for at, (x, name) in enumerate(zip(across, rounds, strict=True)):
        anchor: Anchor = "left" if at == 0 else "right" if at == len(rounds) - 1 else "center"
        edge = {"left": 0.0, "right": float(WIDTH), "center": x}[anchor]
        drawing.text(edge, y + LINE / 2, name, anchor=anchor, colour=QUIET)
    return y + LINE


def _labelled(drawing: Drawing, y: float, label: str, told: str, *, quiet: bool) -> float:
    """The label of a row, and what has changed: beside it where there is room; px where it ends."""
    lines = wrapped(label, WIDTH)
    for text in lines:
        drawing.text(0, y + LINE / 2, text)
        y += LINE
    colour = QUIET if quiet else INK
    if width(lines[-1]) + width(told, bold=not quiet) + _APART <= WIDTH:
        drawing.text(WIDTH, y - LINE / 2, told, anchor="right", bold=not quiet, colour=colour)
        return y
    for text in wrapped(told, WIDTH, bold=not quiet):
        drawing.text(0, y + LINE / 2, text, bold=not quiet, colour=colour)
        y += LINE
    return y
