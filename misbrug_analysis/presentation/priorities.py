"""The order of the topics by the study's criteria, and the sentences that tell it.

The figures come from ``analysis.areas``; here they meet the report's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from misbrug_analysis.analysis.areas import (
    criterion_values,
    first_count,
    groups_wishing,
    rank_intervals,
    weightings,
)
from misbrug_analysis.model.areas import Areas
from misbrug_analysis.model.instrument import Noun
from misbrug_analysis.model.tables import Row
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report

NEARLY_ALL = 0.9
"""The share of the weightings from which something holds in nearly all of them."""


@dataclass(frozen=True)
class Priorities:
    """A report's topics in order; the tables are indexed by topic.

    ``wishing`` is how many of the ``groups`` chose a topic, ``values`` what each criterion gives
    it (0 to 1), ``ranking`` the columns of ``rank_intervals``, of ``weightings`` weightings;
    ``first`` is how many topics count as the first ones. Topics that nobody answered are not in
    the ranking.
    """

    report: Report
    areas: Areas
    wishing: pd.Series[int]
    groups: int
    values: pd.DataFrame
    ranking: pd.DataFrame
    weightings: int
    first: int

    @property
    def language(self) -> Language:
        return self.report.language

    @property
    def group_noun(self) -> Noun | None:
        """What the groups are called that could choose topics, where any were asked."""
        cooperation = self.report.study.cooperation
        if cooperation is None:
            return None
        return self.report.say(self.report.study.organisation.level(cooperation.level).noun)

    @cached_property
    def always(self) -> list[str]:
        """Topics that are among the first under every weighting."""
        return self.where(self.ranking["among_first"] == 1)

    @cached_property
    def surely_first(self) -> list[str]:
        """Topics among the first at equal weights, whichever of those that tie is placed first."""
        return self.where(self.ranking["equal_worst"] <= self.first)

    @cached_property
    def maybe_first(self) -> list[str]:
        """Topics that share a range of ranks at equal weights which the first end in."""
        shared = self.ranking["equal_best"] <= self.first
        return self.where(shared & (self.ranking["equal_worst"] > self.first))

    @cached_property
    def unranked(self) -> list[str]:
        """Assessed topics to which a criterion gives no value, since nobody answered."""
        return [str(topic) for topic in self.values.index if topic not in self.ranking.index]

    def where(self, holds: pd.Series[bool]) -> list[str]:
        """The ranked topics for which something holds, in the order of the instrument."""
        return [str(topic) for topic in self.values.index if holds.get(topic, False)]

    def number(self, topic: str, column: str) -> float:
        """A figure of the ranking."""
        return float(self.ranking[column][topic])

    def title(self, topic: str) -> str:
        titles = {known.id: known.title for known in self.report.study.instrument.topics}
        return self.report.say(titles[topic])

    def named(self, topics: Sequence[str]) -> str:
        """What the instrument calls its topics, with their numbers: ``temaerne 1, 2 og 5``."""
        noun, ids = self.report.topic_noun, self.language.join(topics)
        return self.language.plural(
            "areas.named", len(topics), one=noun.one, many=noun.the_many, ids=ids
        )

    def with_ranks(self, topics: Sequence[str]) -> str:
        """Topics with their ranks at equal weights: ``tema 5 (nr. 1) og tema 7 (nr. 6)``."""
        return self.language.join(
            [
                self.language.text(
                    "areas.with_rank", topic=self.named([topic]), rank=self.rank(topic)
                )
                for topic in topics
            ]
        )

    def with_shares(self, topics: Sequence[str]) -> str:
        """Topics with the share of weightings that has them among the first: ``tema 5 (96 %)``."""
        shares = ((topic, self.percent(self.number(topic, "among_first"))) for topic in topics)
        return self.language.join(
            [
                self.language.text("areas.with_rank", topic=self.named([topic]), rank=share)
                for topic, share in shares
            ]
        )

    def among(self) -> str:
        """``blandt de fem første``, or ``først``."""
        return self.language.plural("areas.among", self.first, n=self.language.numeral(self.first))

    def rank(self, topic: str) -> str:
        """The rank at equal weights: ``nr. 2``, or ``delt nr. 2–3``."""
        shared = self.number(topic, "equal_best") != self.number(topic, "equal_worst")
        key = "areas.shared_rank" if shared else "areas.rank"
        return self.language.text(key, rank=self.span(topic, "equal"))

    def interval(self, topic: str, of: str = "") -> str:
        """From the best to the worst rank of a topic: ``nr. 1–5``; ``of`` is inner or equal."""
        return self.language.text("areas.rank", rank=self.span(topic, of))

    def span(self, topic: str, of: str = "") -> str:
        """As ``interval``, for a table: ``1–5``."""
        columns = [f"{of}_best", f"{of}_worst"] if of else ["best", "worst"]
        return self.language.span(*(int(self.number(topic, column)) for column in columns))

    def percent(self, share: float) -> str:
        """A share of the weightings; only none and all of them are said to be 0 and 100 percent."""
        language = self.language
        if 0 < share < 0.01:
            return language.text("areas.below", percent=language.percent(0.01))
        if 0.99 < share < 1:
            return language.text("areas.above", percent=language.percent(0.99))
        return language.percent(share)

    def how_often(self, share: float) -> str:
        """``i alle vægtninger``, ``i 93 % af vægtningerne``, ``i ingen af vægtningerne``."""
        if share in (0, 1):
            return self.language.text("areas.in_all" if share else "areas.in_none")
        return self.language.text("areas.in_share", percent=self.percent(share))

    def sentence(self, key: str, **fields: object) -> str:
        """A text of the catalogue that begins with a capital letter."""
        return self.language.capitalise(self.language.text(f"areas.{key}", **fields))


def priorities(report: Report) -> Priorities | None:
    """The order of the topics for a report's group, or None where the study has no criteria."""
    areas = report.study.areas
    if areas is None:
        return None
    topics = [topic.id for topic in report.study.instrument.assessed_topics]
    # Asked for every time, for whoever notes what is read: no other scores than these.
    scores = [report.score_row(topic) for topic in topics]
    return report.remembered("priorities", lambda: _ordered(report, areas, topics, scores))


