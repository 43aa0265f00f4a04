"""Totals of a study's units and groups, and its units compared by what it says of them."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.analysis.comparison import compared_by
from misbrug_analysis.analysis.points import unit_points
from misbrug_analysis.analysis.totals import TOTALS, totals
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import COLUMNS, Results


def totals_of(study: Study, results: Results) -> pd.DataFrame:
    """The columns of ``analysis.totals.totals``; no row where the study adds no points up."""
    if study.settings.totals is None:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in TOTALS.items()})
    points = unit_points(results.consolidated, results.answers, study.instrument, study.rules)
    organisation = study.organisation
    levels = [level.id for level in organisation.levels]
    return totals(points, organisation.frame(), levels, study.instrument, study.settings.totals)


def comparisons_of(study: Study, results: Results) -> pd.DataFrame:
    """The columns of ``scores``: ``level`` is an attribute that the study compares by.

    ``group`` is its value, in the order in which the study lists them, then as they are sorted,
    and empty, last, for units without one. No row where it compares by none.
    """
    compared = study.settings.compare_by
    if not compared:
        kinds = COLUMNS["scores"]
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})
    found = compared_by(
        results.consolidated,
        study.organisation.frame(),
        [one.attribute for one in compared],
        study.instrument,
        study.rules,
    )
    listed = {(one.attribute, value): at for one in compared for at, value in enumerate(one.values)}
    last = len(listed)
    order = [listed.get(pair, last) for pair in zip(found["level"], found["group"], strict=True)]
    attributes = {one.attribute: at for at, one in enumerate(compared)}
    keys = pd.DataFrame({"level": found["level"].map(attributes), "at": order})
    return found.iloc[keys.sort_values(["level", "at"], kind="stable").index].reset_index(drop=True)
