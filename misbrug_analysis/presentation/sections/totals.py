"""Totals and ranks of units and groups, and of the chapters of the instrument."""

from __future__ import annotations

from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.report import Report


def totals(report: Report) -> list[Block]:
    """Which units and groups have most points, and where, if the study adds points up."""
    return []
