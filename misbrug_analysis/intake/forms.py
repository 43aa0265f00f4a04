"""One returned form: its unit, its date, its answers, and what is wrong with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from misbrug_analysis.intake.answers import AnswerWords
from misbrug_analysis.intake.bounds import content_of
from misbrug_analysis.intake.cleaning import excerpt
from misbrug_analysis.intake.delimited import SUFFIXES, delimited_grid
from misbrug_analysis.intake.formats import refused
from misbrug_analysis.intake.grid import Grid, Sheet, UnreadableFile, address
from misbrug_analysis.intake.head import HeadReader
from misbrug_analysis.intake.layout import Layout
from misbrug_analysis.intake.ledger import FileLedger
from misbrug_analysis.intake.personal import Finding, findings_in
from misbrug_analysis.intake.remedies import remedies_of
from misbrug_analysis.intake.sheets import Tables, find_tables
from misbrug_analysis.intake.stamps import (
    Stamps,
    digest_cells,
    read_stamps,
    reject_of_other_round,
    reject_of_several,
    stamp_warnings,
)
from misbrug_analysis.intake.table import Given, read_table
from misbrug_analysis.intake.unmapped import as_unmapped
from misbrug_analysis.intake.workbooks import workbook_grid
from misbrug_analysis.model.errors import Phrase, Problem, name_list
from misbrug_analysis.model.instrument import REMARK
from misbrug_analysis.model.reading import unusable
from misbrug_analysis.model.stamp import FormStamp
from misbrug_analysis.model.study import Study

READERS = {".xlsx": workbook_grid, **dict.fromkeys(SUFFIXES, delimited_grid)}


@dataclass
class Form:
    """What was read from one file: ``answers`` in the columns of the table, faults, ledger.

    ``date`` is the day it says it was filled in, ``saved`` when a program saved it, and ``stamp``
    what its hidden sheet says; ``findings`` are the personal data in it. ``digest`` is that of its
    bytes, where it can be another file again. ``left`` are the items that are blank on purpose,
    ``answered`` those with an answer; ``blank`` has the places of answers that are empty, by item,
    of an export only where they count. ``unstamped`` is a workbook without a stamp.

    ``role`` is that of whoever answered, where the instrument asks for it; ``respondent`` is their
    number among those of the unit and form that count. ``called`` is what an export calls them: it
    only tells them apart, and is stored nowhere.

    A response in an export is a form too; its answers stand in a table of the export, and
    ``unlisted`` are the items whose faults are in the ledger alone because there are so many.
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
    answered: frozenset[str] = frozenset()
    blank: dict[str, str] = field(default_factory=dict)
    unlisted: tuple[str, ...] = ()
    unstamped: bool = False
    role: Given | None = None
    respondent: str = "1"
    called: str = ""

    @property
    def source(self) -> str:
        return self.ledger.source

    @property
    def at(self) -> str:
        """Where in its file the form stands: the locator of it as a whole."""
        return self.ledger.whole

    @property
    def is_set_aside(self) -> bool:
        """Whether another form counts in its place, or the study leaves it out."""
        instead = self.ledger.instead
        return instead is not None and instead[1] != "rejected"

    @property
    def where(self) -> str:
        """The file, with the row where the form is one of many in it."""
        return self.ledger.where

    @property
    def name_in_messages(self) -> Phrase | str:
        """The same, as a message names one form in what it tells of another."""
        word, _, row = self.at.partition(" ")
        told = {"file": self.source, "row": row}
        return Phrase("row_of_file", told) if word == "row" else self.where


def read_form(path: Path, source: str, study: Study, *, misnamed: str = "") -> Form:
    """Read a form; what cannot be read or used is a problem of the form and never an exception.

    ``source`` is how the file is named in tables and messages. ``misnamed`` is the fault of a name
    under which nothing can be used, whatever the study accepts.
    """
    remedies = {} if misnamed else remedies_of(study, source)
    try:
        grid, digest = _read_grid(path)
    except UnreadableFile as error:
        form = Form(FileLedger(source, [], remedies))
        form.ledger.reject_form(_code_of(error, path), **error.values)
    else:
        form = Form(FileLedger(source, grid.cells, remedies), saved=grid.saved, digest=digest)
        _read_sheets(form, grid, study)
    if misnamed:
        form.ledger.reject_form(misnamed)
    form.ledger.leave_out()
    return form


def _code_of(error: UnreadableFile, path: Path) -> str:
    """The fault of a file; a table of text with too much in it is likely one of many answers."""
    size = error.values.get("size")
    is_long = isinstance(size, Phrase) and (
        size.key == "more_cells" or size.values.get("things") == Phrase("of_cells")
    )
    if error.code == "file_too_large" and is_long and path.suffix.lower() in SUFFIXES:
        return "export_needs_mapping"
    return error.code


