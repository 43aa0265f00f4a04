"""The text of a workbook that stands in no cell: notes, text boxes, charts, headers, footers.

Element names are those of ECMA-376; comments that are answered to have a part of their own, which
Microsoft describes in MS-XLSX ("threadedComments").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from misbrug_analysis.intake.bounds import UnreadableFile, too_many
from misbrug_analysis.intake.grid import Cell, Remark, cell_text, locator
from misbrug_analysis.intake.package import Package
from misbrug_analysis.intake.workbook_parts import (
    MAX_NOTES,
    find,
    position,
    related,
    relations,
    unescaped,
)
from misbrug_analysis.model.errors import Phrase

_FIRST = (1, 1)
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|K\d\d[+-]\d{3}|\d{1,2}|[A-Za-z])')
"""What is no text in a header: its parts, fonts, sizes, colours, numbers of pages (18.3.1.46)."""

_UNREAD = {
    "oleObject": "embedded_objects",
    "package": "embedded_objects",
    "control": "controls",
    "ctrlProp": "controls",
}
"""Phrases for what hangs on a sheet and can hold answers, by the kind of its relation."""

_Aside = tuple[tuple[int, int], str, str]
"""A cell near it, how a person finds it, and its text."""


def asides(
    package: Package, part: str, sheet: str, printed: Iterable[tuple[str, str]]
) -> Iterator[Cell]:
    """The text beside the cells of a sheet's part; what is there twice comes once.

    Notes and comments are at ``Sheet!C14 (note)``, text boxes, charts and other shapes at
    ``Sheet (text box)``, what is ``printed`` above and below at ``Sheet (header)`` and
    ``Sheet (footer)``; a number sets those apart that would be at one place.
    """
    said: dict[str, list[str]] = {}
    comments = _on_cells(package, part, "threadedComment", "threadedComment", sheet)
    groups = (
        _on_cells(package, part, "comments", "comment", sheet),
        comments,
        _shapes(package, part, sheet),
        _headers(printed, sheet),
    )
    count = 0
    for found in groups:
        for place, at, text in found:
            count += 1
            if count > MAX_NOTES:
                raise too_many("of_notes", MAX_NOTES)
            before = said.setdefault(at, [])
            words = " ".join(text.split())
            # What a comment says stands in the note that older programs show for it, too.
            known = any(words in one if found is comments else words == one for one in before)
            if words and not known:
                before.append(words)
                unique = at if len(before) == 1 else f"{at[:-1]} {len(before)})"
                yield Cell(*place, text, unique)


def unread_on(package: Package, part: str, sheet: str) -> Iterator[Remark]:
    """What hangs on a sheet and is not read: objects of other programs, boxes to tick."""
    kinds = [_UNREAD[one.kind] for one in relations(package, part) if one.kind in _UNREAD]
    if any(_vml_texts(package, one) is None for one in related(package, part, "vmlDrawing")):
        kinds.append("controls")
    for kind in dict.fromkeys(kinds):
        yield "parts_unread", {"sheet": sheet, "things": Phrase(kind)}


def _on_cells(package: Package, part: str, kind: str, name: str, sheet: str) -> Iterator[_Aside]:
    for notes in related(package, part, kind):
        for element in find(package, notes, [name], texts=("t", "text")):
            place = position(element.attributes.get("ref", "")) or _FIRST
            at = f"{locator(sheet, *place)} (note)"
            yield place, at, cell_text(unescaped(element.text))


def _shapes(package: Package, part: str, sheet: str) -> Iterator[_Aside]:
    for text in _texts(package, part):
        yield _FIRST, f"{sheet} (text box)", cell_text(text)


def _texts(package: Package, part: str) -> Iterator[str]:
    """The texts of shapes, of charts, of diagrams and of boxes to tick."""
    for drawing in related(package, part, "drawing"):
        yield from _runs(package, drawing, "txBody")
        for chart in related(package, drawing, "chart"):
            yield from _runs(package, chart, "rich")
            for shapes in related(package, chart, "chartUserShapes"):
                yield from _runs(package, shapes, "txBody")
        for chart in related(package, drawing, "chartEx"):
            yield from _runs(package, chart, "rich")
        for diagram in related(package, drawing, "diagramData"):
            yield from _runs(package, diagram, "pt")
    for drawing in related(package, part, "vmlDrawing"):
        yield from _vml_texts(package, drawing) or ()


def _runs(package: Package, part: str, name: str) -> Iterator[str]:
    for element in find(package, part, [name], texts=("t",), paragraph="p"):
        yield element.text


def _vml_texts(package: Package, part: str) -> list[str] | None:
    """The texts of old drawings; None where they are HTML that is no XML."""
    try:
        names = ("textbox", "div", "font", "b", "i", "u", "span", "p")
        return [one.text for one in find(package, part, ["textbox"], texts=names, paragraph="div")]
    except UnreadableFile as error:
        if error.code != "not_a_workbook":
            raise
        return None


def _headers(printed: Iterable[tuple[str, str]], sheet: str) -> Iterator[_Aside]:
    for name, said in printed:
        text = cell_text(_CODE.sub(" ", said))
        if any(letter.isalnum() for letter in text):  # what is left around numbers of pages is none
            yield _FIRST, f"{sheet} ({name[-6:].lower()})", text
