"""What stands in a form, row by row, whatever it looks like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from misbrug_analysis.intake.number_answers import number_within
from misbrug_analysis.model.instrument import Instrument, Item, Kind, Topic, in_language
from misbrug_analysis.presentation.language import Language

RowKind = Literal["topic", "about", "group", "question", "choices", "option"]


@dataclass(frozen=True)
class Row:
    """A row below the headings: ``text`` stands in the column of the questions.

    ``topic`` is a topic's title and ``about`` what it asks for; ``group`` says what kind of
    questions follow. A ``question`` is followed by its ``choices`` on one row, or by an ``option``
    a row where several can be ticked. ``last`` is what was answered last time.
    """

    kind: RowKind
    text: str
    number: str = ""
    item: Item | None = None
    last: str = ""


def rows_of(
    instrument: Instrument, language: Language, last: Mapping[str, str] | None = None
) -> list[Row]:
    """Every topic that has questions, with its rows, in the instrument's order.

    ``last`` are the answers of last time by item, as they are shown.
    """
    asked = {item.topic for item in instrument.items}
    return [
        row
        for topic in instrument.topics
        if topic.id in asked
        for row in _topic_rows(instrument, topic, language, last or {})
    ]


def option_number(item: Item, place: int) -> str:
    """What the row of an option is called; places count from 1."""
    return f"{item.id}/{place}"


def option_labels(item: Item, language: Language) -> list[str]:
    return [in_language(option, language.code) for option in item.options]


def _topic_rows(
    instrument: Instrument, topic: Topic, language: Language, last: Mapping[str, str]
) -> Iterator[Row]:
    noun = instrument.topic_noun.get(language.code) or next(iter(instrument.topic_noun.values()))
    title = in_language(topic.title, language.code)
    named = language.text("questionnaire.topic", noun=noun.one, id=topic.id, title=title)
    yield Row("topic", language.capitalise(named))
    if topic.text:
        yield Row("about", in_language(topic.text, language.code))
    before = Kind.INDICATOR
    for item in instrument.items:
        if item.topic != topic.id:
            continue
        if item.kind is not before:
            yield Row("group", language.text(f"questionnaire.group.{item.kind}"))
        before = item.kind
        yield from _item_rows(item, language, last.get(item.id, ""))


def _item_rows(item: Item, language: Language, last: str) -> Iterator[Row]:
    yield Row("question", in_language(item.text, language.code), item.id, item, last)
    options = option_labels(item, language)
    if item.type == "single":
        yield Row("choices", language.text("questionnaire.one_of", options=", ".join(options)))
    if item.type == "number":
        told = number_within(item, language.code).told(language.code)
        yield Row("choices", language.text("questionnaire.number", number=told))
    if item.type == "multiple":
        for place, option in enumerate(options, 1):
            yield Row("option", option, option_number(item, place), item)
