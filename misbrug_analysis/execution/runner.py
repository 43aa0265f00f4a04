"""One report: run its notebook, make it the same from run to run, export its page."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from misbrug_analysis.model.errors import ReportError, is_ours


@dataclass(frozen=True)
class Job:
    """A notebook to run; all a worker process needs, as plain values."""

    id: str
    notebook: str
    parameters: dict[str, str]
    project: str
    executed: str
    page: str
    title: str
    language: str
    banner: str | None

    def stage(self, path: str) -> Path:
        """Where a file is written before it takes its place."""
        final = Path(path)
        return final.with_name(f".{os.getpid()}-{final.name}")


@dataclass(frozen=True)
class Outcome:
    """How a job ended; ``cell`` counts from 1 in the notebook as its author wrote it."""

    id: str
    failed: bool = False
    cell: int | None = None
    cause: str = ""


def run_job(job: Job) -> Outcome:
    """Run a notebook and write its executed copy and its page, each whole or not at all.

    A failing notebook leaves the copy as far as it came, and a page that says what happened.
    """
    # Imported here: the process that hands out the jobs does not wait for papermill.
    import papermill
    from papermill.exceptions import PapermillExecutionError

    from misbrug_analysis.execution.failure import Failure, failure_page
    from misbrug_analysis.execution.kernels import ENGINE, quieten
    from misbrug_analysis.execution.notebook_page import failure_in, notebook_page
    from misbrug_analysis.presentation.blocks import Page
    from misbrug_analysis.presentation.language import Language

    quieten()
    Path(job.executed).parent.mkdir(parents=True, exist_ok=True)
    Path(job.page).parent.mkdir(parents=True, exist_ok=True)
    staged, staged_page = job.stage(job.executed), job.stage(job.page)
    outcome = Outcome(job.id)
    try:
        try:
            papermill.execute_notebook(
                job.notebook,
                str(staged),
                parameters=job.parameters,
                engine_name=ENGINE,
                cwd=job.project,
                progress_bar=False,
                request_save_on_cell_execute=False,
                record_timing=False,
            )
        except PapermillExecutionError as error:
            outcome = Outcome(job.id, failed=True, cause=_cause(error))
        notebook = _read(staged)
        if failure := failure_in(notebook, job.id):
            outcome = Outcome(job.id, True, failure.cell, outcome.cause or failure.message)
        canonical(notebook)
        _write(notebook, staged)
        head = Page(title=job.title, lang=job.language, banner=job.banner)
        try:
            page = notebook_page(notebook, job.id, head)
        except ReportError as error:
            # The notebook ran, but an output cannot stand on a page; that is a failure as well.
            outcome = Outcome(job.id, failed=True, cause=str(error))
            words = Failure(job.id, str(error))
            page = failure_page(head, words, Language.load(job.language))
        staged_page.write_text(page, encoding="utf-8", newline="\n")
        os.replace(staged_page, job.page)
        os.replace(staged, job.executed)
        return outcome
    finally:
        staged.unlink(missing_ok=True)
        staged_page.unlink(missing_ok=True)


def canonical(notebook: Any) -> None:
    """Take out of an executed notebook all that differs between two equal runs.

    Times, paths and durations go; papermill's own cells get fixed ids.
    """
    from misbrug_analysis.execution.notebook_page import is_papermills

    notebook.metadata.pop("papermill", None)
    notebook.metadata.pop("widgets", None)
    for number, cell in enumerate(notebook.cells):
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        if is_papermills(cell):
            cell["id"] = f"papermill-{number}"


def _cause(error: Any) -> str:
    return error.evalue if is_ours(error.ename) else f"{error.ename}: {error.evalue}"


def _read(path: Path) -> Any:
    import nbformat

    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def _write(notebook: Any, path: Path) -> None:
    import nbformat

    text = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    path.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
