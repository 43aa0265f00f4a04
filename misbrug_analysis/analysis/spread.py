"""How values lie between the lowest and the highest."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd


class Spread(NamedTuple):
    """The lowest and the highest value, the quartiles and the middle one, in the values' unit."""

    lowest: float
    lower: float
    middle: float
    upper: float
    highest: float


def spread(values: pd.Series[float]) -> Spread:
    """The spread of some values; quartiles are linear between two of them, missing ones left out.

    Raises ValueError where there is no value.
    """
    given = values.dropna()
    if given.empty:
        raise ValueError("there is no value to tell the spread of")
    return Spread(*(float(one) for one in given.quantile([0, 0.25, 0.5, 0.75, 1])))
