"""Excel workbooks (.xlsx) as grids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from misbrug_analysis.intake.asides import asides, unread_on
from misbrug_analysis.intake.bounds import FORM, Bounds, content_of
from misbrug_analysis.intake.cleaning import named_once
from misbrug_analysis.intake.grid import Cell, Grid, Merge, Remark, Sheet, cell_text, locator
from misbrug_analysis.intake.package import Package
from misbrug_analysis.intake.workbook_cells import Found, read_cells
from misbrug_analysis.intake.workbook_parts import number_formats, saved_at, workbook_of
from misbrug_analysis.intake.workbook_values import Context, read_strings
from misbrug_analysis.model.privacy import masked

MAX_NAME = 100
"""Letters of a sheet's name in a place; Excel takes 31."""

_OUTSIDE = ("xl/externalLinks/", "xl/connections.xml", "xl/queryTables/")
"""Parts that have Excel fetch something from elsewhere."""


@dataclass(frozen=True)
class RawSheet:
    """A sheet without an object for each place: ``cells`` are rows, columns, texts and kinds."""

    name: str
    cells: list[Found]
    notes: tuple[Cell, ...]
    merges: tuple[Merge, ...]


@dataclass(frozen=True)
class RawWorkbook:
    """The sheets of a workbook, when a program saved it, and what a person should know of it."""

    sheets: tuple[RawSheet, ...]
    saved: datetime | None
    remarks: tuple[Remark, ...]


def read_workbook(path: Path, bounds: Bounds = FORM) -> Grid:
    """The sheets of a workbook with their non-empty cells, dates as ISO texts.

    Formulas are not evaluated: the cell is marked. Raises UnreadableFile for what is not a
    workbook or is too large to be a form.
    """
    return workbook_grid(content_of(path, bounds), bounds)


def workbook_grid(content: bytes, bounds: Bounds = FORM) -> Grid:
    """The same of a file's content.

    Raises UnreadableFile as ``read_workbook`` does.
    """
    read = read_sheets(content, bounds)
    sheets = [
        Sheet(one.name, tuple(_cells(one.name, one.cells)), one.notes, one.merges)
        for one in read.sheets
    ]
    return Grid(sheets, read.saved, read.remarks)


def read_sheets(content: bytes, bounds: Bounds = FORM) -> RawWorkbook:
    """The same, with a tuple for each cell, for workbooks that are too large for more.

    Raises UnreadableFile as ``read_workbook`` does.
    """
    package = Package(content, bounds)
    workbook = workbook_of(package)
    strings = read_strings(package, workbook.strings)
    formats = number_formats(package, workbook.styles)
    context = Context(package, strings, formats, from_1904=workbook.from_1904)
    sheets, remarks = [], list(_remarks(package))
    names = _names([sheet.title for sheet in workbook.sheets])
    for listed, name in zip(workbook.sheets, names, strict=True):
        found = read_cells(context, listed.part)
        notes = list(asides(package, listed.part, name, found.printed))
        if masked(listed.title) != listed.title:
            notes.append(Cell(1, 1, cell_text(listed.title), f"{name} (name of the sheet)"))
        remarks += unread_on(package, listed.part, name)
        sheets.append(RawSheet(name, found.cells, tuple(notes), tuple(found.merges)))
    return RawWorkbook(tuple(sheets), saved_at(package), tuple(remarks))


def _names(titles: list[str]) -> list[str]:
    """The sheets' names as places are told by: one line, without personal data, each once."""
    return named_once(
        " ".join(masked(cell_text(title)).split())[:MAX_NAME] or "–" for title in titles
    )


def _cells(sheet: str, cells: list[Found]) -> Iterator[Cell]:
    for row, column, text, kind in cells:
        yield Cell(row, column, text, locator(sheet, row, column), kind)


def _remarks(package: Package) -> Iterator[Remark]:
    if any(name.startswith(_OUTSIDE) for name in package.names):
        yield "links_not_followed", {}
