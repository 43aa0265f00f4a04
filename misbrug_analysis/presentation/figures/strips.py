"""How the values of many lie: a dot for each on one scale, heaped where they are close."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from misbrug_analysis.presentation.figures.lettering import LINE, width, wrapped
from misbrug_analysis.presentation.figures.shapes import disc
from misbrug_analysis.presentation.figures.style import (
    INK,
    MIDDLE,
    QUIET,
    RULE,
    STRONG,
    WIDTH,
    Drawing,
    Look,
    legend,
    line,
    sign,
    styled,
)

_MARGIN = 14
_RADIUS = 3.5
_STEP = 2 * _RADIUS + 0.6
_HIGHEST = 84
_DOT = disc(_RADIUS)
_LOOK = Look(MIDDLE, STRONG, width=1)


@dataclass(frozen=True)
class Strip:
    """The values of a group; a line marks its ``middle``, and ``told`` stands at the right end.

    ``middle`` is None where there are no values.
    """

    label: str
    told: str
    values: Sequence[float]
    middle: float | None


@styled
def value_strips(
    strips: Sequence[Strip],
    scale: Sequence[tuple[float, str]],
    value: str,
    middle: str,
) -> str:
    """A dot a value over one scale, strip by strip; dots at the same place stand in a heap.

    ``scale`` are the marked places with their labels, the least and the most at its ends; ``value``
    and ``middle`` name a dot and the line in the legend. A heap that would be too high is pressed
    together. Raises ValueError when there is nothing to draw.
    """
    if not any(len(strip.values) for strip in strips) or len(scale) < 2:
        raise ValueError("a chart of values needs at least one value and a scale with two ends")
    drawing = Drawing()
    y = legend(drawing, [(value, sign(_DOT, _LOOK)), (middle, _line)])
    per = (WIDTH - 2 * _MARGIN) / (scale[-1][0] - scale[0][0])

    def across(at: float) -> float:
        return _MARGIN + (at - scale[0][0]) * per

    dots: list[tuple[float, float]] = []
    middles, bases = [], []
    for strip in strips:
        bold = len(strips) > 1
        for part in wrapped(strip.label, WIDTH - width(strip.told) - 10, bold=bold):
            drawing.text(0, y + LINE / 2, part, bold=bold)
            y += LINE
        drawing.text(WIDTH, y - LINE / 2, strip.told, anchor="right")
        heaps, high = _heaped([across(at) for at in strip.values])
        base = y + high + 6
        dots += [(x, base - up) for x, up in heaps]
        bases.append(line((_MARGIN, base + _RADIUS + 2), (WIDTH - _MARGIN, base + _RADIUS + 2)))
        if strip.middle is not None:
            x = across(strip.middle)
            middles.append(line((x, y + 2), (x, base + _RADIUS + 6)))
        y = base + _RADIUS + 10
    drawing.lines(bases, RULE)
    drawing.marks(dots, _DOT, _LOOK)
    drawing.lines(middles, INK, 2)
    for place, label in scale:
        at = min(max(across(place), width(label) / 2), WIDTH - width(label) / 2)
        drawing.text(at, y + LINE / 2, label, anchor="center", colour=QUIET)
    return drawing.svg(y + LINE + 2)


def _heaped(places: Sequence[float]) -> tuple[list[tuple[float, float]], float]:
    """Each dot's place across and its height above the base, and how high the highest heap is."""
    columns = [round(x / _STEP) for x in places]
    sizes: dict[int, int] = defaultdict(int)
    ranks = []
    for column in columns:
        ranks.append(sizes[column])
        sizes[column] += 1
    tallest = max(sizes.values(), default=1)
    step = min(_STEP, _HIGHEST / tallest)
    found = [(column * _STEP, rank * step) for column, rank in zip(columns, ranks, strict=True)]
    return found, (tallest - 1) * step


def _line(drawing: Drawing, x: float, y: float) -> None:
    drawing.lines([line((x + 8, y - 7), (x + 8, y + 7))], INK, 2)
