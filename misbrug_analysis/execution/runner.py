"""One report: run its notebook, make it the same from run to run, export its page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from misbrug_analysis.execution.files import staged, write_whole
from misbrug_analysis.execution.tasks import Outcome
from misbrug_analysis.model.errors import Phrase, Problem, ReportError, is_ours
from misbrug_analysis.presentation.blocks import Page


@dataclass(frozen=True)
class Job:
    """A notebook to run; all a worker process needs.

    ``head`` is the page's head where the notebook does not come as far as to show its own, and
    ``shown`` are the executed notebook and the page as a message names them.
    """

    id: str
    notebook: str
    parameters: dict[str, str]
    project: str
    executed: str
    page: str
    head: Page
    shown: tuple[str, str]


def run_job(job: Job, kernels: str = "") -> Outcome:
    """Run a notebook and write its executed copy and its page, each whole or not at all.

    ``kernels`` is the address of the template that its kernel is forked from, if there is one.

    A failing notebook leaves the copy as far as it came, and a page that says what happened.
    """
    from misbrug_analysis.execution.failure import Failure, failure_page
    from misbrug_analysis.execution.notebook_page import failure_in, notebook_page
    from misbrug_analysis.presentation.language import Language

    executed = staged(Path(job.executed))
    executed.parent.mkdir(parents=True, exist_ok=True)
    try:
        cause, cell = _execute(job, executed, kernels), None
        notebook = _read(executed)
        if failure := failure_in(notebook, job.id):
            cause, cell = cause or failure.message, failure.cell
        canonical(notebook)
        _write(notebook, executed)
        try:
            page = notebook_page(notebook, job.id, job.head)
        except ReportError as error:
            # The notebook ran, but an output cannot stand on a page; that is a failure as well.
            cause = str(error)
            page = failure_page(job.head, Failure(job.id, cause), Language.load(job.head.lang))
        write_whole(Path(job.page), page.encode())
        executed.replace(job.executed)
    finally:
        executed.unlink(missing_ok=True)
    problems = (_problem(job, cell, cause),) if cause else ()
    return Outcome(job.id, (job.executed, job.page), problems)


def _execute(job: Job, executed: Path, kernels: str) -> str:
    """Run the notebook; what stopped it, or nothing."""
    # Imported here: the process that hands out the jobs does not wait for papermill.
    import papermill
    from papermill.exceptions import PapermillExecutionError

    from misbrug_analysis.execution.kernels import ENGINE, quieten

    quieten()
    try:
        papermill.execute_notebook(
            job.notebook,
            str(executed),
            parameters=job.parameters,
            engine_name=ENGINE,
            cwd=job.project,
            progress_bar=False,
            request_save_on_cell_execute=False,
            record_timing=False,
            kernels=kernels,
        )
    except PapermillExecutionError as error:
        return error.evalue if is_ours(error.ename) else f"{error.ename}: {error.evalue}"
    return ""


def _problem(job: Job, cell: int | None, cause: str) -> Problem:
    notebook, page = job.shown
    values = {
        "report": job.id,
        "place": Phrase("in_cell", {"cell": cell}) if cell is not None else "",
        "cause": cause,
        "notebook": notebook,
        "page": page,
    }
    return Problem("notebook_failed", f"notebooks/{Path(job.notebook).name}", values)


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


def _read(path: Path) -> Any:
    import nbformat

    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def _write(notebook: Any, path: Path) -> None:
    import nbformat

    text = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    path.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
