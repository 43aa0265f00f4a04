"""One round of an assessment as loaded: settings, instrument, organisation, rulings, runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import pandas as pd

from misbrug_analysis.model.actions import Actions
from misbrug_analysis.model.areas import Areas
from misbrug_analysis.model.cooperation import Cooperation
from misbrug_analysis.model.decisions import ListedDecision
from misbrug_analysis.model.earlier import EarlierRound
from misbrug_analysis.model.instrument import Instrument, Text, in_language
from misbrug_analysis.model.mapping import MappedExport
from misbrug_analysis.model.need import Need
from misbrug_analysis.model.organisation import Group, Organisation
from misbrug_analysis.model.possible import PossibleCounts
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.publication import Law
from misbrug_analysis.model.rulings import RULING_COLUMNS, Ruling
from misbrug_analysis.model.settings import Report, Rules, StudyFile

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

    ``earlier`` are the rounds that it is compared with, the oldest first. ``read_from`` has digests
    of the files that say all this, taken before they were read: "" of one that was not there.
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
    read_from: Mapping[Path, str] = field(default_factory=dict, repr=False, compare=False)

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
        """Units with what such a unit is called, before or after their label: ``Nord 1 Kommune``.

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
            for run in runs_of(report, self.id, self.organisation)
        ]

    def with_rules(self, **changes: object) -> Study:
        """The same study under other rules, for a variant of the analysis."""
        rules = Rules.model_validate(self.rules.model_dump() | changes)
        return replace(self, settings=self.settings.model_copy(update={"rules": rules}))


def runs_of(report: Report, study: str, organisation: Organisation) -> list[Run]:
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
