"""Exports of SurveyXact: answers as codes, with what the codes and variables mean beside them.

Its full export is three files, or three sheets of a workbook: ``dataset`` (a row a respondent, a
column a variable), ``labels`` (variable, code, label) and ``structure`` (the variables of each
question). What is known of them is taken from the sample survey of the R package readSX
(https://github.com/NIFU-NO/readSX), which has it in three encodings and as a workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from misbrug_analysis.intake.cleaning import bare
from misbrug_analysis.intake.exports.columns import Columns
from misbrug_analysis.intake.exports.exported import UnreadableExport
from misbrug_analysis.intake.exports.meanings import Codes, labels_of, whole
from misbrug_analysis.intake.exports.tables import Table
from misbrug_analysis.intake.questions import options_labelled
from misbrug_analysis.model.instrument import Item
from misbrug_analysis.model.mapping import MappedExport

CODEBOOK: Final = ("labels", "structure", "variables")
"""The sheets that say what variables and codes mean."""

STATUS: Final = tuple(f"stato_{number}" for number in range(1, 6))
"""The variables of a response's status, of which one is 1. ``structure`` of the sample survey calls
them, in this order: new ("Ny", not sent out yet), distributed ("Distribuert", sent out and not
opened), some answers ("Noen svar"), completed ("Gjennomført") and dropped out ("Frafalt").

What is new or distributed was not begun, unless something is answered in it all the same. Some
answers count like all of them: questions that were not reached are blank. Who dropped out has
withdrawn, so that nothing of theirs counts, whatever they answered before."""

_NOT_BEGUN, _DROPPED = STATUS[:2], STATUS[4]
_DATASET = re.compile(r"dataset\s*(?:\((\d+)\))?")
_STRUCTURE: Final = ("questionName", "variableName", "subType", "choiceText")


def is_dataset(sheet: str) -> bool:
    """Whether a sheet has answers: ``Dataset``, or ``Dataset(1)`` where they fill several."""
    return _DATASET.fullmatch(sheet.strip().casefold()) is not None


def datasets(tables: Sequence[Table]) -> list[Table]:
    """The sheets of a workbook with answers, in the order of their numbers."""

    def number(table: Table) -> int:
        found = _DATASET.fullmatch(table.sheet.strip().casefold())
        return int(found[1] or 0) if found else 0

    return sorted((table for table in tables if is_dataset(table.sheet)), key=number)


def check_joined(columns: Columns) -> None:
    """Raise UnreadableExport where sheets do not have the same respondents row by row.

    Rows are compared by where the last one stands, and by variables that stand on both sheets.
    """
    first, *others = columns.tables
    for other in others:
        last = [int(table.numbers[-1]) if len(table.numbers) else 0 for table in (first, other)]
        common = [name for name in first.headings if name in other.headings]
        alike = [Columns([table]) for table in (first, other)]
        same = all(_column(alike[0], name) == _column(alike[1], name) for name in common)
        if last[0] != last[1] or not same:
            sheets = {"sheet": first.sheet, "other": other.sheet}
            raise UnreadableExport(first.source, "split_sheets_differ", **sheets)


def _column(columns: Columns, name: str) -> dict[int, str]:
    """The texts of a column by the rows that they stand in."""
    texts = columns.texts(columns.names[name])
    numbers = columns.numbers.tolist()
    return {number: text for number, text in zip(numbers, texts, strict=True) if text}


def labels(table: Table) -> Mapping[str, Codes]:
    """The labels of codes by variable.

    Raises UnreadableExport where they do not have their three columns.
    """
    if 0 < table.codes.shape[1] < 3:
        raise UnreadableExport(table.source, "labels_unfit")
    return labels_of(table.rows())


def begun(columns: Columns, answered: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each response counts, by its status; ``answered`` says in which there is anything."""
    found = {name: columns.find(name) for name in STATUS}
    is_set = {
        name: np.array([whole(text) == "1" for text in columns.texts(spot)], dtype=bool)
        for name, spot in found.items()
        if spot is not None
    }
    none = np.zeros(len(columns.numbers), dtype=bool)
    waiting = np.logical_or.reduce([is_set.get(name, none) for name in _NOT_BEGUN])
    counts: NDArray[np.bool_] = ~(waiting & ~answered) & ~is_set.get(_DROPPED, none)
    return counts


def with_options(
    export: MappedExport, columns: Columns, structure: Table | None, items: Mapping[str, Item]
) -> MappedExport:
    """The mapping with a variable for each option, where it names a question of several ones.

    Raises UnreadableExport where the table of the questions' structure has other columns.
    """
    named = {
        item: name
        for item, name in export.items.items()
        if isinstance(name, str) and items[item].type == "multiple" and not columns.find(name)
    }
    if not named or structure is None:
        return export
    asked: dict[str, dict[str, str]] = {}
    for question, variable, kind, choice in _structured(structure):
        if kind.casefold() == "multiple":
            asked.setdefault(bare(question), {})[choice] = variable
    options = {
        item: _options(items[item], asked[bare(name)])
        for item, name in named.items()
        if bare(name) in asked
    }
    return export.model_copy(update={"items": {**export.items, **options}})


def _options(item: Item, choices: Mapping[str, str]) -> dict[str, str]:
    """The variables of a question's options by the options' numbers; other choices are none."""
    found: dict[str, str] = {}
    for choice, variable in choices.items():
        for option in options_labelled(item, choice):
            found.setdefault(str(option), variable)
    return found


def _structured(structure: Table) -> Iterator[tuple[str, str, str, str]]:
    """Name of the question, variable, kind of the answers and text of the choice of each row."""
    columns = Columns([structure])
    spots = columns.require(_STRUCTURE)
    texts = [columns.texts(spots[name]) for name in _STRUCTURE]
    yield from zip(*texts, strict=True)
