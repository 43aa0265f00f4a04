"""Holds in every test that reads forms: each ledger adds up, by a count of its own.

What a ledger was given is written down before it sees it. At the end of the test every cell must
be in it once, and what is in it besides must be a place that holds no cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from misbrug_analysis.intake.exports import incoming
from misbrug_analysis.intake.exports.exported import UNKEPT, Exported
from misbrug_analysis.intake.exports.reading import ReadExport
from misbrug_analysis.intake.grid import Cell
from misbrug_analysis.intake.ledger import FILE, REASONS, FileLedger
from misbrug_analysis.model.errors import faults
from misbrug_analysis.model.mapping import MappedExport
from misbrug_analysis.model.privacy import NOT_KEPT, masked
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import FATES

Given = list[tuple[FileLedger, list[Cell]]]


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Given]:
    """Every ledger that is made meanwhile, with the cells it was given; checked at the end."""
    made: Given = []
    exports: list[tuple[Exported, ReadExport]] = []
    begin, take, read = FileLedger.__init__, FileLedger.take, incoming.read_responses

    def note(self: FileLedger, source: str, cells: Iterable[Cell], *more: object) -> None:
        made.append((self, []))
        begin(self, source, cells, *more)  # type: ignore[arg-type]

    def note_cells(self: FileLedger, cells: Iterable[Cell], meant: str = "") -> None:
        given = list(cells)
        next(taken for ledger, taken in reversed(made) if ledger is self).extend(given)
        take(self, given, meant)

    def note_export(exported: Exported, export: MappedExport, study: Study) -> ReadExport:
        exports.append((exported, read(exported, export, study)))
        return exports[-1][1]

    with monkeypatch.context() as patch:
        patch.setattr(FileLedger, "__init__", note)
        patch.setattr(FileLedger, "take", note_cells)
        patch.setattr(incoming, "read_responses", note_export)
        yield made
    for ledger, given in made:
        check_sum(ledger, given)
    for exported, read_export in exports:
        check_export(exported, read_export)


def check_export(exported: Exported, export: ReadExport) -> None:
    """The rows of an export's ledger are its cells, each once, and places without one."""
    rows = export.ledger()
    places = list(zip(rows["source"], rows["locator"], strict=True))
    cells = exported.cells
    given = list(zip(cells["source"], cells["locator"], strict=True))
    assert len(set(places)) == len(places)
    assert len(set(given)) == len(given), "two cells of an export have one place"
    known = set(given)
    assert known <= set(places), f"lost {known - set(places)}"
    assert set(rows["fate"]) <= set(FATES)
    assert set(rows["reason"]) <= {*REASONS, *faults()}
    raw = dict(zip(places, rows["raw"], strict=True))
    for place, text, role in zip(given, cells["text"], cells["role"], strict=True):
        assert raw[place] == (NOT_KEPT if role in UNKEPT else masked(text))
    beside = rows[[place not in known for place in places]]
    assert set(beside["fate"]) <= {"blank", "rejected", "superseded", "used"}
    assert set(beside["raw"]) <= {""}
    counts = [form.ledger.usable for form in export.forms]
    said = zip(export.answers["form"], export.answers["locator"], strict=True)
    answered = {(export.source, locator) for form, locator in said if counts[form]}
    used = rows[rows["fate"] == "used"]
    assert answered <= set(zip(used["source"], used["locator"], strict=True))


def check_sum(ledger: FileLedger, given: list[Cell]) -> None:
    """The rows of a ledger are the cells it was given and empty places, each with a fate."""
    rows = {row["locator"]: row for row in ledger.rows()}
    assert len(rows) == len(ledger.rows())
    cells = {cell.locator: cell.text for cell in given}
    assert len(cells) == len(given) or ledger.whole != FILE, "two cells of a file have one place"
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
    said_elsewhere = {rows[at]["reason"] for at in empty if rows[at]["fate"] == "used"}
    assert said_elsewhere <= {"decided", "role"}  # a mapping can say the role of all
