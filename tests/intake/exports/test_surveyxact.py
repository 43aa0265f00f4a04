"""Exports of SurveyXact as three files in each encoding and as one workbook."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from misbrug_analysis.intake.exports.exported import Exported, UnreadableExport
from misbrug_analysis.intake.exports.layouts import read_export
from misbrug_analysis.model.mapping import MappedExport
from tests.intake.exports.exporting import roles, said
from tests.rounds.exported import write, write_sheets
from tests.small import load

Rows = list[list[object]]

DATASET: Rows = [
    ["kommune", "s_1", "s_2", "s_3_1", "s_3_2", "b_1", *(f"stato_{n}" for n in range(1, 6))],
    [1, 2, 1, 0, 1, "Ærlig talt; måske", 0, 0, 0, 1, 0],
    [2, 1, "", 0, 0, "", 0, 0, 1, 0, 0],
]
LABELS: Rows = [
    ["kommune", 1, "A"],
    ["kommune", 2, "B"],
    ["s_1", 1, "nej "],
    ["s_1", 2, "ja"],
    ["s_2", 1, "et år"],
    ["s_3_1", 0, "Ikke valgt"],
    ["s_3_1", 1, "Valgt"],
    ["s_3_2", 0, "Ikke valgt"],
    ["s_3_2", 1, "Valgt"],
]
HEADINGS = "questionName variableName questionType subType questionText choiceValue choiceText"
STRUCTURE: Rows = [
    [*HEADINGS.split()],
    ["s_1", "s_1", "Closed", "Single", "Følger I op?", "", "", ""],
    ["s_3", "s_3_1", "Closed", "Multiple", "Hvordan?", 1, "brev\n", ""],
    ["s_3", "s_3_2", "Closed", "Multiple", "Hvordan?", 2, "samtale ", ""],
    ["s_3", "s_3_9", "Closed", "Multiple", "Hvordan?", 3, "Andet:", ""],
]
TIED: dict[str, Any] = {
    "layout": "surveyxact",
    "unit": "kommune",
    "form_is": "joint",
    "items": {"t.1": "s_1", "t.d1": "s_2", "t.d2": "s_3"},
    "remarks": {"t.1": "b_1"},
}
SAID = [
    (0, "t.1", "answer", "ja"),
    (0, "t.d1", "answer", "et år"),
    (0, "t.d2", "2", "0"),
    (0, "t.d2", "1", "1"),
    (0, "t.1", "remark", "Ærlig talt; måske"),
    (1, "t.1", "answer", "nej"),
    (1, "t.d2", "2", "0"),
    (1, "t.d2", "1", "0"),
]


def files(
    folder: Path,
    data: Rows = DATASET,
    separator: str = ";",
    encoding: str = "cp1252",
    **changes: Any,
) -> Exported:
    """Read the three files, written in an encoding."""
    for name, rows in (("dataset", data), ("labels", LABELS), ("structure", STRUCTURE)):
        write(folder / "forms" / f"{name}.csv", rows, separator, encoding)
    paths: dict[str, Any] = {"labels": "forms/labels.csv", "structure": "forms/structure.csv"}
    export = MappedExport(file="forms/dataset.csv", **paths, **TIED | changes)
    return read_export(export, load(folder))


def workbook(folder: Path, sheets: dict[str, Rows], **changes: Any) -> Exported:
    write_sheets(folder / "forms" / "x.xlsx", sheets)
    return read_export(MappedExport(file="forms/x.xlsx", **TIED | changes), load(folder))


@pytest.mark.parametrize(
    ("separator", "encoding"), [(";", "cp1252"), (",", "cp1252"), ("\t", "utf-16")]
)
def test_three_files_in_each_encoding(folder: Path, separator: str, encoding: str) -> None:
    exported = files(folder, separator=separator, encoding=encoding)
    assert said(exported) == SAID
    assert list(exported.given["raw"][:2]) == ["ja", "et år"]
    assert list(exported.responses["unit"]) == ["A", "B"]
    assert exported.untied == ()
    assert exported.files == ("forms/dataset.csv", "forms/labels.csv", "forms/structure.csv")
    beside = exported.cells[exported.cells["source"] != "forms/dataset.csv"]
    assert set(beside["role"]) == {"codebook"}
    assert len(beside) == 3 * len(LABELS) + 7 + 5 + 7 + 7 + 7


def test_a_workbook_has_the_same_on_sheets(folder: Path) -> None:
    notes: Rows = [["Anna"]]
    sheets = {"Labels": LABELS, "Dataset": DATASET, "Structure": STRUCTURE, "Noter": notes}
    exported = workbook(folder, sheets)
    assert said(exported) == SAID
    assert exported.responses["at"].tolist() == ["Dataset!2", "Dataset!3"]
    assert exported.responses["unit_at"].tolist() == ["Dataset!A2", "Dataset!A3"]
    found = roles(exported)
    assert found["Labels!C1"] == (-1, "codebook")
    assert found["Noter!A1"] == (-1, "unused")
    assert found["Dataset!G2"] == (0, "unused")


def split(data: Rows, at: int) -> dict[str, Rows]:
    return {"Dataset(1)": [row[:at] for row in data], "Dataset(2)": [row[at:] for row in data]}


def test_wide_data_go_on_on_a_second_sheet(folder: Path) -> None:
    exported = workbook(folder, {"Labels": LABELS, **split(DATASET, 2), "Structure": STRUCTURE})
    assert said(exported) == SAID
    assert exported.places["t.1"] == ("Dataset(1)!B", "")
    assert exported.places["t.d1"] == ("Dataset(2)!A", "")
    found = roles(exported)
    assert (found["Dataset(1)!A3"], found["Dataset(2)!A2"]) == ((1, "unit"), (0, "answer"))


def test_a_row_that_is_blank_on_one_of_the_sheets_stays_in_its_place(folder: Path) -> None:
    data: Rows = [["kommune", "s_1", "s_2"], [1, 2, ""], [2, 1, 1]]
    exported = workbook(
        folder,
        {"Labels": LABELS, **split(data, 2)},
        items={"t.1": "s_1", "t.d1": "s_2"},
        remarks={},
    )
    assert said(exported) == [
        (0, "t.1", "answer", "ja"),
        (1, "t.1", "answer", "nej"),
        (1, "t.d1", "answer", "et år"),
    ]


def test_sheets_of_other_respondents_are_not_joined(folder: Path) -> None:
    parts = split(DATASET, 2)
    parts["Dataset(2)"] = parts["Dataset(2)"][:2]
    with pytest.raises(UnreadableExport) as error:
        workbook(folder, {"Labels": LABELS, **parts})
    assert error.value.code == "split_sheets_differ"


def test_sheets_that_share_a_variable_have_it_alike(folder: Path) -> None:
    parts = split(DATASET, 2)
    for row, number in zip(parts["Dataset(2)"], ["kommune", 2, 1], strict=True):
        row.insert(0, number)
    with pytest.raises(UnreadableExport) as error:
        workbook(folder, {"Labels": LABELS, **parts})
    assert error.value.code == "split_sheets_differ"


def test_another_sheet_can_be_named(folder: Path) -> None:
    sheets = {"Labels": LABELS, "Svar": DATASET, "Structure": STRUCTURE}
    assert said(workbook(folder, sheets, sheet="svar")) == SAID
    with pytest.raises(UnreadableExport) as error:
        workbook(folder, sheets, sheet="Data")
    assert error.value.code == "sheet_missing"
    assert error.value.values["valid"] == "Labels, Svar, Structure"


def test_a_workbook_that_names_no_sheet_is_told(folder: Path) -> None:
    path = folder / "forms" / "x.xlsx"
    write_sheets(path, {"Dataset": DATASET})
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = re.sub(rb"<sheet .*?/>", b"", parts["xl/workbook.xml"])
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(UnreadableExport) as error:
        read_export(MappedExport(file="forms/x.xlsx", **TIED), load(folder))
    assert error.value.code == "sheet_missing"


@pytest.mark.parametrize(
    ("status", "answer", "begun"),
    [
        (1, "", False),
        (2, "", False),
        (2, 1, True),  # the status says otherwise, and an answer is not lost
        (3, 1, True),
        (3, "", True),
        (4, 1, True),
        (5, 1, False),
        (0, 1, True),
    ],
)
def test_a_response_counts_by_its_status(
    folder: Path, status: int, answer: object, begun: bool
) -> None:
    states = [int(number == status) for number in range(1, 6)]
    exported = files(folder, [DATASET[0], [1, answer, "", 0, 0, "", *states]])
    assert exported.responses["begun"].tolist() == [begun]


def test_a_code_without_a_label_stays_a_code(folder: Path) -> None:
    exported = files(folder, [DATASET[0], [3, 7, "1,0", "", "", "", 0, 0, 0, 1, 0]])
    assert said(exported) == [(0, "t.1", "answer", "7"), (0, "t.d1", "answer", "et år")]
    assert exported.responses["unit"].tolist() == ["3"]


def test_a_label_can_stand_for_an_answer(folder: Path) -> None:
    exported = files(folder, codes={"et år": "længere"})
    assert (0, "t.d1", "answer", "længere") in said(exported)
    assert list(exported.given["raw"])[1] == "et år"


def marks(folder: Path, labels: Rows, *codes: object) -> list[str]:
    """What codes in the column of an option are read as."""
    rows: Rows = [["kommune", "s_3_1"], *(["A", code] for code in codes)]
    for name, part in (("dataset", rows), ("labels", labels)):
        write(folder / "forms" / f"{name}.csv", part, ";", "utf-8")
    changes = {"items": {"t.d2": {"brev": "s_3_1"}}, "remarks": {}, "labels": "forms/labels.csv"}
    export = MappedExport(file="forms/dataset.csv", **TIED | changes)
    return list(read_export(export, load(folder)).given["text"])


@pytest.mark.parametrize(
    ("no", "yes"),
    [
        ("Ikke valgt", "Valgt"),
        ("not selected", "Selected"),
        ("Nej", "ja"),
        ("Ikke valgt", "Brev"),  # the option's own text
        (0, 1),
    ],
)
def test_what_a_code_of_an_option_means_is_said_by_its_label(
    folder: Path, no: object, yes: object
) -> None:
    for first, second in ((1, 0), (1, 2), (7, 9)):
        labels: Rows = [["s_3_1", first, no], ["s_3_1", second, yes]]
        assert marks(folder, labels, first, second, f"{second},0") == ["0", "1", "1"]


def test_a_mapping_can_say_what_the_label_of_an_option_means(folder: Path) -> None:
    rows: Rows = [["kommune", "s_3_1"], ["A", 1], ["B", 2]]
    labels: Rows = [["s_3_1", 1, "Brugt"], ["s_3_1", 2, "Ubrugt"]]
    for name, part in (("dataset", rows), ("labels", labels)):
        write(folder / "forms" / f"{name}.csv", part, ";", "utf-8")
    changes = {"items": {"t.d2": {"brev": "s_3_1"}}, "remarks": {}, "labels": "forms/labels.csv"}
    codes = {"Brugt": "ja", "Ubrugt": "nej"}
    export = MappedExport(file="forms/dataset.csv", **TIED | changes, codes=codes)
    assert list(read_export(export, load(folder)).given["text"]) == ["1", "0"]


@pytest.mark.parametrize(
    ("labels", "codes"),
    [
        ([["s_3_1", 1, "Valgt"], ["s_3_1", 1, "Ikke valgt"]], [1]),
        ([["s_3_1", 1, "Grøn"], ["s_3_1", 0, "Ikke valgt"]], [1, 0]),
        ([["s_3_1", 1, "Ikke valgt"], ["s_3_1", 2, "Valgt"]], [0, 2]),  # what is 0 then?
    ],
)
def test_labels_that_do_not_say_whether_an_option_is_chosen_are_a_fault(
    folder: Path, labels: Rows, codes: list[object]
) -> None:
    with pytest.raises(UnreadableExport) as error:
        marks(folder, labels, *codes)
    assert error.value.code == "option_labels_unfit"
    assert error.value.values["column"] == "s_3_1"


def test_labels_of_other_codes_do_no_harm(folder: Path) -> None:
    labels: Rows = [["s_3_1", 1, "Valgt"], ["s_3_1", 99, "Grøn"]]
    assert marks(folder, labels, 1, 0) == ["1", "0"]


def test_options_can_be_named_one_by_one(folder: Path) -> None:
    items = {"t.d2": {"brev": "s_3_1", "samtale": "s_3_2"}}
    assert said(files(folder, items=items, remarks={})) == [
        (0, "t.d2", "2", "0"),
        (0, "t.d2", "1", "1"),
        (1, "t.d2", "2", "0"),
        (1, "t.d2", "1", "0"),
    ]


def test_a_question_that_the_structure_does_not_have_is_missing(folder: Path) -> None:
    with pytest.raises(UnreadableExport) as error:
        files(folder, items={"t.d2": "s_8"})
    assert error.value.code == "column_missing"


def test_labels_of_two_columns_are_none(folder: Path) -> None:
    with pytest.raises(UnreadableExport) as error:
        workbook(folder, {"Labels": [["s_1", 1]], "Dataset": DATASET, "Structure": STRUCTURE})
    assert (error.value.code, error.value.source) == ("labels_unfit", "forms/x.xlsx")
