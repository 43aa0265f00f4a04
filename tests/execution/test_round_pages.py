"""The files of a round under way: where they lie, what is removed, and what a run leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.execution.round_pages import write_check, write_status
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.status import Standing, standing
from misbrug_analysis.model.errors import ReportError
from misbrug_analysis.presentation.language import Language
from tests.collecting import SCORED, round_folder
from tests.commanded import run_here
from tests.projects import STUDY, command, digests, keep_reports
from tests.small import faults, form_rows, load, write_form

DANISH = Language.load("da")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return round_folder(tmp_path)


def now(folder: Path) -> Standing:
    study = load(folder)
    return standing(study, collect(study))


def test_the_check_is_a_page_and_one_for_each_unit_with_something_to_mend(folder: Path) -> None:
    page = write_check(now(folder), DANISH)
    assert page.parent == folder.parents[2] / "outputs" / folder.name / "round"
    assert sorted(found.name for found in page.parent.iterdir()) == [
        "check-b.html",
        "check-c.html",
        "check.html",
    ]


def test_the_page_of_a_unit_that_is_fine_by_now_is_removed(folder: Path) -> None:
    page = write_check(now(folder), DANISH)
    write_form(folder / "forms" / "b.csv", form_rows("b", SCORED))
    write_check(now(folder), DANISH)
    assert sorted(found.name for found in page.parent.iterdir()) == ["check-c.html", "check.html"]


def test_the_status_is_a_page_and_a_file_for_excel(folder: Path) -> None:
    page = write_status(now(folder), DANISH)
    assert sorted(found.name for found in page.parent.iterdir()) == ["status.csv", "status.html"]


def test_writing_twice_gives_the_same_bytes(folder: Path) -> None:
    page = write_check(now(folder), DANISH)
    write_status(now(folder), DANISH)
    before = digests(page.parent)
    write_check(now(folder), DANISH)
    write_status(now(folder), DANISH)
    assert digests(page.parent) == before


def test_a_file_that_cannot_be_written_is_told(folder: Path) -> None:
    outputs = folder.parents[2] / "outputs" / folder.name
    outputs.mkdir(parents=True)
    (outputs / "round").write_text("in the way", encoding="utf-8")
    with pytest.raises(ReportError) as error:
        write_status(now(folder), DANISH)
    assert faults(error.value.problems)[0][1] == "file_unusable"


def test_a_run_leaves_the_pages_of_the_round_alone_and_apart(project: Path) -> None:
    keep_reports(project, "consolidation")
    assert command("misbrug", "check", STUDY, "--html", cwd=project)[0] == 0
    outputs = project / "outputs" / STUDY
    before = digests(outputs / "round")
    code, _, errors = run_here(project, STUDY, "--force")
    assert (code, errors) == (0, "")
    assert digests(outputs / "round") == before
    assert list((outputs / "html").rglob("check*")) == []
