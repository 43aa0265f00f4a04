"""Workbooks with several sheets, and with merged cells: nothing is chosen or left out silently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.exports.exported import Exported, UnreadableExport
from misbrug_analysis.intake.exports.layouts import read_export
from misbrug_analysis.model.mapping import MappedExport
from tests.intake.exports.exporting import said
from tests.small import faults, form_rows, load

HEAD = ["Besvarelse fra", "Skema", "t.1", "t.2", "t.d3"]
FIRST = [HEAD, ["A", "fælles", "ja", "ja", ""]]
SECOND = [HEAD, ["B", "fælles", "nej", "ja", ""]]
FORM = form_rows("b", {"t.1": "ja"}, form="fælles")
MAPPING: dict[str, Any] = {
    "layout": "wide",
    "unit": "Besvarelse fra",
    "form": "Skema",
    "items": {"t.1": "t.1", "t.2": "t.2"},
}


def write_book(folder: Path, sheets: dict[str, Any], merged: tuple[str, ...] = ()) -> None:
    """A workbook in the study's forms; cells are merged on its first sheet, the last is hidden."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([text or None for text in row])
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    if len(sheets) > 1:
        book.worksheets[-1].sheet_state = "hidden"
    book.save(folder / "forms" / "x.xlsx")


def mapped(folder: Path, **changes: Any) -> Exported:
    return read_export(MappedExport(file="forms/x.xlsx", **MAPPING | changes), load(folder))


@pytest.mark.parametrize(
    "sheets",
    [
        {"Ark1": FIRST, "Ark2": SECOND},
        {"Ark1": FIRST, "Ark2": [["Andet udtræk"], [], *SECOND]},
        {"Ark1": FORM, "Ark2": FIRST},
        {"Ark1": FIRST, "Ark2": FORM},
    ],
)
def test_answers_on_two_sheets_are_a_fault(folder: Path, sheets: dict[str, Any]) -> None:
    write_book(folder, sheets)
    problems = collect(load(folder)).problems
    assert faults(problems) == [("forms/x.xlsx", "export_sheets")]
    assert "Ark1, Ark2" in str(problems[0])


@pytest.mark.parametrize(
    "beside",
    [
        [["Vejledning"], ["Nr.", "Spørgsmål"], ["t.1", "ja"]],
        form_rows("b", {}),
        [HEAD],
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_sheet_without_answers_does_no_harm(
    folder: Path, beside: list[list[str]], is_first: bool
) -> None:
    sheets = {"Om": beside, "Svar": FIRST} if is_first else {"Svar": FIRST, "Om": beside}
    write_book(folder, sheets)
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert list(came_in.answers["locator"]) == ["Svar!C2", "Svar!D2"]


def test_a_mapping_says_which_sheet_counts_and_the_others_are_told_of(folder: Path) -> None:
    write_book(folder, {"Ark1": FIRST, "Ark2": SECOND, "Ark3": [["Navn"], ["Ib"]]})
    exported = mapped(folder, sheet="Ark2")
    assert said(exported)[0] == (0, "t.1", "answer", "nej")
    assert [(one.code, str(one.values["sheets"])) for one in exported.warnings] == [
        ("sheets_not_read", "Ark1")
    ]


def test_a_mapping_without_a_sheet_does_not_choose_either(folder: Path) -> None:
    write_book(folder, {"Ark1": FIRST, "Ark2": SECOND})
    with pytest.raises(UnreadableExport) as error:
        mapped(folder)
    assert error.value.code == "export_sheets"


def test_the_columns_of_a_mapping_are_told_by_the_row_that_has_most_of_them(folder: Path) -> None:
    write_book(folder, {"Ark1": [["Runden"], *FIRST]})
    with pytest.raises(UnreadableExport) as error:
        mapped(folder, items={"t.1": "t.1", "t.2": "Q2"})
    assert error.value.values["valid"] == ", ".join(HEAD)


@pytest.mark.parametrize(
    ("merged", "told"),
    [
        ("C2:C3", "Svar!C2:C3"),  # one answer for two
        ("A2:A3", "Svar!A2:A3"),  # one unit for two
        ("C2:D2", "Svar!C2:D2"),  # one answer to two questions
        ("C1:C2", "Svar!C1:C2"),
        ("E2:E3", None),  # columns that answer nothing
        ("E1:F1", None),
        ("D2:E2", None),  # an answer and a cell that is none
        ("C5:C6", None),  # below the responses
    ],
)
def test_merged_answers_are_a_fault(folder: Path, merged: str, told: str | None) -> None:
    write_book(folder, {"Svar": [*FIRST, SECOND[1]]}, (merged,))
    if told is None:
        assert len(mapped(folder).responses) == 2
    else:
        with pytest.raises(UnreadableExport) as error:
            mapped(folder)
        assert error.value.code == "responses_merged"
        assert error.value.values["ranges"] == told


def test_warnings_of_the_file_are_told(folder: Path) -> None:
    path = folder / "forms" / "x.csv"
    text = "Besvarelse fra;Skema;t.1;t.d3\nA;joint;ja;OgsŒ b¿rn\nB;joint;nej;\n"
    path.write_text(text, encoding="utf-8")
    warnings = collect(load(folder)).warnings
    assert ("forms/x.csv", "encoding_doubtful") in faults(warnings)
