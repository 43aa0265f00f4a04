"""A map of the groups that units stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from misbrug_analysis.presentation.figures.geometry import (
    area,
    drawable,
    free_place,
    middle,
    projected,
)
from misbrug_analysis.presentation.figures.lettering import LINE, width, wrapped
from misbrug_analysis.presentation.figures.style import (
    PLATE,
    WIDTH,
    Drawing,
    Look,
    Points,
    box,
    styled,
    swatch,
)
from misbrug_analysis.presentation.language import Language

_TALLEST = 460
_EDGE = "#4d4d4d"
_TINTS = ("#bcd4ea", "#fbd9c3", "#d9f0ee", "#eadcf2", "#f4ecc2", "#e3e3e3")
_HATCHES = ("", "////", "---", "\\\\\\\\", "|||", "xx")


@dataclass(frozen=True)
class Shape:
    """A unit on the map: its outer rings (rows of longitude and latitude, in degrees)."""

    label: str
    number: int
    group: str
    rings: Sequence[Points]


@styled
def group_map(shapes: Sequence[Shape], language: Language) -> str:
    """Units by group, each with its number, and below the map the key to groups and numbers.

    Groups differ by tint and pattern, in the order in which they come. Raises ValueError when
    there is nothing to draw.
    """
    shapes = [shape for shape in shapes if shape.rings]
    if not shapes:
        raise ValueError("a map needs at least one shape")
    outlines, height = _outlines(shapes)
    looks = {group: _look(at) for at, group in enumerate(dict.fromkeys(s.group for s in shapes))}
    drawing = Drawing()
    for group, look in looks.items():
        of_group = zip(shapes, outlines, strict=True)
        drawing.areas([r for shape, rings in of_group if shape.group == group for r in rings], look)
    _write(drawing, shapes, outlines, height, language)
    return drawing.svg(_key(drawing, shapes, looks, height + 10, language))


def _outlines(shapes: Sequence[Shape]) -> tuple[list[list[Points]], float]:
    """Every shape's rings as they are drawn, in px, and the height of all."""
    every = [np.asarray(ring, dtype=float) for shape in shapes for ring in shape.rings]
    rings, height = projected(every, WIDTH - 2, _TALLEST)
    outlines, first = [], 0
    for shape in shapes:
        last = first + len(shape.rings)
        outlines.append([ring + 1 for ring in drawable(rings[first:last])])
        first = last
    return outlines, height + 2


def _look(at: int) -> Look:
    """The look of a group by its number; tints and patterns meet anew when they are used up."""
    hatch = (at + at // len(_TINTS)) % len(_HATCHES)
    return Look(_TINTS[at % len(_TINTS)], _EDGE, _HATCHES[hatch], width=0.9)


def _write(
    drawing: Drawing,
    shapes: Sequence[Shape],
    outlines: Sequence[Sequence[Points]],
    height: float,
    language: Language,
) -> None:
    """The units' numbers, each well inside its shape, and the groups' names where there is room."""
    places = np.array([middle(max(rings, key=area)) for rings in outlines])
    numbers = [language.number(shape.number) for shape in shapes]
    plates = [_plate(x, y, width(n)) for (x, y), n in zip(places, numbers, strict=True)]
    names = []
    for group in dict.fromkeys(shape.group for shape in shapes):
        ours = [shape.group == group for shape in shapes]
        others = [
            ring for own, rings in zip(ours, outlines, strict=True) if not own for ring in rings
        ]
        long = width(group, bold=True)
        x, y = free_place(
            places[ours].mean(axis=0), (long + 8, LINE), [*plates, *others], (WIDTH, height)
        )
        plates.append(_plate(x, y, long))
        names.append((x, y, group))
    drawing.areas(plates, PLATE)
    for (x, y), number in zip(places, numbers, strict=True):
        drawing.text(x, y, number, anchor="center")
    for x, y, group in names:
        drawing.text(x, y, group, anchor="center", bold=True)


def _plate(x: float, y: float, long: float) -> Points:
    """A plate for a text, around its middle."""
    return box(x - long / 2 - 2, y - 7.5, long + 4, 15)


def _key(
    drawing: Drawing,
    shapes: Sequence[Shape],
    looks: dict[str, Look],
    y: float,
    language: Language,
) -> float:
    """Every group with its look, and its units by their numbers; px where it ends."""
    for group, look in looks.items():
        swatch(look)(drawing, 0, y + LINE / 2)
        drawing.text(22, y + LINE / 2, group, bold=True)
        y += LINE
        # A number stays with its name: the space between them does not break.
        units = [
            f"{language.number(shape.number)}\u00a0{shape.label}"
            for shape in shapes
            if shape.group == group
        ]
        for part in wrapped(", ".join(units), WIDTH - 22):
            drawing.text(22, y + LINE / 2, part)
            y += LINE
        y += 5
    return y
