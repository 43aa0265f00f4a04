"""What goes wrong with the sheets of a workbook and the order of what is on them."""

from __future__ import annotations

from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.fuzz.broken_cells import Breaker, a_place, a_sheet, put
from tests.fuzz.invariants import PERSONAL

NAMES = [
    *("Svar", "misbrug", "Noter", " ", "=1+1", "<b>Svar</b>", "A" * 31, "æøå's", "Svar!C9", "."),
    *PERSONAL,
]


def renamed(draw: st.DrawFn, book: Workbook) -> None:
    name = draw(st.sampled_from(NAMES))
    a_sheet(draw, book)._WorkbookChild__title = name  # type: ignore[attr-defined]


def hidden(draw: st.DrawFn, book: Workbook) -> None:
    """All but one: a workbook without a sheet to see is not saved."""
    sheet = a_sheet(draw, book)
    if [one for one in book.worksheets if one.sheet_state == "visible"] == [sheet]:
        return
    sheet.sheet_state = draw(st.sampled_from(["hidden", "veryHidden", "visible"]))


def duplicated(draw: st.DrawFn, book: Workbook) -> None:
    """The copy is called after its original, which can have a name that openpyxl refuses."""
    sheet = a_sheet(draw, book)
    name = sheet.title
    sheet._WorkbookChild__title = "Svar"  # type: ignore[attr-defined]
    book.copy_worksheet(sheet)
    sheet._WorkbookChild__title = name  # type: ignore[attr-defined]


def deleted(draw: st.DrawFn, book: Workbook) -> None:
    sheet = a_sheet(draw, book)
    if [one for one in book.worksheets if one.sheet_state == "visible"] != [sheet]:
        book.remove(sheet)


def reordered(draw: st.DrawFn, book: Workbook) -> None:
    book.move_sheet(a_sheet(draw, book), draw(st.integers(-2, 2)))


def rows_inserted(draw: st.DrawFn, book: Workbook) -> None:
    sheet = a_sheet(draw, book)
    sheet.insert_rows(a_place(draw, sheet)[0], draw(st.integers(1, 3)))


def rows_deleted(draw: st.DrawFn, book: Workbook) -> None:
    sheet = a_sheet(draw, book)
    sheet.delete_rows(a_place(draw, sheet)[0], draw(st.integers(1, 3)))


def columns_inserted(draw: st.DrawFn, book: Workbook) -> None:
    sheet = a_sheet(draw, book)
    sheet.insert_cols(a_place(draw, sheet)[1], draw(st.integers(1, 2)))


def columns_deleted(draw: st.DrawFn, book: Workbook) -> None:
    sheet = a_sheet(draw, book)
    sheet.delete_cols(a_place(draw, sheet)[1])


def sorted_rows(draw: st.DrawFn, book: Workbook) -> None:
    """Somebody sorts some rows by one of their columns."""
    sheet = a_sheet(draw, book)
    first, by = a_place(draw, sheet)
    last = draw(st.integers(first, sheet.max_row + 1))
    width = sheet.max_column
    rows = [[sheet.cell(at, c).value for c in range(1, width + 1)] for at in range(first, last + 1)]
    rows.sort(key=lambda row: str(row[min(by, width) - 1]), reverse=draw(st.booleans()))
    for at, row in enumerate(rows, first):
        for column, value in enumerate(row, 1):
            put(sheet, (at, column), value)


def second_table(draw: st.DrawFn, book: Workbook) -> None:
    """The table once more, beside itself or below, or on a sheet of its own."""
    sheet = a_sheet(draw, book)
    target: Worksheet = sheet
    down, right = draw(st.sampled_from([(sheet.max_row + 1, 0), (0, sheet.max_column + 1), (0, 0)]))
    if not (down or right):
        target = book.create_sheet("Mere")
    for row in list(sheet.iter_rows(values_only=True, max_col=8)):
        down += 1
        for column, value in enumerate(row, 1):
            put(target, (down, right + column), value)


def stamp_damaged(draw: st.DrawFn, book: Workbook) -> None:
    """A field of the hidden stamp is changed, or lost."""
    sheet = book.worksheets[-1]
    at = draw(st.integers(1, 8)), draw(st.integers(1, 2))
    said = ["b", "drugs", "other-round", "9", None, "study", "unit", "x" * 500, *PERSONAL]
    put(sheet, at, draw(st.sampled_from(said)))


SHEET_BREAKERS: tuple[Breaker, ...] = (
    renamed,
    hidden,
    duplicated,
    deleted,
    reordered,
    rows_inserted,
    rows_deleted,
    columns_inserted,
    columns_deleted,
    sorted_rows,
    second_table,
    stamp_damaged,
)
