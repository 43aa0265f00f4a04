"""The parts of a workbook as a stream: merged cells, the time of saving, and what finds the rest.

openpyxl leaves them out when it reads row by row. What is read is let go at once, so that a large
part takes no memory.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, iterparse

from misbrug_analysis.intake.grid import MAX_COLUMNS, MAX_ROWS, Merge, UnreadableFile
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
    for element in elements(archive, _CORE, "modified"):
        try:
            found = datetime.fromisoformat((element.text or "").strip())
        except ValueError:
            return None
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def merges(archive: zipfile.ZipFile, part: str) -> Iterator[Merge]:
    """The merged ranges of a sheet's part."""
    for count, element in enumerate(elements(archive, part, "mergeCell")):
        _check(count, MAX_MERGES)
        first, _, last = element.get("ref", "").partition(":")
        start, end = position(first), position(last or first)
        if start and end:
            yield Merge(*start, min(end[0], MAX_ROWS), min(end[1], MAX_COLUMNS))


def related(archive: zipfile.ZipFile, part: str, kind: str) -> Iterator[str]:
    """The parts of a kind that a part names in its relations."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return
    for relation in elements(archive, relations, "Relationship"):
        if relation.get("Type", "").endswith(f"/{kind}"):
            target = posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
            if target.lstrip("/") in archive.namelist():
                yield target.lstrip("/")


def elements(archive: zipfile.ZipFile, part: str, *names: str) -> Iterator[Element]:
    """The elements of some names in a part; what else there is, is let go while it is read."""
    with archive.open(part) as stream:
        inside = 0
        for event, element in iterparse(stream, events=("start", "end")):
            wanted = element_name(element) in names
            if event == "start":
                inside += wanted
                continue
            if wanted:
                inside -= 1
                yield element
            if not inside:
                element.clear()


def element_name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def position(reference: str) -> tuple[int, int] | None:
    """Row and column of a reference such as ``C14``; None for what is no such reference."""
    found = _PLACE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def check_notes(count: int) -> None:
    """Raise UnreadableFile for more notes than any form has."""
    _check(count, MAX_NOTES)


def _check(count: int, limit: int) -> None:
    if count >= limit:
        raise UnreadableFile(
            "file_too_large",
            size=Phrase("more_notes", {"limit": limit}),
            limit=Phrase("most_notes", {"limit": limit}),
        )
