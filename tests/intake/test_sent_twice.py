"""The same form sent more than once: which counts, by what, and what is said of the others."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.model.errors import Problem
from tests.small import (
    ITEMS,
    cell,
    fates,
    faults,
    form_rows,
    load,
    make_project,
    write_csv,
    write_form,
)
from tests.small import write_workbook as write

NO_FORMS = Problem("no_forms", "forms")


def decide(folder: Path, *decisions: tuple[str, str, str], locator: str = "Svar!B3") -> None:
    """Write decisions: the file, what stands there, and how it is read."""
    columns = ["source", "locator", "found", "reads_as", "reason", "decided_by", "date"]
    rows = [[one, locator, *said, "Spurgt", "T", "2024-05-02"] for one, *said in decisions]
    write_csv(folder / "decisions.csv", [columns, *rows])


@pytest.fixture
def forms(folder: Path) -> Path:
    return folder / "forms"


def test_without_dates_the_one_that_was_saved_later_counts(forms: Path) -> None:
    write(forms / "1.xlsx", form_rows("a", {"t.1": "ja"}), saved="2024-03-02T08:00:00Z")
    write(forms / "2.xlsx", form_rows("a", {"t.1": "nej"}), saved="2024-03-01T08:00:00Z")
    came_in = collect(load(forms.parent)).accepted()
    assert list(came_in.answers["source"]) == ["forms/1.xlsx"]
    found = fates(came_in.ledger, "forms/2.xlsx")
    assert found[cell("t.1")] == ("superseded", "later_form")
    assert faults(came_in.warnings) == [("forms/2.xlsx", "superseded")]
    assert "forms/1.xlsx is used in its place, since it was saved later" in str(came_in.warnings[0])
    times = "2024-03-02 08:00:00 UTC mod 2024-03-01 08:00:00 UTC i denne"
    assert f"fordi den er gemt senere ({times})" in came_in.warnings[0].told("da")


@pytest.mark.parametrize(
    ("first", "second"),
    [(None, "01-03-2024"), ("01-03-2024", None), ("01-03-2024", "2024-03-01")],
)
def test_dates_that_do_not_tell_leave_it_to_the_saving(
    forms: Path, first: str | None, second: str | None
) -> None:
    rows = form_rows("a", {"t.1": "ja"}, day=first)
    write(forms / "1.xlsx", rows, saved="2024-03-01T08:00:00Z")
    rows = form_rows("a", {"t.1": "nej"}, day=second)
    write(forms / "2.xlsx", rows, saved="2024-03-01T08:00:01Z")
    came_in = collect(load(forms.parent)).accepted()
    assert list(came_in.answers["value"]) == ["no"]


def test_the_date_in_the_form_counts_before_the_time_of_saving(forms: Path) -> None:
    rows = form_rows("a", {"t.1": "ja"}, day="02-03-2024")
    write(forms / "1.xlsx", rows, saved="2024-03-01T08:00:00Z")
    rows = form_rows("a", {"t.1": "nej"}, day="01-03-2024")
    write(forms / "2.xlsx", rows, saved="2024-03-09T08:00:00Z")
    came_in = collect(load(forms.parent)).accepted()
    assert list(came_in.answers["value"]) == ["yes"]
    assert "by the date in the form (2024-03-02, and 2024-03-01 in this" in str(came_in.warnings[0])


def test_times_of_saving_are_compared_across_time_zones(forms: Path) -> None:
    rows = form_rows("a", {"t.1": "ja"})
    write(forms / "1.xlsx", rows, saved="2024-03-01T09:30:00+02:00")
    rows = form_rows("a", {"t.1": "nej"})
    write(forms / "2.xlsx", rows, saved="2024-03-01T08:00:00Z")
    assert list(collect(load(forms.parent)).accepted().answers["value"]) == ["no"]


@pytest.mark.parametrize("saved", ["", "2024-03-01T08:00:00Z"])
def test_forms_that_nothing_tells_apart_are_asked_about(forms: Path, saved: str) -> None:
    write(forms / "1.xlsx", form_rows("a", {"t.1": "ja"}), saved=saved)
    write(forms / "2.xlsx", form_rows("a", {"t.1": "nej"}), saved=saved)
    came_in = collect(load(forms.parent))
    assert faults(came_in.problems) == [
        ("forms/1.xlsx", "form_twice"),
        ("forms/2.xlsx", "form_twice"),
    ]
    assert len(came_in.answers) == 0


def test_the_time_at_which_a_file_was_copied_says_nothing(forms: Path) -> None:
    write_form(forms / "1.csv", form_rows("a", {"t.1": "ja"}))
    write_form(forms / "2.csv", form_rows("a", {"t.1": "nej"}))
    os.utime(forms / "1.csv", (1_900_000_000, 1_900_000_000))
    assert {one.code for one in collect(load(forms.parent)).problems} == {"form_twice"}


def test_a_file_that_came_twice_counts_once(forms: Path) -> None:
    write_form(forms / "1.xlsx", form_rows("a", {"t.1": "ja"}, day="01-03-2024"))
    shutil.copy(forms / "1.xlsx", forms / "2.xlsx")
    came_in = collect(load(forms.parent)).accepted()
    assert list(came_in.answers["source"]) == ["forms/1.xlsx"]
    assert fates(came_in.ledger, "forms/2.xlsx")[cell("t.1")] == ("superseded", "same_file")
    assert "since the two files are the same" in str(came_in.warnings[0])


def test_the_faults_of_a_file_that_came_twice_are_told_once(forms: Path) -> None:
    write_form(forms / "1.xlsx", form_rows("a", {"t.1": "måske"}))
    shutil.copy(forms / "1.xlsx", forms / "2.xlsx")
    problems = collect(load(forms.parent)).problems
    assert {problem.source for problem in problems} == {"forms/1.xlsx"}


@pytest.mark.parametrize("content", [b"", b"no workbook"])
def test_two_files_that_cannot_be_read_are_both_told(forms: Path, content: bytes) -> None:
    for name in ("1.xlsx", "2.xlsx"):
        (forms / name).write_bytes(content)
    assert faults(collect(load(forms.parent)).problems) == [
        ("forms/1.xlsx", "not_a_workbook"),
        ("forms/2.xlsx", "not_a_workbook"),
    ]


@pytest.mark.parametrize("left_out", [("1", "2"), ("2", "1")])
def test_of_two_equal_files_one_can_be_left_out(forms: Path, left_out: tuple[str, str]) -> None:
    write_form(forms / "1.xlsx", form_rows("nobody", {"t.1": "ja"}))
    shutil.copy(forms / "1.xlsx", forms / "2.xlsx")
    out, kept = left_out
    decide(
        forms.parent, (f"forms/{out}.xlsx", "NOBODY", "tom"), (f"forms/{kept}.xlsx", "NOBODY", "A")
    )
    came_in = collect(load(forms.parent)).accepted()
    assert list(came_in.answers["source"]) == [f"forms/{kept}.xlsx"]


def test_of_three_forms_the_latest_counts_and_the_others_name_it(forms: Path) -> None:
    for name, day, said in (("1", "01", "ja"), ("2", "03", "nej"), ("3", "02", "delvis")):
        rows = form_rows("a", {"t.1": said}, day=f"{day}-03-2024")
        write_form(forms / f"{name}.csv", rows)
    came_in = collect(load(forms.parent)).accepted()
    assert list(came_in.answers["value"]) == ["no"]
    assert [(one.where, one.values["other"]) for one in came_in.warnings] == [
        ("forms/1.csv", "forms/2.csv"),
        ("forms/3.csv", "forms/2.csv"),
    ]


def test_dates_and_savings_that_run_in_a_circle_are_asked_about(forms: Path) -> None:
    for name, day, saved in (("1", "01", "09"), ("2", None, "05"), ("3", "02", "01")):
        rows = form_rows("a", {"t.1": "ja"}, day=day and f"{day}-03-2024", remarks={"t.1": name})
        write(forms / f"{name}.xlsx", rows, saved=f"2024-03-{saved}T08:00:00Z")
    came_in = collect(load(forms.parent))
    assert faults(came_in.problems) == [(f"forms/{n}.xlsx", "form_twice") for n in (1, 2, 3)]
    assert came_in.warnings == (NO_FORMS,)


def test_a_form_that_only_a_superseded_one_is_later_than_is_asked_about(forms: Path) -> None:
    for name, day, saved in (("1", None, "01"), ("2", "01", "02"), ("3", "02", "")):
        rows = form_rows("a", {"t.1": "ja"}, day=day and f"{day}-03-2024")
        write(forms / f"{name}.xlsx", rows, saved=saved and f"2024-03-{saved}T08:00:00Z")
    came_in = collect(load(forms.parent))
    assert faults(came_in.problems) == [
        ("forms/1.xlsx", "form_twice"),
        ("forms/3.xlsx", "form_twice"),
    ]
    assert came_in.warnings[-1].values["other"] == "forms/3.xlsx"


def test_an_earlier_form_gives_way_to_the_first_of_those_that_are_later(forms: Path) -> None:
    for name, day, said in (("1", "02", "ja"), ("2", "01", "nej"), ("3", "02", "delvis")):
        write_form(forms / f"{name}.csv", form_rows("a", {"t.1": said}, day=f"{day}-03-2024"))
    came_in = collect(load(forms.parent))
    assert faults(came_in.problems) == [
        ("forms/1.csv", "form_twice"),
        ("forms/3.csv", "form_twice"),
    ]
    assert came_in.warnings[-1].values["other"] == "forms/1.csv"


@pytest.mark.parametrize("later", [{}, {"t.1": "ja"}, {"t.1": "ja", "t.2": "ja"}])
def test_a_later_form_with_far_fewer_answers_is_asked_about(
    forms: Path, later: dict[str, object]
) -> None:
    full = dict.fromkeys(ITEMS[:5], "ja")
    write_form(forms / "1.csv", form_rows("a", full, day="01-03-2024"))
    rows = form_rows("a", later, day="02-03-2024", remarks={"t.2": "Se vores første skema"})
    write_form(forms / "2.csv", rows)
    (problem, *more) = collect(load(forms.parent)).problems
    assert (problem.source, problem.code, more) == ("forms/2.csv", "later_has_less", [])
    assert f"only {len(later)} answers, and the earlier one has 5" in str(problem)
    for left_out, kept in (("2", "1"), ("1", "2")):
        decide(forms.parent, (f"forms/{left_out}.csv", "", "tom"), locator="file")
        came_in = collect(load(forms.parent)).accepted()
        assert set(came_in.answers["source"]) == {f"forms/{kept}.csv"}


@pytest.mark.parametrize(("before", "after"), [(5, 3), (4, 1)])
def test_a_later_form_may_have_some_answers_less(forms: Path, before: int, after: int) -> None:
    for name, answers in (("1", before), ("2", after)):
        rows = form_rows("a", dict.fromkeys(ITEMS[:answers], "ja"), day=f"0{name}-03-2024")
        write_form(forms / f"{name}.csv", rows)
    assert len(collect(load(forms.parent)).accepted().answers) == after


@pytest.mark.parametrize("day", ["2206-03-01", "01-03-2021"])
def test_a_date_far_from_the_round_decides_nothing_before_it_is_decided(
    forms: Path, day: str
) -> None:
    write(forms / "1.xlsx", form_rows("a", {"t.1": "ja"}, day=day), saved="2024-03-05T08:00:00Z")
    rows = form_rows("a", {"t.1": "nej"}, day="01-03-2024")
    write(forms / "2.xlsx", rows, saved="2024-03-01T08:00:00Z")
    came_in = collect(load(forms.parent))
    assert faults(came_in.problems) == [("forms/1.xlsx, Svar!B5", "date_far")]
    assert "the date of the round is 2024-05-01" in str(came_in.problems[0])
    decide(forms.parent, ("forms/1.xlsx", day, "2024-02-28"), locator="Svar!B5")
    assert list(collect(load(forms.parent)).accepted().answers["source"]) == ["forms/2.xlsx"]


@pytest.mark.parametrize("left_out", ["1.csv", "2.csv"])
def test_the_later_form_can_be_left_out_as_well(forms: Path, left_out: str) -> None:
    for name in ("1", "2"):
        write_form(forms / f"{name}.csv", form_rows("a", {"t.1": "ja"}, day=f"0{name}-03-2024"))
    decide(forms.parent, (f"forms/{left_out}", "", "tom"), locator="file")
    came_in = collect(load(forms.parent)).accepted()
    assert f"forms/{left_out}" not in set(came_in.answers["source"])
    assert len(came_in.answers) == 1
    assert came_in.warnings == ()


@pytest.mark.parametrize("left_out", ["1.csv", "2.csv"])
def test_either_of_two_forms_can_be_left_out(tmp_path: Path, left_out: str) -> None:
    accepted = [{"source": f"forms/{left_out}", "locator": "file", "reason": "asked"}]
    folder = make_project(tmp_path, accept=accepted)
    write_form(folder / "forms" / "1.csv", form_rows("a", {"t.1": "ja"}))
    write_form(folder / "forms" / "2.csv", form_rows("a", {"t.1": "nej"}))
    came_in = collect(load(folder)).accepted()
    assert f"forms/{left_out}" not in set(came_in.answers["source"])
    assert len(came_in.answers) == 1


def test_personal_data_in_a_form_that_does_not_count_are_told(forms: Path) -> None:
    for name, day in (("1", "01"), ("2", "02")):
        rows = form_rows("a", {"t.1": "ja", "t.2": "010203-1234"}, day=f"{day}-03-2024")
        write_form(forms / f"{name}.csv", rows)
    problems = collect(load(forms.parent)).problems
    assert [(one.source, one.code) for one in problems if one.code == "cpr_found"] == [
        ("forms/1.csv", "cpr_found"),
        ("forms/2.csv", "cpr_found"),
    ]
