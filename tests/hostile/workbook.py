"""What hostile workbooks are made of: the parts of a sound one, changed and packed again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"
CORE = "docProps/core.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"

ROWS = (
    ("Besvarelse fra", "A"),
    ("Skema", "fælles"),
    ("Nr.", "Spørgsmål", "Svar", "Bemærkning"),
    ("t.1", "Følger I op?", "ja", "Godt"),
)
"""A form of the small study with an answer and a remark in row 4."""


@dataclass(frozen=True)
class Case:
    """A file: the code of its fault (nothing where it is read), and what makes it of a size.

    ``small`` shows what it is about, ``large`` is what somebody would send to do harm; ``place`` is
    where it lies in the folder of the study.
    """

    name: str
    code: str
    make: Callable[[int], bytes]
    small: int = 1
    large: int = 1
    place: str = "forms/a.xlsx"


def cell(place: str, text: str, more: str = "") -> str:
    """A cell with a text of its own."""
    return f'<c r="{place}" t="inlineStr"{more}><is><t>{text}</t></is></c>'


def rows() -> str:
    """The rows of the form."""
    return "".join(
        f'<row r="{number}">'
        + "".join(cell(f"{'ABCD'[place]}{number}", text) for place, text in enumerate(row))
        + "</row>"
        for number, row in enumerate(ROWS, 1)
    )


def sheet(inside: str, after: str = "") -> str:
    """A sheet whose data are ``inside``."""
    names = f'xmlns="{MAIN}" xmlns:r="{OFFICE}"'
    return f"<worksheet {names}><sheetData>{inside}</sheetData>{after}</worksheet>"


def relations(*named: tuple[str, str]) -> str:
    """Relations by kind and target; their ids are rId1, rId2 …"""
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(named, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def sound(**changes: str | bytes) -> dict[str, str | bytes]:
    """The parts of a sound form; ``changes`` name a part by its constant in small letters."""
    parts: dict[str, str | bytes] = {
        TYPES: f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{WORKBOOK}" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": relations(("officeDocument", WORKBOOK)),
        WORKBOOK: f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Svar" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("styles", "styles.xml"),
        ),
        STRINGS: f'<sst xmlns="{MAIN}"><si><t>ja</t></si></sst>',
        STYLES: f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
        "</cellXfs></styleSheet>",
        CORE: "<coreProperties><modified>2024-03-01T12:00:00Z</modified></coreProperties>",
        SHEET: sheet(rows()),
    }
    names = {name.lower(): value for name, value in globals().items() if isinstance(value, str)}
    return parts | {names[name]: content for name, content in changes.items()}


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as a workbook."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def form(**changes: str | bytes) -> bytes:
    """The sound form with some parts changed."""
    return packed(sound(**changes))


def with_rows(more: str, after: str = "") -> bytes:
    """The form with more rows below its own."""
    return form(sheet=sheet(rows() + more, after))
