"""Population and estimated need as a report shows them: by member, by group, in all, typical.

Figures are exact here; what is shown is rounded to two significant digits, since the estimates
hold no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from misbrug_analysis.analysis.need import (
    NUMBERS,
    estimated_need,
    need_across,
    need_of,
    people_in_ages,
    people_of,
    share_in_ages,
    share_of_nation,
    typical_need,
    typical_people,
    typical_total,
)
from misbrug_analysis.model.instrument import Noun
from misbrug_analysis.model.need import AgeGroup, Measure, Need
from misbrug_analysis.model.organisation import Group, Level, Member
from misbrug_analysis.model.reference import Ages, Estimate
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report

ALL, TYPICAL = "all", "typical"

_CHARTED = 40
"""Up to so many members are charted and tabled one by one; of more, their groups come first."""


@dataclass(frozen=True)
class Place:
    """One place of a table: ``need`` by measure; ``people`` by age band (columns' first ages) and
    in ``total``."""

    id: str
    label: str
    need: pd.DataFrame
    people: pd.Series
    total: float


class NeedView:
    """The members of a study's groups with their people and their estimated need."""

    def __init__(self, report: Report, need: Need) -> None:
        self.report = report
        self.need = need
        self._of_group: dict[str, Place] = {}

    @property
    def language(self) -> Language:
        return self.report.language

    @cached_property
    def level(self) -> Level:
        """The smallest level whose groups name their members."""
        levels = self.report.study.organisation.levels
        return next(level for level in levels if any(group.members for group in level.groups))

    @property
    def groups(self) -> list[Group]:
        return [group for group in self.level.groups if group.members]

    @cached_property
    def members(self) -> dict[str, Member]:
        """The members of all groups by code; one of two groups stands here once."""
        return {member.code: member for group in self.groups for member in group.members}

    @cached_property
    def by_area(self) -> pd.DataFrame:
        """Need of every area of the nation, as ``analysis.need.estimated_need`` gives it."""
        return estimated_need(self.need.population, self.need.measure_table())

    @cached_property
    def of_member(self) -> dict[str, Place]:
        """Every member's figures, by code."""
        return {
            code: self._sum(code, member.label, [code]) for code, member in self.members.items()
        }

    def of_group(self, group: Group) -> Place:
        """A group's figures; of a group that names no members, those of all."""
        if group.id not in self._of_group:
            codes = [member.code for member in group.members] or list(self.members)
            self._of_group[group.id] = self._sum(group.id, self.report.group_label(group), codes)
        return self._of_group[group.id]

    @cached_property
    def of_all(self) -> Place:
        label = self.language.text("need.all", units=self.report.unit_noun.many)
        return self._sum(ALL, label, list(self.members))

    @cached_property
    def typical(self) -> Place:
        """The medians over the members, each figure by itself; its total is the median total."""
        population, codes = self.need.population, list(self.members)
        return Place(
            TYPICAL,
            TYPICAL,
            typical_need(self.by_area, codes),
            typical_people(population, codes),
            typical_total(population, codes),
        )

    def rows(self) -> Iterator[tuple[Group, list[Place], Place]]:
        """Every group with its members' figures and its own."""
        for group in self.groups:
            members = [self.of_member[member.code] for member in group.members]
            yield group, members, self.of_group(group)

    def places(self) -> Iterator[tuple[Place, str]]:
        """Members with their group's sum after them, then all; each with the label of its row."""
        for _, members, together in self.rows():
            yield from ((place, place.label) for place in members)
            yield together, self.language.text("need.together", group=together.label)
        yield self.of_all, self.of_all.label

    def totals(self) -> list[int]:
        """Which of the places are sums, counted from 0."""
        sums, place = [], -1
        for _, members, _ in self.rows():
            place += len(members) + 1
            sums.append(place)
        return [*sums, place + 1]

    def in_ages(self, place: Place, group: AgeGroup) -> int:
        return people_in_ages(place.people, self.need.bands(group))

    def share_of_young(self, place: Place) -> float:
        """The part (0 to 1) of a place's people who are young."""
        return share_in_ages(place.people, self.need.bands(self.need.file.young))

    def share_of_nation(self) -> float:
        """The members' part (0 to 1) of the nation's people."""
        return share_of_nation(self.need.population, list(self.members))

    def about(self, number: float) -> str:
        """A rounded figure: ``ca. 1.300``."""
        return self.language.text("need.about", n=self.language.rounded(number))

    def shown(self, measure: Measure, place: Place) -> str:
        """A need as it is shown: point with interval, or the one of them that the source gives."""
        return self._shown(_row(place, measure))

    def interval(self, measure: Measure, place: Place) -> str:
        """The interval of a need; raises ValueError where the source gives none."""
        row = _row(place, measure)
        if pd.isna(row["low"]):
            raise ValueError(f"the source of {measure.id} gives no interval; use need()")
        return self._span(row["low"], row["high"])

    def point(self, measure: Measure, place: Place) -> str:
        """The point of a need; raises ValueError where the source gives only an interval."""
        value = _row(place, measure)["value"]
        if pd.isna(value):
            raise ValueError(f"the source of {measure.id} gives only an interval; use need_range()")
        return self.about(value)

    @property
    def by_group(self) -> bool:
        """Whether the members are so many that charts show their groups instead."""
        return len(self.members) > _CHARTED and len(self.groups) > 1

    @property
    def charted(self) -> list[Place]:
        """What charts show, place by place: the members or, where they are many, their groups."""
        if self.by_group:
            return [self.of_group(group) for group in self.groups]
        return list(self.of_member.values())

    @property
    def charted_noun(self) -> Noun:
        """What one of ``charted`` is called."""
        return self.report.say(self.level.noun) if self.by_group else self.report.unit_noun

    def across(self, measure: Measure) -> str:
        """The need of what is charted, from the smallest to the largest; of a source that gives
        only an interval, from the lowest low to the highest high: ``ca. 540–2.200``, ``95–410``."""
        need = pd.concat({place.id: place.need for place in self.charted}, names=["code"])
        ends = need_across(need.reset_index(), [place.id for place in self.charted])
        span = self._span(float(ends["least"][measure.id]), float(ends["most"][measure.id]))
        if self.need.estimate_of(measure).estimate is None:
            return span
        return self.language.text("need.about", n=span)

    def cite(self, measure: Measure) -> str:
        """The source of a measure in brief, with its year."""
        estimate = self.need.estimate_of(measure)
        source = self._named(estimate, "cite")
        return self.language.text("need.cite", source=source, year=self.year(estimate))

    def source(self, estimate: Estimate) -> str:
        """Who says so, in full."""
        return self._named(estimate, "source")

    def cites(self, measures: list[Measure]) -> str:
        """The sources of measures as a note, with their years; one for all is said once."""
        cites = {self.cite(measure) for measure in measures}
        if len(cites) == 1:
            return self.language.text("need.source", source=cites.pop())
        parts = [
            self.language.text(
                "need.cite_of", measure=self.report.say(measure.short), cite=self.cite(measure)
            )
            for measure in measures
        ]
        return self.language.text("need.sources_note", sources="; ".join(parts))

    def year(self, estimate: Estimate) -> str:
        if estimate.year is None:
            return self.language.text("need.year.unknown")
        return self.language.text(f"need.year.{estimate.year_is}", year=estimate.year)

    def ages(self, group: Measure | AgeGroup) -> str:
        """The ages of a group, or those that a measure is spread over: ``15–24 år``."""
        ages = Ages.read(group.ages)
        key = "need.ages.from" if ages.last is None else "need.ages.between"
        return self.language.text(key, first=ages.first, last=ages.last)

    def national(self, estimate: Estimate) -> str:
        """A national estimate as its source gives it, not rounded."""
        write = self.language.number
        known = estimate.low is not None and estimate.high is not None
        span = self.language.span(write(estimate.low), write(estimate.high)) if known else ""  # type: ignore[arg-type]
        if estimate.estimate is None:
            return span
        point = write(estimate.estimate)
        return self.language.text("need.both", point=point, interval=span) if known else point

    def _named(self, estimate: Estimate, column: str) -> str:
        """A source in the report's language, where the file has a column for that, else as it is:
        names and titles, which are in no language but their own."""
        translated: str | None = getattr(estimate, f"{column}_{self.language.code}", None)
        own: str = getattr(estimate, column)
        return translated or own

    def _shown(self, row: dict[str, float]) -> str:
        if pd.isna(row["low"]):
            return self.about(row["value"])
        span = self._span(row["low"], row["high"])
        if pd.isna(row["value"]):
            return span
        return self.language.text("need.both", point=self.about(row["value"]), interval=span)

    def _span(self, low: float, high: float) -> str:
        return self.language.span(self.language.rounded(low), self.language.rounded(high))

    def _sum(self, place: str, label: str, codes: list[str]) -> Place:
        people = people_of(self.need.population, codes)
        total = people_in_ages(people, list(people.index))
        return Place(place, label, need_of(self.by_area, codes), people, total)


def _row(place: Place, measure: Measure) -> dict[str, float]:
    return {column: float(place.need[column][measure.id]) for column in NUMBERS}


def need_view(report: Report) -> NeedView | None:
    """The view of a report's study, the same every time; None where the study has no need file."""
    need = report.need
    return report.remembered("need", lambda: NeedView(report, need)) if need else None
