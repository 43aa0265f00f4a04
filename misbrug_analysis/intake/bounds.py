"""How much a file may hold, and what is told of one that holds more, or cannot be read at all.

Who sends a file can make it as large as they like, so every reader counts while it reads.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from misbrug_analysis.model.errors import Phrase, beyond, too_large


@dataclass(frozen=True)
class Bounds:
    """What a file holds at the most.

    ``bytes`` are those of the file, ``unpacked`` those of the parts of a workbook. ``scanned`` are
    rows and cells that are looked at, empty ones with borders and colours among them; ``rows`` and
    ``columns`` is how far out a cell with anything in it stands, ``cells`` how many of these there
    are, and ``letters`` what they hold together.
    """

    bytes: int
    unpacked: int
    scanned: int
    rows: int
    columns: int
    cells: int
    letters: int

    @property
    def tags(self) -> int:
        """Tags in the parts of a workbook: two for an empty cell, eight for one with a text."""
        return 10_000 + 2 * self.scanned + 8 * self.cells


FORM = Bounds(
    bytes=5_000_000,
    unpacked=50_000_000,
    scanned=1_000_000,
    rows=5_000,
    columns=200,
    cells=50_000,
    letters=2_000_000,
)
"""Of a form. One of 76 questions has 87 rows, 331 cells and 26,000 letters of XML in 45,000 bytes.

What is this large is read in half of five seconds (``benchmarks/hostile.py``).
"""

EXPORT = Bounds(
    bytes=50_000_000,
    unpacked=250_000_000,
    scanned=3_000_000,
    rows=1_048_576,
    columns=1_000,
    cells=1_600_000,
    letters=60_000_000,
)
"""Of an export with the answers of many respondents: 10,000 of 150 columns, and some to spare.

What is this large is read in half a minute (``docs/threats.md``).
"""

MAX_TEXT = 32_767
"""The longest text a cell of a workbook can hold."""


MAX_STORED = 7 * MAX_TEXT
"""Letters in which a workbook stores such a text: ``_x0041_`` can stand for each."""


class UnreadableFile(Exception):
    """A file that cannot be read as a grid: the code of a fault, and its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Tally:
    """Counts the cells with anything in them, and their letters, against the bounds."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._cells = self._letters = 0

    def add(self, row: int, column: int, text: str) -> None:
        """Raise UnreadableFile for a cell too far out or too long, or for too many of them."""
        check_place(row, column, self._bounds)
        self._cells += 1
        self._letters += len(text)
        if self._cells > self._bounds.cells:
            raise too_many("of_cells", self._bounds.cells)
        if len(text) > MAX_TEXT:
            raise too_many("of_letters_in_a_cell", MAX_TEXT)
        if self._letters > self._bounds.letters:
            raise too_many("of_letters", self._bounds.letters)


def too_many(things: str, limit: int) -> UnreadableFile:
    """More than ``limit`` of what a phrase names."""
    return UnreadableFile("file_too_large", **beyond(things, limit))


def check_place(row: int, column: int, bounds: Bounds = FORM) -> None:
    """Raise UnreadableFile when a cell with anything in it stands farther out than it may."""
    if row > bounds.rows or column > bounds.columns:
        told = {"rows": bounds.rows, "columns": bounds.columns}
        raise UnreadableFile(
            "file_too_large", size=Phrase("more_cells", told), limit=Phrase("most_cells", told)
        )


def check_size(path: Path, bounds: Bounds = FORM) -> None:
    """Raise UnreadableFile when a file is too large, or is no file but a folder or a device."""
    _check(path.stat(), bounds)


def content_of(path: Path, bounds: Bounds = FORM) -> bytes:
    """What stands in a file, read in one go: what is made of it, and its digest, are of one state.

    Which files are exports is known from an earlier look at their first rows; one that changes in
    between is read as what it then is, or refused. Raises UnreadableFile as ``check_size`` does,
    and for a file that grows meanwhile.
    """
    check_size(path, bounds)
    # Opening a pipe in whose other end nobody writes would wait for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as file:
        _check(os.fstat(file.fileno()), bounds)
        content = file.read(bounds.bytes + 1)
    if len(content) > bounds.bytes:
        raise UnreadableFile("file_too_large", **too_large(len(content), bounds.bytes))
    return content


def _check(found: os.stat_result, bounds: Bounds) -> None:
    if not stat.S_ISREG(found.st_mode):
        kind = "a_folder_there" if stat.S_ISDIR(found.st_mode) else "no_regular_file"
        raise UnreadableFile("file_unusable", detail=Phrase(kind))
    if found.st_size > bounds.bytes:
        raise UnreadableFile("file_too_large", **too_large(found.st_size, bounds.bytes))
