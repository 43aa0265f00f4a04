"""The cells of an export that cannot be read: told one by one as far as a person can bear it."""

from __future__ import annotations

import re
from functools import cached_property, partial

import numpy as np
import pandas as pd

from misbrug_analysis.intake.answers import AnswerWords, Misread
from misbrug_analysis.intake.exports.cells import Places
from misbrug_analysis.intake.exports.exported import Exported
from misbrug_analysis.intake.exports.given import ANSWERS, Clash
from misbrug_analysis.intake.exports.tables import repeated
from misbrug_analysis.intake.exports.understanding import (
    ANSWER,
    REMARK_PART,
    OptionMarks,
    Said,
    Texts,
)
from misbrug_analysis.intake.forms import Form
from misbrug_analysis.intake.grid import Cell
from misbrug_analysis.intake.ledger import FileLedger
from misbrug_analysis.model.errors import Whereabouts
from misbrug_analysis.model.instrument import Instrument

_COLUMN = re.compile(r"(row \d+) column \d+|(.+)![A-Z]+(\d+)", re.DOTALL)

LISTED = 5_000
"""Faults of cells that an export can have one by one; further ones stand in the ledger alone."""


class FaultyCells:
    """Settles the cells that cannot be read, in the ledgers of their forms and in a table.

    ``said`` is changed where the study has decided how a cell is read. ``fate`` is that of each
    row of what is given; ``unlisted`` are the items whose faults are in the table alone, by form.
    """

    def __init__(
        self,
        exported: Exported,
        said: Said,
        places: Places,
        forms: list[Form],
        instrument: Instrument,
        words: AnswerWords,
    ) -> None:
        given = exported.given
        self._exported = exported
        self._said = said
        self._forms = forms
        self._words = words
        self._options = OptionMarks(words, instrument)
        self._instrument = instrument
        self._items = {item.id: item for item in instrument.items}
        self._form = places.form_of[given["response"].to_numpy(dtype="int64")]
        self._item = given["item"].to_numpy(dtype=object)
        self._part = given["part"].to_numpy(dtype=object)
        self._locator = given["locator"].to_numpy(dtype=object)
        self._cell = places.cell
        self._texts = exported.cells["text"].to_numpy(dtype=object)
        self._remedies: set[str] = set()
        self._listed = 0
        self._left: list[tuple[int, str]] = []
        self._first = self._again(given)
        self.unlisted: dict[int, list[str]] = {}
        self.fate: Texts = repeated("used", len(given))
        self.fate[said.value == ""] = "blank"
        self.fate[said.misread >= 0] = "rejected"

    def settle(self, remedies: set[str]) -> None:
        """Tell every cell that cannot be read; ``remedies`` are the places the study speaks of."""
        self._remedies = remedies
        faulty = np.flatnonzero(self._said.misread >= 0)
        for row in faulty[np.argsort(self._form[faulty], kind="stable")].tolist():
            if self._is_listed(self._told_at(row), self._form[row], self._item[row]):
                self._settle_cell(row)

    def settle_clashes(self, answers: pd.DataFrame, clashes: list[Clash]) -> pd.DataFrame:
        """Reject options that exclude each other; returns the answers with those decided on."""
        decided = []
        for clash in clashes:
            rows = list(clash.rows)
            self.fate[rows], self._said.reason[rows] = "rejected", clash.code
            if self._is_listed(self._locator[rows[0]], clash.form, clash.item):
                value = self._settle_clash(clash)
                if value:
                    raw, at = self._said.raw[rows[0]], self._locator[rows[0]]
                    decided.append((clash.form, clash.item, value, raw, at))
        if not decided:
            return answers
        return pd.concat([answers, pd.DataFrame(decided, columns=list(ANSWERS))], ignore_index=True)

    def sets(self, answers: pd.DataFrame) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
        """The items that each form answers, and those that it leaves unanswered on purpose."""
        answered = self._grouped(answers["form"].to_numpy(dtype="int64"), answers["item"])
        on_purpose = (self._said.reason == "missing_word") & (self._said.misread < 0)
        forms = [*self._form[on_purpose].tolist(), *(form for form, _ in self._left)]
        items = [*self._item[on_purpose].tolist(), *(item for _, item in self._left)]
        return answered, self._grouped(
            np.array(forms, dtype="int64"), pd.Series(items, dtype="str")
        )

    def _again(self, given: pd.DataFrame) -> np.ndarray | None:
        """The first row of the same question in a form, for each row; the others are faults.

        Responses in which nothing was said are no form, and are not taken for one.
        """
        rows = np.flatnonzero((self._part != REMARK_PART) & (self._form >= 0))
        items, _ = pd.factorize(self._item[rows])
        parts, names = pd.factorize(self._part[rows])
        one = (self._form[rows] * (items.max(initial=0) + 1) + items) * max(len(names), 1) + parts
        again = pd.Series(one).duplicated().to_numpy()
        if not again.any():
            return None
        first = np.arange(len(given))
        first[rows] = pd.Series(rows).groupby(one, sort=False).transform("first")
        twice = rows[again & (self._said.reason[rows] != "unknown_item")]
        self._said.misread[twice] = len(self._said.faults)
        self._said.faults.append(Misread("item_twice", {"valid": "–"}))
        self._said.value[twice], self._said.reason[twice] = "", "item_twice"
        return first

    def _is_listed(self, locator: str, form: int, item: str) -> bool:
        """Whether a fault is told by itself; a place that the study speaks of always is."""
        if self._listed >= LISTED and locator not in self._remedies:
            self.unlisted.setdefault(int(form), []).append(item)
            return False
        self._listed += 1
        return True

    def _settle_cell(self, row: int) -> None:
        said, form, at = self._said, int(self._form[row]), self._locator[row]
        item, part = self._item[row], self._part[row]
        ledger = self._forms[form].ledger
        ledger.take([self._as_cell(row)], meant=said.raw[row])
        fault = said.faults[said.misread[row]]
        if fault.code == "unknown_item":
            self._reject_unknown(ledger, row, fault)
            return
        told = fault.values | {"item": item}
        if fault.code == "item_twice" and self._first is not None:
            first = Whereabouts((self._locator[self._first[row]],))
            ledger.reject([at], fault.code, **told, first=first)
            return
        if part == REMARK_PART:
            value = ledger.reject([at], fault.code, str, **told)
        elif part == ANSWER:
            reads = partial(self._words.decided, self._items[item])
            value = ledger.reject([at], fault.code, reads, **told)
        else:
            choice = self._options.decided(self._items[item], int(part))
            read = ledger.reject([at], fault.code, choice, **told)
            value = read.value if read else None
        if value:
            said.value[row], said.misread[row] = value, -1
        elif part == ANSWER and ledger.fate(at)[0] == "blank":
            self._left.append((form, item))

    def _told_at(self, row: int) -> str:
        """Where the fault of a cell is told: what is answered stands in another one."""
        at = str(self._locator[row])
        unknown = self._said.reason[row] == "unknown_item"
        return self._asked_at.get(_row_of(at), at) if unknown else at

    @cached_property
    def _asked_at(self) -> dict[str, str]:
        """The cells that say what is answered, by the rows that they stand in."""
        asked = self._exported.cells.loc[self._exported.cells["role"] == "item", "locator"]
        return {_row_of(at): at for at in asked}

    def _reject_unknown(self, ledger: FileLedger, row: int, fault: Misread) -> None:
        """Reject an answer, or a remark, to what is no question; the row is told of once."""
        at, asked = str(self._locator[row]), self._told_at(row)
        if asked == at:
            ledger.reject([at], fault.code, **fault.values)
            return
        fate, reason = ledger.fate(asked)
        if not fate:
            ledger.take([Cell(0, 0, self._item[row], asked)])
            ledger.reject([asked, at], fault.code, **fault.values)
            fate, reason = ledger.fate(asked)
        ledger.settle(at, fate, reason)

    def _settle_clash(self, clash: Clash) -> str | None:
        item, rows = self._items[clash.item], clash.rows
        ledger = self._forms[clash.form].ledger
        for row in rows:
            ledger.take([self._as_cell(row)], meant=self._said.raw[row])
        places = [self._locator[row] for row in rows]
        reads = partial(self._words.decided, item)
        told = {
            "item": item.id,
            "places": Whereabouts(tuple(places)),
            "valid": self._words.valid(item),
        }
        value = ledger.reject(places, clash.code, reads, **told)
        if value is None and ledger.fate(places[0])[0] == "blank":
            self._left.append((clash.form, item.id))
        return value

    def _as_cell(self, row: int) -> Cell:
        return Cell(0, 0, self._texts[self._cell[row]], self._locator[row])

    def _grouped(self, forms: np.ndarray, items: pd.Series[str]) -> list[frozenset[str]]:
        """The questions of each form among items; forms with the same ones share one set."""
        names = np.array(list(self._items), dtype=object)
        known = np.zeros((len(self._forms), len(names)), dtype=bool)
        codes, texts = pd.factorize(items)
        places = pd.Index(names).get_indexer(np.asarray(texts, dtype=object))[codes]
        known[forms[places >= 0], places[places >= 0]] = True
        different, alike = np.unique(known, axis=0, return_inverse=True)
        sets = [frozenset(names[row].tolist()) for row in different]
        return [sets[place] for place in alike.ravel()]


def _row_of(locator: str) -> str:
    """The row of a cell: ``row 5 column 3`` and ``Svar!C5`` without what says the column."""
    found = _COLUMN.fullmatch(locator)
    return "!".join(part for part in found.groups() if part) if found else locator
