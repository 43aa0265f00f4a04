"""The workbook: sheets that need no mending, text that stays text, and equal bytes on any day."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.datasets import Dataset, Field
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.sheets import MOST_CHARACTERS, sheet_names
from misbrug_analysis.presentation.workbook import workbook_bytes
from tests.presentation.small_tables import (
    HOSTILE,
    hand_made,
    hostile_study,
    small_study,
    tables_of,
)

DANISH = Language.load("da")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return small_study(tmp_path_factory.mktemp("small"))


def made(study: Study, *tables: Dataset, **more: int) -> bytes:
    return workbook_bytes(study, tables, DANISH, **more)


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def shown(value: object) -> object:
    """A value as Excel shows it: ``_x0041_`` is the letter A to it, and openpyxl leaves it so."""
    if not isinstance(value, str):
        return value
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), value)


def grid(sheet: Worksheet) -> list[tuple[object, ...]]:
    """The rows of a sheet's Excel table, headings first, as Excel shows them."""
    (table,) = sheet.tables.values()
    return [tuple(shown(cell.value) for cell in row) for row in sheet[table.ref]]


def parts(content: bytes) -> dict[str, str]:
    """Every XML part of the archive."""
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_sheet_has_its_title_its_notes_and_then_its_table(study: Study) -> None:
    table = hand_made({"a": ["x", "y"], "b": ["1", "2"]}, note="Noten.")
    sheet = opened(made(study, table))["Ark"]
    assert [sheet.cell(row, 1).value for row in (1, 2, 3, 4, 5)] == [
        "En tabel",
        "Til arket »Om tabellerne«",
        "Om tabellen.",
        "Noten.",
        "A",
    ]
    assert grid(sheet) == [("A", "B"), ("x", "1"), ("y", "2")]
    assert sheet["A2"].hyperlink.location == "'Om tabellerne'!A1"
    assert sheet.freeze_panes == "A6"
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.merged_cells.ranges == set()


def test_every_cell_of_a_table_says_something(study: Study) -> None:
    fields = [
        Field("a", "A", "Om.", optional=True),
        Field("n", "N", "Om.", "integer", optional=True),
    ]
    values = {"a": ["", "", "x"], "n": [None, 2.0, None]}
    table = hand_made(values, fields, not_applicable={"a": [False, True, False]})
    assert grid(opened(made(study, table))["Ark"])[1:] == [("[x]", "[x]"), ("[z]", 2), ("x", "[x]")]


def test_figures_are_numbers_in_the_format_of_the_language(study: Study) -> None:
    fields = [
        Field("s", "Andel", "Om.", "share"),
        Field("t", "Fin", "Om.", "share", decimals=1),
        Field("n", "Antal", "Om.", "integer"),
        Field("y", "År", "Om.", "year"),
        Field("d", "Dato", "Om.", "date"),
    ]
    values = {"s": [0.5], "t": [0.996], "n": [1200], "y": [2014], "d": [date(2024, 5, 2)]}
    sheet = opened(made(study, hand_made(values, fields)))["Ark"]
    cells = sheet[sheet.max_row]
    assert [cell.data_type for cell in cells] == ["n", "n", "n", "n", "d"]
    assert [cell.number_format for cell in cells] == [
        r"0\ %",
        r"0.0\ %",
        "#,##0",
        "0",
        r"yyyy\-mm\-dd",
    ]


def test_english_writes_percent_without_a_space(study: Study) -> None:
    table = hand_made({"s": [0.5]}, [Field("s", "Share", "About.", "share")])
    book = opened(workbook_bytes(study, [table], Language.load("en")))
    assert book["Ark"].cell(book["Ark"].max_row, 1).number_format == "0%"


@pytest.mark.parametrize("text", [*HOSTILE, "\t=1", "=", "'x", " x ", "[x]", "1e5", "a\nb"])
def test_text_comes_back_as_it_was_and_is_no_formula(study: Study, text: str) -> None:
    content = made(study, hand_made({"a": [text]}, title=text, about=text, note=text, sheet=text))
    sheet = opened(content).worksheets[-1]
    assert grid(sheet)[1] == (text,)
    assert shown(sheet["A1"].value) == text
    for row in sheet.iter_rows():
        assert {cell.data_type for cell in row if cell.value is not None} <= {"s"}
    assert not any("<f>" in part or "<f " in part for part in parts(content).values())


