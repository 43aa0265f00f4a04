"""Instruments with points of their own, and rounds of them settled from what each unit says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from misbrug_analysis.analysis.consolidation import consolidate, form_answers
from misbrug_analysis.analysis.points import unit_points
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.instrument_file import load_instrument
from misbrug_analysis.model.settings import Rules
from misbrug_analysis.model.tables import COLUMNS
from tests.analysis.by_hand import Rulings
from tests.analysis.random_rounds import rulings_table
from tests.small import CASES

Said = Mapping[str, Mapping[str, str] | Sequence[Mapping[str, str]]]
"""What each unit says, by item; a list where it sent several forms."""

FIVE = {
    "fully": {"label": {"en": "Fully"}, "counts_as": "yes", "points": 4},
    "mostly": {"label": {"en": "Mostly"}, "counts_as": "yes", "points": 3},
    "partly": {"label": {"en": "Partly"}, "points": 2},
    "little": {"label": {"en": "A little"}, "counts_as": "no", "points": 1},
    "none": {"label": {"en": "Not at all"}, "counts_as": "no", "points": 0},
}
"""The answers of a scale of five points."""

THREE = {
    "yes": {"label": {"en": "Yes"}},
    "partly": {"label": {"en": "Partly"}},
    "no": {"label": {"en": "No"}},
}
"""Yes, partly and no, which earn 1, ½ and 0."""


def instrument(
    topics: Iterable[Mapping[str, Any]], answers: Mapping[str, Any] = THREE, **changes: Any
) -> Instrument:
    """An instrument of ``topics``, whose ``items`` are ids, or ids with their weights."""
    small = load_instrument(CASES, "instrument").model_dump(by_alias=True)
    asked, items = [], []
    for topic in topics:
        questions = topic["items"]
        weights = questions if isinstance(questions, dict) else dict.fromkeys(questions, 1)
        kept = {name: value for name, value in topic.items() if name != "items"}
        asked.append({"title": {"en": topic["id"]}, "addressed_to": {"en": "all"}} | kept)
        items += [
            {"id": item, "topic": topic["id"], "kind": "indicator", "text": {"en": item}}
            | {"weight": weight}
            for item, weight in weights.items()
        ]
    return Instrument.model_validate(
        small | {"topics": asked, "items": items, "answers": answers} | changes
    )


def answers_of(said: Said) -> pd.DataFrame:
    """The table ``answers``; the first form of a unit is called ``form-1``."""
    rows = [
        {"study": "s", "unit": unit, "form": f"form-{number}", "respondent": "1"}
        | {"item": item, "value": value, "raw": value, "source": unit, "locator": item}
        for unit, forms in said.items()
        for number, form in enumerate([forms] if isinstance(forms, Mapping) else forms, 1)
        for item, value in form.items()
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS["answers"]), dtype="str")


def settled(
    answers: pd.DataFrame,
    units: Iterable[str],
    asked: Instrument,
    rules: Rules,
    rulings: Rulings | None = None,
) -> pd.DataFrame:
    """The table ``consolidated`` of what some of the units sent."""
    table = rulings_table(rulings or {})
    everyone = pd.DataFrame({"unit": list(units)}, dtype="str")
    forms = form_answers(answers, asked, rules, table)
    return consolidate(forms, answers, everyone, asked, rules, table)


def pointed(
    answers: pd.DataFrame,
    units: Iterable[str],
    asked: Instrument,
    rules: Rules,
    rulings: Rulings | None = None,
) -> pd.DataFrame:
    """The points of every unit after its answers are settled."""
    return unit_points(settled(answers, units, asked, rules, rulings), answers, asked, rules)
