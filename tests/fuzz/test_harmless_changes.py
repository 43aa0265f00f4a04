"""What changes nothing for a person changes nothing in what is read."""

from __future__ import annotations

import io

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from misbrug_analysis.intake.collect import Round
from tests.fuzz.archives import Broken, packed, steps_of
from tests.fuzz.bed import Bed
from tests.fuzz.fuzzing import examples
from tests.fuzz.harmless import CHANGES, COMPRESSIONS, LAST, SPELLINGS, shifted
from tests.fuzz.shared_strings import shared
from tests.fuzz.whole_forms import drawn_forms, saved, sent_form

SAME = ["unit", "form", "item", "value", "raw"]


def said(came_in: Round) -> tuple[pd.DataFrame, list[str], list[str]]:
    """The answers, and what is wrong, wherever it stands."""
    answers = came_in.answers[came_in.answers["source"] == "forms/a.xlsx"][SAME]
    faults = sorted(one.code for one in came_in.problems)
    return answers.reset_index(drop=True), faults, sorted(one.code for one in came_in.warnings)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Broken, Broken]:
    """A workbook, and the same in other words."""
    book: Workbook = draw(drawn_forms())
    parts = saved(book)
    whole = packed(parts)
    if draw(st.booleans()):
        parts = shared(parts)
    chosen = draw(st.lists(st.sampled_from(CHANGES), max_size=3, unique=True))
    chosen += draw(st.lists(st.sampled_from(SPELLINGS), max_size=1))
    chosen += draw(st.lists(st.sampled_from(LAST), max_size=1))
    for change in chosen:
        parts = change(draw, parts)
    comment = draw(st.sampled_from([b"", b"made by hand"]))
    changed = packed(parts, draw(COMPRESSIONS), comment)
    return Broken(whole, ("whole",)), Broken(changed, steps_of(chosen))


@examples("harmless")
@given(pair=pairs())
def test_another_spelling_of_a_workbook_is_the_same_form(
    small: Bed, pair: tuple[Broken, Broken]
) -> None:
    whole, changed = pair
    first = said(small.read("a.xlsx", whole.content))
    second = said(small.read("a.xlsx", changed.content))
    pd.testing.assert_frame_equal(first[0], second[0])
    assert first[1:] == second[1:]


@examples("harmless")
@given(data=st.data())
def test_a_form_that_was_moved_on_its_sheet_is_the_same(small: Bed, data: st.DataObject) -> None:
    parts = saved(load_workbook(io.BytesIO(sent_form())))
    first = said(small.read("a.xlsx", packed(parts)))
    moved = shifted(data.draw, parts)
    second = said(small.read("a.xlsx", packed(moved)))
    pd.testing.assert_frame_equal(first[0], second[0])
    assert first[1:] == second[1:]
