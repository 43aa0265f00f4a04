"""How far the respondents of a unit agree, and the gaps between their roles."""

from __future__ import annotations

from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.datasets.description import Dataset
from misbrug_analysis.presentation.datasets.naming import Naming


def agreement(naming: Naming, results: Results) -> Dataset | None:
    """Krippendorff's alpha of the round and of each unit, where several respondents answer."""
    return None


def role_gaps(naming: Naming, results: Results) -> Dataset | None:
    """What each role says on average, and how far apart they are."""
    return None
