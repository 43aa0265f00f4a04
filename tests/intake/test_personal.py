"""Personal data in returned forms: found where they stand, counted, and acknowledged or told."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.personal import Finding, counted
from tests.intake.one_form import one_form
from tests.small import cell, faults, form_rows, load, make_project, write_form, write_workbook

CPR = "010203-1234"
SOURCE = "forms/a.xlsx"


def test_every_cell_of_every_sheet_is_searched(folder: Path) -> None:
    rows = form_rows("a", {"t.1": "ja"}, remarks={"t.1": f"{CPR} og ole@by.dk, ida@by.dk"})
    rows[1] = [None, None, None, None, None, "Ring 12 34 56 78"]
    write_workbook(folder / SOURCE, rows, {"Noter": [["Borger 0102031234"]]})
    (form,) = collect(load(folder)).forms
    found = {one.locator: sorted(one.kinds) for one in form.findings}
    assert found == {
        cell("t.1", "D"): ["cpr", "email", "email"],
        "Svar!F2": ["phone"],
        "Noter!A1": ["cpr"],
    }


def test_a_number_that_lost_its_leading_zero_is_found(folder: Path) -> None:
    came_in = one_form(folder, form_rows("a", {"t.1": "ja", "t.d3": 102031234}))
    assert faults(came_in.problems) == [(f"{SOURCE}, {cell('t.d3')}", "cpr_found")]
    assert set(came_in.answers["value"]) == {"yes", "[cpr]"}


def test_findings_are_counted_by_file_and_kind_and_the_gravest_comes_first() -> None:
    findings = [
        Finding("b", "A1", ("phone", "cpr")),
        Finding("a", "A1", ("email",)),
        Finding("b", "A2", ("phone",)),
    ]
    assert counted(findings) == {"b": {"cpr": 1, "phone": 2}, "a": {"email": 1}}
    assert list(counted(findings)["b"]) == ["cpr", "phone"]


def test_a_civil_registration_number_is_a_fault_and_the_answers_are_masked(folder: Path) -> None:
    came_in = one_form(folder, form_rows("a", {"t.1": "ja"}, remarks={"t.1": CPR}))
    assert faults(came_in.problems) == [(f"{SOURCE}, {cell('t.1', 'D')}", "cpr_found")]
    assert list(came_in.answers["raw"]) == ["ja", "[cpr]"]


@pytest.mark.parametrize("remark", ["ole@by.dk", "Ring 12 34 56 78"])
def test_addresses_and_phone_numbers_are_no_faults(folder: Path, remark: str) -> None:
    came_in = one_form(folder, form_rows("a", {"t.1": "ja"}, remarks={"t.1": remark}))
    assert came_in.problems == ()
    assert len(came_in.forms[0].findings) == 1


def test_an_acknowledged_number_is_no_fault_and_stays_masked(tmp_path: Path) -> None:
    known = {"source": SOURCE, "locator": cell("t.1", "D"), "reason": "Findes ikke"}
    folder = make_project(tmp_path, personal_data=[known])
    came_in = one_form(folder, form_rows("a", {"t.1": "ja"}, remarks={"t.1": CPR}))
    assert came_in.problems == ()
    assert list(came_in.answers["raw"]) == ["ja", "[cpr]"]


def test_an_acknowledgement_holds_for_its_cell_alone(tmp_path: Path) -> None:
    known = {"source": SOURCE, "locator": cell("t.2", "D"), "reason": "Findes ikke"}
    folder = make_project(tmp_path, personal_data=[known])
    write_form(folder / SOURCE, form_rows("a", {"t.1": "ja"}, remarks={"t.1": CPR}))
    assert faults(collect(load(folder)).problems) == [
        (f"{SOURCE}, {cell('t.1', 'D')}", "cpr_found"),
        (f"data/raw/{folder.name}/study.yaml, personal_data, entry 1", "stray_acknowledgement"),
    ]