def _ordered(report: Report, areas: Areas, topics: list[str], scores: Sequence[Row]) -> Priorities:
    study = report.study
    cooperation = study.cooperation
    groups = len(study.organisation.level(cooperation.level).groups) if cooperation else 0
    wishing = groups_wishing(cooperation, topics)
    values = criterion_values(areas, pd.DataFrame(scores), wishing, groups)
    first = first_count(areas, len(topics))
    ranking = rank_intervals(values, first)
    number = len(weightings(len(areas.criteria)))
    return Priorities(report, areas, wishing, groups, values, ranking, number, first)


def lead(order: Priorities) -> str:
    """Which topic comes first, and which ones stay among the first under all weightings."""
    language = order.language
    if (order.ranking["best"] == order.ranking["worst"]).all():
        return f"{leader(order)} {language.text('areas.stays')}"
    moves = language.text("areas.moves", count=language.number(order.weightings))
    return f"{leader(order)} {moves} {always(order, 'always', 'never_all')}"


def leader(order: Priorities) -> str:
    """The topic that comes first at equal weights, or those that share the place."""
    language, number = order.language, len(order.areas.criteria)
    equally = language.plural("areas.equally", number, n=language.numeral(number))
    leading = order.where(order.ranking["equal_best"] == 1)
    named = order.named(leading)
    if len(leading) > 1:
        return language.text("areas.lead_is_shared", equally=equally, topics=named)
    title = order.title(leading[0])
    return language.text("areas.leads", equally=equally, topic=named, title=title)


def criteria(order: Priorities) -> str:
    """A sentence that names the criteria."""
    ids = [criterion.id for criterion in order.areas.criteria]
    return order.language.plural("areas.criteria_are", len(ids), criteria=quoted(order, ids))


def finding(order: Priorities) -> str:
    """Which topics are among the first whatever weighs most, or nearly so."""
    nearly = order.where(order.ranking["among_first"] >= NEARLY_ALL)
    if order.always or not nearly:
        return always(order, "finding", "finding_none")
    share = order.language.percent(NEARLY_ALL)
    topics = order.named(nearly)
    return order.sentence("finding_nearly", topics=topics, among=order.among(), share=share)


def always(order: Priorities, some: str, none: str) -> str:
    """Which topics are among the first under every weighting: the text ``some``, or ``none``."""
    if not order.always:
        many = order.report.topic_noun.the_many
        return order.sentence(none, topics=many, among=order.among())
    return order.sentence(some, topics=order.named(order.always), among=order.among())


def quoted(order: Priorities, ids: Sequence[str]) -> str:
    """The labels of criteria in quotation marks."""
    labels = {criterion.id: criterion.label for criterion in order.areas.criteria}
    texts = [order.report.say(labels[name]) for name in ids]
    return order.language.join([order.language.text("areas.quoted", text=text) for text in texts])
