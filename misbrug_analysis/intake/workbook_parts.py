"""What openpyxl leaves out when it reads row by row: merged cells, notes on cells, time of saving.

The parts are read as a stream from the archive and what is read is let go at once, so that a
large part takes no memory.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, iterparse

from misbrug_analysis.intake.grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Merge,
    UnreadableFile,
    cell_text,
    locator,
)
from misbrug_analysis.model.errors import Phrase

MAX_MERGES = MAX_NOTES = 2_000
"""More than any form has."""

_CORE = "docProps/core.xml"
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def saved_at(archive: zipfile.ZipFile) -> datetime | None:
    """When a program last saved the workbook, in UTC, as the workbook says itself.

    The time of the file would not do: it changes when the file is copied.
    """
    if _CORE not in archive.namelist():
        return None
    for element in _elements(archive, _CORE, "modified"):
        try:
            found = datetime.fromisoformat((element.text or "").strip())
        except ValueError:
            return None
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def merges(archive: zipfile.ZipFile, part: str) -> Iterator[Merge]:
    """The merged ranges of a sheet's part."""
    for count, element in enumerate(_elements(archive, part, "mergeCell")):
        _check(count, MAX_MERGES)
        first, _, last = element.get("ref", "").partition(":")
        start, end = _place(first), _place(last or first)
        if start and end:
            yield Merge(*start, min(end[0], MAX_ROWS), min(end[1], MAX_COLUMNS))


def notes(archive: zipfile.ZipFile, part: str, sheet: str) -> Iterator[Cell]:
    """The notes on the cells of a sheet's part, each at ``Sheet!C14 (note)``."""
    seen: dict[str, int] = {}
    for comments in _comment_parts(archive, part):
        for count, element in enumerate(_elements(archive, comments, "comment")):
            _check(count, MAX_NOTES)
            text = cell_text("".join(_texts(element)))
            place = _place(element.get("ref", "")) or (1, 1)
            if text:
                at = f"{locator(sheet, *place)} (note)"
                seen[at] = seen.get(at, 0) + 1
                unique = at if seen[at] == 1 else f"{at[:-1]} {seen[at]})"
                yield Cell(*place, text, unique)


def _texts(note: Element) -> Iterator[str]:
    for element in note.iter():
        if _name(element) == "t":
            yield element.text or ""


def _comment_parts(archive: zipfile.ZipFile, part: str) -> Iterator[str]:
    """The parts with the notes of a sheet: its relations name them."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return
    for relation in _elements(archive, relations, "Relationship"):
        if relation.get("Type", "").endswith("/comments"):
            target = posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
            if target.lstrip("/") in archive.namelist():
                yield target.lstrip("/")


def _elements(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[Element]:
    """The elements of a name in a part; what else there is, is let go while it is read."""
    with archive.open(part) as stream:
        inside = 0
        for event, element in iterparse(stream, events=("start", "end")):
            wanted = _name(element) == name
            if event == "start":
                inside += wanted
                continue
            if wanted:
                inside -= 1
                yield element
            if not inside:
                element.clear()


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _place(reference: str) -> tuple[int, int] | None:
    found = _PLACE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _check(count: int, limit: int) -> None:
    if count >= limit:
        raise UnreadableFile(
            "file_too_large",
            size=Phrase("more_notes", {"limit": limit}),
            limit=Phrase("most_notes", {"limit": limit}),
        )
