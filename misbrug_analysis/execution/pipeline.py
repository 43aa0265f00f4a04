"""A study from raw forms to all its pages: what to make, in what order, and how it went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from misbrug_analysis.execution.editions import Edition, editions_there
from misbrug_analysis.execution.manifest import (
    Recorded,
    entry,
    is_current,
    is_pdf,
    pdf_key,
    read_manifest,
    write_manifest,
)
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
from misbrug_analysis.execution.tasks import Task, side_by_side
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.model.errors import Problem, StaleError
from misbrug_analysis.model.study import Run, Study
from misbrug_analysis.presentation.language import Language

DEFAULT_JOBS = 2

State = Literal["made", "kept", "failed", "not run"]


@dataclass
class Summary:
    """How a run went: all that was asked for with its state, and what went wrong."""

    states: dict[str, State] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return bool(self.problems)


@dataclass
class _Making:
    """A run under way: ``recorded`` is what there is, of earlier runs and so far of this one."""

    study: Study
    recorded: Recorded
    jobs: int
    force: bool
    summary: Summary = field(default_factory=Summary)

    def make(self, stages: Sequence[Sequence[Task]]) -> None:
        """Do the tasks that are not up to date, stage by stage, and record how they end."""
        todo = self.todo(task for stage in stages for task in stage)
        for task in (task for stage in stages for task in stage):
            self.summary.states[task.id] = "not run" if task.id in todo else "kept"
        left = [[task for task in stage if task.id in todo] for stage in stages]
        for task, outcome in side_by_side(left, self.jobs):
            self.recorded.pop(task.id, None)
            if outcome.failed:
                self.summary.problems += outcome.problems
            else:
                self.recorded[task.id] = entry(self.study, task.key, outcome.files)
            self.summary.states[task.id] = "failed" if outcome.failed else "made"

    def forget(self, name: str) -> None:
        """Remove the files of something that was made, and its record."""
        files = self.recorded.pop(name).get("files")
        for file in files if isinstance(files, dict) else ():
            (self.study.project.outputs(self.study.id) / file).unlink(missing_ok=True)

    def todo(self, tasks: Iterable[Task]) -> set[str]:
        """The ids of the tasks that this run has to do."""
        return {task.id for task in tasks if self.force or not self._fresh(task)}

    def fresh(self, tasks: Iterable[Task]) -> set[str]:
        """The ids of the tasks of which all that they make is there and up to date."""
        return {task.id for task in tasks if self._fresh(task)}

    def _fresh(self, task: Task) -> bool:
        return is_current(self.study, self.recorded.get(task.id), task.key)


def run_study(
    study: Study,
    *,
    only: str | None = None,
    group: str | None = None,
    jobs: int = DEFAULT_JOBS,
    languages: Sequence[str] = (),
    force: bool = False,
    pdf: bool = False,
) -> Summary:
    """Make the pages, tables, index and manifest of a study, and with ``pdf`` the pages as PDF.

    ``only`` is the id of a report in the study file or of one of its pages, ``group`` the id of a
    group; with either, tables are left as they are. ``languages`` are those of the study when none
    is given. What is up to date is kept unless ``force``. Raises IntakeError, before anything is
    made, while a cell is rejected, and ParameterError for unknown names.
    """
    codes = dict.fromkeys(languages or study.languages)
    editions = [Edition(study, Language.load(code)) for code in codes]
    runs = chosen_runs(study, only, group)
    collect(study).accepted()
    making = _Making(study, read_manifest(study), jobs, force)
    _forget_reports(making)
    whole = not (only or group)
    making.make(_with_settling_first(making, editions, stages(editions, runs, tables=whole)))
    there = editions_there(study, editions)
    for edition in there:
        write_statement(edition, there)
    _forget_pdfs(making)
    pdf = pdf and _can_make_pdfs(making.summary)
    if pdf:
        making.make([_pdf_tasks(making, edition, runs, whole) for edition in editions])
    _write_indexes(making, there)
    _forget_pdfs(making)
    if pdf and whole:
        making.make([[pdf_task(edition, edition.index) for edition in editions]])
    write_manifest(study, making.recorded)
    return making.summary


def _with_settling_first(
    making: _Making, editions: Sequence[Edition], tasks: list[list[Task]]
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


def _pdf_tasks(making: _Making, edition: Edition, runs: Sequence[Run], whole: bool) -> list[Task]:
    """The PDFs of the pages of some reports, and of what stands around them."""
    pages = [edition.page(run) for run in runs if edition.id(run.id) in making.recorded]
    if whole:
        pages += [edition.statement]
        pages += [edition.tables_page] if edition.id(TABLES) in making.recorded else []
    return [pdf_task(edition, page) for page in pages]


def _write_indexes(making: _Making, editions: Sequence[Edition]) -> None:
    """The index of every edition that there is, with the states as they are now."""
    study = making.study
    for edition in editions:
        tasks = [report_task(edition, run) for run in study.runs()] + [tables_task(edition)]
        write_index(edition, editions, making.fresh(tasks), making.recorded)


def _forget_reports(making: _Making) -> None:
    """Remove the files of reports that the study file no longer lists."""
    runs = {run.id for run in making.study.runs()} | {TABLES}
    for name in list(making.recorded):
        if not is_pdf(name) and name.rpartition("/")[2] not in runs:
            making.forget(name)


def _forget_pdfs(making: _Making) -> None:
    """Remove every PDF whose page is gone or another than it was made from."""
    html = making.study.project.outputs(making.study.id) / "html"
    for name in filter(is_pdf, list(making.recorded)):
        page = (html / name).with_suffix(".html")
        if not page.is_file() or pdf_key(page) != making.recorded[name].get("key"):
            making.forget(name)
