"""One returned form: its unit, its date, its answers, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from misbrug_analysis.intake.delimited import read_delimited
from misbrug_analysis.intake.grid import Cell, Sheet, UnreadableFile
from misbrug_analysis.intake.ledger import FileLedger
from misbrug_analysis.intake.privacy import masked
from misbrug_analysis.intake.workbooks import read_workbook
from misbrug_analysis.model.errors import Problem, hint, name_list
from misbrug_analysis.model.instrument import REMARK, Instrument, Item
from misbrug_analysis.model.study import Study

READERS = {".xlsx": read_workbook, ".csv": read_delimited}

_DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y")


@dataclass
class Form:
    """What was read from one file: ``answers`` in the columns of the table, faults, ledger."""

    source: str
    unit: str = ""
    name: str = ""
    date: date | None = None
    answers: list[dict[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ledger: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Table:
    """Where the table of answers stands: its sheet, heading row and columns."""

    sheet: Sheet
    row: int
    columns: dict[str, int]


def read_form(path: Path, source: str, study: Study) -> Form:
    """Read a form; what cannot be read or used is a problem of the form and never an exception.

    ``source`` is how the file is named in tables and messages.
    """
    form = Form(source)
    try:
        sheets = _read_sheets(path)
    except UnreadableFile as error:
        form.problems.append(Problem(error.code, source, error.values))
        ledger = FileLedger(source, [])
        ledger.settle("file", "rejected", error.code, raw=path.name)
        form.ledger = ledger.rows()
        return form
    table = _find_table(sheets, study.instrument)
    if table is None:
        ledger = FileLedger(source, [cell for sheet in sheets for cell in sheet.cells])
        headings = study.instrument.form
        expected = name_list([headings.item[0], headings.answer[0]])
        values: dict[str, object] = {"missing": expected, "expected": expected}
        form.problems.append(Problem("header_missing", source, values))
        ledger.settle("file", "rejected", "header_missing", raw=path.name)
        ledger.reject_all("header_missing")
        form.ledger = ledger.rows()
        return form
    ledger = FileLedger(source, table.sheet.cells)
    _Reader(form, table, study, ledger).read()
    others = [cell for sheet in sheets if sheet is not table.sheet for cell in sheet.cells]
    form.ledger = ledger.rows() + FileLedger(source, others, "other_sheet").rows()
    return form


def _read_sheets(path: Path) -> list[Sheet]:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile("unknown_format", suffix=path.suffix, formats=name_list(READERS))
    return reader(path)


def _find_table(sheets: list[Sheet], instrument: Instrument) -> _Table | None:
    """The first row that has both a heading for the items and one for the answers."""
    headings = instrument.form
    words = {
        "item": headings.item,
        "question": headings.question,
        "answer": headings.answer,
        "remark": headings.remark,
    }
    for sheet in sheets:
        for row in sorted({cell.row for cell in sheet.cells}):
            columns = {
                name: column
                for name, accepted in words.items()
                for column, cell in sheet.row(row).items()
                if _is_heading(cell.text, accepted)
            }
            if {"item", "answer"} <= set(columns):
                return _Table(sheet, row, columns)
    return None


def _is_heading(text: str, accepted: list[str]) -> bool:
    def bare(words: str) -> str:
        return words.strip().rstrip(":.").strip().casefold()

    return bare(text) in {bare(word) for word in accepted}


class _Reader:
    """Reads the parts of a form; every finding goes to the form and the ledger."""

    def __init__(self, form: Form, table: _Table, study: Study, ledger: FileLedger) -> None:
        self._form = form
        self._table = table
        self._study = study
        self._instrument = study.instrument
        self._ledger = ledger
        self._codes = study.instrument.answer_codes()
        self._items = {item.id: item for item in study.instrument.items}
        self._rows: dict[int, dict[int, Cell]] = {}
        for cell in table.sheet.cells:
            self._rows.setdefault(cell.row, {})[cell.column] = cell

    def read(self) -> None:
        headings = self._instrument.form
        units, forms = self._study.unit_words, self._study.form_words
        labels = [unit.label for unit in self._study.organisation.units]
        self._form.unit = self._name("unit", headings.unit, units, labels)
        self._form.name = self._name("form", headings.form, forms, list(forms))
        self._form.date = self._date(headings.date)
        seen: dict[str, str] = {}
        for row in sorted(self._rows):
            if row > self._table.row:
                self._read_row(row, seen)
        for item in self._instrument.items:
            if item.id not in seen:
                self._ledger.settle(f"question {item.id}", "blank", "no_row")
        if not self._form.answers and not self._form.problems:
            self._form.problems.append(Problem("form_no_answers", self._form.source))

    def _where(self, locator: str) -> str:
        return f"{self._form.source}, {locator}"

    def _problem(self, cell: Cell, code: str, **values: object) -> None:
        self._ledger.settle(cell.locator, "rejected", code)
        self._form.problems.append(Problem(code, self._where(cell.locator), values))

    def _field(self, accepted: list[str]) -> Cell | None:
        """The cell to the right of a label that stands above the table."""
        for row in sorted(self._rows):
            if row >= self._table.row:
                break
            cells = self._rows[row]
            for column in sorted(cells):
                after = [cells[other] for other in sorted(cells) if other > column]
                if after and _is_heading(cells[column].text, accepted):
                    return after[0]
        return None

    def _name(
        self, field_name: str, accepted: list[str], words: dict[str, str], valid: list[str]
    ) -> str:
        cell = self._field(accepted)
        if cell is None:
            values: dict[str, object] = {"label": accepted[0], "labels": name_list(accepted)}
            self._form.problems.append(Problem("field_missing", self._form.source, values))
            return ""
        found = words.get(cell.text.casefold(), "")
        if found:
            self._ledger.settle(cell.locator, "used", field_name)
        else:
            near = hint(cell.text, valid)
            code = f"unknown_{field_name}"
            self._problem(cell, code, value=cell.text, hint=near, valid=name_list(valid))
        return found

    def _date(self, accepted: list[str]) -> date | None:
        cell = self._field(accepted)
        if cell is None:
            return None
        for pattern in _DATES:
            try:
                found = datetime.strptime(cell.text, pattern).date()
            except ValueError:
                continue
            self._ledger.settle(cell.locator, "used", "date")
            return found
        self._problem(cell, "bad_date", value=cell.text)
        return None

    def _read_row(self, row: int, seen: dict[str, str]) -> None:
        cells = self._rows[row]
        columns = self._table.columns
        number, answer = cells.get(columns["item"]), cells.get(columns["answer"])
        for column, cell in cells.items():
            if column not in columns.values():
                self._ledger.settle(cell.locator, "context", "note")
        item = self._items.get(number.text) if number else None
        if number is None or item is None:
            stray = answer or (number if number and "question" not in columns else None)
            if number is not None or answer is not None:
                self._unknown(number or answer, answer)
            elif stray is not None:
                self._unknown(stray, stray)
            return
        if item.id in seen:
            self._problem(number, "item_twice", item=item.id, first=seen[item.id])
            if answer is not None:
                self._ledger.settle(answer.locator, "rejected", "item_twice")
            return
        seen[item.id] = number.locator
        if "question" in columns and columns["question"] in cells:
            self._ledger.settle(cells[columns["question"]].locator, "context", "question")
        self._read_answer(item, answer, row)
        self._read_remark(item, cells.get(columns.get("remark", 0)))

    def _unknown(self, place: Cell | None, answer: Cell | None) -> None:
        if place is None:
            return
        ids = list(self._items)
        self._problem(
            place,
            "unknown_item",
            value=place.text,
            hint=hint(place.text, ids),
            instrument=self._instrument.id,
        )
        if answer is not None:
            self._ledger.settle(answer.locator, "rejected", "unknown_item")

    def _read_answer(self, item: Item, cell: Cell | None, row: int) -> None:
        if cell is None:
            at = self._table.sheet.locate(row, self._table.columns["answer"])
            self._ledger.settle(at, "blank", "no_answer", raw="")
            return
        valid = " / ".join(_choices(item, self._instrument, self._study.settings.language))
        if cell.formula:
            self._problem(cell, "answer_formula", item=item.id, valid=valid)
            return
        value = self._value(item, cell.text)
        if value is None:
            shown = masked(cell.text)
            self._problem(cell, "unknown_answer", value=shown, item=item.id, valid=valid)
            return
        self._ledger.settle(cell.locator, "used", "answer")
        self._add(item.id, value, cell)

    def _read_remark(self, item: Item, cell: Cell | None) -> None:
        if cell is not None:
            self._ledger.settle(cell.locator, "used", "remark")
            self._add(item.id + REMARK, masked(cell.text), cell)

    def _add(self, item: str, value: str, cell: Cell) -> None:
        self._form.answers.append(
            {
                "study": self._study.id,
                "unit": self._form.unit,
                "form": self._form.name,
                "respondent": "1",
                "item": item,
                "value": value,
                "raw": masked(cell.text),
                "source": self._form.source,
                "locator": cell.locator,
            }
        )

    def _value(self, item: Item, text: str) -> str | None:
        """The answer as it is stored: a code, the chosen options, or the text itself."""
        if item.type == "yes_no":
            return self._codes.get(text.casefold())
        if item.type == "text":
            return masked(text)
        parts = [part.strip() for part in text.split(";")] if item.type == "multiple" else [text]
        chosen = [_option(item, part) for part in parts if part]
        known = [option for option in chosen if option is not None]
        return "; ".join(known) if known and len(known) == len(chosen) else None


def _option(item: Item, text: str) -> str | None:
    """The option as it is stored: its label in the first language it is written in."""
    for option in item.options:
        if text.casefold() in {label.casefold() for label in option.values()}:
            return next(iter(option.values()))
    return None


def _choices(item: Item, instrument: Instrument, language: str) -> Iterator[str]:
    if item.type == "yes_no":
        yield from instrument.answer_labels(language)
    else:
        for option in item.options:
            yield option.get(language) or next(iter(option.values()))
