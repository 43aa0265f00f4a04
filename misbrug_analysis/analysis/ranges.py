"""How far each count moves, over all variants of the rules and over all ways to count absence."""

from __future__ import annotations

import numpy as np
import pandas as pd

from misbrug_analysis.analysis.counting import counted
from misbrug_analysis.analysis.settling import ABSENT, UNANSWERED, YES, Counts, Flags
from misbrug_analysis.analysis.variants import changed_alone
from misbrug_analysis.model.settings import Rules

TOGETHER = "together"
"""What moves a count that no setting moves alone."""


def ranges_of(
    keys: pd.DataFrame, counts: Counts, variants: pd.DataFrame, rules: Rules
) -> pd.DataFrame:
    """The table ``Sensitivity.ranges``.

    ``keys`` has a row for each count; ``counts`` goes over variants, those rows, and
    ``settling.ANSWERS``.
    """
    yes, partly, no = counted(counts, rules)
    n = yes + partly + no
    differs = (yes != yes[0]) | (partly != partly[0]) | (n != n[0])
    plain = counts[..., YES]
    most = plain + counts[..., ABSENT] + counts[..., UNANSWERED]
    return keys.assign(
        yes=yes[0],
        n=n[0],
        low=yes.min(axis=0),
        high=yes.max(axis=0),
        varies=differs.sum(axis=0),
        moved_by=moved_by(differs, variants),
        absent_low=plain[0],
        absent_high=most[0],
        asked=counts[0].sum(axis=-1),
        lowest=plain.min(axis=0),
        highest=most.max(axis=0),
    )


def moved_by(differs: Flags, variants: pd.DataFrame) -> list[str]:
    """For each column of ``differs``, whose rows are variants: the settings that move it alone.

    They are joined by ``; ``; ``together`` where only several do, empty where nothing does.
    """
    alone = changed_alone(variants)
    moving = {setting: differs[where].any(axis=0) for setting, where in alone.items()}
    told = np.full(differs.shape[1], "", dtype=object)
    for setting, moves in moving.items():
        told[moves] = np.where(told[moves] == "", setting, told[moves] + ("; " + setting))
    told[(told == "") & differs.any(axis=0)] = TOGETHER
    return list(told)
