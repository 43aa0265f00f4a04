"""Answers that nobody gave, drawn at random, the same at every run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from benchmarks.nation.places import Place
from misbrug_analysis.model.instrument import Instrument, Item, Kind

SEED = 2014
LANGUAGE = "da"
ABSENT = 0.06
"""The part of places that send nothing."""

SEPARATE = 0.15
"""The part of places that send a form for each area in place of a joint one."""

BLANK = 0.03
REMARKED = 0.02
REMARKS = (
    "Opdigtet bemærkning: Vi er på vej.",
    "Opdigtet bemærkning: Det gælder ikke alle vores tilbud.",
    "Opdigtet bemærkning: Samarbejdet med de andre kommuner er nyt.",
)


@dataclass(frozen=True)
class Form:
    """A form as it comes in: what stands at each question, and the remarks beside them."""

    place: Place
    form: str
    day: date
    answers: dict[str, str]
    remarks: dict[str, str]


def forms(asked: Instrument, some: Sequence[Place], separate: Sequence[str]) -> Iterator[Form]:
    """The forms that places send: one for all (``joint``), or ``separate`` ones, or none.

    A place has a level, and so has a question, so that some places say yes to most of them and
    some questions get a yes from most places; the areas of a place differ a little.
    """
    chance = Random(SEED)
    hard = {item.id: chance.gauss(0.4, 0.9) for item in asked.items}
    for place in some:
        level = chance.gauss(0, 0.7)
        luck = chance.random()
        sent = [] if luck < ABSENT else separate if luck < ABSENT + SEPARATE else ["joint"]
        own = {item.id: level + hard[item.id] + chance.gauss(0, 0.6) for item in asked.items}
        for form in sent:
            answers = {
                item.id: _answer(chance, asked, item, own[item.id] + chance.gauss(0, 0.4))
                for item in asked.items
            }
            remarks = {
                item.id: chance.choice(REMARKS)
                for item in asked.items
                if chance.random() < REMARKED
            }
            day = date(2014, 3, 1) + timedelta(days=chance.randrange(60))
            yield Form(place, form, day, answers, remarks)


def _answer(chance: Random, asked: Instrument, item: Item, inclined: float) -> str:
    if chance.random() < BLANK:
        return ""
    if item.type == "yes_no":
        drawn = inclined + chance.gauss(0, 0.5)
        scored = item.kind is Kind.INDICATOR and -0.35 < drawn < 0.15
        code = "partly" if scored else "yes" if drawn > 0 else "no"
        return asked.answers[code].label[LANGUAGE]
    if item.type == "number":
        return str(chance.choice((0, 1, 2, 2, 3, 3, 5, 8)))
    if item.type == "text":
        return chance.choice(REMARKS) if chance.random() < 0.3 else ""
    labels = [option[LANGUAGE] for option in item.options]
    if item.type == "single":
        return chance.choice(labels)
    return "; ".join(label for label in labels if chance.random() < 0.4)
