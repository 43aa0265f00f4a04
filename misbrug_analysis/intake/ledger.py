"""The ledger: one row per cell, each with a fate, so that nothing disappears.

Cells are every non-empty cell of a file and every answer position of the instrument.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from misbrug_analysis.intake.grid import Cell
from misbrug_analysis.intake.privacy import masked
from misbrug_analysis.model.tables import COLUMNS, FATES

REASONS = (
    "answer",
    "remark",
    "unit",
    "form",
    "date",
    "question",
    "label",
    "note",
    "other_sheet",
    "no_answer",
    "no_row",
    "later_form",
    "accepted",
)
"""Why a cell has its fate; a rejected cell has the code of its fault instead."""


class FileLedger:
    """The ledger of one file: every non-empty cell is in it from the start, as context."""

    def __init__(self, source: str, cells: Iterable[Cell], reason: str = "label") -> None:
        self._source = source
        self._rows = {cell.locator: (masked(cell.text), "context", reason) for cell in cells}

    def settle(self, locator: str, fate: str, reason: str, raw: str | None = None) -> None:
        """Give a cell its fate; a position that holds no cell gets a row of its own."""
        known = self._rows.get(locator, ("", "", ""))[0]
        self._rows[locator] = (masked(raw) if raw is not None else known, fate, reason)

    def reject_all(self, code: str) -> None:
        """No cell of the file can be used."""
        self._rows = {key: (raw, "rejected", code) for key, (raw, _, _) in self._rows.items()}

    def rows(self) -> list[dict[str, str]]:
        """The rows in the columns of the ledger."""
        return [
            {"source": self._source, "locator": at, "raw": raw, "fate": fate, "reason": reason}
            for at, (raw, fate, reason) in self._rows.items()
        ]


def supersede(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The ledger of a file in whose place a later one is used."""
    return [
        row | {"fate": "superseded", "reason": "later_form"}
        if row["fate"] in ("used", "blank")
        else row
        for row in rows
    ]


def ledger_frame(rows: list[dict[str, str]]) -> pd.DataFrame:
    """Ledger rows as the table ``ledger``."""
    return pd.DataFrame(rows, columns=list(COLUMNS["ledger"]), dtype="str")


def fates_by_source(ledger: pd.DataFrame) -> pd.DataFrame:
    """Cells per file and fate, with a column ``cells`` that is their sum.

    Rows are files (index ``source``), columns the fates in their order, then ``cells``.
    """
    counts = pd.crosstab(ledger["source"], ledger["fate"]).reindex(columns=list(FATES))
    counts = counts.fillna(0).astype("int64")
    counts["cells"] = ledger.groupby("source").size()
    return counts
