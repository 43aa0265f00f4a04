"""Totals of units and groups, and units compared by what the study says of them."""

from __future__ import annotations

from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.datasets.description import Dataset
from misbrug_analysis.presentation.datasets.naming import Naming


def totals(naming: Naming, results: Results) -> Dataset | None:
    """Points, percentages and ranks, where the study adds points up."""
    return None


def comparisons(naming: Naming, results: Results) -> Dataset | None:
    """Counts by attributes of units, where the study compares by them."""
    return None
