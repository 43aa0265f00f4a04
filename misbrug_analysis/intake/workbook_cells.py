"""The cells of a sheet's part as a stream (ECMA-376, part 1, 18.3.1).

A library would do, were it not that openpyxl lets go of a row or cell that stands in a file twice,
or out of order, and holds whole rows; here nothing is lost, and memory has a bound.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from misbrug_analysis.intake.bounds import MAX_STORED, MAX_TEXT, UnreadableFile, too_many
from misbrug_analysis.intake.grid import CellKind, Merge, visible
from misbrug_analysis.intake.package import unfit
from misbrug_analysis.intake.workbook_parts import MAX_MERGES, position, unescaped
from misbrug_analysis.intake.workbook_values import Context, iso_moment, local_name
from misbrug_analysis.model.errors import Phrase

_FIELDS = ("v", "f", "is")
_KINDS: dict[str, CellKind] = {"n": "number", "d": "date", "b": "truth", "e": "error"}
_PRINTED = ("Header", "Footer")
_TYPES = ("b", "d", "e", "inlineStr", "n", "s", "str")
"""What a cell can hold (ST_CellType, 18.18.11)."""


class Found(NamedTuple):
    """A cell with anything in it."""

    row: int
    column: int
    text: str
    kind: CellKind


@dataclass
class SheetCells:
    """What a sheet's part holds: its cells, merges, and what is printed above and below it.

    ``printed`` has the name of the element (``oddHeader``) and its text.
    """

    cells: list[Found] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    printed: list[tuple[str, str]] = field(default_factory=list)


def read_cells(context: Context, part: str) -> SheetCells:
    """The cells of a sheet with anything in them, in their order.

    Raises UnreadableFile where a row or a cell stands twice or not in its order, since programs
    read such a file differently, and where there is more than the bounds allow.
    """
    reader = _Sheet(context)
    context.package.parse(part, reader.start, reader.end, reader.text)
    if not reader.is_sheet:
        raise unfit("damaged")
    return reader.found


class _Sheet:
    """Reads the part of one sheet."""

    def __init__(self, context: Context) -> None:
        self.found = SheetCells()
        self.is_sheet = False
        self._context = context
        self._names: dict[str, str] = {}
        self._row = self._column = 0
        self._in_row = self._in_cell = self._aside = False
        self._type, self._style = "n", 0
        self._fields: dict[str, list[str]] = {}
        self._field = ""
        self._into: list[str] | None = None
        self._letters = 0

    def start(self, raw: str, attributes: dict[str, str]) -> None:
        name = self._names.get(raw)
        if name is None:
            name = self._names[raw] = local_name(raw)
        if name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._start_row(attributes)
        elif self._in_cell:
            self._start_field(name)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name[-6:] in _PRINTED:
            self._into, self._letters = [], 0
        elif name.endswith("sheet"):
            self.is_sheet = True

    def end(self, raw: str) -> None:
        name = self._names[raw]
        if name == "c" and self._in_cell:
            self._end_cell()
        elif name == "row":
            self._in_row = False
        elif self._in_cell:
            if name == "rPh":
                self._aside = False
            elif name == self._field:
                self._field = ""
            self._into = None
        elif name[-6:] in _PRINTED and self._into is not None:
            said = unescaped("".join(self._into))
            self._context.tally.add(1, 1, said)
            self.found.printed.append((name, said))
            self._into = None

    def text(self, data: str) -> None:
        if self._into is not None:
            self._letters += len(data)
            if self._letters > MAX_STORED:
                raise too_many("of_letters_in_a_cell", MAX_TEXT)
            self._into.append(data)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._context.scan()
        number = _row_number(attributes["r"]) if "r" in attributes else self._row + 1
        if self._in_row or number <= self._row:
            raise _disordered(f"{number}")
        self._row, self._column, self._in_row = number, 0, True

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._context.scan()
        if not self._in_row or self._in_cell:
            raise unfit("damaged")
        column = self._column + 1
        if "r" in attributes:
            place = position(attributes["r"])
            if place is None or place[0] != self._row or place[1] < column:
                raise _disordered(attributes["r"][:20])
            column = place[1]
        self._column, self._in_cell = column, True
        self._type = attributes.get("t", "n")
        style = attributes.get("s", "0")
        self._style = int(style) if style.isascii() and style.isdigit() and len(style) < 8 else 0
        self._fields, self._letters = {}, 0

    def _start_field(self, name: str) -> None:
        if name in _FIELDS and not self._field:
            if name in self._fields:
                raise unfit("damaged")
            self._field = name
            self._fields[name] = []
            self._into = self._fields[name] if name != "is" else None
        elif self._field in ("v", "f"):
            raise unfit("damaged")
        elif self._field == "is" and name == "rPh":
            self._aside = True
        elif self._field == "is" and name == "t" and not self._aside:
            self._into = self._fields["is"]

    def _end_cell(self) -> None:
        self._in_cell, self._field, self._into = False, "", None
        if self._fields:
            text, kind = self._read({name: "".join(said) for name, said in self._fields.items()})
            if shown := visible(text):
                self._context.tally.add(self._row, self._column, text)
                self.found.cells.append(Found(self._row, self._column, shown, kind))

    def _read(self, fields: dict[str, str]) -> tuple[str, CellKind]:
        """What a cell shows, and what the program that wrote it took it for."""
        stored, inside = fields.get("v", ""), fields.get("is", "")
        # Programs differ on what a cell shows that has a value of another kind than it says.
        of_other_kind = stored if self._type == "inlineStr" else inside
        if of_other_kind.strip() or self._type not in _TYPES:
            raise unfit("damaged")
        if "f" in fields:
            return f"={fields['f']}", "formula"
        if self._type == "inlineStr":
            return unescaped(inside), "text"
        if not stored:
            return "", "text"
        if self._type == "n":
            return self._context.number(stored.strip(), self._style)
        if self._type == "s":
            return self._shared(stored.strip()), "text"
        if self._type == "b":
            return str(stored.strip() not in ("0", "false")).upper(), "truth"
        if self._type == "d":
            return iso_moment(stored.strip()), "date"
        return unescaped(stored), _KINDS.get(self._type, "text")

    def _shared(self, number: str) -> str:
        strings = self._context.strings
        short = number.isascii() and number.isdigit() and len(number) < 10
        if not short or int(number) >= len(strings):
            raise unfit("damaged")
        return strings[int(number)]

    def _merge(self, reference: str) -> None:
        if len(self.found.merges) >= MAX_MERGES:
            raise too_many("of_merges", MAX_MERGES)
        first, _, last = reference.partition(":")
        start, end = position(first), position(last or first)
        if start and end:
            bounds = self._context.package.bounds
            bottom, right = min(end[0], bounds.rows), min(end[1], bounds.columns)
            self.found.merges.append(Merge(*start, bottom, right))


def _row_number(stored: str) -> int:
    try:
        number = float(stored)
        if number.is_integer() and 0 < number < 1e9:
            return int(number)
    except (OverflowError, ValueError):
        pass
    raise _disordered(stored[:20])


def _disordered(place: str) -> UnreadableFile:
    return UnreadableFile("not_a_workbook", detail=Phrase("disordered", {"place": place}))
