"""A study from raw forms to all its pages: what to make, and in what order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from misbrug_analysis.execution.clearing import clear_editions, clear_pdfs, clear_reports
from misbrug_analysis.execution.editions import Edition, editions_of, editions_there
from misbrug_analysis.execution.making import Making, Summary
from misbrug_analysis.execution.manifest import is_pdf, read_manifest, write_manifest
from misbrug_analysis.execution.plan import (
    TABLES,
    chosen_runs,
    pdf_task,
    report_task,
    stages,
    tables_task,
)
from misbrug_analysis.execution.processed import load
from misbrug_analysis.execution.site import write_index, write_statement
from misbrug_analysis.execution.tasks import Task
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.model.errors import StaleError
from misbrug_analysis.model.study import Study

DEFAULT_JOBS = 2


def run_study(
    study: Study,
    *,
    only: Sequence[str] = (),
    group: str | None = None,
    jobs: int = DEFAULT_JOBS,
    languages: Sequence[str] = (),
    force: bool = False,
    pdf: bool = False,
) -> Summary:
    """Make the pages, tables, index and manifest of a study, and with ``pdf`` the pages as PDF.

    ``only`` are ids of reports in the study file or of single pages of theirs, ``group`` the id of
    a group; with either, tables are left as they are. ``languages`` are those of the study when
    none is given. What is up to date is kept unless ``force``; a report, a language or a PDF that
    no longer belongs to the study is removed. Raises IntakeError, before anything is made, while a
    cell is rejected, and ParameterError for unknown names.
    """
    editions = editions_of(study, languages)
    runs = chosen_runs(study, only, group)
    collect(study).accepted()
    making = Making(study, read_manifest(study), jobs, force)
    clear_reports(making)
    clear_editions(making, editions)
    whole = not (only or group)
    try:
        making.make(_with_settling_first(making, editions, stages(editions, runs, tables=whole)))
    finally:
        there = editions_there(study, editions)
        for edition in there:
            write_statement(edition, there)
        clear_pdfs(making)
        _write_indexes(making, there)
    if pdf and _can_make_pdfs(making.summary):
        _make_pdfs(making, [(one, _pages(making, one, whole)) for one in editions], index=whole)
        _write_indexes(making, there)
        if whole:
            _make_pdfs(making, [(one, [one.index]) for one in editions], index=True)
    clear_pdfs(making)
    write_manifest(study, making.recorded)
    return making.summary


def _with_settling_first(
    making: Making, editions: Sequence[Edition], tasks: list[list[Task]]
) -> list[list[Task]]:
    """The stages, with the notebook that makes the tables first where they are not fresh."""
    study = making.study
    makers = [run for run in study.runs() if run.report.makes_tables]
    settling = {edition.id(run.id) for edition in editions for run in makers}
    if making.todo(task for stage in tasks for task in stage) & settling:
        return tasks
    try:
        load(study)
    except StaleError:
        return [[report_task(editions[0], run)] for run in makers] + tasks
    return tasks


def _can_make_pdfs(summary: Summary) -> bool:
    """Whether what PDFs need is installed; if not, the summary says what to install."""
    # WeasyPrint takes a while to import, and most runs make no PDF.
    from misbrug_analysis.execution.pdf import pdf_problem

    problem = pdf_problem()
    summary.problems += [problem] if problem else []
    return problem is None


def _make_pdfs(
    making: Making, pages: Sequence[tuple[Edition, Sequence[Path]]], index: bool
) -> None:
    """Make the PDFs of pages; they lead to one another, and to those that are there already."""
    tasks = []
    for edition, some in pages:
        made = {page.with_suffix(".pdf").name for page in some} | _pdfs_of(making, edition)
        made |= {edition.index.with_suffix(".pdf").name} if index else set()
        tasks += [pdf_task(edition, page, frozenset(made)) for page in some]
    making.make([tasks])


def _pdfs_of(making: Making, edition: Edition) -> set[str]:
    """The names of the PDFs that an edition has."""
    names = {name.rpartition("/")[2] for name in filter(is_pdf, making.recorded)}
    return {name for name in names if edition.id(name) in making.recorded}


def _pages(making: Making, edition: Edition, whole: bool) -> list[Path]:
    """The pages that this run made or kept, with what stands around them in a whole run."""
    good = {name for name, state in making.summary.states.items() if state in ("made", "kept")}
    runs = [run for run in making.study.runs() if edition.id(run.id) in good]
    tables = [edition.tables_page] if edition.id(TABLES) in good else []
    return [*map(edition.page, runs), *tables, *([edition.statement] if whole else [])]


def _write_indexes(making: Making, editions: Sequence[Edition]) -> None:
    """The index of every edition that there is, with the states as they are now."""
    for edition in editions:
        tasks = [report_task(edition, run) for run in making.study.runs()]
        fresh = making.fresh([*tasks, tables_task(edition)])
        write_index(edition, editions, fresh, making.failed(), making.recorded)
