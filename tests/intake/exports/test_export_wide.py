"""Wide exports: a row a respondent, a column a question, and what a mapping says of the columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from misbrug_analysis.intake.exports.exported import UnreadableExport
from tests.intake.exports.exporting import read, roles, said

HEAD = ["Kommune", "Skema", "Q1", "Q2", "Q2 uddyb", "Navn"]
TIED: dict[str, Any] = {"unit": "Kommune", "form": "Skema", "items": {"t.1": "Q1", "t.2": "Q2"}}


def test_each_row_is_a_response_and_each_cell_has_a_role(folder: Path) -> None:
    rows = [HEAD, ["A", "fælles", "ja", "nej", "Måske.", "Ib"], ["B", "", "", "delvis", "", ""]]
    exported = read(folder, rows, layout="wide", **TIED, remarks={"t.2": "Q2 uddyb"})
    assert said(exported) == [
        (0, "t.1", "answer", "ja"),
        (0, "t.2", "answer", "nej"),
        (0, "t.2", "remark", "Måske."),
        (1, "t.2", "answer", "delvis"),
    ]
    found = roles(exported)
    assert len(found) == 6 + 6 + 2
    assert {found[f"row 1 column {column}"] for column in range(1, 7)} == {(-1, "heading")}
    assert [found[f"row 2 column {column}"] for column in range(1, 7)] == [
        (0, "unit"),
        (0, "form"),
        (0, "answer"),
        (0, "answer"),
        (0, "remark"),
        (0, "untied"),
    ]
    assert found["row 3 column 4"] == (1, "answer")
    assert exported.untied == ("Navn",)
    assert exported.asked == {"t.1", "t.2"}
    assert exported.places["t.2"] == ("row ", " column 4")


def test_a_response_says_whose_it_is_and_where(folder: Path) -> None:
    rows = [["Kommune", "Dato", "Q1"], [], ["A", "2024-05-01 10:30:00", "ja"], ["", "", "nej"]]
    exported = read(
        folder,
        rows,
        layout="wide",
        unit="Kommune",
        form_is="joint",
        date="Dato",
        items={"t.1": "Q1"},
    )
    assert exported.responses.to_dict("records") == [
        {
            "at": "row 3",
            "row": 3,
            "unit": "A",
            "unit_at": "row 3 column 1",
            "form": "",
            "form_at": "",
            "date": "2024-05-01 10:30:00",
            "date_at": "row 3 column 2",
            "respondent": "",
            "role": "",
            "role_at": "",
            "begun": True,
        },
        {
            "at": "row 4",
            "row": 4,
            "unit": "",
            "unit_at": "",
            "form": "",
            "form_at": "",
            "date": "",
            "date_at": "",
            "respondent": "",
            "role": "",
            "role_at": "",
            "begun": True,
        },
    ]


def test_options_in_columns_of_their_own_are_named_by_label_or_number(folder: Path) -> None:
    rows = [["Kommune", "a", "b"], ["A", "1", "0"], ["B", "", "x"]]
    options = {"letter": "b", "1": "a"}
    exported = read(
        folder, rows, layout="wide", unit="Kommune", form_is="joint", items={"t.d2": options}
    )
    assert said(exported) == [
        (0, "t.d2", "1", "1"),
        (0, "t.d2", "2", "0"),
        (1, "t.d2", "2", "x"),
    ]
    assert exported.asked == {"t.d2"}
    assert exported.places["t.d2"] == ("row ", " column 2")


CODES = {"Y": "ja", "2": "nej", "A1": "et år"}


@pytest.mark.parametrize(
    ("typed", "text"), [("Y", "ja"), ("y", "ja"), ("2", "nej"), ("2,0", "nej"), ("3", "3")]
)
def test_codes_are_what_they_stand_for(folder: Path, typed: str, text: str) -> None:
    rows = [HEAD, ["A", "fælles", typed, "", "", ""]]
    exported = read(folder, rows, layout="wide", **TIED, codes=CODES)
    assert said(exported) == [(0, "t.1", "answer", text)]
    assert list(exported.given["raw"]) == [text]


def test_codes_hold_for_choices_and_marks_and_nowhere_else(folder: Path) -> None:
    rows = [["Kommune", "d1", "d2", "d3", "note"], ["A", "A1", "Y", "Y", "Y"]]
    items = {"t.d1": "d1", "t.d2": {"1": "d2"}, "t.d3": "d3"}
    exported = read(
        folder,
        rows,
        layout="wide",
        unit="Kommune",
        form_is="joint",
        codes=CODES,
        items=items,
        remarks={"t.d3": "note"},
    )
    assert said(exported) == [
        (0, "t.d1", "answer", "et år"),
        (0, "t.d2", "1", "ja"),
        (0, "t.d3", "answer", "Y"),
        (0, "t.d3", "remark", "Y"),
    ]


def test_a_code_that_means_no_does_not_untick_an_option(folder: Path) -> None:
    rows = [["Kommune", "d2"], ["A", "1"]]
    exported = read(
        folder,
        rows,
        layout="wide",
        unit="Kommune",
        form_is="joint",
        codes={"1": "nej", "0": "ja"},
        items={"t.d2": {"1": "d2"}},
    )
    assert said(exported) == [(0, "t.d2", "1", "1")]


def test_options_that_each_end_in_a_semicolon_are_a_list(folder: Path) -> None:
    rows = [["Kommune", "d2"], ["A", "samtale;brev;"], ["B", "samtale; brev"]]
    exported = read(
        folder, rows, layout="wide", unit="Kommune", form_is="joint", items={"t.d2": "d2"}
    )
    assert list(exported.given["raw"]) == ["samtale; brev", "samtale; brev"]


def test_a_column_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(UnreadableExport) as error:
        read(folder, [["Kommune", "Q1"], ["A", "ja"]], layout="wide", **TIED)
    assert error.value.code == "column_missing"
    assert error.value.values["columns"] == "Skema, Q2"


def test_a_file_that_is_not_there_is_told(folder: Path) -> None:
    rows = [HEAD, ["A", "fælles", "ja", "nej", "", ""]]
    with pytest.raises(UnreadableExport) as error:
        read(folder, rows, layout="surveyxact", labels="forms/gone.csv", **TIED)
    assert error.value.source == "forms/gone.csv"


def test_headings_without_rows_are_no_responses(folder: Path) -> None:
    exported = read(folder, [HEAD], layout="wide", **TIED)
    assert (len(exported.responses), len(exported.given), len(exported.cells)) == (0, 0, 6)


def test_the_digest_is_that_of_the_bytes(folder: Path) -> None:
    digests = [
        read(folder, [HEAD, ["A", "fælles", answer]], layout="wide", **TIED).digest
        for answer in ("ja", "ja", "nej")
    ]
    assert digests[0] == digests[1] != digests[2]
