"""Rulings: answers that a person settled (``adjudications.csv``)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from misbrug_analysis.model.basics import MaskedLine, WrittenDay
from misbrug_analysis.model.csvfile import read_models
from misbrug_analysis.model.errors import DefinitionError, Phrase, Problem, hint, name_list, shown
from misbrug_analysis.model.instrument import Instrument, Slug
from misbrug_analysis.model.yamlfile import Model

if TYPE_CHECKING:
    import pandas as pd

    from misbrug_analysis.model.organisation import Organisation
    from misbrug_analysis.model.settings import StudyFile

FILE_NAME = "adjudications.csv"

_KEY = ["unit", "form", "indicator"]


class Ruling(Model):
    """A person's decision on an answer; without ``form`` it is the unit's joint answer.

    Personal data in the reason and in who decided are masked.
    """

    unit: Slug
    form: Slug | None = None
    indicator: str
    answer: Literal["yes", "no"]
    reason: MaskedLine
    decided_by: MaskedLine
    date: WrittenDay


RULING_COLUMNS = list(Ruling.model_fields)


def rulings_without_form(
    adjudications: pd.DataFrame, sent: Collection[tuple[str, str]]
) -> Iterator[Problem]:
    """A fault for every ruling on a form, or a unit, that is not among the forms sent.

    ``sent`` holds (unit, form) of every form that is used.
    """
    units = {unit for unit, _ in sent}
    for unit, form, indicator in adjudications[_KEY].fillna("").itertuples(index=False):
        if unit not in units or (form and (unit, form) not in sent):
            key = ", ".join(part for part in (unit, form, indicator) if part)
            yield Problem("ruling_without_answer", FILE_NAME, {"key": key})


def load_rulings(
    path: Path, settings: StudyFile, instrument: Instrument, organisation: Organisation
) -> tuple[Ruling, ...]:
    if not path.exists():
        return ()
    valid = {
        "unit": organisation.unit_ids,
        "form": [form.id for form in settings.forms],
        "indicator": instrument.indicator_ids,
    }
    rows = read_models(path, Ruling)
    problems: list[Problem] = []
    seen: set[tuple[str, str | None, str]] = set()
    for line, ruling in rows:
        for name, names in valid.items():
            value = getattr(ruling, name)
            if value is not None and value not in names:
                values = {"name": name, "value": value, "hint": hint(value, names)}
                where = f"{shown(path)}, line {line}, column {name}"
                problems.append(Problem("dangling", where, values | {"valid": name_list(names)}))
        key = (ruling.unit, ruling.form, ruling.indicator)
        if key in seen:
            form = ruling.form or Phrase("whole_unit")
            values = {"unit": ruling.unit, "form": form, "indicator": ruling.indicator}
            problems.append(Problem("ruling_twice", f"{shown(path)}, line {line}", values))
        seen.add(key)
    if problems:
        raise DefinitionError(problems)
    return tuple(ruling for _, ruling in rows)
