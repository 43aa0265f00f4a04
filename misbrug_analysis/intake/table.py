"""Reads the answers in the table of a form, question by question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from misbrug_analysis.intake.answers import AnswerWords, Misread
from misbrug_analysis.intake.cleaning import excerpt
from misbrug_analysis.intake.grid import Cell
from misbrug_analysis.intake.layout import Layout
from misbrug_analysis.intake.ledger import FileLedger
from misbrug_analysis.intake.marks import Marks
from misbrug_analysis.intake.remarks import read_remark, tell_merged
from misbrug_analysis.intake.rows import QuestionRows, Row, RowSorter
from misbrug_analysis.model.errors import Whereabouts, name_list
from misbrug_analysis.model.instrument import REMARK, Instrument, Item
from misbrug_analysis.model.privacy import masked

_ON_PURPOSE = (("blank", "missing_word"), ("blank", "accepted"), ("blank", "decided"))


@dataclass(frozen=True)
class Given:
    """An answer or a remark as it is stored, as it stood there (masked), and where.

    An answer without a value leaves the question unanswered on purpose.
    """

    item: str
    value: str
    raw: str
    locator: str


def read_table(
    ledger: FileLedger, layout: Layout, instrument: Instrument, words: AnswerWords
) -> tuple[list[Given], dict[str, str]]:
    """The answers and remarks of a table, in its order; every cell gets its fate in the ledger.

    A question without a row is blank there. The other result has the places of answers that are
    empty, by item.
    """
    rows = RowSorter(ledger, layout, instrument, words).sort()
    reader = _TableReader(ledger, layout, instrument, words, rows)
    tell_merged(ledger, layout, rows.values())
    given = [one for question in rows.values() for one in reader.read(question)]
    for item in instrument.items:
        if item.id not in rows:
            ledger.settle(f"question {item.id}", "blank", "no_row")
    return given, reader.blank


class _TableReader:
    def __init__(
        self,
        ledger: FileLedger,
        layout: Layout,
        instrument: Instrument,
        words: AnswerWords,
        rows: dict[str, QuestionRows],
    ) -> None:
        self._ledger = ledger
        self._layout = layout
        self._words = words
        self._marks = Marks(ledger, words, instrument.form.mark)
        numbers = sorted(row.number for question in rows.values() for row in question.rows)
        self._merged = layout.merge_over(numbers)
        self.blank: dict[str, str] = {}

    def read(self, question: QuestionRows) -> list[Given]:
        """The answer to a question, if there is one, and the remark on it."""
        merged = [row for row in question.rows if row.number in self._merged]
        elsewhere = self._elsewhere(question)
        if merged:
            answers = (self._merged_answers(question, merged) or elsewhere)[:1]
        else:
            answers = self._answers(question, elsewhere)
        if not (merged or elsewhere) and question.own and not self._holds_answer(question):
            at = self._layout.answer_position(question.own.number)
            self._ledger.settle(at, "blank", "no_answer")
            self.blank[question.item.id] = at
        answers = [one for one in answers if one.value] or self._left(question)
        text, at = read_remark(self._ledger, self._layout, question)
        remark = [Given(question.item.id + REMARK, text, text, at)] if text else []
        return [*answers, *remark]

    def _left(self, question: QuestionRows) -> list[Given]:
        """A question that is blank on purpose: the form says so in words, or the study decided."""
        return [
            Given(question.item.id, "", masked(cell.text), cell.locator)
            for row in question.rows
            for cell in self._answer_cells(row)
            if self._ledger.fate(cell.locator) in _ON_PURPOSE
        ][:1]

    def _merged_answers(self, question: QuestionRows, merged: list[Row]) -> list[Given]:
        """Each place of an answer that is merged with something else is rejected."""
        item, found = question.item, []
        for row in merged:
            at = self._layout.answer_position(row.number)
            others = [cell.locator for cell in self._answer_cells(row) if cell.locator != at]
            values = {"item": item.id, "range": self._merged[row.number].range}
            value = self._reject(item, [at, *others], "answer_merged", values)
            found += [Given(item.id, value, "", at)] if value else []
        return found[:1]

    def _elsewhere(self, question: QuestionRows) -> list[Given]:
        """What reads as an answer and stands where none belongs, as far as it was decided on."""
        item, found = question.item, []
        column = name_list(excerpt(one) for one in self._layout.answer_headings)
        for cell in question.elsewhere:
            values = {"item": item.id, "value": excerpt(cell.text), "column": column}
            value = self._reject(item, [cell.locator], "answer_elsewhere", values)
            found += [_given(item, value, cell)] if value else []
        return found

    def _answers(self, question: QuestionRows, elsewhere: list[Given]) -> list[Given]:
        """What was typed, marked and decided on elsewhere, where they agree."""
        typed, ticked = self._typed(question), [*self._ticked(question), *elsewhere]
        chosen = self._chosen(question)
        alone = question.item.type != "multiple"
        if alone and len(ticked) + len(chosen) > 1:
            return self._clash(question.item, "two_marks", [*ticked, *chosen, *typed])
        said = [*typed, *ticked, *_joined(chosen)]
        if any(_options(one) != _options(said[0]) for one in said):
            return self._clash(question.item, "marks_differ", [*typed, *ticked, *chosen])
        return said[:1]

    def _typed(self, question: QuestionRows) -> list[Given]:
        """The answer in words, in the row of the question."""
        item, row = question.item, question.own
        cell = row.cells.get(self._layout.columns.get("answer", 0)) if row else None
        if row is None or cell is None:
            return []
        read = self._words.read(item, cell)
        if isinstance(read, Misread):
            value = self._reject(item, [cell.locator], read.code, read.values)
            return [_given(item, value, cell)] if value else []
        reason = read.reason
        if row.decided and self._ledger.fate(cell.locator) == ("used", "decided"):
            reason = "decided"  # the cell stands for its row, which has no number
        self._ledger.settle(cell.locator, "used" if read.value else "blank", reason)
        return [_given(item, read.value, cell)]

    def _ticked(self, question: QuestionRows) -> list[Given]:
        """The answers whose columns are ticked; only questions of yes and no have such columns."""
        item, found = question.item, []
        for row in question.rows:
            ticks = self._layout.ticks.items()
            headed = [(row.cells[one], word) for one, word in ticks if one in row.cells]
            cells = [cell for cell, _ in headed]
            if cells and (item.type != "yes_no" or row is not question.own):
                values = {"item": item.id, "value": excerpt(cells[0].text)}
                places = [cell.locator for cell in cells]
                value = self._reject(item, places, "misplaced_mark", values)
                found += [_given(item, value, cells[0])] if value else []
            elif cells:
                marked = self._marks.ticks(item, headed)
                found += [_given(item, value, cell) for cell, value in marked]
        return found

    def _chosen(self, question: QuestionRows) -> list[Given]:
        """The options that are marked, each in a row of its own."""
        item = question.item
        column = self._layout.columns.get("answer", 0)
        labels = [next(iter(option.values())) for option in item.options]
        cells = [
            (row.cells[column], labels[place - 1])
            for place, row in sorted(question.options, key=lambda one: one[0])
            if column in row.cells
        ]
        return [_given(item, label, cell) for cell, label in self._marks.options(item, cells)]

    def _clash(self, item: Item, code: str, given: list[Given]) -> list[Given]:
        """What was answered twice and not alike is rejected together."""
        places = [one.locator for one in given]
        values: dict[str, object] = {"item": item.id, "places": Whereabouts(tuple(places))}
        value = self._reject(item, places, code, values)
        return [Given(item.id, value, given[0].raw, places[0])] if value else []

    def _reject(
        self, item: Item, places: list[str], code: str, values: Mapping[str, object]
    ) -> str | None:
        """The answer that was decided on, where the study has one for the first place."""
        reads = partial(self._words.decided, item)
        return self._ledger.reject(
            places, code, reads, **{"valid": self._words.valid(item), **values}
        )

    def _holds_answer(self, question: QuestionRows) -> bool:
        """Whether a cell stands for the answer; an option that is not chosen does not."""
        cells = [cell for row in question.rows for cell in self._answer_cells(row)]
        own = self._answer_cells(question.own) if question.own else []
        left = ("blank", "normalised")
        return any(cell in own or self._ledger.fate(cell.locator) != left for cell in cells)

    def _answer_cells(self, row: Row) -> list[Cell]:
        columns = self._layout.answer_columns
        return [row.cells[column] for column in columns if column in row.cells]


def _given(item: Item, value: str, cell: Cell) -> Given:
    return Given(item.id, value, masked(cell.text), cell.locator)


def _joined(chosen: list[Given]) -> list[Given]:
    """Options that are marked as one answer, as if they had been written in one cell."""
    text = "; ".join(dict.fromkeys(one.value for one in chosen))
    return [Given(chosen[0].item, text, text, chosen[0].locator)] if chosen else []


def _options(given: Given) -> set[str]:
    return set(given.value.split("; "))
