"""Every way in which a form can be wrong: what is told, and what its cells count as."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.worksheet.formula import ArrayFormula

from tests.intake.one_form import FULL, one_form
from tests.small import cell, fates, faults, form_rows, make_project


def with_row(rows: list[list[object]], item: str, row: list[object]) -> list[list[object]]:
    """The form with another row in place of an item's."""
    return [row if one and one[0] == item else one for one in rows]


@pytest.mark.parametrize(
    ("answer", "item", "code"),
    [
        ("måske", "t.1", "unknown_answer"),
        ("ja/nej", "t.2", "answer_with_more"),
        ("ja?", "t.s1", "answer_with_more"),
        ("et halvt år", "t.d1", "unknown_answer"),
        ("brev; mail", "t.d2", "unknown_answer"),
        (";", "t.d2", "unknown_answer"),
        (True, "t.1", "answer_truth"),
        (1, "t.1", "answer_number"),
    ],
)
def test_an_answer_that_is_none_is_rejected(
    folder: Path, answer: object, item: str, code: str
) -> None:
    came_in = one_form(folder, form_rows("a", {"t.s4": "ja", item: answer}))
    assert faults(came_in.problems) == [(f"forms/a.xlsx, {cell(item)}", code)]
    assert fates(came_in.ledger, "forms/a.xlsx")[cell(item)] == ("rejected", code)
    assert item not in set(came_in.answers["item"])


def test_the_message_about_an_answer_names_the_words_that_count(folder: Path) -> None:
    came_in = one_form(folder, form_rows("a", {"t.1": "måske", "t.d1": "kort"}))
    first, second = (str(problem) for problem in came_in.problems)
    assert "“måske” is not an answer to t.1" in first
    assert "ja / delvis / nej" in first
    assert "et år / længere" in second


def test_a_formula_where_an_answer_belongs_is_rejected(folder: Path) -> None:
    rows = form_rows("a", {"t.1": '=IF(1=1,"ja","nej")', "t.2": "ja"})
    rows[10][2] = ArrayFormula("C11", '="nej"')
    came_in = one_form(folder, rows)
    assert faults(came_in.problems) == [
        ("forms/a.xlsx, Svar!C9", "answer_formula"),
        ("forms/a.xlsx, Svar!C11", "answer_formula"),
    ]
    raw = came_in.ledger.set_index("locator")["raw"]
    assert raw["Svar!C11"] == '="nej"'


def test_an_unknown_unit_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {"greve": "north", "lejre": "north"})
    came_in = one_form(folder, form_rows("Grewe", FULL))
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!B3", "unknown_unit")]
    assert "Did you mean GREVE?" in str(came_in.problems[0])
    assert "GREVE, LEJRE" in str(came_in.problems[0])


def test_an_unknown_form_name_is_told_with_the_nearest_one(folder: Path) -> None:
    came_in = one_form(folder, form_rows("a", FULL, form="stofer"))
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!B4", "unknown_form")]
    assert "Did you mean stoffer?" in str(came_in.problems[0])


@pytest.mark.parametrize(
    ("label", "code"), [("Besvarelse fra", "unknown_unit"), ("Skema", "unknown_form")]
)
def test_nothing_is_used_of_a_form_that_is_nobodys(folder: Path, label: str, code: str) -> None:
    rows = [[label, "hvem?"] if row[:1] == [label] else row for row in form_rows("a", FULL)]
    came_in = one_form(folder, rows)
    assert len(came_in.answers) == 0
    found = fates(came_in.ledger, "forms/a.xlsx")
    assert {fate for fate, _ in found.values()} == {"rejected", "context"}
    assert found[cell("t.1")] == ("rejected", code)


@pytest.mark.parametrize("labelled", [True, False])
@pytest.mark.parametrize("label", ["Besvarelse fra", "Skema"])
def test_a_form_must_say_whose_and_what_it_is(folder: Path, label: str, labelled: bool) -> None:
    left: list[object] = [label] if labelled else []
    rows = [left if row[:1] == [label] else row for row in form_rows("a", FULL)]
    came_in = one_form(folder, rows)
    assert faults(came_in.problems) == [("forms/a.xlsx", "field_missing")]
    assert label in str(came_in.problems[0])
    assert len(came_in.answers) == 0


