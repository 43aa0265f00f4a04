"""The order of the topics by the study's criteria, and the sentences that tell it.

The figures come from ``analysis.areas``; here they meet the report's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from misbrug_analysis.analysis.areas import (
    criterion_values,
    deciding_criteria,
    first_count,
    groups_wishing,
    rank_intervals,
    weightings,
)
from misbrug_analysis.model.areas import Areas, Published
from misbrug_analysis.model.instrument import Noun
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report


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

    @property
    def always(self) -> list[str]:
        """Topics that are among the first under every weighting."""
        return self.where(self.ranking["among_first"] == 1)

    @property
    def surely_first(self) -> list[str]:
        """Topics among the first at equal weights, whichever of those that tie is placed first."""
        return self.where(self.ranking["equal_worst"] <= self.first)

    @property
    def maybe_first(self) -> list[str]:
        """Topics that share a range of ranks at equal weights which the first end in."""
        shared = self.ranking["equal_best"] <= self.first
        return self.where(shared & (self.ranking["equal_worst"] > self.first))

    @property
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
    study = report.study
    areas, cooperation = study.areas, study.cooperation
    if areas is None:
        return None
    topics = [topic.id for topic in study.instrument.assessed_topics]
    groups = len(study.organisation.level(cooperation.level).groups) if cooperation else 0
    wishing = groups_wishing(cooperation, topics)
    at = (report.scores["level"] == report.level.id) & (report.scores["group"] == report.group.id)
    values = criterion_values(areas, report.scores[at], wishing, groups)
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
    return order.language.plural("areas.criteria_are", len(ids), criteria=_quoted(order, ids))


def always(order: Priorities, some: str, none: str) -> str:
    """Which topics are among the first under every weighting: the text ``some``, or ``none``."""
    if not order.always:
        many = order.report.topic_noun.the_many
        return order.sentence(none, topics=many, among=order.among())
    return order.sentence(some, topics=order.named(order.always), among=order.among())


def comparison(order: Priorities, published: Published) -> list[str]:
    """What the study itself concluded, and where the order at equal weights agrees with it.

    The first sentence tells the conclusion, the second how far they agree, those after it where
    they do not.
    """
    return [_concluded(order, published), *_agreement(order, published)]


def foundations(order: Priorities, published: Published) -> list[str]:
    """How high and how firmly each topic stands that the study calls the foundation."""
    sentences = []
    for topic in published.foundation:
        if topic in order.unranked:
            continue
        share = order.number(topic, "leads")
        often = order.how_often(share)
        most = share > 0 and (order.ranking["leads"].drop(topic) < share).all()
        fields = {"topic": order.named([topic]), "rank": order.rank(topic), "often": often}
        key = "areas.leads_most" if most else "areas.leads_often"
        fields["first"] = order.language.text(key, often=often)
        sentences.append(order.sentence("foundation_rank", **fields))
    return sentences


def _concluded(order: Priorities, published: Published) -> str:
    source = order.report.say(published.source)
    foundation, others = order.named(published.foundation), order.named(published.others)
    if not published.others:
        return order.sentence("concluded_foundation", source=source, foundation=foundation)
    key = "areas.concluded" if published.foundation else "areas.concluded_others"
    fields = {"source": source, "others": others}
    fields |= {"foundation": foundation} if published.foundation else {}
    text = order.language.plural(key, len(published.others), **fields)
    return order.language.capitalise(text)


def _agreement(order: Priorities, published: Published) -> list[str]:
    """Which of the topics that the study chose are among the first, and which others are."""
    language = order.language
    agreed = [topic for topic in published.topics if topic in order.surely_first]
    edge = [topic for topic in published.topics if topic in order.maybe_first]
    down = [topic for topic in published.topics if topic not in [*agreed, *edge, *order.unranked]]
    others = [topic for topic in order.surely_first if topic not in published.topics]
    numeral = language.numeral(order.first)
    if len(agreed) == order.first:
        key, topics = "areas.agree_all", order.named(agreed)
        return [language.plural(key, order.first, n=numeral, topics=topics)]
    if agreed:
        n = language.numeral(len(agreed), order.report.topic_noun.gender)
        fields = {"total": numeral, "among": order.among(), "topics": order.named(agreed)}
        told = [order.sentence("agree_some", n=n, **fields)]
    else:
        topics = order.named(published.topics)
        told = [
            language.plural("areas.agree_none", order.first, among=order.among(), topics=topics)
        ]
    parts = (("on_the_edge", edge), ("further_down", down), ("instead", others))
    told += [
        language.text(f"areas.{key}", topics=order.with_ranks(topics), among=order.among())
        for key, topics in parts
        if topics
    ]
    return [*told, *_deciding(order, published)]


def _deciding(order: Priorities, published: Published) -> list[str]:
    """The criteria that by themselves keep the order from agreeing with the study."""
    language = order.language
    deciding = deciding_criteria(order.values, published.topics)
    if not deciding:
        return []
    return [
        language.plural(
            "areas.deciding",
            len(deciding),
            criteria=_quoted(order, deciding),
            topics=order.named(published.topics),
            among=order.among(),
        )
    ]


def _quoted(order: Priorities, ids: Sequence[str]) -> str:
    """The labels of criteria in quotation marks."""
    labels = {criterion.id: criterion.label for criterion in order.areas.criteria}
    texts = [order.report.say(labels[name]) for name in ids]
    return order.language.join([order.language.text("areas.quoted", text=text) for text in texts])
