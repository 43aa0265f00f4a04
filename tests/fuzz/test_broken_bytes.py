"""Whatever becomes of the bytes of a file: it is read or told, and nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.archives import Broken, packed, steps_of
from tests.fuzz.bed import Bed
from tests.fuzz.broken_bytes import ARCHIVE_BREAKERS, BYTE_BREAKERS
from tests.fuzz.broken_cells import CELL_BREAKERS, break_book
from tests.fuzz.broken_parts import PART_BREAKERS
from tests.fuzz.broken_sheets import SHEET_BREAKERS
from tests.fuzz.broken_xml import XML_BREAKERS
from tests.fuzz.fuzzing import examples
from tests.fuzz.shared_strings import shared
from tests.fuzz.whole_forms import books, real_forms, saved, sent_form

COMPRESSION = st.sampled_from([0, 8])
"""Stored, so that a changed byte reaches the XML; deflated, as programs do it."""


@st.composite
def broken(draw: st.DrawFn) -> Broken:
    parts = saved(draw(books("small")))
    if draw(st.booleans()):
        parts = shared(parts)
    content = packed(parts, draw(COMPRESSION))
    chosen = draw(
        st.lists(st.sampled_from(BYTE_BREAKERS + ARCHIVE_BREAKERS), min_size=1, max_size=3)
    )
    for breaker in chosen:
        content = breaker(draw, content)
    return Broken(content, steps_of(chosen))


@st.composite
def broken_everywhere(draw: st.DrawFn) -> Broken:
    book = draw(books("small"))
    steps = break_book(draw, book, CELL_BREAKERS + SHEET_BREAKERS, 3)
    parts = saved(book)
    if draw(st.booleans()):
        parts = shared(parts)
    chosen = draw(st.lists(st.sampled_from(XML_BREAKERS + PART_BREAKERS), max_size=2))
    for breaker in chosen:
        breaker(draw, parts)
    content = packed(parts, draw(COMPRESSION))
    last = draw(st.lists(st.sampled_from(BYTE_BREAKERS + ARCHIVE_BREAKERS), max_size=1))
    for byte_breaker in last:
        content = byte_breaker(draw, content)
    return Broken(content, steps + steps_of(chosen) + steps_of(last))


@examples("bytes")
@given(file=broken(), name=st.sampled_from(["a.xlsx", "a.xlsx", "a.XLSX", "a.csv"]))
def test_bytes_of_a_workbook(small: Bed, file: Broken, name: str) -> None:
    small.read(name, file.content)


@examples("everywhere")
@given(file=broken_everywhere())
def test_everything_at_once(small: Bed, file: Broken) -> None:
    small.read("a.xlsx", file.content)


def test_whole_forms_are_read_without_a_fault(small: Bed, real: Bed) -> None:
    """What is broken elsewhere was whole before."""
    assert len(small.read("a.xlsx", sent_form()).answers) > len(small.alone.answers)
    for content in real_forms():
        came_in = real.read("x.xlsx", content)
        assert came_in.problems == ()
        assert len(came_in.answers) > len(real.alone.answers)
