"""What goes wrong in the cells of a workbook: small changes, each by what it draws."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.fuzz.archives import steps_of
from tests.fuzz.invariants import PERSONAL
from tests.fuzz.whole_forms import stored

Breaker = Callable[[st.DrawFn, Workbook], None]

WORDS = [
    *("Nr.", "Spørgsmål", "Svar", "Bemærkning", "Besvarelse fra", "Skema", "Udfyldt den"),
    *("Ja", "Nej", "Delvis", "ved ikke", "x", "✓", "A", "B", "fælles", "alkohol", "01-03-2024"),
    *("t.1", "t.s1", "t.d2/1", "1.1", "1.1/2", "brev; samtale", "ja, men", "ja/nej", "nej?"),
]
"""What means something somewhere in a form."""

FORMULAS = ["=1+1", '=HYPERLINK("http://x.example","ja")', "=A1", "=Svar!C9", "=cmd|'/c calc'!A0"]
ODD = ["\u200b", "\u202e", "\u00a0", "\ufeff", "\u0301", "\U0001f600", "_x0000_", "_x000D_", "ﬁ"]
ERRORS = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!"]
FORMATS = ["0%", "dd-mm-yyyy", "[h]:mm", "@", "0.00E+00", ";;;", '"ja"', "[Red]General", "yyyy"]

VALUES: st.SearchStrategy[object] = st.one_of(
    st.sampled_from([*WORDS, *FORMULAS, *ERRORS, *PERSONAL]),
    st.text(max_size=30).map(stored),
    st.booleans(),
    st.integers(-(10**12), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 1, 1), date(9999, 12, 31)),
    st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)),
    st.just(time(12, 30)),
    st.just(timedelta(days=2)),
)


def a_sheet(draw: st.DrawFn, book: Workbook) -> Worksheet:
    return draw(st.sampled_from(book.worksheets))


def a_place(draw: st.DrawFn, sheet: Worksheet) -> tuple[int, int]:
    row = draw(st.integers(1, sheet.max_row + 1))
    return row, draw(st.integers(1, min(sheet.max_column, 8) + 1))


def put(sheet: Worksheet, at: tuple[int, int], value: object) -> None:
    """Write a value; what lies inside a merged range can hold none."""
    cell = sheet.cell(*at)
    if isinstance(cell, Cell):
        cell.value = value  # type: ignore[assignment]


def another_value(draw: st.DrawFn, book: Workbook) -> None:
    sheet = a_sheet(draw, book)
    put(sheet, a_place(draw, sheet), draw(VALUES))


def many_values(draw: st.DrawFn, book: Workbook) -> None:
    sheet = a_sheet(draw, book)
    for _ in range(draw(st.integers(2, 12))):
        put(sheet, a_place(draw, sheet), draw(VALUES))


def huge_text(draw: st.DrawFn, book: Workbook) -> None:
    sheet = a_sheet(draw, book)
    text = draw(st.sampled_from(["ja ", "<b>", "=", "\n", "ø", "x;", f"{PERSONAL[0]} "]))
    put(sheet, a_place(draw, sheet), text * draw(st.sampled_from([200, 5_000, 33_000])))


def blank(draw: st.DrawFn, book: Workbook) -> None:
    sheet = a_sheet(draw, book)
    put(sheet, a_place(draw, sheet), draw(st.sampled_from([None, " ", "\u200b", "\n"])))


def swapped(draw: st.DrawFn, book: Workbook) -> None:
    sheet = a_sheet(draw, book)
    first, second = a_place(draw, sheet), a_place(draw, sheet)
    one, other = sheet.cell(*first).value, sheet.cell(*second).value
    put(sheet, first, other)
    put(sheet, second, one)


def copied_row(draw: st.DrawFn, book: Workbook) -> None:
    """A row is written over another one, or below all of them."""
    sheet = a_sheet(draw, book)
    row, target = a_place(draw, sheet)[0], a_place(draw, sheet)[0]
    for column in range(1, sheet.max_column + 1):
        put(sheet, (target, column), sheet.cell(row, column).value)


def odd_signs(draw: st.DrawFn, book: Workbook) -> None:
    sheet = a_sheet(draw, book)
    at = a_place(draw, sheet)
    text = str(sheet.cell(*at).value or "")
    middle = draw(st.integers(0, len(text)))
    put(sheet, at, text[:middle] + draw(st.sampled_from(ODD)) + text[middle:])


def merged(draw: st.DrawFn, book: Workbook) -> None:
    sheet = a_sheet(draw, book)
    row, column = a_place(draw, sheet)
    down, right = draw(st.integers(0, 4)), draw(st.integers(0, 3))
    sheet.merge_cells(None, row, column, row + down, column + right)


def number_format(draw: st.DrawFn, book: Workbook) -> None:
    sheet = a_sheet(draw, book)
    sheet.cell(*a_place(draw, sheet)).number_format = draw(st.sampled_from(FORMATS))


def note(draw: st.DrawFn, book: Workbook) -> None:
    sheet = a_sheet(draw, book)
    cell = sheet.cell(*a_place(draw, sheet))
    if isinstance(cell, Cell):
        cell.comment = Comment(draw(st.sampled_from([*WORDS, *PERSONAL, *FORMULAS])), "x")


def far_away(draw: st.DrawFn, book: Workbook) -> None:
    """Something stands where nobody looks."""
    sheet = a_sheet(draw, book)
    at = draw(st.sampled_from([(4_999, 1), (5_001, 1), (1, 200), (1, 201), (1_048_576, 16_384)]))
    put(sheet, at, draw(VALUES))


CELL_BREAKERS: tuple[Breaker, ...] = (
    another_value,
    many_values,
    huge_text,
    blank,
    swapped,
    copied_row,
    odd_signs,
    merged,
    number_format,
    note,
    far_away,
)


def break_book(
    draw: st.DrawFn, book: Workbook, breakers: tuple[Breaker, ...], most: int
) -> tuple[str, ...]:
    """Break a workbook once or several times over; says what was done."""
    chosen = draw(st.lists(st.sampled_from(breakers), min_size=1, max_size=most))
    for breaker in sorted(chosen, key=lambda one: one is far_away):
        breaker(draw, book)  # what is far away comes last: others go through all that lies before
    return steps_of(chosen)
