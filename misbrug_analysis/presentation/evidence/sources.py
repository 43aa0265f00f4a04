"""Cells of forms and exports in words: the file, the place, and what stands there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from misbrug_analysis.model.answer_words import BLANK
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.presentation.addresses import answer_anchor, evidence_page
from misbrug_analysis.presentation.collecting.tally import shortened
from misbrug_analysis.presentation.collecting.words import cell_place, file_name
from misbrug_analysis.presentation.evidence.gathered import Gathered, Row
from misbrug_analysis.presentation.passages import linked

_LONGEST = 60
"""Signs of what stands in a cell; the tables of answers have the whole."""


def told_cells(
    gathered: Gathered, rows: Sequence[Row], item: str, *, quoted: bool, named: str = ""
) -> list[str]:
    """The cells, a line for each sheet of a file: ``syd.xlsx, Svar: C14 »delvis«``.

    An answer to another question than ``item`` is named by its number, which leads to its row the
    first time.
    What stands in a cell is ``quoted``, or told only where it was read as something else. A file
    that is ``named`` already, and its sheet where all answers stand in one, is not named again.
    """
    found: dict[tuple[str, str], list[str]] = {}
    led: set[str] = set()
    for row in rows:
        place = _told(gathered, row, item, quoted=quoted, leads=row["item"] not in led)
        found.setdefault(_sheet(row), []).append(place)
        led.add(row["item"])
    told = []
    for (source, sheet), places in found.items():
        cells = "; ".join(places)
        if source != named or sheet != gathered.only_sheet:
            file = _file(gathered, source, sheet)
            cells = gathered.language.text("evidence.cells", file=file, cells=cells)
        told.append(cells)
    return told + list(_decisions(gathered, rows))


def way_to_answer(gathered: Gathered, item: str, unit: str, here: str) -> str:
    """Where a unit's answer to an item stands, from the table of another item or topic."""
    page, there = (evidence_page(gathered.study, one) for one in (here, item))
    return f"{'' if there == page else there}#{answer_anchor(item, unit)}"


def note_on_sheet(gathered: Gathered) -> str:
    """Which sheet all answers stand in, where they do, so that rows need not say so."""
    if not gathered.only_sheet:
        return ""
    sheet = gathered.verbatim(masked(gathered.only_sheet))
    return gathered.language.text("evidence.only_sheet", sheet=sheet)


def _file(gathered: Gathered, source: str, sheet: str) -> str:
    name = file_name(source)
    text = gathered.language.text
    if sheet in ("", gathered.only_sheet):
        return name
    return text("evidence.sheet", file=name, sheet=gathered.verbatim(masked(sheet)))


def _sheet(row: Row) -> tuple[str, str]:
    """The file and the sheet of a cell; no sheet where the file has none."""
    return row["source"], row["locator"].rpartition("!")[0]


def _told(gathered: Gathered, row: Row, item: str, *, quoted: bool, leads: bool) -> str:
    language = gathered.language
    place = cell_place(row["locator"].rpartition("!")[2], language)
    if row["item"] != item:
        where = way_to_answer(gathered, row["item"], row["unit"], item)
        number = linked(row["item"], where) if leads else row["item"]
        place = language.text("evidence.other_item", item=number, place=place)
    if row["value"] == BLANK and not row["stands"]:
        return language.text("evidence.empty", place=place)
    stands = gathered.verbatim(shortened(row["stands"], _LONGEST))
    if row["stands"] != row["raw"]:
        raw = gathered.verbatim(shortened(row["raw"], _LONGEST))
        return language.text("evidence.read_as", place=place, text=stands, raw=raw)
    return language.text("evidence.cell", place=place, text=stands) if quoted else place


def _decisions(gathered: Gathered, rows: Sequence[Row]) -> Iterator[str]:
    """Who decided how a cell is read that could not be read by itself, and why."""
    decided = {(row["source"], row["locator"]) for row in rows if row["reason"] == "decided"}
    for one in gathered.study.decisions if decided else ():
        if (one.source, one.locator) in decided:
            yield gathered.language.text(
                "trace.decided",
                answer=gathered.verbatim(masked(one.reads_as)),
                reason=gathered.verbatim(one.reason),
                who=gathered.verbatim(one.decided_by),
            )
