"""A form that was opened and saved in LibreOffice, where there is one: nothing of it is lost."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from misbrug_analysis.execution.send_forms import write_forms
from misbrug_analysis.intake.collect import collect
from tests.rounds.filling import FilledForm, fill
from tests.small import load, make_project

OFFICE = shutil.which("soffice")

pytestmark = pytest.mark.skipif(OFFICE is None, reason="there is no LibreOffice on this machine")


def test_answers_stamp_lists_and_locks_survive(tmp_path: Path) -> None:
    study = load(make_project(tmp_path / "project"))
    (form,) = write_forms(study, tmp_path / "sent", units=["a"]).written
    answers = {"t.1": "delvis", "t.d1": "længere", "t.d2": ["brev"], "t.d3": "=2+2\nÆrø"}
    fill(form, answers, {"t.1": "-1 er ikke et tal"}, date(2024, 6, 1))
    assert OFFICE is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    order = [OFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run(
        [*order, str(study.folder / "forms"), str(form)],
        capture_output=True,
        timeout=300,
        check=True,
    )
    saved = study.folder / "forms" / form.name
    came_in = collect(study)
    assert (*came_in.problems, *came_in.warnings) == ()
    read = dict(zip(came_in.answers["item"], came_in.answers["value"], strict=True))
    assert read == {
        "t.1": "partly",
        "t.1.remark": "-1 er ikke et tal",
        "t.d1": "længere",
        "t.d2": "brev",
        "t.d3": "=2+2\nÆrø",
    }
    (only,) = came_in.forms
    assert only.date == date(2024, 6, 1)
    assert only.stamp is not None
    assert (only.stamp.study, only.stamp.unit, only.stamp.form) == (study.id, "a", "joint")
    assert FilledForm(saved).words == FilledForm(form).words
    book = load_workbook(saved)
    assert {sheet.title: sheet.sheet_state for sheet in book.worksheets}["misbrug"] == "hidden"
    assert all(sheet.protection.sheet for sheet in book.worksheets)
