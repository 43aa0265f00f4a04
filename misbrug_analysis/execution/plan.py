"""What a run can make: a task for every report, for the tables, and for the PDF of a page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from misbrug_analysis.execution.editions import Edition
from misbrug_analysis.execution.rests import pdf_rests, report_rests
from misbrug_analysis.execution.runner import Job, run_job
from misbrug_analysis.execution.tasks import Outcome, Task
from misbrug_analysis.model.errors import ParameterError, Phrase, Problem, hint, name_list
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Run, Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.navigation import run_head
from misbrug_analysis.presentation.reads import ALL

TABLES = "tables"
"""The id of the task that makes the tables of an edition."""


def chosen_runs(study: Study, only: Sequence[str], group: str | None) -> list[Run]:
    """The runs of some reports (by their ids or those of their pages) and of a group.

    No names are all reports. Raises ParameterError, with the valid names, for one that is unknown,
    and where the group has none of them.
    """
    runs = study.runs()
    if only:
        valid = list(dict.fromkeys([run.report.id for run in runs] + [run.id for run in runs]))
        for name in only:
            if name not in valid:
                raise _unknown(Phrase("the_report"), name, valid)
        runs = [run for run in runs if run.id in only or run.report.id in only]
    if group is not None:
        valid = [run.group.id for run in study.runs() if run.group]
        runs = [run for run in runs if run.group is not None and run.group.id == group]
        if not runs:
            raise _unknown(Phrase("group_with_report"), group, valid)
    return runs


def page_tasks(editions: Sequence[Edition], runs: Sequence[Run], tables: bool) -> list[Task]:
    """All tasks for some runs in some editions, with their tables where those are wanted."""
    whole = [tables_task(edition) for edition in editions if tables]
    return whole + [report_task(edition, run) for edition in editions for run in runs]


def report_task(edition: Edition, run: Run) -> Task:
    """Run a report's notebook, and export its page."""
    study = edition.study
    executed, page = edition.notebook(run), edition.page(run)
    job = Job(
        edition.id(run.id),
        str(study.project.notebooks / f"{run.report.notebook}.ipynb"),
        edition.parameters(run),
        str(study.project.root),
        str(executed),
        str(page),
        run_head(study, run, edition.language),
        (study.project.shown(executed), study.project.shown(page)),
    )
    return Task(job.id, report_rests(edition, run), run_job, (job,), runs_notebook=True)


def tables_task(edition: Edition) -> Task:
    """Write the tables of an edition, and the page about them."""
    study = edition.study
    arguments = (edition.id(TABLES), str(study.project.root), study.id, edition.language.code)
    return Task(arguments[0], edition.rests_on, make_tables, arguments)


def pdf_task(edition: Edition, page: Path, neighbours: frozenset[str]) -> Task:
    """Make the PDF of a page that is there; ``neighbours`` are the PDFs that it can lead to."""
    pdf = page.with_suffix(".pdf")
    arguments = (edition.id(pdf.name), str(page), str(pdf), neighbours)
    rests_on = pdf_rests(edition, page, neighbours)
    # The fonts and Pango of a machine shape a PDF, and nothing tells which they are.
    return Task(arguments[0], rests_on, make_pdf, arguments, stays=True)


def make_tables(id: str, project: str, study: str, language: str) -> Outcome:
    """Write the workbook, CSV files, data package and page of the tables of an edition."""
    from misbrug_analysis.execution.data_files import replaced_in, write_data_files
    from misbrug_analysis.execution.processed import load

    loaded = load_study(Project.find(project), study)
    under_way = loaded.settings.collecting
    edition = Edition(loaded, Language.load(language, under_way=under_way))
    files = write_data_files(loaded, load(loaded), edition.language, edition.html)
    replaced = replaced_in(loaded.project.shown(edition.html))
    return Outcome(id, tuple(map(str, files)), read=ALL, replaced=replaced)


def make_pdf(id: str, page: str, pdf: str, neighbours: frozenset[str]) -> Outcome:
    """Write the PDF of a page beside it; what it rests on, the page, is among its files."""
    from misbrug_analysis.execution.pdf import write_pdf

    write_pdf(Path(page), Path(pdf), neighbours)
    return Outcome(id, (pdf, page))


def _unknown(kind: Phrase, name: str, valid: list[str]) -> ParameterError:
    values: dict[str, object] = {"kind": kind, "name": name, "hint": hint(name, valid)}
    return ParameterError([Problem("unknown_name", "", values | {"valid": name_list(valid)})])
