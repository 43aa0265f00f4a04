"""Decisions on places that could not be read: they are read so, and nothing else is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from misbrug_analysis.intake.collect import Round, collect
from misbrug_analysis.model.errors import DefinitionError
from misbrug_analysis.presentation.collecting.decision_rows import decision_file, decision_rows
from misbrug_analysis.presentation.language import Language
from tests.small import cell, fates, faults, form_rows, load, make_project, write_csv, write_form

COLUMNS = ["source", "locator", "found", "reads_as", "reason", "decided_by", "date"]


def decide(folder: Path, *decisions: tuple[str, str, str], source: str = "forms/a.xlsx") -> None:
    """Write decisions: where, what stands there, and how it is read."""
    rows = [[source, *decision, "Sagt i telefonen", "T", "2024-05-02"] for decision in decisions]
    write_csv(folder / "decisions.csv", [COLUMNS, *rows], separator=",", encoding="utf-8")


def collected(folder: Path, rows: list[list[object]]) -> Round:
    write_form(folder / "forms" / "a.xlsx", rows)
    return collect(load(folder))


@pytest.mark.parametrize(
    ("item", "written", "reads_as", "value"),
    [
        ("t.1", "ja, men kun om ugen", "delvis", "partly"),
        ("t.1", "måske", "Nej.", "no"),
        ("t.1", 1, "ja", "yes"),
        ("t.d1", "8 måneder", "et år", "et år"),
        ("t.d2", "brev og så tale", "brev; talk", "brev; samtale"),
        ("t.d3", "#REF!", "Tiden", "Tiden"),
    ],
)
def test_a_cell_is_read_as_it_was_decided(
    folder: Path, item: str, written: object, reads_as: str, value: str
) -> None:
    decide(folder, (cell(item), str(written), reads_as))
    came_in = collected(folder, form_rows("a", {item: written})).accepted()
    row = came_in.answers.iloc[0]
    assert (row["item"], row["value"], row["raw"]) == (item, value, str(written))
    assert fates(came_in.ledger, "forms/a.xlsx")[cell(item)] == ("used", "decided")


@pytest.mark.parametrize("reads_as", ["blank", "TOM", "ved ikke"])
def test_a_cell_can_be_decided_to_be_blank(folder: Path, reads_as: str) -> None:
    decide(folder, (cell("t.1"), "måske", reads_as))
    came_in = collected(folder, form_rows("a", {"t.1": "måske", "t.2": "ja"})).accepted()
    assert list(came_in.answers["item"]) == ["t.2"]
    assert fates(came_in.ledger, "forms/a.xlsx")[cell("t.1")] == ("blank", "decided")


def test_a_decision_does_not_hold_for_what_was_sent_later(folder: Path) -> None:
    decide(folder, (cell("t.1"), "måske", "ja"))
    came_in = collected(folder, form_rows("a", {"t.1": "måske ikke", "t.2": "ja"}))
    assert faults(came_in.problems) == [(f"forms/a.xlsx, {cell('t.1')}", "decision_outdated")]
    assert "a cell with “måske”, but now it holds “måske ikke”" in str(came_in.problems[0])
    assert list(came_in.answers["item"]) == ["t.2"]


def test_a_decision_holds_for_all_that_was_found_and_not_for_its_beginning(folder: Path) -> None:
    decide(folder, (cell("t.1"), "ja, men kun for voksne", "ja"))
    came_in = collected(folder, form_rows("a", {"t.1": "ja, men kun for voksne mænd"}))
    assert "decision_outdated" in {problem.code for problem in came_in.problems}


def test_a_decision_on_a_cell_says_what_was_found(folder: Path) -> None:
    decide(folder, (cell("t.1"), "måske", "ja"), (cell("t.2"), "", "ja"))
    with pytest.raises(DefinitionError) as error:
        load(folder)
    (problem,) = error.value.problems
    assert problem.code == "decision_without_found"
    assert problem.where.endswith("decisions.csv, line 3, column found")


@pytest.mark.parametrize("nothing", ["–", "Tom", "blank"])
def test_that_nothing_was_found_is_said_in_a_word(folder: Path, nothing: str) -> None:
    decide(folder, ("Svar!C10", nothing, "nej"))
    path = write_form(folder / "forms" / "a.xlsx", form_rows("a", {"t.1": "ja", "t.s1": "ja"}))
    book = load_workbook(path)
    book["Svar"].merge_cells("C9:C10")
    book.save(path)
    codes = [(one.code, one.locator) for one in collect(load(folder)).problems]
    assert codes == [("answer_merged", "Svar!C9")]
    decide(folder, ("Svar!C10", "nej", "nej"))
    codes = [(one.code, one.locator) for one in collect(load(folder)).problems]
    assert codes == [("answer_merged", "Svar!C9"), ("decision_outdated", "Svar!C10")]
    decide(folder, ("Svar!C10", nothing, "nej"))
    write_form(folder / "forms" / "a.xlsx", form_rows("a", {"t.1": "ja", "t.2": "måske"}))
    codes = [(one.code, one.locator) for one in collect(load(folder)).problems]
    assert codes == [("decision_outdated", "Svar!C10")]


@pytest.mark.parametrize("found", ["2026-03-01", "01-03-2026", "01.03.2026", "'2026-03-01"])
def test_a_day_that_was_found_is_the_same_however_a_spreadsheet_writes_it(
    folder: Path, found: str
) -> None:
    decide(folder, (cell("t.1"), found, "tom"))
    rows = form_rows("a", {"t.1": datetime(2026, 3, 1), "t.2": "ja"})
    assert collected(folder, rows).problems == ()
    rows = form_rows("a", {"t.1": datetime(2026, 1, 3), "t.2": "ja"})
    assert [one.code for one in collected(folder, rows).problems] == ["decision_outdated"]


@pytest.mark.parametrize("written", ["=A1", "ja;-nej", "'måske'", "1,5", "ja\n=nej", "måske"])
def test_what_the_draft_of_decisions_says_was_found_holds_for_the_cell(
    folder: Path, written: str
) -> None:
    came_in = collected(folder, form_rows("a", {"t.1": written, "t.2": "ja"}))
    (folder / "decisions.csv").write_bytes(decision_file(came_in, Language.load("da")))
    text = (folder / "decisions.csv").read_text("utf-8-sig")
    assert text.count(";;;;") == 1
    filled = text.replace(";;;;", ";tom;Spurgt;T;2024-05-02")
    (folder / "decisions.csv").write_text(filled, encoding="utf-8-sig")
    assert collect(load(folder)).problems == ()


def test_a_place_in_the_draft_is_found_again_though_it_begins_like_a_formula(folder: Path) -> None:
    path = write_form(folder / "forms" / "a.xlsx", form_rows("a", {"t.1": "måske", "t.2": "ja"}))
    book = load_workbook(path)
    book["Svar"].title = "-Svar"
    book.save(path)
    draft = decision_file(collect(load(folder)), Language.load("da")).decode("utf-8-sig")
    assert ";'-Svar!C9;" in draft
    filled = draft.replace(";;;;", ";tom;Spurgt;T;2024-05-02")
    (folder / "decisions.csv").write_text(filled, encoding="utf-8")
    assert collect(load(folder)).problems == ()


def test_a_file_under_a_name_that_nobody_may_see_is_not_in_the_draft(folder: Path) -> None:
    write_form(folder / "forms" / "010203-1234.csv", form_rows("b", {"t.1": "måske"}))
    came_in = collected(folder, form_rows("a", {"t.1": "måske"}))
    assert [row["source"] for row in decision_rows(came_in)] == ["forms/a.xlsx"]


def test_what_was_found_is_compared_as_messages_show_it(folder: Path) -> None:
    written = "Ring til 12345678,\n" + "tal med os " * 30
    decide(folder, (cell("t.1"), "Ring til [tlf.], " + ("tal med os " * 10)[:102] + "…", "nej"))
    assert len(collected(folder, form_rows("a", {"t.1": written})).accepted().answers) == 1


@pytest.mark.parametrize(("item", "reads_as"), [("t.1", "måske"), ("t.d1", "ja"), ("t.d2", "tog")])
def test_a_decision_that_cannot_be_read_there_is_a_fault(
    folder: Path, item: str, reads_as: str
) -> None:
    decide(folder, (cell(item), "hvad?", reads_as))
    came_in = collected(folder, form_rows("a", {item: "hvad?", "t.2": "ja"}))
    assert faults(came_in.problems) == [(f"forms/a.xlsx, {cell(item)}", "bad_decision")]
    valid = {"t.1": "ja / delvis / nej", "t.d1": "et år / længere", "t.d2": "samtale / brev"}
    assert valid[item] in str(came_in.problems[0])


def test_a_decision_on_what_is_not_rejected_is_a_fault(folder: Path) -> None:
    decide(folder, (cell("t.1"), "ja", "nej"), ("Svar!Z9", "–", "ja"))
    came_in = collected(folder, form_rows("a", {"t.1": "ja"}))
    assert [problem.code for problem in came_in.problems] == ["stray_decision"] * 2
    places = [problem.where.rpartition(", ")[2] for problem in came_in.problems]
    assert places == ["line 2", "line 3"]
    assert came_in.problems[0].where.endswith("decisions.csv, line 2")
    assert list(came_in.answers["value"]) == ["yes"]


def test_a_place_cannot_be_accepted_and_decided(tmp_path: Path) -> None:
    accepted = {"source": "forms/a.xlsx", "locator": cell("t.1"), "reason": "asked"}
    folder = make_project(tmp_path, accept=[accepted])
    decide(folder, (cell("t.1"), "måske", "ja"))
    came_in = collected(folder, form_rows("a", {"t.1": "måske", "t.2": "ja"}))
    assert [problem.code for problem in came_in.problems] == ["accepted_and_decided"]


@pytest.mark.parametrize(
    ("at", "unit", "form", "day", "reads_as"),
    [
        ("Svar!B3", "hvem?", "joint", "01-03-2024", "A"),
        ("Svar!B4", "a", "alt", "01-03-2024", "fælles"),
        ("Svar!B5", "a", "joint", "i foråret", "2024-03-01"),
    ],
)
def test_unit_form_and_date_can_be_decided(
    folder: Path, at: str, unit: str, form: str, day: str, reads_as: str
) -> None:
    found = {"Svar!B3": unit.upper(), "Svar!B4": form, "Svar!B5": day}[at]
    decide(folder, (at, found, reads_as))
    rows = form_rows(unit, {"t.1": "ja"}, form=form, day=day)
    came_in = collected(folder, rows).accepted()
    assert came_in.answers[["unit", "form"]].values.tolist() == [["a", "joint"]]
    assert came_in.forms[0].date is not None
    assert came_in.forms[0].date.isoformat() == "2024-03-01"
    assert fates(came_in.ledger, "forms/a.xlsx")[at] == ("used", "decided")


def test_a_form_can_be_left_out_where_its_unit_stands(folder: Path) -> None:
    decide(folder, ("Svar!B3", "HVEM?", "blank"))
    came_in = collected(folder, form_rows("hvem?", {"t.1": "ja", "t.2": "måske"})).accepted()
    assert len(came_in.answers) == 0
    assert {fate for fate, _ in fates(came_in.ledger, "forms/a.xlsx").values()} == {
        "blank",
        "context",
    }


@pytest.mark.parametrize(
    ("number", "at"), [("t.9", "Svar!A8"), (None, "Svar!C8"), ("t.1", "Svar!A8")]
)
def test_which_question_a_row_answers_can_be_decided(folder: Path, number: object, at: str) -> None:
    decide(folder, (at, "ja" if number is None else str(number), "t.2"))
    rows = [*form_rows("a", {})[:6], ["Nr.", "Spørgsmål", "Svar"], [number, "Hvad?", "ja"]]
    if number == "t.1":
        rows.insert(7, ["t.1", "Hvad?", "nej"])
        decide(folder, ("Svar!A9", "t.1", "t.2"))
        at = "Svar!A9"
    came_in = collected(folder, rows).accepted()
    assert came_in.answers[["item", "value"]].values.tolist()[-1] == ["t.2", "yes"]
    assert fates(came_in.ledger, "forms/a.xlsx")[at] == ("used", "decided")


def test_a_row_cannot_be_decided_to_answer_what_is_answered(folder: Path) -> None:
    decide(folder, ("Svar!A18", "t.9", "t.1"))
    rows = [*form_rows("a", {"t.1": "ja"}), ["t.9", "Hvad?", "nej"]]
    assert faults(collected(folder, rows).problems) == [("forms/a.xlsx, Svar!A18", "bad_decision")]


def test_a_decided_wording_settles_the_row(folder: Path) -> None:
    decide(folder, ("Svar!A8", "t.1", "t.2"))
    head: list[list[object]] = [*form_rows("a", {})[:6], ["Nr.", "Spørgsmål", "Svar"]]
    came_in = collected(folder, [*head, ["t.1", "Skriver I det ned?", "ja"]]).accepted()
    assert came_in.answers[["item", "value"]].values.tolist() == [["t.2", "yes"]]


def test_a_file_can_only_be_left_out(folder: Path) -> None:
    (folder / "forms" / "b.xls").write_bytes(b"x")
    decide(folder, ("file", "noget", "ja"), source="forms/b.xls")
    came_in = collected(folder, form_rows("a", {"t.1": "ja"}))
    assert faults(came_in.problems) == [("forms/b.xls", "bad_decision")]
    decide(folder, ("file", "b.xls", "tom"), source="forms/b.xls")
    came_in = collect(load(folder)).accepted()
    assert fates(came_in.ledger, "forms/b.xls") == {"file": ("blank", "decided")}


def test_a_file_can_be_left_out_that_nothing_is_wrong_with(folder: Path) -> None:
    write_form(folder / "forms" / "b.csv", form_rows("b", {"t.1": "ja"}))
    decide(folder, ("file", "", "tom"))
    came_in = collected(folder, form_rows("a", {"t.1": "ja"})).accepted()
    assert list(came_in.answers["unit"]) == ["b"]
    assert fates(came_in.ledger, "forms/a.xlsx")[cell("t.1")] == ("blank", "decided")


def test_a_file_that_nothing_is_wrong_with_cannot_be_read_as_anything(folder: Path) -> None:
    decide(folder, ("file", "", "ja"))
    came_in = collected(folder, form_rows("a", {"t.1": "ja"}))
    assert [problem.code for problem in came_in.problems] == ["stray_decision"]


def test_clashing_answers_can_be_decided(folder: Path) -> None:
    rows: list[list[object]] = [*form_rows("a", {})[:6], ["Nr.", "Svar", "Ja", "Nej"]]
    decide(folder, ("Svar!C8", "x", "nej"))
    came_in = collected(folder, [*rows, ["t.1", None, "x", "x"]]).accepted()
    assert came_in.answers[["value", "locator"]].values.tolist() == [["no", "Svar!C8"]]


def test_personal_data_in_a_decision_are_masked(folder: Path) -> None:
    decide(folder, (cell("t.d1"), "hvad?", "ring 12345678"))
    came_in = collected(folder, form_rows("a", {"t.d1": "hvad?", "t.2": "ja"}))
    assert "12345678" not in str(came_in.problems[0])
