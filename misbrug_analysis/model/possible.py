"""The counts that a source leaves open where answers are reconstructed (a CSV file of the study).

Columns ``item`` (an indicator, or an assessed topic as a whole), ``group`` (of any level),
``fewest`` and ``most``: units of the group that can have said yes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from misbrug_analysis.model.csvfile import read_models
from misbrug_analysis.model.errors import DefinitionError, Phrase, Problem, hint, name_list, shown
from misbrug_analysis.model.instrument import Instrument, Slug
from misbrug_analysis.model.organisation import Organisation
from misbrug_analysis.model.unfit import UnfitValue, bad_value
from misbrug_analysis.model.yamlfile import Model

Count = Annotated[int, Field(ge=0)]


class PossibleCount(Model):
    """Fewest and most units of a group that can have said yes to an item, by the source."""

    item: str
    group: Slug
    fewest: Count
    most: Count

    @model_validator(mode="after")
    def _orderly(self) -> PossibleCount:
        if self.fewest > self.most:
            counts = {"fewest": self.fewest, "most": self.most}
            raise UnfitValue(Phrase("fewest_above_most", counts), Phrase("fewest_first"))
        return self

    @property
    def is_open(self) -> bool:
        return self.fewest < self.most


PossibleCounts = Mapping[tuple[str, str], PossibleCount]
"""By (item, group), in the order of the file."""


def load_possible(path: Path, organisation: Organisation, instrument: Instrument) -> PossibleCounts:
    """Read the counts that the source leaves open.

    Raises DefinitionError with every fault at its line: unknown items and groups, an item that
    stands twice for a group, and more units than the group has.
    """
    topics = [topic.id for topic in instrument.assessed_topics]
    sizes = _sizes(organisation)
    valid = {"item": [*instrument.indicator_ids, *topics], "group": list(sizes)}
    rows = read_models(path, PossibleCount)
    problems: list[Problem] = []
    found: dict[tuple[str, str], PossibleCount] = {}
    for line, row in rows:
        where = f"{shown(path)}, line {line}"
        problems += _dangling(row, valid, where)
        size = sizes.get(row.group, row.most)
        if row.most > size:
            words = Phrase("group_is_smaller"), Phrase("at_most", {"limit": size})
            problems.append(bad_value(f"{where}, column most", "most", *words, row.most))
        if (row.item, row.group) in found:
            values = {"name": Phrase("row"), "value": f"{row.item}, {row.group}"}
            problems.append(Problem("repeated", where, values))
        found[row.item, row.group] = row
    if problems:
        raise DefinitionError(problems)
    return found


def _sizes(organisation: Organisation) -> dict[str, int]:
    """Units in each group, of every level."""
    frame = organisation.frame()
    return {
        group: int((frame[level.id] == group).sum())
        for level in organisation.levels
        for group in level.group_ids
    }


def _dangling(row: PossibleCount, valid: Mapping[str, list[str]], where: str) -> Iterator[Problem]:
    for name, names in valid.items():
        value = str(getattr(row, name))
        if value not in names:
            values = {"name": name, "value": value, "hint": hint(value, names)}
            yield Problem(
                "dangling", f"{where}, column {name}", values | {"valid": name_list(names)}
            )
