"""One workbook of all tables, the same bytes every time.

A sheet a table: title in A1, what it holds below, then the table itself as an Excel table; a sheet
of notes and one that explains the columns come first. The habits are those of the Analysis
Function, Government of the United Kingdom, for accessible spreadsheets: one table a sheet, no
merged and no empty cells, shorthand that is explained. Text is never a formula.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from misbrug_analysis.model.instrument import in_language
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.datasets import NOT_APPLICABLE, NOT_AVAILABLE, Dataset, Field
from misbrug_analysis.presentation.datasets.description import Value
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.page import DISTRIBUTION
from misbrug_analysis.presentation.reuse import GENERATOR, citation, licence_line
from misbrug_analysis.presentation.sheets import (
    LINK,
    MOST_ROWS,
    NOTE,
    TEXT_FORMAT,
    TITLE,
    Sheet,
    cell_text,
    packed,
    sheet_names,
    write_cell,
    write_grid,
)

_LEAST_WIDTH = 90
"""Characters to a line of the text over a narrow table."""


@dataclass(frozen=True)
class _Listed:
    """A sheet as the notes list it."""

    name: str
    holds: str
    rows: int


def workbook_bytes(
    study: Study, tables: Sequence[Dataset], language: Language, most_rows: int = MOST_ROWS
) -> bytes:
    """The workbook of a study's tables.

    A table with more rows than a sheet can hold (``most_rows``, its head included) has a sheet
    that says so and leads to the CSV file. Texts that are longer than a cell can hold end with a
    note that says the same.
    """
    text = language.text
    wanted = [text("data.notes.sheet"), text("data.columns.sheet")]
    names = sheet_names([*wanted, *(table.sheet for table in tables)])
    book = Workbook()
    book.remove(book.worksheets[0])
    listed = [
        _Listed(name, table.title, len(table.frame))
        for name, table in zip(names[2:], tables, strict=True)
    ]
    columns = _columns(tables, names[2:], language)
    explained = _Listed(names[1], text("data.columns.title"), len(columns.values[0]))
    _notes(book, names[0], study, [explained, *listed], language)
    about = [text("data.columns.title"), text("data.columns.about")]
    _table(book, names[1], columns, about, language, most_rows)
    for name, table in zip(names[2:], tables, strict=True):
        _table(book, name, *_described(study, table, language), language, most_rows)
    title = text("data.notes.title", study=in_language(study.settings.title, language.code))
    properties = book.properties
    properties.title = cell_text(title)
    properties.language = language.code
    properties.creator = properties.lastModifiedBy = DISTRIBUTION
    properties.created = properties.modified = _midnight(study.settings.date)
    return packed(book, study.settings.date)


def _described(study: Study, table: Dataset, language: Language) -> tuple[Sheet, list[str]]:
    """A table as a sheet shows it, with the lines above it."""
    statement = study.settings.provenance.statement
    said = [table.about, table.note, in_language(statement, language.code) if statement else ""]
    if table.sources:
        sources = "; ".join(label for label, _ in table.sources)
        said.append(language.text("data.page.sources", sources=sources))
    fields = table.reader_fields
    sheet = Sheet(
        table.name,
        [column.label for column in fields],
        [_number_format(column, language) for column in fields],
        [table.values(column) for column in fields],
        language.text("data.cut", file=f"{table.name}.csv"),
    )
    return sheet, [table.title, *filter(None, said)]


def _number_format(column: Field, language: Language) -> str:
    """How Excel is to write a column; its own settings choose the decimal sign."""
    decimals = "." + "0" * column.decimals if column.decimals else ""
    if column.kind == "share":
        # What stands between figure and sign in the language; Excel wants a space marked as such.
        space = language.percent(0).strip("0%")
        return f"0{decimals}" + ("\\ %" if space else "%")
    formats = {"integer": "#,##0", "estimate": "#,##0", "year": "0", "date": "yyyy\\-mm\\-dd"}
    return formats.get(column.kind, f"0{decimals}" if column.kind == "number" else TEXT_FORMAT)


def _table(
    book: Workbook,
    name: str,
    sheet: Sheet,
    lines: Sequence[str],
    language: Language,
    most_rows: int,
) -> None:
    """A sheet with its lines, wrapped as wide as the table is, and the table below them.

    In place of a table without rows, or with too many, there is a line that says so.
    """
    made = book.create_sheet(name)
    widths = sheet.widths()
    head = _lines(made, lines, max(_LEAST_WIDTH, sum(widths)))
    rows = len(sheet.values[0])
    if rows == 0:
        write_cell(made, head + 1, 1, language.text("data.no_rows"), NOTE)
    elif head + 1 + rows > most_rows:
        told = language.text("data.too_long", rows=language.number(rows))
        write_cell(made, head + 1, 1, told, NOTE)
    else:
        write_grid(made, sheet, head + 1, widths)
    _paper(made)


def _notes(
    book: Workbook, name: str, study: Study, listed: Sequence[_Listed], language: Language
) -> None:
    """The first sheet: what the tables are, what their shorthand means, and the list of sheets."""
    made = book.create_sheet(name)
    lines = _note_lines(study, listed[0].name, language)
    head = _lines(made, lines, _LEAST_WIDTH + 20)
    text = language.text
    heads = [text(f"data.notes.{column}") for column in ("table", "holds", "count")]
    values: list[list[Value]] = [
        [sheet.name for sheet in listed],
        [sheet.holds for sheet in listed],
        [sheet.rows for sheet in listed],
    ]
    grid = Sheet("contents", heads, [TEXT_FORMAT, TEXT_FORMAT, "#,##0"], values)
    write_grid(made, grid, head + 1, grid.widths())
    for row, sheet in enumerate(listed, head + 2):
        write_cell(made, row, 1, sheet.name, LINK, leads_to=sheet.name)
    _paper(made)


def _note_lines(study: Study, columns: str, language: Language) -> list[str]:
    text, settings = language.text, study.settings
    statement = settings.provenance.statement
    own = settings.language
    lines = [
        text("data.notes.title", study=in_language(settings.title, language.code)),
        in_language(statement, language.code) if statement else "",
        text("data.notes.date", date=language.date(settings.date), generator=GENERATOR),
        text("data.notes.sheets"),
        text("data.notes.columns", sheet=columns),
        text("data.notes.not_available", mark=NOT_AVAILABLE),
        text("data.notes.not_applicable", mark=NOT_APPLICABLE),
        text("data.notes.shares"),
        text("data.notes.more"),
        text("data.notes.cite", citation=citation(study, language)),
        licence_line(study, language),
        text("data.notes.fallback", language=language.name_of(own)) if own != language.code else "",
    ]
    return [line for line in lines if line]


def _columns(tables: Sequence[Dataset], names: Sequence[str], language: Language) -> Sheet:
    """Every column of every table with its meaning, as a table of its own."""
    rows: list[list[Value]] = [
        [name, column.label, column.name, column.about, column.measure or NOT_APPLICABLE]
        for name, table in zip(names, tables, strict=True)
        for column in table.reader_fields
    ]
    parts = ("table", "label", "name", "meaning", "measure")
    heads = [language.text(f"data.columns.{part}") for part in parts]
    values = [list(column) for column in zip(*rows, strict=True)]
    return Sheet("columns", heads, [TEXT_FORMAT] * len(parts), values)


def _lines(sheet: Worksheet, lines: Sequence[str], width: int) -> int:
    """Write the title and the lines below it; returns the last row."""
    write_cell(sheet, 1, 1, lines[0], TITLE)
    row = 1
    for line in lines[1:]:
        for part in textwrap.wrap(cell_text(line), width):
            row += 1
            write_cell(sheet, row, 1, part, NOTE)
    return row


def _paper(sheet: Worksheet) -> None:
    """How the sheet is printed: landscape on A4, as wide as the paper, with page numbers."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = HeaderFooterItem()
    footer.center.text = "&P / &N"
    sheet.oddFooter = footer


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)
