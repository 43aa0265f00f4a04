"""Sorts the rows of a table of answers by the question that each belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from misbrug_analysis.intake.cleaning import excerpt, near
from misbrug_analysis.intake.grid import Cell, CellKind
from misbrug_analysis.intake.layout import Layout
from misbrug_analysis.intake.ledger import FileLedger
from misbrug_analysis.intake.questions import Asked, Questions
from misbrug_analysis.model.errors import name_list
from misbrug_analysis.model.instrument import Instrument, Item

_SPOILED: tuple[CellKind, ...] = ("number", "date", "error", "truth")
"""What a spreadsheet can make of a question's number."""


@dataclass(frozen=True)
class Row:
    """A row with its cells by column. ``decided`` says that a decision made it a question's."""

    number: int
    cells: dict[int, Cell]
    decided: bool = False


@dataclass
class QuestionRows:
    """The row of a question, and the row and place (from 1) of each of its options."""

    item: Item
    own: Row | None = None
    options: list[tuple[int, Row]] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """All of them."""
        return [*([self.own] if self.own else []), *(row for _, row in self.options)]


class RowSorter:
    """Finds the question of every row; what cannot be told is rejected in the ledger."""

    def __init__(self, ledger: FileLedger, layout: Layout, instrument: Instrument) -> None:
        self._ledger = ledger
        self._layout = layout
        self._instrument = instrument
        self._questions = Questions(instrument)
        self._first: dict[str, str] = {}

    def sort(self) -> dict[str, QuestionRows]:
        """The rows by question; rows that belong to none are headings or notes."""
        found: dict[str, QuestionRows] = {}
        columns = self._layout.columns
        known = {*columns.values(), *self._layout.ticks}
        for number, cells in self._layout.answer_rows():
            for column, cell in cells.items():
                if column not in known:
                    self._ledger.settle(cell.locator, "context", "note")
            asked, decided = self._asked(cells)
            if asked is None:
                continue
            wording = cells.get(columns.get("question", 0))
            if wording and self._ledger.fate(wording.locator) == ("context", "label"):
                self._ledger.settle(wording.locator, "context", "question")
            rows = found.setdefault(asked.item.id, QuestionRows(asked.item))
            row = Row(number, cells, decided)
            if asked.option:
                rows.options.append((asked.option, row))
            else:
                rows.own = row
        return found

    def _asked(self, cells: dict[int, Cell]) -> tuple[Asked | None, bool]:
        """The question of a row, and whether a decision says so."""
        layout = self._layout
        number = cells.get(layout.columns["item"])
        wording = cells.get(layout.columns.get("question", 0))
        filled = [cells[column] for column in layout.filled_columns if column in cells]
        places = [cell for cell in (number, *filled) if cell is not None]
        asked = self._questions.named(number.text) if number else None
        worded = self._questions.worded(wording.text) if wording else set()
        if asked and (asked.option or not worded or asked.item.id in worded):
            return self._once(asked, places)
        if asked:
            told = {"item": asked.number, "other": name_list(sorted(worded))}
            return self._decided("question_differs", places, told)
        only = self._questions.only_worded(wording.text) if wording else None
        if wording and only and (number is None or number.kind in _SPOILED):
            self._ledger.settle((number or wording).locator, "context", "by_question")
            return self._once(only, [number or wording, *filled])
        if not any(column in cells for column in layout.answer_columns) and (
            number is None or self._questions.is_topic(number.text)
        ):
            for cell in filled:  # a remark on no question in particular
                self._ledger.settle(cell.locator, "context", "note")
            return None, False
        text = places[0].text
        known = {"value": excerpt(text), "instrument": self._instrument.id}
        hint = near(text, self._questions.numbers)
        return self._decided("unknown_item", places, {"hint": hint, **known})

    def _once(self, asked: Asked, places: list[Cell]) -> tuple[Asked | None, bool]:
        """The question, unless it has a row already."""
        first = self._first.setdefault(asked.number, places[0].locator)
        if first == places[0].locator:
            return asked, False
        return self._decided("item_twice", places, {"item": asked.number, "first": first})

    def _decided(
        self, code: str, places: list[Cell], told: Mapping[str, object]
    ) -> tuple[Asked | None, bool]:
        """A row that cannot be read is rejected, or is of the question that was decided on."""
        free = [one for one in self._questions.numbers if one not in self._first]
        locators = [cell.locator for cell in places]
        asked = self._ledger.reject(locators, code, self._free, **told, valid=name_list(free))
        if asked is not None:
            self._first[asked.number] = locators[0]
        return asked, asked is not None

    def _free(self, number: str) -> Asked | None:
        """The question with a number, where it has no row yet."""
        asked = self._questions.named(number)
        return asked if asked and asked.number not in self._first else None
