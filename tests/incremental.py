"""A small study with a page of each kind, and runs of it that tell what they made."""

from __future__ import annotations

import shutil
from pathlib import Path

from misbrug_analysis.execution.pipeline import run_study
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study_file import load_study
from tests.projects import ROOT, digests
from tests.small import STUDY, form_rows, make_project, write_csv

UNITS = {"a": "north", "b": "north", "c": "south", "d": "south", "e": "south"}
ANSWERS = {
    "a": {"t.1": "ja", "t.2": "nej", "t.s1": "ja", "t.s2": "nej", "t.d1": "et år"},
    "b": {"t.1": "delvis", "t.2": "nej", "t.s1": "ja", "t.d1": "længere"},
    "c": {"t.1": "ja", "t.2": "ja", "t.s1": "ja", "t.s3": "ja", "t.d1": "et år"},
    "d": {"t.1": "nej", "t.2": "nej", "t.d2": "samtale"},
}
"""What is in the forms; E has sent none."""

NOTEBOOKS = {
    "all": "regional_narrative",
    "team": "cluster_report",
    "sure": "sensitivity",
    "questions": "recommendations",
    "settled": "consolidation",
}
PER = {"all": "whole", "team": "team"}

MESSAGE = """\
# Hovedkonklusioner
{{ Quantifier("t.1") }} følger op.
{% if answered("t.d1") %}{{ Describes("t.d1", "et år") }} gør det i et år.{% endif %}
"""


def make_study(root: Path, **changes: object) -> Path:
    """A project with the study, not run yet; ``changes`` are to its file. Returns its folder."""
    titled = {name: {"title": {"da": f"Om {name}"}, "summary": {"da": "S"}} for name in NOTEBOOKS}
    reports = [
        {"id": name, "notebook": notebook, **titled[name]}
        | ({"per": PER[name]} if name in PER else {})
        | ({"shows_variants": True} if name == "sure" else {})
        | ({"makes_tables": True} if name == "settled" else {})
        for name, notebook in NOTEBOOKS.items()
    ]
    folder = make_project(root, UNITS, **{"reports": reports, **changes})
    for notebook in NOTEBOOKS.values():
        shutil.copy(ROOT / "notebooks" / f"{notebook}.ipynb", root / "notebooks")
    (folder / "texts").mkdir()
    (folder / "texts" / "conclusions.md").write_text(MESSAGE, "utf-8")
    for unit in ANSWERS:
        send(folder, unit, {})
    return folder


def send(
    folder: Path, unit: str, changed: dict[str, str], remarks: dict[str, str] | None = None
) -> None:
    """Put the form of a unit into the study, with some answers changed."""
    rows = form_rows(unit, ANSWERS.get(unit, {}) | changed, remarks=remarks)
    write_csv(folder / "forms" / f"{unit}.csv", rows)


def made_by_run(root: Path, *, force: bool = False) -> set[str]:
    """Run the study; the ids of the reports that were made, or removed."""
    study = load_study(Project.find(root), STUDY)
    summary = run_study(study, jobs=2, force=force)
    assert not summary.problems
    return {name for name, state in summary.states.items() if state != "kept"}


def outputs(root: Path) -> dict[str, str]:
    """The digest of every file that was made, but for the record of the run."""
    found = digests(root / "outputs" / STUDY)
    return {name: one for name, one in found.items() if name != "manifest.json"}
