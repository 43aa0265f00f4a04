"""What a workbook says of itself: its sheets, styles and texts, and the time it was saved.

The names are those of ECMA-376, part 1; the strict and the transitional ones are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from misbrug_analysis.intake.bounds import UnreadableFile, too_many
from misbrug_analysis.intake.package import Package, relations_of, target_of, unfit

MAX_MERGES = MAX_NOTES = 2_000
"""More than any form has."""

MAX_SHEETS = 250
MAX_STYLES = 65_490
"""What Excel holds."""

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The namespace of workbooks and sheets, transitional and strict."""

_CORE = "docProps/core.xml"
_TYPES = "[Content_Types].xml"
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_LONGEST_FORMAT = 1_000
"""Letters of a number format; Excel takes 255."""

_MOST_LETTERS = 2_000_000
"""Letters beside the cells of a workbook, in notes or in formats, however many cells there are."""

_MACRO_SHEETS = ("xlMacrosheet", "xlIntlMacrosheet")


@dataclass(frozen=True)
class Found:
    """An element: its name without its namespace, its attributes, and the text in it."""

    name: str
    attributes: dict[str, str]
    text: str


@dataclass(frozen=True)
class Relation:
    """A relation of a part: its id, its kind (``worksheet``), and the part it leads to.

    ``inside`` is false for one that leads out of the workbook.
    """

    id: str
    kind: str
    target: str
    inside: bool = True


@dataclass(frozen=True)
class Listed:
    """A sheet as the workbook lists it: its title and its part."""

    title: str
    part: str


@dataclass(frozen=True)
class Workbook:
    """The sheets, where the texts and styles are, and whether days are counted from 1904."""

    sheets: tuple[Listed, ...]
    strings: str | None
    styles: str | None
    from_1904: bool


def saved_at(package: Package) -> datetime | None:
    """When a program last saved the workbook, in UTC, as the workbook says itself.

    The time of the file would not do: it changes when the file is copied.
    """
    try:
        elements = find(package, _CORE, ["modified"]) if _CORE in package.names else []
        found = datetime.fromisoformat(elements[0].text.strip()) if elements else None
        if found is None or found.tzinfo is None:
            return found and found.replace(tzinfo=UTC)
        return found.astimezone(UTC)
    except UnreadableFile as error:
        if error.values != unfit("damaged").values:
            raise
        return None
    except (ValueError, OverflowError):
        return None


def workbook_of(package: Package) -> Workbook:
    """The sheets of a workbook in their order.

    Raises UnreadableFile where there is no workbook, and for macros.
    """
    _refuse_macros(package)
    roots = (one for one in relations(package, "") if one.kind == "officeDocument")
    part = next(roots, Relation("", "", "xl/workbook.xml")).target
    if part not in package.names:
        raise unfit("no_workbook_inside")
    elements = find(package, part, ["workbook", "workbookPr", "sheet"], namespaces=MAIN)
    if not any(one.name == "workbook" for one in elements):
        raise unfit("no_workbook_inside")
    named = relations(package, part)
    known = {one.id: one for one in named}
    sheets = [_listed(one, known) for one in elements if one.name == "sheet"]
    if len(sheets) > MAX_SHEETS:
        raise too_many("of_sheets", MAX_SHEETS)
    if len(known) < len(named) or len({one.part for one in sheets}) < len(sheets):
        raise unfit("damaged")
    kinds = {one.kind: one.target for one in known.values()}
    properties = [one.attributes for one in elements if one.name == "workbookPr"]
    from_1904 = any(one.get("date1904") in ("1", "true") for one in properties)
    return Workbook(tuple(sheets), kinds.get("sharedStrings"), kinds.get("styles"), from_1904)


def relations(package: Package, part: str) -> list[Relation]:
    """The relations of a part, or of the archive itself (``part`` is empty)."""
    name = relations_of(part)
    if name not in package.names:
        return []
    return [
        Relation(
            one.attributes.get("Id", ""),
            one.attributes.get("Type", "").rpartition("/")[2],
            target_of(part, one.attributes.get("Target", "")),
            one.attributes.get("TargetMode") != "External",
        )
        for one in find(package, name, ["Relationship"], most=MAX_NOTES)
    ]


def related(package: Package, part: str, kind: str) -> Iterator[str]:
    """The parts of a kind that a part names in its relations."""
    for one in relations(package, part):
        if one.kind == kind and one.inside and one.target in package.names:
            yield one.target


