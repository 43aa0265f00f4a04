"""Long exports: a row an answer; those of a unit and form are one response."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from misbrug_analysis.intake.exports.layouts import read_export
from misbrug_analysis.intake.exports.reading import read_responses
from misbrug_analysis.model.mapping import MappedExport
from tests.intake.exports.exporting import known, read, roles, said
from tests.small import Rows, load

LONG: dict[str, Any] = {
    "layout": "long",
    "unit": "Enhed",
    "form": "Skema",
    "item": "Nr.",
    "answer": "Svar",
}
HEAD = ["Enhed", "Skema", "Nr.", "Svar"]


def test_rows_of_a_unit_and_form_are_one_response_however_they_are_mixed(folder: Path) -> None:
    rows = [
        HEAD,
        ["A", "alkohol", "t.1", "ja"],
        ["B", "fælles", "t.1", "nej"],
        ["a ", "Alkohol", "t.2", "delvis"],
        ["A", "stoffer", "t.2", "nej"],
    ]
    exported = read(folder, rows, **LONG)
    assert said(exported) == [
        (0, "t.1", "answer", "ja"),
        (1, "t.1", "answer", "nej"),
        (0, "t.2", "answer", "delvis"),
        (2, "t.2", "answer", "nej"),
    ]
    whose = exported.responses[["at", "unit", "form", "unit_at"]]
    assert whose.to_numpy().tolist() == [
        ["row 2", "A", "alkohol", "row 2 column 1"],
        ["row 3", "B", "fælles", "row 3 column 1"],
        ["row 5", "A", "stoffer", "row 5 column 1"],
    ]
    assert roles(exported)["row 4 column 3"] == (0, "item")
    assert exported.places == {}


def test_a_unit_and_a_form_are_the_same_under_all_their_names(folder: Path) -> None:
    rows = [
        HEAD,
        ["A", "fælles", "t.1", "ja"],
        ["a", "joint", "t.2", "nej"],
        ["(x)", "joint", "t.1", "nej"],
        ["X", "Fælles", "t.2", "nej"],
    ]
    assert list(read(folder, rows, **LONG).given["response"]) == [0, 0, 1, 1]


def test_rows_that_do_not_say_whose_they_are_are_each_a_response(folder: Path) -> None:
    rows = [
        HEAD,
        ["A", "fælles", "t.1", "ja"],
        ["", "fælles", "t.1", "nej"],
        ["", "fælles", "t.1", "ja"],
    ]
    exported = read(folder, rows, **LONG)
    assert list(exported.given["response"]) == [0, 1, 2]
    assert list(exported.responses["at"]) == ["row 2", "row 3", "row 4"]


def test_of_names_that_differ_in_case_only_the_one_that_is_written_is_meant(folder: Path) -> None:
    rows = [HEAD, *(["A", "fælles", name, "ja"] for name in ("q1", "Q1", "Q1 ", "q1."))]
    exported = read(folder, rows, **LONG, items={"t.1": "q1", "t.2": "Q1"})
    assert said(exported) == [
        (0, "t.1", "answer", "ja"),
        (0, "t.2", "answer", "ja"),
        (0, "t.2", "answer", "ja"),
        (0, "q1.", "answer", "ja"),
    ]


def test_questions_remarks_and_options_are_named_by_number(folder: Path) -> None:
    rows = [
        HEAD,
        *(["A", "fælles", number, "ja"] for number in ("T.1", "t,2", "t.1.remark", "t.d2/2")),
    ]
    assert said(read(folder, rows, **LONG)) == [
        (0, "t.1", "answer", "ja"),
        (0, "t.2", "answer", "ja"),
        (0, "t.1", "remark", "ja"),
        (0, "t.d2", "2", "ja"),
    ]


def test_what_is_no_question_stays_what_it_is(folder: Path) -> None:
    rows = [HEAD, ["A", "fælles", "t.9", "ja"], ["A", "fælles", "", "nej"]]
    assert said(read(folder, rows, **LONG)) == [
        (0, "t.9", "answer", "ja"),
        (0, "", "answer", "nej"),
    ]


def test_a_mapping_says_what_the_file_calls_a_question(folder: Path) -> None:
    rows = [HEAD, ["A", "fælles", "Opfølgning", "1"]]
    exported = read(folder, rows, **LONG, items={"t.1": "opfølgning"}, codes={"1": "ja"})
    assert said(exported) == [(0, "t.1", "answer", "ja")]


def test_a_remark_stands_beside_its_answer_or_alone(folder: Path) -> None:
    rows = [
        [*HEAD, "Note"],
        ["A", "fælles", "t.1", "ja", "Altid."],
        ["A", "fælles", "t.2", "", "Aldrig."],
    ]
    assert said(read(folder, rows, **LONG, remark="Note")) == [
        (0, "t.1", "answer", "ja"),
        (0, "t.1", "remark", "Altid."),
        (0, "t.2", "remark", "Aldrig."),
    ]


def test_of_several_dates_the_latest_is_the_responses(folder: Path) -> None:
    rows = [
        [*HEAD, "Dato"],
        ["A", "fælles", "t.1", "ja", "02-05-2024 09:00"],
        ["A", "fælles", "t.2", "ja", "2024-05-02T08:30"],
        ["A", "fælles", "t.s1", "ja", "2024-04-30"],
        ["B", "fælles", "t.1", "ja", "2024-05-01"],
        ["B", "fælles", "t.2", "ja", "i går"],
    ]
    dates = read(folder, rows, **LONG, date="Dato").responses[["date", "date_at"]]
    assert dates.to_numpy().tolist() == [
        ["02-05-2024 09:00", "row 2 column 5"],
        ["i går", "row 6 column 5"],
    ]


def test_every_question_has_a_place_in_a_long_file(folder: Path) -> None:
    exported = read(folder, [HEAD, ["A", "fælles", "t.1", "ja"]], **LONG)
    assert exported.asked == {item.id for item in load(folder).instrument.items}


OWN = ["study", "unit", "form", "respondent", "item", "value", "raw", "source", "locator"]


def test_the_table_of_answers_is_a_long_file(folder: Path) -> None:
    rows: Rows = [
        OWN,
        ["s", "a", "joint", "1", "t.1", "yes", "JA!", "forms/a.xlsx", "Svar!C9"],
        ["s", "a", "joint", "1", "t.1.remark", "Fordi.", "Fordi.", "forms/a.xlsx", "Svar!D9"],
        ["s", "a", "joint", "1", "t.d2", "samtale; brev", "x", "forms/a.xlsx", "Svar!C16"],
    ]
    mapping = known(folder, rows)
    assert mapping is not None
    exported = read_export(mapping, load(folder))
    assert said(exported) == [
        (0, "t.1", "answer", "ja"),
        (0, "t.1", "remark", "Fordi."),
        (0, "t.d2", "answer", "samtale; brev"),
    ]
    assert exported.untied == ()
    own = exported.cells[exported.cells["text"] == "JA!"]
    assert own["role"].tolist() == ["unused"]


def test_of_equal_dates_the_first_is_the_responses(folder: Path) -> None:
    rows = [
        [*HEAD, "Dato"],
        ["A", "fælles", "t.1", "ja", "2024-05-02"],
        ["A", "fælles", "t.2", "ja", "2024-05-02"],
    ]
    dates = read(folder, rows, **LONG, date="Dato").responses["date_at"]
    assert dates.tolist() == ["row 2 column 5"]


def test_a_form_has_the_latest_of_its_dates_wherever_it_stands(folder: Path) -> None:
    rows = [
        [*HEAD, "Dato"],
        ["A", "fælles", "t.1", "ja", "2024-05-02"],
        ["A", "fælles", "t.2", "ja", "2024-04-30"],
    ]
    exported = read(folder, rows, **LONG, date="Dato")
    mapping = MappedExport(file="forms/x.csv", **LONG, date="Dato")
    (form,) = read_responses(exported, mapping, load(folder)).forms
    assert form.date == date(2024, 5, 2)
