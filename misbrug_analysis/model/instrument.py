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

from pydantic import AfterValidator, Field, StringConstraints

from misbrug_analysis.model.errors import ParameterError, Problem, hint, name_list
from misbrug_analysis.model.yamlfile import Misfit, Model, dangling, read_model, repeated

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
ItemId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=40)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
"""A name in code or a column: a slug that may hold underscores."""

FileName = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$", max_length=120)
]
"""A file of the folder that names it: no way out of there."""

LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]

REMARK = ".remark"
"""A remark on an item is an item too: ``<item>.remark``."""


def _not_empty(text: dict[str, str]) -> dict[str, str]:
    if not text or not all(value.strip() for value in text.values()):
        raise ValueError("a text needs at least one language, and no language may be empty")
    return text


Text = Annotated[dict[LanguageCode, str], AfterValidator(_not_empty)]
"""A text in one or more languages, by code."""


WebLink = Annotated[str, StringConstraints(pattern=r"^https?://[^\s\\]+$", max_length=500)]


class Origin(Model):
    """A publication that data rest on, with its address where it has one."""

    label: Text
    url: WebLink | None = None


def in_language(text: dict[str, str], language: str) -> str:
    """The text in a language, else in the first language it is written in."""
    return text.get(language) or next(iter(text.values()))


class Noun(Model):
    """A noun in the forms that sentences need; ``gender`` is common or neuter (Danish)."""

    one: str
    the_one: str
    many: str
    the_many: str
    gender: Literal["common", "neuter"] = "common"


Nouns = Annotated[dict[LanguageCode, Noun], Field(min_length=1)]


class AnswerWords(Model):
    """The label of an answer and the other words that count as it (compared without case)."""

    label: Text
    also: list[str] = []

    def words(self) -> list[str]:
        return [word.casefold() for word in (*self.label.values(), *self.also)]


class FormHeadings(Model):
    """The headings by which a returned form is read; each may be written in several ways."""

    unit: Annotated[list[str], Field(min_length=1)]
    form: Annotated[list[str], Field(min_length=1)]
    date: list[str] = []
    item: Annotated[list[str], Field(min_length=1)]
    question: list[str] = []
    answer: Annotated[list[str], Field(min_length=1)]
    remark: list[str] = []


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

    ``origin`` says whose it is; ``sources`` are the publications that it is taken from.
    """

    id: Slug
    title: Text
    version: str
    origin: Text
    sources: list[Origin] = []
    licence: str
    topic_noun: Nouns
    answers: dict[Literal["yes", "partly", "no"], AnswerWords]
    points: dict[Literal["yes", "partly", "no"], float] = {"yes": 1, "partly": 0.5, "no": 0}
    form: FormHeadings
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

    def serving(self) -> list[tuple[str, str]]:
        """Pairs of (supplementary item, indicator it serves)."""
        return [(item.id, indicator) for item in self.items for indicator in item.serves]

    def item(self, item_id: str) -> Item:
        """The item with an id; raises ParameterError with the near and the valid ids."""
        return _named(item_id, "question", self.items)

    def indicator(self, item_id: str) -> Item:
        """The indicator with an id; raises ParameterError with the near and the valid ids."""
        return _named(item_id, "indicator", self.indicators)

    def answer_codes(self) -> dict[str, str]:
        """Every word that counts as an answer, without case, to its code."""
        return {word: code for code, words in self.answers.items() for word in words.words()}

    def answer_labels(self, language: str) -> list[str]:
        return [in_language(words.label, language) for words in self.answers.values()]


def _named(item_id: str, kind: str, items: list[Item]) -> Item:
    for item in items:
        if item.id == item_id:
            return item
    valid = [item.id for item in items]
    values = {"kind": kind, "name": item_id, "hint": hint(item_id, valid)}
    raise ParameterError([Problem("unknown_name", "", values | {"valid": name_list(valid)})])


def load_instrument(folder: Path, instrument_id: str) -> Instrument:
    """Read ``<folder>/<instrument_id>.yaml``.

    Raises ParameterError for an unknown instrument and DefinitionError with every fault at its
    line: unknown fields, duplicate keys, and references to topics or items that do not exist.
    """
    path = folder / f"{instrument_id}.yaml"
    if not path.is_file():
        valid = sorted(found.stem for found in folder.glob("*.yaml"))
        values = {"kind": "instrument", "name": instrument_id, "hint": hint(instrument_id, valid)}
        raise ParameterError([Problem("unknown_name", "", values | {"valid": name_list(valid)})])
    return read_model(path, Instrument, _misfits)


def _misfits(instrument: Instrument) -> Iterator[Misfit]:
    topics = [topic.id for topic in instrument.topics]
    assessed = [topic.id for topic in instrument.assessed_topics]
    indicators = instrument.indicator_ids
    yield from repeated(("topics",), "topic", topics)
    yield from repeated(("items",), "item", [item.id for item in instrument.items])
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
        detail = "one word stands for two answers"
        yield Misfit(("answers",), "bad_value", _value("answers", detail, "each word once"))
    given = [instrument.points.get(code, -1.0) for code in ("yes", "partly", "no")]
    if given != sorted(given, reverse=True) or given[-1] < 0 or not 0 < given[0] < inf:
        detail = "points go down from yes over partly to no, and none is below 0"
        example = "such as {yes: 1, partly: 0.5, no: 0}"
        yield Misfit(("points",), "bad_value", _value("points", detail, example))


def _kind_misfits(index: int, item: Item) -> Iterator[Misfit]:
    at = ("items", index)
    if (item.kind is Kind.SUPPLEMENTARY) != bool(item.serves):
        detail = "supplementary items, and only they, serve indicators"
        yield Misfit(at, "bad_value", _value(item.id, detail, "`serves` with indicator ids"))
    if item.kind is not Kind.DESCRIPTIVE and item.type != "yes_no":
        detail = f"an item that is {item.kind} is answered yes, partly or no"
        yield Misfit(at, "bad_value", _value(item.id, detail, "type: yes_no"))
    if (item.type in ("single", "multiple")) != bool(item.options):
        detail = "items of choice, and only they, have options"
        yield Misfit(at, "bad_value", _value(item.id, detail, "options, or another type"))


def _ambiguous(instrument: Instrument) -> bool:
    seen: dict[str, str] = {}
    for code, answer in instrument.answers.items():
        for word in answer.words():
            if seen.setdefault(word, code) != code:
                return True
    return False


def _value(name: str, detail: str, expected: str) -> dict[str, object]:
    return {"name": name, "detail": detail, "expected": expected, "given": ""}
