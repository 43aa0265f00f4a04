"""The page that goes back to a unit: what its people can do about each fault, and no more."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.status import Standing, UnitStatus, standing
from misbrug_analysis.presentation.collecting.unit_page import to_mend, unit_page
from misbrug_analysis.presentation.language import Language
from tests.collecting import CPR, SCORED
from tests.small import form_rows, load, make_project, write_csv, write_form, write_workbook

DANISH = Language.load("da")
DECISION = ["source", "locator", "found", "reads_as", "reason", "decided_by", "date"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_project(tmp_path, {"ourtown": "north", "othertown": "south"})


def of(folder: Path) -> tuple[Standing, UnitStatus]:
    """How the round stands, and the unit whose page is read."""
    study = load(folder)
    now = standing(study, collect(study))
    return now, now.units[0]


def page(folder: Path) -> str:
    """What the page of the first unit says, without its markup."""
    html = unit_page(*of(folder), DANISH)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html.partition("<main")[2])))


def stamped(study: str, unit: str) -> list[list[str]]:
    values = {"layout": "1", "study": study, "instrument": "small", "version": "1"}
    values |= {"questions": "x", "unit": unit, "form": "joint"}
    return [list(pair) for pair in values.items()]


def decided(folder: Path, locator: str, found: str, reads_as: str) -> None:
    row = ["forms/a.xlsx", locator, found, reads_as, "Aftalt", "Ida", "1.5.2024"]
    write_csv(folder / "decisions.csv", [DECISION, row])


def test_the_title_says_whether_to_change_or_to_fill_in(folder: Path) -> None:
    path = folder / "forms" / "a.xlsx"
    write_form(path, form_rows("ourtown", {"t.1": "ja"}))
    assert "OURTOWN: det mangler" in page(folder)
    write_form(path, form_rows("ourtown", SCORED, remarks={"t.1": CPR}))
    assert "OURTOWN: det skal ændres" in page(folder)
    write_form(path, form_rows("ourtown", {"t.1": "måske"}))
    assert "OURTOWN: det skal rettes eller udfyldes" in page(folder)


def test_a_form_of_another_round_is_not_to_be_mended(folder: Path) -> None:
    rows, stamp = form_rows("ourtown", SCORED | {"t.2": None}), stamped("other-study", "ourtown")
    write_workbook(folder / "forms" / "a.xlsx", rows, {"misbrug": stamp})
    said = page(folder)
    assert "Udfyld og send det skema, I fik til denne runde." in said
    assert "Den fil, I sendte, skal ikke rettes." in said
    assert "Åbn den fil" not in said
    assert "Spørgsmål uden svar" not in said


def test_a_locked_cell_is_not_asked_to_be_changed(folder: Path) -> None:
    rows = form_rows("ourtwn", SCORED)
    write_workbook(folder / "forms" / "a.xlsx", rows, {"misbrug": stamped(folder.name, "ourtown")})
    assert "Svar os blot, hvis skema det er, eller brug det skema, I fik fra os." in page(folder)


def test_another_unit_that_is_typed_into_a_form_is_not_named(folder: Path) -> None:
    rows = form_rows("othertown", SCORED | {"t.1": "som OTHERTOWN"})
    stamp = stamped(folder.name, "ourtown")
    write_workbook(folder / "forms" / "a.xlsx", rows, {"misbrug": stamp})
    said = page(folder)
    assert "OTHERTOWN" not in said
    assert "»et andet navn« i skemaet, men det blev sendt ud til »OURTOWN«" in said
    assert "»som et andet navn« er ikke et svar" in said


def test_a_name_inside_a_word_is_left_as_it_stands(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {"ourtown": "north", "m": "south"})
    write_form(folder / "forms" / "a.csv", form_rows("ourtown", SCORED | {"t.1": "MM"}))
    assert "»MM« er ikke et svar" in page(folder)


def test_a_decision_of_the_study_is_not_for_the_unit_to_mend(folder: Path) -> None:
    write_form(folder / "forms" / "a.xlsx", form_rows("ourtown", SCORED | {"t.1": "måske"}))
    decided(folder, "Svar!C9", "noget andet", "ja")
    now, status = of(folder)
    assert [one.code for one in status.problems] == ["decision_outdated"]
    assert to_mend(now) == ()
    assert "afgørelse" not in page(folder)


def test_whoever_waits_for_a_decision_is_asked_for_what_is_blank(folder: Path) -> None:
    answers = SCORED | {"t.1": "måske", "t.2": None}
    write_form(folder / "forms" / "a.xlsx", form_rows("ourtown", answers))
    decided(folder, "Svar!C9", "noget andet", "ja")
    now, status = of(folder)
    assert [one.code for one in status.problems] == ["decision_outdated"]
    assert to_mend(now) == (status,)
    assert "t.2 Skriver I det ned?" in page(folder)


def test_a_file_that_another_one_replaced_is_not_asked_about(folder: Path) -> None:
    first, second = SCORED | {"t.1": None}, SCORED | {"t.2": None}
    write_form(folder / "forms" / "a.csv", form_rows("ourtown", first, day="2024-03-01"))
    write_form(folder / "forms" / "b.csv", form_rows("ourtown", second, day="2024-03-05"))
    said = page(folder)
    assert "t.2 Skriver I det ned?" in said
    assert "t.1" not in said


def test_the_cells_of_one_merged_range_are_one_fault(folder: Path) -> None:
    from openpyxl import load_workbook

    path = folder / "forms" / "a.xlsx"
    write_form(path, form_rows("ourtown", SCORED))
    book = load_workbook(path)
    book["Svar"].merge_cells("C9:C10")
    book.save(path)
    said = page(folder)
    assert said.count("flettede celler") == 1
    assert "Svaret på t.1 og t.2 står i flettede celler" in said
    assert "celle C9:C10 Spørgsmål: t.1 Følger I op? Spørgsmål: t.2 Skriver I det ned?" in said