@pytest.mark.parametrize("label", ["=1+1", "@A", "#N/A", "Andel\n[x]", "a\x00b"])
def test_a_heading_is_the_same_in_cell_and_table(study: Study, label: str) -> None:
    sheet = opened(made(study, hand_made({"a": ["x"]}, [Field("a", label, "Om.")])))["Ark"]
    (table,) = sheet.tables.values()
    assert grid(sheet)[0] == tuple(column.name for column in table.tableColumns)
    assert sheet[table.ref][0][0].data_type == "s"


def test_headings_of_one_label_are_told_apart(study: Study) -> None:
    fields = [Field("a", "Svar", "Om."), Field("b", "svar", "Om.")]
    assert grid(opened(made(study, hand_made({"a": ["x"], "b": ["y"]}, fields)))["Ark"])[0] == (
        "Svar",
        "svar (2)",
    )


def test_control_characters_are_replaced(study: Study) -> None:
    sheet = opened(made(study, hand_made({"a": ["a\x00b\x0bc\ud800d\r\ne"]})))["Ark"]
    assert grid(sheet)[1] == ("a�b�c�d\ne",)


@pytest.mark.parametrize("character", ["x", "🙂"])
def test_a_text_too_long_for_a_cell_ends_with_a_note(study: Study, character: str) -> None:
    sheet = opened(made(study, hand_made({"a": [character * 40_000]})))["Ark"]
    (text,) = grid(sheet)[1]
    assert str(text).endswith("[forkortet: hele teksten står i CSV-filen data/made.csv]")
    assert len(str(text).encode("utf-16-le")) // 2 in (MOST_CHARACTERS, MOST_CHARACTERS - 1)


def test_a_hostile_study_has_no_formula_anywhere(tmp_path: Path) -> None:
    study = hostile_study(tmp_path)
    content = made(study, *tables_of(study).values())
    for name, part in parts(content).items():
        assert "<f>" not in part, name
        assert "<f " not in part, name
    answers = [row for sheet in opened(content) if sheet.title == "Svar" for row in grid(sheet)]
    assert {row[4] for row in answers} >= {*HOSTILE, "=2+2"} - {"  =1+1"}


def test_the_notes_come_first_and_lead_to_every_sheet(study: Study) -> None:
    table = hand_made({"a": ["x"]}, sheet="Anne's [ark]")
    book = opened(made(study, table))
    notes = book.worksheets[0]
    assert book.sheetnames == ["Om tabellerne", "Kolonner", "Ord", "Anne's ark"]
    assert [row[0] for row in grid(notes)[1:]] == ["Kolonner", "Ord", "Anne's ark"]
    assert [row[2] for row in grid(notes)[1:]] == [1, 0, 1]
    links = [row[0].hyperlink.location for row in notes[next(iter(notes.tables.values())).ref][1:]]
    assert links == ["'Kolonner'!A1", "'Ord'!A1", "'Anne''s ark'!A1"]


def test_the_notes_explain_the_shorthand_and_what_is_reconstructed(tmp_path: Path) -> None:
    provenance = {"kind": "reconstructed", "statement": {"da": "Svarene er rekonstrueret."}}
    study = small_study(tmp_path, provenance=provenance | {"year": 2026})
    book = opened(made(study, hand_made({"a": ["x"]})))
    notes = "\n".join(str(row[0].value) for row in book.worksheets[0].iter_rows())
    assert "[x] betyder" in notes
    assert "[z] betyder" in notes
    assert "Undersøgelsen gælder 2024. Svarene er rekonstrueret i 2026." in notes
    assert "maj" not in notes
    for sheet in (book.worksheets[0], book["Kolonner"], book["Ark"]):
        assert any(row[0].value == "Svarene er rekonstrueret." for row in sheet.iter_rows())
        assert sheet.oddHeader.left.text == "Svarene er rekonstrueret."
        assert sheet.oddFooter.left.text == "&A"
    assert book.worksheets[0].page_setup.fitToHeight == 1
    assert "Svarene er rekonstrueret." in str(book.properties.description)


def test_a_table_without_answers_says_so_in_place_of_the_statement(tmp_path: Path) -> None:
    provenance = {"kind": "reconstructed", "statement": {"da": "Svarene er rekonstrueret."}}
    study = small_study(tmp_path, provenance=provenance)
    sheet = opened(made(study, hand_made({"a": ["x"]}, of_answers=False)))["Ark"]
    lines = [row[0].value for row in sheet.iter_rows()]
    assert "Tabellen indeholder ingen svar." in lines
    assert "Svarene er rekonstrueret." not in lines
    assert sheet.oddHeader.left.text is None


