"""``particulars.yaml`` as typed data: how forms differ from the plain spread of the answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from published import HERE

from misbrug_analysis.model.yamlfile import Model, read_model


class Chance(Model):
    """The chance of a yes to a supplementary item, where all it serves is yes and where none is.

    ``clusters`` restricts a yes to some clusters.
    """

    yes: float
    no: float
    clusters: list[str] | None = None


class Choice(Model):
    """The chances of an item's options, by the answer to the earlier item that it follows.

    No chances at all leave the item blank. ``if_none`` is what stands where none of several options
    was drawn; without it that is a blank too.
    """

    follows: str | None = None
    where: dict[str, dict[str, float]] | None = None
    otherwise: dict[str, float]
    if_none: str = ""

    def chances(self, answers: Mapping[str, str]) -> dict[str, float]:
        """The chances in a form that has these answers so far."""
        earlier = answers[self.follows] if self.follows else ""
        return (self.where or {}).get(earlier, self.otherwise)


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
