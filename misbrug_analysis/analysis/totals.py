"""Totals, percentages and ranks of units and groups, per topic, chapter and in all."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.totals import Totals


def totals(
    points: pd.DataFrame,
    units: pd.DataFrame,
    levels: list[str],
    instrument: Instrument,
    settings: Totals,
) -> pd.DataFrame:
    """Totals of every unit and group, in every topic, chapter and in all (``TOTAL``).

    ``points`` is what ``unit_points`` returned; ``units`` has a row a unit with its group in a
    column a level. Returns ``level, group, item, points, possible, share, answered, asked, units,
    rank, tied``: ``share`` (0 to 1) is points by possible, ``units`` how many have a total,
    ``rank`` is among those of the same level and missing without a total, ``tied`` with how many.
    """
    raise NotImplementedError
