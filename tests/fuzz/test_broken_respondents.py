"""However what several of one unit sent is broken: it is read or told, and nobody is named."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from misbrug_analysis.model.mapping import MappedExport
from tests.fuzz.bed import Bed
from tests.fuzz.broken_text import TEXT_BREAKERS, encoded
from tests.fuzz.fuzzing import examples
from tests.fuzz.invariants import PERSONAL, check_gone
from tests.fuzz.whole_exports import as_text
from tests.fuzz.whole_forms import SAID, drawn_rows

WHO = st.sampled_from(["1", "2", "01", "Ida Holm", "", *PERSONAL])
ROLES = st.sampled_from(["leder", "Chef", "medarbejder", "MEDARBEJDER ", "vikar", ""])
UNITS = st.sampled_from(["a", "A", "b", "x", ""])
SHOWN = st.integers(0, 9).map(lambda number: number == 9)
DAYS = st.sampled_from(["2024-03-14", "2024-03-14 10:11:12", ""])
FILES: dict[str, tuple[list[str], dict[str, Any]]] = {
    "wide.csv": (["Sted", "Id", "Stilling", "Dato", "t.1"], {"items": {"t.1": "t.1"}}),
    "long.csv": (
        ["Sted", "Id", "Stilling", "Dato", "Nr.", "Svar"],
        {"item": "Nr.", "answer": "Svar"},
    ),
}


@st.composite
def exports(draw: st.DrawFn) -> tuple[str, bytes, MappedExport, bool]:
    """An export with respondents, its mapping, and whether its text is whole."""
    name = draw(st.sampled_from(list(FILES)))
    headings, tied = FILES[name]
    person = st.tuples(UNITS, WHO, ROLES, DAYS)
    asked = [st.sampled_from(["t.1", "t.2", "role", "x"])] if name == "long.csv" else []
    row = st.tuples(person, st.tuples(*asked, SAID)).map(lambda parts: [*parts[0], *parts[1]])
    text = as_text([headings, *draw(st.lists(row, min_size=1, max_size=8))])
    breakers = draw(st.lists(st.sampled_from(TEXT_BREAKERS), max_size=1))
    for breaker in breakers:
        text = breaker(draw, text)
    mapping = MappedExport(
        file=f"forms/{name}",
        layout="wide" if name == "wide.csv" else "long",
        unit="Sted",
        form_is="joint",
        respondent="Id",
        role="Stilling",
        date="Dato",
        **tied,
    )
    return name, encoded(draw, text), mapping, not breakers


@examples("several respondents")
@given(export=exports(), shown=SHOWN)
def test_exports_with_respondents(
    several: Bed, export: tuple[str, bytes, MappedExport, bool], shown: bool
) -> None:
    name, content, mapping, is_whole = export
    came_in = several.read_all({name: content}, mapping=mapping, shown=shown)
    if is_whole:  # else a name can have come into another column
        check_gone(came_in, "Ida Holm")


@examples("several respondents")
@given(rows=st.lists(drawn_rows(), min_size=1, max_size=3), role=ROLES, shown=SHOWN)
def test_forms_of_several(
    several: Bed, rows: list[list[list[object]]], role: str, shown: bool
) -> None:
    line: list[object] = ["Rolle", role]
    made = [[*one[:4], line, *one[4:]] for one in rows]
    files = {f"a{number}.csv": as_text(one).encode() for number, one in enumerate(made)}
    several.read_all(files, shown=shown)
