"""Units counted by what a study says of them: large and small, joint and split."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.analysis.scoring import score
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.settings import Rules

UNSAID = ""
"""The group of the units of which an attribute says nothing."""


def compared_by(
    consolidated: pd.DataFrame,
    units: pd.DataFrame,
    attributes: list[str],
    instrument: Instrument,
    rules: Rules,
) -> pd.DataFrame:
    """Counts, shares and bounds of every item among the units of each value of each attribute.

    ``consolidated`` is the table of that name; ``units`` has a row a unit and a column an
    attribute. Returns the columns of ``scores``, where ``level`` is the attribute and ``group`` its
    value. Units without a value are a group of their own, ``UNSAID``, since a comparison that left
    them out would not add up to those who were asked. Attributes stand in the order given, values
    sorted, that group last.
    """
    said = units[["unit", *attributes]].fillna(UNSAID)
    found = score(consolidated, said, attributes, instrument, rules)
    found = found[found["level"] != "unit"]
    keys = pd.DataFrame(
        {
            "level": found["level"].map({name: at for at, name in enumerate(attributes)}),
            "unsaid": found["group"] == UNSAID,
            "group": found["group"],
        }
    )
    order = keys.sort_values(["level", "unsaid", "group"], kind="stable").index
    return found.loc[order].reset_index(drop=True)
