"""How much each unit says yes to."""

from __future__ import annotations

import pandas as pd


def yes_per_unit(consolidated: pd.DataFrame) -> pd.DataFrame:
    """Of each unit that answered an indicator, how many it answered and says yes to.

    Returns ``unit, yes, answered`` (numbers of indicators), units in the order of ``consolidated``.
    A unit that is absent, or left every indicator blank, is left out.
    """
    given = consolidated[consolidated["answer"].isin(["yes", "partly", "no"])]
    says_yes = (given["answer"] == "yes").groupby(given["unit"], sort=False)
    return says_yes.agg(yes="sum", answered="size").reset_index()
