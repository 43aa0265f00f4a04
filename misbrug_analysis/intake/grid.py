"""A returned form as a grid of cells, whatever file it came in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 200
MAX_TEXT = 32_767
"""The longest text a cell of a workbook can hold."""


@dataclass(frozen=True)
class Cell:
    """A non-empty cell: its place (from 1), its text and how a person finds it (``locator``)."""

    row: int
    column: int
    text: str
    locator: str
    formula: bool = False


@dataclass(frozen=True)
class Sheet:
    """The non-empty cells of one sheet; ``locate`` names a place that holds no cell."""

    name: str
    cells: tuple[Cell, ...]

    def rows(self) -> dict[int, dict[int, Cell]]:
        """The cells by row and column."""
        rows: dict[int, dict[int, Cell]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, {})[cell.column] = cell
        return rows

    def locate(self, row: int, column: int) -> str:
        return locator(self.name, row, column)


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
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{sheet}!{letters}{row}"


def check_size(path: Path) -> None:
    """Raise UnreadableFile when a file is too large to be a form."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableFile("file_too_large", size=size, limit=MAX_BYTES)
