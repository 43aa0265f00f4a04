"""Sheets in the XML that openpyxl writes: whatever stands in a cell, byte for byte."""

from __future__ import annotations

import io
from datetime import date, datetime
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.hyperlink import Hyperlink

from misbrug_analysis.presentation.archive import packed
from misbrug_analysis.presentation.datasets.description import Value
from misbrug_analysis.presentation.sheets import (
    LINK,
    NOTE,
    TEXT_FORMAT,
    TITLE,
    Sheet,
    put_text,
    write_cell,
    write_grid,
)

SHEET = "xl/worksheets/sheet1.xml"
STYLES = "xl/styles.xml"


def part(content: bytes, name: str) -> bytes:
    with ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def same(book: Workbook) -> bool:
    ours, theirs = packed(book), saved(book)
    return all(part(ours, name) == part(theirs, name) for name in (SHEET, STYLES))


@pytest.mark.parametrize(
    "value",
    [
        "Ja",
        "<b> & \"citat\" 'og' ]]>",
        " luft foran og bagved ",
        "   ",
        "to\nlinjer\tog mere",
        "æøå \N{GRINNING FACE} rows",
        "=1+1",
        "#N/A",
        "",
        0,
        -3,
        12345678901234567,
        0.1,
        1 / 3,
        1e-7,
        True,
        date(2014, 6, 30),
        datetime(2014, 6, 30, 12, 30),
    ],
    ids=repr,
)
def test_a_value_stands_as_openpyxl_writes_it(value: object) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    cell = sheet.cell(2, 3)
    if isinstance(value, str):
        put_text(cell, value)  # type: ignore[arg-type]
    else:
        cell.value = value  # type: ignore[assignment]
    assert same(book)


def test_what_openpyxl_takes_for_a_formula_is_a_text() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "=1+1"
    assert b't="inlineStr"><is><t>=1+1</t></is></c>' in part(packed(book), SHEET)


def test_styles_are_numbered_in_the_order_of_the_cells() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.cell(3, 1, "sidst").font = Font(bold=True)
    sheet.cell(1, 2, "først").font = NOTE
    sheet.cell(2, 1).font = Font(italic=True)  # nothing stands in it
    assert same(book)


def test_heights_links_and_merged_cells_are_there() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "Til noterne"
    sheet["A1"].hyperlink = Hyperlink(ref="A1", location="'Noter'!A1")
    sheet.row_dimensions[1].height = 29
    sheet.row_dimensions[4].height = 14.5  # a row without cells
    sheet["A2"] = "bred"
    sheet.merge_cells("A2:B2")
    assert same(book)
    (found,) = load_workbook(io.BytesIO(packed(book))).worksheets
    assert found["A1"].hyperlink.location == "'Noter'!A1"


def test_a_grid_is_written_as_if_its_cells_were_the_sheets() -> None:
    columns: list[list[Value]] = [
        ["Ja", "=1+1", "Ja", "<b>"],
        [7, 0.5, "[x]", 7],
        [date(2014, 6, 30), "", "  ", date(2014, 6, 30)],
    ]
    formats = [TEXT_FORMAT, "0.0", "yyyy\\-mm\\-dd"]
    gridded, celled = Workbook(), Workbook()
    sheets = [book.worksheets[0] for book in (gridded, celled)]
    for sheet in sheets:
        write_cell(sheet, 1, 1, "Titel", TITLE)
        sheet.row_dimensions[4].height = 29
        write_cell(sheet, 3, 2, "mit", LINK)  # goes before what the grid has there
    table = Sheet("t", ["a", "b", "c"], formats, columns)
    grid, same_grid = (write_grid(sheet, table, 2, [9, 9, 9]) for sheet in sheets)
    for column, cells in enumerate(same_grid.columns, 1):
        for row, (cell, value) in enumerate(zip(cells, columns[column - 1], strict=True), 3):
            made = celled.worksheets[0].cell(row, column)
            if made.value == "mit":
                continue
            if isinstance(value, str):
                put_text(made, value)  # type: ignore[arg-type]
            else:
                made.value = value  # type: ignore[assignment]
            made._style = cell.style  # type: ignore[union-attr]
    ours, theirs = packed(gridded, {sheets[0].title: grid}), saved(celled)
    assert all(part(ours, name) == part(theirs, name) for name in (SHEET, STYLES))
    (found,) = load_workbook(io.BytesIO(ours)).worksheets
    assert [cell.value for cell in found[3]] == ["Ja", "mit", datetime(2014, 6, 30)]
    assert found.dimensions == "A1:C6"


def test_a_sheet_without_rows_is_one_too() -> None:
    assert same(Workbook())
