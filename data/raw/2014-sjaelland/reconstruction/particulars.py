"""``particulars.yaml`` as typed data: how forms differ from the plain spread of the answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from misbrug_analysis.model.yamlfile import Model, read_model
from published import HERE


class Chance(Model):
    """The chance of a yes to a supplementary item, where all it serves is yes and where none is.

    ``clusters`` restricts a yes to some clusters.
    """

    yes: float
    no: float
    clusters: list[str] | None = None


class Choice(Model):
    """The chances of an item's options, where the indicator it follows is yes and where it is not.

    Without ``follows`` only ``otherwise`` counts.
    """

    follows: str | None = None
    where_yes: dict[str, float] = {}
    otherwise: dict[str, float]


class Intended(Model):
    """How an answer is meant to be settled; the build fails when it is not."""

    unit: str
    indicator: str
    answer: Literal["yes", "no"]
    rule: str


class Particulars(Model):
    """``particulars.yaml``; forms are named ``<unit>/<form>``."""

    separate_forms: list[str]
    first_day: date
    last_day: date
    per_unit_topics: list[str]
    chances: dict[str, Chance]
    choices: dict[str, Choice]
    constant: dict[str, str]
    blank_in_separate_forms: list[str]
    answers: dict[str, dict[str, str]]
    intended: list[Intended]
    csv: dict[str, Literal["utf-8-sig", "cp1252"]]
    remarks: dict[str, dict[str, str]]


def load_particulars(path: Path = HERE / "particulars.yaml") -> Particulars:
    """Read the particulars; raises DefinitionError with every fault at its line."""
    return read_model(path, Particulars)
