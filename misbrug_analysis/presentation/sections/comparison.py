"""Units compared by what the study says of them."""

from __future__ import annotations

from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.report import Report


def comparison(report: Report) -> list[Block]:
    """How many count as yes among units of each kind, if the study compares them."""
    return []
