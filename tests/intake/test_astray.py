"""What stands where no answer belongs: it is read where that is safe, and else it is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook

from misbrug_analysis.intake.collect import Round, collect
from misbrug_analysis.model.errors import Phrase, languages
from tests.intake.one_form import FULL, one_form
from tests.small import cell, fates, faults, form_rows, load, write_csv, write_workbook

SOURCE = "forms/a.xlsx"
HEAD: list[list[object]] = [
    ["Besvarelse fra", "A"],
    ["Skema", "fælles"],
    ["Nr.", "Spørgsmål", "Svar", "Bemærkning"],
]
"""Above a table whose first question stands in row 4."""
FIRST: list[object] = ["t.1", "Følger I op?", "ja"]
SECOND: list[object] = ["t.2", "Skriver I det ned?", "nej"]


def read(came_in: Round) -> dict[str, str]:
    return dict(zip(came_in.answers["item"], came_in.answers["value"], strict=True))


def decide(folder: Path, place: str, found: str, reads_as: str) -> Round:
    columns = ["source", "locator", "found", "reads_as", "reason", "decided_by", "date"]
    row = [SOURCE, place, found, reads_as, "Sagt i telefonen", "T", "2024-05-02"]
    write_csv(folder / "decisions.csv", [columns, row], separator=",", encoding="utf-8")
    return collect(load(folder))


def with_sheet(folder: Path, rows: list[list[object]], change: Callable[[Workbook], None]) -> Round:
    """The form with a copy of these rows as a second sheet that somebody worked on."""
    path = write_workbook(folder / "forms" / "a.xlsx", form_rows("a", FULL), {"Kopi": rows})
    book = load_workbook(path)
    change(book)
    book.save(path)
    return collect(load(folder))


@pytest.mark.parametrize("over", [1, 2, 9])
def test_rows_that_were_moved_over_their_heading_are_read(folder: Path, over: int) -> None:
    rows = form_rows("a", FULL, remarks={"t.1": "Godt"})
    moved = [*rows[:6], *rows[8 : 8 + over], *rows[6:8], *rows[8 + over :]]
    expected = read(one_form(folder, rows))
    came_in = one_form(folder, moved)
    assert (*came_in.problems, *came_in.warnings) == ()
    assert read(came_in) == expected


def test_what_cannot_be_read_over_the_heading_is_told(folder: Path) -> None:
    rows = [*HEAD[:2], ["t.9", "Følger I op?", "ja"], ["", "?", "nej"], HEAD[2], SECOND]
    came_in = one_form(folder, rows)
    assert faults(came_in.problems) == [
        (f"{SOURCE}, Svar!A3", "unknown_item"),
        (f"{SOURCE}, Svar!C4", "unknown_item"),
    ]


def test_text_over_the_heading_is_no_question(folder: Path) -> None:
    above: list[list[object]] = [["t.1"], ["Hilsen", None, "fra os", "med tak"]]
    assert one_form(folder, [*HEAD[:2], *above, HEAD[2], FIRST]).accepted().warnings == ()


@pytest.mark.parametrize("heading", [None, "Svar stoffer", "Bilag"])
def test_an_answer_in_a_column_that_is_not_known_is_asked_about(
    folder: Path, heading: object
) -> None:
    rows = [*HEAD[:2], [*HEAD[2], heading], ["t.1", "Følger I op?", None, None, "Ja."], SECOND]
    came_in = one_form(folder, rows)
    assert faults(came_in.problems) == [(f"{SOURCE}, Svar!E4", "answer_elsewhere")]
    assert "under the heading Svar" in str(came_in.problems[0])
    assert fates(came_in.ledger, SOURCE)["Svar!E4"] == ("rejected", "answer_elsewhere")
    assert read(came_in) == {"t.2": "no"}


@pytest.mark.parametrize(
    ("item", "text", "asked"),
    [
        ("t.1", "ved ikke", True),
        ("t.d1", "længere", True),
        ("t.d3", "nej", True),
        ("t.1", "længere", False),
        ("t.1", "se bilag", False),
        ("t.d2/1", "x", True),
        ("t.d1", "x.", True),
    ],
)
def test_only_what_reads_as_an_answer_is_more_than_a_note(
    folder: Path, item: str, text: str, asked: bool
) -> None:
    rows = [*HEAD, [item, None, None, None, text], SECOND]
    codes = [problem.code for problem in one_form(folder, rows).problems]
    assert codes == (["answer_elsewhere"] if asked else [])


def test_an_answer_elsewhere_can_be_decided_to_be_the_answer_or_a_note(folder: Path) -> None:
    one_form(folder, [*HEAD, ["t.1", "Følger I op?", None, None, "ja"], SECOND])
    came_in = decide(folder, "Svar!E4", "ja", "ja").accepted()
    assert read(came_in) == {"t.1": "yes", "t.2": "no"}
    found = fates(came_in.ledger, SOURCE)
    assert found["Svar!E4"] == ("used", "decided")
    assert "Svar!C4" not in found
    came_in = decide(folder, "Svar!E4", "ja", "tom").accepted()
    assert read(came_in) == {"t.2": "no"}
    assert came_in.forms[0].left == frozenset()


def test_an_answer_decided_on_must_say_the_same_as_the_one_in_its_place(folder: Path) -> None:
    one_form(folder, [*HEAD, [*FIRST, None, "nej"], SECOND])
    came_in = decide(folder, "Svar!E4", "nej", "nej")
    assert faults(came_in.problems) == [(f"{SOURCE}, Svar!C4", "marks_differ")]
    assert read(decide(folder, "Svar!E4", "nej", "tom").accepted())["t.1"] == "yes"


def test_an_answer_in_place_of_the_question_is_asked_about(folder: Path) -> None:
    came_in = one_form(folder, [*HEAD, ["t.1", "ja", "Vi følger op."], SECOND])
    assert faults(came_in.problems) == [
        (f"{SOURCE}, Svar!B4", "answer_elsewhere"),
        (f"{SOURCE}, Svar!C4", "unknown_answer"),
    ]
    assert came_in.warnings == ()


def test_a_row_that_was_moved_aside_is_asked_about(folder: Path) -> None:
    rows = [*HEAD, SECOND, [], [None, None, None, None, "t.1", "Følger I op?", "ja"]]
    came_in = one_form(folder, rows)
    assert faults(came_in.problems) == [(f"{SOURCE}, Svar!G6", "answer_elsewhere")]
    assert "an answer to t.1" in str(came_in.problems[0])


@pytest.mark.parametrize("language", languages())
def test_last_times_answers_are_context(folder: Path, language: str) -> None:
    last = Phrase("last_time").told(language)
    rows = [*HEAD[:2], [*HEAD[2], last], [*FIRST, None, "nej"], SECOND]
    came_in = one_form(folder, rows)
    assert came_in.problems == ()
    assert fates(came_in.ledger, SOURCE)["Svar!E4"] == ("context", "note")


def test_a_sheet_whose_numbers_are_written_otherwise_has_answers_too(folder: Path) -> None:
    def number(book: Workbook) -> None:
        for row in range(9, 18):
            book["Kopi"][f"A{row}"] = f"{book['Kopi'][f'A{row}'].value}."
        book["Kopi"].sheet_state = "hidden"

    came_in = with_sheet(folder, form_rows("a", {"t.1": "nej"}), number)
    assert faults(came_in.problems) == [(SOURCE, "two_tables")]


@pytest.mark.parametrize("heading", ["Vores svar", None, "Svar sidst"])
def test_a_sheet_with_answers_under_another_heading_has_answers_too(
    folder: Path, heading: str | None
) -> None:
    def change(book: Workbook) -> None:
        book["Kopi"]["C7"] = heading

    came_in = with_sheet(folder, form_rows("a", {"t.1": "nej", "t.2": "ja"}), change)
    assert faults(came_in.problems) == [(SOURCE, "two_tables")]
    assert "Svar, Kopi" in str(came_in.problems[0])
    assert fates(came_in.ledger, SOURCE)["Kopi!C9"] == ("rejected", "two_tables")


@pytest.mark.parametrize(
    "rows",
    [
        [["t.1", "ja"]],
        [["ja", "nej"], ["delvis", "ved ikke"]],
        [["t.1", "Følger I op?"], ["t.2", "Skriver I det ned?"]],
        [["t.d2/1", "samtale"], ["t.d2/2", "brev"], ["t.d1", "Hvor længe?"]],
    ],
)
def test_a_sheet_without_answers_beside_questions_is_another_sheet(
    folder: Path, rows: list[list[object]]
) -> None:
    assert with_sheet(folder, rows, lambda _: None).problems == ()


def test_a_second_form_that_only_shows_last_times_answers_is_another_sheet(folder: Path) -> None:
    rows = form_rows("a", {})
    rows[6].append("Svar sidst")
    for row in rows[8:10]:
        row.append("ja")
    assert with_sheet(folder, rows, lambda _: None).problems == ()


def test_answers_on_the_only_sheet_that_has_them_are_read_and_other_remarks_told(
    folder: Path,
) -> None:
    more = {"Ny": form_rows("a", FULL)}
    blank = form_rows("a", {}, remarks={"t.1": "Se den nye fane"})
    write_workbook(folder / "forms" / "a.xlsx", blank, more)
    came_in = collect(load(folder)).accepted()
    assert set(came_in.answers["locator"].str.partition("!")[0]) == {"Ny"}
    assert faults(came_in.warnings) == [(f"{SOURCE}, {cell('t.1', 'D')}", "loose_text")]


def test_a_remark_is_read_where_no_sheet_has_answers(folder: Path) -> None:
    more = {"Ny": form_rows("a", {}, remarks={"t.1": "Vi svarer senere"})}
    write_workbook(folder / "forms" / "a.xlsx", form_rows("a", {}), more)
    assert read(collect(load(folder))) == {"t.1.remark": "Vi svarer senere"}


def test_answers_on_a_sheet_without_headings_are_told_where_the_form_has_none(
    folder: Path,
) -> None:
    more = {"Ark2": [["t.1", "ja"], ["t.2", "nej"]]}
    write_workbook(folder / "forms" / "a.xlsx", form_rows("a", {}), more)
    came_in = collect(load(folder))
    assert faults(came_in.problems) == [(SOURCE, "sheet_without_headings")]
    assert "the sheet Ark2" in str(came_in.problems[0])
    assert fates(came_in.ledger, SOURCE)["Ark2!B1"] == ("rejected", "sheet_without_headings")


def test_a_question_in_other_words_is_read_by_its_number_and_told(folder: Path) -> None:
    rows = [*HEAD, ["t.1", "Følger I ikke op?", "ja"], ["t.2", None, "nej"]]
    came_in = one_form(folder, rows).accepted()
    assert faults(came_in.warnings) == [(f"{SOURCE}, Svar!B4", "question_changed_wording")]
    assert read(came_in) == {"t.1": "yes", "t.2": "no"}


@pytest.mark.parametrize("written", ["=-vi venter", "#REF!"])
def test_a_formula_or_an_error_is_no_remark(folder: Path, written: str) -> None:
    came_in = one_form(folder, [*HEAD, [*FIRST, written], SECOND])
    assert faults(came_in.problems) == [(f"{SOURCE}, Svar!D4", "remark_formula")]
    assert read(came_in) == {"t.1": "yes", "t.2": "no"}
    decided = decide(folder, "Svar!D4", written, "Vi venter")
    assert read(decided.accepted())["t.1.remark"] == "Vi venter"


def test_a_percentage_in_a_remark_is_stored_as_it_is_shown(folder: Path) -> None:
    path = write_workbook(folder / "forms" / "a.xlsx", [*HEAD, [*FIRST, 0.125]])
    book = load_workbook(path)
    book["Svar"]["D4"].number_format = "0.0%"
    book.save(path)
    assert read(collect(load(folder)).accepted())["t.1.remark"] == "12.5 %"


def test_what_is_written_under_a_remark_is_told_and_not_read(folder: Path) -> None:
    came_in = one_form(folder, [*HEAD, [*FIRST, "Godt"], [None, None, None, "og nyt"], SECOND])
    assert came_in.problems == ()
    assert faults(came_in.warnings) == [(f"{SOURCE}, Svar!D5", "loose_text")]
    assert read(came_in)["t.1.remark"] == "Godt"
    assert fates(came_in.ledger, SOURCE)["Svar!D5"] == ("context", "note")


@pytest.mark.parametrize(("area", "told"), [("D4:D5", True), ("D4:E4", False), ("D6:D7", False)])
def test_a_remark_beside_several_questions_is_told(folder: Path, area: str, told: bool) -> None:
    rows = [
        *HEAD,
        [*FIRST, "Godt"],
        SECOND,
        ["t.d2", "Hvordan?", None, "Ad"],
        ["t.d2/1", "samtale", "x"],
    ]
    path = write_workbook(folder / "forms" / "a.xlsx", rows)
    book = load_workbook(path)
    book["Svar"].merge_cells(area)
    book.save(path)
    came_in = collect(load(folder)).accepted()
    expected = [(f"{SOURCE}, Svar!D4", "remark_merged")] if told else []
    assert faults(came_in.warnings) == expected


@pytest.mark.parametrize("number", ["01-jan", "2,1", "45292"])
def test_a_number_that_a_spreadsheet_spoiled_in_delimited_text_is_known_by_its_wording(
    folder: Path, number: str
) -> None:
    came_in = one_form(folder, [*HEAD, [number, *FIRST[1:]], SECOND], "a.csv")
    assert read(came_in.accepted()) == {"t.1": "yes", "t.2": "no"}


@pytest.mark.parametrize("number", ["t.9", "1.9", "Nr."])
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_number_that_somebody_typed_is_not_guessed_by_the_wording(
    folder: Path, number: str, name: str
) -> None:
    came_in = one_form(folder, [*HEAD, [number, *FIRST[1:]], SECOND], name)
    assert [problem.code for problem in came_in.problems] == ["unknown_item"]
    assert read(came_in) == {"t.2": "no"}


def test_questions_that_have_a_row_are_not_offered_for_another(folder: Path) -> None:
    came_in = one_form(folder, [*HEAD, FIRST, ["t.1", None, "nej"]])
    valid = str(came_in.problems[0].values["valid"])
    assert valid.startswith("t.2, t.s1")


def test_rows_without_end_are_told_with_the_nearest_number_for_the_first_ones(
    folder: Path,
) -> None:
    came_in = one_form(folder, [*HEAD, *(["t.1x", "?", "ja"] for _ in range(40)), SECOND])
    hints = [str(problem.values["hint"]) for problem in came_in.problems]
    assert len(hints) == 40
    assert all(hints[:20])
    assert not any(hints[20:])
