"""A report's totals as its pages tell them: what is shown first, of whom, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from misbrug_analysis.analysis.spread import spread
from misbrug_analysis.analysis.totals import shown
from misbrug_analysis.model.organisation import UNIT
from misbrug_analysis.model.totals import TOTAL, Totals
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.report import Report

_NAMED = 3
"""More than these that share a place are counted and not named."""

_ABSENT_NAMED = 5
_QUARTERED = 8
"""Fewer than these have no quarters to speak of."""


@dataclass(frozen=True)
class TotalView:
    """The totals of a report's units and groups, and how they are written."""

    report: Report
    settings: Totals

    @property
    def at(self) -> str:
        """Where all totals are to be had as a table."""
        return self.report.table_at("totals")

    @property
    def is_whole(self) -> bool:
        """Whether the report is of all units of the study."""
        return len(self.report.units) == len(self.report.study.organisation.units)

    @cached_property
    def table(self) -> pd.DataFrame:
        """All totals of the study, with a column ``shown``: points or percent, as they are told."""
        table = self.report.totals
        return table.assign(shown=shown(table, self.settings))

    @cached_property
    def units(self) -> pd.DataFrame:
        """The totals of the report's units by rank, those without one last; ``label`` is theirs."""
        own = self.report.units
        rows = self.table[(self.table["level"] == UNIT) & (self.table["item"] == TOTAL)]
        rows = rows[rows["group"].isin(own["unit"])]
        rows = rows.assign(label=rows["group"].map(self.report.unit_labels))
        return rows.sort_values("rank", kind="stable", na_position="last").reset_index(drop=True)

    @cached_property
    def ranked(self) -> pd.DataFrame:
        """Those of ``units`` that have a total."""
        return self.units[self.units["shown"].notna()]

    def row(self, level: str, group: str, item: str = TOTAL) -> pd.Series:
        """The total of a group or unit; raises KeyError where there is none."""
        return self.table.iloc[self._places[level, group, item]]

    def has(self, level: str, group: str, item: str = TOTAL) -> bool:
        """Whether there is a total of a group or unit that is known."""
        place = self._places.get((level, group, item))
        return place is not None and not pd.isna(self.table["shown"].iloc[place])

    @cached_property
    def _places(self) -> dict[tuple[str, str, str], int]:
        names = (self.table[name] for name in ("level", "group", "item"))
        return {key: at for at, key in enumerate(zip(*names, strict=True))}

    def told(self, value: float) -> str:
        """A total as it is shown: ``61,4 %``, or ``17,5 point``."""
        language, decimals = self.report.language, self.settings.decimals
        if self.settings.shown == "percent":
            return language.percent(value / 100, decimals)
        # What is no whole number is several.
        number = int(value) if value == int(value) else 2
        return language.plural("totals.points", number, n=language.number(value, decimals))

    def percent(self, share: float) -> str:
        """A share in percent, with as many decimals as the study shows of percent."""
        decimals = self.settings.decimals if self.settings.shown == "percent" else 0
        return self.report.language.percent(share, decimals)

    def rank(self, rank: float) -> str:
        """A rank, with a half where those who share it have the mean of theirs."""
        return self.report.language.number(rank, 0 if rank == int(rank) else 1)

    def answer(self) -> str:
        """The short answer: who is highest and lowest, how they spread, and who has no total."""
        language, values = self.report.language, self.ranked["shown"]
        sentences = [self._how_many()]
        if values.empty:
            return sentences[0]
        if values.min() == values.max() and len(values) > 1:
            told = linked(self.told(values.iloc[0]), self.at)
            return f"{sentences[0]} {language.text('totals.all_equal', value=told)}"
        sentences.append(self._end("highest", values.max()))
        if len(values) > 1:
            sentences.append(self._end("lowest", values.min()))
        if len(values) >= _QUARTERED:
            found = spread(values)
            fields = {
                "low": linked(self.told(found.lower), self.at),
                "high": linked(self.told(found.upper), self.at),
                "middle": linked(self.told(found.middle), self.at),
                "the_many": self.report.unit_noun.the_many,
            }
            sentences.append(language.text("totals.half", **fields))
        return " ".join(sentences)

    def finding(self) -> str:
        """From the lowest to the highest, as the title of a chart."""
        language, values = self.report.language, self.ranked["shown"]
        fields = {"many": self.report.unit_noun.many, "the_many": self.report.unit_noun.the_many}
        low, high = self.told(values.min()), self.told(values.max())
        if low == high:
            return language.text("totals.found_equal", value=linked(low, self.at), **fields)
        ends = {"low": linked(low, self.at), "high": linked(high, self.at)}
        return language.capitalise(language.text("totals.found", **ends, **fields))

    def _how_many(self) -> str:
        """How many of the units have a total, and who has none."""
        report, language, noun = self.report, self.report.language, self.report.unit_noun
        have, asked = len(self.ranked), len(self.units)
        fields = {"n": linked(language.numeral(have, noun.gender), self.at), "many": noun.many}
        fields |= {"N": language.numeral(asked, noun.gender), "one": noun.one}
        if have == asked:
            return language.capitalise(language.plural("totals.everyone", asked, **fields))
        without = [str(one) for one in self.units.loc[self.units["shown"].isna(), "label"]]
        if not have:
            return language.text("totals.nobody", many=noun.many)
        some = language.capitalise(language.plural("totals.some", have, **fields))
        if len(without) > _ABSENT_NAMED:
            return some
        return f"{some} {language.text('totals.without', who=report.language.join(without))}"

    def _end(self, which: str, value: float) -> str:
        """Who is highest or lowest; those who share the place are named, or counted."""
        language, noun = self.report.language, self.report.unit_noun
        who = [str(one) for one in self.ranked.loc[self.ranked["shown"] == value, "label"]]
        told = linked(self.told(value), self.at)
        if len(who) == 1:
            return language.text(f"totals.{which}", who=who[0], value=told)
        named = language.join(who)
        if len(who) > _NAMED:
            counted = linked(language.numeral(len(who), noun.gender), self.at)
            named = language.text("sentence.several", n=counted, many=noun.many)
        return language.text(f"totals.{which}_shared", who=named, value=told)


def listed(report: Report, rows: Sequence[tuple[str, str]]) -> str:
    """Labels with what is told of them, for the alternative of a chart."""
    return "; ".join(
        report.language.text("sentence.labelled", label=label, clause=told) for label, told in rows
    )
