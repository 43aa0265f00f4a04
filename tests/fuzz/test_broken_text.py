"""However a form in text is broken: it is read or told, and nothing is lost."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.archives import Broken, steps_of
from tests.fuzz.bed import Bed
from tests.fuzz.broken_bytes import BYTE_BREAKERS
from tests.fuzz.broken_text import TEXT_BREAKERS, encoded
from tests.fuzz.fuzzing import examples
from tests.fuzz.whole_forms import drawn_rows, real_texts

SHOWN = st.integers(0, 9).map(lambda number: number == 9)


def as_text(rows: list[list[object]]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows(rows)
    return stream.getvalue()


TEXTS = {
    "small": drawn_rows().map(as_text),
    "real": st.sampled_from(range(4)).map(lambda number: real_texts()[number]),
}


@st.composite
def broken(draw: st.DrawFn, of: str) -> Broken:
    text = draw(TEXTS[of])
    chosen = draw(st.lists(st.sampled_from(TEXT_BREAKERS), min_size=1, max_size=3))
    for breaker in chosen:
        text = breaker(draw, text)
    content = encoded(draw, text)
    last = draw(st.lists(st.sampled_from(BYTE_BREAKERS), max_size=1))
    for byte_breaker in last:
        content = byte_breaker(draw, content)
    return Broken(content, steps_of(chosen) + steps_of(last))


@examples("text")
@given(file=broken("small"), shown=SHOWN)
def test_text_of_a_small_form(small: Bed, file: Broken, shown: bool) -> None:
    small.read("a.csv", file.content, shown=shown)


@examples("text of real forms")
@given(file=broken("real"), shown=SHOWN)
def test_text_of_a_real_form(real: Bed, file: Broken, shown: bool) -> None:
    real.read("x.csv", file.content, shown=shown)
