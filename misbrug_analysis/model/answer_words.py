"""The answers of an instrument: their words, what they count as, and the points they earn."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from misbrug_analysis.model.basics import LanguageCode, Text
from misbrug_analysis.model.unfit import matching
from misbrug_analysis.model.yamlfile import Model

Standing = Literal["yes", "partly", "no"]
"""What an answer counts as. All counts are of these three, whatever the answers are called."""

STANDINGS: tuple[Standing, ...] = ("yes", "partly", "no")
"""From the best to the poorest."""

AnswerCode = Annotated[
    str, StringConstraints(max_length=40), matching(r"[A-Za-z0-9][A-Za-z0-9._-]*", "an_item_id")
]


def _unboxed(value: object) -> object:
    """``yes`` and ``no`` without quotation marks, which YAML takes for true and false."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


WrittenStanding = Annotated[Standing, BeforeValidator(_unboxed)]


class AnswerWords(Model):
    """The label of an answer and the other words that count as it (compared without case)."""

    label: Text
    also: list[str] = []

    def words(self) -> list[str]:
        return [word.casefold() for word in (*self.label.values(), *self.also)]


class Answer(AnswerWords):
    """An answer that counts as a yes, a partly or a no, and the points that it earns.

    One with the code ``yes``, ``partly`` or ``no`` counts as that unless it says otherwise; without
    points of its own it earns those of what it counts as.
    """

    counts_as: WrittenStanding | None = None
    points: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None


class MissingAnswer(AnswerWords):
    """What leaves a question unanswered; it is out of the counts, or counts as a no."""

    counts_as: Literal["out", "no"] | None = None

    @property
    def is_no(self) -> bool:
        return self.counts_as == "no"


class StandingWords(Model):
    """How sentences of one language say that a unit's answer counts as a yes, where not by labels.

    ``yes``, ``partly`` and ``no`` are labels; ``says`` and ``say`` go with one unit and several,
    ``says_to`` and ``say_to`` stand before a question ("siger ja til"), and the others are the same
    in the past and the perfect ("have sagt ja").
    """

    yes: str
    partly: str
    no: str
    says: str
    say: str
    says_to: str
    say_to: str
    said: str
    said_to: str
    have_said: str
    have_said_to: str


StandingTexts = dict[LanguageCode, StandingWords]
