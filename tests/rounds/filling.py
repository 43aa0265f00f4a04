"""Fills in forms as a person would: only unlocked fields, and what a drop-down list offers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

NUMBER, QUESTION = 1, 2
"""The columns in which a form has the number and the wording of a question."""


class FilledForm:
    """A form that is open in a spreadsheet; what is locked or not on a list is refused."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._book: Workbook = load_workbook(path)
        self.sheet: Worksheet = self._book.worksheets[1]
        self._heading = int(str(self.sheet.print_title_rows).strip("$").partition(":")[0])
        self.rows = {
            str(number): row
            for row in range(self._heading + 1, self.sheet.max_row + 1)
            if (number := self.sheet.cell(row, NUMBER).value) is not None
        }
        self.words = dict(self._words())
        unlocked = {cell.column for row in self.rows.values() for cell in self._open_cells(row)}
        self.answer_column, *self.remark_column = sorted(unlocked)

    def answer(self, item: str, answer: object) -> None:
        """Answer a question: a word or a text, or a list of the options that apply."""
        if isinstance(answer, list | tuple):
            for option in answer:
                self._tick(item, str(option))
        else:
            self._type(self.rows[item], self.answer_column, answer)

    def remark(self, item: str, remark: str) -> None:
        (column,) = self.remark_column
        self._type(self.rows[item], column, remark)

    def date(self, day: date) -> None:
        """Write the day into the one unlocked field above the headings that has no list."""
        (field,) = [cell for cell in self._head() if cell.coordinate not in self.words]
        field.value = day

    def role(self, role: str) -> None:
        """Choose a role in the one field above the headings that has a list."""
        (field,) = [cell for cell in self._head() if cell.coordinate in self.words]
        self._type(field.row, field.column, role)

    def save(self, path: Path | None = None) -> None:
        self._book.save(path or self._path)

    def _tick(self, item: str, option: str) -> None:
        options = [row for name, row in self.rows.items() if name.startswith(f"{item}/")]
        (row,) = [row for row in options if self.sheet.cell(row, QUESTION).value == option]
        place = self.sheet.cell(row, self.answer_column).coordinate
        (mark,) = self.words[place]
        self._type(row, self.answer_column, mark)

    def _type(self, row: int, column: int, value: object) -> None:
        cell = self.sheet.cell(row, column)
        assert isinstance(cell, Cell)
        assert not cell.protection.locked, f"{cell.coordinate} is locked"
        offered = self.words.get(cell.coordinate)
        assert offered is None or value in offered, f"{value!r} is not among {offered}"
        cell.value = value  # type: ignore[assignment]
        if isinstance(value, str):
            cell.data_type = "s"  # in a field for texts what begins with = is a text

    def _head(self) -> list[Cell]:
        return [cell for row in range(1, self._heading) for cell in self._open_cells(row)]

    def _open_cells(self, row: int) -> Iterator[Cell]:
        for cell in self.sheet[row]:
            if isinstance(cell, Cell) and not cell.protection.locked:
                yield cell

    def _words(self) -> Iterator[tuple[str, list[str]]]:
        """The words that each cell with a list offers."""
        for check in self.sheet.data_validations.dataValidation:
            if check.type != "list":
                continue
            name, _, place = str(check.formula1).rpartition("!")
            left, top, right, bottom = range_boundaries(place)
            cells = self._book[name.strip("'")].iter_rows(top, bottom, left, right)
            offered = [str(cell.value) for row in cells for cell in row]
            for one in check.sqref.ranges:
                for row, column in one.cells:
                    yield self.sheet.cell(row, column).coordinate, offered


def fill(
    path: Path,
    answers: Mapping[str, object],
    remarks: Mapping[str, str] | None = None,
    day: date | None = None,
    role: str = "",
) -> None:
    """Fill in a form and save it where it is.

    An answer is one of the words of its list, a text, a number, or a list of the options that
    apply.
    """
    form = FilledForm(path)
    for item, answer in answers.items():
        form.answer(item, answer)
    for item, remark in (remarks or {}).items():
        form.remark(item, remark)
    if day is not None:
        form.date(day)
    if role:
        form.role(role)
    form.save()
