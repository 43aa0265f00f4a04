"""Excel workbooks (.xlsx) as grids."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from misbrug_analysis.intake.grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Sheet,
    UnreadableFile,
    cell_text,
    check_size,
    locator,
)

MAX_UNPACKED = 100_000_000
"""Bytes that the parts of a workbook may unpack to; more is a bomb or not a form."""


_RETURN = "_x000D_"
"""How Excel stores the first half of a line break that was typed on Windows."""


def read_workbook(path: Path) -> list[Sheet]:
    """The sheets of a workbook with their non-empty cells, dates as ISO texts.

    Formulas are not evaluated: the cell is marked. Raises UnreadableFile for what is not a
    workbook or is too large to be a form.
    """
    check_size(path)
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise UnreadableFile("file_too_large", size=unpacked, limit=MAX_UNPACKED)
        with warnings.catch_warnings():
            # It warns of drop-down lists and styles that it leaves out; they hold no answers.
            warnings.simplefilter("ignore", UserWarning)
            return _sheets(path)
    except UnreadableFile:
        raise
    except zipfile.BadZipFile:
        raise UnreadableFile("not_a_workbook", detail="it is not a workbook inside") from None
    except Exception as error:  # openpyxl raises whatever it stumbles over in a damaged file
        raise UnreadableFile("not_a_workbook", detail=type(error).__name__) from error


def _sheets(path: Path) -> list[Sheet]:
    workbook = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    try:
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()  # what a file says of its own size can be wrong
        return [
            Sheet(sheet.title, tuple(_cells(sheet.title, sheet.iter_rows())))
            for sheet in workbook.worksheets
        ]
    finally:
        workbook.close()


def _cells(sheet: str, rows: Iterator[tuple[object, ...]]) -> Iterator[Cell]:
    for number, row in enumerate(rows, 1):
        if number > MAX_ROWS or len(row) > MAX_COLUMNS:
            limit = f"{MAX_ROWS} rows, {MAX_COLUMNS} columns"
            raise UnreadableFile("file_too_large", size=f"more than {limit}", limit=limit)
        for column, cell in enumerate(row, 1):
            value = getattr(cell, "value", None)
            if value is None or not str(value).strip():
                continue
            formula = getattr(cell, "data_type", "") == "f"
            text = cell_text(_text(value))
            yield Cell(number, column, text, locator(sheet, number, column), formula)


def _text(value: object) -> str:
    if isinstance(value, ArrayFormula):
        return str(value.text)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace(_RETURN, "\r")
