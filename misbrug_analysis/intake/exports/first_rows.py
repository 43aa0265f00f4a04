"""The first row of a workbook, at little cost: what comes after it is not read."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from misbrug_analysis.intake.bounds import EXPORT, content_of
from misbrug_analysis.intake.package import Package
from misbrug_analysis.intake.workbook_parts import workbook_of
from misbrug_analysis.intake.workbook_values import local_name, read_strings

FEWEST: Final = 3
"""Cells of a row of headings: whose it is, and two more."""


class _Enough(Exception):
    """The row was read."""


class _FirstRow:
    """The cells of the first row that holds any, as they are stored, with their types."""

    def __init__(self) -> None:
        self.cells: list[tuple[str, str]] = []
        self._type = ""
        self._text: list[str] | None = None

    def start(self, raw: str, attributes: dict[str, str]) -> None:
        name = local_name(raw)
        if name == "c":
            self._type = attributes.get("t", "n")
        elif name in ("v", "t"):
            self._text = []

    def end(self, raw: str) -> None:
        name = local_name(raw)
        if name in ("v", "t") and self._text is not None:
            self.cells.append(("".join(self._text), self._type))
            self._text = None
        elif name == "row" and self.cells:
            raise _Enough

    def text(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)


def first_row(path: Path) -> list[str]:
    """The texts of the first row that holds any, on a workbook's first sheet.

    Nothing where there are too few of them to be headings. Raises UnreadableFile for what is no
    workbook.
    """
    package = Package(content_of(path, EXPORT), EXPORT)
    workbook = workbook_of(package)
    found = _FirstRow()
    if workbook.sheets:
        with suppress(_Enough):
            package.parse(workbook.sheets[0].part, found.start, found.end, found.text)
    if len(found.cells) < FEWEST:
        return []
    last = max((_number(stored) for stored, kind in found.cells if kind == "s"), default=-1)
    strings = read_strings(package, workbook.strings, last) if last >= 0 else []
    return [_text(stored, kind, strings) for stored, kind in found.cells]


def _text(stored: str, kind: str, strings: list[str]) -> str:
    if kind != "s":
        return stored
    number = _number(stored)
    return strings[number] if 0 <= number < len(strings) else ""


def _number(stored: str) -> int:
    return int(stored) if stored.isascii() and stored.isdigit() and len(stored) < 9 else -1
