"""However the sheets of a form are moved, copied, cut and named: it is read or told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.archives import Broken, packed
from tests.fuzz.bed import Bed
from tests.fuzz.broken_cells import CELL_BREAKERS, break_book
from tests.fuzz.broken_sheets import SHEET_BREAKERS
from tests.fuzz.fuzzing import examples
from tests.fuzz.invariants import PERSONAL, check_gone
from tests.fuzz.whole_forms import books, saved

SHOWN = st.integers(0, 9).map(lambda number: number == 9)
"""Whether pages are made of an example: they take longer."""


@st.composite
def broken(draw: st.DrawFn, of: str) -> Broken:
    book = draw(books(of))
    steps = break_book(draw, book, SHEET_BREAKERS + CELL_BREAKERS, 4)
    return Broken(packed(saved(book)), steps)


@examples("sheets")
@given(file=broken("small"), shown=SHOWN)
def test_sheets_of_a_small_form(small: Bed, file: Broken, shown: bool) -> None:
    check_gone(small.read("a.xlsx", file.content, shown=shown), *PERSONAL)


@examples("sheets of real forms")
@given(file=broken("real"), shown=SHOWN)
def test_sheets_of_a_real_form(real: Bed, file: Broken, shown: bool) -> None:
    check_gone(real.read("x.xlsx", file.content, shown=shown), *PERSONAL)
