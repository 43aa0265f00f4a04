"""Sheets of a workbook: text that stays text, and cells that fit."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from misbrug_analysis.model.printable import printable
from misbrug_analysis.presentation.datasets.description import Value
from misbrug_analysis.presentation.sheet_rows import Filled, Grid, content_of

MOST_ROWS = 1_048_576
"""What a sheet of Excel can hold; the next three are its limits too."""

MOST_CHARACTERS = 32_767
_MOST_IN_NAME = 31
_MOST_IN_HEAD = 255

_WIDEST, _NARROWEST = 60, 8
_STILL_READ = 24
_PAPER = 190
"""Characters that fit a landscape page before the print gets too small."""

_LINE_HEIGHT, _TITLE_HEIGHT = 14.5, 22.0
_LETTERS = 1.1
_MOST_LINES = 25
"""Excel cannot make a row higher than 409 points."""

_FILTER_BUTTON = 3

_MOST_FROZEN_ROWS = 9
"""More of them would leave too little of a small screen to scroll in."""

_MOST_FROZEN_WIDTH = 45

# Excel reads these as a character by its number, so a text that looks like one is written apart.
_ESCAPE = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
# A cell in which these begin a text shows it as it is, also when somebody edits the cell.
_RUNS = re.compile(r"\s*[=+\-@]")

TEXT_FORMAT = "General"

INK, _FACE = "FF12436D", "Arial"
TITLE = Font(name=_FACE, size=15, bold=True, color=INK)
NOTE = Font(name=_FACE, size=10)
LINK = Font(name=_FACE, size=10, underline="single", color="FF0563C1")
_HEAD_FONT = Font(name=_FACE, size=10, bold=True, color="FFFFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor=INK)
LINE = Border(bottom=Side(style="thin", color="FFD0D0D0"))
_TOP = Alignment(vertical="top")
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_NUMBER = Alignment(vertical="top", horizontal="right", indent=1)
_HEAD_OVER_NUMBERS = Alignment(vertical="top", horizontal="right", indent=1, wrap_text=True)


@dataclass(frozen=True)
class Sheet:
    """A table as it stands on a sheet: headings, a number format and the values of each column.

    ``name`` is the Excel table's. ``cut`` ends a text that is too long for a cell. The first
    ``keys`` columns tell what a row is about.
    """

    name: str
    heads: Sequence[str]
    formats: Sequence[str]
    values: Sequence[Sequence[Value]]
    cut: str = "…"
    keys: int = 0

    def widths(self) -> list[int]:
        """The width of each column in characters: what stands in it, and together a page's width
        where the widest columns can give way."""
        columns = self.values or [[] for _ in self.heads]
        pairs = zip(self.heads, self.formats, columns, strict=True)
        widths = [_width(head, number_format, values) for head, number_format, values in pairs]
        while sum(widths) > _PAPER:
            texts = [
                width if number_format == TEXT_FORMAT else 0
                for width, number_format in zip(widths, self.formats, strict=True)
            ]
            widest = max(texts)
            if widest <= _STILL_READ:
                break
            widths[texts.index(widest)] -= 1
        return widths


def _width(head: str, number_format: str, values: Sequence[Value]) -> int:
    words = max(map(len, head.split()), default=1) + _FILTER_BUTTON
    # A heading takes two lines at the most.
    heading = max(words, len(head) // 2 + _FILTER_BUTTON)
    longest = max((_shown_width(value, number_format) for value in set(values)), default=1)
    return min(_WIDEST, max(_NARROWEST, heading, longest + 2))


def _shown_width(value: Value, number_format: str) -> int:
    if isinstance(value, str):
        return max(map(len, value.splitlines()), default=0)
    if isinstance(value, date):
        return len("2024-12-31")
    whole = f"{value:,.0f}"
    return len(whole) + len(number_format)


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that Excel takes for sheets: short, without its signs, each once whatever its case."""
    names: list[str] = []
    taken = {"history"}  # Excel keeps this name for itself
    for text in wanted:
        plain = " ".join(_NOT_IN_NAME.sub(" ", printable(text)).split()).strip("'") or "-"
        name, number = _shortened(plain, _MOST_IN_NAME), 1
        while name.casefold() in taken:
            number += 1
            ending = f" ({number})"
            name = _shortened(plain, _MOST_IN_NAME - len(ending)) + ending
        taken.add(name.casefold())
        names.append(name)
    return names


@lru_cache(maxsize=4096)  # most columns hold few texts, many times
def cell_text(text: str, cut: str = "…") -> str:
    """The text as a cell can hold it: no control characters, not too long, no escapes of Excel's.

    A longer text ends with ``cut``. Length is counted as Excel does, in units of UTF-16.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    escaped = _ESCAPE.sub(r"_x005F_\1", printable(lines))
    if _fits(escaped):
        return escaped
    return _shortened(escaped, MOST_CHARACTERS - _units(cut)) + cut


def write_cell(
    sheet: Worksheet, row: int, column: int, text: str, font: Font, leads_to: str | None = None
) -> None:
    """Write a text into a cell; ``leads_to`` is the name of a sheet that a click opens."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    put_text(cell, cell_text(text))
    cell.font, cell.alignment = font, _TOP
    if font is TITLE:
        sheet.row_dimensions[row].height = _TITLE_HEIGHT
    if leads_to is not None:
        quoted = leads_to.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!A1")
        cell.font = font


