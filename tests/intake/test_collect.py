"""A folder of forms: which of them count, what a study accepts, and what is warned of."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest
from pandera.errors import SchemaErrors

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.model.errors import IntakeError
from tests.small import cell, fates, faults, form_rows, load, make_project, write_form

Acceptances = list[dict[str, str]]


def accept(*cells: str, source: str = "forms/a.xlsx") -> Acceptances:
    return [{"source": source, "locator": one, "reason": "asked on the phone"} for one in cells]


def test_faults_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    forms = make_project(tmp_path) / "forms"
    write_form(forms / "a.xlsx", form_rows("a", {"t.1": "måske"}))
    write_form(forms / "b.csv", form_rows("x", {"t.1": "ja"}))
    (forms / "c.xls").write_bytes(b"")
    (forms / "deeper").mkdir()
    write_form(forms / "deeper" / "d.csv", form_rows("c", {}))
    came_in = collect(load(forms.parent))
    expected = [
        ("forms/a.xlsx, Svar!C9", "unknown_answer"),
        ("forms/b.csv, row 3 column 2", "unknown_unit"),
        ("forms/c.xls", "other_spreadsheet"),
        ("forms/deeper/d.csv", "form_no_answers"),
    ]
    assert faults(came_in.problems) == expected
    with pytest.raises(IntakeError) as error:
        came_in.accepted()
    assert faults(error.value.problems) == expected
    assert all(where in str(error.value) for where, _ in expected)


def test_tables_are_checked_when_a_round_is_accepted(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    write_form(folder / "forms" / "a.xlsx", form_rows("a", {"t.1": "ja", "t.2": "ja"}))
    came_in = collect(load(folder))
    assert came_in.accepted() is came_in
    with pytest.raises(SchemaErrors):
        replace(came_in, answers=came_in.answers.assign(item="t.1")).accepted()
    with pytest.raises(SchemaErrors):
        replace(came_in, ledger=came_in.ledger.assign(fate="lost")).accepted()


def test_a_ruling_is_not_told_of_while_anything_else_is_wrong(tmp_path: Path) -> None:
    ruling = {"unit": "a", "indicator": "t.1", "answer": "yes"}
    folder = make_project(tmp_path, adjudications=[ruling])
    write_form(folder / "forms" / "b.csv", form_rows("b", {"t.1": "ja"}))
    assert [one.code for one in collect(load(folder)).problems] == ["ruling_without_answer"]
    write_form(folder / "forms" / "b.csv", form_rows("b", {"t.1": "måske"}))
    assert [one.code for one in collect(load(folder)).problems] == ["unknown_answer"]


def test_the_first_fault_of_a_form_is_why_its_cells_are_rejected(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    write_form(folder / "forms" / "a.xlsx", form_rows("nobody", {"t.1": "ja"}, form="none"))
    came_in = collect(load(folder))
    assert [one.code for one in came_in.problems] == ["unknown_unit", "unknown_form"]
    assert fates(came_in.ledger, "forms/a.xlsx")[cell("t.1")] == ("rejected", "unknown_unit")


def test_a_file_in_place_of_the_folder_of_forms_is_a_fault(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    (folder / "forms").rmdir()
    (folder / "forms").write_bytes(b"x")
    came_in = collect(load(folder))
    assert faults(came_in.problems) == [("forms", "file_unusable")]
    assert "a file stands where a folder is needed" in str(came_in.problems[0])


def test_a_folder_of_forms_that_is_closed_is_a_fault_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_project(tmp_path)
    write_form(folder / "forms" / "a.csv", form_rows("a", {"t.1": "ja"}))
    closed = folder / "forms" / "010203-1234"
    closed.mkdir()
    scandir = os.scandir

    def shut(path: str | Path) -> object:
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", shut)
    came_in = collect(load(folder))
    assert faults(came_in.problems) == [("forms/[cpr]", "file_unusable")]
    assert list(came_in.answers["unit"]) == ["a"]


@pytest.mark.parametrize("name", ["b.csv", "b.xlsx"])
def test_a_file_that_is_closed_is_a_fault_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = make_project(tmp_path)
    write_form(folder / "forms" / "a.csv", form_rows("a", {"t.1": "ja"}))
    closed = write_form(folder / "forms" / name, form_rows("b", {"t.1": "ja"}))
    opened = os.open

    def shut(path: str | Path, *arguments: int) -> int:
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *arguments)

    monkeypatch.setattr(os, "open", shut)
    came_in = collect(load(folder))
    assert faults(came_in.problems) == [(f"forms/{name}", "file_unusable")]
    assert fates(came_in.ledger, f"forms/{name}") == {"file": ("rejected", "file_unusable")}
    assert list(came_in.answers["unit"]) == ["a"]


def test_a_link_that_leads_nowhere_is_a_fault(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    (folder / "forms" / "a.csv").symlink_to(tmp_path / "gone.csv")
    assert faults(collect(load(folder)).problems) == [("forms/a.csv", "file_unusable")]


def test_a_round_without_forms_has_nothing_and_no_fault(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    (folder / "forms").rmdir()
    came_in = collect(load(folder)).accepted()
    assert (len(came_in.answers), len(came_in.ledger)) == (0, 0)


def test_a_later_form_supersedes_an_earlier_one(tmp_path: Path) -> None:
    forms = make_project(tmp_path) / "forms"
    write_form(forms / "1.xlsx", form_rows("a", {"t.1": "ja"}, day="02-03-2024"))
    write_form(forms / "2.xlsx", form_rows("a", {"t.1": "nej"}, day="01-03-2024"))
    write_form(forms / "3.csv", form_rows("a", {"t.1": "delvis"}, day="03-03-2024"))
    came_in = collect(load(forms.parent)).accepted()
    assert list(came_in.answers["source"]) == ["forms/3.csv"]
    for source in ("forms/1.xlsx", "forms/2.xlsx"):
        found = fates(came_in.ledger, source)
        assert found[cell("t.1")] == ("superseded", "later_form")
        assert found[cell("t.2")] == ("superseded", "later_form")
        assert {fate for fate, _ in found.values()} == {"superseded", "context"}


def test_what_was_wrong_in_a_superseded_form_is_mended_by_the_later_one(tmp_path: Path) -> None:
    forms = make_project(tmp_path) / "forms"
    write_form(forms / "1.xlsx", form_rows("a", {"t.1": "ja", "t.2": "måske"}, day="01-03-2024"))
    write_form(forms / "2.xlsx", form_rows("a", {"t.1": "ja", "t.2": "nej"}, day="02-03-2024"))
    came_in = collect(load(forms.parent)).accepted()
    assert fates(came_in.ledger, "forms/1.xlsx")[cell("t.2")] == ("superseded", "later_form")


@pytest.mark.parametrize(
    ("first", "second"),
    [(None, None), ("01-03-2024", None), (None, "01-03-2024"), ("01-03-2024", "2024-03-01")],
)
def test_two_forms_without_two_dates_are_a_fault(
    tmp_path: Path, first: str | None, second: str | None
) -> None:
    forms = make_project(tmp_path) / "forms"
    write_form(forms / "1.xlsx", form_rows("a", {"t.1": "ja"}, day=first))
    write_form(forms / "2.xlsx", form_rows("a", {"t.1": "nej"}, day=second))
    came_in = collect(load(forms.parent))
    assert faults(came_in.problems) == [
        ("forms/1.xlsx", "form_twice"),
        ("forms/2.xlsx", "form_twice"),
    ]
    assert "(forms/2.xlsx, too)" in str(came_in.problems[0])
    assert fates(came_in.ledger, "forms/2.xlsx")[cell("t.1")] == ("rejected", "form_twice")
    assert len(came_in.answers) == 0


def test_forms_of_other_names_or_units_stand_beside_each_other(tmp_path: Path) -> None:
    forms = make_project(tmp_path) / "forms"
    write_form(forms / "1.xlsx", form_rows("a", {"t.1": "ja"}, form="alcohol"))
    write_form(forms / "2.xlsx", form_rows("a", {"t.1": "ja"}, form="drugs"))
    write_form(forms / "3.xlsx", form_rows("b", {"t.1": "ja"}, form="alcohol"))
    came_in = collect(load(forms.parent)).accepted()
    assert len(came_in.answers) == 3
    assert came_in.warnings == ()


def test_a_joint_form_beside_separate_ones_is_warned_of(tmp_path: Path) -> None:
    forms = make_project(tmp_path) / "forms"
    for name in ("joint", "alcohol", "drugs"):
        write_form(forms / f"{name}.xlsx", form_rows("a", {"t.1": "ja"}, form=name))
    came_in = collect(load(forms.parent)).accepted()
    assert [problem.code for problem in came_in.warnings] == ["joint_and_separate"]
    assert "A sent a form for everything (fælles) and separate ones (alkohol, stoffer)" in str(
        came_in.warnings[0]
    )


@pytest.mark.parametrize("name", ["a.xlsx", "Svar, Greve.xlsx"])
def test_an_accepted_answer_counts_as_blank(tmp_path: Path, name: str) -> None:
    accepted = accept(cell("t.1"), source=f"forms/{name}")
    folder = make_project(tmp_path, accept=accepted)
    write_form(folder / "forms" / name, form_rows("a", {"t.1": "måske", "t.2": "ja"}))
    came_in = collect(load(folder)).accepted()
    assert fates(came_in.ledger, f"forms/{name}")[cell("t.1")] == ("blank", "accepted")
    assert list(came_in.answers["item"]) == ["t.2"]
    raw = came_in.ledger.set_index("locator")["raw"]
    assert raw[cell("t.1")] == "måske"


def test_an_acceptance_covers_its_own_cell_only(tmp_path: Path) -> None:
    folder = make_project(tmp_path, accept=accept(cell("t.1")))
    rows = form_rows("a", {"t.1": "måske", "t.2": "måske", "t.s1": "ja"})
    write_form(folder / "forms" / "a.xlsx", rows)
    write_form(folder / "forms" / "b.xlsx", form_rows("b", {"t.1": "måske", "t.2": "ja"}))
    assert faults(collect(load(folder)).problems) == [
        (f"forms/a.xlsx, {cell('t.2')}", "unknown_answer"),
        (f"forms/b.xlsx, {cell('t.1')}", "unknown_answer"),
    ]


@pytest.mark.parametrize("number", ["t.s5", "t.1"])
def test_an_accepted_row_is_blank_with_its_answer(tmp_path: Path, number: str) -> None:
    folder = make_project(tmp_path, accept=accept("Svar!A18"))
    rows = form_rows("a", {"t.1": "ja"})
    rows.append([number, "Vores eget spørgsmål", "nej"])
    write_form(folder / "forms" / "a.xlsx", rows)
    came_in = collect(load(folder)).accepted()
    assert list(came_in.answers["value"]) == ["yes"]
    found = fates(came_in.ledger, "forms/a.xlsx")
    assert found["Svar!A18"] == found["Svar!C18"] == ("blank", "accepted")
    assert "rejected" not in set(came_in.ledger["fate"])


def test_an_accepted_date_leaves_the_form_without_one(tmp_path: Path) -> None:
    folder = make_project(tmp_path, accept=accept("Svar!B5"))
    write_form(folder / "forms" / "a.xlsx", form_rows("a", {"t.1": "ja"}, day="i foråret"))
    came_in = collect(load(folder)).accepted()
    assert fates(came_in.ledger, "forms/a.xlsx")["Svar!B5"] == ("blank", "accepted")
    assert len(came_in.answers) == 1


def test_a_form_of_an_accepted_unknown_unit_is_left_out(tmp_path: Path) -> None:
    folder = make_project(tmp_path, accept=accept("Svar!B3"))
    rows = form_rows("elsewhere", {"t.1": "ja", "t.2": "måske"})
    write_form(folder / "forms" / "a.xlsx", rows)
    came_in = collect(load(folder)).accepted()
    assert len(came_in.answers) == 0
    found = fates(came_in.ledger, "forms/a.xlsx")
    assert found[cell("t.1")] == found[cell("t.2")] == ("blank", "accepted")
    assert {fate for fate, _ in found.values()} == {"blank", "context"}


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.csv"])
def test_a_whole_file_can_be_accepted(tmp_path: Path, name: str) -> None:
    folder = make_project(tmp_path, accept=accept("file", source=f"forms/{name}"))
    if name == "a.csv":
        write_form(folder / "forms" / name, form_rows("a", {}))
    else:
        (folder / "forms" / name).write_bytes(b"no form")
    came_in = collect(load(folder)).accepted()
    assert {fate for fate, _ in fates(came_in.ledger, f"forms/{name}").values()} <= {
        "blank",
        "context",
    }
    assert len(came_in.answers) == 0


def test_the_second_of_two_undated_forms_can_be_left_out(tmp_path: Path) -> None:
    folder = make_project(tmp_path, accept=accept("file", source="forms/2.xlsx"))
    for name, said in (("1.xlsx", "ja"), ("2.xlsx", "nej")):
        write_form(folder / "forms" / name, form_rows("a", {"t.1": said}))
    came_in = collect(load(folder)).accepted()
    assert list(came_in.answers["source"]) == ["forms/1.xlsx"]


@pytest.mark.parametrize(
    ("source", "locator"),
    [("forms/a.xlsx", "Svar!C9"), ("forms/a.xlsx", "Svar!Z99"), ("forms/b.xlsx", "Svar!C9")],
)
def test_an_acceptance_of_what_is_not_rejected_is_a_fault(
    tmp_path: Path, source: str, locator: str
) -> None:
    folder = make_project(tmp_path, accept=accept(locator, source=source))
    write_form(folder / "forms" / "a.xlsx", form_rows("a", {"t.1": "ja"}))
    problems = collect(load(folder)).problems
    assert [problem.code for problem in problems] == ["stray_acceptance"]
    assert locator in str(problems[0])
    assert source in str(problems[0])
    assert "study.yaml" in problems[0].where


def test_reading_changes_nothing_among_the_raw_files(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    write_form(folder / "forms" / "a.xlsx", form_rows("a", {"t.1": "ja"}, day="01-03-2024"))
    write_form(folder / "forms" / "b.csv", form_rows("b", {"t.1": "måske"}))
    (folder / "forms" / "c.xlsx").write_bytes(b"no workbook")

    def state() -> dict[Path, tuple[bytes, int]]:
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}

    before = state()
    collect(load(folder))
    assert state() == before
