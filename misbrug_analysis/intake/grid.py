"""A returned form as a grid of cells, whatever file it came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from misbrug_analysis.model.errors import Phrase, too_large

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 200
MAX_TEXT = 32_767
"""The longest text a cell of a workbook can hold."""

INVISIBLE = " \t\n\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Signs that show nothing; a cell that holds nothing else is empty to whoever looks at it."""


CellKind = Literal["text", "number", "date", "truth", "formula", "error"]


@dataclass(frozen=True)
class Cell:
    """A non-empty cell: its place (from 1), its text and how a person finds it (``locator``).

    ``kind`` is what the program that wrote the file took it for.
    """

    row: int
    column: int
    text: str
    locator: str
    kind: CellKind = "text"


@dataclass(frozen=True)
class Merge:
    """Cells that are merged into one: the first row and column, and the last ones."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def range(self) -> str:
        """Such as ``C14:C16``."""
        first, last = address(self.top, self.left), address(self.bottom, self.right)
        return f"{first}:{last}"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its non-empty cells, and what hangs on cells or joins them.

    ``notes`` are the notes that people put on cells, and what else is text and stands in no cell.
    """

    name: str
    cells: tuple[Cell, ...]
    notes: tuple[Cell, ...] = ()
    merges: tuple[Merge, ...] = ()

    def rows(self) -> dict[int, dict[int, Cell]]:
        """The cells that show anything, by row and column."""
        rows: dict[int, dict[int, Cell]] = {}
        for cell in self.cells:
            if cell.text.strip(INVISIBLE):
                rows.setdefault(cell.row, {})[cell.column] = cell
        return rows

    def locate(self, row: int, column: int) -> str:
        """How a person finds a place, whether or not a cell is there."""
        return locator(self.name, row, column)


@dataclass(frozen=True)
class Grid:
    """A file as sheets of cells; ``saved`` is when a program saved it, where the file says so."""

    sheets: Sequence[Sheet]
    saved: datetime | None = None

    @property
    def cells(self) -> list[Cell]:
        """Every cell and note of every sheet."""
        return [cell for sheet in self.sheets for cell in (*sheet.cells, *sheet.notes)]


def cell_text(value: str) -> str:
    """What a cell says: without space around it, with one kind of line break, of bounded length."""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()[:MAX_TEXT]


class UnreadableFile(Exception):
    """A file that cannot be read as a grid: the code of a fault, and its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def locator(sheet: str, row: int, column: int) -> str:
    """``Svar!C14`` in a workbook, ``row 14 column 3`` in a file without sheets."""
    if not sheet:
        return f"row {row} column {column}"
    return f"{sheet}!{address(row, column)}"


def address(row: int, column: int) -> str:
    """``C14``, as spreadsheets call it."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def check_place(row: int, column: int) -> None:
    """Raise UnreadableFile when a cell with anything in it stands farther out than a form goes."""
    if row > MAX_ROWS or column > MAX_COLUMNS:
        told = {"rows": MAX_ROWS, "columns": MAX_COLUMNS}
        raise UnreadableFile(
            "file_too_large", size=Phrase("more_cells", told), limit=Phrase("most_cells", told)
        )


def check_size(path: Path) -> None:
    """Raise UnreadableFile when a file is too large to be a form."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableFile("file_too_large", **too_large(size, MAX_BYTES))