def _read_grid(path: Path) -> tuple[Grid, str]:
    """The file as a grid, and the digest of its bytes."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise refused(path.suffix, READERS)
    try:
        content = content_of(path)
    except OSError as error:
        problem = unusable(error)
        raise UnreadableFile(problem.code, **problem.values) from None
    return reader(content), hashlib.sha256(content).hexdigest()


def _read_sheets(form: Form, grid: Grid, study: Study) -> None:
    """Find the table of answers, and read it and what stands above it."""
    ledger, sheets = form.ledger, list(grid.sheets)
    digests = digest_cells(sheets)
    form.findings = findings_in(form.source, (c for c in grid.cells if c.locator not in digests))
    stamps = read_stamps(sheets)
    form.stamp = stamps.stamp
    form.unstamped = not stamps.sheets and form.source.lower().endswith(".xlsx")
    reject_of_several(ledger, stamps)
    form.warnings += stamp_warnings(form.source, stamps, study)
    form.warnings += [
        Problem(code, form.where, values, form.source, form.at) for code, values in grid.remarks
    ]
    words = AnswerWords(study.instrument, study.settings.language)
    others = [sheet for sheet in sheets if sheet.name not in stamps.sheets]
    tables = find_tables(others, study.instrument, words)
    for sheet in sheets:
        _settle_aside(ledger, sheet, "other_sheet" if sheet.name not in stamps.sheets else "stamp")
    if tables is None:
        for sheet in others:  # without headings nobody can tell a label from an answer
            _spoil(ledger, sheet)
        headings = study.instrument.form
        expected = name_list([headings.item[0], headings.answer[0]])
        found = None if stamps.sheets else as_unmapped(others, form.source, study)
        code, told = found or ("header_missing", {"missing": expected, "expected": expected})
        ledger.reject_form(code, **told)
        return
    _read_layout(form, tables.layout, study, words, stamps)
    _reject_other_tables(ledger, tables, study)
    if not form.answers and not form.left and not ledger.problems:
        ledger.reject_form("form_no_answers")
    if form.role is not None:
        form.answers.insert(0, _row(form, study, form.role))
    for cell in tables.remarks:
        ledger.warn(cell.locator, "loose_text", value=excerpt(cell.text))
    form.warnings += ledger.warnings


def _reject_other_tables(ledger: FileLedger, tables: Tables, study: Study) -> None:
    """Nothing is used where answers stand on several sheets, or on one that cannot be read."""
    names = name_list(sheet.name for sheet in tables.answered)
    others = [sheet for sheet in tables.answered if sheet is not tables.layout.sheet]
    if len(tables.answered) > 1:
        ledger.reject_form("two_tables", sheets=names)
    elif others:
        headings = study.instrument.form
        expected = name_list([headings.item[0], headings.answer[0]])
        ledger.reject_form("sheet_without_headings", sheet=names, expected=expected)
    for sheet in others:
        _spoil(ledger, sheet)


def _settle_aside(ledger: FileLedger, sheet: Sheet, reason: str) -> None:
    """Notes and sheets beside the table; what is part of the table is settled when it is read."""
    for note in sheet.notes:
        ledger.settle(note.locator, "context", "note")
    for cell in sheet.cells:
        ledger.settle(cell.locator, "context", reason)


def _spoil(ledger: FileLedger, sheet: Sheet) -> None:
    """Count the cells of a sheet among what a fault of the form keeps from being used."""
    for cell in sheet.cells:
        ledger.settle(cell.locator, "used", "label")


def _read_layout(
    form: Form, layout: Layout, study: Study, words: AnswerWords, stamps: Stamps
) -> None:
    ledger = form.ledger
    for cell in layout.sheet.cells:
        ledger.settle(cell.locator, "context", "label")
    for name, columns in layout.twice.items():
        heading = layout.rows[layout.heading][layout.columns[name]].text
        places = [address(layout.heading, column) for column in columns]
        ledger.reject_form("heading_twice", heading=heading, columns=name_list(places))
    if form.stamp is not None:
        reject_of_other_round(ledger, form.stamp, study)
    head = HeadReader(ledger, layout, study, stamps)
    form.unit, form.name, form.date = head.unit(), head.form(), head.date()
    form.role = head.role()
    given, form.blank = read_table(ledger, layout, study.instrument, words)
    form.answers = [_row(form, study, one) for one in given if one.value]
    form.left = frozenset(one.item for one in given if not one.value)
    form.answered = frozenset(
        one.item for one in given if one.value and not one.item.endswith(REMARK)
    )


def _row(form: Form, study: Study, given: Given) -> dict[str, str]:
    return {
        "study": study.id,
        "unit": form.unit,
        "form": form.name,
        "respondent": form.respondent,
        "item": given.item,
        "value": given.value,
        "raw": given.raw,
        "source": form.source,
        "locator": given.locator,
    }
