"""An instrument that several of a unit answer, and what they say, for tests of respondents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import yaml

from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.respondents import ROLE
from misbrug_analysis.model.tables import checked
from tests.small import CASES

FIVE = {
    "agree-fully": {"counts_as": "yes", "points": 4},
    "agree": {"counts_as": "yes", "points": 3},
    "neither": {"counts_as": "partly", "points": 2},
    "disagree": {"counts_as": "no", "points": 1},
    "disagree-fully": {"counts_as": "no", "points": 0},
}
"""A scale of five points, 4 to 0."""

LETTERS = dict(zip("43210", FIVE, strict=True))
"""The answers of ``FIVE`` by their points, so that a test can write what many say as a word."""

THREE: dict[str, dict[str, object]] = {"yes": {}, "partly": {}, "no": {}}

ROLES = [
    {"id": "leader", "label": {"da": "leder", "en": "leader"}},
    {"id": "staff", "label": {"da": "medarbejder", "en": "member of staff"}},
]


def instrument(
    answers: Mapping[str, Mapping[str, object]] = FIVE,
    missing: Mapping[str, object] | None = None,
    **respondents: object,
) -> Instrument:
    """The small questionnaire with other answers, for several respondents."""
    declared = yaml.safe_load((CASES / "instrument.yaml").read_text("utf-8"))
    declared["answers"] = {
        code: {"label": {"da": code, "en": code}} | one for code, one in answers.items()
    }
    declared["missing"] = missing or {}
    declared["respondents"] = {"roles": ROLES} | respondents
    return Instrument.model_validate(declared)


Said = Mapping[tuple[str, str], Mapping[str, Sequence[str]]]
"""By unit and form, by item, what each respondent says; an empty answer is a blank."""


def answers_of(said: Said, roles: Mapping[str, Sequence[str]] | None = None) -> pd.DataFrame:
    """The tidy table; ``roles`` are those of the respondents of a unit, in the same order."""
    rows = []
    for (unit, form), items in said.items():
        given = dict(items)
        if roles:
            given[ROLE] = roles[unit]
        for item, values in given.items():
            for number, value in enumerate(values, 1):
                row = {"unit": unit, "form": form, "respondent": str(number), "item": item}
                if value:
                    rows.append(row | {"value": value, "raw": value})
    table = pd.DataFrame(rows).assign(study="s", source="staff.csv", locator="")
    table["locator"] = [f"row {number}" for number in range(len(table))]
    return checked("answers", table)


def five(points: str) -> list[str]:
    """Answers of ``FIVE`` by their points: ``"44 1"``, where a space is a blank."""
    return [LETTERS.get(one, "") for one in points]
