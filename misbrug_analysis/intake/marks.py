"""Marks: a tick in a column of its own for each answer, or in a row of its own for each option."""

from __future__ import annotations

from functools import partial

from misbrug_analysis.intake.answers import AnswerWords, is_true, kind_of
from misbrug_analysis.intake.cleaning import bare, excerpt, is_doubtful
from misbrug_analysis.intake.grid import Cell
from misbrug_analysis.intake.ledger import FileLedger
from misbrug_analysis.model.instrument import Item


class Marks:
    """Reads the cells in which only a mark is expected, and rejects what is none."""

    def __init__(self, ledger: FileLedger, words: AnswerWords, signs: list[str]) -> None:
        self._ledger = ledger
        self._words = words
        self._signs = {sign.casefold() for sign in signs}
        self._shown = " / ".join(signs)

    def ticks(self, item: Item, cells: list[tuple[Cell, str]]) -> list[tuple[Cell, str]]:
        """The cells of a row that hold a mark, each with the answer that its column stands for.

        ``cells`` come with the word in their heading; one that leaves the question unanswered
        gives an empty answer. A decision on what is no mark is an answer to the question.
        """
        found = []
        for cell, word in cells:
            meant = self._words.answer(word)
            is_set, reason = self._as_mark(cell, word)
            if is_set is None:
                told = self._told(item, cell) | {"valid": self._words.valid(item)}
                reads = partial(self._words.decided, item)
                decided = self._ledger.reject([cell.locator], "bad_mark", reads, **told)
                found += [(cell, decided)] if decided else []
                continue
            if is_set and self._words.missing.means(word) is not None:
                reason = "missing_as_no" if meant else "missing_word"
            used = is_set and meant
            self._ledger.settle(cell.locator, "used" if used else "blank", reason)
            found += [(cell, meant)] if is_set else []
        return found

    def options(self, item: Item, cells: list[tuple[Cell, str]]) -> list[tuple[Cell, str]]:
        """The cells that hold a mark among those beside the options of a question.

        Each comes with its option. Yes and no count as a mark and as none.
        """
        found = []
        for cell, label in cells:
            is_set, reason = self.as_choice(cell, label)
            if is_set is None:
                told = self._told(item, cell) | {"valid": self._shown}
                reads = partial(self._choice_decided, label)
                is_set = self._ledger.reject([cell.locator], "bad_mark", reads, **told)
            else:
                self._ledger.settle(cell.locator, "used" if is_set else "blank", reason)
            found += [(cell, label)] if is_set else []
        return found

    def _told(self, item: Item, cell: Cell) -> dict[str, object]:
        return {"value": excerpt(cell.text), "item": item.id, "mark": self._shown}

    def _as_mark(self, cell: Cell, word: str) -> tuple[bool | None, str]:
        """Whether a cell is ticked, and the reason in the ledger; its own word is a tick too."""
        said = cell.text.strip().casefold()
        if said in self._signs:
            return True, "ticked"
        if kind_of(cell) == "truth":  # what a box to tick leaves in the cell under it
            return is_true(cell), "normalised"
        if not is_doubtful(said) and bare(said) in {*self._signs, bare(word)}:
            return True, "normalised"
        return None, ""

    def as_choice(self, cell: Cell, label: str) -> tuple[bool | None, str]:
        """Whether the option with a label is chosen in a cell (None: no mark), and the reason."""
        is_set, reason = self._as_mark(cell, label)
        said = self._words.says_yes(cell.text) if is_set is None else None
        if said is not None:
            return said, "normalised"
        return is_set, reason

    def _choice_decided(self, label: str, text: str) -> bool | None:
        return self.as_choice(Cell(0, 0, text, ""), label)[0]
