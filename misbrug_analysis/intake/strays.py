"""What stands where no answer belongs, and still reads as one; and text that belongs to nothing."""

from __future__ import annotations

from collections.abc import Collection

from misbrug_analysis.intake.answers import MAX_ANSWER, AnswerWords
from misbrug_analysis.intake.cleaning import bare, excerpt
from misbrug_analysis.intake.grid import Cell
from misbrug_analysis.intake.layout import Layout
from misbrug_analysis.intake.ledger import FileLedger
from misbrug_analysis.intake.questions import Asked, Questions, options_labelled
from misbrug_analysis.model.errors import Phrase, languages
from misbrug_analysis.model.instrument import Item


class Strays:
    """Looks at the cells of a row that are neither its number nor its answer nor its remark."""

    def __init__(
        self, ledger: FileLedger, layout: Layout, questions: Questions, words: AnswerWords
    ) -> None:
        self._ledger = ledger
        self._layout = layout
        self._questions = questions
        self._words = words
        twice = [column for columns in layout.twice.values() for column in columns]
        self._known = {*layout.columns.values(), *layout.ticks, *twice}
        self._last_time = last_time_columns(layout)

    def is_answered(self, cells: dict[int, Cell]) -> bool:
        """Whether a row over the headings is one of the table's, with something filled in."""
        layout = self._layout
        if not any(column in cells for column in layout.filled_columns):
            return False
        number, wording = layout.text_in(cells, "item"), layout.text_in(cells, "question")
        answer = layout.text_in(cells, "answer")
        return self._questions.is_question(number, wording) or self._words.is_word(answer)

    def note(self, cells: dict[int, Cell]) -> None:
        """Cells in columns that are not the table's are notes until they turn out otherwise."""
        for column, cell in cells.items():
            if column not in self._known:
                self._ledger.settle(cell.locator, "context", "note")

    def set_aside(self, cells: dict[int, Cell]) -> None:
        """A row that belongs to no question: what is written as a remark there is told."""
        self.note(cells)
        remark = cells.get(self._layout.columns.get("remark", 0))
        if remark:
            self._ledger.settle(remark.locator, "context", "note")
            self._ledger.warn(remark.locator, "loose_text", value=excerpt(remark.text))

    def answers_in(self, cells: dict[int, Cell]) -> list[tuple[Item, Cell]]:
        """The answers in a row that is not one of the table's, as of one that was moved aside."""
        theirs = self._known | self._last_time
        found = answers_among(cells.values(), self._questions, self._words)
        return [(item, cell) for item, cell in found if cell.column not in theirs]

    def beside(self, asked: Asked, cells: dict[int, Cell]) -> list[Cell]:
        """What reads as an answer and stands beside a question, or in place of its wording."""
        theirs = self._known | self._last_time
        wording = self._layout.columns.get("question", 0)
        if wording in cells and not self._is_wording(asked, cells[wording]):
            theirs = theirs - {wording}
        found = [cell for column, cell in sorted(cells.items()) if column not in theirs]
        return _answers(asked, found, self._words)

    def is_answer(self, asked: Asked, text: str) -> bool:
        """Whether a text reads as an answer to a question, or as the mark of an option."""
        return self._words.stands_for(asked.item, text, marked=asked.option > 0)

    def compare_wording(self, asked: Asked, cells: dict[int, Cell]) -> None:
        """The wording of a question is context; one that is nobody's is told."""
        wording = cells.get(self._layout.columns.get("question", 0))
        if wording is None:
            return
        if self._ledger.fate(wording.locator) == ("context", "label"):
            self._ledger.settle(wording.locator, "context", "question")
        if not self._is_wording(asked, wording) and not self.is_answer(asked, wording.text):
            told = {"item": asked.number, "value": excerpt(wording.text)}
            self._ledger.warn(wording.locator, "question_changed_wording", **told)

    def _is_wording(self, asked: Asked, wording: Cell) -> bool:
        if asked.option:
            return bool(options_labelled(asked.item, wording.text))
        return bool(self._questions.worded(wording.text))


def answers_among(
    cells: Collection[Cell], questions: Questions, words: AnswerWords
) -> list[tuple[Item, Cell]]:
    """The cells that read as an answer to the question whose number or wording is among them."""
    if len(cells) < 2:
        return []
    for cell in cells:
        asked = questions.named(cell.text) if len(cell.text) <= MAX_ANSWER else None
        asked = asked or questions.only_worded(cell.text)
        if asked:
            others = [other for other in cells if other is not cell]
            return [(asked.item, one) for one in _answers(asked, others, words)]
    return []


def _answers(asked: Asked, cells: list[Cell], words: AnswerWords) -> list[Cell]:
    """The cells that read as an answer to a question, or as a mark; not an option's text."""
    marked = asked.option > 0
    if marked:
        cells = [one for one in cells if not options_labelled(asked.item, one.text)]
    return [one for one in cells if words.stands_for(asked.item, one.text, marked=marked)]


def last_time_columns(layout: Layout) -> set[int]:
    """The columns in which our forms show what was answered last time."""
    accepted = {bare(Phrase("last_time").told(language)) for language in languages()}
    headings = layout.rows[layout.heading]
    return {column for column, cell in headings.items() if bare(cell.text) in accepted}
