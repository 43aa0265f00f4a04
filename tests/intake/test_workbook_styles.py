"""How numbers are shown is told by the style of their cell, whatever else stands among styles."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from misbrug_analysis.intake.bounds import FORM
from misbrug_analysis.intake.package import Package
from misbrug_analysis.intake.workbook_parts import number_formats
from misbrug_analysis.intake.workbooks import read_workbook
from tests.hostile.workbook import MAIN, STYLES, cell, form, rows, sheet

FORMATS = ["General", "0", "0%", "0.00%", "dd-mm-yyyy", "d/m/yy h:mm", "[h]:mm", "@", '0 "dage"']
FORMATS += ["[$-406]d. mmmm yyyy;@", "mmm-yy", "0.00E+00", "h:mm", '#,##0.00 "kr"']
INSIDE = [
    "",
    '<alignment horizontal="left"/>',
    '<protection locked="0"/>',
    '<extLst><ext uri="{a}"/></extLst>',
    '<extLst><ext uri="{a}"><x:xf xmlns:x="urn:x" numFmtId="14"/></ext></extLst>',
]


def shown(styles: str) -> list[str]:
    return number_formats(Package(form(styles=styles), FORM), STYLES)


def styled(*cells: str, before: str = "", after: str = "") -> str:
    inside = f"<cellXfs>{''.join(cells)}</cellXfs>"
    return f'<styleSheet xmlns="{MAIN}">{before}{inside}{after}</styleSheet>'


def with_inside(content: bytes, inside: list[str]) -> bytes:
    """The workbook with something in each of the styles of its cells."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            if name == STYLES:
                before, rest = part.split("<cellXfs", 1)
                own, after = rest.split("</cellXfs>", 1)
                first, *styles = own.split("<xf ")
                for place, one in enumerate(styles):
                    opened = one.split("/>")[0] if "</xf>" not in one else one.split(">")[0]
                    styles[place] = f"{opened}>{inside[place % len(inside)]}</xf>"
                own = "<xf ".join([first, *styles])
                part = f"{before}<cellXfs{own}</cellXfs>{after}"
            new.writestr(name, part)
    return stream.getvalue()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(FORMATS), min_size=1, max_size=8),
    st.lists(st.sampled_from(INSIDE), min_size=1, max_size=4),
)
def test_a_style_is_the_one_that_openpyxl_finds(formats: list[str], inside: list[str]) -> None:
    book = Workbook()
    assert book.active is not None
    for column, one in enumerate(formats, 1):
        book.active.cell(1, column, 0.5).number_format = one
    stream = io.BytesIO()
    book.save(stream)
    content = with_inside(stream.getvalue(), inside)
    read = load_workbook(io.BytesIO(content)).active
    assert read is not None
    styles = number_formats(Package(content, FORM), STYLES)
    numbers = [read.cell(1, column).style_id for column in range(1, len(formats) + 1)]
    found = [styles[number] for number in numbers]
    assert found == [read.cell(1, column).number_format for column in range(1, len(formats) + 1)]


def test_what_programs_add_to_a_style_is_no_style() -> None:
    added = '<xf numFmtId="0"><extLst><ext uri="a"><xf numFmtId="22"/></ext></extLst></xf>'
    assert shown(styled(added, '<xf numFmtId="14"/>')) == ["General", "mm-dd-yy"]


def test_the_formats_of_conditions_are_not_those_of_cells() -> None:
    own = '<numFmts><numFmt numFmtId="170" formatCode="0.00"/></numFmts>'
    other = '<dxfs><dxf><numFmt numFmtId="170" formatCode="yyyy"/></dxf></dxfs>'
    assert shown(styled('<xf numFmtId="170"/>', before=own, after=other)) == ["0.00"]


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ('<c r="B5" s="1"><v>46097</v></c>', "2026-03-16"),
        ('<c r="B5" s="1"><v>46097.375</v></c>', "2026-03-16 09:00:00"),
        ('<c r="B5" s="1"><v>46097.645833333336</v></c>', "2026-03-16 15:30:00"),
        ('<c r="B5" s="1"><v>46097.999999999</v></c>', "2026-03-17"),
        ('<c r="B5" s="1"><v>0.5</v></c>', "12:00:00"),
        ('<c r="B5" t="d"><v>2026-03-16T15:30:00</v></c>', "2026-03-16 15:30:00"),
        ('<c r="B5" t="d"><v>2026-03-16T00:00:00</v></c>', "2026-03-16"),
        ('<c r="B5" t="d"><v>2026-03-16</v></c>', "2026-03-16"),
    ],
)
def test_a_day_keeps_its_time_where_it_has_one(tmp_path: Path, stored: str, text: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(form(sheet=sheet(f'{rows()}<row r="5">{cell("A5", "a")}{stored}</row>')))
    read = {one.locator: one for one in read_workbook(path).cells}
    assert (read["Svar!B5"].text, read["Svar!B5"].kind) == (text, "date")
