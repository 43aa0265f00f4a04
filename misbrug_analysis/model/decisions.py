"""Decisions on cells of returned forms that could not be read (``decisions.csv``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from misbrug_analysis.model.basics import MaskedLine, WrittenDay
from misbrug_analysis.model.csvfile import read_models
from misbrug_analysis.model.errors import DefinitionError, Phrase, Problem, shown
from misbrug_analysis.model.places import FILE, located
from misbrug_analysis.model.yamlfile import Model

FILE_NAME = "decisions.csv"

BLANK = ("blank", "tom")
"""What ``reads_as`` says of a cell, a row or a file that is left out, in any case."""

NOTHING = ("–", "-", *BLANK)
"""What ``found`` says of a place where nothing stands."""

_GUARD = re.compile(r"""^'|(?<=[;,|\t\n])'(?=[\s"']*[=+\-@＝＋－＠])""")


def unguarded(text: str) -> str:
    """A text without the apostrophes that keep a spreadsheet from running or changing it."""
    return _GUARD.sub("", text) or text


class Decision(Model):
    """How a cell is read that could not be read by itself, by whom it was decided, and why.

    ``found`` is what stands in the cell, as ``check`` shows it, or a word for nothing, one of
    ``NOTHING``: a decision does not hold for a form that was sent anew with something else there. A
    file as a whole needs none. ``reads_as`` is an answer, an option, a question's number, a unit, a
    form or a date, or one of ``BLANK``. Personal data are masked.
    """

    source: Annotated[str, Field(min_length=1), AfterValidator(unguarded)]
    locator: Annotated[str, Field(min_length=1), AfterValidator(unguarded), AfterValidator(located)]
    found: Annotated[MaskedLine, AfterValidator(unguarded)] | None = None
    reads_as: MaskedLine
    reason: MaskedLine
    decided_by: MaskedLine
    date: WrittenDay

    @property
    def is_blank(self) -> bool:
        return self.reads_as.casefold() in BLANK


DECISION_COLUMNS = list(Decision.model_fields)


class ListedDecision(Decision):
    """A decision as it stands in a line of the file."""

    line: int


def _is_begun(row: Mapping[str, str]) -> bool:
    """Whether anyone has written anything of a decision on what a row names."""
    return any(row.get(name) for name in ("reads_as", "reason", "decided_by"))


def load_decisions(path: Path) -> tuple[ListedDecision, ...]:
    """The decisions of a study; none where the file is missing.

    Rows that nobody has decided yet, as ``check --decisions`` writes them, are left out.
    Raises DefinitionError with every faulty cell, for two decisions on one place, and for one that
    does not say what it was that was decided on.
    """
    if not path.exists():
        return ()
    rows = read_models(path, Decision, counts=_is_begun)
    seen: set[tuple[str, str]] = set()
    problems: list[Problem] = []
    for line, decision in rows:
        key = (decision.source, decision.locator)
        if key in seen:
            values: dict[str, object] = {"name": Phrase("decision_on")}
            values |= {"value": f"{decision.source}, {decision.locator}"}
            problems.append(Problem("repeated", f"{shown(path)}, line {line}", values))
        seen.add(key)
        if decision.found is None and decision.locator != FILE:
            where = f"{shown(path)}, line {line}, column found"
            problems.append(Problem("decision_without_found", where))
    if problems:
        raise DefinitionError(problems)
    return tuple(
        ListedDecision.model_construct(line=line, **dict(decision)) for line, decision in rows
    )
