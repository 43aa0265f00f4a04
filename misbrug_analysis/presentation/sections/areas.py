"""The study's own areas to cooperate on, with what their topics rest on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from misbrug_analysis.model.areas import Area
from misbrug_analysis.model.instrument import Noun, Topic
from misbrug_analysis.model.study import Run
from misbrug_analysis.presentation.agreement import AGREE, agreement, concluded
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column, Link
from misbrug_analysis.presentation.judging import SaidTogether, said_together
from misbrug_analysis.presentation.outline import slug
from misbrug_analysis.presentation.priorities import (
    Priorities,
    criteria,
    leader,
    priorities,
)
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.addressees import not_asked
from misbrug_analysis.presentation.statements import Passage, Place, tells
from misbrug_analysis.presentation.tables import number_of
from misbrug_analysis.presentation.titles import page_title
from misbrug_analysis.presentation.wording import (
    Predicate,
    again,
    answered,
    clause,
    meets,
    quantifier,
)

NOTEBOOK = "areas"
"""The notebook whose page tells how the order was found."""


def topic_sentences(report: Report) -> Iterator[Passage]:
    """The sentences of ``cooperation_areas``."""
    for area in report.study.areas.areas if report.study.areas else ():
        yield _told_of(report, area)


@tells(topic_sentences)
def cooperation_areas(report: Report) -> list[Block]:
    """The study's areas to cooperate on: who meets and who chose their topics, and their ranks."""
    order = priorities(report)
    if order is None or not order.areas.areas:
        return []
    blocks: list[Block] = [_heading(order)]
    statement = order.areas.areas_statement
    texts = [report.say(statement)] if statement else []
    noun, at = report.unit_noun, report.units_at
    texts.append(answered(report.language, len(report.units), report.absent, noun, at))
    blocks.append(Paragraphs(texts))
    for area in order.areas.areas:
        passage = _told_of(report, area)
        told = said_together(report, passage)
        texts = [told.get(topic) or _evidence(order, topic) for topic in area.topics]
        blocks += [Heading(passage.place.heading, 3, passage.place.anchor), Bullets(texts)]
    return blocks


def _told_of(report: Report, area: Area) -> SaidTogether:
    """What is known of each topic of an area that could be answered, by topic."""
    return SaidTogether(
        Place(_name(report, area), slug("area", area.id)), partial(_evidence_of, area=area)
    )


def _evidence_of(report: Report, area: Area) -> dict[str, str]:
    order = priorities(report)
    if order is None:
        return {}
    asked = [topic for topic in area.topics if _topic(report, topic).assessed]
    return {topic: _evidence(order, topic) for topic in asked}


def areas_sentences(report: Report) -> Iterator[Passage]:
    """The sentences of ``areas_summary``."""
    areas = report.study.areas
    if areas is not None and areas.areas:
        yield SaidTogether(_summary_place(report), _summary)


@tells(areas_sentences)
def areas_summary(report: Report) -> list[Block]:
    """In short, for another page: what comes first, the study's areas, and where to read on."""
    order, language = priorities(report), report.language
    if order is None or not order.areas.areas:
        return []
    run = _own_page(report)
    title = page_title(run, language) if run else ""
    blocks: list[Block] = [Heading(title, 2, "areas") if run else _heading(order)]
    if not order.ranking.empty:
        found = said_together(report, SaidTogether(_summary_place(report), _summary))
        told = [found["first"], criteria(order)]
        if order.areas.published:
            told += [concluded(order, order.areas.published), found["published"]]
        blocks.append(Paragraphs([" ".join(told)]))
    blocks.append(_table(order))
    if run:
        blocks.append(Bullets([Link(language.text("areas.read_more", title=title), run.page)]))
    return blocks


def _summary(report: Report) -> dict[str, str]:
    """What comes first, and how that agrees with what the study itself concluded."""
    order = priorities(report)
    if order is None or order.ranking.empty:
        return {}
    published = order.areas.published
    agreed = {"published": agreement(order, published)[AGREE]} if published else {}
    return {"first": leader(order), **agreed}


def _own_page(report: Report) -> Run | None:
    """The report that tells how the order was found, where the study has it."""
    return next((run for run in report.study.runs() if run.report.notebook == NOTEBOOK), None)


def _summary_place(report: Report) -> Place:
    run = _own_page(report)
    return Place(page_title(run, report.language) if run else "", "areas")


