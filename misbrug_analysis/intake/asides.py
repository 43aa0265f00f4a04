"""The text of a workbook that stands in no cell: notes, comments, text boxes, headers, footers.

Element names are those of ECMA-376; comments that are answered to have a part of their own, which
Microsoft describes in MS-XLSX ("threadedComments").
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from misbrug_analysis.intake.grid import Cell, cell_text, locator
from misbrug_analysis.intake.workbook_parts import (
    check_notes,
    element_name,
    elements,
    position,
    related,
)

_FIRST = (1, 1)
_HEADERS = {
    "oddHeader": "header",
    "evenHeader": "header",
    "firstHeader": "header",
    "oddFooter": "footer",
    "evenFooter": "footer",
    "firstFooter": "footer",
}
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|K\d\d[+-]\d{3}|\d{1,2}|[A-Za-z])')
"""What is no text in a header: its parts, fonts, sizes, colours, numbers of pages (18.3.1.46)."""

_Aside = tuple[tuple[int, int], str, str]
"""A cell near it, how a person finds it, and its text."""


def asides(archive: zipfile.ZipFile, part: str, sheet: str) -> Iterator[Cell]:
    """The text beside the cells of a sheet's part; what is there twice comes once.

    Notes and comments are at ``Sheet!C14 (note)``, text boxes and other shapes at
    ``Sheet (text box)``, what is printed above and below at ``Sheet (header)`` and
    ``Sheet (footer)``; a number sets those apart that would be at one place.
    """
    said: dict[str, list[str]] = {}
    for find in (_notes, _comments, _text_boxes, _headers):
        for count, (place, at, text) in enumerate(find(archive, part, sheet)):
            check_notes(count)
            before = said.setdefault(at, [])
            words = " ".join(text.split())
            # What a comment says stands in the note that older programs show for it, too.
            known = any(words in one if find is _comments else words == one for one in before)
            if words and not known:
                before.append(words)
                unique = at if len(before) == 1 else f"{at[:-1]} {len(before)})"
                yield Cell(*place, text, unique)


def _notes(archive: zipfile.ZipFile, part: str, sheet: str) -> Iterator[_Aside]:
    return _on_cells(archive, related(archive, part, "comments"), "comment", sheet)


def _comments(archive: zipfile.ZipFile, part: str, sheet: str) -> Iterator[_Aside]:
    parts = related(archive, part, "threadedComment")
    return _on_cells(archive, parts, "threadedComment", sheet)


def _on_cells(
    archive: zipfile.ZipFile, parts: Iterator[str], name: str, sheet: str
) -> Iterator[_Aside]:
    for part in parts:
        for element in elements(archive, part, name):
            place = position(element.get("ref", "")) or _FIRST
            yield place, f"{locator(sheet, *place)} (note)", _text(element)


def _text_boxes(archive: zipfile.ZipFile, part: str, sheet: str) -> Iterator[_Aside]:
    for drawing in related(archive, part, "drawing"):
        for element in elements(archive, drawing, "txBody"):
            yield _FIRST, f"{sheet} (text box)", _text(element, "p")


def _headers(archive: zipfile.ZipFile, part: str, sheet: str) -> Iterator[_Aside]:
    for element in elements(archive, part, *_HEADERS):
        text = cell_text(_CODE.sub(" ", element.text or ""))
        if any(letter.isalnum() for letter in text):  # what is left around numbers of pages is none
            yield _FIRST, f"{sheet} ({_HEADERS[element_name(element)]})", text


def _text(found: Element, paragraph: str = "") -> str:
    """The text inside an element, with a line for each paragraph."""
    parts = []
    for element in found.iter():
        if element_name(element) in ("t", "text"):
            parts.append(element.text or "")
        elif element_name(element) == paragraph and parts:
            parts.append("\n")
    return cell_text("".join(parts))
