"""What a notebook calls first: its parameters checked, its study and results loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType

from misbrug_analysis.execution.preloaded import taken
from misbrug_analysis.execution.processed import opened, settle, settled
from misbrug_analysis.model.errors import (
    DefinitionError,
    ParameterError,
    Phrase,
    Problem,
    StaleError,
    hint,
    name_list,
)
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Run, Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.rounds import Rounds

_NOTEBOOKS_OWN = {"In", "Out", "exit", "quit", "get_ipython", "open"}
"""Names that IPython puts into every notebook."""

GROUP = "group"
"""The parameter that names a group of whichever level a study makes the report for."""


def open_report(notebook: str, names: Mapping[str, object]) -> Report:
    """Check a notebook's parameters and load what it reports on.

    ``notebook`` is the notebook's name as the study file has it; ``names`` is ``globals()`` of a
    notebook whose parameters cell sets ``study``, ``language`` (empty for the study's own) and, for
    a report that is run per group, ``group`` or the level's name, which goes before it. What is
    empty is not given; without a group it is the report of all, or of the first. Raises
    ParameterError for a misspelt parameter or an unknown value, with the valid ones, and StaleError
    when the processed tables are missing or old.
    """
    return _opened(notebook, names, opened)


def settle_report(notebook: str, names: Mapping[str, object]) -> Report:
    """As ``open_report``, for a notebook that settles the answers where that is not done yet.

    Raises IntakeError with every cell that cannot be used.
    """
    return _opened(notebook, names, settled)


def open_rounds(report: Report) -> Rounds:
    """The report beside the earlier rounds that its study names.

    The tables of an earlier round are read where they are fresh; else it is settled in memory, and
    nothing is written. Raises DefinitionError for a study that names no earlier round, and
    IntakeError with the cells of an earlier one that cannot be used.
    """
    study = report.study
    if not study.earlier:
        where = study.project.shown(study.folder / "study.yaml")
        raise DefinitionError([Problem("no_earlier_rounds", where, {"study": study.id})])
    return Rounds(report, tuple(_results(one.study) for one in study.earlier))


def _results(study: Study) -> Results:
    try:
        return opened(study)
    except StaleError:
        return settle(study)


def _opened(
    notebook: str, names: Mapping[str, object], load_results: Callable[[Study], Results]
) -> Report:
    given = _parameters(names)
    project = Project.find()
    problems = _text_problems(given)
    if problems:
        raise ParameterError(problems)
    if "study" not in given:
        values: dict[str, object] = {"name": "study", "value": "", "detail": Phrase("not_given")}
        values["expected"] = Phrase("one_of", {"valid": name_list(project.studies())})
        raise ParameterError([Problem("bad_parameter", "", values)])
    known = taken(project, str(given["study"]))
    study = known.study if known else load_study(project, str(given["study"]))
    runs = _runs_of(study, notebook)
    levels = list(dict.fromkeys(run.report.per for run in runs if run.report.per))
    rerun = any(isinstance(value, Report) for value in names.values())
    _check_names(given, ["study", "language", GROUP, *levels], rerun)
    code = str(given.get("language") or study.settings.language)
    language = Language.load(code, under_way=study.settings.collecting)
    run = _chosen(study, runs, levels, given)
    if known:
        return Report(study, known.results, language, run, known.variants)
    return Report(study, load_results(study), language, run)


def _chosen(
    study: Study, runs: Sequence[Run], levels: Sequence[str], given: Mapping[str, object]
) -> Run:
    """The run of the group that a level or ``group`` names; else that of all, or the first one."""
    named = next((level for level in levels if given.get(level)), None)
    group = str(given.get(named or GROUP) or "") if levels else ""
    if named:
        study.organisation.group(named, group)
    if not group:
        return next((run for run in runs if run.group is None), runs[0])
    for run in runs:
        if run.group and run.group.id == group and named in (None, run.report.per):
            return run
    kind = levels[0] if len(levels) == 1 else Phrase("group_with_report")
    valid = [run.group.id for run in runs if run.group and named in (None, run.report.per)]
    values: dict[str, object] = {"kind": kind, "name": group, "hint": hint(group, valid)}
    raise ParameterError([Problem("unknown_name", "", values | {"valid": name_list(valid)})])


def _runs_of(study: Study, notebook: str) -> list[Run]:
    runs = [run for run in study.runs() if run.report.notebook == notebook]
    if not runs:
        valid = [report.notebook for report in study.settings.reports]
        values: dict[str, object] = {"kind": Phrase("listed_notebook"), "name": notebook}
        values |= {"hint": hint(notebook, valid), "valid": name_list(valid)}
        where = study.project.shown(study.folder / "study.yaml")
        raise ParameterError([Problem("unknown_name", where, values)])
    return runs


def _parameters(names: Mapping[str, object]) -> dict[str, object]:
    """The names that a parameters cell or papermill set: plain values under public names."""
    return {
        name: value
        for name, value in names.items()
        if not name.startswith("_")
        and name not in _NOTEBOOKS_OWN
        and not isinstance(value, ModuleType)
        and isinstance(value, str | int | float | bool | list | dict | tuple | type(None))
    }


def _text_problems(given: Mapping[str, object]) -> list[Problem]:
    """Parameters that are no text: papermill's ``-p`` turns ``0101`` into a number."""
    return [
        Problem(
            "bad_parameter",
            "",
            {
                "name": name,
                "value": value,
                "detail": type(value).__name__,
                "expected": Phrase("plain_text"),
            },
        )
        for name, value in given.items()
        if not isinstance(value, str) and value is not None
    ]


def _check_names(given: Mapping[str, object], valid: list[str], rerun: bool) -> None:
    """Refuse a name that is no parameter.

    In a notebook that has opened a report before, a researcher's own variables are there too; then
    only a name that looks like a parameter is taken for a misspelt one.
    """
    problems = [
        Problem(
            "unknown_parameter",
            "",
            {"name": name, "hint": hint(name, valid), "valid": name_list(valid)},
        )
        for name, value in given.items()
        # A notebook may have a level's parameter that the study lacks, as long as it is empty.
        if name not in valid and value != "" and (not rerun or hint(name, valid))
    ]
    if problems:
        raise ParameterError(problems)
