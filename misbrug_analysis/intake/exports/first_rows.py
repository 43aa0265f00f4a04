"""The first rows of a workbook's sheets, at little cost: what comes after them is not read."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from misbrug_analysis.intake.bounds import FORM, content_of
from misbrug_analysis.intake.package import Package
from misbrug_analysis.intake.workbook_parts import workbook_of
from misbrug_analysis.intake.workbook_values import local_name, read_strings

_SCANNED: Final = 10_000
"""Rows and cells of a sheet, empty ones too, after which no more is looked for."""


class _Enough(Exception):
    """The rows were read."""


class _FirstRows:
    """The cells of the first rows that hold any, as they are stored, with their types."""

    def __init__(self, most: int) -> None:
        self.rows: list[list[tuple[str, str]]] = [[]]
        self._most = most
        self._left = _SCANNED
        self._type = ""
        self._said: list[str] = []
        self._is_text = self._aside = False

    def start(self, raw: str, attributes: dict[str, str]) -> None:
        name = local_name(raw)
        if name in ("c", "row"):
            self._left -= 1
            if self._left < 0:
                raise _Enough
        if name == "c":
            self._type, self._said = attributes.get("t", "n"), []
        elif name == "rPh":
            self._aside = True
        elif name in ("v", "t"):
            self._is_text = not self._aside

    def end(self, raw: str) -> None:
        name = local_name(raw)
        if name in ("v", "t"):
            self._is_text = False
        elif name == "rPh":
            self._aside = False
        elif name == "c" and self._said:
            self.rows[-1].append(("".join(self._said), self._type))
        elif name == "row" and self.rows[-1]:
            if len(self.rows) == self._most:
                raise _Enough
            self.rows.append([])

    def text(self, data: str) -> None:
        if self._is_text:
            self._said.append(data)


def first_rows(path: Path, most: int) -> list[list[list[str]]]:
    """The texts of the first rows that hold any, ``most`` of them, on each sheet of a workbook.

    Raises UnreadableFile for what is no workbook, or larger than a form may be.
    """
    package = Package(content_of(path, FORM), FORM)
    workbook = workbook_of(package)
    sheets = []
    for sheet in workbook.sheets:
        found = _FirstRows(most)
        with suppress(_Enough):
            package.parse(sheet.part, found.start, found.end, found.text)
        sheets.append([row for row in found.rows if row])
    cells = [cell for rows in sheets for row in rows for cell in row]
    last = max((_number(stored) for stored, kind in cells if kind == "s"), default=-1)
    strings = read_strings(package, workbook.strings, last) if last >= 0 else []
    return [
        [[_text(stored, kind, strings) for stored, kind in row] for row in rows] for rows in sheets
    ]


def _text(stored: str, kind: str, strings: list[str]) -> str:
    if kind != "s":
        return stored
    number = _number(stored)
    return strings[number] if 0 <= number < len(strings) else ""


def _number(stored: str) -> int:
    return int(stored) if stored.isascii() and stored.isdigit() and len(stored) < 9 else -1
