"""Sorts the rows of a table of answers by the question that each belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from misbrug_analysis.intake.answers import AnswerWords, kind_of
from misbrug_analysis.intake.cleaning import excerpt, near
from misbrug_analysis.intake.grid import Cell, CellKind
from misbrug_analysis.intake.layout import Layout
from misbrug_analysis.intake.ledger import FileLedger
from misbrug_analysis.intake.questions import Asked, Questions, options_labelled
from misbrug_analysis.intake.strays import Strays
from misbrug_analysis.model.errors import Whereabouts, name_list
from misbrug_analysis.model.instrument import Instrument, Item

_SPOILED: tuple[CellKind, ...] = ("number", "date", "error", "truth")
"""What a spreadsheet can make of a question's number."""

_MOST_HINTS = 20
"""After so many rows of a form that nothing is known of, the nearest number is not looked for."""


@dataclass(frozen=True)
class Row:
    """A row with its cells by column. ``decided`` says that a decision made it a question's."""

    number: int
    cells: dict[int, Cell]
    decided: bool = False


@dataclass
class QuestionRows:
    """The row of a question, and the row and place (from 1) of each of its options.

    ``elsewhere`` are cells that read as an answer to it and stand where none belongs.
    """

    item: Item
    own: Row | None = None
    options: list[tuple[int, Row]] = field(default_factory=list)
    elsewhere: list[Cell] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """All of them."""
        return [*([self.own] if self.own else []), *(row for _, row in self.options)]


class RowSorter:
    """Finds the question of every row; what cannot be told is rejected in the ledger."""

    def __init__(
        self, ledger: FileLedger, layout: Layout, instrument: Instrument, words: AnswerWords
    ) -> None:
        self._ledger = ledger
        self._layout = layout
        self._instrument = instrument
        self._questions = Questions(instrument)
        self._strays = Strays(ledger, layout, self._questions, words)
        self._first: dict[str, str] = {}
        self._unknown = 0

    def sort(self) -> dict[str, QuestionRows]:
        """The rows by question; rows that belong to none are headings or notes."""
        found: dict[str, QuestionRows] = {}
        for number, cells in self._layout.other_rows():
            over = number < self._layout.heading
            if self._belongs_to_none(cells) or (over and not self._strays.is_answered(cells)):
                if not over:
                    self._strays.set_aside(cells)
                for item, cell in self._strays.answers_in(cells):
                    found.setdefault(item.id, QuestionRows(item)).elsewhere.append(cell)
                continue
            self._strays.note(cells)
            asked, decided = self._asked(cells)
            if asked is None:
                continue
            rows = found.setdefault(asked.item.id, QuestionRows(asked.item))
            rows.elsewhere += self._strays.beside(asked, cells)
            self._strays.compare_wording(asked, cells)
            row = Row(number, cells, decided)
            if asked.option:
                rows.options.append((asked.option, row))
            else:
                rows.own = row
        return found

    def _belongs_to_none(self, cells: dict[int, Cell]) -> bool:
        """Whether a row is a heading or a note: nothing is answered in it, and nothing asked."""
        layout = self._layout
        number, wording = layout.text_in(cells, "item"), layout.text_in(cells, "question")
        return (
            not any(column in cells for column in layout.answer_columns)
            and (not number or self._questions.is_topic(number))
            and not (not number and self._questions.only_worded(wording))
        )

    def _asked(self, cells: dict[int, Cell]) -> tuple[Asked | None, bool]:
        """The question of a row, and whether a decision says so."""
        layout = self._layout
        number = cells.get(layout.columns["item"])
        wording = cells.get(layout.columns.get("question", 0))
        filled = [cells[column] for column in layout.filled_columns if column in cells]
        places = [cell for cell in (number, *filled) if cell is not None]
        asked = self._questions.named(number.text) if number else None
        worded = self._questions.worded(wording.text) if wording else set()
        if asked and asked.option and not self._is_labelled(asked, cells):
            label = wording.text if wording else ""
            told = {"item": asked.number, "value": excerpt(label)}
            return self._decided("option_differs", places, told, self._options(asked.item))
        if asked and (asked.option or not worded or asked.item.id in worded):
            return self._once(asked, places)
        if asked:
            told = {"item": asked.number, "other": name_list(sorted(worded))}
            return self._decided("question_differs", places, told)
        only = self._questions.only_worded(wording.text) if wording else None
        if wording and only and (number is None or _is_spoiled(number)):
            self._ledger.settle((number or wording).locator, "context", "by_question")
            return self._once(only, [number or wording, *filled])
        text = places[0].text
        known = {"value": excerpt(text), "instrument": self._instrument.id}
        self._unknown += 1
        hint = near(text, self._questions.numbers) if self._unknown <= _MOST_HINTS else ""
        return self._decided("unknown_item", places, {"hint": hint, **known})

    def _is_labelled(self, asked: Asked, cells: dict[int, Cell]) -> bool:
        """Whether the row of an option has its label; a text of nobody's is one that is not ticked.

        An answer in place of the label is another fault.
        """
        label = self._layout.text_in(cells, "question")
        labelled = options_labelled(asked.item, label)
        if not label or labelled:
            return not label or asked.option in labelled
        marked = any(column in cells for column in self._layout.answer_columns)
        return not marked or self._strays.is_answer(asked, label)

    def _options(self, item: Item) -> list[str]:
        return [Asked(item, place).number for place in range(1, len(item.options) + 1)]

    def _once(self, asked: Asked, places: list[Cell]) -> tuple[Asked | None, bool]:
        """The question, unless it has a row already."""
        first = self._first.setdefault(asked.number, places[0].locator)
        if first == places[0].locator:
            return asked, False
        told: dict[str, object] = {"item": asked.number, "first": Whereabouts((first,))}
        return self._decided("item_twice", places, told)

    def _decided(
        self,
        code: str,
        places: list[Cell],
        told: Mapping[str, object],
        numbers: list[str] | None = None,
    ) -> tuple[Asked | None, bool]:
        """A row that cannot be read is rejected, or is of the question that was decided on.

        ``numbers`` are those that it can be decided to be, where they are not the questions'.
        """
        free = [one for one in numbers or self._questions.numbers if one not in self._first]
        locators = [cell.locator for cell in places]
        asked = self._ledger.reject(locators, code, self._free, **told, valid=name_list(free))
        if asked is not None:
            self._first[asked.number] = locators[0]
        return asked, asked is not None

    def _free(self, number: str) -> Asked | None:
        """The question with a number, where it has no row yet."""
        asked = self._questions.named(number)
        return asked if asked and asked.number not in self._first else None


def _is_spoiled(number: Cell) -> bool:
    """Whether a spreadsheet made something else of a number; a typed one with a point stays it."""
    kind = kind_of(number)
    typed = number.kind == "text" and kind == "number" and "." in number.text
    return kind in _SPOILED and not typed
