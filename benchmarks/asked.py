"""What a study asks for, as every way of making it needs to know: the notebooks to run."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
STUDY = "2014-sjaelland"


@dataclass(frozen=True)
class Asked:
    """A page: its id (``en/regional``), the page itself, and the notebook with its parameters."""

    id: str
    page: Path
    notebook: Path
    parameters: dict[str, str]

    @property
    def name(self) -> str:
        """The id as the name of a file."""
        return self.id.replace("/", "-")


def processors() -> int:
    """The processors that a process here may use."""
    own = getattr(os, "sched_getaffinity", None)
    return len(own(0)) if own else os.cpu_count() or 1


def asked(project: Path, study: str) -> list[Asked]:
    """The pages of all reports in all languages, in each first those that settle the answers."""
    # What imports this to measure imports has imported nothing yet.
    from misbrug_analysis.execution.editions import editions_of
    from misbrug_analysis.model.project import Project
    from misbrug_analysis.model.study_file import load_study

    loaded = load_study(Project.find(project), study)
    runs = sorted(loaded.runs(), key=lambda run: not run.report.makes_tables)
    return [
        Asked(
            edition.id(run.id),
            edition.page(run),
            loaded.project.notebooks / f"{run.report.notebook}.ipynb",
            edition.parameters(run),
        )
        for edition in editions_of(loaded, ())
        for run in runs
    ]


def write_list(pages: Sequence[Asked], to: Path) -> None:
    """Write what to run as JSON, for a program that knows papermill and nothing of the library."""
    listed = [
        {"name": one.name, "notebook": str(one.notebook), "parameters": one.parameters}
        for one in pages
    ]
    to.write_text(json.dumps({"pages": listed}), encoding="utf-8")
