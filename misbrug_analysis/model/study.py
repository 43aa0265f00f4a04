"""One round of an assessment: its study file, rules, rulings and list of reports."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
from pydantic import Field

from misbrug_analysis.model.cooperation import Cooperation, load_cooperation
from misbrug_analysis.model.csvfile import read_models
from misbrug_analysis.model.errors import DefinitionError, Problem, hint, name_list, shown
from misbrug_analysis.model.instrument import (
    Instrument,
    LanguageCode,
    Name,
    Slug,
    Text,
    in_language,
    load_instrument,
)
from misbrug_analysis.model.organisation import Group, Organisation, load_organisation
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.yamlfile import Misfit, Model, dangling, read_model, repeated


class Provenance(Model):
    """Whether the answers were collected or reconstructed, and the sentence pages then carry."""

    kind: Literal["collected", "reconstructed"]
    statement: Text | None = None


class Rules(Model):
    """How answers are settled; every field is a named choice (design.md, "The rules, exactly").

    ``peer_quantile`` is a share of the peers (0 to 1), linear between two of them; ``min_peers`` a
    number of forms.
    """

    partly: Literal["judge", "keep", "as_yes", "as_no"] = "judge"
    min_peers: Annotated[int, Field(ge=1)] = 2
    peer_quantile: Annotated[float, Field(ge=0, le=1)] = 0.5
    split: Literal["no", "any", "majority"] = "no"
    absent: Literal["out", "as_no", "as_yes"] = "out"
    missing: Literal["out", "as_no", "as_yes"] = "out"


class Report(Model):
    """A notebook to run, once or for each group of a level (``per``).

    ``summary`` says in a sentence what the page is for.
    """

    id: Slug
    notebook: Name
    title: Text
    summary: Text
    per: Name | None = None
    makes_tables: bool = False


class FormName(Model):
    """A form that a unit can send, with the words that name it in a returned form.

    ``covers_all`` marks the form of a unit that answers for all its areas at once.
    """

    id: Slug
    label: Text
    also: list[str] = []
    covers_all: bool = False

    def words(self) -> list[str]:
        return [word.casefold() for word in (self.id, *self.label.values(), *self.also)]


class Acceptance(Model):
    """A rejected cell that the study accepts as blank, with the reason."""

    source: str
    locator: str
    reason: Annotated[str, Field(min_length=1)]


class StudyFile(Model):
    """``study.yaml``."""

    id: Slug
    title: Text
    date: date
    language: LanguageCode = "da"
    instrument: Slug
    organisation: str = "organisation.yaml"
    units: str = "units.csv"
    cooperation: str | None = None
    provenance: Provenance
    forms: Annotated[list[FormName], Field(min_length=1)]
    rules: Rules = Rules()
    accept: list[Acceptance] = []
    reports: Annotated[list[Report], Field(min_length=1)]


class Ruling(Model):
    """A person's decision on an answer; without ``form`` it is the unit's joint answer."""

    unit: Slug
    form: Slug | None = None
    indicator: str
    answer: Literal["yes", "no"]
    reason: Annotated[str, Field(min_length=1)]
    decided_by: Annotated[str, Field(min_length=1)]
    date: date


@dataclass(frozen=True)
class Run:
    """One notebook to run: for a group of a level, or for the study as a whole.

    ``id`` names the executed notebook and the page; ``parameters`` are the notebook's.
    """

    id: str
    report: Report
    group: Group | None
    parameters: dict[str, str]

    @property
    def page(self) -> str:
        return f"{self.id}.html"

    def title(self, language: str) -> str:
        """The page's title; a report for one of several groups carries the group's label."""
        title = in_language(self.report.title, language)
        if self.group is None or self.id == self.report.id:
            return title
        return f"{title}: {in_language(self.group.label, language)}"


_KEY = ["unit", "form", "indicator"]

RULING_COLUMNS = list(Ruling.model_fields)


@dataclass(frozen=True)
class Study:
    """A study as loaded: its file, instrument, organisation and rulings."""

    project: Project
    settings: StudyFile
    instrument: Instrument
    organisation: Organisation
    rulings: tuple[Ruling, ...]
    cooperation: Cooperation | None

    @property
    def id(self) -> str:
        return self.settings.id

    @property
    def rules(self) -> Rules:
        return self.settings.rules

    @property
    def folder(self) -> Path:
        return self.project.raw(self.id)

    @property
    def adjudications(self) -> pd.DataFrame:
        """The rulings, one a row, in the columns of ``adjudications.csv``."""
        rows = [ruling.model_dump(mode="json") for ruling in self.rulings]
        return pd.DataFrame(rows, columns=RULING_COLUMNS, dtype="str")

    @cached_property
    def unit_words(self) -> dict[str, str]:
        """Every way to name a unit in a form, without case, to its id."""
        units = self.organisation.units
        return {word.casefold(): unit.id for unit in units for word in (unit.id, unit.label)}

    @cached_property
    def form_words(self) -> dict[str, str]:
        """Every way to name a form, without case, to its id."""
        return {word: form.id for form in self.settings.forms for word in form.words()}

    def runs(self) -> list[Run]:
        """Every notebook the study asks for, in the order of its list of reports."""
        runs = []
        for report in self.settings.reports:
            if report.per is None:
                runs.append(Run(report.id, report, None, {"study": self.id}))
                continue
            groups = self.organisation.level(report.per).groups
            for group in groups:
                name = f"{report.id}-{group.id}" if len(groups) > 1 else report.id
                runs.append(Run(name, report, group, {"study": self.id, report.per: group.id}))
        return runs

    def with_rules(self, **changes: object) -> Study:
        """The same study under other rules, for a variant of the analysis."""
        rules = Rules.model_validate(self.rules.model_dump() | changes)
        return replace(self, settings=self.settings.model_copy(update={"rules": rules}))


def load_study(project: Project, name: str) -> Study:
    """Read everything a study declares.

    Raises ParameterError for an unknown study and DefinitionError with the faults of the first
    file that has any.
    """
    project.check_study(name)
    folder = project.raw(name)
    settings = read_model(folder / "study.yaml", StudyFile)
    instrument = load_instrument(project.instruments, settings.instrument)
    organisation = load_organisation(folder / settings.organisation, folder / settings.units)
    notebooks = sorted(found.stem for found in project.notebooks.glob("*.ipynb"))
    read_model(
        folder / "study.yaml", StudyFile, lambda file: _misfits(file, name, organisation, notebooks)
    )
    cooperation = None
    if settings.cooperation:
        cooperation = load_cooperation(folder / settings.cooperation, organisation, instrument)
    rulings = _load_rulings(folder / "adjudications.csv", settings, instrument, organisation)
    return Study(project, settings, instrument, organisation, rulings, cooperation)


def _misfits(
    file: StudyFile, folder: str, organisation: Organisation, notebooks: list[str]
) -> Iterator[Misfit]:
    if file.id != folder:
        yield dangling(("id",), "id", file.id, [folder])
    if file.provenance.kind == "reconstructed" and file.provenance.statement is None:
        yield Misfit(("provenance",), "missing_field", {"name": "provenance.statement"})
    yield from repeated(("reports",), "report", [report.id for report in file.reports])
    yield from repeated(("forms",), "form", [form.id for form in file.forms])
    words = [sorted(set(form.words())) for form in file.forms]
    for index, own in enumerate(words):
        for word in own:
            if any(word in others for others in words[:index]):
                values: dict[str, object] = {"name": "a form's word", "value": word}
                yield Misfit(("forms", index), "repeated", values)
    levels = [level.id for level in organisation.levels]
    for index, report in enumerate(file.reports):
        if report.notebook not in notebooks:
            yield dangling(("reports", index, "notebook"), "notebook", report.notebook, notebooks)
        if report.per is not None and report.per not in levels:
            yield dangling(("reports", index, "per"), "per", report.per, levels)


def rulings_without_form(
    adjudications: pd.DataFrame, sent: Collection[tuple[str, str]]
) -> Iterator[Problem]:
    """A fault for every ruling on a form, or a unit, that is not among the forms sent.

    ``sent`` holds (unit, form) of every form that is used.
    """
    units = {unit for unit, _ in sent}
    for unit, form, indicator in adjudications[_KEY].fillna("").itertuples(index=False):
        if unit not in units or (form and (unit, form) not in sent):
            key = ", ".join(part for part in (unit, form, indicator) if part)
            yield Problem("ruling_without_answer", "adjudications.csv", {"key": key})


def _load_rulings(
    path: Path, settings: StudyFile, instrument: Instrument, organisation: Organisation
) -> tuple[Ruling, ...]:
    if not path.exists():
        return ()
    valid = {
        "unit": organisation.unit_ids,
        "form": [form.id for form in settings.forms],
        "indicator": instrument.indicator_ids,
    }
    rows = read_models(path, Ruling)
    problems: list[Problem] = []
    seen: set[tuple[str, str | None, str]] = set()
    for line, ruling in rows:
        for name, names in valid.items():
            value = getattr(ruling, name)
            if value is not None and value not in names:
                values = {"name": name, "value": value, "hint": hint(value, names)}
                where = f"{shown(path)}, line {line}, column {name}"
                problems.append(Problem("dangling", where, values | {"valid": name_list(names)}))
        key = (ruling.unit, ruling.form, ruling.indicator)
        if key in seen:
            named = ", ".join(part or "the whole unit" for part in key)
            problems.append(Problem("ruling_twice", f"{shown(path)}, line {line}", {"key": named}))
        seen.add(key)
    if problems:
        raise DefinitionError(problems)
    return tuple(ruling for _, ruling in rows)
