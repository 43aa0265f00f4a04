"""Forms that are right: what is read, from where, and what the rest of a form counts as."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from misbrug_analysis.intake.collect import collect
from tests.intake.one_form import FULL, one_form
from tests.small import (
    fates,
    faults,
    form_rows,
    load,
    write_csv,
    write_form,
    write_workbook,
)


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "A.XLSX"])
def test_answers_are_read_with_their_places(folder: Path, name: str) -> None:
    rows = form_rows("a", FULL, day="01-03-2024", remarks={"t.1": "Ring 12 34 56 78"})
    if name.lower().endswith("xlsx"):
        write_workbook(folder / "forms" / name, rows)
        came_in = collect(load(folder))
    else:
        came_in = one_form(folder, rows, name)
    assert came_in.problems == ()
    answers = came_in.answers.set_index("item")
    assert answers["value"].to_dict() == {
        "t.1": "yes",
        "t.1.remark": "Ring [tlf.]",
        "t.2": "no",
        "t.s1": "partly",
        "t.d1": "et år",
        "t.d2": "brev; samtale",
        "t.d3": "Tiden",
    }
    assert answers.loc["t.2", "raw"] == "Nej"
    assert answers.loc["t.1.remark", "raw"] == "Ring [tlf.]"
    place = "row 9 column 3" if name == "a.csv" else "Svar!C9"
    assert answers.loc["t.1", "locator"] == place
    assert set(answers["source"]) == {f"forms/{name}"}
    assert set(answers["unit"] + "/" + answers["form"] + "/" + answers["respondent"]) == {
        "a/joint/1"
    }


def test_unit_form_and_answer_are_taken_in_any_case_and_by_any_of_their_words(folder: Path) -> None:
    rows = form_rows("a", {"t.1": " JA ", "t.2": "X", "t.s1": "Partly"}, form="Alcohol")
    came_in = one_form(folder, rows)
    assert came_in.problems == ()
    assert list(came_in.answers["value"]) == ["yes", "yes", "partly"]
    assert set(came_in.answers["form"]) == {"alcohol"}


def test_a_number_in_a_cell_is_read_as_it_is_shown(folder: Path) -> None:
    rows = form_rows("a", {"t.1": "ja", "t.d3": 12.0})
    assert list(one_form(folder, rows).answers["value"]) == ["yes", "12"]


@pytest.mark.parametrize(
    "day",
    [datetime(2024, 3, 1, 12, 30), "2024-03-01", "01-03-2024", "1.3.2024", "01/03/2024"],
)
def test_dates_are_read_as_they_are_usually_written(folder: Path, day: object) -> None:
    later = form_rows("a", {"t.1": "nej"}, day="02-03-2024")
    write_form(folder / "forms" / "later.xlsx", later)
    came_in = one_form(folder, form_rows("a", {"t.1": "ja"}, day=day))
    assert came_in.problems == ()
    assert list(came_in.answers["source"]) == ["forms/later.xlsx"]


def test_other_sheets_notes_and_headings_are_context(folder: Path) -> None:
    rows = form_rows("a", {"t.1": "ja"})
    rows[8] += [None, "en note ved siden af"]
    write_workbook(folder / "forms" / "a.xlsx", rows, {"Vejledning": [["Skriv ja eller nej"]]})
    came_in = collect(load(folder))
    assert came_in.problems == ()
    found = fates(came_in.ledger, "forms/a.xlsx")
    assert found["Vejledning!A1"] == ("context", "other_sheet")
    assert found["Svar!F9"] == ("context", "note")
    assert found["Svar!B8"] == ("context", "label")
    assert found["Svar!B9"] == ("context", "question")
    assert found["Svar!B3"] == ("used", "unit")
    assert found["Svar!B4"] == ("used", "form")
    assert found["Svar!C9"] == ("used", "answer")
    assert found["Svar!C10"] == ("blank", "no_answer")


def test_the_answers_may_stand_on_a_later_sheet(folder: Path) -> None:
    write_workbook(
        folder / "forms" / "a.xlsx", [["Læs dette først"]], {"Skema": form_rows("a", FULL)}
    )
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert came_in.answers["locator"].iloc[0] == "Skema!C9"


def test_an_item_without_a_row_is_blank(folder: Path) -> None:
    rows = [row for row in form_rows("a", FULL) if not row or row[0] != "t.s3"]
    came_in = one_form(folder, rows)
    assert came_in.problems == ()
    assert fates(came_in.ledger, "forms/a.xlsx")["question t.s3"] == ("blank", "no_row")


@pytest.mark.parametrize("heading", ["Spørgsmål", "Bemærkning"])
def test_columns_for_questions_and_remarks_may_be_missing(folder: Path, heading: str) -> None:
    rows = [
        ["Andet" if value == heading else value for value in row]
        for row in form_rows("a", FULL, remarks={"t.1": "Godt"})
    ]
    came_in = one_form(folder, rows)
    assert came_in.problems == ()
    assert len(came_in.answers[~came_in.answers["item"].str.endswith(".remark")]) == len(FULL)


def test_headings_are_known_in_any_case_and_with_a_colon(folder: Path) -> None:
    rows = form_rows("a", FULL)
    rows[2][0], rows[6] = "BESVARELSE FRA:", ["nr", "spørgsmål", "SVAR:", "bemærkning"]
    came_in = one_form(folder, rows)
    assert came_in.problems == ()
    assert len(came_in.answers) == len(FULL)


def test_a_row_of_delimited_text_is_counted_as_a_spreadsheet_counts_it(folder: Path) -> None:
    rows = form_rows(
        "a", {"t.1": "ja", "t.2": "måske"}, remarks={"t.1": "Først det ene.\nSå det andet."}
    )
    write_csv(folder / "forms" / "a.csv", rows)
    came_in = collect(load(folder))
    assert faults(came_in.problems) == [("forms/a.csv, row 10 column 3", "unknown_answer")]


@pytest.mark.parametrize("written", ["A sted", "Sted A"])
def test_a_unit_may_be_named_with_what_such_units_are_called(folder: Path, written: str) -> None:
    rows = form_rows("a", {"t.1": "ja"})
    rows[2][1] = written
    write_form(folder / "forms" / "a.csv", rows)
    came_in = collect(load(folder)).accepted()
    assert list(came_in.answers["unit"]) == ["a"]
    assert fates(came_in.ledger, "forms/a.csv")["row 3 column 2"] == ("used", "normalised")
