"""What broken files are judged by can find a fault: counts by hand, and rounds with one planted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from openpyxl import Workbook

from misbrug_analysis.intake.collect import Round
from tests.fuzz.archives import packed
from tests.fuzz.bed import Bed
from tests.fuzz.counted import filled_cells, places, text_places
from tests.fuzz.invariants import PERSONAL, check_gone, check_nothing_lost, check_round
from tests.fuzz.shared_strings import SHARED, inline, shared
from tests.fuzz.whole_forms import saved, sent_form

SOURCE = "forms/c.csv"


def test_cells_of_a_workbook_are_counted_by_others() -> None:
    book = Workbook()
    book.active["B2"], book.active["C3"], book.active["D4"] = "ja", False, " "  # type: ignore[index]
    book.create_sheet()["B2"] = "=1+1"
    for parts in (saved(book), shared(saved(book))):
        assert filled_cells(packed(parts)) == [Counter({"B2": 2, "C3": 1})] * 2


def test_shared_texts_and_texts_in_cells_are_the_same() -> None:
    book = Workbook()
    book.active["A1"], book.active["A2"] = "ja", "nej"  # type: ignore[index]
    parts = saved(book)
    there = shared(parts)
    assert there[SHARED].count(b"<si>") == 2
    assert inline(there)["xl/worksheets/sheet1.xml"] == parts["xl/worksheets/sheet1.xml"]


def test_places_of_a_text_are_counted_by_each_separator() -> None:
    readings = text_places(b"a;b\n;c,d\n")
    assert {"row 1 column 1", "row 1 column 2", "row 2 column 2"} in readings  # by semicolons
    assert {"row 1 column 1", "row 2 column 1", "row 2 column 2"} in readings  # by commas


def test_places_of_a_ledger_are_its_cells_alone() -> None:
    found = places(["Svar!C9", "Noter!C9", "Svar!C9 (note)", "Svar (header)", "file"])
    assert found == Counter({"C9": 2})


def without(came_in: Round, table: str, row: int) -> Round:
    return replace(came_in, **{table: getattr(came_in, table).drop(row).reset_index(drop=True)})


def said(came_in: Round, table: str, column: str, text: str) -> Round:
    changed = getattr(came_in, table).copy()
    changed.loc[0, column] = text
    return replace(came_in, **{table: changed})


def test_a_lost_cell_of_a_text_is_found(small: Bed) -> None:
    content = (small.forms / "c.csv").read_bytes()
    check_nothing_lost(small.alone, small.study, SOURCE, content)
    with pytest.raises(AssertionError, match="lost"):
        check_nothing_lost(without(small.alone, "ledger", 3), small.study, SOURCE, content)


def test_a_lost_cell_of_a_workbook_is_found(small: Bed) -> None:
    came_in = small.read("a.xlsx", sent_form())
    ledger = came_in.ledger
    (row,) = ledger.index[ledger["locator"].str.startswith("Svar!") & (ledger["raw"] == "længere")]
    lossy = without(came_in, "ledger", int(row))
    with pytest.raises(AssertionError, match="lost"):
        check_nothing_lost(lossy, small.study, "forms/a.xlsx", sent_form())


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("answers", "value", "måske"),
        ("answers", "unit", "x"),
        ("answers", "locator", "row 99 column 1"),
        ("answers", "raw", PERSONAL[0]),
        ("ledger", "raw", PERSONAL[1]),
        ("ledger", "fate", "rejected"),
    ],
)
def test_a_planted_fault_of_a_round_is_found(
    small: Bed, table: str, column: str, text: str
) -> None:
    check_round(small.alone, small.study)
    with pytest.raises(AssertionError):
        check_round(said(small.alone, table, column, text), small.study)


def test_what_ought_to_be_gone_is_found(small: Bed) -> None:
    check_gone(small.alone, *PERSONAL)
    with pytest.raises(AssertionError, match="is told"):
        check_gone(said(small.alone, "ledger", "raw", f"Spørg {PERSONAL[2]}"), *PERSONAL)
