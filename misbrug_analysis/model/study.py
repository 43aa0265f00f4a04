"""One round of an assessment as loaded: settings, instrument, organisation, rulings, runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

import pandas as pd

from misbrug_analysis.model.actions import Actions, load_actions
from misbrug_analysis.model.areas import Areas, load_areas
from misbrug_analysis.model.cooperation import Cooperation, load_cooperation
from misbrug_analysis.model.decisions import FILE_NAME as DECISIONS
from misbrug_analysis.model.decisions import ListedDecision, load_decisions
from misbrug_analysis.model.earlier import EarlierRound, load_earlier
from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.instrument import Instrument, Text, in_language, load_instrument
from misbrug_analysis.model.mapping import FILE_NAME as MAPPING
from misbrug_analysis.model.mapping import MappedExport
from misbrug_analysis.model.mapping_file import load_mapping
from misbrug_analysis.model.need import Need, load_need
from misbrug_analysis.model.organisation import Group, Organisation, load_organisation
from misbrug_analysis.model.possible import PossibleCounts, load_possible
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.publication import Law, load_law
from misbrug_analysis.model.rulings import RULING_COLUMNS, Ruling, load_rulings
from misbrug_analysis.model.settings import Report, Rules, StudyFile, provenance_misfits
from misbrug_analysis.model.tables import PUBLISHED
from misbrug_analysis.model.unfit import bad
from misbrug_analysis.model.yamlfile import Misfit, dangling, read_model, repeated

T = TypeVar("T")

SITE_PAGES = ("index", "tables", "accessibility")
"""Pages that every study has beside its reports; no report can have their names."""

EVIDENCE_PAGES = "method-"
"""How the names of the pages begin on which every single answer stands; no report's name does."""


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

    @property
    def annex(self) -> str | None:
        """The letter of the annex that the page is, if it is one."""
        letters = self.report.annex
        if isinstance(letters, dict):
            return letters.get(self.group.id) if self.group else None
        return letters

    def title(self, language: str, say: Callable[[Text, str], str] = in_language) -> str:
        """The report's title; one for one of several groups carries the group's label.

        ``say`` gives a text in a language.
        """
        title = say(self.report.title, language)
        if self.group is None or self.id == self.report.id:
            return title
        return f"{title}: {say(self.group.label, language)}"


@dataclass(frozen=True)
class Study:
    """A study as loaded: its file, instrument, organisation, rulings, decisions, exports.

    ``earlier`` are the rounds that it is compared with, the oldest first.
    """

    project: Project
    settings: StudyFile
    instrument: Instrument
    organisation: Organisation
    rulings: tuple[Ruling, ...]
    decisions: tuple[ListedDecision, ...]
    exports: tuple[MappedExport, ...]
    cooperation: Cooperation | None
    areas: Areas | None
    actions: Actions | None
    need: Need | None
    possible: PossibleCounts
    law: Law | None
    earlier: tuple[EarlierRound, ...] = ()

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
    def languages(self) -> list[str]:
        """The languages the pages are made in, the study's own first."""
        return [self.settings.language, *self.settings.also_in]

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
    def unit_titles(self) -> dict[str, str]:
        """Units with what such a unit is called, before or after their label: ``Syd 1 Kommune``.

        Without case; to its id. What two units could be called is left out.
        """
        nouns = {noun.one.casefold() for noun in self.organisation.unit_noun.values()}
        found: dict[str, set[str]] = {}
        for unit in self.organisation.units:
            label = unit.label.casefold()
            for noun in sorted(nouns):
                for title in (f"{label} {noun}", f"{noun} {label}"):
                    found.setdefault(title, set()).add(unit.id)
        return {title: ids.pop() for title, ids in found.items() if len(ids) == 1}

    @cached_property
    def form_words(self) -> dict[str, str]:
        """Every way to name a form, without case, to its id."""
        return {word: form.id for form in self.settings.forms for word in form.words()}

    def form_label(self, form: str) -> str:
        """What a form is called in the study's own language."""
        known = {one.id: one.label for one in self.settings.forms}
        return in_language(known[form], self.settings.language) if form in known else form

    def runs(self) -> list[Run]:
        """Every notebook the study asks for, in the order of its list of reports.

        The groups of a report stand in the order of their annexes where they are annexes.
        """
        return [
            run
            for report in self.settings.reports
            for run in _runs_of(report, self.id, self.organisation)
        ]

    def with_rules(self, **changes: object) -> Study:
        """The same study under other rules, for a variant of the analysis."""
        rules = Rules.model_validate(self.rules.model_dump() | changes)
        return replace(self, settings=self.settings.model_copy(update={"rules": rules}))


def _runs_of(report: Report, study: str, organisation: Organisation) -> list[Run]:
    """The notebooks to run for a report, one for each group of its level that has units."""
    if report.per is None:
        return [Run(report.id, report, None, {"study": study})]
    groups = organisation.level(report.per).groups
    asked = {unit.attributes[report.per] for unit in organisation.units}
    runs = [
        Run(
            f"{report.id}-{group.id}" if len(groups) > 1 else report.id,
            report,
            group,
            {"study": study, report.per: group.id},
        )
        for group in groups
        if group.id in asked
    ]
    return sorted(runs, key=lambda run: run.annex or "")


