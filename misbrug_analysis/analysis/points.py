"""The points that each unit has for each indicator."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.settings import Rules


def unit_points(
    consolidated: pd.DataFrame, answers: pd.DataFrame, instrument: Instrument, rules: Rules
) -> pd.DataFrame:
    """Points of every unit asked and indicator: ``unit, indicator, points``, missing where none.

    ``consolidated`` and ``answers`` are the tables of these names.
    """
    raise NotImplementedError
