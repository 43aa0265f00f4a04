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

BLANK = "blank"
"""What ``missing`` and ``rules.codes`` call an empty cell of a form that was sent."""

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
    """How the sentences of one language say that answers count as a yes, where not by their labels.

    ``yes``, ``partly`` and ``no`` are labels. ``says`` and ``say`` are said of one unit and of
    several and stand alone ("siger ja"); ``says_to`` and ``say_to`` stand before a question ("siger
    ja til"); ``said`` and ``said_to`` are the past, and ``have_said`` follows "could". In Danish
    both numbers are the same, and ``say`` and ``say_to`` are not used. What is left out follows
    from the labels.
    """

    yes: str | None = None
    partly: str | None = None
    no: str | None = None
    says: str | None = None
    say: str | None = None
    says_to: str | None = None
    say_to: str | None = None
    said: str | None = None
    said_to: str | None = None
    have_said: str | None = None


EMPTY_CELL = MissingAnswer(label={"da": "ikke udfyldt", "en": "left blank"})
"""An empty cell, where an instrument does not say what it is called."""

StandingTexts = dict[LanguageCode, StandingWords]
