"""The ledger: one row per cell, each with a fate, so that nothing disappears.

Cells are every non-empty cell of a file and every answer position of the instrument.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from misbrug_analysis.intake.grid import Cell
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.model.privacy import masked
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

FILE = "file"
"""The locator of a file as a whole: in the ledger of one without cells, and under ``accept``."""


class FileLedger:
    """The ledger of one file, with the faults that are found in it.

    Every non-empty cell is in it from the start, as context. ``accepted`` are the locators that
    the study accepts: what would be rejected there becomes blank, and the locator is ``needed``.
    """

    def __init__(self, source: str, cells: Iterable[Cell], accepted: Collection[str] = ()) -> None:
        self.source = source
        self.needed: set[str] = set()
        self._accepted = accepted
        self._rows = {cell.locator: (masked(cell.text), "context", "label") for cell in cells}
        self._problems: list[Problem] = []
        self._instead: tuple[tuple[str, ...], str, str] | None = None

    @property
    def usable(self) -> bool:
        """Whether the form's answers count, as far as is known."""
        return self._instead is None

    @property
    def problems(self) -> list[Problem]:
        """The faults of the file; a form that is left out or superseded has none."""
        set_aside = self._instead is not None and self._instead[1] != "rejected"
        return [] if set_aside else list(self._problems)

    def settle(self, locator: str, fate: str, reason: str, raw: str | None = None) -> None:
        """Give a cell its fate; a position that holds no cell gets a row of its own."""
        known = self._rows.get(locator, ("", "", ""))[0]
        self._rows[locator] = (masked(raw) if raw is not None else known, fate, reason)

    def reject(self, locators: list[str], code: str, /, **values: object) -> None:
        """A fault at the first place; cells at the others cannot be used because of it."""
        accepted = self._accept(locators[0])
        for locator in locators:
            self.settle(locator, *(("blank", "accepted") if accepted else ("rejected", code)))
        if not accepted:
            where = f"{self.source}, {locators[0]}"
            self._problems.append(Problem(code, where, values))

    def reject_form(self, code: str, locator: str = FILE, /, **values: object) -> None:
        """A fault that leaves nothing of the form to use, at a place or of the whole file.

        Where the study accepts it, the form is left out, with whatever else is wrong in it.
        """
        if self._accept(locator):
            self._instead = (("used", "blank", "rejected"), "blank", "accepted")
        elif self._instead is None:
            self._instead = (("used", "blank"), "rejected", code)
        if locator != FILE:
            self.reject([locator], code, **values)
            return
        self._problems.append(Problem(code, self.source, values))
        if not self._rows:
            self.settle(FILE, "used", FILE, raw=self.source.rpartition("/")[2])

    def supersede(self) -> None:
        """A later form is used in place of this one, and of what was wrong in it."""
        self._instead = (("used", "blank", "rejected"), "superseded", "later_form")

    def rows(self) -> list[dict[str, str]]:
        """The rows in the columns of the ledger."""
        fates, fate, reason = self._instead or ((), "", "")
        return [
            {"source": self.source, "locator": at, "raw": raw}
            | ({"fate": fate, "reason": reason} if was in fates else {"fate": was, "reason": why})
            for at, (raw, was, why) in self._rows.items()
        ]

    def _accept(self, locator: str) -> bool:
        accepted = locator in self._accepted
        if accepted:
            self.needed.add(locator)
        return accepted


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
