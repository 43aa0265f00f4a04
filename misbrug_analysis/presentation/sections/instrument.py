"""The questionnaire itself: topics, whom they address, and every question that was asked."""

from __future__ import annotations

from misbrug_analysis.model.instrument import Item, Kind, Topic
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import (
    Bullets,
    Definitions,
    Heading,
    Paragraphs,
    Table,
)
from misbrug_analysis.presentation.cells import Cell, Column, Link
from misbrug_analysis.presentation.chapters import chapter_label, under_headings
from misbrug_analysis.presentation.outline import item_anchor, slug
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.addressees import addressee, not_asked
from misbrug_analysis.presentation.topic_names import topic_in_sentence

KINDS = (Kind.INDICATOR, Kind.SUPPLEMENTARY, Kind.DESCRIPTIVE)


def instrument_overview(report: Report) -> list[Block]:
    """Every topic: its chapter, whom it addresses, whether units are asked, and its character.

    A column stands only where the instrument has something for it, and that on who is asked where
    they are not asked about all. The character is said to be a reading of ours. Links lead to the
    topics on the same page.
    """
    language, topics = report.language, report.study.instrument.topics
    chapters = {one.id: chapter_label(report, one) for one in report.study.instrument.chapters}
    told: dict[str, list[Cell]] = {
        "chapter": [chapters[topic.chapter] if topic.chapter else "" for topic in topics],
        "addressed_to": [addressee(report, topic) for topic in topics],
        "asked": [
            language.text("instrument.yes" if topic.assessed else "instrument.no")
            for topic in topics
        ],
        "character": [_character(report, topic) for topic in topics],
    }
    there = {
        "chapter": bool(chapters),
        "addressed_to": any(topic.addressed_to for topic in topics),
        "asked": any(not topic.assessed for topic in topics),
        "character": any(topic.character for topic in topics),
    }
    names = [name for name, is_there in there.items() if is_there]
    the_many = language.capitalise(report.topic_noun.the_many)
    heading = Heading(language.text("instrument.overview", topics=the_many), 2, "at-a-glance")
    links = [
        Link(f"{topic.id} {report.say(topic.title)}", f"#{slug('topic', topic.id)}")
        for topic in topics
    ]
    if not names:
        return [heading, Bullets(links)]
    rows: list[list[Cell]] = [
        [link, *(told[name][place] for name in names)] for place, link in enumerate(links)
    ]
    columns = [Column(language.capitalise(report.topic_noun.one))]
    columns += [Column(language.text(f"instrument.{name}")) for name in names]
    key = "table" if "addressed_to" in names and "asked" in names else "table_of"
    fields = {"topics": the_many, "units": report.unit_noun.the_many}
    title = language.text(f"instrument.{key}", **fields)
    return [heading, Table(title, columns, rows, anchor="topics-table")]


def question_kinds(report: Report) -> list[Block]:
    """The kinds of questions, how many there are of each, and what they are for."""
    language, instrument = report.language, report.study.instrument
    fields = {
        "answers": language.either(_answers(report)),
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
    every = len(entries) == len(KINDS)
    intro = language.text("instrument.kinds_intro", total=total)
    if not every:
        kinds = {"total": total, "n": language.numeral(len(entries))}
        intro = language.plural("instrument.some_kinds_intro", len(entries), **kinds)
    return [
        Heading(
            language.text("instrument.kinds" if every else "instrument.some_kinds"), 2, "kinds"
        ),
        Paragraphs([intro]),
        Definitions(entries),
    ]


def questions(report: Report) -> list[Block]:
    """Topic by topic: what it asks for, and its questions by kind."""
    the_many = report.language.capitalise(report.topic_noun.the_many)
    title = report.language.text("instrument.topics", topics=the_many)
    blocks: list[Block] = []
    topics = report.study.instrument.topics
    for heading, of in under_headings(report, title, "one-by-one", topics):
        blocks.append(heading)
        for topic in of:
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
    named = topic_in_sentence(language, report.topic_noun.one, topic.id, report.say(topic.title))
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
    if item.type == "number":
        return _number(report, item)
    listed = language.either if item.type == "single" else language.join
    options = listed([report.say(option) for option in item.options])
    return language.text(f"instrument.type.{item.type}", options=options)


def _number(report: Report, item: Item) -> str:
    """What number is asked for: between which limits, where both are known, and of what."""
    language = report.language
    told = language.text("instrument.type.number")
    if item.minimum is not None and item.maximum is not None:
        ends = {"first": _plain(report, item.minimum), "last": _plain(report, item.maximum)}
        told = language.text("instrument.type.number_between", **ends)
    if item.measure is None:
        return told
    return language.text("instrument.type.number_of", told=told, measure=report.say(item.measure))


def _plain(report: Report, number: float) -> str:
    return report.language.number(number, 0 if number == int(number) else 1)


def _answers(report: Report) -> list[str]:
    return [report.say(words.label) for words in report.study.instrument.answers.values()]


def _character(report: Report, topic: Topic) -> str:
    if topic.character is None:
        return report.language.text("instrument.no_character")
    return report.say(topic.character)
