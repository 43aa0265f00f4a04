"""Several of one unit fill in the same form: each counts, with a role and a number."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.intake.exports.sending import decide
from tests.several_respondents import answers, came_in, make_several, person, send
from tests.small import fates, faults, form_rows, make_project, write_form


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_several(tmp_path)


def test_each_file_of_a_unit_is_a_respondent_in_the_order_of_names(folder: Path) -> None:
    send(folder, "b.xlsx", "a", "medarbejder", "nej")
    send(folder, "a.csv", "a", "Leder", "ja")
    send(folder, "c.csv", "b", "chef", "nej")
    found = came_in(folder)
    assert answers(found) == [
        ("a", "1", "role", "leader"),
        ("a", "1", "t.1", "yes"),
        ("a", "2", "role", "staff"),
        ("a", "2", "t.1", "no"),
        ("b", "1", "role", "leader"),
        ("b", "1", "t.1", "no"),
    ]
    assert not found.problems


def test_ten_and_more_respondents_stand_in_the_order_of_their_numbers(folder: Path) -> None:
    for number in range(11):
        rows = person("a", "leder", {"t.1": "ja", "t.d3": f"svar {number}"})
        write_form(folder / "forms" / f"{number:02}.csv", rows)
    numbers = [respondent for _, respondent, item, _ in answers(came_in(folder)) if item == "t.1"]
    assert numbers == [str(number) for number in range(1, 12)]


def test_without_respondents_the_later_of_two_forms_still_counts(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    for name, day, said in (("1.csv", "01-05-2024", "ja"), ("2.csv", "02-05-2024", "nej")):
        write_form(folder / "forms" / name, form_rows("a", {"t.1": said}, day=day))
    assert answers(came_in(folder)) == [("a", "1", "t.1", "no")]


def test_a_role_leads_back_to_its_cell(folder: Path) -> None:
    send(folder, "a.xlsx", "a", "Leder*", "ja")
    found = came_in(folder)
    row = found.answers.iloc[0]
    assert (row["item"], row["raw"], row["locator"]) == ("role", "Leder*", "Svar!B5")
    assert fates(found.ledger, "forms/a.xlsx")["Svar!B5"] == ("used", "normalised")


def test_the_same_file_twice_is_one_respondent_and_is_told(folder: Path) -> None:
    first = send(folder, "a.xlsx", "a", "leder")
    shutil.copy(first, folder / "forms" / "b.xlsx")
    found = came_in(folder)
    assert answers(found) == [("a", "1", "role", "leader"), ("a", "1", "t.1", "yes")]
    assert [one.code for one in found.warnings if one.source == "forms/b.xlsx"] == ["superseded"]


def test_a_role_that_nobody_has_is_a_fault_of_its_cell(folder: Path) -> None:
    send(folder, "a.xlsx", "a", "medarbejdr")
    found = came_in(folder)
    assert faults(found.problems) == [("forms/a.xlsx, Svar!B5", "unknown_role")]
    assert "medarbejder" in str(found.problems[0])
    assert answers(found) == [("a", "1", "t.1", "yes")]


@pytest.mark.parametrize(("name", "at"), [("a.xlsx", "Svar!B5"), ("a.csv", "row 5 column 2")])
def test_a_role_that_is_not_filled_in_is_a_fault_where_it_belongs(
    folder: Path, name: str, at: str
) -> None:
    send(folder, name, "a", None)
    found = came_in(folder)
    assert faults(found.problems) == [(f"forms/{name}, {at}", "role_missing")]
    assert fates(found.ledger, f"forms/{name}")[at] == ("rejected", "role_missing")


@pytest.mark.parametrize(("reads", "roles"), [("Leder", ["leader"]), ("tom", [])])
def test_a_role_can_be_decided_or_left_blank(folder: Path, reads: str, roles: list[str]) -> None:
    send(folder, "a.xlsx", "a", None)
    at = {"source": "forms/a.xlsx", "locator": "Svar!B5", "found": "–"}
    decide(folder, [at], reads)
    found = came_in(folder)
    assert not found.problems
    said = [("a", "1", "role", role) for role in roles]
    assert answers(found) == [*said, ("a", "1", "t.1", "yes")]


def test_a_form_without_the_line_for_the_role_does_not_count(folder: Path) -> None:
    write_form(folder / "forms" / "a.csv", form_rows("a", {"t.1": "ja"}))
    assert faults(came_in(folder).problems) == [("forms/a.csv", "field_missing")]


def test_without_roles_nothing_asks_for_one(tmp_path: Path) -> None:
    folder = make_several(tmp_path, roles=False)
    for name in ("a.csv", "b.csv"):
        write_form(folder / "forms" / name, form_rows("a", {"t.1": "ja", "t.d3": name}))
    send(folder, "c.csv", "a", "leder")
    found = came_in(folder)
    assert not found.problems
    assert [one for one in answers(found) if one[2] == "role"] == []


def test_a_form_with_a_role_and_no_answer_is_told(folder: Path) -> None:
    write_form(folder / "forms" / "a.csv", person("a", "leder", {}))
    assert faults(came_in(folder).problems) == [("forms/a.csv", "form_no_answers")]


def test_too_few_of_a_unit_are_told(folder: Path) -> None:
    send(folder, "a.csv", "a", "leder")
    for name in ("b1.csv", "b2.csv"):
        send(folder, name, "b", "leder", "ja" if name == "b1.csv" else "nej")
    told = [one for one in came_in(folder).warnings if one.code == "too_few_respondents"]
    assert [(one.values["unit"], one.values["number"]) for one in told] == [("A", "1")]


def test_more_of_one_unit_than_anybody_has_are_all_counted(folder: Path) -> None:
    for number in range(60):
        rows = person("a", "leder", {"t.1": "ja", "t.d3": f"svar {number}"})
        write_form(folder / "forms" / f"{number:02}.csv", rows)
    found = came_in(folder)
    assert not found.problems
    assert found.answers["respondent"].nunique() == 60