def _heading(order: Priorities) -> Heading:
    number = len(order.areas.areas)
    text = order.language.plural("areas.all", number, n=order.language.numeral(number))
    return Heading(text, 2, "areas")


def _name(report: Report, area: Area, key: str = "area") -> str:
    return report.language.text(f"areas.{key}", letter=area.id, label=report.say(area.label))


def _evidence(order: Priorities, topic_id: str) -> str:
    """What is known of a topic: how many meet it, how many groups chose it, and its rank."""
    report, language = order.report, order.language
    topic = _topic(report, topic_id)
    if not topic.assessed:
        told = [not_asked(report, topic)]
    else:
        told = [_met(report, topic)]
        if order.group_noun:
            told.append(_wished(order, topic, order.group_noun))
        if topic.id not in order.unranked:
            rank, whole = order.rank(topic.id), order.interval(topic.id)
            told.append(order.sentence("place", rank=rank, whole=whole))
    return language.text(
        "areas.topic_told",
        title=order.title(topic.id),
        topic=order.named([topic.id]),
        told=" ".join(told),
    )


def _met(report: Report, topic: Topic) -> str:
    """How many meet the topic; who did not answer is said above."""
    language, counts = report.language, again(report.counts(topic.id))
    if counts.n == 0:
        return language.text("sentence.nobody", many=report.unit_noun.many)
    subject = quantifier(
        language, counts.yes, counts.n, report.unit_noun, missing=counts.missing, at=counts.at
    )
    return clause(language, subject, meets(language, report.topic_noun.the_one))


def _wished(order: Priorities, topic: Topic, noun: Noun) -> str:
    """How many groups wish to go on with the topic; a wish that is not known of is not denied."""
    language, the_topic = order.language, order.report.topic_noun.the_one
    wishing = int(order.wishing[topic.id])
    if wishing == 0:
        return language.text("areas.wish.none", topic=the_topic, groups=noun.the_many)
    at = order.report.table_at("wishes")
    subject = quantifier(language, wishing, order.groups, noun, at=at)
    rest = language.text("areas.wish.rest", topic=the_topic)
    return clause(language, subject, Predicate(language.text("areas.wish.verb"), rest))


def _table(order: Priorities) -> Table:
    """A row for each topic of each area."""
    report, language = order.report, order.language
    rows: list[list[Cell]] = [
        [_name(report, area, "area_cell"), f"{topic} {order.title(topic)}", *_figures(order, topic)]
        for area in order.areas.areas
        for topic in area.topics
    ]
    noun = report.topic_noun
    columns = [
        Column(language.text("areas.area_head")),
        Column(language.capitalise(noun.one)),
        Column(language.text("areas.meets_head", topic=noun.the_one), "number"),
    ]
    if order.group_noun:
        groups = order.group_noun.many
        columns.append(Column(language.text("areas.wishes_head", groups=groups), "number"))
    columns.append(Column(language.text("areas.rank_head"), "number"))
    statement = order.areas.areas_statement
    note = report.say(statement) if statement else None
    return Table(language.text("areas.table"), columns, rows, note, anchor="cooperation-areas")


def _figures(order: Priorities, topic_id: str) -> list[Cell]:
    """How many of how many meet a topic and chose it, and its rank."""
    report, language = order.report, order.language
    wishes = 1 if order.groups else 0
    if not _topic(report, topic_id).assessed:
        return [language.text("areas.not_asked"), *["–"] * wishes, "–"]
    counts = report.counts(topic_id)
    cells: list[Cell] = [number_of(report, counts.yes, counts.n, counts.at)]
    if order.groups:
        cells.append(_wishes(order, topic_id))
    if topic_id in order.unranked:
        return [*cells, "–"]
    rank, whole = order.span(topic_id, "equal"), order.span(topic_id)
    return [*cells, language.text("areas.rank_cell", rank=rank, whole=whole)]


def _wishes(order: Priorities, topic_id: str) -> str:
    """How many of how many groups wish for a topic; a wish that is not known of is not denied."""
    if not order.wishing[topic_id]:
        return order.language.text("areas.not_wished")
    wishing, at = int(order.wishing[topic_id]), order.report.table_at("wishes")
    return number_of(order.report, wishing, order.groups, at)


def _topic(report: Report, topic_id: str) -> Topic:
    topics = {topic.id: topic for topic in report.study.instrument.topics}
    return topics[topic_id]
