"""What units answer to questions that are not scored."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from misbrug_analysis.model.instrument import Item


def choosing(answers: pd.DataFrame, item: Item, option: str) -> tuple[int, int]:
    """How many units chose an option of a question, and how many answered it.

    ``option`` is an answer code, or a label as it is stored. Where a unit's forms differ, the unit
    counts for an option of several that can hold at once (``multiple``) when one form chose it, and
    for any other only when all of its forms that answered did: as with split answers, what holds
    for a part of the unit does not hold for the unit.
    """
    chose = _chose(answers, item, option)
    return int(chose.sum()), int(chose.size)


def choosing_by_group(
    answers: pd.DataFrame, item: Item, option: str, groups: pd.Series
) -> pd.DataFrame:
    """``choosing`` for each group: a row a group, columns ``chose`` and ``answered``.

    ``groups`` has the group of each unit, by unit; a group in which nobody answered is there too.
    Answers of units that stand in no group do not count.
    """
    chose = _chose(answers, item, option)
    grouped = chose.groupby(groups.reindex(chose.index))
    counts = pd.DataFrame({"chose": grouped.sum(), "answered": grouped.size()})
    return counts.reindex(groups.unique(), fill_value=0).astype("int64").rename_axis("group")


def differing(answers: pd.DataFrame, item: Item) -> int:
    """How many units count for none of the answers to a question of one, as their forms differ.

    With those that ``choosing`` counts for each answer they make up all that answered. Raises
    ValueError for a question of several answers, where a unit counts for what any form chose.
    """
    if item.type == "multiple":
        raise ValueError(f"{item.id} takes several answers; a unit's forms count together")
    given = answers[answers["item"] == item.id]
    return int((given.groupby("unit")["value"].nunique() > 1).sum())


def choosing_each(answers: pd.DataFrame, item: Item, options: Sequence[str]) -> pd.DataFrame:
    """Which units ``choosing`` counts for each option: a row a unit that answered the question."""
    given = answers[answers["item"] == item.id]
    chosen = given["value"].str.split("; ").to_list()
    chose = {option: [option in one for one in chosen] for option in options}
    by_unit = pd.DataFrame(chose, index=given.index, dtype="bool").groupby(given["unit"])
    return by_unit.any() if item.type == "multiple" else by_unit.all()


def _chose(answers: pd.DataFrame, item: Item, option: str) -> pd.Series:
    """Whether each unit that answered the question chose the option, by unit."""
    return choosing_each(answers, item, [option])[option]
