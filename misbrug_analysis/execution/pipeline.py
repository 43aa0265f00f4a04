"""A study from raw forms to all its pages: what to run, in what order, and how it went."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from misbrug_analysis.execution.manifest import (
    entry,
    is_current,
    read_manifest,
    report_key,
    write_manifest,
)
from misbrug_analysis.execution.processed import load
from misbrug_analysis.execution.runner import Job, Outcome, run_job
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.model.errors import ParameterError, Problem, StaleError, hint, name_list
from misbrug_analysis.model.instrument import in_language
from misbrug_analysis.model.study import Run, Study
from misbrug_analysis.presentation.index import State, index_page
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.titles import page_title

DEFAULT_JOBS = 2


@dataclass
class Summary:
    """How a run went: each report that was asked for with its state, and what went wrong."""

    states: dict[str, State] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return bool(self.problems)


def run_study(
    study: Study,
    *,
    only: str | None = None,
    group: str | None = None,
    jobs: int = DEFAULT_JOBS,
    language: str | None = None,
    force: bool = False,
) -> Summary:
    """Run the reports of a study and write its pages, index and manifest.

    ``only`` is the id of a report in the study file or of one of its pages, ``group`` the id of a
    group. Reports that are up to date are kept unless ``force``. Raises IntakeError, before
    anything is made, while a cell is rejected, and ParameterError for unknown names.
    """
    code = Language.load(language or study.settings.language).code
    chosen = _chosen(study, only, group)
    collect(study).accepted()
    recorded = read_manifest(study)
    keys = {run.id: report_key(study, run, code) for run in study.runs()}
    todo = [
        run for run in chosen if force or not is_current(study, recorded.get(run.id), keys[run.id])
    ]
    todo = _with_tables_first(study, todo)
    summary = Summary({run.id: "kept" for run in chosen if run not in todo})
    _forget_old(study, recorded)
    for outcome in _outcomes(study, todo, code, jobs):
        run = next(run for run in todo if run.id == outcome.id)
        recorded.pop(run.id, None)
        if outcome.failed:
            summary.states[run.id] = "failed"
            summary.problems.append(_failure(study, run, outcome))
        else:
            summary.states[run.id] = "made"
            recorded[run.id] = entry(study, keys[run.id], _files(study, run))
    _not_run(todo, summary)
    if todo or not _index(study).is_file():
        _write_index(study, _page_states(study, summary, recorded), code)
    write_manifest(study, recorded)
    return summary


def _chosen(study: Study, only: str | None, group: str | None) -> list[Run]:
    runs = study.runs()
    if only is not None:
        valid = list(dict.fromkeys([run.report.id for run in runs] + [run.id for run in runs]))
        runs = [run for run in runs if only in (run.id, run.report.id)]
        if not runs:
            raise _unknown("report", only, valid)
    if group is not None:
        valid = [run.group.id for run in study.runs() if run.group]
        runs = [run for run in runs if run.group is not None and run.group.id == group]
        if not runs:
            raise _unknown("group with a report", group, valid)
    return runs


def _with_tables_first(study: Study, runs: list[Run]) -> list[Run]:
    """The runs with the one that makes the tables first; added where the tables are not fresh."""
    makers = [run for run in study.runs() if run.report.makes_tables]
    if not any(run in makers for run in runs):
        try:
            load(study)
        except StaleError:
            runs = [*makers, *runs]
    return sorted(runs, key=lambda run: not run.report.makes_tables)


def _outcomes(study: Study, runs: list[Run], language: str, jobs: int) -> Iterator[Outcome]:
    """Run what makes the tables, then the rest side by side, with progress shown.

    When the tables could not be made, nothing that rests on them is run.
    """
    if not runs:
        return
    from joblib import Parallel, delayed
    from tqdm import tqdm

    first = [run for run in runs if run.report.makes_tables]
    rest = [run for run in runs if not run.report.makes_tables]
    with (
        tqdm(total=len(runs), unit="report", file=sys.stderr, disable=None) as progress,
        Parallel(n_jobs=jobs, return_as="generator_unordered") as parallel,
    ):
        for stage in (first, rest):
            failed = False
            tasks = [delayed(run_job)(_job(study, run, language)) for run in stage]
            for outcome in parallel(tasks):
                progress.update()
                failed = failed or outcome.failed
                yield outcome
            if failed and stage is first:
                return


def _job(study: Study, run: Run, language: str) -> Job:
    notebook, page = _files(study, run)
    statement = study.settings.provenance.statement
    parameters = dict(run.parameters)
    if language != study.settings.language:
        parameters["language"] = language
    return Job(
        run.id,
        str(study.project.notebooks / f"{run.report.notebook}.ipynb"),
        parameters,
        str(study.project.root),
        str(notebook),
        str(page),
        page_title(run, Language.load(language)),
        language,
        in_language(statement, language) if statement else None,
    )


def _files(study: Study, run: Run) -> tuple[Path, Path]:
    folder = study.project.outputs(study.id)
    return folder / "notebooks" / f"{run.id}.ipynb", folder / "html" / run.page


def _index(study: Study) -> Path:
    return study.project.outputs(study.id) / "html" / "index.html"


def _page_states(
    study: Study, summary: Summary, recorded: dict[str, dict[str, object]]
) -> dict[str, State]:
    """The state of every report that has a page; one that is not recorded failed before."""
    states: dict[str, State] = {}
    for run in study.runs():
        if _files(study, run)[1].is_file():
            before: State = "kept" if run.id in recorded else "failed"
            states[run.id] = summary.states.get(run.id, before)
    return states


def _write_index(study: Study, states: dict[str, State], language: str) -> None:
    path = _index(study)
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(".index.html")
    page = index_page(study, states, Language.load(language))
    staged.write_text(page, encoding="utf-8", newline="\n")
    staged.replace(path)


def _forget_old(study: Study, recorded: dict[str, dict[str, object]]) -> None:
    """Remove the files of reports that the study file no longer lists."""
    current = {run.id for run in study.runs()}
    folder = study.project.outputs(study.id)
    for name in [name for name in recorded if name not in current]:
        files = recorded.pop(name).get("files")
        for file in files if isinstance(files, dict) else ():
            (folder / file).unlink(missing_ok=True)


def _not_run(todo: list[Run], summary: Summary) -> None:
    for run in todo:
        if summary.states.get(run.id) not in ("made", "failed"):
            summary.states[run.id] = "not run"


def _failure(study: Study, run: Run, outcome: Outcome) -> Problem:
    notebook, page = _files(study, run)
    values = {
        "report": run.id,
        "place": f" in cell {outcome.cell}" if outcome.cell is not None else "",
        "cause": outcome.cause,
        "notebook": study.project.shown(notebook),
        "page": study.project.shown(page),
    }
    return Problem("notebook_failed", f"notebooks/{run.report.notebook}.ipynb", values)


def _unknown(kind: str, name: str, valid: list[str]) -> ParameterError:
    values = {"kind": kind, "name": name, "hint": hint(name, valid), "valid": name_list(valid)}
    return ParameterError([Problem("unknown_name", "", values)])
