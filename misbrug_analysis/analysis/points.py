"""The points that each unit has for each indicator (docs/scores.md)."""

from __future__ import annotations

from statistics import fmean

import numpy as np
import pandas as pd

from misbrug_analysis.analysis.respondents import merged
from misbrug_analysis.analysis.settling import Counts, Shares
from misbrug_analysis.model.answer_words import Standing
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.settings import Rules


def unit_points(
    consolidated: pd.DataFrame, answers: pd.DataFrame, instrument: Instrument, rules: Rules
) -> pd.DataFrame:
    """Points of every unit asked and indicator: ``unit, indicator, points``, missing where none.

    ``consolidated`` and ``answers`` are the tables of these names; rows stand as in the first. The
    points are those of the unit's own answer where this counts as the settled one does. Of several
    forms that count so, ``rules.split`` takes the fewest points (``no``), the most (``any``) or the
    lower median (``majority``); merged respondents have their merged points.

    Where no form says what was settled, since a rule on partly answers or split forms, or a ruling,
    has changed it, a yes has the most points that a yes earns, a no the fewest that a no earns, and
    a partly the mean. Who is absent or left the item blank has no points, or the best or the
    poorest of all where ``rules.absent`` and ``rules.missing`` count them as yes or no.
    """
    units = pd.Index(consolidated["unit"].unique())
    items = pd.Index(consolidated["indicator"].unique())
    cell = _cells(consolidated["unit"], consolidated["indicator"], units, items)
    settled = np.full(len(units) * len(items), "", dtype=object)
    settled[cell] = consolidated["answer"].to_numpy(dtype=object)
    points = pd.Series(settled).map(_changed(instrument, rules)).to_numpy(dtype=float, copy=True)

    said = merged(answers, instrument)
    place = _cells(said["unit"], said["item"], units, items)
    own = _own_points(said, instrument)
    standing = said["value"].map(instrument.standings).to_numpy(dtype=object)
    rows = (place >= 0) & ~np.isnan(own)
    rows[rows] = standing[rows] == settled[place[rows]]
    where, chosen = _of_forms(place[rows], own[rows], rules)
    points[where] = chosen
    return consolidated[["unit", "indicator"]].assign(points=points[cell]).reset_index(drop=True)


def _cells(unit: pd.Series, item: pd.Series, units: pd.Index, items: pd.Index) -> Counts:
    """The number of each row's unit and item, below 0 where either is not among those given."""
    row, column = units.get_indexer(pd.Index(unit)), items.get_indexer(pd.Index(item))
    cells: Counts = np.where((row < 0) | (column < 0), -1, row * len(items) + column)
    return cells


def _own_points(said: pd.DataFrame, instrument: Instrument) -> Shares:
    """The points of each row of ``merged``; missing where an answer earns none."""
    merged_points = "points" in said
    points = said["points"] if merged_points else said["value"].map(instrument.points_of)
    return np.asarray(points, dtype=np.float64)


def _of_forms(cell: Counts, points: Shares, rules: Rules) -> tuple[Counts, Shares]:
    """The cells that some form answered, and the points that the split rule takes in each."""
    order = np.lexsort((points, cell))
    cells, first, forms = np.unique(cell[order], return_index=True, return_counts=True)
    nth = {"no": np.zeros_like(forms), "any": forms - 1, "majority": (forms - 1) // 2}
    return cells, points[order][first + nth[rules.split]]


def _changed(instrument: Instrument, rules: Rules) -> dict[str, float]:
    """The points of what no form says: of changed answers and, if they count, of missing ones."""
    every = list(instrument.points_of.values())

    def of(standing: Standing) -> list[float]:
        """The points of the answers that count so; of all where none does."""
        codes = [code for code in instrument.answers if instrument.standings[code] == standing]
        return [instrument.points_of[code] for code in codes] or every

    missing = {"out": np.nan, "as_no": min(every), "as_yes": max(every)}
    return {
        "yes": max(of("yes")),
        "partly": fmean(of("partly")),
        "no": min(of("no")),
        "unanswered": missing[rules.missing],
        "absent": missing[rules.absent],
    }
