"""Holds in every test that reads forms: each ledger adds up, by a count of its own.

What a ledger was given is written down before it sees it. At the end of the test every cell must
be in it once, and what is in it besides must be a place that holds no cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from misbrug_analysis.intake.grid import Cell
from misbrug_analysis.intake.ledger import FILE, REASONS, FileLedger
from misbrug_analysis.model.errors import faults
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.model.tables import FATES

Given = list[tuple[FileLedger, list[Cell]]]


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Given]:
    """Every ledger that is made meanwhile, with the cells it was given; checked at the end."""
    made: Given = []
    begin = FileLedger.__init__

    def note(self: FileLedger, source: str, cells: Iterable[Cell], *more: object) -> None:
        given = list(cells)
        made.append((self, given))
        begin(self, source, given, *more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(FileLedger, "__init__", note)
        yield made
    for ledger, given in made:
        check_sum(ledger, given)


def check_sum(ledger: FileLedger, given: list[Cell]) -> None:
    """The rows of a ledger are the cells it was given and empty places, each with a fate."""
    rows = {row["locator"]: row for row in ledger.rows()}
    assert len(rows) == len(ledger.rows())
    cells = {cell.locator: cell.text for cell in given}
    assert len(cells) == len(given), "two cells of a file have one place"
    lost = set(cells) - set(rows)
    assert not lost, f"{ledger.source} lost {lost}"
    for locator, row in rows.items():
        assert row["raw"] == masked(cells.get(locator, "")) or locator == FILE
    known = {*REASONS, *faults()}
    assert {row["fate"] for row in rows.values()} <= set(FATES)
    assert {row["reason"] for row in rows.values()} <= known
    fates = [row["fate"] for row in rows.values()]
    empty = set(rows) - set(cells)
    assert sum(fates.count(fate) for fate in FATES) == len(cells) + len(empty)
    beside = {rows[locator]["fate"] for locator in empty}
    assert beside <= {"blank", "rejected", "superseded", "used"}
    decided = {rows[at]["reason"] for at in empty if rows[at]["fate"] == "used"}
    assert decided <= {"decided"}
