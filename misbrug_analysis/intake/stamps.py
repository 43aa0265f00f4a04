"""The stamp in a returned form: what it says, and what in the form goes against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from misbrug_analysis.intake.cleaning import excerpt
from misbrug_analysis.intake.grid import Cell, Sheet
from misbrug_analysis.intake.ledger import FILE, FileLedger
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.model.stamp import SHEET, FormStamp, digest_of
from misbrug_analysis.model.study import Study


def is_stamp(sheet: Sheet) -> bool:
    """Whether a sheet is the one with the stamp, by its name."""
    return sheet.name == SHEET


def read_stamp(sheets: Sequence[Sheet]) -> FormStamp | None:
    """The stamp of a workbook; None where there is none or a field of it is missing."""
    rows: dict[str, str] = {}
    for cells in (cells for sheet in sheets if is_stamp(sheet) for cells in sheet.rows().values()):
        if 1 in cells and 2 in cells:
            rows.setdefault(cells[1].text, cells[2].text)
    return FormStamp.read(rows)


def digest_cells(sheets: Sequence[Sheet]) -> set[str]:
    """Where a stamp has its digest: its digits can look like somebody's number by chance."""
    rows = [cells for sheet in sheets if is_stamp(sheet) for cells in sheet.rows().values()]
    return {
        cells[2].locator
        for cells in rows
        if 1 in cells and 2 in cells and cells[1].text == "questions" and _is_digest(cells[2])
    }


def reject_of_other_round(ledger: FileLedger, stamp: FormStamp, study: Study) -> None:
    """A form that was sent out in another round, or for other questions, is not used."""
    instrument = study.instrument
    if stamp.study != study.id:
        ledger.reject_form("other_round", stamped=excerpt(stamp.study), study=study.id)
    elif (stamp.instrument, stamp.version) != (instrument.id, instrument.version):
        stamped = excerpt(f"{stamp.instrument} {stamp.version}")
        valid = f"{instrument.id} {instrument.version}"
        ledger.reject_form("other_version", stamped=stamped, instrument=valid)


def stamp_warnings(
    source: str, sheets: Sequence[Sheet], stamp: FormStamp | None, study: Study
) -> Iterator[Problem]:
    """What may be wrong where a stamp is damaged, or the questions were changed since."""
    if stamp is None:
        if any(is_stamp(sheet) for sheet in sheets):
            yield Problem("stamp_damaged", source, {"sheet": SHEET}, source, FILE)
    elif (stamp.study, stamp.version) == (study.id, study.instrument.version) and (
        stamp.questions != digest_of(study.instrument)
    ):
        yield Problem("questions_changed", source, {"study": study.id}, source, FILE)


def _is_digest(cell: Cell) -> bool:
    return len(cell.text) == 12 and all(letter in "0123456789abcdef" for letter in cell.text)
