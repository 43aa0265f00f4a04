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

from openpyxl import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from misbrug_analysis.model.instrument import in_language
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.archive import packed
from misbrug_analysis.presentation.datasets import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    SUPPRESSED,
    Dataset,
    Field,
)
from misbrug_analysis.presentation.datasets.description import Value
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.page import DISTRIBUTION
from misbrug_analysis.presentation.reuse import (
    GENERATOR,
    about_answers,
    citation,
    licence_line,
    source_line,
    statement,
    terms_of,
    years,
)
from misbrug_analysis.presentation.sheet_rows import Grid
from misbrug_analysis.presentation.sheets import (
    LINE,
    LINK,
    MOST_ROWS,
    NOTE,
    TEXT_FORMAT,
    TITLE,
    Sheet,
    cell_text,
    sheet_names,
    write_cell,
    write_grid,
)

_LEAST_WIDTH = 90
"""Characters to a line of the text over a narrow table."""


_MOST_IN_HEADER = 200
"""Characters of the line at the head of a printed page; Excel takes 255, doubled signs included."""


@dataclass(frozen=True)
class _Frame:
    """What all sheets share: the names of the sheets of notes and of words, and the limits."""

    notes: str
    words: str
    language: Language
    most_rows: int


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
    wanted = [text(f"data.{sheet}.sheet") for sheet in ("notes", "columns", "words")]
    names = sheet_names([*wanted, *(table.sheet for table in tables)])
    own, of_tables = names[: len(wanted)], names[len(wanted) :]
    book = Workbook()
    book.remove(book.worksheets[0])
    listed = [
        _Listed(name, table.title, len(table.frame))
        for name, table in zip(of_tables, tables, strict=True)
    ]
    columns, words = _columns(tables, of_tables, language), _words(tables, of_tables, language)
    explained = [
        _Listed(name, text(f"data.{part}.title"), len(sheet.values[0]))
        for name, part, sheet in zip(own[1:], ("columns", "words"), (columns, words), strict=True)
    ]
    said = statement(study, language)
    frame = _Frame(own[0], own[2], language, most_rows)
    grids = {frame.notes: _notes(book, frame, study, [*explained, *listed], own[1])}
    for listing, part, sheet in zip(explained, ("columns", "words"), (columns, words), strict=True):
        about = [listing.holds, said, text(f"data.{part}.about")]
        grids |= _table(book, listing.name, sheet, about, said, frame)
    for name, table in zip(of_tables, tables, strict=True):
        head = said if table.of_answers else ""
        grids |= _table(book, name, *_described(study, table, frame), head, frame)
    _set_properties(book, study, language)
    return packed(book, grids)


def _set_properties(book: Workbook, study: Study, language: Language) -> None:
    """Title, language and maker of the file, and what it is."""
    title = language.text(
        "data.notes.title", study=in_language(study.settings.title, language.code)
    )
    properties = book.properties
    properties.title = cell_text(title)
    properties.description = cell_text(citation(study, language))
    properties.language = language.code
    properties.creator = properties.lastModifiedBy = DISTRIBUTION


def _described(study: Study, table: Dataset, frame: _Frame) -> tuple[Sheet, list[str]]:
    """A table as a sheet shows it, with the lines above it."""
    language = frame.language
    none = "" if table.of_answers else about_answers(study, table, language)
    explained = [column.label for column in table.reader_fields if column.explained]
    said = [
        statement(study, language) if table.of_answers else "",
        table.about,
        table.note,
        none,
        *(language.text("data.words.see", sheet=frame.words, column=label) for label in explained),
        source_line(table, language),
        terms_of(study, table, language),
    ]
    fields = table.reader_fields
    keys = [column.name in table.key for column in fields]
    sheet = Sheet(
        table.name,
        [column.label for column in fields],
        [_number_format(column, language) for column in fields],
        [table.values(column) for column in fields],
        language.text("data.cut", file=f"{table.name}.csv"),
        keys.index(False) if False in keys else len(keys),
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
    book: Workbook, name: str, sheet: Sheet, lines: Sequence[str], said: str, frame: _Frame
) -> dict[str, Grid]:
    """A sheet with its lines, wrapped as wide as the table is, and the table below them.

    ``said`` is printed on every page. In place of a table without rows, or with too many, there is
    a line that says so. Returns the cells of the table by the sheet's name.
    """
    grids = {}
    made, language = book.create_sheet(name), frame.language
    widths = sheet.widths()
    head = _lines(made, lines, max(_LEAST_WIDTH, sum(widths)), frame)
    rows = len(sheet.values[0])
    if rows == 0:
        write_cell(made, head + 1, 1, language.text("data.no_rows"), NOTE)
    elif head + 1 + rows > frame.most_rows:
        told = language.text("data.too_long", rows=language.number(rows))
        write_cell(made, head + 1, 1, told, NOTE)
    else:
        grids[made.title] = write_grid(made, sheet, head + 1, widths)
    _paper(made, said)
    return grids


