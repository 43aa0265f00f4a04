"""What a notebook calls first: wrong parameters and missing or old tables are told in words.

That such words, and no traceback, are what plain papermill shows: test_plain_papermill.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import save, settle
from misbrug_analysis.execution.session import open_report
from misbrug_analysis.model.errors import MisbrugError
from tests.short_runs import answer, short_study
from tests.small import STUDY, load


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in whose folder a notebook runs, with tables that are up to date."""
    root = short_study(tmp_path)
    study = load(root / "data" / "raw" / STUDY)
    save(study, settle(study))
    monkeypatch.chdir(root)
    return root


def told(**parameters: object) -> str:
    """What is said to a notebook with these parameters."""
    with pytest.raises(MisbrugError) as error:
        open_report("each", {"study": STUDY, "language": "", "team": ""} | parameters)
    return str(error.value)


def test_an_unknown_group_lists_the_valid_ones(root: Path) -> None:
    said = told(team="nord")
    assert "There is no team called “nord”. Did you mean north?" in said
    assert "expected: one of: north, south" in said


def test_a_parameter_that_papermill_made_a_number_is_refused(root: Path) -> None:
    said = told(team=101)  # papermill does so with `-p team 0101`
    assert "The parameter “team” is 101 (int)." in said
    assert "use -r instead of -p" in said


def test_without_tables_the_commands_that_make_them_are_named(root: Path) -> None:
    for table in (root / "data" / "processed" / STUDY).iterdir():
        table.unlink()
    said = told()
    assert f"The study {STUDY} has no processed tables yet." in said
    assert f"Run `misbrug run {STUDY}`" in said
    assert "papermill notebooks/" in said


def test_old_tables_are_refused_and_the_changed_form_is_named(root: Path) -> None:
    assert open_report("each", {"study": STUDY, "team": "south"}).run.group
    answer(root, "b", "nej")
    said = told()
    assert "older than what they rest on" in said
    assert f"data/raw/{STUDY}/forms/b.csv" in said
