"""Whatever stands in whichever cell: nothing raises or is lost, and it is read alike twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.utils.exceptions import IllegalCharacterError

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.ledger import FILE, REASONS
from misbrug_analysis.model.errors import faults
from misbrug_analysis.model.tables import FATES
from tests.fuzz.counted import is_said
from tests.small import ITEMS, load, make_project, say_saved

WORDS = [
    *("Nr.", "Spørgsmål", "Svar", "Bemærkning", "Besvarelse fra", "Skema", "Udfyldt den"),
    *("Ja", "Nej", "Delvis", "Ved ikke", "x", "✓", "a", "fælles", "01-03-2024", "brev; samtale"),
    *("Følger I op?", "Hvordan?", "t.d2/1", "t.d2/2", "t", "ja, men", "#REF!", "=1+1", "\u200b"),
    *ITEMS,
]
"""What means something somewhere in a form."""

VALUES = st.one_of(
    st.sampled_from(WORDS),
    st.text(max_size=20),
    st.booleans(),
    st.integers(-10, 10**10),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
)
PLACES = st.tuples(st.integers(1, 12), st.integers(1, 7))


@st.composite
def workbooks(draw: st.DrawFn) -> Workbook:
    """A sheet with the frame of a form, or without, and anything in its cells and around them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = draw(st.sampled_from(["Svar", "misbrug", "010203-1234"]))
    if draw(st.booleans()):
        for row in [["Besvarelse fra", "a"], ["Skema", "fælles"], WORDS[:4]]:
            sheet.append(row)
        for item in ITEMS:
            sheet.append([item])
    for (row, column), value in draw(st.dictionaries(PLACES, VALUES, max_size=25)).items():
        try:
            sheet.cell(row, column, value)
        except IllegalCharacterError:
            sheet.cell(row, column, "a sign that no workbook holds")
    for row, column in draw(st.lists(PLACES, max_size=2)):
        sheet.cell(row, column).comment = Comment("Ring 12345678", "x")
    for row, column in draw(st.lists(PLACES, max_size=2)):
        sheet.merge_cells(None, row, column, row + 1, column + draw(st.integers(0, 2)))
    return book


@hypothesis_settings(max_examples=60, deadline=None)
@given(books=st.lists(workbooks(), min_size=1, max_size=2))
def test_anything_is_read_or_told_and_adds_up(
    tmp_path_factory: pytest.TempPathFactory, books: list[Workbook]
) -> None:
    folder = make_project(tmp_path_factory.mktemp("any"))
    for number, book in enumerate(books):
        path = folder / "forms" / f"{number}.xlsx"
        book.save(path)
        say_saved(path, "")
    came_in = collect(load(folder))
    for language in ("da", "en"):
        told = "\n".join(one.told(language) for one in (*came_in.problems, *came_in.warnings))
        assert "12345678" not in told
        assert "010203-1234" not in told
    ledger = came_in.ledger
    assert set(ledger["reason"]) <= {*REASONS, *faults()}
    # A table with the answers of many is rejected as a whole, where it is.
    kept = set(ledger["source"][ledger["locator"] != FILE])
    for form in came_in.forms:
        rows = ledger[ledger["source"] == form.source]
        if form.source not in kept:
            assert list(rows["fate"]) == ["rejected"]
            continue
        cells = cells_of(folder / form.source)
        positions = rows[~rows["locator"].isin(cells)]
        assert cells <= set(rows["locator"])
        assert sum((rows["fate"] == fate).sum() for fate in FATES) == len(cells) + len(positions)
    again = collect(load(folder))
    assert again.answers.equals(came_in.answers)
    assert again.ledger.equals(ledger)
    assert again.problems == came_in.problems
    used = ledger[ledger["fate"] == "used"]
    places = set(zip(used["source"], used["locator"], strict=True))
    answers = set(zip(came_in.answers["source"], came_in.answers["locator"], strict=True))
    assert answers <= places


def cells_of(path: Path) -> set[str]:
    """The places that hold anything, as somebody else reads the workbook."""
    return {
        f"{sheet.title.replace('010203-1234', '[cpr]')}!{cell.coordinate}"
        for sheet in load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and is_said(str(cell.value))
    }
