"""Where things stand in a returned form: the table of answers, and the fields above it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from misbrug_analysis.intake.grid import Cell, Sheet
from misbrug_analysis.model.instrument import FormHeadings


@dataclass(frozen=True)
class Layout:
    """The sheet with the answers: its cells by row and column, heading row and columns.

    ``columns`` has ``item`` and ``answer``, and ``question`` and ``remark`` where they stand.
    """

    sheet: Sheet
    rows: dict[int, dict[int, Cell]]
    heading: int
    columns: dict[str, int]

    def field(self, labels: list[str]) -> Cell | None:
        """The cell to the right of a label that stands above the table."""
        for row in sorted(self.rows):
            if row >= self.heading:
                break
            cells = self.rows[row]
            for column in sorted(cells):
                after = [cells[other] for other in sorted(cells) if other > column]
                if after and _is_heading(cells[column].text, labels):
                    return after[0]
        return None

    def answer_rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The rows below the heading that hold anything, with their numbers."""
        for row in sorted(self.rows):
            if row > self.heading:
                yield row, self.rows[row]


def find_layout(sheets: list[Sheet], headings: FormHeadings) -> Layout | None:
    """By the first row that has both a heading for the items and one for the answers."""
    words = {
        "item": headings.item,
        "question": headings.question,
        "answer": headings.answer,
        "remark": headings.remark,
    }
    for sheet in sheets:
        rows = sheet.rows()
        for row in sorted(rows):
            columns = {
                name: column
                for name, accepted in words.items()
                for column, cell in rows[row].items()
                if _is_heading(cell.text, accepted)
            }
            if {"item", "answer"} <= set(columns):
                return Layout(sheet, rows, row, columns)
    return None


def _is_heading(text: str, accepted: list[str]) -> bool:
    return _bare(text) in {_bare(word) for word in accepted}


def _bare(words: str) -> str:
    return words.strip().rstrip(":.").strip().casefold()
