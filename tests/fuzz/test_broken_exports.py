"""However exports are broken: they are read or told, and nothing is lost."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misbrug_analysis.model.mapping import MappedExport
from tests.fuzz.archives import Broken, packed, steps_of
from tests.fuzz.bed import Bed
from tests.fuzz.broken_bytes import BYTE_BREAKERS
from tests.fuzz.broken_cells import CELL_BREAKERS, break_book
from tests.fuzz.broken_sheets import SHEET_BREAKERS
from tests.fuzz.broken_text import TEXT_BREAKERS, encoded
from tests.fuzz.broken_xml import XML_BREAKERS
from tests.fuzz.fuzzing import examples
from tests.fuzz.shared_strings import shared
from tests.fuzz.whole_exports import BOOKS, EXPORTS
from tests.fuzz.whole_forms import saved

SHOWN = st.integers(0, 9).map(lambda number: number == 9)


class BrokenExport(NamedTuple):
    """The files of an export, of which one is broken."""

    files: dict[str, Broken]
    mapping: MappedExport | None

    @property
    def contents(self) -> dict[str, bytes]:
        return {name: file.content for name, file in self.files.items()}


@st.composite
def broken_texts(draw: st.DrawFn) -> BrokenExport:
    export = EXPORTS[draw(st.sampled_from(list(EXPORTS)))]
    files = {name: Broken(text.encode(), ()) for name, text in export.texts().items()}
    name = draw(st.sampled_from(list(files)))
    text = export.texts()[name]
    chosen = draw(st.lists(st.sampled_from(TEXT_BREAKERS), min_size=1, max_size=3))
    for breaker in chosen:
        text = breaker(draw, text)
    content = encoded(draw, text)
    last = draw(st.lists(st.sampled_from(BYTE_BREAKERS), max_size=1))
    for byte_breaker in last:
        content = byte_breaker(draw, content)
    files[name] = Broken(content, steps_of(chosen) + steps_of(last))
    return BrokenExport(files, export.mapping)


@st.composite
def broken_books(draw: st.DrawFn) -> BrokenExport:
    export = BOOKS[draw(st.sampled_from(list(BOOKS)))]
    book = export.book()
    steps = break_book(draw, book, CELL_BREAKERS + SHEET_BREAKERS, 3)
    parts = saved(book)
    if draw(st.booleans()):
        parts = shared(parts)
    chosen = draw(st.lists(st.sampled_from(XML_BREAKERS), max_size=1))
    for breaker in chosen:
        breaker(draw, parts)
    files = {"book.xlsx": Broken(packed(parts), steps + steps_of(chosen))}
    return BrokenExport(files, export.mapping)


@examples("exports as text")
@given(export=broken_texts(), shown=SHOWN)
def test_exports_as_text(small: Bed, export: BrokenExport, shown: bool) -> None:
    small.read_all(export.contents, mapping=export.mapping, shown=shown)


@examples("exports as workbooks")
@given(export=broken_books(), shown=SHOWN)
def test_exports_as_workbooks(small: Bed, export: BrokenExport, shown: bool) -> None:
    small.read_all(export.contents, mapping=export.mapping, shown=shown)


@pytest.mark.parametrize("name", list(EXPORTS))
def test_whole_exports_are_read_without_a_fault(small: Bed, name: str) -> None:
    """What is broken above was whole before: the answers of two units."""
    texts = {file: text.encode() for file, text in EXPORTS[name].texts().items()}
    of_text = small.read_all(texts, mapping=EXPORTS[name].mapping)
    book = {"book.xlsx": packed(BOOKS[name].parts())}
    of_book = small.read_all(book, mapping=BOOKS[name].mapping)
    for came_in in (of_text, of_book):
        assert {one.code for one in came_in.problems} <= {"cpr_found"}
        assert set(came_in.answers["unit"]) == {"a", "b", "c"}
