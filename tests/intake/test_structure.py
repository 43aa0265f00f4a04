"""Forms that were taken apart: rows, columns and sheets moved, merged, doubled or renamed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook.workbook import Workbook

from misbrug_analysis.intake import asides, workbook_cells
from misbrug_analysis.intake.collect import Round, collect
from tests.intake.one_form import FULL, one_form
from tests.small import cell, fates, faults, form_rows, load, write_workbook

HEAD: list[list[object]] = [
    ["Besvarelse fra", "A"],
    ["Skema", "fælles"],
    ["Nr.", "Spørgsmål", "Svar", "Bemærkning"],
]
"""Above a table whose first question stands in row 4."""


def answers_in(came_in: Round) -> dict[str, str]:
    return dict(zip(came_in.answers["item"], came_in.answers["value"], strict=True))


def changed(folder: Path, rows: list[list[object]], change: Callable[[Workbook], None]) -> Round:
    """The round of one form after somebody worked on it in a spreadsheet."""
    path = write_workbook(folder / "forms" / "a.xlsx", rows)
    book = load_workbook(path)
    change(book)
    book.save(path)
    return collect(load(folder))


def test_a_form_is_read_by_its_headings_wherever_its_table_was_moved(folder: Path) -> None:
    rows = form_rows("a", FULL, day="01-03-2024", remarks={"t.1": "Godt"})
    expected = answers_in(one_form(folder, rows))
    moved: list[list[object]] = [[], [], [], *([None, None, *row] for row in rows)]
    came_in = one_form(folder, moved)
    assert came_in.problems == ()
    assert answers_in(came_in) == expected
    assert came_in.answers["locator"].iloc[0] == "Svar!E12"


def test_columns_may_stand_in_another_order(folder: Path) -> None:
    rows = form_rows("a", FULL, remarks={"t.1": "Godt"})
    expected = answers_in(one_form(folder, rows))
    table = [[row[2], row[3], row[0], row[1]] for row in rows[6:] if len(row) == 4]
    came_in = one_form(folder, [*rows[:6], *table])
    assert came_in.problems == ()
    assert answers_in(came_in) == expected


def test_rows_and_columns_may_be_put_in_between(folder: Path) -> None:
    def insert(book: Workbook) -> None:
        book["Svar"].insert_rows(11, 2)
        book["Svar"].insert_cols(3)
        book["Svar"]["C9"] = "vores notat"

    came_in = changed(folder, form_rows("a", FULL), insert)
    assert came_in.problems == ()
    assert len(came_in.answers) == len(FULL)
    assert fates(came_in.ledger, "forms/a.xlsx")["Svar!C9"] == ("context", "note")


def test_headings_that_stand_again_are_no_question(folder: Path) -> None:
    rows = form_rows("a", FULL)
    came_in = one_form(folder, [*rows[:10], rows[6], *rows[10:]])
    assert came_in.problems == ()
    assert fates(came_in.ledger, "forms/a.xlsx")["Svar!A11"] == ("context", "label")


def test_a_row_that_is_only_partly_the_heading_again_is_none(folder: Path) -> None:
    came_in = one_form(folder, [*HEAD, ["t.1", "?", "ja"], ["Nr.", "Spørgsmål", "nej"]])
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!A5", "unknown_item")]


def test_the_number_of_a_topic_over_its_questions_is_a_heading(folder: Path) -> None:
    came_in = one_form(folder, [*HEAD, ["t", "Opfølgning"], ["T.1.", "Følger I op?", "ja"]])
    assert came_in.problems == ()
    assert answers_in(came_in) == {"t.1": "yes"}


@pytest.mark.parametrize("sheet", ["Ark1", "Svar 20240305", "–"])
def test_the_sheet_may_have_any_name(folder: Path, sheet: str) -> None:
    def rename(book: Workbook) -> None:
        book["Svar"].title = sheet

    came_in = changed(folder, form_rows("a", FULL), rename)
    assert came_in.problems == ()
    assert len(came_in.answers) == len(FULL)


def test_a_second_table_without_answers_is_another_sheet(folder: Path) -> None:
    more = {"Kopi": form_rows("a", {})}
    write_workbook(folder / "forms" / "a.xlsx", form_rows("a", FULL), more)
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert fates(came_in.ledger, "forms/a.xlsx")["Kopi!A9"] == ("context", "other_sheet")


def test_the_table_with_answers_counts_where_the_first_one_has_none(folder: Path) -> None:
    more = {"Kopi": form_rows("a", FULL)}
    write_workbook(folder / "forms" / "a.xlsx", form_rows("a", {}), more)
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert came_in.answers["locator"].iloc[0] == "Kopi!C9"


def test_answers_on_two_sheets_are_asked_about(folder: Path) -> None:
    more = {"Kopi": form_rows("a", {"t.1": "nej"})}
    write_workbook(folder / "forms" / "a.xlsx", form_rows("a", FULL), more)
    came_in = collect(load(folder))
    assert faults(came_in.problems) == [("forms/a.xlsx", "two_tables")]
    assert "Svar, Kopi" in str(came_in.problems[0])
    found = fates(came_in.ledger, "forms/a.xlsx")
    assert found[cell("t.1")] == found["Kopi!C9"] == ("rejected", "two_tables")


def test_two_filled_columns_of_one_heading_are_asked_about(folder: Path) -> None:
    rows = form_rows("a", {"t.1": "ja"})
    rows[6].append("Svar")
    assert one_form(folder, rows).problems == ()
    empty = [[*row[:2], None, None, row[2]] if len(row) == 4 and row[0] else row for row in rows]
    assert answers_in(one_form(folder, [*empty[:6], rows[6], *empty[7:]])) == {"t.1": "yes"}
    rows[8].append("nej")
    came_in = one_form(folder, rows)
    assert faults(came_in.problems) == [("forms/a.xlsx", "heading_twice")]
    assert "C7, E7" in str(came_in.problems[0])


@pytest.mark.parametrize("number", [None, datetime(2024, 1, 1), 45292, "#REF!"])
def test_a_row_whose_number_was_spoiled_is_known_by_its_wording(
    folder: Path, number: object
) -> None:
    rows = [*HEAD, [number, "Følger  I OP?", "ja"], ["t.d1", "?", "et år"]]
    came_in = one_form(folder, rows)
    assert came_in.problems == ()
    assert answers_in(came_in) == {"t.1": "yes", "t.d1": "et år"}
    at = "Svar!B4" if number is None else "Svar!A4"
    assert fates(came_in.ledger, "forms/a.xlsx")[at] == ("context", "by_question")


def test_the_wording_of_a_choice_may_be_followed_by_its_options(folder: Path) -> None:
    came_in = one_form(folder, [*HEAD, [None, "Hvor længe? Vælg én: et år, længere.", "længere"]])
    assert answers_in(came_in) == {"t.d1": "længere"}


@pytest.mark.parametrize("wording", ["Følger I op? Hver uge?", "Følger I", "Noget andet"])
def test_a_wording_that_is_not_quite_a_questions_is_not_read(folder: Path, wording: str) -> None:
    came_in = one_form(folder, [*HEAD, [None, wording, "ja"], ["t.2", "?", "ja"]])
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!C4", "unknown_item")]


def test_a_row_known_by_its_wording_is_not_read_beside_its_number(folder: Path) -> None:
    rows = [*HEAD, ["t.1", "Følger I op?", "ja"], [None, "Følger I op?", "nej"]]
    came_in = one_form(folder, rows)
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!B5", "item_twice")]
    assert answers_in(came_in) == {"t.1": "yes"}


def test_a_number_beside_the_wording_of_another_question_is_asked_about(folder: Path) -> None:
    rows = [
        *HEAD,
        ["t.1", "Skriver I det ned?", "ja"],
        ["t.2", "Følger I op?", "nej"],
        ["t.s1", "Hver gang?", "ja"],
    ]
    came_in = one_form(folder, rows)
    assert faults(came_in.problems) == [
        ("forms/a.xlsx, Svar!A4", "question_differs"),
        ("forms/a.xlsx, Svar!A5", "question_differs"),
    ]
    assert "the number t.1, but the wording is that of t.2" in str(came_in.problems[0])
    assert answers_in(came_in) == {"t.s1": "yes"}
    assert fates(came_in.ledger, "forms/a.xlsx")["Svar!C4"] == ("rejected", "question_differs")


def merge(*ranges: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for one in ranges:
            book["Svar"].merge_cells(one)

    return change


TWO: list[list[object]] = [*HEAD, ["t.1", "Godt?", "ja"], ["t.2", "Ondt?"], ["t.s1", "Nå?", "ja"]]


def test_an_answer_over_several_questions_is_asked_about_for_each(folder: Path) -> None:
    came_in = changed(folder, TWO, merge("C4:C5"))
    assert faults(came_in.problems) == [
        ("forms/a.xlsx, Svar!C4", "answer_merged"),
        ("forms/a.xlsx, Svar!C5", "answer_merged"),
    ]
    assert all("(C4:C5)" in str(problem) for problem in came_in.problems)
    assert answers_in(came_in) == {"t.s1": "yes"}


def test_an_answer_that_is_merged_with_the_heading_over_it_is_asked_about(folder: Path) -> None:
    came_in = changed(folder, TWO, merge("C3:C4"))
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!C4", "answer_merged")]


def test_an_answer_that_is_merged_with_its_question_is_asked_about(folder: Path) -> None:
    came_in = changed(folder, TWO, merge("B5:C5"))
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!C5", "answer_merged")]


@pytest.mark.parametrize("area", ["C4:D4", "D4:D6", "C7:C9", "B1:D1", "E4:F9", "C6:C7"])
def test_other_merged_cells_do_no_harm(folder: Path, area: str) -> None:
    came_in = changed(folder, TWO, merge(area))
    assert came_in.problems == ()
    assert answers_in(came_in) == {"t.1": "yes", "t.s1": "yes"}


def test_merged_cells_that_hold_nothing_are_empty_answers(folder: Path) -> None:
    rows = [*HEAD, ["t.1", "?"], ["t.2", "?"], ["t.s1", "?", "ja"]]
    came_in = changed(folder, rows, merge("C4:C5"))
    assert came_in.problems == ()
    assert fates(came_in.ledger, "forms/a.xlsx")["Svar!C5"] == ("blank", "no_answer")


def test_a_mark_over_two_columns_is_asked_about(folder: Path) -> None:
    rows = [*HEAD[:2], ["Nr.", "Spørgsmål", "Ja", "Nej"], ["t.1", "?", "x"], ["t.2", "?", "x"]]
    came_in = changed(folder, rows, merge("C4:D4"))
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!C4", "answer_merged")]
    assert answers_in(came_in) == {"t.2": "yes"}


def test_a_note_on_a_cell_is_kept_and_searched_for_personal_data(folder: Path) -> None:
    def note(book: Workbook) -> None:
        book["Svar"]["C9"].comment = Comment("Spørg ole@greve.dk", "Ole")
        book["Svar"]["F40"].comment = Comment("Her er ingen celle", "Ole")

    came_in = changed(folder, form_rows("a", FULL), note)
    assert came_in.problems == ()
    found = fates(came_in.ledger, "forms/a.xlsx")
    assert found["Svar!C9 (note)"] == found["Svar!F40 (note)"] == ("context", "note")
    raw = came_in.ledger.set_index("locator")["raw"]
    assert raw["Svar!C9 (note)"] == "Spørg [e-mail]"
    assert [one.locator for one in came_in.forms[0].findings] == ["Svar!C9 (note)"]


@pytest.mark.parametrize(
    ("module", "limit"), [(workbook_cells, "MAX_MERGES"), (asides, "MAX_NOTES")]
)
def test_a_workbook_with_too_much_in_it_is_not_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, module: object, limit: str
) -> None:
    def change(book: Workbook) -> None:
        merge("C40:C41")(book)
        book["Svar"]["C9"].comment = Comment("Nej", "Ole")

    monkeypatch.setattr(module, limit, 0)
    came_in = changed(folder, form_rows("a", FULL), change)
    assert faults(came_in.problems) == [("forms/a.xlsx", "file_too_large")]


def test_sheets_are_named_without_personal_data_and_each_by_its_own_name(folder: Path) -> None:
    more = {"Ring 12345678": [["a"]], "Ring 87654321": [["b"]]}
    write_workbook(folder / "forms" / "a.xlsx", form_rows("a", FULL), more)
    came_in = collect(load(folder))
    assert came_in.problems == ()
    found = fates(came_in.ledger, "forms/a.xlsx")
    assert found["Ring [tlf.]!A1"] == found["Ring [tlf.] (2)!A1"] == ("context", "other_sheet")
    kinds = {one.locator: one.kinds for one in came_in.forms[0].findings}
    assert kinds == {
        "Ring [tlf.] (name of the sheet)": ("phone",),
        "Ring [tlf.] (2) (name of the sheet)": ("phone",),
    }
