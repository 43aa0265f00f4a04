"""One returned form: its unit, its date, its answers, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from misbrug_analysis.intake.delimited import read_delimited
from misbrug_analysis.intake.grid import Cell, Sheet, UnreadableFile
from misbrug_analysis.intake.layout import Layout, find_layout
from misbrug_analysis.intake.ledger import FileLedger
from misbrug_analysis.intake.workbooks import read_workbook
from misbrug_analysis.model.errors import hint, name_list
from misbrug_analysis.model.instrument import REMARK, Instrument, Item
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.model.study import Study

READERS = {".xlsx": read_workbook, ".csv": read_delimited}

_DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y")


@dataclass
class Form:
    """What was read from one file: ``answers`` in the columns of the table, faults, ledger."""

    ledger: FileLedger
    unit: str = ""
    name: str = ""
    date: date | None = None
    answers: list[dict[str, str]] = field(default_factory=list)

    @property
    def source(self) -> str:
        return self.ledger.source


def read_form(path: Path, source: str, study: Study) -> Form:
    """Read a form; what cannot be read or used is a problem of the form and never an exception.

    ``source`` is how the file is named in tables and messages.
    """
    accepted = {entry.locator for entry in study.settings.accept if entry.source == source}
    try:
        sheets = _read_sheets(path)
    except UnreadableFile as error:
        ledger = FileLedger(source, [], accepted)
        ledger.reject_form(error.code, **error.values)
        return Form(ledger)
    cells = [cell for sheet in sheets for cell in sheet.cells]
    ledger = FileLedger(source, cells, accepted)
    layout = find_layout(sheets, study.instrument.form)
    if layout is None:
        for cell in cells:  # without headings nobody can tell a label from an answer
            ledger.settle(cell.locator, "used", "label")
        headings = study.instrument.form
        expected = name_list([headings.item[0], headings.answer[0]])
        ledger.reject_form("header_missing", missing=expected, expected=expected)
        return Form(ledger)
    for sheet in sheets:
        if sheet is not layout.sheet:
            for cell in sheet.cells:
                ledger.settle(cell.locator, "context", "other_sheet")
    return _Reader(Form(ledger), layout, study).read()


def _read_sheets(path: Path) -> list[Sheet]:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile("unknown_format", suffix=path.suffix, formats=name_list(READERS))
    return reader(path)


class _Reader:
    """Reads the parts of a form; every finding goes to the form and its ledger."""

    def __init__(self, form: Form, layout: Layout, study: Study) -> None:
        self._form = form
        self._layout = layout
        self._study = study
        self._instrument = study.instrument
        self._ledger = form.ledger
        self._codes = study.instrument.answer_codes()
        self._items = {item.id: item for item in study.instrument.items}

    def read(self) -> Form:
        headings = self._instrument.form
        units, forms = self._study.unit_words, self._study.form_words
        labels = [unit.label for unit in self._study.organisation.units]
        self._form.unit = self._name("unit", "unknown_unit", headings.unit, units, labels)
        self._form.name = self._name("form", "unknown_form", headings.form, forms, list(forms))
        self._form.date = self._date(headings.date)
        seen: dict[str, str] = {}
        for row, cells in self._layout.answer_rows():
            self._read_row(row, cells, seen)
        for item in self._instrument.items:
            if item.id not in seen:
                self._ledger.settle(f"question {item.id}", "blank", "no_row")
        if not self._form.answers and not self._ledger.problems:
            self._ledger.reject_form("form_no_answers")
        return self._form

    def _name(
        self, reason: str, code: str, accepted: list[str], words: dict[str, str], valid: list[str]
    ) -> str:
        cell = self._layout.field(accepted)
        if cell is None:
            labels = name_list(accepted)
            self._ledger.reject_form("field_missing", label=accepted[0], labels=labels)
            return ""
        found = words.get(cell.text.casefold(), "")
        if found:
            self._ledger.settle(cell.locator, "used", reason)
        else:
            text, near = masked(cell.text), hint(cell.text, valid)
            values = {"value": text, "hint": near, "valid": name_list(valid)}
            self._ledger.reject_form(code, cell.locator, **values)
        return found

    def _date(self, accepted: list[str]) -> date | None:
        cell = self._layout.field(accepted)
        if cell is None:
            return None
        for pattern in _DATES:
            try:
                found = datetime.strptime(cell.text, pattern).date()
            except ValueError:
                continue
            self._ledger.settle(cell.locator, "used", "date")
            return found
        self._ledger.reject([cell.locator], "bad_date", value=masked(cell.text))
        return None

    def _read_row(self, row: int, cells: dict[int, Cell], seen: dict[str, str]) -> None:
        columns = self._layout.columns
        for column, cell in cells.items():
            if column not in columns.values():
                self._ledger.settle(cell.locator, "context", "note")
        number, answer = cells.get(columns["item"]), cells.get(columns["answer"])
        item = self._items.get(number.text) if number else None
        if number is None or item is None:
            self._reject_unknown([cell for cell in (number, answer) if cell is not None])
            return
        if item.id in seen:
            places = [cell.locator for cell in (number, answer) if cell is not None]
            self._ledger.reject(places, "item_twice", item=item.id, first=seen[item.id])
            return
        seen[item.id] = number.locator
        if "question" in columns and columns["question"] in cells:
            self._ledger.settle(cells[columns["question"]].locator, "context", "question")
        self._read_answer(item, answer, row)
        self._read_remark(item, cells.get(columns.get("remark", 0)))

    def _reject_unknown(self, cells: list[Cell]) -> None:
        """A row that belongs to no question; one without number and answer is a heading."""
        if not cells:
            return
        self._ledger.reject(
            [cell.locator for cell in cells],
            "unknown_item",
            value=masked(cells[0].text),
            hint=hint(cells[0].text, list(self._items)),
            instrument=self._instrument.id,
        )

    def _read_answer(self, item: Item, cell: Cell | None, row: int) -> None:
        if cell is None:
            at = self._layout.sheet.locate(row, self._layout.columns["answer"])
            self._ledger.settle(at, "blank", "no_answer", raw="")
            return
        valid = " / ".join(_choices(item, self._instrument, self._study.settings.language))
        if cell.formula:
            self._ledger.reject([cell.locator], "answer_formula", item=item.id, valid=valid)
            return
        value = self._value(item, cell.text)
        if value is None:
            values = {"value": masked(cell.text), "item": item.id, "valid": valid}
            self._ledger.reject([cell.locator], "unknown_answer", **values)
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
