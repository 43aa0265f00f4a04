"""Where things stand in a returned form: the table of answers, and the fields above it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from misbrug_analysis.intake.answers import AnswerWords
from misbrug_analysis.intake.cleaning import bare
from misbrug_analysis.intake.grid import Cell, Merge, Sheet
from misbrug_analysis.model.instrument import FormHeadings


@dataclass(frozen=True)
class Layout:
    """The sheet with the answers: its cells by row and column, heading row and columns.

    ``columns`` has ``item``, and ``question``, ``answer`` and ``remark`` where they stand;
    ``twice`` are columns that have the heading of another one. ``ticks`` are columns for marks
    with the word in their heading.
    """

    sheet: Sheet
    rows: dict[int, dict[int, Cell]]
    heading: int
    columns: dict[str, int]
    ticks: dict[int, str]
    twice: dict[str, list[int]] = field(default_factory=dict)

    @property
    def answer_columns(self) -> list[int]:
        """The columns in which a question is answered, from the left."""
        typed = [self.columns["answer"]] if "answer" in self.columns else []
        return sorted({*typed, *self.ticks})

    @property
    def filled_columns(self) -> list[int]:
        """The columns that people fill in."""
        remark = [self.columns["remark"]] if "remark" in self.columns else []
        return sorted({*self.answer_columns, *remark})

    def answer_position(self, row: int) -> str:
        """Where the answer of a row belongs."""
        column = self.columns.get("answer", self.answer_columns[0])
        return self.sheet.locate(row, column)

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

    def field_place(self, labels: list[str]) -> str:
        """Where the field of a label belongs that stands above the table; nothing without one."""
        for row in sorted(self.rows):
            for column, cell in sorted(self.rows[row].items()):
                if row < self.heading and _is_heading(cell.text, labels):
                    return self.sheet.locate(row, column + 1)
        return ""

    @property
    def answer_headings(self) -> list[str]:
        """What stands over the columns in which a question is answered."""
        return [self.rows[self.heading][column].text for column in self.answer_columns]

    def other_rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The rows that hold anything, with their numbers; not the headings.

        Headings that stand again, as on a second page, are none, and rows can have been moved
        or sorted over their heading.
        """
        headings = {column: bare(cell.text) for column, cell in self.rows[self.heading].items()}
        for row in sorted(self.rows):
            texts = {column: bare(cell.text) for column, cell in self.rows[row].items()}
            if texts != headings:
                yield row, self.rows[row]

    def text_in(self, cells: dict[int, Cell], name: str) -> str:
        """What a row has in the column of a name; nothing where there is none."""
        cell = cells.get(self.columns.get(name, 0))
        return cell.text if cell else ""

    def remark_merges(self) -> list[Merge]:
        """The merged cells that hold anything and lie over the column of remarks."""
        column = self.columns.get("remark", 0)
        return [
            merge
            for merge in self.sheet.merges
            if merge.left <= column <= merge.right and self._holds_anything(merge)
        ]

    def merge_over(self, asked: list[int]) -> dict[int, Merge]:
        """The rows of ``asked`` whose answer is merged with another's or with what is no answer.

        Cells are harmless when they hold nothing, or when the answer's own cell is the first of
        them and the only one that is an answer's.
        """
        found: dict[int, Merge] = {}
        columns = self.answer_columns
        for merge in self.sheet.merges:
            over = [column for column in columns if merge.left <= column <= merge.right]
            rows = [row for row in asked if merge.top <= row <= merge.bottom] if over else []
            own = len(over) == 1 and over[0] == merge.left and rows == [merge.top]
            if rows and not own and self._holds_anything(merge):
                found |= dict.fromkeys(rows, merge)
        return found

    def _holds_anything(self, merge: Merge) -> bool:
        return any(
            merge.left <= column <= merge.right
            for row, cells in self.rows.items()
            if merge.top <= row <= merge.bottom
            for column in cells
        )


def find_layouts(sheets: list[Sheet], headings: FormHeadings, words: AnswerWords) -> list[Layout]:
    """The tables of answers, one a sheet at most.

    A table begins at the first row that has a heading for the items, and one for the answers or
    at least two that are answers themselves, for marks.
    """
    found = (_layout(sheet, headings, words) for sheet in sheets)
    return [layout for layout in found if layout is not None]


def _layout(sheet: Sheet, headings: FormHeadings, words: AnswerWords) -> Layout | None:
    accepted = {
        "item": headings.item,
        "question": headings.question,
        "answer": headings.answer,
        "remark": headings.remark,
    }
    rows = sheet.rows()
    for row in sorted(rows):
        places = {
            name: [
                column for column in sorted(rows[row]) if _is_heading(rows[row][column].text, of)
            ]
            for name, of in accepted.items()
        }
        ticks = {
            column: cell.text
            for column, cell in rows[row].items()
            if (words.yes_no.means(cell.text) or words.missing.means(cell.text))
            and not any(column in columns for columns in places.values())
        }
        ticks = ticks if len(ticks) > 1 else {}
        if places["item"] and (places["answer"] or ticks):
            columns, twice = _one_each(rows, row, places)
            return Layout(sheet, rows, row, columns, ticks, twice)
    return None


def _one_each(
    rows: dict[int, dict[int, Cell]], heading: int, places: dict[str, list[int]]
) -> tuple[dict[str, int], dict[str, list[int]]]:
    """The column of each heading, and the headings that stand over more than one filled column."""
    columns: dict[str, int] = {}
    twice: dict[str, list[int]] = {}
    for name, found in places.items():
        below = [
            column
            for column in found
            if any(column in cells for row, cells in rows.items() if row > heading)
        ]
        if found:
            columns[name] = (below or found)[0]
        if len(below) > 1:
            twice[name] = below
    return columns, twice


def _is_heading(text: str, accepted: list[str]) -> bool:
    return bare(text) in {bare(word) for word in accepted}
