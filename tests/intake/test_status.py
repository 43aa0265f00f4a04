"""How far a round is: the state of every unit, its files, its gaps, and whose a file is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.status import Standing, UnitStatus, standing
from misbrug_analysis.model.errors import DefinitionError
from tests.small import ITEMS, faults, form_rows, load, make_project, write_csv, write_form

SCORED: dict[str, object] = dict.fromkeys(("t.1", "t.2", "t.s1", "t.s2", "t.s3", "t.s4"), "ja")
"""An answer to every scored and supplementary question."""


def send(folder: Path, name: str, rows: list[list[object]]) -> None:
    write_form(folder / "forms" / name, rows)


def now(folder: Path) -> Standing:
    study = load(folder)
    return standing(study, collect(study))


def of(folder: Path, unit: str = "a") -> UnitStatus:
    return next(status for status in now(folder).units if status.unit.id == unit)


def ask(folder: Path, **forms: str) -> None:
    """Say in the units file which forms units are asked for."""
    rows = [[unit, unit.upper(), "north", forms.get(unit, "")] for unit in ("a", "b")]
    rows.append(["c", "C", "south", ""])
    write_csv(folder / "units.csv", [["id", "label", "team", "forms"], *rows], separator=",")


def test_a_unit_is_complete_when_only_descriptive_questions_are_blank(folder: Path) -> None:
    send(folder, "a.xlsx", form_rows("a", SCORED, day="2024-03-01"))
    status = of(folder)
    (file,) = status.files
    assert (status.state, status.missing) == ("complete", ())
    assert (file.answered, file.asked, file.blank) == (6, len(ITEMS), ())
    assert file.descriptive_blank == ("t.d1", "t.d2", "t.d3")
    assert (file.form, file.date, file.use) == ("joint", date(2024, 3, 1), "used")


def test_blank_scored_and_supplementary_questions_are_gaps(folder: Path) -> None:
    send(folder, "a.xlsx", form_rows("a", {**SCORED, "t.2": None, "t.s3": None, "t.d1": "et år"}))
    status = of(folder)
    assert status.state == "gaps"
    assert (status.files[0].blank, status.blank) == (("t.2", "t.s3"), 2)


def test_a_unit_with_a_fault_in_any_file_is_rejected(folder: Path) -> None:
    send(folder, "a1.xlsx", form_rows("a", SCORED, form="alcohol"))
    send(folder, "a2.xlsx", form_rows("a", {**SCORED, "t.1": "måske"}, form="drugs"))
    status = of(folder)
    assert status.state == "rejected"
    assert [file.use for file in status.files] == ["used", "rejected"]
    assert faults(status.problems) == [("forms/a2.xlsx, Svar!C9", "unknown_answer")]
    assert status.files[1].blank == (), "what cannot be read is a fault and not blank"


def test_a_civil_registration_number_rejects_too(folder: Path) -> None:
    send(folder, "a.xlsx", form_rows("a", SCORED, remarks={"t.1": "010203-1234"}))
    assert of(folder).state == "rejected"


def test_a_unit_that_sent_nothing_is_absent_and_its_form_is_wanted(folder: Path) -> None:
    status = of(folder)
    assert (status.state, status.files, status.missing) == ("absent", (), ("joint",))


def test_a_form_that_was_superseded_leaves_no_gaps(folder: Path) -> None:
    send(folder, "a1.xlsx", form_rows("a", {"t.1": "ja"}, day="2024-03-01"))
    send(folder, "a2.xlsx", form_rows("a", SCORED, day="2024-03-02"))
    status = of(folder)
    assert [file.use for file in status.files] == ["superseded", "used"]
    assert status.state == "complete"


def test_a_form_that_the_study_leaves_out_does_not_count(tmp_path: Path) -> None:
    entry = {"source": "forms/a.xlsx", "locator": "file", "reason": "Prøve"}
    folder = make_project(tmp_path, accept=[entry])
    send(folder, "a.xlsx", form_rows("a", {}))
    status = of(folder)
    assert (status.state, [file.use for file in status.files]) == ("absent", ["left_out"])


def test_a_cell_that_the_study_accepts_as_blank_is_no_gap(tmp_path: Path) -> None:
    entry = {"source": "forms/a.xlsx", "locator": "Svar!C9", "reason": "Vil ikke svare"}
    folder = make_project(tmp_path, accept=[entry])
    send(folder, "a.xlsx", form_rows("a", {**SCORED, "t.1": "måske"}))
    status = of(folder)
    assert (status.state, status.files[0].left, status.files[0].answered) == ("complete", 1, 5)


def test_a_question_that_is_left_unanswered_in_words_is_no_gap(folder: Path) -> None:
    send(folder, "a.xlsx", form_rows("a", {**SCORED, "t.1": "Ved ikke"}))
    status = of(folder)
    assert (status.state, status.files[0].left, status.files[0].blank) == ("complete", 1, ())


def test_the_forms_of_the_units_file_are_wanted(folder: Path) -> None:
    ask(folder, a="alcohol drugs")
    send(folder, "a.xlsx", form_rows("a", SCORED, form="alcohol"))
    status = of(folder)
    assert (status.state, status.missing, status.covered) == ("gaps", ("drugs",), ())


@pytest.mark.parametrize(
    ("wanted", "sent", "covered"),
    [
        ("", "alcohol drugs youth", ("joint",)),
        ("joint", "alcohol drugs youth", ("joint",)),
        ("alcohol;drugs", "joint", ("alcohol", "drugs")),
    ],
)
def test_joint_and_separate_forms_stand_in_for_each_other(
    folder: Path, wanted: str, sent: str, covered: tuple[str, ...]
) -> None:
    ask(folder, a=wanted)
    for form in sent.split():
        send(folder, f"{form}.xlsx", form_rows("a", SCORED, form=form))
    status = of(folder)
    assert (status.state, status.missing, status.covered) == ("complete", (), covered)


def test_some_of_the_separate_forms_do_not_stand_in_for_the_joint_one(folder: Path) -> None:
    for form in ("alcohol", "drugs"):
        send(folder, f"{form}.xlsx", form_rows("a", SCORED, form=form))
    status = of(folder)
    assert (status.state, status.missing, status.covered) == ("gaps", ("youth",), ("joint",))
    ask(folder, a="alcohol drugs")
    status = of(folder)
    assert (status.state, status.missing, status.covered) == ("complete", (), ())


def test_two_forms_that_nothing_tells_apart_are_both_rejected(folder: Path) -> None:
    for name, said in (("1", "ja"), ("2", "nej")):
        send(folder, f"{name}.xlsx", form_rows("a", {**SCORED, "t.1": said}))
    assert [file.use for file in of(folder).files] == ["rejected", "rejected"]


def test_without_a_joint_form_all_forms_are_wanted(tmp_path: Path) -> None:
    forms = [{"id": name, "label": {"da": name}} for name in ("drugs", "youth")]
    folder = make_project(tmp_path, forms=forms)
    assert of(folder).missing == ("drugs", "youth")


def test_a_file_of_no_known_unit_is_listed_apart(folder: Path) -> None:
    send(folder, "x.xlsx", form_rows("nobody", SCORED))
    (folder / "forms" / "y.xlsx").write_bytes(b"no workbook")
    found = now(folder)
    assert {status.state for status in found.units} == {"absent"}
    assert [file.source for file in found.nobodys] == ["forms/x.xlsx", "forms/y.xlsx"]
    assert found.sent == 0


def test_units_are_counted_by_state(folder: Path) -> None:
    send(folder, "a.xlsx", form_rows("a", SCORED))
    send(folder, "b.xlsx", form_rows("b", {"t.1": "ja"}))
    found = now(folder)
    assert found.sent == 2
    assert [status.unit.id for status in found.of_state("gaps")] == ["b"]


def test_a_form_that_no_form_of_the_study_is_called_is_told_with_its_line(folder: Path) -> None:
    ask(folder, b="joint alkohl")
    with pytest.raises(DefinitionError) as error:
        load(folder)
    (problem,) = error.value.problems
    assert problem.code == "dangling"
    assert problem.where.endswith("units.csv, line 3, column forms")
    assert "alkohl" in str(problem)
