"""A returned form as a grid of cells, whatever file it came in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from misbrug_analysis.intake.bounds import (
    MAX_TEXT,
    UnreadableFile,
    check_place,
    check_size,
)

__all__ = [
    "INVISIBLE",
    "Cell",
    "CellKind",
    "Grid",
    "Merge",
    "Remark",
    "Sheet",
    "UnreadableFile",
    "address",
    "cell_text",
    "check_place",
    "check_size",
    "locator",
    "visible",
]

INVISIBLE = " \t\n\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Signs that show nothing; a cell that holds nothing else is empty to whoever looks at it."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]")
"""Signs that no text holds: those that control a device, and what Unicode keeps for programs."""

CellKind = Literal["text", "number", "date", "truth", "formula", "error"]


Remark = tuple[str, Mapping[str, object]]
"""What a person should know of a file: the code of a warning, and its values."""


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
    """A file as sheets of cells; ``saved`` is when a program saved it, where the file says so.

    ``remarks`` say what is in the file and was not read.
    """

    sheets: Sequence[Sheet]
    saved: datetime | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def cells(self) -> list[Cell]:
        """Every cell and note of every sheet."""
        return [cell for sheet in self.sheets for cell in (*sheet.cells, *sheet.notes)]


def cell_text(value: str) -> str:
    """What a cell says: without space around it, with one kind of line break, of bounded length.

    A sign that controls a device stands as � in it.
    """
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("\ufffd", lines).strip()[:MAX_TEXT]


def visible(value: str) -> str:
    """What a cell says; empty where nothing of it shows."""
    text = cell_text(value)
    return text if text.strip(INVISIBLE) else ""


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
