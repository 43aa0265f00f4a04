"""The stamp in a returned form: what it says, and what in the form goes against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

from misbrug_analysis.intake.cleaning import excerpt
from misbrug_analysis.intake.grid import Cell, Sheet
from misbrug_analysis.intake.ledger import FILE, FileLedger
from misbrug_analysis.model.errors import Problem, name_list
from misbrug_analysis.model.stamp import FormStamp, digest_of
from misbrug_analysis.model.study import Study

_FIELDS = frozenset(one.name for one in fields(FormStamp))
_ENOUGH = 4
"""So many of a stamp's fields no other sheet has, whatever people call it."""


@dataclass(frozen=True)
class Stamps:
    """What the sheets with a stamp say, and where: ``stamp`` where it is one whole stamp.

    ``at`` is where each of its fields stands, ``several`` whether there are stamps that differ.
    """

    sheets: tuple[str, ...] = ()
    stamp: FormStamp | None = None
    at: Mapping[str, str] = field(default_factory=dict)
    several: bool = False

    @property
    def damaged(self) -> bool:
        return bool(self.sheets) and self.stamp is None and not self.several


def is_stamp(sheet: Sheet) -> bool:
    """Whether a sheet is one with a stamp: by what it says, since sheets are renamed and copied."""
    return len(_FIELDS & set(_cells(sheet))) >= _ENOUGH


def read_stamps(sheets: Sequence[Sheet]) -> Stamps:
    """The stamp of a workbook, where it has exactly one in which no field is missing or twice."""
    stamped = {sheet.name: _cells(sheet) for sheet in sheets if is_stamp(sheet)}
    found = [stamp for cells in stamped.values() if (stamp := _whole(cells)) is not None]
    if len(set(found)) != 1:
        return Stamps(tuple(stamped), several=len(found) > 1)
    first = next(cells for cells in stamped.values() if _whole(cells) is not None)
    return Stamps(tuple(stamped), found[0], {name: of[0].locator for name, of in first.items()})


def _whole(cells: Mapping[str, Sequence[Cell]]) -> FormStamp | None:
    """The stamp of a sheet; None where a field is missing, or there with two values."""
    said = {name: {cell.text for cell in of} for name, of in cells.items()}
    return FormStamp.read({name: texts.pop() for name, texts in said.items() if len(texts) == 1})


def _cells(sheet: Sheet) -> dict[str, list[Cell]]:
    """The cells in column B by the name beside them in column A."""
    found: dict[str, list[Cell]] = {}
    for cells in sheet.rows().values():
        if 1 in cells and 2 in cells:
            found.setdefault(cells[1].text, []).append(cells[2])
    return found


def digest_cells(sheets: Sequence[Sheet]) -> set[str]:
    """Where a stamp has its digest: its digits can look like somebody's number by chance."""
    return {
        cell.locator
        for sheet in sheets
        if is_stamp(sheet)
        for cell in _cells(sheet).get("questions", ())
        if _is_digest(cell)
    }


def reject_of_several(ledger: FileLedger, stamps: Stamps) -> None:
    """A workbook with the stamps of two forms: nobody can tell which of them it is."""
    if stamps.several:
        ledger.reject_form("two_stamps", sheets=name_list(stamps.sheets))


def reject_of_other_round(ledger: FileLedger, stamp: FormStamp, study: Study) -> None:
    """A form that was sent out in another round, or for other questions, is not used."""
    instrument = study.instrument
    if stamp.study != study.id:
        ledger.reject_form("other_round", stamped=excerpt(stamp.study), study=study.id)
    elif (stamp.instrument, stamp.version) != (instrument.id, instrument.version):
        stamped = excerpt(f"{stamp.instrument} {stamp.version}")
        valid = f"{instrument.id} {instrument.version}"
        ledger.reject_form("other_version", stamped=stamped, instrument=valid)


def stamp_warnings(source: str, stamps: Stamps, study: Study) -> Iterator[Problem]:
    """What may be wrong where a stamp is damaged, or the questions were changed since."""
    stamp = stamps.stamp
    if stamps.damaged:
        told = {"sheet": name_list(stamps.sheets)}
        yield Problem("stamp_damaged", source, told, source, FILE)
    elif (
        stamp
        and (stamp.study, stamp.version) == (study.id, study.instrument.version)
        and (stamp.questions != digest_of(study.instrument))
    ):
        yield Problem("questions_changed", source, {"study": study.id}, source, FILE)


def _is_digest(cell: Cell) -> bool:
    return len(cell.text) == 12 and all(letter in "0123456789abcdef" for letter in cell.text)