def test_a_bad_date_is_told_and_the_answers_are_read(folder: Path) -> None:
    came_in = one_form(folder, form_rows("a", FULL, day="i foråret"))
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!B5", "bad_date")]
    assert len(came_in.answers) == len(FULL)


@pytest.mark.parametrize("heading", ["Nr.", "Svar"])
def test_a_missing_column_leaves_nothing_to_read(folder: Path, heading: str) -> None:
    rows = [
        ["Andet" if value == heading else value for value in row] for row in form_rows("a", FULL)
    ]
    came_in = one_form(folder, rows)
    assert faults(came_in.problems) == [("forms/a.xlsx", "header_missing")]
    assert set(came_in.ledger["fate"]) == {"rejected"}


def test_an_item_that_stands_twice_is_rejected_the_second_time(folder: Path) -> None:
    rows = form_rows("a", {"t.1": "ja"})
    rows += [["t.1", "igen", "nej"], ["t.2", "igen"]]
    came_in = one_form(folder, rows)
    assert faults(came_in.problems) == [
        ("forms/a.xlsx, Svar!A18", "item_twice"),
        ("forms/a.xlsx, Svar!A19", "item_twice"),
    ]
    assert "first in Svar!A9" in str(came_in.problems[0])
    assert list(came_in.answers["value"]) == ["yes"]
    found = fates(came_in.ledger, "forms/a.xlsx")
    assert found["Svar!C18"] == ("rejected", "item_twice")


def test_an_unknown_item_is_told_with_the_nearest_one(folder: Path) -> None:
    rows = with_row(form_rows("a", FULL), "t.s4", ["t.s5", "Mere?", "ja"])
    came_in = one_form(folder, rows)
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!A14", "unknown_item")]
    assert "Did you mean t.s" in str(came_in.problems[0])
    found = fates(came_in.ledger, "forms/a.xlsx")
    assert found["Svar!C14"] == ("rejected", "unknown_item")
    assert found["question t.s4"] == ("blank", "no_row")


def test_an_answer_without_a_number_is_rejected(folder: Path) -> None:
    rows = with_row(form_rows("a", FULL), "t.s4", [None, "Noget andet?", "ja"])
    came_in = one_form(folder, rows)
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!C14", "unknown_item")]


def test_a_form_without_any_answer_is_rejected(folder: Path) -> None:
    came_in = one_form(folder, form_rows("a", {}))
    assert faults(came_in.problems) == [("forms/a.xlsx", "form_no_answers")]
    assert len(came_in.answers) == 0


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_form_that_leaves_its_only_question_on_purpose_was_sent(folder: Path, name: str) -> None:
    came_in = one_form(folder, form_rows("a", {"t.1": "ved ikke"}), name)
    assert came_in.problems == ()
    assert [(form.unit, form.left) for form in came_in.forms] == [("a", {"t.1"})]


def test_all_faults_of_a_form_are_reported(folder: Path) -> None:
    rows = form_rows("nobody", {"t.1": "måske", "t.2": "ja"}, form="hvad", day="snart")
    assert faults(one_form(folder, rows).problems) == [
        ("forms/a.xlsx, Svar!B3", "unknown_unit"),
        ("forms/a.xlsx, Svar!B4", "unknown_form"),
        ("forms/a.xlsx, Svar!B5", "bad_date"),
        ("forms/a.xlsx, Svar!C9", "unknown_answer"),
    ]


def test_personal_data_are_masked_in_tables_ledger_and_messages(folder: Path) -> None:
    cpr, mail, phone = "010203-1234", "ole@greve.dk", "12 34 56 78"
    rows = form_rows(
        f"Ole {cpr}", {"t.1": f"spørg {mail}", "t.d3": f"Ring {phone}"}, day=f"{cpr}", form=mail
    )
    rows += [[f"x {phone}", None, "ja"]]
    came_in = one_form(folder, rows)
    told = "\n".join([*map(str, came_in.problems), *came_in.ledger["raw"]])
    codes = [problem.code for problem in came_in.problems]
    assert len(codes) == 5 + codes.count("cpr_found")
    assert codes.count("cpr_found") == 2
    assert [secret for secret in (cpr, mail, phone) if secret in told] == []
