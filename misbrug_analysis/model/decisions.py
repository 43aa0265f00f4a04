"""Decisions on cells of returned forms that could not be read (``decisions.csv``)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from misbrug_analysis.model.csvfile import read_models
from misbrug_analysis.model.errors import DefinitionError, Phrase, Problem, shown
from misbrug_analysis.model.privacy import MaskedLine
from misbrug_analysis.model.yamlfile import Model

FILE_NAME = "decisions.csv"

BLANK = ("blank", "tom")
"""What ``reads_as`` says of a cell, a row or a file that is left out, in any case."""


class Decision(Model):
    """How a cell is read that could not be read by itself, by whom it was decided, and why.

    ``found`` is what stands in the cell, as ``check`` shows it: a decision does not hold for a
    form that was sent anew with something else there. ``reads_as`` is an answer, an option, a
    question's number, a unit, a form or a date, or one of ``BLANK``. Personal data are masked.
    """

    source: Annotated[str, Field(min_length=1)]
    locator: Annotated[str, Field(min_length=1)]
    found: MaskedLine | None = None
    reads_as: MaskedLine
    reason: MaskedLine
    decided_by: MaskedLine
    date: date

    @property
    def is_blank(self) -> bool:
        return self.reads_as.casefold() in BLANK


DECISION_COLUMNS = list(Decision.model_fields)


def load_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a study; none where the file is missing.

    Raises DefinitionError with every faulty cell and for two decisions on one place.
    """
    if not path.exists():
        return ()
    rows = read_models(path, Decision)
    seen: set[tuple[str, str]] = set()
    problems: list[Problem] = []
    for line, decision in rows:
        key = (decision.source, decision.locator)
        if key in seen:
            values: dict[str, object] = {"name": Phrase("decision_on")}
            values |= {"value": f"{decision.source}, {decision.locator}"}
            problems.append(Problem("repeated", f"{shown(path)}, line {line}", values))
        seen.add(key)
    if problems:
        raise DefinitionError(problems)
    return tuple(decision for _, decision in rows)
