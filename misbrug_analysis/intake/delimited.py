"""Delimited text (CSV) as a grid, in the encodings and with the separators that Excel writes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from misbrug_analysis.intake.grid import (
    Cell,
    Grid,
    Sheet,
    UnreadableFile,
    cell_text,
    check_place,
    check_size,
    locator,
)
from misbrug_analysis.model.errors import Phrase

SEPARATORS = ";\t,"
"""In order of preference: what a Danish Excel writes comes first."""


def read_delimited(path: Path) -> Grid:
    """The file as one sheet without a name, with its non-empty cells.

    UTF-8 (with or without BOM), UTF-16 with BOM, else Windows-1252; the separator is the one that
    stands in most lines. Raises UnreadableFile for what is no text or too large to be a form.
    """
    check_size(path)
    text = _decode(path.read_bytes())
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error:
        raise UnreadableFile("not_text", detail=Phrase("no_table_inside")) from None
    cells = []
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            if value.strip():
                check_place(row, column)
                cells.append(Cell(row, column, cell_text(value), locator("", row, column)))
    return Grid([Sheet("", tuple(cells))])


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    if b"\0" in content and encodings[0] != "utf-16":
        raise UnreadableFile("not_text", detail=Phrase("not_text_inside"))
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("not_text", detail=Phrase("not_text_inside"))


def _separator(text: str) -> str:
    lines = text.splitlines()[:200]
    return max(SEPARATORS, key=lambda mark: sum(mark in line for line in lines))