def _notes(
    book: Workbook, frame: _Frame, study: Study, listed: Sequence[_Listed], columns: str
) -> Grid:
    """The first sheet: what the tables are, what their shorthand means, and the list of sheets.

    Returns the cells of that list.
    """
    language = frame.language
    made = book.create_sheet(frame.notes)
    head = _lines(made, _note_lines(study, columns, language), _LEAST_WIDTH + 20)
    text = language.text
    heads = [text(f"data.notes.{column}") for column in ("table", "holds", "count")]
    values: list[list[Value]] = [
        [sheet.name for sheet in listed],
        [sheet.holds for sheet in listed],
        [sheet.rows for sheet in listed],
    ]
    contents = Sheet("contents", heads, [TEXT_FORMAT, TEXT_FORMAT, "#,##0"], values)
    grid = write_grid(made, contents, head + 1, contents.widths())
    for row, sheet in enumerate(listed, head + 2):
        write_cell(made, row, 1, sheet.name, LINK, leads_to=sheet.name)
        made.cell(row, 1).border = LINE
    _paper(made, statement(study, language), pages=1)
    return grid


def _note_lines(study: Study, columns: str, language: Language) -> list[str]:
    text, settings = language.text, study.settings
    own = settings.language
    lines = [
        text("data.notes.title", study=in_language(settings.title, language.code)),
        statement(study, language),
        f"{years(study, language)} {text('data.notes.made_with', generator=GENERATOR)}",
        text("data.notes.sheets"),
        text("data.notes.columns", sheet=columns),
        text("data.notes.not_available", mark=NOT_AVAILABLE),
        text("data.notes.not_applicable", mark=NOT_APPLICABLE),
        text("data.notes.suppressed", mark=SUPPRESSED) if study.instrument.respondents else "",
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
        [name, column.label, column.name, column.about, _unit(column, language)]
        for name, table in zip(names, tables, strict=True)
        for column in table.reader_fields
    ]
    parts = ("table", "label", "name", "meaning", "measure")
    heads = [language.text(f"data.columns.{part}") for part in parts]
    values = [list(column) for column in zip(*rows, strict=True)]
    return Sheet("columns", heads, [TEXT_FORMAT] * len(parts), values)


def _unit(column: Field, language: Language) -> str:
    """What a column counts, as the sheet writes it."""
    if column.kind == "share":
        return language.text("data.measure.percent")
    return column.measure or NOT_APPLICABLE


def _words(tables: Sequence[Dataset], names: Sequence[str], language: Language) -> Sheet:
    """The words of the tables that need more than themselves to be understood."""
    rows = [
        (name, column.label, column.codes[code], meaning)
        for name, table in zip(names, tables, strict=True)
        for column in table.reader_fields
        for code, meaning in column.explained.items()
    ]
    parts = ("table", "label", "word", "meaning")
    heads = [language.text(f"data.columns.{part}") for part in parts]
    values = [[row[place] for row in rows] for place in range(len(heads))]
    return Sheet("words", heads, [TEXT_FORMAT] * len(heads), values)


def _lines(sheet: Worksheet, lines: Sequence[str], width: int, frame: _Frame | None = None) -> int:
    """Write the title, a link to the notes, and the lines below; returns the last row."""
    write_cell(sheet, 1, 1, lines[0], TITLE)
    row = 1
    if frame is not None:
        row += 1
        back = frame.language.text("data.notes.back", sheet=frame.notes)
        write_cell(sheet, row, 1, back, LINK, leads_to=frame.notes)
    for line in lines[1:]:
        for part in textwrap.wrap(cell_text(line), width):
            row += 1
            write_cell(sheet, row, 1, part, NOTE)
    return row


def _paper(sheet: Worksheet, said: str, pages: int = 0) -> None:
    """How the sheet is printed: landscape on A4, as wide as the paper, on so many pages at most.

    ``said`` stands at the head of every page, the sheet's name and the page number at the foot.
    """
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = pages
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    short = textwrap.shorten(cell_text(said), _MOST_IN_HEADER, placeholder=" …")
    header.left.text = short.replace("&", "&&") or None
    footer.left.text, footer.right.text = "&A", "&P / &N"
    sheet.oddHeader, sheet.oddFooter = header, footer
