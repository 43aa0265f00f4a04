"""What a page about several rounds is about: a report and the rounds before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from misbrug_analysis.analysis.rounds import Settled
from misbrug_analysis.analysis.sensitivity import sensitivity
from misbrug_analysis.analysis.trends import Comparison, compare
from misbrug_analysis.model.earlier import EarlierRound
from misbrug_analysis.model.instrument import Topic
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.addresses import count_anchor
from misbrug_analysis.presentation.report import Report

COMPARED = "compared"
"""The list of everyone who is compared."""


@dataclass(frozen=True)
class Rounds:
    """A report of the newest round and the ones before it; a round is told by its place, from 0.

    ``results`` are those of the rounds before it, as each was settled and published.
    """

    report: Report
    results: tuple[Results, ...]

    @property
    def earlier(self) -> tuple[EarlierRound, ...]:
        return self.report.study.earlier

    @property
    def studies(self) -> list[Study]:
        return [*(one.study for one in self.earlier), self.report.study]

    @property
    def last(self) -> int:
        """The place of the newest round."""
        return len(self.earlier)

    @cached_property
    def settled(self) -> list[Settled]:
        """Every round under the newest round's rules, of merging too, and their variants."""
        study = self.report.study
        rounds = [
            Settled(
                one.study.id,
                one.study.instrument,
                sensitivity(
                    results.answers,
                    one.study.organisation.frame(),
                    [level.id for level in one.study.organisation.levels],
                    one.study.instrument.merging_as(study.instrument),
                    study.rules,
                    one.study.adjudications,
                ),
                one.items,
                one.units,
            )
            for one, results in zip(self.earlier, self.results, strict=True)
        ]
        items = {item: item for item in study.instrument.indicator_ids}
        units = {unit: unit for unit in study.organisation.unit_ids}
        newest = Settled(study.id, study.instrument, self.report.sensitivity, items, units)
        return [*rounds, newest]

    @cached_property
    def comparison(self) -> Comparison:
        study = self.report.study
        levels = [level.id for level in study.organisation.levels]
        units = study.organisation.frame()
        return compare(self.settled, units, levels, study.instrument)

    @cached_property
    def compared(self) -> list[str]:
        """The report's units that sent something in every round, in the study's order."""
        answers = self.comparison.answers.set_index("unit").drop(columns="item")
        took_part = set(answers.index[(answers != "absent").all(axis=1)])
        return [unit for unit in self.report.units["unit"] if unit in took_part]

    @cached_property
    def items(self) -> list[str]:
        """The indicators that every round asked, in the order of the instrument."""
        asked = self.report.study.instrument.indicator_ids
        return [item for item in asked if all(item in one.items for one in self.earlier)]

    @cached_property
    def counted(self) -> list[str]:
        """Those of ``items`` that someone of the report's group has answered in every round."""
        changes = self.changes()
        return [item for item in self.items if item in changes.index]

    @cached_property
    def topics(self) -> list[str]:
        """The topics that rest on the same indicators in every round."""
        compared = set(self.comparison.changes["item"])
        topics = self.report.study.instrument.assessed_topics
        return [topic.id for topic in topics if topic.id in compared]

    def changes(
        self, level: str | None = None, group: str | None = None, after: int | None = None
    ) -> pd.DataFrame:
        """The rows of ``changes`` of a group by item: of the report's group, up to the newest."""
        report, rows = self.report, self.comparison.changes
        rows = rows[
            (rows["level"] == (level or report.level.id))
            & (rows["group"] == (group or report.group.id))
            & (rows["after"] == (self.last if after is None else after))
        ]
        return rows.set_index("item")

    def counts(self, item: str, level: str | None = None, group: str | None = None) -> pd.DataFrame:
        """What a group's compared units say to an item: ``yes, partly, n`` by round."""
        rows, report = self.comparison.counts, self.report
        rows = rows[
            (rows["level"] == (level or report.level.id))
            & (rows["group"] == (group or report.group.id))
            & (rows["item"] == item)
        ]
        return rows.set_index("round")[["yes", "partly", "n"]]

    def count_at(self, item: str, group: str | None = None) -> str:
        """The row of this page that tells who is counted, in the report's group by default."""
        return f"#{count_anchor(item, group or self.report.group.id)}"

    @cached_property
    def said(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """What a unit answered to an item or topic, round by round."""
        table = self.comparison.answers
        answers = table.drop(columns=["item", "unit"]).itertuples(index=False, name=None)
        return dict(zip(zip(table["item"], table["unit"], strict=True), answers, strict=True))

    def labels_of(self, topic: Topic) -> dict[str, str]:
        """What is compared in a topic, by id: indicators, and the whole where it has several."""
        report, changes = self.report, self.changes()
        asked = [item.id for item in report.study.instrument.indicators_of(topic.id)]
        items = [item for item in asked if item in self.counted]
        labels = {item: report.item_label(item) for item in items}
        if topic.id in changes.index and len(items) > 1:
            noun = report.language.capitalise(report.topic_noun.the_one)
            labels[topic.id] = report.language.text("changes.whole", the_one=noun)
        return labels

    @property
    def moves(self) -> pd.DataFrame:
        """Who of the report's units answers otherwise than in the round before, by indicator."""
        rows = self.comparison.moves
        indicators = self.report.study.instrument.indicator_ids
        return rows[rows["unit"].isin(self.report.units["unit"]) & rows["item"].isin(indicators)]

    @cached_property
    def labels(self) -> list[str]:
        """What the rounds are called: their years, or their days where two are of one year."""
        days = [study.settings.date for study in self.studies]
        if self._by_year:
            return [str(day.year) for day in days]
        return [self.report.language.date(day) for day in days]

    def when(self, place: int) -> str:
        """When a round was, in running text: ``i 2024``, or ``den 1. maj 2024``."""
        key = "changes.in_year" if self._by_year else "changes.on_day"
        return self.report.language.text(key, round=self.labels[place])

    @property
    def _by_year(self) -> bool:
        years = [study.settings.date.year for study in self.studies]
        return len(set(years)) == len(years)
