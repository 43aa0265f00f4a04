"""A map of many groups: neighbours in different tints, and on each group the number it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from misbrug_analysis.presentation.figures.geometry import (
    area,
    drawable,
    projected,
    roomiest,
)
from misbrug_analysis.presentation.figures.lettering import LINE, POINTS, width, wrapped
from misbrug_analysis.presentation.figures.maps import Shape
from misbrug_analysis.presentation.figures.style import (
    INK,
    PLATE,
    WIDTH,
    Drawing,
    Look,
    Points,
    box,
    line,
    paragraph,
    styled,
)
from misbrug_analysis.presentation.language import Language

_TALLEST = 460
_TALLEST_ENLARGED = 200
_EDGE = "#4d4d4d"
_TINTS = ("#9fc3e6", "#fbd9c3", "#d9f0ee", "#eadcf2", "#f4ecc2", "#d4d4d4")
_NEAR = 3.0
"""So many px apart, areas are neighbours: across a strait, too."""
_ROOM = 9.0
"""Px around a point where a number has room on its unit."""
_HIDDEN = 5.0
"""A group without so much room anywhere cannot be seen for its number."""
_MARGIN = 5
_TOLERANCE = 1.2
_COLUMNS = 2


class _Number(NamedTuple):
    """A group's number: its middle, and how far the border of its unit is from there, in px."""

    x: float
    y: float
    room: float
    text: str
    group: str

    def is_covered(self, others: Sequence[_Number]) -> bool:
        """Whether it lies on one of the others."""
        long = width(self.text)
        return any(
            abs(self.y - other.y) < LINE - 3
            and abs(self.x - other.x) < (long + width(other.text)) / 2 + 1
            for other in others
        )


@styled
def tinted_map(shapes: Sequence[Shape], enlarged: str, language: Language) -> str:
    """Units in the tint of their group, with the group's number where there is room; then the key.

    A shape's ``number`` is its group's. Each group has its number at least once. Groups that it
    would hide are framed and shown larger below the map, under the heading ``enlarged``. Raises
    ValueError when there is nothing to draw.
    """
    shapes = [shape for shape in shapes if shape.rings]
    if not shapes:
        raise ValueError("a map needs at least one shape")
    drawing = Drawing()
    outlines, height = _outlines(shapes, _TALLEST)
    looks = _looks(shapes, outlines)
    numbers = _numbers(shapes, outlines, language)
    small = _small(numbers, shapes, outlines)
    close = [shape for shape, one in zip(shapes, small, strict=True) if one]
    enlarged_groups = {shape.group for shape in close}
    kept = [number for number in numbers if number.group not in enlarged_groups]
    _draw(drawing, shapes, outlines, looks, kept, 0)
    y = height + 8
    if close:
        drawing.lines([_frame(_rings(outlines, small))], INK, 1.4)
        y = paragraph(drawing, 0, y + LINE / 2, enlarged, bold=True) - LINE / 2 + 3
        larger, high = _outlines(close, _TALLEST_ENLARGED)
        _draw(drawing, close, larger, looks, _numbers(close, larger, language), y)
        y += high + 8
    return drawing.svg(_key(drawing, shapes, y, language))


def _outlines(shapes: Sequence[Shape], tallest: float) -> tuple[list[list[Points]], float]:
    """Every shape's rings as they are drawn, in px, and the height of all."""
    every = [np.asarray(ring, dtype=float) for shape in shapes for ring in shape.rings]
    rings, height = projected(every, WIDTH - 2, tallest)
    outlines, first = [], 0
    for shape in shapes:
        last = first + len(shape.rings)
        seen = drawable(rings[first:last], _TOLERANCE)
        outlines.append([_short(ring + 1) for ring in seen])
        first = last
    return outlines, height + 2


def _short(ring: Points) -> Points:
    """A ring at places that take few digits to write."""
    return np.asarray(np.round(ring * POINTS, 1) / POINTS)


def _looks(shapes: Sequence[Shape], outlines: Sequence[Sequence[Points]]) -> dict[str, Look]:
    """A tint for every group that none of its neighbours has, as far as the tints suffice.

    Groups with many neighbours choose first (Welsh and Powell 1967), the tint least used so far.
    """
    groups = list(dict.fromkeys(shape.group for shape in shapes))
    beside = _beside(
        [
            [
                ring
                for shape, rings in zip(shapes, outlines, strict=True)
                for ring in rings
                if shape.group == group
            ]
            for group in groups
        ]
    )
    chosen: dict[int, int] = {}
    for at in np.argsort(-beside.sum(axis=1), kind="stable"):
        taken = [chosen[int(other)] for other in np.flatnonzero(beside[at]) if other in chosen]
        used = list(chosen.values())
        chosen[int(at)] = min(
            range(len(_TINTS)), key=lambda tint: (taken.count(tint), used.count(tint), tint)
        )
    return {group: Look(_TINTS[chosen[at]], _EDGE, width=0.6) for at, group in enumerate(groups)}


