"""Exports that need no mapping are told from forms by their first row."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.exports.exported import UnreadableExport
from misbrug_analysis.intake.exports.layouts import read_export, read_recognised
from misbrug_analysis.intake.exports.recognising import recognised
from tests.intake.exports.exporting import known, said
from tests.small import faults, form_rows, load, write_csv, write_workbook

WIDE = [
    ["Besvarelse fra", "Skema", "t.1", "t,2", "t.1 Bemærkning", "t.d2/1", "t.d2/2", "Navn"],
    ["A", "fælles", "ja", "nej", "Altid.", "x", "", "Ib"],
]
LONG = [["Besvarelse fra", "Nr.", "Spørgsmål", "Svar"], ["A", "t.1", "Følger I op?", "ja"]]


@pytest.mark.parametrize("name", ["x.csv", "x.tsv", "x.txt"])
def test_a_wide_file_is_known_by_the_unit_and_the_questions_numbers(
    folder: Path, name: str
) -> None:
    mapping = known(folder, WIDE, name)
    assert mapping is not None
    exported = read_export(mapping, load(folder))
    assert said(exported) == [
        (0, "t.1", "answer", "ja"),
        (0, "t.2", "answer", "nej"),
        (0, "t.1", "remark", "Altid."),
        (0, "t.d2", "1", "x"),
    ]
    assert exported.untied == ("Navn",)


def test_so_is_a_workbook(folder: Path) -> None:
    path = write_workbook(folder / "forms" / "x.xlsx", WIDE)
    study = load(folder)
    mapping = recognised(path, "forms/x.xlsx", study)
    assert mapping is not None
    exported = read_export(mapping, study)
    assert said(exported)[0] == (0, "t.1", "answer", "ja")
    assert exported.responses["at"].tolist() == ["Svar!2"]


def test_a_long_file_is_known_by_unit_question_and_answer(folder: Path) -> None:
    mapping = known(folder, LONG)
    assert mapping is not None
    exported = read_export(mapping, load(folder))
    assert (said(exported), exported.untied) == ([(0, "t.1", "answer", "ja")], ())


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx", "x.txt"])
def test_a_form_is_none(folder: Path, name: str) -> None:
    path = folder / "forms" / name
    rows = form_rows("a", {"t.1": "ja"})
    for content in (rows, rows[2:], [row for row in rows if row]):
        if name.endswith("xlsx"):
            write_workbook(path, content)
        else:
            write_csv(path, content)
        assert recognised(path, f"forms/{name}", load(folder)) is None


def test_a_form_with_a_question_beside_its_head_is_none(folder: Path) -> None:
    rows = form_rows("a", {"t.1": "ja"})
    rows[2] = [*rows[2], "t.1"]
    assert rows[2][0] == "Besvarelse fra"
    assert known(folder, rows) is None


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["Besvarelse fra", "Syd 1"]],
        [["Besvarelse fra", "Skema", "t.9"]],  # no question of this instrument
        [["Navn", "t.1", "t.2"]],  # nobody says whose it is
        [["Besvarelse fra", "Besvarelse fra", "t.1"]],  # two do
        [["Besvarelse fra", "Nr.", "Spørgsmål"]],
    ],
)
def test_what_lacks_a_heading_is_none(folder: Path, rows: list[list[str]]) -> None:
    assert known(folder, rows) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", b"\0\1\2"),
        ("x.csv", b"\xff\xfe\xff"),
        ("x.csv", b'"' + b"x" * 400_000),
        ("x.csv", b""),
        ("x.xlsx", b"PK\3\4"),
        ("x.xlsx", b""),
        ("x.ods", b"PK\3\4"),
    ],
)
def test_what_cannot_be_read_is_none(folder: Path, name: str, content: bytes) -> None:
    path = folder / "forms" / name
    path.write_bytes(content)
    assert recognised(path, f"forms/{name}", load(folder)) is None


def test_what_is_no_file_is_none(folder: Path) -> None:
    study = load(folder)
    (folder / "forms" / "x.csv").mkdir()
    assert recognised(folder / "forms" / "x.csv", "forms/x.csv", study) is None
    assert recognised(folder / "forms" / "y.xlsx", "forms/y.xlsx", study) is None


def test_a_file_that_is_called_by_another_name_is_none(folder: Path) -> None:
    path = write_csv(folder / "forms" / "120385-1234.csv", WIDE)
    assert recognised(path, "forms/[cpr].csv", load(folder)) is None


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (["t.1", "t.1"], "row 1 column 3, row 1 column 4"),
        (["t.1", "T,1."], "row 1 column 3, row 1 column 4"),
        (["t.d2", "t.d2/1"], "row 1 column 3, row 1 column 4"),
        (["t.1 Bemærkning", "t.1 bemærkning"], "row 1 column 3, row 1 column 4"),
        (["Skema", "skema"], "row 1 column 3, row 1 column 4"),
    ],
)
def test_columns_that_say_the_same_are_a_fault_where_both_are_filled_in(
    folder: Path, headings: list[str], columns: str
) -> None:
    head = ["Besvarelse fra", "t.2", *headings]
    mapping = known(folder, [head, ["A", "ja", "x", ""], ["B", "ja", "", "y"]])
    assert mapping is not None
    with pytest.raises(UnreadableExport) as error:
        read_recognised(mapping, load(folder))
    assert (error.value.code, error.value.values["columns"]) == ("columns_alike", columns)


def test_equal_headings_do_no_harm_over_an_empty_column(folder: Path) -> None:
    mapping = known(folder, [["Besvarelse fra", "t.1", "t.1", "t.d2/1", "t.d2/2"], ["A", "ja"]])
    assert mapping is not None
    exported = read_recognised(mapping, load(folder))
    assert (said(exported), exported.untied) == ([(0, "t.1", "answer", "ja")], ())


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_a_title_may_stand_above_the_headings(folder: Path, name: str) -> None:
    rows = [["Runden 2024"], ["Udtrukket", "1. maj", "af", "Ib"], [], *WIDE]
    path = folder / "forms" / name
    (write_workbook if name.endswith("xlsx") else write_csv)(path, rows)
    study = load(folder)
    mapping = recognised(path, f"forms/{name}", study)
    assert mapping is not None
    exported = read_recognised(mapping, study)
    assert said(exported)[0] == (0, "t.1", "answer", "ja")
    assert list(exported.responses["row"]) == [5]
    above = exported.cells[exported.cells["response"] < 0]
    assert set(above["role"]) == {"heading"}
    assert list(above["text"])[:3] == ["Runden 2024", "Udtrukket", "1. maj"]
    assert exported.places["t.1"][1] == ("" if name.endswith("xlsx") else " column 3")


def test_headings_may_be_written_in_several_ways_of_showing_letters(folder: Path) -> None:
    path = folder / "forms" / "x.xlsx"
    bold = CellRichText("t", TextBlock(InlineFont(b=True), ".1"))
    write_workbook(path, [["Besvarelse fra", "Skema", bold], ["A", "fælles", "ja"]])
    study = load(folder)
    mapping = recognised(path, "forms/x.xlsx", study)
    assert mapping is not None
    assert said(read_recognised(mapping, study)) == [(0, "t.1", "answer", "ja")]


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_a_large_file_needs_a_mapping(folder: Path, name: str) -> None:
    rows = [
        ["Besvarelse fra", "t.d3"],
        *(["A", f"{number} {'x' * 110}"] for number in range(50_001)),
    ]
    path = folder / "forms" / name
    (write_workbook if name.endswith("xlsx") else write_csv)(path, rows)
    assert faults(collect(load(folder)).problems) == [(f"forms/{name}", "export_needs_mapping")]


def test_what_is_larger_than_a_form_is_not_even_opened(folder: Path) -> None:
    path = write_workbook(folder / "forms" / "x.xlsx", WIDE)
    with path.open("r+b") as file:
        file.truncate(5_000_001)
    assert faults(collect(load(folder)).problems) == [("forms/x.xlsx", "export_needs_mapping")]
