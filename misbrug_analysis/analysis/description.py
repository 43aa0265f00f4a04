"""What units answer to questions that are not scored."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.model.instrument import Item


def choosing(answers: pd.DataFrame, item: Item, option: str) -> tuple[int, int]:
    """How many units chose an option of a question, and how many answered it.

    ``option`` is an answer code, or a label as it is stored. Where a unit's forms differ, the unit
    counts for an option of several that can hold at once (``multiple``) when one form chose it, and
    for any other only when all of its forms that answered did: as with split answers, what holds
    for a part of the unit does not hold for the unit.
    """
    given = answers[answers["item"] == item.id]
    chose = given["value"].str.split("; ").map(lambda chosen: option in chosen).astype("bool")
    by_unit = chose.groupby(given["unit"])
    settled = by_unit.any() if item.type == "multiple" else by_unit.all()
    return int(settled.sum()), int(settled.size)
