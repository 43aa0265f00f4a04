"""The questionnaire: topics, items, the words that count as answers, and the form's headings.

An instrument is data (``data/instruments/<id>.yaml``). A *topic* is a group of items (a
recommendation, a theme, a chapter); an *indicator* is an item that is scored; *supplementary*
items help to judge a partly answer to the indicators they serve; *descriptive* items are reported
and not scored.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from math import inf
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from misbrug_analysis.model.anchors import sharing
from misbrug_analysis.model.basics import (
    FileName,
    ItemId,
    LanguageCode,
    Name,
    Noun,
    Nouns,
    Origin,
    Slug,
    Text,
    in_language,
)
from misbrug_analysis.model.errors import ParameterError, Phrase, Problem, hint, name_list
from misbrug_analysis.model.unfit import bad
from misbrug_analysis.model.usual import Usual
from misbrug_analysis.model.yamlfile import Misfit, Model, dangling, read_model, repeated

__all__ = [
    "REMARK",
    "AnswerWords",
    "FileName",
    "FormHeadings",
    "Instrument",
    "Item",
    "ItemId",
    "Kind",
    "LanguageCode",
    "Name",
    "Noun",
    "Nouns",
    "Origin",
    "Slug",
    "Text",
    "Topic",
    "in_language",
    "load_instrument",
]

REMARK = ".remark"
"""A remark on an item is an item too: ``<item>.remark``."""


class AnswerWords(Model):
    """The label of an answer and the other words that count as it (compared without case)."""

    label: Text
    also: list[str] = []

    def words(self) -> list[str]:
        return [word.casefold() for word in (*self.label.values(), *self.also)]


class FormHeadings(Model):
    """The headings by which a returned form is read; each may be written in several ways.

    ``mark`` are the signs that tick a box.
    """

    unit: Annotated[list[str], Field(min_length=1)]
    form: Annotated[list[str], Field(min_length=1)]
    date: list[str] = []
    item: Annotated[list[str], Field(min_length=1)]
    question: list[str] = []
    answer: Annotated[list[str], Field(min_length=1)]
    remark: list[str] = []
    mark: Annotated[list[str], Field(min_length=1)] = ["x"]


class Topic(Model):
    """A group of items; one that is not ``assessed`` is shown greyed, with its addressee.

    ``text`` is what it asks for, in a few sentences.
    """

    id: ItemId
    title: Text
    text: Text | None = None
    assessed: bool = True
    addressed_to: Text
    character: Text | None = None


class Kind(StrEnum):
    """What an item is for."""

    INDICATOR = "indicator"
    SUPPLEMENTARY = "supplementary"
    DESCRIPTIVE = "descriptive"


class Item(Model):
    """One question. ``label`` is a short name; ``options`` are the choices of a choice item."""

    id: ItemId
    topic: ItemId
    kind: Kind
    text: Text
    label: Text | None = None
    serves: list[ItemId] = []
    type: Literal["yes_no", "single", "multiple", "text"] = "yes_no"
    options: list[Text] = []


class Instrument(Model):
    """A questionnaire with its answers, topics and items, in the order they are asked.

    ``origin`` says whose it is; ``sources`` are the publications that it is taken from;
    ``missing`` are words that leave a question unanswered, such as "don't know"; ``usual`` is what
    a new study begins with.
    """

    id: Slug
    title: Text
    version: str
    origin: Text
    sources: list[Origin] = []
    licence: str
    topic_noun: Nouns
    answers: dict[Literal["yes", "partly", "no"], AnswerWords]
    missing: dict[Slug, AnswerWords] = {}
    points: dict[Literal["yes", "partly", "no"], float] = {"yes": 1, "partly": 0.5, "no": 0}
    form: FormHeadings
    usual: Usual | None = None
    topics: Annotated[list[Topic], Field(min_length=1)]
    items: Annotated[list[Item], Field(min_length=1)]

    @property
    def indicators(self) -> list[Item]:
        return [item for item in self.items if item.kind is Kind.INDICATOR]

    @property
    def indicator_ids(self) -> list[str]:
        return [item.id for item in self.indicators]

    @property
    def assessed_topics(self) -> list[Topic]:
        return [topic for topic in self.topics if topic.assessed]

    def indicators_of(self, topic: str) -> list[Item]:
        return [item for item in self.indicators if item.topic == topic]

    def items_of(self, topic: str) -> list[Item]:
        return [item for item in self.items if item.topic == topic]

    def serving(self) -> list[tuple[str, str]]:
        """Pairs of (supplementary item, indicator it serves)."""
        return [(item.id, indicator) for item in self.items for indicator in item.serves]

    def item(self, item_id: str) -> Item:
        """The item with an id; raises ParameterError with the near and the valid ids."""
        return _named(item_id, Phrase("the_question"), self.items)

    def indicator(self, item_id: str) -> Item:
        """The indicator with an id; raises ParameterError with the near and the valid ids."""
        return _named(item_id, Phrase("the_indicator"), self.indicators)

    def answer_codes(self) -> dict[str, str]:
        """Every word that counts as an answer, without case, to its code."""
        return {word: code for code, words in self.answers.items() for word in words.words()}

    def missing_codes(self) -> dict[str, str]:
        """Every word that leaves a question unanswered, without case, to its code."""
        return {word: code for code, words in self.missing.items() for word in words.words()}

    def answer_labels(self, language: str) -> list[str]:
        return [in_language(words.label, language) for words in self.answers.values()]


def _named(item_id: str, kind: Phrase, items: list[Item]) -> Item:
    for item in items:
        if item.id == item_id:
            return item
    valid = [item.id for item in items]
    values: dict[str, object] = {"kind": kind, "name": item_id, "hint": hint(item_id, valid)}
    raise ParameterError([Problem("unknown_name", "", values | {"valid": name_list(valid)})])


def load_instrument(folder: Path, instrument_id: str) -> Instrument:
    """Read ``<folder>/<instrument_id>.yaml``.

    Raises ParameterError for an unknown instrument and DefinitionError with every fault at its
    line: unknown fields, duplicate keys, and references to topics or items that do not exist.
    """
    valid = sorted(found.stem for found in folder.glob("*.yaml"))
    if instrument_id not in valid:
        values: dict[str, object] = {"kind": Phrase("the_instrument"), "name": instrument_id}
        values |= {"hint": hint(instrument_id, valid)}
        raise ParameterError([Problem("unknown_name", "", values | {"valid": name_list(valid)})])
    return read_model(folder / f"{instrument_id}.yaml", Instrument, _misfits)


def _misfits(instrument: Instrument) -> Iterator[Misfit]:
    topics = [topic.id for topic in instrument.topics]
    assessed = [topic.id for topic in instrument.assessed_topics]
    indicators = instrument.indicator_ids
    yield from _sharing(instrument)
    yield from repeated(("topics",), Phrase("topic"), topics)
    yield from repeated(("items",), Phrase("item"), [item.id for item in instrument.items])
    for index, item in enumerate(instrument.items):
        if item.id in topics:  # scores name topics and indicators in one column
            yield Misfit(("items", index), "repeated", {"name": "id", "value": item.id})
    for index, item in enumerate(instrument.items):
        valid = assessed if item.kind is Kind.INDICATOR else topics
        if item.topic not in valid:
            yield dangling(("items", index, "topic"), "topic", item.topic, valid)
        for place, served in enumerate(item.serves):
            if served not in indicators:
                yield dangling(("items", index, "serves", place), "serves", served, indicators)
        yield from _kind_misfits(index, item)
    if _ambiguous(instrument):
        words = Phrase("word_for_two"), Phrase("each_word_once")
        yield Misfit(("answers",), "bad_value", bad("answers", *words))
    given = [instrument.points.get(code, -1.0) for code in ("yes", "partly", "no")]
    if given != sorted(given, reverse=True) or given[-1] < 0 or not 0 < given[0] < inf:
        words = Phrase("points_order"), Phrase("points_such_as")
        yield Misfit(("points",), "bad_value", bad("points", *words))


def _sharing(instrument: Instrument) -> Iterator[Misfit]:
    """Topics and items whose rows or pages could not be told apart."""
    topics = [(("topics", at), topic.id) for at, topic in enumerate(instrument.topics)]
    items = [(("items", at), item.id) for at, item in enumerate(instrument.items)]
    return sharing([*topics, *items])


def _kind_misfits(index: int, item: Item) -> Iterator[Misfit]:
    at = ("items", index)
    if (item.kind is Kind.SUPPLEMENTARY) != bool(item.serves):
        words = Phrase("who_serves"), Phrase("serves_indicators")
        yield Misfit(at, "bad_value", bad(item.id, *words))
    if item.kind is not Kind.DESCRIPTIVE and item.type != "yes_no":
        detail = Phrase("scored_type", {"kind": item.kind})
        yield Misfit(at, "bad_value", bad(item.id, detail, "type: yes_no"))
    if (item.type in ("single", "multiple")) != bool(item.options):
        words = Phrase("who_has_options"), Phrase("options_or_type")
        yield Misfit(at, "bad_value", bad(item.id, *words))


def _ambiguous(instrument: Instrument) -> bool:
    seen: dict[str, str] = {}
    for code, answer in (*instrument.answers.items(), *instrument.missing.items()):
        for word in answer.words():
            if seen.setdefault(word, code) != code:
                return True
    return False
