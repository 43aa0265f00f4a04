"""The ledger: one row per cell, each with a fate, so that nothing disappears.

Cells are every non-empty cell of a file and every answer position of the instrument.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TypeVar

import pandas as pd

from misbrug_analysis.intake.cleaning import excerpt
from misbrug_analysis.intake.grid import Cell
from misbrug_analysis.intake.remedies import Remedy
from misbrug_analysis.model import places
from misbrug_analysis.model.decisions import NOTHING
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.model.tables import COLUMNS, FATES

T = TypeVar("T")

REASONS = (
    "answer",
    "normalised",
    "ticked",
    "decided",
    "remark",
    "unit",
    "form",
    "date",
    "role",
    "respondent",
    "question",
    "by_question",
    "item",
    "heading",
    "codebook",
    "unused_column",
    "untied_column",
    "other_row",
    "not_begun",
    "withdrawn",
    "label",
    "note",
    "stamp",
    "other_sheet",
    "no_answer",
    "missing_word",
    "missing_as_no",
    "no_row",
    "later_form",
    "same_file",
    "accepted",
)
"""Why a cell has its fate; a rejected cell has the code of its fault instead."""

OF_SOME = ("role", "respondent", "other_row", "missing_as_no")
"""Reasons that only some rounds have; what describes the ledger of others leaves them out."""

FILE = places.FILE
"""The locator of a file as a whole: in the ledger of one without cells, and under ``accept``."""


def _unreadable(_text: str) -> None:
    """Nothing can be read in place of what is rejected."""


class FileLedger:
    """The ledger of one file, with the faults that are found in it.

    Every non-empty cell is in it from the start, as context. ``remedies`` are what the study says
    of places that would be rejected; those that are needed end in ``needed``.

    The ledger of one response among many in a file has the locator of that response as its
    ``whole``, and only the cells that something has to be told of; all others of the file stand in
    a table of the export. Its ``owner`` is what the unit is called that the row names: a row of
    an export that is made anew can be another's, so a decision holds only where it names whose
    answer it is. A row whose unit was decided on has none; that decision holds for it alone.
    """

    def __init__(
        self,
        source: str,
        cells: Iterable[Cell],
        remedies: Mapping[str, Remedy] | None = None,
        whole: str = FILE,
    ) -> None:
        self.source = source
        self.whole = whole
        self.owner = ""
        self.needed: set[str] = set()
        self._remedies = remedies or {}
        self._rows: dict[str, tuple[str, str, str]] = {}
        self._meant: dict[str, str] = {}
        self.take(cells)
        self.warnings: list[Problem] = []
        self._problems: list[Problem] = []
        self._instead: tuple[tuple[str, ...], str, str] | None = None

    def take(self, cells: Iterable[Cell], meant: str = "") -> None:
        """Take in cells of the file, as context; ``meant`` is what a code in them stands for."""
        for cell in cells:
            self._rows[cell.locator] = (masked(cell.text), "context", "label")
            if meant:
                self._meant[cell.locator] = meant

    @property
    def where(self) -> str:
        """The form as a whole, as messages name it."""
        return self.source if self.whole == FILE else f"{self.source}, {self.whole}"

    @property
    def usable(self) -> bool:
        """Whether the form's answers count, as far as is known."""
        return self._instead is None

    @property
    def instead(self) -> tuple[tuple[str, ...], str, str] | None:
        """The fates that do not hold because of a form that does not count; the fate and reason
        in their place."""
        return self._instead

    @property
    def problems(self) -> list[Problem]:
        """The faults of the file; a form that is left out or superseded has none."""
        set_aside = self._instead is not None and self._instead[1] != "rejected"
        return [] if set_aside else list(self._problems)

    def settle(self, locator: str, fate: str, reason: str, raw: str | None = None) -> None:
        """Give a cell its fate; a position that holds no cell gets a row of its own."""
        known = self._rows.get(locator, ("", "", ""))[0]
        self._rows[locator] = (masked(raw) if raw is not None else known, fate, reason)

    def fate(self, locator: str) -> tuple[str, str]:
        """The fate of a cell so far, and its reason."""
        _, fate, reason = self._rows.get(locator, ("", "", ""))
        return fate, reason

    def is_decided(self, locator: str) -> bool:
        """Whether the study says something of a place."""
        return locator in self._remedies

    def warn(self, locator: str, code: str, /, **values: object) -> None:
        """Tell of a place what may be wrong; nothing of it is kept from being used."""
        where = f"{self.source}, {locator}"
        self.warnings.append(Problem(code, where, values, self.source, locator))

    def reject(
        self,
        locators: list[str],
        code: str,
        reads: Callable[[str], T | None] = _unreadable,
        /,
        **values: object,
    ) -> T | None:
        """A fault at the first place; cells at the others cannot be used because of it.

        Where the study has decided on the first place, that is settled instead: the others are
        left as they are, and what ``reads`` makes of the decision is returned.
        """
        at = locators[0]
        remedy = self._remedy(at)
        read = None
        if remedy is not None:
            code, values, read = self._apply(remedy, at, reads, values)
            if read is not None:
                self.settle(at, "used", remedy.reason)
                return read
        fate = ("blank", remedy.reason) if remedy is not None and not code else ("rejected", code)
        for locator in locators:
            self.settle(locator, *fate)
        if code:
            self._problems.append(Problem(code, f"{self.source}, {at}", values, self.source, at))
        return None

    def reject_form(
        self,
        code: str,
        locator: str = "",
        reads: Callable[[str], T | None] = _unreadable,
        /,
        **values: object,
    ) -> T | None:
        """A fault that leaves nothing of the form to use, at a place or else of the whole of it.

        Where the study accepts it or decides on it, the form is left out with whatever else is
        wrong in it, or what ``reads`` makes of the decision is returned.
        """
        locator = locator or self.whole
        remedy = self._remedy(locator)
        if remedy is not None:
            code, values, read = self._apply(remedy, locator, reads, values)
            if read is not None:
                if locator != self.whole:
                    self.settle(locator, "used", remedy.reason)
                return read
        if remedy is not None and not code:
            self._instead = (("used", "blank", "rejected"), "blank", remedy.reason)
        elif self._instead is None:
            self._instead = (("used", "blank"), "rejected", code)
        where = self.where
        if locator == self.whole:
            if not self._rows and self.whole == FILE:
                self.settle(FILE, "used", FILE, raw=self.source.rpartition("/")[2])
        else:
            where = f"{self.source}, {locator}"
            self.settle(locator, "rejected", code)
        if code:
            self._problems.append(Problem(code, where, values, self.source, locator))
        return None

    def supersede(self, reason: Literal["later_form", "same_file"]) -> None:
        """Another form is used in place of this one, and of what was wrong in it."""
        self._instead = (("used", "blank", "rejected"), "superseded", reason)

    def give_up(self, code: str) -> None:
        """Use nothing of the form because of a fault that is told of the whole file."""
        if self._instead is None:
            self._instead = (("used", "blank"), "rejected", code)

    def leave_out(self) -> None:
        """Leave the form out where the study says so, whether or not it would be rejected."""
        for at in (self.whole, FILE):
            remedy = self._remedies.get(at)
            if remedy is None or remedy.reads_as is not None:
                continue
            if at == FILE or remedy.holds(self.owner):
                self.needed.add(at)
                self._instead = (("used", "blank", "rejected"), "blank", remedy.reason)

    def rows(self) -> list[dict[str, str]]:
        """The rows in the columns of the ledger."""
        fates, fate, reason = self._instead or ((), "", "")
        return [
            {"source": self.source, "locator": at, "raw": raw}
            | ({"fate": fate, "reason": reason} if was in fates else {"fate": was, "reason": why})
            for at, (raw, was, why) in self._rows.items()
        ]

    def _remedy(self, locator: str) -> Remedy | None:
        remedy = self._remedies.get(locator)
        if remedy is not None:
            self.needed.add(locator)
        return remedy

    def _apply(
        self,
        remedy: Remedy,
        locator: str,
        reads: Callable[[str], T | None],
        values: Mapping[str, object],
    ) -> tuple[str, dict[str, object], T | None]:
        """The fault that stands in spite of a remedy, if any, or what is read by it."""
        asked = {name: value for name, value in values.items() if name == "item"}
        if locator != FILE and not self._holds(remedy, locator):
            found = {"found": excerpt(remedy.found or ""), "value": self.found(locator)}
            return "decision_outdated", asked | found, None
        if remedy.reads_as is None:
            return "", {}, None
        read = reads(remedy.reads_as)
        if read is not None:
            return "", {}, read
        told = {"value": excerpt(remedy.reads_as), "valid": values.get("valid", "–")}
        return "bad_decision", asked | told, None

    def found(self, locator: str) -> str:
        """What a decision on a place says was found there: the text, after its owner's name."""
        if locator == self.whole:
            return self.owner or NOTHING[0]
        raw = excerpt(self._rows.get(locator, ("", "", ""))[0]) or NOTHING[0]
        return f"{self.owner}: {raw}" if self.owner else raw

    def _holds(self, remedy: Remedy, locator: str) -> bool:
        """Whether what was decided on still stands at a place, and is the same unit's."""
        if locator == self.whole:
            return remedy.holds(self.owner)
        own = remedy.found_of(self.owner)
        raw = self._rows.get(locator, ("", "", ""))[0]
        stands = [raw, *([self._meant[locator]] if locator in self._meant else [])]
        return own is not None and any(map(own.holds, stands))


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
