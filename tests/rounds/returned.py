"""Forms as people send them back: filled in, and then what goes wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.rounds.filling import FilledForm, fill

DAY = date(2026, 3, 20)


class Returned:
    """The forms that were sent out, and the folder into which they are put when they come back."""

    def __init__(self, sent: Path, forms: Path, answers: Mapping[str, object]) -> None:
        self._sent = sent
        self._forms = forms
        self._answers = answers

    def path(self, name: str) -> Path:
        return self._forms / f"{name}.xlsx"

    def come_back(self, unit: str, name: str = "", day: date = DAY) -> Path:
        """Fill in the unit's form and put it into the study's folder, under its name or another."""
        path = self.path(name or unit)
        shutil.copy(self._sent / f"{unit}_faelles.xlsx", path)
        fill(path, self._answers, day=day)
        return path

    def write(self, unit: str, item: str, value: object) -> str:
        """Write over an answer, whatever the list offers; where it stands."""
        form = FilledForm(self.path(unit))
        return self._set(unit, (form.rows[item], form.answer_column), value)

    def remark(self, unit: str, item: str, text: str) -> str:
        form = FilledForm(self.path(unit))
        return self._set(unit, (form.rows[item], form.remark_column[0]), text)

    def change(self, unit: str, change: Callable[[Workbook, Worksheet], None]) -> None:
        """Do something to the workbook and the sheet of questions."""
        book = load_workbook(self.path(unit))
        sheet = book.worksheets[1]
        assert isinstance(sheet, Worksheet)
        change(book, sheet)
        book.save(self.path(unit))

    def merge(self, unit: str, first: str, last: str) -> None:
        """Merge the answers to some questions into one cell."""
        cells = self._answers_from(unit, first, last)
        self.change(unit, lambda _, sheet: sheet.merge_cells(cells))

    def split(self, unit: str, first: str, last: str) -> None:
        cells = self._answers_from(unit, first, last)
        self.change(unit, lambda _, sheet: sheet.unmerge_cells(cells))

    def _answers_from(self, unit: str, first: str, last: str) -> str:
        form = FilledForm(self.path(unit))
        column = form.sheet.cell(1, form.answer_column).column_letter
        return f"{column}{form.rows[first]}:{column}{form.rows[last]}"

    def name(self, unit: str, before: str, after: str) -> str:
        """Write another name over the one that the form was sent out with; where it stands."""
        sheet = FilledForm(self.path(unit)).sheet
        (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == before]
        return self._set(unit, (cell.row, cell.column), after)

    def _set(self, unit: str, at: tuple[int, int], value: object) -> str:
        place = ""

        def write(_: Workbook, sheet: Worksheet) -> None:
            nonlocal place
            cell = sheet.cell(*at)
            cell.value = value  # type: ignore[assignment]
            place = f"{sheet.title}!{cell.coordinate}"

        self.change(unit, write)
        return place


def inserted(_: Workbook, sheet: Worksheet) -> None:
    """A note in a row and a column of its own, in front of everything."""
    sheet.insert_rows(1)
    sheet.insert_cols(1)
    sheet["A1"] = "Husk at spørge Anna"


def renamed(book: Workbook, sheet: Worksheet) -> None:
    """Another name for the sheet, and one more sheet before it."""
    sheet.title = "Endelig version"
    book.create_sheet("Noter", 0)["A1"] = "Møde tirsdag"


def a_date() -> datetime:
    """What a spreadsheet makes of "1-3"."""
    return datetime(2026, 3, 1)