def _beside(rings_of: Sequence[Sequence[Points]]) -> npt.NDArray[np.bool_]:
    """Which of several areas are neighbours: their borders run through the same cells of a grid,
    or through cells that touch."""
    cells = [np.vstack([_cells(ring) for ring in rings]) for rings in rings_of]
    across, down = np.vstack(cells).max(axis=0) + 2
    borders = np.zeros((len(cells), across + 1, down + 1), dtype=np.float32)
    for border, of in zip(borders, cells, strict=True):
        border[of[:, 0] + 1, of[:, 1] + 1] = 1
    wide = borders.copy()
    for axis in (1, 2):
        wide = wide + np.roll(wide, 1, axis) + np.roll(wide, -1, axis)
    common = wide.reshape(len(cells), -1) @ borders.reshape(len(cells), -1).T
    np.fill_diagonal(common, 0)
    return np.asarray(common > 0)


def _cells(ring: Points) -> npt.NDArray[np.intp]:
    """The cells of a grid that a ring runs through, as rows of column and row."""
    ends = np.roll(ring, -1, axis=0)
    steps = int(np.ceil(np.abs(ends - ring).max() / _NEAR)) + 1
    part = np.linspace(0, 1, steps)[:, None, None]
    return ((ring + part * (ends - ring)) // _NEAR).astype(np.intp).reshape(-1, 2)


def _numbers(
    shapes: Sequence[Shape], outlines: Sequence[Sequence[Points]], language: Language
) -> list[_Number]:
    """Every group's number: on the unit with most room that no other number is on, else on the
    roomiest; then on all that have room for it."""
    written = {shape.number: language.number(shape.number) for shape in shapes}
    found = [
        _Number(*roomiest(max(rings, key=area)), written[shape.number], shape.group)
        for shape, rings in zip(shapes, outlines, strict=True)
    ]
    found.sort(key=lambda one: -one.room)
    of_group: dict[str, list[_Number]] = {}
    for number in found:
        of_group.setdefault(number.group, []).append(number)
    numbers: list[_Number] = []
    for places in sorted(of_group.values(), key=len):
        free = (place for place in places if not place.is_covered(numbers))
        numbers.append(next(free, places[0]))
    for number in found:
        if number.room >= _ROOM and not number.is_covered(numbers):
            numbers.append(number)
    return numbers


def _small(
    numbers: Sequence[_Number], shapes: Sequence[Shape], outlines: Sequence[Sequence[Points]]
) -> list[bool]:
    """Which shapes are of a group that its number hides, or that has its number among those."""
    rooms: dict[str, float] = {}
    for number in numbers:
        rooms[number.group] = max(number.room, rooms.get(number.group, 0))
    groups = {group for group, room in rooms.items() if room < _HIDDEN}
    if groups:
        west, north, east, south = _ends(_rings(outlines, [s.group in groups for s in shapes]))
        groups |= {
            number.group
            for number in numbers
            if west <= number.x <= east and north <= number.y <= south
        }
    return [shape.group in groups for shape in shapes]


def _rings(outlines: Sequence[Sequence[Points]], wanted: Sequence[bool]) -> list[Points]:
    return [ring for rings, one in zip(outlines, wanted, strict=True) if one for ring in rings]


def _ends(rings: Sequence[Points]) -> tuple[float, float, float, float]:
    """The least and the most across and down: west, north, east, south."""
    every = np.vstack(rings)
    west, north, east, south = map(float, (*every.min(axis=0), *every.max(axis=0)))
    return west, north, east, south


def _draw(
    drawing: Drawing,
    shapes: Sequence[Shape],
    outlines: Sequence[Sequence[Points]],
    looks: Mapping[str, Look],
    numbers: Sequence[_Number],
    down: float,
) -> None:
    """The areas, those of a tint together, and the numbers on plates; all so many px down."""
    tinted: dict[Look, list[Points]] = {}
    below = np.array([0, down])
    for shape, rings in zip(shapes, outlines, strict=True):
        tinted.setdefault(looks[shape.group], []).extend(ring + below for ring in rings)
    for look, rings in tinted.items():
        drawing.areas(rings, look)
    plates = [
        box(x - width(text) / 2 - 1, y + down - 6.5, width(text) + 2, 13)
        for x, y, _, text, _ in numbers
    ]
    drawing.areas(plates, PLATE)
    for x, y, _, text, _ in numbers:
        drawing.text(x, y + down, text, anchor="center")


def _frame(rings: Sequence[Points]) -> Points:
    """A frame around rings, within the picture."""
    west, north, east, south = _ends(rings)
    west, north = max(west - _MARGIN, 1), max(north - _MARGIN, 1)
    east, south = min(east + _MARGIN, WIDTH - 1), south + _MARGIN
    return line((west, north), (east, north), (east, south), (west, south), (west, north))


def _key(drawing: Drawing, shapes: Sequence[Shape], y: float, language: Language) -> float:
    """The groups by their numbers, in columns that are read downwards; px where they end."""
    groups = list(dict.fromkeys((shape.number, shape.group) for shape in shapes))
    across, rows = WIDTH / _COLUMNS, -(-len(groups) // _COLUMNS)
    lowest = y
    for column in range(_COLUMNS):
        left, down = column * across, y
        for number, group in groups[column * rows : (column + 1) * rows]:
            drawing.text(left + 18, down + LINE / 2, language.number(number), anchor="right")
            for part in wrapped(group, across - 32):
                drawing.text(left + 24, down + LINE / 2, part)
                down += LINE
        lowest = max(lowest, down)
    return lowest + 2
