"""What units answer to questions that are answered with a number."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from misbrug_analysis.analysis.description import UNITS
from misbrug_analysis.model.instrument import Item

SUMMARY = ("answered", "median", "lowest", "highest", "differing")
"""How many gave a number, the middle one, the ends, and how many gave several that differ."""


def numbers_given(answers: pd.DataFrame, item: Item, by: Sequence[str] = UNITS) -> pd.Series:
    """The number that each unit gave, by unit; missing where its forms give several that differ.

    ``by`` names the columns of ``answers`` that tell who answers, as in ``description``.
    """
    given = answers[answers["item"] == item.id]
    said = pd.to_numeric(given["value"]).astype("float64")
    grouped = said.groupby([given[column] for column in by])
    return grouped.first().where(grouped.nunique() == 1)


def summarised(numbers: pd.Series, groups: pd.Series) -> pd.DataFrame:
    """The columns ``SUMMARY`` of what ``numbers_given`` returns, a row a group.

    ``groups`` has the group of each unit, by unit; the median and the ends are missing in a group
    in which nobody gave a number. Units that stand in no group do not count.
    """
    units = numbers.index.get_level_values("unit")
    grouped = numbers.groupby(groups.reindex(units).to_numpy())
    table = pd.DataFrame(
        {
            "answered": grouped.count(),
            "median": grouped.median(),
            "lowest": grouped.min(),
            "highest": grouped.max(),
            "differing": grouped.size() - grouped.count(),
        }
    ).reindex(groups.unique())
    counts = {name: table[name].fillna(0).astype("int64") for name in ("answered", "differing")}
    return table.assign(**counts)[list(SUMMARY)].rename_axis("group")
