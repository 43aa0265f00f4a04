"""One report: run its notebook, make it the same from run to run, export its page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from misbrug_analysis.execution.files import write_whole
from misbrug_analysis.execution.noting import noting
from misbrug_analysis.execution.quick_jsonschema import import_jsonschema
from misbrug_analysis.execution.tasks import DEFAULT_KERNELS, Kernels, Outcome
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


def run_job(job: Job, kernels: Kernels = DEFAULT_KERNELS) -> Outcome:
    """Run a notebook and write its executed copy and its page, each whole or not at all.

    A failing notebook leaves the copy as far as it came, and a page that says what happened.
    """
    from misbrug_analysis.execution.failure import Failure, failure_page
    from misbrug_analysis.execution.notebook_page import failure_in, notebook_page
    from misbrug_analysis.presentation.language import Language

    with noting() as read:
        notebook, cause = _executed(job, kernels)
    cell = None
    if failure := failure_in(notebook, job.id):
        cause, cell = cause or failure.message, failure.cell
    canonical(notebook)
    try:
        page = notebook_page(notebook, job.id, job.head)
    except ReportError as error:
        # The notebook ran, but an output cannot stand on a page; that is a failure as well.
        cause = str(error)
        page = failure_page(job.head, Failure(job.id, cause), Language.load(job.head.lang))
    write_whole(Path(job.executed), _written(notebook))
    write_whole(Path(job.page), page.encode())
    problems = (_problem(job, cell, cause),) if cause else ()
    return Outcome(job.id, (job.executed, job.page), problems, tuple(read))


def _executed(job: Job, kernels: Kernels) -> tuple[Any, str]:
    """The notebook as it ran, and what stopped it, or nothing.

    Raises ReportError for one that could not be begun.
    """
    import_jsonschema()
    # Imported here: the process that hands out the jobs does not wait for papermill.
    import papermill
    from jupyter_client.kernelspec import NoSuchKernel
    from nbformat import ValidationError, validate
    from papermill.exceptions import PapermillException, PapermillExecutionError

    from misbrug_analysis.execution.kernels import ENGINE, quieten

    quieten()
    kept: list[Any] = []
    cause = ""
    try:
        papermill.execute_notebook(
            # papermill fills in what stands between braces, in the name of a folder as well.
            job.notebook.replace("{", "{{").replace("}", "}}"),
            None,  # papermill would write the notebook thrice
            parameters=job.parameters,
            engine_name=ENGINE,
            cwd=job.project,
            progress_bar=False,
            request_save_on_cell_execute=False,
            record_timing=False,
            execution_timeout=max(1, round(kernels.minutes * 60)),
            kernels=kernels.template,
            kept=kept,
        )
    except PapermillExecutionError as error:
        cause = error.evalue if is_ours(error.ename) else f"{error.ename}: {error.evalue}"
    except (NoSuchKernel, PapermillException, ValidationError, ValueError) as error:
        raise _unfit(job, str(error)) from None
    except (AttributeError, KeyError, TypeError):
        # papermill takes for granted that parts of a notebook are of the kind that they should be.
        try:
            validate(json.loads(Path(job.notebook).read_bytes()))
        except ValidationError as error:
            raise _unfit(job, error.message) from None
        raise
    return kept[0], cause


def _unfit(job: Job, detail: str) -> ReportError:
    where = f"notebooks/{Path(job.notebook).name}"
    return ReportError([Problem("notebook_unfit", where, {"detail": detail.rstrip(".")})])


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

    Times, paths and durations go. Cells are numbered: where a file of an older format has no ids,
    every run would draw others, and whether a report is up to date does not rest on them. Nor does
    it rest on what JupyterLab keeps of cells and kernel, so of their metadata only tags stay.
    """
    notebook.metadata.pop("papermill", None)
    notebook.metadata.pop("widgets", None)
    if kernel := notebook.metadata.get("kernelspec"):
        kernel["display_name"] = kernel["name"]
    for number, cell in enumerate(notebook.cells):
        for name in cell.metadata.keys() - {"tags"}:
            del cell.metadata[name]
        cell["id"] = f"cell-{number}"


def _written(notebook: Any) -> bytes:
    import nbformat

    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return (text.rstrip("\n") + "\n").encode()
