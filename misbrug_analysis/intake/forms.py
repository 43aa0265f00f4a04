"""One returned form: its unit, its date, its answers, and what is wrong with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from misbrug_analysis.intake.answers import AnswerWords
from misbrug_analysis.intake.delimited import read_delimited
from misbrug_analysis.intake.grid import MAX_BYTES, Grid, Sheet, UnreadableFile, address
from misbrug_analysis.intake.head import HeadReader
from misbrug_analysis.intake.layout import Layout, find_layouts
from misbrug_analysis.intake.ledger import FileLedger
from misbrug_analysis.intake.personal import Finding, findings_in
from misbrug_analysis.intake.remedies import remedies_of
from misbrug_analysis.intake.stamps import (
    digest_cells,
    is_stamp,
    read_stamp,
    reject_of_other_round,
    stamp_warnings,
)
from misbrug_analysis.intake.table import Given, read_table
from misbrug_analysis.intake.workbooks import read_workbook
from misbrug_analysis.model.errors import Problem, name_list
from misbrug_analysis.model.stamp import FormStamp
from misbrug_analysis.model.study import Study

READERS = {".xlsx": read_workbook, ".csv": read_delimited}


@dataclass
class Form:
    """What was read from one file: ``answers`` in the columns of the table, faults, ledger.

    ``date`` is the day it says it was filled in, ``saved`` when a program saved it, and ``stamp``
    what its hidden sheet says; ``findings`` are the personal data in it. ``digest`` is that of its
    bytes, where it can be another file again. ``left`` are the items that are blank on purpose.
    """

    ledger: FileLedger
    unit: str = ""
    name: str = ""
    date: date | None = None
    saved: datetime | None = None
    stamp: FormStamp | None = None
    findings: tuple[Finding, ...] = ()
    answers: list[dict[str, str]] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    digest: str = ""
    left: frozenset[str] = frozenset()

    @property
    def source(self) -> str:
        return self.ledger.source


def read_form(path: Path, source: str, study: Study, *, misnamed: bool = False) -> Form:
    """Read a form; what cannot be read or used is a problem of the form and never an exception.

    ``source`` is how the file is named in tables and messages. One that is ``misnamed`` cannot be
    used under its name, whatever the study accepts: its name holds personal data.
    """
    remedies = {} if misnamed else remedies_of(study, source)
    try:
        grid = _read_grid(path)
    except UnreadableFile as error:
        form = Form(FileLedger(source, [], remedies))
        form.ledger.reject_form(error.code, **error.values)
    else:
        form = Form(FileLedger(source, grid.cells, remedies), saved=grid.saved)
        _read_sheets(form, grid, study)
    if misnamed:
        form.ledger.reject_form("name_personal")
    elif path.stat().st_size <= MAX_BYTES:
        form.digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return form


def _read_grid(path: Path) -> Grid:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile("unknown_format", suffix=path.suffix, formats=name_list(READERS))
    return reader(path)


def _read_sheets(form: Form, grid: Grid, study: Study) -> None:
    """Find the table of answers, and read it and what stands above it."""
    ledger, sheets = form.ledger, list(grid.sheets)
    digests = digest_cells(sheets)
    form.findings = findings_in(form.source, (c for c in grid.cells if c.locator not in digests))
    form.stamp = read_stamp(sheets)
    form.warnings += stamp_warnings(form.source, sheets, form.stamp, study)
    words = AnswerWords(study.instrument, study.settings.language)
    others = [sheet for sheet in sheets if not is_stamp(sheet)]
    layouts = find_layouts(others, study.instrument.form, words)
    for sheet in sheets:
        _settle_aside(ledger, sheet)
    if not layouts:
        for sheet in others:  # without headings nobody can tell a label from an answer
            _spoil(ledger, sheet)
        headings = study.instrument.form
        expected = name_list([headings.item[0], headings.answer[0]])
        ledger.reject_form("header_missing", missing=expected, expected=expected)
        return
    numbers = {item.id for item in study.instrument.items}
    filled = [layout for layout in layouts if layout.holds_answers(numbers)]
    _read_layout(form, (filled or layouts)[0], study, words)
    if len(filled) > 1:
        for layout in filled[1:]:
            _spoil(ledger, layout.sheet)
        names = [layout.sheet.name for layout in filled]
        ledger.reject_form("two_tables", sheets=name_list(names))


def _settle_aside(ledger: FileLedger, sheet: Sheet) -> None:
    """Notes and sheets beside the table; what is part of the table is settled when it is read."""
    for note in sheet.notes:
        ledger.settle(note.locator, "context", "note")
    for cell in sheet.cells:
        ledger.settle(cell.locator, "context", "stamp" if is_stamp(sheet) else "other_sheet")


def _spoil(ledger: FileLedger, sheet: Sheet) -> None:
    """Count the cells of a sheet among what a fault of the form keeps from being used."""
    for cell in sheet.cells:
        ledger.settle(cell.locator, "used", "label")


def _read_layout(form: Form, layout: Layout, study: Study, words: AnswerWords) -> None:
    ledger = form.ledger
    for cell in layout.sheet.cells:
        ledger.settle(cell.locator, "context", "label")
    for name, columns in layout.twice.items():
        heading = layout.rows[layout.heading][layout.columns[name]].text
        places = [address(layout.heading, column) for column in columns]
        ledger.reject_form("heading_twice", heading=heading, columns=name_list(places))
    if form.stamp is not None:
        reject_of_other_round(ledger, form.stamp, study)
    head = HeadReader(ledger, layout, study, form.stamp)
    form.unit, form.name, form.date = head.unit(), head.form(), head.date()
    given = read_table(ledger, layout, study.instrument, words)
    form.answers = [_row(form, study, one) for one in given if one.value]
    form.left = frozenset(one.item for one in given if not one.value)
    if not form.answers and not ledger.problems:
        ledger.reject_form("form_no_answers")


def _row(form: Form, study: Study, given: Given) -> dict[str, str]:
    return {
        "study": study.id,
        "unit": form.unit,
        "form": form.name,
        "respondent": "1",
        "item": given.item,
        "value": given.value,
        "raw": given.raw,
        "source": form.source,
        "locator": given.locator,
    }