def test_words_that_need_it_are_explained_on_a_sheet_of_their_own(study: Study) -> None:
    codes = {"a": "Aftalt", "b": "Byttet"}
    rule = Field("rule", "Regel", "Om.", "code", codes=codes, explained={"a": "De blev enige."})
    book = opened(made(study, hand_made({"rule": ["a"]}, [rule])))
    assert grid(book["Ord"])[1:] == [("Ark", "Regel", "Aftalt", "De blev enige.")]
    told = "Arket »Ord« forklarer ordene i kolonnen »Regel«."
    assert any(row[0].value == told for row in book["Ark"].iter_rows())


@pytest.mark.parametrize(
    ("note", "cells"), [("Kort.", "B6"), ("Langt. " * 100, "B1")], ids=["short", "long"]
)
def test_the_key_stays_in_view_and_the_headings_where_there_is_room(
    study: Study, note: str, cells: str
) -> None:
    table = replace(hand_made({"a": ["x"], "b": ["y"]}, note=note), key=("a",))
    assert opened(made(study, table))["Ark"].freeze_panes == cells


def test_a_share_is_said_to_be_in_percent_where_it_is_shown_so(study: Study) -> None:
    field = Field("s", "Andel", "Om.", "share", measure="andel fra 0 til 1")
    sheet = opened(made(study, hand_made({"s": [0.5]}, [field])))["Kolonner"]
    assert grid(sheet)[1][-1] == "procent"


def test_every_column_is_explained(study: Study) -> None:
    fields = [Field("n", "Antal", "Hvor mange.", "integer", measure="antal steder")]
    sheet = opened(made(study, hand_made({"n": [1]}, fields)))["Kolonner"]
    assert grid(sheet)[1:] == [("Ark", "Antal", "n", "Hvor mange.", "antal steder")]


def test_a_table_without_rows_says_so(study: Study) -> None:
    sheet = opened(made(study, hand_made({"a": []})))["Ark"]
    assert not sheet.tables
    assert sheet.cell(sheet.max_row, 1).value == "Tabellen har ingen rækker."


@pytest.mark.parametrize(("rows", "fits"), [(7, True), (8, False)])
def test_a_table_longer_than_a_sheet_is_left_to_its_csv_file(
    study: Study, rows: int, fits: bool
) -> None:
    """Title, link, note and heading take four rows of the eleven."""
    sheet = opened(made(study, hand_made({"a": ["x"] * rows}), most_rows=11))["Ark"]
    assert bool(sheet.tables) is fits
    assert sheet.max_row == (11 if fits else 4)
    if not fits:
        told = str(sheet.cell(4, 1).value)
        assert told.startswith("Tabellen har 8 rækker og er for lang til et regneark.")


def test_columns_are_as_wide_as_they_need_within_limits(study: Study) -> None:
    fields = [Field("n", "N", "Om.", "integer"), Field("t", "T", "Om.")]
    values = {"n": [123_456_789], "t": ["ord " * 100]}
    sheet = opened(made(study, hand_made(values, fields)))["Ark"]
    assert len("123.456.789") < sheet.column_dimensions["A"].width <= 20
    assert sheet.column_dimensions["B"].width == 60
    assert sheet[sheet.max_row][1].alignment.wrap_text
    assert sheet.row_dimensions[sheet.max_row].height > 5 * 14


def test_the_file_tells_no_day_that_nobody_knows(study: Study) -> None:
    """A zip archive must tell one, so it tells the earliest there is."""
    content = made(study, hand_made({"a": ["x"]}))
    with ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "dcterms:created" not in parts(content)["docProps/core.xml"]
    assert "dcterms:modified" not in parts(content)["docProps/core.xml"]
    assert made(study, hand_made({"a": ["x"]})) == content


def test_the_properties_name_title_language_and_maker(tmp_path: Path) -> None:
    study = hostile_study(tmp_path)
    properties = opened(made(study, hand_made({"a": ["x"]}))).properties
    assert properties.title == "=1+1 [a]:*?/\\ & 'b': tabeller"
    assert (properties.language, properties.creator) == ("da", "misbrug-analysis")


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["Svar", "svar"], ["Svar", "svar (2)"]),
        (["=1", "a[b]:*?/\\c"], ["=1", "a b c"]),
        (["x" * 40, "X" * 40], ["x" * 31, "X" * 27 + " (2)"]),
        (["'navn'", "", "\x00\x1f"], ["navn", "-", "��"]),
        (["History", "🙂" * 20], ["History (2)", "🙂" * 15]),
    ],
)
def test_sheets_have_names_that_excel_takes(wanted: list[str], names: list[str]) -> None:
    assert sheet_names(wanted) == names
