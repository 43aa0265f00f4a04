"""What an authored text can say of the data: the expressions it may call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from misbrug_analysis.analysis.description import choosing
from misbrug_analysis.analysis.scoring import count_bounds, tallied
from misbrug_analysis.model.instrument import Item, Noun
from misbrug_analysis.model.tables import Row
from misbrug_analysis.presentation.live.checks import ANSWERS, NOBODY, Where, chosen, holds, known
from misbrug_analysis.presentation.live.groups import LiveGroups
from misbrug_analysis.presentation.live.markdown import Told
from misbrug_analysis.presentation.live.need import need_expressions
from misbrug_analysis.presentation.live.numbers import LiveNumbers
from misbrug_analysis.presentation.live.options import LiveOptions
from misbrug_analysis.presentation.live.possible import possible_expressions
from misbrug_analysis.presentation.quantifiers import quantifier, short_quantifier
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.respondents_view import answering_noun, counted_answers
from misbrug_analysis.presentation.wording import Counts, bounds

_CAPITAL = (
    *("count", "quantifier", "topic_quantifier", "describes", "with_attribute", "bounds"),
    *("groups", "groups_where", "wishes", "agrees", "respondents"),
)
"""The expressions that can begin a sentence."""


class LiveFigures:
    """What a text can say of the data. ``item`` is an indicator, ``group`` a group's id.

    Without ``group`` the figure is for the group that the report is about. ``absent="as_no"``
    shows the figure under that setting of the rules, ``short`` is for where the noun was just said.
    Every name that an expression does not know is a ValueError that lists those it does.
    """

    def __init__(self, report: Report) -> None:
        self._report = report

    def expressions(self) -> dict[str, Callable[..., object]]:
        """The expressions by the names that texts use; a capital begins a sentence."""
        plain: dict[str, Callable[..., object]] = {
            "count": self.count,
            "total": self.total,
            "asked": self.asked,
            "answered": self.answered,
            "share": self.share,
            "quantifier": self.quantifier,
            "topic_quantifier": self.topic_quantifier,
            "describes": self.describes,
            "with_attribute": self.with_attribute,
            "absent": self.absent,
            "rule": self.rule,
            "bounds": self.bounds,
            "holds": holds,
        }
        plain |= LiveGroups(self._report).expressions()
        plain |= LiveOptions(self._report, self._given).expressions()
        plain |= LiveNumbers(self._report, self._given).expressions()
        plain |= need_expressions(self._report) | possible_expressions(self._report)
        return plain | {name.capitalize(): self._capitalised(plain[name]) for name in _CAPITAL}

    def count(self, item: str, answer: str = "yes", group: str | None = None) -> str:
        """How many units gave an answer, as a numeral."""
        row = self._row(self._report, item, group)
        counted = self._numeral(int(row[known("answer", answer, ANSWERS)]))
        return Told.of(counted, self._report.count_at(item, group))

    def total(self, group: str | None = None) -> str:
        """How many units answered, as a numeral."""
        counted = self._numeral(len(self._sent(self._units(group))))
        return Told.of(counted, self._report.units_at)

    def asked(self, group: str | None = None) -> str:
        """How many units were asked, as a numeral."""
        return Told.of(self._numeral(len(self._units(group))), self._report.units_at)

    def answered(self, item: str, group: str | None = None, where: Where = None) -> int:
        """How many units answered a question that is not scored; for conditions."""
        return choosing(*self._given(item, group, where), "")[1]

    def share(
        self,
        item: str,
        option: str | None = None,
        group: str | None = None,
        where: Where = None,
    ) -> float:
        """A share (0 to 1); for conditions, not for showing.

        Of those that meet an indicator or a topic; with ``option`` of those that answered a
        question that is not scored. Where nobody answered it is no number, and no condition on it
        is met.
        """
        if option is None:
            return float(self._row(self._report, item, group)["share"])
        chose, answered = self._choosing(item, option, group, where)
        return chose / answered if answered else float("nan")

    def quantifier(
        self,
        item: str,
        answer: str = "yes",
        group: str | None = None,
        absent: str | None = None,
        short: bool = False,
        first: bool = False,
    ) -> str:
        """How many of how many gave an answer: ``kun få kommuner (3 af 16)``.

        At ``first`` mention it says of whom: ``kun få kommuner (3 af de 16, der svarede)``.
        """
        report = self._under(absent)
        row = self._row(report, item, group)
        n = int(row[known("answer", answer, ANSWERS)])
        # Of all, it must be said every time who they are, and else where the page first counts.
        said = first or n == int(row["n"])
        missing = report.counts(item, *self._place(group)).missing if said else 0
        at = report.count_at(item, group)
        return self._phrase(Counts(n, int(row["n"]), missing=missing, at=at), short)

    def topic_quantifier(self, topic: str, group: str | None = None, short: bool = False) -> str:
        """How many of how many meet all indicators of a topic."""
        return self.quantifier(topic, group=group, short=short)

    def describes(
        self,
        item: str,
        option: str,
        group: str | None = None,
        where: Where = None,
        short: bool = False,
    ) -> str:
        """How many of those who answered a question that is not scored chose an option."""
        chose, answered = self._choosing(item, option, group, where)
        units, report = self._units(group, where), self._report
        noun = answering_noun(report.study, report.language, report.unit_noun)
        skipped = len(self._sent(units)) - answered
        missing = len(units) - answered if skipped or chose in (0, answered) else 0
        # Nobody knows how many persons could have answered.
        missing = missing if report.study.instrument.respondents is None else 0
        at = report.count_at(item, group)
        return self._phrase(Counts(chose, answered, missing=missing, at=at), short, noun)

    def with_attribute(
        self, attribute: str, value: str, group: str | None = None, short: bool = False
    ) -> str:
        """How many units of those it is known of the study says something of."""
        told = self._told(attribute, value)
        of_these = self._report.study.organisation.frame().set_index("unit")[attribute]
        of_these = of_these[self._units(group)]
        said = of_these[of_these != ""]
        at = self._report.table_at("units")
        return self._phrase(Counts(int((said == told).sum()), len(said), at=at), short)

    def absent(self) -> str:
        """The units that sent nothing, as a list in running text."""
        return self._report.language.join(self._report.absent)

    def rule(self, name: str) -> str | float:
        """How the study settles its answers: a setting of its rules, for conditions."""
        settings: dict[str, str | float] = self._report.study.rules.model_dump()
        return settings[known("rule", name, settings)]

    def bounds(self, item: str, group: str | None = None) -> str:
        """The fewest and the most that can meet an indicator, had everyone answered."""
        row = self._row(self._report, item, group)
        words = bounds(self._report.language, *count_bounds(row, self._report.study.rules))
        return Told.of(words, self._report.count_at(item, group))

    def _row(self, report: Report, item: str, group: str | None) -> Row:
        topics = [topic.id for topic in report.study.instrument.assessed_topics]
        if item not in topics and item not in report.study.instrument.indicator_ids:
            report.study.instrument.item(item)
            raise ValueError(f"{item} is not an indicator")
        return report.score_row(item, *self._place(group))

    def _choosing(self, item: str, option: str, group: str | None, where: Where) -> tuple[int, int]:
        answers, declared = self._given(item, group, where)
        return choosing(answers, declared, chosen(declared, option))

    def _given(self, item: str, group: str | None, where: Where) -> tuple[pd.DataFrame, Item]:
        """The answers of the units that are meant, and the question as it is declared."""
        declared = self._report.study.instrument.item(item)
        meant = self._report.answers_to(item, self._units(group, where))
        return counted_answers(self._report.study, meant, item), declared

    def _place(self, group: str | None) -> tuple[str | None, str | None]:
        return (self._level_of(group), group) if group else (None, None)

    def _under(self, absent: str | None) -> Report:
        report = self._report
        if absent is None:
            return report

        def varied() -> Report:
            study = report.study.with_rules(absent=absent)
            tables = report.tables  # what is read of them is noted with the row
            levels = [level.id for level in study.organisation.levels]
            frame = study.organisation.frame()
            scores = tallied(tables.consolidated, frame, levels, study.instrument, study.rules)
            return replace(report, study=study, tables=tables.with_tables(scores=scores))

        return report.remembered(("absent", absent), varied)

    def _level_of(self, group: str) -> str:
        organisation = self._report.study.organisation
        of = {name: level.id for level in organisation.levels for name in level.group_ids}
        return of[known("group", group, of)]

    def _units(self, group: str | None, where: Where = None) -> list[str]:
        frame = self._report.units
        if group:
            frame = self._report.study.organisation.frame()
            frame = frame[frame[self._level_of(group)] == group]
        for attribute, value in (where or {}).items():
            told = self._told(attribute, value)
            frame = frame[frame[attribute] == told]
        return list(frame["unit"])

    def _sent(self, units: list[str]) -> set[str]:
        return self._report.sent_by(units)

    def _told(self, attribute: str, value: str) -> str:
        """A value that the study gives at least one unit, of an attribute that it declares."""
        organisation = self._report.study.organisation
        levels = [level.id for level in organisation.levels]
        declared = [name for name in organisation.units[0].attributes if name not in levels]
        known("attribute", attribute, declared)
        given = {unit.attributes[attribute] for unit in organisation.units}
        return known(f"unit with {attribute}", value, sorted(given - {""}))

    def _phrase(self, counts: Counts, short: bool, noun: Noun | None = None) -> str:
        report = self._report
        noun = noun or report.unit_noun
        if counts.n == 0:
            raise ValueError(NOBODY)
        yes, n = counts.yes, counts.n
        if short:
            words = short_quantifier(report.language, yes, n, noun)
        else:
            words = quantifier(report.language, yes, n, noun, missing=counts.missing)
        return Told.of(words, counts.at)

    def _numeral(self, n: int) -> str:
        return self._report.language.numeral(n, self._report.unit_noun.gender)

    def _capitalised(self, expression: Callable[..., object]) -> Callable[..., object]:
        capitalise = self._report.language.capitalise

        def capitalised(*args: object, **kwargs: object) -> object:
            words = expression(*args, **kwargs)
            told = words.told if isinstance(words, Told) else str(words)
            return Told(capitalise(told))

        return capitalised
