"""Who answered in each unit, how far they agree, and where roles differ."""

from __future__ import annotations

from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.report import Report


def respondents(report: Report) -> list[Block]:
    """How many answered, their agreement and the gaps between roles, if several of a unit do."""
    return []