def load_study(project: Project, name: str, *, mapped: bool = True, compared: bool = True) -> Study:
    """Read everything a study declares, but for its ``mapping.yaml`` where it is not ``mapped``.

    The rounds before it are read too, unless it is not to be ``compared``. Raises ParameterError
    for an unknown study and DefinitionError with the faults of the first file that has any.
    """
    project.check_study(name)
    folder = project.raw(name)
    settings = read_model(folder / "study.yaml", StudyFile)
    instrument = load_instrument(project.instruments, settings.instrument)
    organisation = load_organisation(
        folder / settings.organisation,
        folder / settings.units,
        [form.id for form in settings.forms],
    )
    notebooks = sorted(found.stem for found in project.notebooks.glob("*.ipynb"))
    read_model(
        folder / "study.yaml", StudyFile, lambda file: _misfits(file, name, organisation, notebooks)
    )
    rulings = load_rulings(folder / "adjudications.csv", settings, instrument, organisation)

    def optional(name: str | None, read: Callable[[Path], T]) -> T | None:
        return read(folder / name) if name else None

    load = partial(load_study, project, mapped=mapped, compared=False)

    cooperation = optional(
        settings.cooperation, lambda path: load_cooperation(path, organisation, instrument)
    )
    return Study(
        project,
        settings,
        instrument,
        organisation,
        rulings,
        load_decisions(folder / DECISIONS),
        load_mapping(folder / MAPPING, instrument, settings.forms) if mapped else (),
        cooperation,
        optional(settings.areas, lambda path: load_areas(path, instrument, cooperation)),
        optional(settings.actions, lambda path: load_actions(path, organisation, instrument)),
        optional(
            settings.need,
            lambda path: load_need(
                path, project.reference, organisation, folder / settings.organisation
            ),
        ),
        optional(
            declared.counts if (declared := settings.provenance.possible) else None,
            lambda path: load_possible(path, organisation, instrument),
        )
        or {},
        _law(project, settings, folder),
        load_earlier(
            settings, folder / "study.yaml", project.studies(), instrument, organisation, load
        )
        if compared
        else (),
    )


def _law(project: Project, settings: StudyFile, folder: Path) -> Law | None:
    """What the law asks of those who publish the study, where it says which law they follow."""
    name = settings.publication.law if settings.publication else None
    if name is None:
        return None
    return load_law(project.reference / name, project.shown(folder / "study.yaml"))


def _misfits(
    file: StudyFile, folder: str, organisation: Organisation, notebooks: list[str]
) -> Iterator[Misfit]:
    if file.id != folder:
        yield dangling(("id",), "id", file.id, [folder])
    yield from provenance_misfits(file.provenance)
    languages = [file.language, *file.also_in]
    yield from repeated(("also_in",), Phrase("language"), languages)
    yield from repeated(("reports",), Phrase("report"), [report.id for report in file.reports])
    yield from repeated(("forms",), Phrase("form"), [form.id for form in file.forms])
    words = [sorted(set(form.words())) for form in file.forms]
    for index, own in enumerate(words):
        for word in own:
            if any(word in others for others in words[:index]):
                values: dict[str, object] = {"name": Phrase("form_word"), "value": word}
                yield Misfit(("forms", index), "repeated", values)
    levels = [level.id for level in organisation.levels]
    pages = set(SITE_PAGES)
    for index, report in enumerate(file.reports):
        for place, table in enumerate(report.tables):
            if table not in PUBLISHED:
                yield dangling(("reports", index, "tables", place), "table", table, list(PUBLISHED))
        if report.notebook not in notebooks:
            yield dangling(("reports", index, "notebook"), "notebook", report.notebook, notebooks)
        if report.per is not None and report.per not in levels:
            yield dangling(("reports", index, "per"), "per", report.per, levels)
            continue
        for run in _runs_of(report, file.id, organisation):
            if taken := _taken(run, pages):
                values = bad("id", taken, Phrase("another_name"), report.id)
                yield Misfit(("reports", index, "id"), "bad_value", values)
            pages.add(run.id)
        yield from _annex_misfits(index, report, organisation)
    letters = [letter for report in file.reports for letter in report.annex_letters]
    yield from repeated(("reports",), Phrase("annex"), letters)


def _taken(run: Run, pages: set[str]) -> Phrase | None:
    """Why a run's page cannot have its name, if so; ``pages`` are the names that others have."""
    if run.id in pages:
        return Phrase("page_taken", {"page": run.page})
    if run.id.startswith(EVIDENCE_PAGES):
        return Phrase("page_kept", {"start": EVIDENCE_PAGES})
    return None


def _annex_misfits(index: int, report: Report, organisation: Organisation) -> Iterator[Misfit]:
    groups = organisation.level(report.per).group_ids if report.per else []
    if isinstance(report.annex, dict):
        for group in report.annex:
            if group not in groups:
                yield dangling(("reports", index, "annex"), "annex", group, groups)
    elif report.annex and len(groups) > 1:
        words = Phrase("one_letter"), Phrase("letter_a_group")
        values = bad("annex", *words, report.annex)
        yield Misfit(("reports", index, "annex"), "bad_value", values)
