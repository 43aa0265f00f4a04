"""What a report is about and the tables it reads, with a note of what of them it reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import pandas as pd

from misbrug_analysis.analysis.description import in_standings
from misbrug_analysis.analysis.sensitivity import Sensitivity
from misbrug_analysis.model.need import Need
from misbrug_analysis.model.organisation import Group, Level
from misbrug_analysis.model.rulings import Ruling
from misbrug_analysis.model.study import Run, Study
from misbrug_analysis.model.tables import Results, Row
from misbrug_analysis.presentation.known_variants import KnownVariants
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.reads import EVERYTHING, NEED, RULINGS, SENSITIVITY, Reads
from misbrug_analysis.presentation.respondents_view import (
    agreement_of,
    role_gaps_of,
    shown_answers,
)
from misbrug_analysis.presentation.scored_view import comparisons_of, totals_of


@dataclass(frozen=True)
class ReportData:
    """A study, its results, a language and the group that a report is for.

    ``tables`` are the results for whoever notes in ``reads`` what they rest on; all others take
    them from the properties, which do.
    """

    study: Study
    tables: Results
    language: Language
    run: Run
    variants: KnownVariants = field(default_factory=KnownVariants, repr=False, compare=False)
    reads: Reads = field(default_factory=Reads, repr=False, compare=False)

    @property
    def results(self) -> Results:
        """All tables, for researchers to use as they like."""
        self.reads.note(EVERYTHING)
        return self.tables

    @property
    def level(self) -> Level:
        """The level the report is for; the largest one for a report of the whole study."""
        per = self.run.report.per
        organisation = self.study.organisation
        return organisation.level(per) if per else organisation.largest

    @property
    def group(self) -> Group:
        """The group the report is for; of the whole study, the first of the largest level."""
        return self.run.group or self.level.groups[0]

    @cached_property
    def units(self) -> pd.DataFrame:
        """The units of the report's group, in the columns of ``Organisation.frame``."""
        frame = self.study.organisation.frame()
        if self.run.group is None:
            return frame
        return frame[frame[self.level.id] == self.group.id].reset_index(drop=True)

    @property
    def consolidated(self) -> pd.DataFrame:
        """One answer per unit of the report and indicator."""
        return self._own("consolidated", self.tables.consolidated)

    @property
    def given(self) -> pd.DataFrame:
        """What every respondent of the report's units answered: to be counted, not to be shown."""
        return self._own("answers", self.tables.answers)

    @cached_property
    def answers(self) -> pd.DataFrame:
        """The answers of the report's units: as they came in, or merged where several respond."""
        return self._own("answers", shown_answers(self.study, self.tables))

    @property
    def form_answers(self) -> pd.DataFrame:
        """What each form of the report's units says after the partly rule."""
        return self._own("form_answers", self.tables.form_answers)

    @property
    def rulings(self) -> list[Ruling]:
        """The answers of the report's units that a person settled, in their order."""
        self.reads.table(RULINGS, self._place)
        own = set(self.units["unit"])
        return [ruling for ruling in self.study.rulings if ruling.unit in own]

    @property
    def need(self) -> Need | None:
        """The study's ``need.yaml`` with the reference data that it names, if it has one."""
        self.reads.note(NEED)
        return self.study.need

    @property
    def scores(self) -> pd.DataFrame:
        """Counts, shares and bounds of every item, for every unit and group."""
        self.reads.table("scores")
        return self.tables.scores

    @cached_property
    def totals(self) -> pd.DataFrame:
        """Points, shares and ranks of every unit and group (``analysis.totals``).

        Without a row where the study adds no points up.
        """
        if self.study.settings.totals is not None:
            self.reads.table("totals")
        return totals_of(self.study, self.tables)

    @cached_property
    def comparisons(self) -> pd.DataFrame:
        """Scores by attributes of units: ``level`` is the attribute, ``group`` its value.

        Without a row where the study compares by none.
        """
        if self.study.settings.compare_by:
            self.reads.table("consolidated")
        return comparisons_of(self.study, self.tables)

    @cached_property
    def agreement(self) -> pd.DataFrame:
        """Krippendorff's alpha of every unit and group (``analysis.agreement``)."""
        self.reads.table("agreement")
        return agreement_of(self.study, self.tables)

    @cached_property
    def role_gaps(self) -> pd.DataFrame:
        """Mean points of roles and the gaps between them (``analysis.role_gaps``)."""
        self.reads.table("role_gaps")
        return role_gaps_of(self.study, self.tables)

    @cached_property
    def group_scores(self) -> pd.DataFrame:
        """The scores of the report's own group."""
        self.reads.table("scores", f"{self.level.id}/{self.group.id}")
        table = self.tables.scores
        return table[(table["level"] == self.level.id) & (table["group"] == self.group.id)]

    def score_row(self, item: str, level: str | None = None, group: str | None = None) -> Row:
        """The row of ``scores`` for an item and a group; raises KeyError where there is none."""
        level, group = level or self.level.id, group or self.group.id
        self.reads.table("scores", f"{level}/{group}")
        return self.tables.score_rows[level, group, item]

    def answers_to(self, item: str, units: Iterable[str]) -> pd.DataFrame:
        """What some units answered to an item, as it counts (``analysis.in_standings``)."""
        asked = set(units)
        self.reads.table("answers", self._place if self._is_own(asked) else "", item)
        table = self.tables.answers
        picked = table[(table["item"] == item) & table["unit"].isin(asked)]
        return in_standings(picked, self.study.instrument)

    def sent_by(self, units: Iterable[str]) -> set[str]:
        """Those of some units that sent something."""
        asked = set(units)
        self.reads.table("sent", self._place if self._is_own(asked) else "")
        return asked.intersection(self.tables.answers["unit"].unique())

    @cached_property
    def absent(self) -> list[str]:
        """Labels of the report's units that sent nothing."""
        sent, units = self.sent_by(self.units["unit"]), self.units
        labelled = zip(units["unit"], units["label"], strict=True)
        return [label for unit, label in labelled if unit not in sent]

    @property
    def is_empty(self) -> bool:
        """Whether none of the report's units has sent anything yet."""
        return len(self.absent) == len(self.units)

    @property
    def sensitivity(self) -> Sensitivity:
        """The round under every variant of its rules.

        Worked out once for a study and its results, in whichever language and for whichever run,
        and the same for a report under a variant.
        """
        self.reads.note(SENSITIVITY)
        return self.known_sensitivity

    @property
    def known_sensitivity(self) -> Sensitivity:
        """``sensitivity`` for whoever notes what of it they read."""
        return self.variants.of(self.study, self.tables)

    def under(self, variant: int) -> Self:
        """The report as it would be under a variant of the rules; 0 is the study's own.

        Its scores are those of groups, and its consolidated answers say nothing of rule and inputs;
        what each form says stays as published. A variant without rulings is of a study without
        any. Call it on the study's own report: it has the rulings that a variant can lack. Raises
        KeyError for an unknown variant.
        """
        reads = self.reads.under_other_rules("consolidated", "scores", "totals")
        return self._varied(*self.variants.under(self.study, self.tables, variant), reads)

    def counting(self, absence: int) -> Self:
        """The report as it would be with those who did not answer counted in another way.

        ``absence`` is a row of ``Sensitivity.absences``, 0 the study's own; all other rules are
        the study's own too. Its scores are those of groups. Raises KeyError for an unknown one.
        """
        reads = self.reads.under_other_rules("scores", "totals")
        return self._varied(*self.variants.counting(self.study, self.tables, absence), reads)

    def _varied(self, study: Study, tables: Results, reads: Reads) -> Self:
        variants = KnownVariants(self.known_sensitivity)
        return replace(self, study=study, tables=tables, variants=variants, reads=reads)

    @property
    def _place(self) -> str:
        """The report's own group among the places of tables; nothing where that is all units."""
        return f"{self.level.id}/{self.group.id}" if self.run.group else ""

    def _is_own(self, units: set[str]) -> bool:
        return units.issubset(self.units["unit"])

    def _own(self, name: str, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of the report's units."""
        self.reads.table(name, self._place)
        return table[table["unit"].isin(self.units["unit"])]
