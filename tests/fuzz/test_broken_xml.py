"""However the XML inside a workbook is broken: it is read or told, and nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.archives import Broken, packed, steps_of
from tests.fuzz.bed import Bed
from tests.fuzz.broken_parts import PART_BREAKERS
from tests.fuzz.broken_xml import XML_BREAKERS
from tests.fuzz.fuzzing import examples
from tests.fuzz.shared_strings import shared
from tests.fuzz.whole_forms import books, saved

BREAKERS = st.sampled_from(XML_BREAKERS) | st.sampled_from(XML_BREAKERS + PART_BREAKERS)


@st.composite
def broken(draw: st.DrawFn, of: str) -> Broken:
    parts = saved(draw(books(of)))
    if draw(st.booleans()):
        parts = shared(parts)
    chosen = draw(st.lists(BREAKERS, min_size=1, max_size=3))
    for breaker in chosen:
        breaker(draw, parts)
    return Broken(packed(parts), steps_of(chosen))


@examples("xml")
@given(file=broken("small"))
def test_xml_of_a_small_form(small: Bed, file: Broken) -> None:
    small.read("a.xlsx", file.content)


@examples("xml of real forms")
@given(file=broken("real"))
def test_xml_of_a_real_form(real: Bed, file: Broken) -> None:
    real.read("x.xlsx", file.content)
