"""What a page says of a topic: the sentences that rest on settled answers, each by itself.

The sections show them; ``statements`` holds them against other rules without the sections.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from misbrug_analysis.model.instrument import Item, Topic
from misbrug_analysis.presentation.judging import Said
from misbrug_analysis.presentation.outline import slug
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.spreads import are_many, spread
from misbrug_analysis.presentation.statements import Passage, Place
from misbrug_analysis.presentation.texts import written
from misbrug_analysis.presentation.topic_names import topic_in_sentence
from misbrug_analysis.presentation.wording import (
    again,
    clause,
    meets,
    quantifier,
    status,
)
from misbrug_analysis.presentation.wording_by_group import by_group


def group_topic_sentences(report: Report) -> Iterator[Passage]:
    """Those of a page that shows each assessed topic with its chart and its statuses."""
    for topic in report.study.instrument.assessed_topics:
        place = topic_place(report, topic)
        yield finding(report, topic)
        yield from statuses(report, topic, place)


def region_topic_sentences(report: Report) -> Iterator[Passage]:
    """Those of a page that shows each topic with authored texts as well."""
    for topic in report.study.instrument.topics:
        if not topic.assessed:
            yield from topic_texts(report, topic, ("status", ""), ("recommended", "recommended"))
            continue
        place = topic_place(report, topic, "status")
        yield from topic_texts(report, topic, ("why", "why"))
        yield finding(report, topic)
        yield from statuses(report, topic, place)
        yield from groups_meeting(report, topic)
        yield from topic_texts(report, topic, ("status", "status"), ("recommended", "recommended"))


def topic_texts(report: Report, topic: Topic, *parts: tuple[str, str]) -> Iterator[Passage]:
    """The topic's authored texts: which one, and the part of the page that it stands in."""
    for name, part in parts:
        text = written(report, f"topics/{topic.id}/{name}", topic_place(report, topic, part))
        if text is not None:
            yield text


def topic_place(report: Report, topic: Topic, part: str = "") -> Place:
    """The place of a topic, or of a part of it, under the topic's name."""
    parts = [part] if part else []
    return Place(report.topic_label(topic), slug("topic", topic.id, *parts))


def finding(report: Report, topic: Topic) -> Said:
    """How many meet the whole topic: what the chart is to show."""
    return Said(topic_place(report, topic), "figure", partial(_finding, topic=topic))


def statuses(report: Report, topic: Topic, place: Place) -> list[Said]:
    """A sentence an indicator: how many say yes."""
    return [
        Said(place, slug("indicator", item.id), partial(_status, item=item))
        for item in report.study.instrument.indicators_of(topic.id)
    ]


def groups_meeting(report: Report, topic: Topic) -> list[Said]:
    """How many in each group meet all of the topic's indicators, where groups are compared.

    Of many groups it is told how they lie.
    """
    level, groups = report.subgroups
    if len(groups) == 1 and level is report.level:
        return []
    place = topic_place(report, topic, "status")
    return [Said(place, "groups", partial(_by_group, topic=topic))]


def topic_named(report: Report, topic: Topic) -> str:
    """What the instrument calls a topic, in a sentence: ``topic 5``."""
    title = report.say(topic.title)
    return topic_in_sentence(report.language, report.topic_noun.one, topic.id, title)


def _finding(report: Report, topic: Topic) -> str:
    language, counts = report.language, report.counts(topic.id)
    if counts.n == 0:
        return language.text("sentence.nobody", many=report.unit_noun.many)
    subject = quantifier(
        language, counts.yes, counts.n, report.unit_noun, missing=counts.missing, at=counts.at
    )
    return clause(language, subject, meets(language, topic_named(report, topic))).rstrip(".")


def _status(report: Report, item: Item) -> str:
    level, groups = report.subgroups
    across = (len(groups), report.say(level.noun)) if len(groups) > 1 else None
    return status(
        report.language,
        report.item_label(item.id),
        again(report.counts(item.id)),
        report.unit_noun,
        across=across,
    )


def _by_group(report: Report, topic: Topic) -> str:
    level, groups = report.subgroups
    counts = {report.group_label(one): report.counts(topic.id, level.id, one.id) for one in groups}
    noun, predicate = report.say(level.noun), meets(report.language, topic_named(report, topic))
    if are_many(groups):
        return spread(report.language, counts, report.unit_noun, noun, predicate=predicate)
    return by_group(
        report.language, counts, report.unit_noun, noun, predicate=predicate, first=False
    )
