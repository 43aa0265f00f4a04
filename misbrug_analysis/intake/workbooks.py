"""Excel workbooks (.xlsx) as grids."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from misbrug_analysis.intake import workbook_parts
from misbrug_analysis.intake.asides import asides
from misbrug_analysis.intake.grid import (
    Cell,
    CellKind,
    Grid,
    Sheet,
    UnreadableFile,
    cell_text,
    check_place,
    check_size,
    locator,
)
from misbrug_analysis.model.errors import Phrase, too_large
from misbrug_analysis.model.privacy import masked

MAX_UNPACKED = 100_000_000
"""Bytes that the parts of a workbook may unpack to; more is a bomb or not a form."""

MAX_SCANNED = 2_000_000
"""Cells of a sheet that are looked at, most of them empty: borders and colours make cells."""

MAX_NAME = 100
"""Letters of a sheet's name in a place; Excel takes 31."""

_KINDS: dict[str, CellKind] = {
    "n": "number",
    "d": "date",
    "b": "truth",
    "f": "formula",
    "e": "error",
}
"""By what openpyxl calls the kinds of cells."""

_RETURN = "_x000D_"
"""How Excel stores the first half of a line break that was typed on Windows."""


def read_workbook(path: Path) -> Grid:
    """The sheets of a workbook with their non-empty cells, dates as ISO texts.

    Formulas are not evaluated: the cell is marked. Raises UnreadableFile for what is not a
    workbook or is too large to be a form.
    """
    check_size(path)
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > MAX_UNPACKED:
                raise UnreadableFile("file_too_large", **too_large(unpacked, MAX_UNPACKED))
            with warnings.catch_warnings():
                # It warns of drop-down lists and styles that it leaves out; they hold no answers.
                warnings.simplefilter("ignore", UserWarning)
                return Grid(_sheets(path, archive), workbook_parts.saved_at(archive))
    except (UnreadableFile, PermissionError):
        raise
    except zipfile.BadZipFile:
        raise UnreadableFile("not_a_workbook", detail=Phrase("no_workbook_inside")) from None
    except Exception as error:  # openpyxl raises whatever it stumbles over in a damaged file
        raise UnreadableFile("not_a_workbook", detail=Phrase("damaged")) from error


def _sheets(path: Path, archive: zipfile.ZipFile) -> list[Sheet]:
    workbook = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    try:
        names = _names([sheet.title or "" for sheet in workbook.worksheets])
        parts = _parts(workbook)
        sheets = []
        for sheet, name, part in zip(workbook.worksheets, names, parts, strict=True):
            sheet.reset_dimensions()  # what a file says of its own size can be wrong
            notes = list(asides(archive, part, name))
            if masked(sheet.title) != sheet.title:
                notes.append(Cell(1, 1, cell_text(sheet.title), f"{name} (name of the sheet)"))
            cells = tuple(_cells(name, sheet.iter_rows()))
            merges = tuple(workbook_parts.merges(archive, part))
            sheets.append(Sheet(name, cells, tuple(notes), merges))
        return sheets
    finally:
        workbook.close()


def _parts(workbook: Workbook) -> list[str]:
    """The part of the archive that each sheet stands in; openpyxl keeps it where nobody looks."""
    return [str(vars(sheet)["_worksheet_path"]) for sheet in workbook.worksheets]


def _names(titles: list[str]) -> list[str]:
    """The sheets' names as places are told by: one line, without personal data, each once."""
    names: list[str] = []
    for title in titles:
        name = " ".join(masked(title).split())[:MAX_NAME] or "–"
        count, unique = 1, name
        while unique in names:
            count += 1
            unique = f"{name} ({count})"
        names.append(unique)
    return names


def _cells(sheet: str, rows: Iterator[tuple[object, ...]]) -> Iterator[Cell]:
    scanned = 0
    for number, row in enumerate(rows, 1):
        scanned += 1 + len(row)
        if scanned > MAX_SCANNED:
            told = {"limit": MAX_SCANNED}
            raise UnreadableFile(
                "file_too_large",
                size=Phrase("more_scanned", told),
                limit=Phrase("most_scanned", told),
            )
        for column, cell in enumerate(row, 1):
            value = getattr(cell, "value", None)
            if value is None or not str(value).strip():
                continue
            check_place(number, column)
            kind = _KINDS.get(getattr(cell, "data_type", ""), "text")
            text = cell_text(_text(value, getattr(cell, "number_format", "")))
            yield Cell(number, column, text, locator(sheet, number, column), kind)


def _text(value: object, shown_as: str) -> str:
    if isinstance(value, ArrayFormula):
        return str(value.text)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float) and shown_as.endswith("%"):
        return f"{value * 100:.10g} %"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace(_RETURN, "\r")
