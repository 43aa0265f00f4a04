"""Tables with the answers of many that nothing is known of: neither forms nor read as exports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from misbrug_analysis.intake.exports.long import Asked
from misbrug_analysis.intake.exports.recognising import unit_headings
from misbrug_analysis.intake.exports.tables import HEAD_ROWS
from misbrug_analysis.intake.grid import Cell, Sheet
from misbrug_analysis.model.errors import name_list
from misbrug_analysis.model.study import Study

_FEWEST: Final = 3
"""Headings of a table; what stands above a form has one or two cells on a row."""

_ROWS: Final = 2
"""Rows below the headings; fewer are hardly those of many."""


def as_unmapped(
    sheets: Sequence[Sheet], source: str, study: Study
) -> tuple[str, dict[str, object]] | None:
    """The fault of a file that is a table of many responses, with what it tells; None of others.

    But for titles above it, the first row that holds anything is the widest one, and questions do
    not stand below each other, as they do in a form that has lost its headings.
    """
    asked = Asked(study.instrument, {})
    for sheet in sheets:
        first, *below = _without_titles([list(cells.values()) for cells in sheet.rows().values()])
        if len(first) < _FEWEST or len(below) < _ROWS:
            continue
        if any(len(cells) > len(first) for cells in below):
            continue
        if sum(asked.named(cells[0].text) is not None for cells in [first, *below]) > 1:
            continue
        told: dict[str, object] = {"study": study.id, "file": source.partition("/")[2] or source}
        told |= {"columns": len(first), "rows": len(below)}
        told["headings"] = name_list(unit_headings(study))
        named = sum(asked.named(cell.text) is not None for cell in first)
        return "export_without_unit" if named > 1 else "export_unmapped", told
    return None


def _without_titles(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows from the first one on that fills half as many cells as the fullest near the top."""
    most = max(map(len, rows[:HEAD_ROWS]), default=0)
    first = next((at for at, cells in enumerate(rows) if 2 * len(cells) >= most), 0)
    return rows[first:] or [[]]
