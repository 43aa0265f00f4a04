"""The questionnaire: topics, items, the words that count as answers, and the form's headings.

An instrument is data (``data/instruments/<id>.yaml``). A *topic* is a group of items (a
recommendation, a theme, a chapter); an *indicator* is an item that is scored; *supplementary*
items help to judge a partly answer to the indicators they serve; *descriptive* items are reported
and not scored.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, cast

from pydantic import Field

from misbrug_analysis.model.answer_words import (
    BLANK,
    EMPTY_CELL,
    Answer,
    AnswerCode,
    AnswerWords,
    MissingAnswer,
    Standing,
    StandingTexts,
)
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
from misbrug_analysis.model.errors import (
    ParameterError,
    Phrase,
    Problem,
    hint,
    languages,
    name_list,
)
from misbrug_analysis.model.respondents import Merge, Respondents
from misbrug_analysis.model.succession import Succeeds
from misbrug_analysis.model.usual import Usual
from misbrug_analysis.model.yamlfile import Model

__all__ = [
    "REMARK",
    "AnswerWords",
    "Chapter",
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
]

REMARK = ".remark"
"""A remark on an item is an item too: ``<item>.remark``."""

Weight = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class FormHeadings(Model):
    """The headings by which a returned form is read; each may be written in several ways.

    ``mark`` are the signs that tick a box. ``role`` and ``respondent`` are asked where several of
    one unit answer.
    """

    unit: Annotated[list[str], Field(min_length=1)]
    form: Annotated[list[str], Field(min_length=1)]
    date: list[str] = []
    item: Annotated[list[str], Field(min_length=1)]
    question: list[str] = []
    answer: Annotated[list[str], Field(min_length=1)]
    remark: list[str] = []
    role: list[str] = []
    respondent: list[str] = []
    mark: Annotated[list[str], Field(min_length=1)] = ["x"]

    def called(self, field: str) -> list[str]:
        """The headings of a field; of a role and of a respondent, ours where there are none."""
        given: list[str] = getattr(self, field)
        ours = {"role": "heading_role", "respondent": "heading_respondent"}
        if given or field not in ours:
            return given
        return list(dict.fromkeys(Phrase(ours[field]).told(one) for one in languages()))


class Chapter(Model):
    """A group of topics; it can lie within another one."""

    id: ItemId
    title: Text
    within: ItemId | None = None


class Topic(Model):
    """A group of items; one that is not ``assessed`` is shown greyed, with its addressee.

    ``text`` is what it asks for, in a few sentences; ``weight`` counts where totals add topics.
    """

    id: ItemId
    title: Text
    chapter: ItemId | None = None
    text: Text | None = None
    assessed: bool = True
    addressed_to: Text | None = None
    character: Text | None = None
    weight: Weight = 1


class Kind(StrEnum):
    """What an item is for."""

    INDICATOR = "indicator"
    SUPPLEMENTARY = "supplementary"
    DESCRIPTIVE = "descriptive"


class Item(Model):
    """One question. ``label`` is a short name; ``options`` are the choices of a choice item.

    A number is from ``minimum`` to ``maximum``, in ``measure``; ``weight`` counts in totals.
    """

    id: ItemId
    topic: ItemId
    kind: Kind
    text: Text
    label: Text | None = None
    serves: list[ItemId] = []
    type: Literal["yes_no", "single", "multiple", "text", "number"] = "yes_no"
    options: list[Text] = []
    minimum: float | None = None
    maximum: float | None = None
    measure: Text | None = None
    weight: Weight = 1


class Instrument(Model):
    """A questionnaire with its answers, topics and items, in the order they are asked.

    ``origin`` says whose it is; ``sources`` are the publications that it is taken from;
    ``answers`` stand from the best to the poorest; each counts as yes, partly or no. ``missing``
    are words that leave a question unanswered, such as "don't know". ``chapters`` group topics;
    ``respondents`` is given where several of one unit answer the same form; ``standing`` is how
    sentences speak of what counts as yes; ``succeeds`` names the version before; ``usual`` is what
    a new study begins with.
    """

    id: Slug
    title: Text
    version: str
    origin: Text
    sources: list[Origin] = []
    licence: str
    topic_noun: Nouns
    answers: Annotated[dict[AnswerCode, Answer], Field(min_length=1)]
    missing: dict[AnswerCode, MissingAnswer] = {}
    points: dict[Standing, float] = {"yes": 1, "partly": 0.5, "no": 0}
    standing: StandingTexts = {}
    respondents: Respondents | None = None
    succeeds: Succeeds | None = None
    form: FormHeadings
    usual: Usual | None = None
    chapters: list[Chapter] = []
    topics: Annotated[list[Topic], Field(min_length=1)]
    items: Annotated[list[Item], Field(min_length=1)]

    @property
    def standings(self) -> dict[str, str]:
        """What each code of an answer counts as: ``yes``, ``partly``, ``no`` or ``unanswered``."""
        found = {code: answer.counts_as or code for code, answer in self.answers.items()}
        missing = {code: "no" if one.is_no else "unanswered" for code, one in self.missing.items()}
        return missing | found

    @property
    def has_partly(self) -> bool:
        """Whether any answer counts as a partly."""
        return "partly" in self.standings.values()

    @property
    def points_of(self) -> dict[str, float]:
        """The points that each code of an answer earns; a missing one that counts as no too."""
        found = {
            code: self.points[cast(Standing, self.standings[code])]
            if answer.points is None
            else answer.points
            for code, answer in self.answers.items()
        }
        poorest = min(found.values())
        return {code: poorest for code, one in self.missing.items() if one.is_no} | found

    @property
    def blank_is_no(self) -> bool:
        """Whether an indicator that a form left blank counts as a no."""
        return BLANK in self.missing and self.missing[BLANK].is_no

    @property
    def best_points(self) -> float:
        """The most that an answer to one item earns."""
        return max(self.points_of.values())

    def with_missing(self, counts_as: Mapping[str, Literal["out", "no"]]) -> Instrument:
        """The same instrument, where some words that leave a question unanswered count otherwise.

        ``BLANK`` is known to every instrument. Raises KeyError for another code that it lacks.
        """
        known = {BLANK: EMPTY_CELL} | self.missing
        changed = {
            code: known[code].model_copy(update={"counts_as": way})
            for code, way in counts_as.items()
        }
        return self.model_copy(update={"missing": self.missing | changed}) if changed else self

    def merging_as(self, other: Instrument) -> Instrument:
        """The instrument with the answers of respondents merged as in another, if both have any.

        How few are not shown stays its own.
        """
        if self.respondents is None or other.respondents is None:
            return self
        changed = {"smallest": self.respondents.smallest, "roles": self.respondents.roles}
        merged = other.respondents.model_copy(update=changed)
        return self.model_copy(update={"respondents": merged})

    def merging_by(self, merge: Merge) -> Instrument:
        """The instrument with the answers of respondents merged in another way, if it has any."""
        if self.respondents is None:
            return self
        changed = self.respondents.model_copy(update={"merge": merge})
        return self.model_copy(update={"respondents": changed})

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
