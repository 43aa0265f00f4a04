"""How a form looks: fonts, colours, borders, and how high a row must be."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, replace

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from misbrug_analysis.presentation.sheets import INK, cell_text, put_text

TEXT = "@"
"""A cell of this format keeps what is typed: ``1-3`` is no date in it, ``=`` no formula."""

_FACE = "Arial"
PLAIN = Font(name=_FACE, size=11)
"""The font of the workbook itself: the widths of columns are counted in its digits."""

UNIT = 6.0
"""Points of such a digit, which are the unit of a column's width."""

_INDENT = 1.5
_PADDING = 5.0
_LEADING, _AIR = 1.3, 5.0
_HIGHEST = 400.0
"""Excel cannot make a row higher than 409 points."""

_WIDTHS = (("ijl'|", 0.23), ("ft .,:;!/()-Ir[]", 0.31), ("mwMW@%æÆ—", 0.87))
_LETTER, _CAPITAL, _SPACE, _BOLDER = 0.55, 0.70, 0.28, 1.07
_PALE, _QUIET, _FIELD = "FFE3EBF2", "FF4A4A4A", "FFFFFEF2"
_THIN = Side(style="thin", color="FFD0D0D0")
_EDGE = Side(style="thin", color=INK)

_NO_FILL = PatternFill()
_WRAPPED = Alignment(vertical="top", horizontal="left", wrap_text=True)
_INDENTED = Alignment(vertical="top", horizontal="left", wrap_text=True, indent=2)
_SET_OFF = Alignment(vertical="top", horizontal="left", wrap_text=True, indent=1)
_STRAIGHT = Alignment(vertical="top", horizontal="left")
_BELOW = Border(bottom=_THIN)
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)


def _filled(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


@dataclass(frozen=True, eq=False)
class Look:
    """What a cell looks like, and whether it is ``locked``.

    A look is itself and no other one: to compare all that makes it up takes long.
    """

    font: Font
    fill: PatternFill = _NO_FILL
    border: Border = field(default_factory=Border)
    alignment: Alignment = _WRAPPED
    number_format: str = "General"
    locked: bool = True


def _font(size: float = 11, *, bold: bool = False, italic: bool = False, color: str = "") -> Font:
    return Font(name=_FACE, size=size, bold=bold, italic=italic, color=color or "FF000000")


LOOKS: Mapping[str, Look] = {
    "title": Look(_font(15, bold=True, color=INK), alignment=_STRAIGHT),
    "section": Look(_font(12, bold=True, color=INK)),
    "line": Look(_font(), alignment=_STRAIGHT),
    "paragraph": Look(_font()),
    "notice": Look(_font(bold=True), alignment=_STRAIGHT),
    "label": Look(_font(bold=True), alignment=_STRAIGHT),
    "value": Look(_font(), number_format=TEXT),
    "heading": Look(_font(bold=True, color="FFFFFFFF"), _filled(INK)),
    "topic": Look(_font(12, bold=True, color=INK), _filled(_PALE)),
    "about": Look(_font(10.5, color=_QUIET), _filled(_PALE)),
    "group": Look(_font(10.5, italic=True, color=_QUIET), border=_BELOW),
    "question": Look(_font(), border=_BELOW, number_format=TEXT),
    "choices": Look(_font(10.5, color=_QUIET), border=_BELOW, alignment=_INDENTED),
    "option": Look(_font(), border=_BELOW, alignment=_INDENTED, number_format=TEXT),
    "last": Look(_font(10.5, color=_QUIET), border=_BELOW, alignment=_SET_OFF, number_format=TEXT),
    "closed": Look(_font(), _filled("FFD9D9D9"), _BELOW),
    "field": Look(_font(), _filled(_FIELD), _BOX, number_format=TEXT, locked=False),
    "number": Look(_font(), _filled(_FIELD), _BOX, locked=False),
}
"""Every look by name. A field to fill in has an edge all round, so that it is not told by its
colour alone."""


class Painter:
    """Writes cells of a sheet; each look is put together once and then shared, which is fast."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self._styles: dict[tuple[Look, bool], object] = {}

    def put(self, row: int, column: int, text: str, look: Look) -> None:
        """Write a text that stays one; an empty one leaves an empty cell of that look."""
        cell = self.sheet.cell(row, column)
        assert isinstance(cell, Cell)
        if text:
            put_text(cell, cell_text(text))
        key = (look, bool(cell.quotePrefix))
        if key not in self._styles:
            # What a cell has so far can be shared with others, which are to stay as they are.
            cell._style = copy(cell._style)  # type: ignore[attr-defined]
            cell.font, cell.fill, cell.border = look.font, look.fill, look.border
            cell.alignment, cell.number_format = look.alignment, look.number_format
            cell.protection = Protection(locked=look.locked)
            self._styles[key] = copy(cell._style)  # type: ignore[attr-defined]
        else:
            cell._style = self._styles[key]  # type: ignore[attr-defined]

    def fit(self, row: int, *texts: tuple[str, float, Look]) -> float:
        """Make a row as high as its texts need in columns of a width; returns its height."""
        height = max(height_of(text, width, look) for text, width, look in texts)
        self.sheet.row_dimensions[row] = _FittedRow(self.sheet, index=row, ht=height)
        return height


class _FittedRow(RowDimension):
    """A row whose height is only a beginning: it grows with what is typed into it."""

    customHeight = False


def height_of(text: str, width: float, look: Look) -> float:
    """How many points a text takes in a column of so many characters, rather more than less."""
    size = float(look.font.size)
    letter = size * (_BOLDER if look.font.bold else 1)
    room = (width - _INDENT * look.alignment.indent) * UNIT - _PADDING
    lines = sum(_lines(line, room / letter) for line in text.split("\n"))
    return min(lines * size * _LEADING + _AIR, _HIGHEST)


def _lines(text: str, room: float) -> int:
    """How many lines the words of a text fill, when a line has room for so many ems."""
    lines, used = 1, 0.0
    for word in text.split():
        wide = sum(map(_ems, word))
        if used and used + _SPACE + wide > room:
            lines, used = lines + 1, 0.0
        used += wide + (_SPACE if used else 0)
        while used > room:  # a word too long for a line is broken
            lines, used = lines + 1, used - room
    return lines


def _ems(letter: str) -> float:
    """About how wide a letter of Arial is, in ems."""
    for letters, wide in _WIDTHS:
        if letter in letters:
            return wide
    return _CAPITAL if letter.isupper() else _LETTER


def dated(look: Look, pattern: str) -> Look:
    """The same look for a date written in a pattern of Excel's."""
    return replace(look, number_format=pattern)
