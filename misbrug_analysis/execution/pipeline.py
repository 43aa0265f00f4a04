"""A study from raw forms to all its pages: what to make, and in what order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from misbrug_analysis.execution.clearing import clear_editions, clear_pdfs, clear_reports
from misbrug_analysis.execution.durations import last_durations
from misbrug_analysis.execution.editions import Edition, editions_of, editions_there
from misbrug_analysis.execution.last_run import is_pdf, left_by_last_run
from misbrug_analysis.execution.making import Making, Summary
from misbrug_analysis.execution.manifest import Settings, read_manifest
from misbrug_analysis.execution.plan import (
    TABLES,
    chosen_runs,
    page_tasks,
    pdf_task,
    report_task,
    tables_task,
)
from misbrug_analysis.execution.processed import settled
from misbrug_analysis.execution.read_digests import ReadDigests
from misbrug_analysis.execution.run_end import Begun, record_end
from misbrug_analysis.execution.site import write_index, write_statement
from misbrug_analysis.execution.tasks import DEFAULT_KERNELS, Kernels
from misbrug_analysis.execution.why import Why
from misbrug_analysis.execution.workers import usual_jobs
from misbrug_analysis.model.study import Study

if TYPE_CHECKING:
    from misbrug_analysis.execution.cluster import Cluster


def run_study(
    study: Study,
    *,
    only: Sequence[str] = (),
    group: str | None = None,
    jobs: int | None = None,
    languages: Sequence[str] = (),
    force: bool = False,
    pdf: bool = False,
    kernels: Kernels = DEFAULT_KERNELS,
    cluster: Cluster | None = None,
    why: Callable[[str], None] | None = None,
) -> Summary:
    """Make the pages, tables, index and manifest of a study, and with ``pdf`` the pages as PDF.

    ``only`` are ids of reports in the study file or of single pages of theirs, ``group`` the id of
    a group; with either, tables are left as they are. ``languages`` are those of the study when
    none is given. What is up to date is kept unless ``force``; a report, a language or a PDF that
    no longer belongs to the study is removed. ``kernels`` says how notebooks get theirs; reports
    and tables are made on a ``cluster`` where one is given. ``why`` is told of each report why it
    is made or kept. Two runs of a study at once are kept apart by ``alone``. Raises IntakeError,
    before anything is made, while a cell is rejected, and ParameterError for unknown names.
    """
    begun = Begun(study)
    editions = editions_of(study, languages)
    runs = chosen_runs(study, only, group)
    left = left_by_last_run(study.project, study.id)
    read = ReadDigests(study, settled(study, anew=force))
    making = Making(
        study,
        read_manifest(study),
        read,
        jobs or usual_jobs(),
        force,
        kernels,
        cluster,
        why=Why(study, why, left, force) if why else None,
        usual=last_durations(study),
    )
    whole = not (only or group)
    try:
        making.make(page_tasks(editions, runs, tables=whole))
    finally:
        there = editions_there(study, editions)
        for edition in there:
            write_statement(edition, there)
        clear_pdfs(making)
        _write_indexes(making, there)
    clear_editions(making, editions)  # no index leads to them any more
    clear_reports(making)
    clear_pdfs(making)
    if pdf and _can_make_pdfs(making.summary):
        _make_pdfs(making, [(one, _pages(making, one, whole)) for one in editions], index=whole)
        _write_indexes(making, there)
        if whole:
            _make_pdfs(making, [(one, [one.index]) for one in editions], index=True)
    clear_pdfs(making)
    asked = tuple(edition.language.code for edition in editions)
    record_end(making, there, Settings(asked, tuple(only), group, pdf), begun)
    return making.summary


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
    making.make(tasks)


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
