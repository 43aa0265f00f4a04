"""The cells of a file, counted by others than the reader: openpyxl's other mode, and bare XML."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections import Counter
from xml.etree import ElementTree

from openpyxl import load_workbook

from misbrug_analysis.intake.grid import INVISIBLE
from tests.fuzz.archives import sheet_parts, unpacked

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
SEPARATORS = ";\t,|"
_LOCATOR = re.compile(r".*!([A-Z]{1,3}[0-9]+)", re.DOTALL)


def places(locators: list[str]) -> Counter[str]:
    """How often each address stands in a ledger, on whichever sheet; not notes and headers."""
    found = (_LOCATOR.fullmatch(locator) for locator in locators)
    return Counter(one[1] for one in found if one)


def filled_cells(content: bytes) -> list[Counter[str]]:
    """The addresses with something in them over all sheets, by each who can read the file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        counts = []
        for count in (_by_openpyxl, _by_xml):
            try:
                counts.append(count(content))
            except Exception:  # whatever a library stumbles over in a broken file
                continue
    return counts


def text_places(content: bytes) -> list[set[str]]:
    """Where something stands in a text, as it may be read: in each encoding, by each separator."""
    found = []
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"):
        for separator in SEPARATORS:
            try:
                text = content.decode(encoding)
                rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
            except (UnicodeError, csv.Error):
                continue
            found.append(
                {
                    f"row {row} column {column}"
                    for row, cells in enumerate(rows, 1)
                    for column, cell in enumerate(cells, 1)
                    if is_said(cell)
                }
            )
    return found


def is_said(text: str) -> bool:
    """Whether a text shows anything; Excel stores the half of a line break as letters."""
    return bool(text.replace("_x000D_", "").strip().strip(INVISIBLE))


def _by_openpyxl(content: bytes) -> Counter[str]:
    book = load_workbook(io.BytesIO(content))
    return Counter(
        cell.coordinate
        for sheet in book.worksheets
        for cell in sheet._cells.values()  # rows and columns between far ones would be made
        if cell.value is not None and is_said(str(cell.value))
    )


def _by_xml(content: bytes) -> Counter[str]:
    """Every cell with an address of its own in every sheet's part, listed or not."""
    parts = unpacked(content)
    shared: list[str] = []
    if "xl/sharedStrings.xml" in parts:
        strings = ElementTree.fromstring(parts["xl/sharedStrings.xml"])
        shared = ["".join(one.itertext()) for one in strings]
    found: Counter[str] = Counter()
    for part in sheet_parts(parts):
        root = ElementTree.fromstring(parts[part])
        cells = root.iterfind(f"{_MAIN}sheetData/{_MAIN}row/{_MAIN}c")
        filled = {cell.get("r", "") for cell in cells if is_said(_says(cell, shared))}
        found.update(address for address in filled if _ADDRESS.fullmatch(address))
    return found


def _says(cell: ElementTree.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{_MAIN}t"))
    if cell.find(f"{_MAIN}f") is not None:
        return "a formula"
    value = cell.findtext(f"{_MAIN}v") or ""
    if cell.get("t") == "s" and value:
        return shared[int(value)]
    return value
