"""The questionnaire itself: topics, whom they address, and every question that was asked."""

from __future__ import annotations

from misbrug_analysis.model.instrument import Item, Kind, Topic
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Definitions, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column, Link
from misbrug_analysis.presentation.outline import item_anchor, slug
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.addressees import addressee, not_asked

KINDS = (Kind.INDICATOR, Kind.SUPPLEMENTARY, Kind.DESCRIPTIVE)


def instrument_overview(report: Report) -> list[Block]:
    """Every topic: whom it addresses, whether units are asked about it, and its character.

    The character is said to be a reading of ours. Links lead to the topics on the same page.
    """
    language, topics = report.language, report.study.instrument.topics
    characters = any(topic.character for topic in topics)
    rows: list[list[Cell]] = []
    for topic in topics:
        label = f"{topic.id} {report.say(topic.title)}"
        asked = language.text("instrument.yes" if topic.assessed else "instrument.no")
        row: list[Cell] = [Link(label, f"#{slug('topic', topic.id)}")]
        row += [addressee(report, topic), asked]
        rows.append([*row, _character(report, topic)] if characters else row)
    columns = [
        Column(language.capitalise(report.topic_noun.one)),
        Column(language.text("instrument.addressed_to")),
        Column(language.text("instrument.asked")),
    ]
    columns += [Column(language.text("instrument.character"))] if characters else []
    the_many = language.capitalise(report.topic_noun.the_many)
    title = language.text("instrument.table", topics=the_many, units=report.unit_noun.the_many)
    heading = language.text("instrument.overview", topics=the_many)
    return [Heading(heading, 2, "at-a-glance"), Table(title, columns, rows, anchor="topics-table")]


def question_kinds(report: Report) -> list[Block]:
    """The kinds of questions, how many there are of each, and what they are for."""
    language, instrument = report.language, report.study.instrument
    fields = {
        "answers": language.either(_answers(report)),
        "partly": report.say(instrument.answers["partly"].label),
        "topic": report.topic_noun.the_one,
        "units": report.unit_noun.the_many,
    }
    entries = []
    for kind in KINDS:
        of_kind = [item for item in instrument.items if item.kind is kind]
        if of_kind:
            term = language.text(f"instrument.kind.{kind}", n=language.number(len(of_kind)))
            entries.append((term, [language.text(f"instrument.explained.{kind}", **fields)]))
    total = language.numeral(len(instrument.items), "neuter")
    return [
        Heading(language.text("instrument.kinds"), 2, "kinds"),
        Paragraphs([language.text("instrument.kinds_intro", total=total)]),
        Definitions(entries),
    ]


def questions(report: Report) -> list[Block]:
    """Topic by topic: what it asks for, and its questions by kind."""
    the_many = report.language.capitalise(report.topic_noun.the_many)
    heading = report.language.text("instrument.topics", topics=the_many)
    blocks: list[Block] = [Heading(heading, 2, "one-by-one")]
    for topic in report.study.instrument.topics:
        anchor = slug("topic", topic.id)
        blocks.append(Heading(report.topic_label(topic), 3, anchor, muted=not topic.assessed))
        blocks += _about(report, topic)
        for kind in KINDS:
            blocks += _of_kind(report, topic, kind)
    return blocks


def instrument_origin(report: Report) -> list[Block]:
    """Where the questions come from, and what is our own."""
    heading = Heading(report.language.text("instrument.origin"), 2, "origin")
    return [heading, Paragraphs([report.say(report.study.instrument.origin)])]


def _about(report: Report, topic: Topic) -> list[Block]:
    text: list[Block] = [Paragraphs([report.say(topic.text)])] if topic.text else []
    if topic.assessed and not topic.addressed_to:
        return text
    said = not_asked(report, topic)
    if topic.assessed:
        said = report.language.text("instrument.addressed", who=addressee(report, topic))
    return [*text, Paragraphs([said], kind="note")]


def _of_kind(report: Report, topic: Topic, kind: Kind) -> list[Block]:
    """A topic's questions of a kind as a table; its last column is what that kind has besides."""
    language = report.language
    items = [
        item
        for item in report.study.instrument.items
        if item.topic == topic.id and item.kind is kind
    ]
    if not items:
        return []
    headings = {
        Kind.INDICATOR: ("table.indicator", "instrument.question"),
        Kind.SUPPLEMENTARY: ("instrument.question", "instrument.serves"),
        Kind.DESCRIPTIVE: ("instrument.question", "instrument.answers"),
    }
    columns = [Column(language.text(heading)) for heading in headings[kind]]
    named = language.text("section.topic_named", noun=report.topic_noun.one, id=topic.id)
    title = language.text(f"instrument.questions.{kind}", topic=named)
    rows = [_question(report, item) for item in items]
    anchors = [item_anchor(item) for item in items]
    anchor = slug("questions", topic.id, kind)
    return [Table(title, columns, rows, anchor=anchor, row_anchors=anchors)]


def _question(report: Report, item: Item) -> list[Cell]:
    text = f"{item.id} {report.say(item.text)}"
    if item.kind is Kind.SUPPLEMENTARY:
        return [text, report.language.join(item.serves)]
    if item.kind is Kind.DESCRIPTIVE:
        return [text, _choices(report, item)]
    return [report.item_label(item.id), report.say(item.text)]


def _choices(report: Report, item: Item) -> str:
    language = report.language
    if item.type == "yes_no":
        return language.either(_answers(report))
    listed = language.either if item.type == "single" else language.join
    options = listed([report.say(option) for option in item.options])
    return language.text(f"instrument.type.{item.type}", options=options)


def _answers(report: Report) -> list[str]:
    return [report.say(words.label) for words in report.study.instrument.answers.values()]


def _character(report: Report, topic: Topic) -> str:
    if topic.character is None:
        return report.language.text("instrument.no_character")
    return report.say(topic.character)
