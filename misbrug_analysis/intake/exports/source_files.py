"""The files of an export, opened: their tables, and what else is written in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import pandas as pd

from misbrug_analysis.intake.bounds import EXPORT, FORM, Bounds, UnreadableFile, content_of
from misbrug_analysis.intake.encodings import doubts
from misbrug_analysis.intake.exports.exported import UnreadableExport
from misbrug_analysis.intake.exports.surveyxact import CODEBOOK
from misbrug_analysis.intake.exports.tables import TEXT, Table, cell_table, sheet_table, text_table
from misbrug_analysis.intake.grid import Cell, Remark
from misbrug_analysis.intake.ledger import FILE
from misbrug_analysis.intake.workbooks import read_sheets
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.model.reading import unusable


@dataclass(frozen=True)
class Limits:
    """What a file of an export may hold, as a workbook and as text."""

    workbook: Bounds
    text: Bounds


MAPPED: Final = Limits(EXPORT, TEXT)
"""Of an export that ``mapping.yaml`` names."""

UNMAPPED: Final = Limits(replace(FORM, rows=50_000), replace(TEXT, bytes=FORM.bytes, cells=400_000))
"""Of one that is known by its headings: anybody may have sent it, so that it is no larger than a
form. It may have more rows, since a long one has one for each answer."""


@dataclass
class Source:
    """A file as read: its tables by sheet, what else is written in it, and when it was saved."""

    name: str
    tables: list[Table]
    notes: list[Cell] = field(default_factory=list)
    saved: datetime | None = None
    digest: bytes = b""
    remarks: tuple[Remark, ...] = ()

    @property
    def warnings(self) -> list[Problem]:
        """What a person should know of the file."""
        return [Problem(code, self.name, values, self.name, FILE) for code, values in self.remarks]

    def aside(self, tables: list[Table]) -> list[pd.DataFrame]:
        """The cells of the sheets that have no answers, and the notes of all of them."""
        answered = {(table.source, table.sheet) for table in tables}
        frames = [
            table.aside("codebook" if is_codebook(table) else "unused")
            for table in self.tables
            if (table.source, table.sheet) not in answered
        ]
        notes = {
            name: [getattr(note, name) for note in self.notes]
            for name in ("locator", "text", "kind")
        }
        size = len(self.notes)
        alike = {"source": [self.name] * size, "role": ["unused"] * size, "response": [-1] * size}
        return [*frames, *([cell_table(**notes, **alike)] if size else [])]


def read_source(path: Path, name: str, limits: Limits = MAPPED) -> Source:
    """A file of an export, called by a name; a file of text has one table.

    Raises UnreadableExport for one that cannot be read.
    """
    with _told_of(name):
        if path.suffix.lower() == ".xlsx":
            content = content_of(path, limits.workbook)
            book = read_sheets(content, limits.workbook)
            tables = [sheet_table(sheet, name) for sheet in book.sheets]
            notes = [note for sheet in book.sheets for note in sheet.notes]
            digest = hashlib.sha256(content).digest()
            return Source(name, tables, notes, book.saved, digest, book.remarks)
        content = content_of(path, limits.text)
        table = text_table(content, name, limits.text)
        digest = hashlib.sha256(content).digest()
        return Source(name, [table], digest=digest, remarks=doubts(content))


def is_codebook(table: Table) -> bool:
    """Whether a table without answers says what those of other ones mean."""
    return not table.sheet or table.sheet.strip().casefold() in CODEBOOK


@contextmanager
def _told_of(name: str) -> Iterator[None]:
    """Whatever keeps a file from being read is told of that file."""
    try:
        yield
    except UnreadableExport:
        raise
    except UnreadableFile as error:
        raise UnreadableExport(name, error.code, **error.values) from None
    except OSError as error:
        problem = unusable(error)
        raise UnreadableExport(name, problem.code, **problem.values) from None