def number_formats(package: Package, part: str | None) -> list[str]:
    """How numbers are shown in each style of a cell, by its number."""
    if part is None or part not in package.names:
        return []
    own: dict[str, str] = {}
    shown: list[str] = []
    around: list[str] = []
    letters = 0

    def start(raw: str, attributes: dict[str, str]) -> None:
        nonlocal letters
        space, _, name = raw.rpartition(" ")
        # What programs add of their own has elements of these names, too, farther inside.
        within = around[1:] if space in MAIN else []
        around.append(name)
        if within not in (["numFmts"], ["cellXfs"]) or name not in ("numFmt", "xf"):
            return
        number = attributes.get("numFmtId", "0")
        shown_as = attributes.get("formatCode", "")
        if name == "xf":
            shown.append(number)
        else:
            own[number] = shown_as
        letters += len(number) + len(shown_as)
        if max(len(own), len(shown)) > MAX_STYLES:
            raise too_many("of_styles", MAX_STYLES)
        if letters > _MOST_LETTERS:
            raise too_many("of_letters", _MOST_LETTERS)

    def end(_raw: str) -> None:
        around.pop()

    package.parse(part, start, end)
    return [own[one] if one in own else _builtin(one) for one in shown]


def _builtin(number: str) -> str:
    short = number.isascii() and number.isdigit() and len(number) < 5
    return str(BUILTIN_FORMATS.get(int(number), "General")) if short else "General"


def is_date(shown_as: str) -> bool:
    """Whether a number format shows a date or a time."""
    return len(shown_as) <= _LONGEST_FORMAT and bool(is_date_format(shown_as))


def is_duration(shown_as: str) -> bool:
    """Whether a number format shows hours or minutes that may be more than a day."""
    return len(shown_as) <= _LONGEST_FORMAT and bool(is_timedelta_format(shown_as))


def find(
    package: Package,
    part: str,
    names: Collection[str],
    *,
    texts: Collection[str] = (),
    paragraph: str = "",
    namespaces: Collection[str] = (),
    most: int = MAX_NOTES,
) -> list[Found]:
    """The elements of some names in a part, in the order in which they begin.

    The text of each is that of the elements called ``texts`` in it, with a line for each
    ``paragraph``, or its own. Only ``namespaces`` are looked at, where any are given.
    Raises UnreadableFile for more than ``most``, or more text than there may be.
    """
    found: list[tuple[str, dict[str, str], list[str]]] = []
    around: list[tuple[str, list[str] | None]] = []
    letters = 0

    def count(more: int) -> None:
        nonlocal letters
        letters += more
        if letters > _MOST_LETTERS:
            raise too_many("of_letters", _MOST_LETTERS)

    def start(raw: str, attributes: dict[str, str]) -> None:
        space, _, name = raw.rpartition(" ")
        said = around[-1][1] if around and texts else None
        if said is None and name in names and (not namespaces or space in namespaces):
            if len(found) >= most:
                raise too_many("of_elements_of_a_kind", most)
            said = []
            count(sum(map(len, attributes.values())))
            found.append((name, _named(attributes), said))
        around.append((name, said))

    def end(_raw: str) -> None:
        name, said = around.pop()
        if said and name == paragraph:
            said.append("\n")

    def text(data: str) -> None:
        name, said = around[-1]
        if said is not None and (name in texts or not texts):
            count(len(data))
            said.append(data)

    package.parse(part, start, end, text)
    return [Found(name, attributes, "".join(said)) for name, attributes, said in found]


def position(reference: str) -> tuple[int, int] | None:
    """Row and column of a reference such as ``C14``; None for what is no such reference."""
    found = _PLACE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def unescaped(text: str) -> str:
    """The text with the signs for which Excel stores their numbers (ST_Xstring, 22.9.2.19).

    ``_x0041_`` is A; ``_x005F_x0041_`` is what stands for the text ``_x0041_``.
    """
    if "_x" not in text:
        return text
    read = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    # Two of them can stand for one sign; one that is left alone stands for none.
    return read.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _named(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes without their namespaces; one that has a namespace goes before one without."""
    ordered = sorted(attributes, key=lambda name: " " in name)
    return {name.rpartition(" ")[2]: attributes[name] for name in ordered}


def _listed(sheet: Found, known: dict[str, Relation]) -> Listed:
    relation = known.get(sheet.attributes.get("id", ""))
    if relation is None:
        raise unfit("damaged")
    if relation.kind in _MACRO_SHEETS:
        raise UnreadableFile("has_macros")
    return Listed(unescaped(sheet.attributes.get("name", "")), relation.target)


def _refuse_macros(package: Package) -> None:
    """A workbook that says that it has macros, whatever the file is called."""
    if _TYPES not in package.names:
        raise unfit("no_workbook_inside")
    names = ["Override", "Default"]
    for one in find(package, _TYPES, names, most=2 * MAX_NOTES):
        if "macroenabled" in one.attributes.get("ContentType", "").lower():
            raise UnreadableFile("has_macros")
