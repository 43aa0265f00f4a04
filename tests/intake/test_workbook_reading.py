"""What a workbook holds is read as Excel shows it, and what is not read is told."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from misbrug_analysis.intake.bounds import FORM, UnreadableFile
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.grid import Cell, Merge
from misbrug_analysis.intake.workbooks import read_workbook
from tests.hostile.workbook import (
    MAIN,
    SHEET,
    Case,
    cell,
    form,
    packed,
    relations,
    sheet,
    sound,
    with_rows,
)
from tests.small import load

DRAWING = "xl/drawings/drawing1.xml"
FROM_DRAWING = "xl/drawings/_rels/drawing1.xml.rels"


def written(folder: Path, content: bytes) -> Path:
    path = folder / "a.xlsx"
    path.write_bytes(content)
    return path


def texts(folder: Path, content: bytes) -> dict[str, str]:
    """Every text of a workbook by its place."""
    return {one.locator: one.text for one in read_workbook(written(folder, content)).cells}


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("_x0041_", "A"),
        ("_x005F_x0041_", "_x0041_"),
        ("_x005f_x0041_", "_x0041_"),
        ("_x005F_x005F_x005F_x0041_", "_x005F_x0041_"),
        ("a_x000D_b", "a\nb"),
        ("a_x000D_\nb", "a\nb"),
        ("_x00E6_", "æ"),
        ("_xD83D__xDE00_", "😀"),
        ("_xD83D_", "�"),
        ("_x0001_", "�"),
        ("a\ufff9b", "a�b"),
        ("_x41_", "_x41_"),
        ("_X0041_", "_X0041_"),
        ("_xGGGG_", "_xGGGG_"),
    ],
)
def test_escapes_stand_for_what_excel_shows(tmp_path: Path, stored: str, shown: str) -> None:
    shared = form(
        strings=f'<sst xmlns="{MAIN}"><si><t>{stored}</t></si></sst>',
        sheet=sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
    )
    assert texts(tmp_path, shared) == {"Svar!A1": shown}
    assert texts(tmp_path, form(sheet=sheet(f'<row r="1">{cell("A1", stored)}</row>'))) == {
        "Svar!A1": shown
    }
    note = f'<comments><comment ref="A1"><t>{stored}</t></comment></comments>'
    noted = sound(relations=relations(("comments", "../c.xml")), sheet=sheet(""))
    assert texts(tmp_path, packed({**noted, "xl/c.xml": note})) == {"Svar!A1 (note)": shown}


def test_how_a_text_is_pronounced_is_no_part_of_it(tmp_path: Path) -> None:
    runs = "<si><r><t>Ka</t></r><r><t>na</t></r><rPh sb='0' eb='1'><t>kana</t></rPh></si>"
    content = form(
        strings=f'<sst xmlns="{MAIN}">{runs}</sst>',
        sheet=sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
    )
    assert texts(tmp_path, content) == {"Svar!A1": "Kana"}


@pytest.mark.parametrize(
    ("cells", "text", "kind"),
    [
        ('<c r="A1"><v>3</v></c>', "3", "number"),
        ('<c r="A1"><v>3.0</v></c>', "3", "number"),
        ('<c r="A1"><v>0.25</v></c>', "0.25", "number"),
        ('<c r="A1" s="2"><v>0.25</v></c>', "25 %", "number"),
        ('<c r="A1" s="1"><v>41712</v></c>', "2014-03-14", "date"),
        ('<c r="A1" s="1"><v>99999999999</v></c>', "#VALUE!", "error"),
        ('<c r="A1" t="d"><v>2014-03-14T00:00:00</v></c>', "2014-03-14", "date"),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE", "truth"),
        ('<c r="A1" t="b"><v>0</v></c>', "FALSE", "truth"),
        ('<c r="A1" t="e"><v>#REF!</v></c>', "#REF!", "error"),
        ('<c r="A1" t="str"><v>ja</v></c>', "ja", "text"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', "=1+1", "formula"),
    ],
)
def test_a_cell_is_what_its_type_and_format_say(
    tmp_path: Path, cells: str, text: str, kind: str
) -> None:
    formats = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 9))
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs>{formats}</cellXfs></styleSheet>'
    content = form(styles=styles, sheet=sheet(f'<row r="1">{cells}</row>'))
    read = read_workbook(written(tmp_path, content)).cells
    assert read == [Cell(1, 1, text, "Svar!A1", kind)]  # type: ignore[arg-type]


def test_days_can_be_counted_from_1904(tmp_path: Path) -> None:
    book = str(sound()["xl/workbook.xml"]).replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    day = '<row r="1"><c r="A1" s="1"><v>40250</v></c></row>'  # 41712 less the 1462 between them
    assert texts(tmp_path, form(workbook=book, sheet=sheet(day))) == {"Svar!A1": "2014-03-14"}


def test_what_openpyxl_writes_is_read_as_openpyxl_reads_it(tmp_path: Path) -> None:
    values = ["tekst", 1, 2.5, True, date(2014, 3, 14), time(12, 30), timedelta(hours=30), "=A1"]
    values += [datetime(2014, 3, 14), "æøå 😀", " luft ", 1e20, -3]
    book = Workbook()
    assert book.active is not None
    book.active.append(values)
    book.create_sheet("Andet").append(["b"])
    book.save(tmp_path / "a.xlsx")
    known = {
        f"{one.title}!{found.coordinate}"
        for one in load_workbook(tmp_path / "a.xlsx")
        for row in one.iter_rows()
        for found in row
    }
    read = {one.locator: one.text for one in read_workbook(tmp_path / "a.xlsx").cells}
    assert set(read) == known
    assert list(read.values()) == [
        *("tekst", "1", "2.5", "TRUE", "2014-03-14", "12:30:00", "1 day, 6:00:00", "=A1"),
        *("2014-03-14", "æøå 😀", "luft", "100000000000000000000", "-3", "b"),
    ]


def drawn(kind: str, content: str) -> bytes:
    """A workbook with a drawing that names a part of a kind."""
    parts = sound(relations=relations(("drawing", "../drawings/drawing1.xml")), sheet=sheet(""))
    part = {DRAWING: "<wsDr/>", FROM_DRAWING: relations((kind, "../x.xml")), "xl/x.xml": content}
    return packed({**parts, **part})


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("chart", "<chart><title><tx><rich><p><r><t>Nej</t></r></p></rich></tx></title></chart>"),
        ("chartEx", "<chart><rich><p><r><t>Nej</t></r></p></rich></chart>"),
        ("diagramData", "<model><pt><t><p><r><t>Nej</t></r></p></t></pt></model>"),
    ],
)
def test_the_text_of_charts_and_diagrams_is_a_text_box(
    tmp_path: Path, kind: str, content: str
) -> None:
    assert texts(tmp_path, drawn(kind, content)) == {"Svar (text box)": "Nej"}


def test_the_text_of_a_box_to_tick_is_a_text_box(tmp_path: Path) -> None:
    old = "<xml><shape><textbox><div><font>Nej tak</font></div></textbox></shape></xml>"
    parts = sound(relations=relations(("vmlDrawing", "../v.vml")), sheet=sheet(""))
    assert texts(tmp_path, packed({**parts, "xl/v.vml": old})) == {"Svar (text box)": "Nej tak"}


UNREAD = (
    Case("object", "parts_unread", lambda _: form(relations=relations(("oleObject", "../o.bin")))),
    Case("tick box", "parts_unread", lambda _: form(relations=relations(("ctrlProp", "../c.xml")))),
    Case(
        "old drawing that is no XML",
        "parts_unread",
        lambda _: packed(
            {**sound(relations=relations(("vmlDrawing", "../v.vml"))), "xl/v.vml": "<a><br></a>"}
        ),
    ),
    Case("link", "links_not_followed", lambda _: packed({**sound(), "xl/externalLinks/a.xml": ""})),
    Case("database", "links_not_followed", lambda _: packed({**sound(), "xl/connections.xml": ""})),
)


@pytest.mark.parametrize("case", UNREAD, ids=lambda case: case.name)
def test_what_is_not_read_is_told_and_the_form_is_used(folder: Path, case: Case) -> None:
    (folder / case.place).write_bytes(case.make(1))
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert [one.code for one in came_in.warnings] == [case.code]
    assert len(came_in.answers) == 2


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("=cmd()", "=cmd()"),
        ("../../etc", "../../etc"),
        ("&lt;script&gt;", "<script>"),
        ("a&#10;b", "a b"),
        ("a" * 500, "a" * 100),
        ("_x0041_", "A"),
        (" ", "–"),
    ],
)
def test_a_sheet_of_any_name_is_read_under_one_line(tmp_path: Path, title: str, name: str) -> None:
    book = str(sound()["xl/workbook.xml"]).replace('name="Svar"', f'name="{title}"')
    assert read_workbook(written(tmp_path, form(workbook=book))).sheets[0].name == name


def test_a_hidden_sheet_is_read_like_any_other(tmp_path: Path) -> None:
    book = str(sound()["xl/workbook.xml"]).replace('name="Svar"', 'name="Svar" state="veryHidden"')
    assert len(read_workbook(written(tmp_path, form(workbook=book))).cells) == 12


def test_nothing_is_written_beside_what_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, with_rows(""))
    read_workbook(path)
    assert list(tmp_path.iterdir()) == [path]
    assert SHEET in sound()


def refusal(folder: Path, content: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_workbook(written(folder, content))
    return refused.value.code


@pytest.mark.parametrize("number", [1, 2])
def test_a_text_that_is_not_there_is_damage(tmp_path: Path, number: int) -> None:
    """The sound form has one shared text."""
    content = form(sheet=sheet(f'<row r="1"><c r="A1" t="s"><v>{number}</v></c></row>'))
    assert refusal(tmp_path, content) == "not_a_workbook"


def test_a_part_that_is_no_sheet_is_damage(tmp_path: Path) -> None:
    assert refusal(tmp_path, form(sheet=f'<sst xmlns="{MAIN}"/>')) == "not_a_workbook"


def test_cells_are_merged_as_far_as_a_form_reaches(tmp_path: Path) -> None:
    merged = '<mergeCells><mergeCell ref="C2:XFD1048576"/></mergeCells>'
    read = read_workbook(written(tmp_path, with_rows("", merged)))
    (merge,) = read.sheets[0].merges
    assert merge == Merge(2, 3, FORM.rows, FORM.columns)


@pytest.mark.parametrize(
    ("said", "saved"),
    [
        ("2024-03-01T12:00:00+02:00", "2024-03-01T10:00:00+00:00"),
        ("2024-03-01T12:00:00", "2024-03-01T12:00:00+00:00"),
        ("0001-01-01T00:00:00+02:00", "None"),
    ],
)
def test_the_time_of_a_workbook_is_that_of_greenwich(tmp_path: Path, said: str, saved: str) -> None:
    core = f"<coreProperties><modified>{said}</modified></coreProperties>"
    found = read_workbook(written(tmp_path, form(core=core))).saved
    assert (found.isoformat() if found else str(found)) == saved
