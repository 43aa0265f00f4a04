"""How many of every group chose each option of a question, counted once for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from misbrug_analysis.analysis.description import UNITS
from misbrug_analysis.model.instrument import Item


@dataclass
class Chosen:
    """How many of a group answered a question, and how many of them chose each option."""

    answered: int = 0
    chose: Counter[str] = field(default_factory=Counter)


def chosen_by_group(
    answers: pd.DataFrame,
    item: Item,
    options: Sequence[str],
    units: pd.DataFrame,
    by: Sequence[str] = UNITS,
) -> dict[tuple[str, str], Chosen]:
    """``description.choosing`` for each option in each group, by level and group.

    ``units`` has a row a unit (its index) with its group in a column a level; a group in which
    nobody answered is there too. ``by`` is as in ``description``.
    """
    given = answers[answers["item"] == item.id]
    said: dict[tuple[str, ...], list[set[str]]] = {}
    for *who, value in zip(*(given[name] for name in (*by, "value")), strict=True):
        said.setdefault(tuple(who), []).append(set(value.split("; ")))
    unit = list(by).index("unit")
    places = {
        name: [(str(level), str(group)) for level, group in zip(units, row, strict=True)]
        for name, *row in units.itertuples(name=None)
    }
    found = {(str(level), str(group)): Chosen() for level in units for group in units[level]}
    for answering, forms in said.items():
        chose = set.union(*forms) if item.type == "multiple" else set.intersection(*forms)
        for place in places.get(answering[unit], []):
            found[place].answered += 1
            found[place].chose.update(chose.intersection(options))
    return found