def write_grid(sheet: Worksheet, table: Sheet, head: int, widths: Sequence[int]) -> Grid:
    """Write the headings of a table into the row ``head``; returns the cells below them.

    Headings have a filter, stay where there is room for it, and are printed on every page.
    """
    heads = _write_heads(sheet, table, head)
    columns = [
        _column(sheet, values, number_format, table.cut)
        for values, number_format in zip(table.values, table.formats, strict=True)
    ]
    _set_heights(sheet, table, head, widths)
    last = get_column_letter(len(heads))
    reference = f"A{head}:{last}{head + len(table.values[0])}"
    labels = [TableColumn(id=number, name=label) for number, label in enumerate(heads, 1)]
    made = Table(displayName=table.name, ref=reference, tableColumns=labels)
    made.autoFilter = AutoFilter(ref=reference)
    made.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(made)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = _first_moving(head, widths[: table.keys])
    sheet.print_title_rows = f"{head}:{head}"
    return Grid(head + 1, columns)


def _first_moving(head: int, keys: Sequence[int]) -> str | None:
    """The first cell that moves when somebody scrolls: below the headings, beside the keys.

    Headings far down stay in their place: Excel shows them where the letters of the columns are.
    """
    frozen = 0
    while frozen < len(keys) and sum(keys[: frozen + 1]) <= _MOST_FROZEN_WIDTH:
        frozen += 1
    row = head + 1 if head <= _MOST_FROZEN_ROWS else 1
    return f"{get_column_letter(frozen + 1)}{row}" if (frozen, row) != (0, 1) else None


def _write_heads(sheet: Worksheet, table: Sheet, row: int) -> list[str]:
    """Write the headings; returns them as they stand there, each once, as Excel wants them."""
    labels: list[str] = []
    taken: set[str] = set()
    for column, (head, number_format) in enumerate(zip(table.heads, table.formats, strict=True), 1):
        plain = _shortened(" ".join(cell_text(head).split()), _MOST_IN_HEAD - 5) or "-"
        label, number = plain, 1
        while label.casefold() in taken:
            number += 1
            label = f"{plain} ({number})"
        taken.add(label.casefold())
        labels.append(label)
        cell = sheet.cell(row, column)
        assert isinstance(cell, Cell)
        put_text(cell, label)
        over_text = number_format == TEXT_FORMAT
        cell.font, cell.fill = _HEAD_FONT, _HEAD_FILL
        cell.alignment = _WRAPPED if over_text else _HEAD_OVER_NUMBERS
    return labels


def _set_heights(sheet: Worksheet, table: Sheet, head: int, widths: Sequence[int]) -> None:
    """Make room for headings and texts of several lines; not every program does so by itself."""
    heads = [
        _lines(label, width - _FILTER_BUTTON)
        for label, width in zip(table.heads, widths, strict=True)
    ]
    sheet.row_dimensions[head].height = max(heads) * _LINE_HEIGHT
    needed: dict[int, int] = {}
    for values, width in zip(table.values, widths, strict=True):
        lines = {
            value: _lines(value, width)
            for value in set(values)
            if isinstance(value, str) and (len(value) > width * _LETTERS or "\n" in value)
        }
        for row, value in enumerate(values if lines else (), head + 1):
            if isinstance(value, str) and lines.get(value, 1) > needed.get(row, 1):
                needed[row] = lines[value]
    for row, count in needed.items():
        sheet.row_dimensions[row].height = min(count, _MOST_LINES) * _LINE_HEIGHT


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, about: letters are narrower than the digits that a
    width is counted in."""
    fitting = max(1, int(width * _LETTERS))
    begun = text[: _MOST_LINES * _WIDEST].splitlines() or [""]
    return sum(max(1, len(textwrap.wrap(line, fitting))) for line in begun)


def _column(
    sheet: Worksheet, values: Sequence[Value], number_format: str, cut: str
) -> list[Filled]:
    """The cells of a column. Most hold what others hold, and are made once."""
    styles: dict[tuple[bool, bool], StyleArray] = {}
    made: dict[object, Filled] = {}
    cells = []
    for value in values:
        known = value if isinstance(value, str) else (type(value), repr(value))
        if known not in made:
            made[known] = _filled(sheet, value, number_format, cut, styles)
        cells.append(made[known])
    return cells


def _filled(
    sheet: Worksheet,
    value: Value,
    number_format: str,
    cut: str,
    styles: dict[tuple[bool, bool], StyleArray],
) -> Filled:
    """A value as it stands in a column, whose ``styles`` are looked up once and then shared."""
    cell = Cell(sheet, row=1, column=1)  # which the sheet knows nothing of
    is_text = isinstance(value, str)
    if is_text:
        put_text(cell, cell_text(str(value), cut))
    else:
        cell.value = value
    kind = (is_text, bool(cell.quotePrefix))
    if kind not in styles:
        cell.number_format = TEXT_FORMAT if is_text else number_format
        # Shorthand stands where the figures of its column stand.
        cell.alignment = _WRAPPED if number_format == TEXT_FORMAT else _NUMBER
        cell.font, cell.border = NOTE, LINE
        styles[kind] = copy(cell._style)  # type: ignore[attr-defined]
    return Filled(styles[kind], content_of(cell))


def put_text(cell: Cell, text: str) -> None:
    """Set a text that stays one: openpyxl takes ``=…`` for a formula and ``#N/A`` for an error."""
    cell.value = text
    cell.data_type = "s"
    if _RUNS.match(text):
        cell.quotePrefix = True


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _fits(text: str) -> bool:
    """Whether a cell can hold the text; most are so short that nothing needs counting."""
    return len(text) <= MOST_CHARACTERS // 2 or _units(text) <= MOST_CHARACTERS


def _shortened(text: str, most: int) -> str:
    """The beginning of the text, as many units of UTF-16 as there may be."""
    if _units(text) <= most:
        return text
    # A character that is cut in two is left out.
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore").rstrip()
