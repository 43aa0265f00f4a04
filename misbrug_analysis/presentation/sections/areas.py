"""The study's own areas to cooperate on, with what their topics rest on."""

from __future__ import annotations

from misbrug_analysis.model.areas import Area
from misbrug_analysis.model.instrument import Noun, Topic
from misbrug_analysis.presentation.agreement import comparison
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column, Link
from misbrug_analysis.presentation.outline import slug
from misbrug_analysis.presentation.priorities import (
    Priorities,
    criteria,
    leader,
    priorities,
)
from misbrug_analysis.presentation.report import Report
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


def cooperation_areas(report: Report) -> list[Block]:
    """The study's areas to cooperate on: who meets and who chose their topics, and their ranks."""
    order = priorities(report)
    if order is None or not order.areas.areas:
        return []
    blocks: list[Block] = [_heading(order)]
    statement = order.areas.areas_statement
    texts = [report.say(statement)] if statement else []
    texts.append(answered(report.language, len(report.units), report.absent, report.unit_noun))
    blocks.append(Paragraphs(texts))
    for area in order.areas.areas:
        blocks.append(Heading(_name(report, area), 3, slug("area", area.id)))
        blocks.append(Bullets([_evidence(order, topic) for topic in area.topics]))
    return blocks


def areas_summary(report: Report) -> list[Block]:
    """In short, for another page: what comes first, the study's areas, and where to read on."""
    order, language = priorities(report), report.language
    if order is None or not order.areas.areas:
        return []
    run = next((run for run in report.study.runs() if run.report.notebook == NOTEBOOK), None)
    title = page_title(run, language) if run else ""
    blocks: list[Block] = [Heading(title, 2, "areas") if run else _heading(order)]
    if not order.ranking.empty:
        sentences = [leader(order), criteria(order)]
        if order.areas.published:
            sentences += comparison(order, order.areas.published)[:2]
        blocks.append(Paragraphs([" ".join(sentences)]))
    blocks.append(_table(order))
    if run:
        blocks.append(Bullets([Link(language.text("areas.read_more", title=title), run.page)]))
    return blocks


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
        told = [_not_asked(report, topic)]
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
    subject = quantifier(language, counts.yes, counts.n, report.unit_noun, missing=counts.missing)
    return clause(language, subject, meets(language, report.topic_noun.the_one))


def _wished(order: Priorities, topic: Topic, noun: Noun) -> str:
    """How many groups wish to go on with the topic; a wish that is not known of is not denied."""
    language, the_topic = order.language, order.report.topic_noun.the_one
    wishing = int(order.wishing[topic.id])
    if wishing == 0:
        return language.text("areas.wish.none", topic=the_topic, groups=noun.the_many)
    subject = quantifier(language, wishing, order.groups, noun)
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
    cells: list[Cell] = [language.text("table.of", n=counts.yes, total=counts.n)]
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
    return order.language.text("table.of", n=order.wishing[topic_id], total=order.groups)


def _not_asked(report: Report, topic: Topic) -> str:
    return report.language.text(
        "section.addressed",
        who=report.say(topic.addressed_to),
        units=report.language.capitalise(report.unit_noun.the_many),
    )


def _topic(report: Report, topic_id: str) -> Topic:
    topics = {topic.id: topic for topic in report.study.instrument.topics}
    return topics[topic_id]
