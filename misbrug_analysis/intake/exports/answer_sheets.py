"""Which table of an export has the answers, from which row on, and which others have some too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from misbrug_analysis.intake.answers import AnswerWords
from misbrug_analysis.intake.bounds import FORM
from misbrug_analysis.intake.cleaning import bare
from misbrug_analysis.intake.exports.columns import Columns, Spot
from misbrug_analysis.intake.exports.exported import UnreadableExport
from misbrug_analysis.intake.exports.recognising import by_headings
from misbrug_analysis.intake.exports.source_files import Source, is_codebook
from misbrug_analysis.intake.exports.tables import HEAD_ROWS, Table
from misbrug_analysis.intake.grid import Cell, Merge, Remark, Sheet
from misbrug_analysis.intake.sheets import find_tables
from misbrug_analysis.model.errors import name_list
from misbrug_analysis.model.mapping import MappedExport
from misbrug_analysis.model.study import Study

_FIELDS: Final = ("unit", "form", "date", "item", "answer", "remark")
_MOST_TOLD: Final = 5


def table_of(export: MappedExport, source: Source) -> Table:
    """The table with the answers, its headings found.

    It is that of the sheet that is named, else the first one that has the columns and a row below
    them; where none has, that with most. Raises UnreadableExport where the sheet is not there.
    """
    tables = source.tables if export.sheet is None else [_named(export.sheet, source)]
    if not tables:
        raise UnreadableExport(source.name, "sheet_missing", sheet="–", valid="–")
    wanted = {bare(name) for name in _columns_of(export)}
    best, most = tables[0], (-1, False)
    for table in tables:
        for head in range(max(1, min(HEAD_ROWS, len(table.codes)))):
            found = len(wanted & _headings(table, head)), head + 1 < len(table.codes)
            if found > most:
                best, most = replace(table, head=head), found
            if most == (len(wanted), True):
                return best
    return best


def check_others(
    export: MappedExport, source: Source, tables: Sequence[Table], study: Study
) -> list[Remark]:
    """The warning that other sheets have answers, where the mapping names the one that counts.

    Raises UnreadableExport where nothing says which of them counts.
    """
    chosen = {table.sheet for table in tables}
    others = [
        table.sheet
        for table in source.tables
        if table.sheet not in chosen and _has_answers(table, export, study)
    ]
    if not others:
        return []
    if export.sheet is None:
        names = [table.sheet for table in source.tables if table.sheet in {*chosen, *others}]
        raise UnreadableExport(source.name, "export_sheets", sheets=name_list(names))
    return [("sheets_not_read", {"sheets": name_list(others), "sheet": tables[0].sheet})]


def check_merged(columns: Columns, spots: Collection[Spot]) -> None:
    """Raise UnreadableExport where cells of several answers are merged, or an answer with others.

    ``spots`` are the columns that say something of a response.
    """
    found: list[str] = []
    for index, table in enumerate(columns.tables):
        places = np.array([spot.column + 1 for spot in spots if spot.table == index])
        found += [
            f"{table.sheet}!{merge.range}" for merge in table.merges if _joins(merge, table, places)
        ]
    if found:
        more = ["…"] if len(found) > _MOST_TOLD else []
        ranges = name_list([*found[:_MOST_TOLD], *more])
        raise UnreadableExport(columns.source, "responses_merged", ranges=ranges)


def _joins(merge: Merge, table: Table, places: np.ndarray) -> bool:
    """Whether a merge makes it unclear what its text is the answer of, or is empty."""
    rows = table.below[(table.below >= merge.top) & (table.below <= merge.bottom)]
    over = places[(places >= merge.left) & (places <= merge.right)]
    if not len(rows) or not len(over):
        return False
    if len(rows) == len(over) == 1 and (rows[0], over[0]) == (merge.top, merge.left):
        return False
    within = (table.numbers >= merge.top) & (table.numbers <= merge.bottom)
    return bool(table.codes[within, merge.left - 1 : merge.right].any())


def _named(name: str, source: Source) -> Table:
    for same in (str, str.casefold):
        for table in source.tables:
            if same(table.sheet.strip()) == same(name.strip()):
                return table
    valid = name_list(table.sheet for table in source.tables)
    raise UnreadableExport(source.name, "sheet_missing", sheet=name, valid=valid)


def _columns_of(export: MappedExport) -> list[str]:
    """The columns that an export has; of one with codes, those that say whose it is and when."""
    found = [heading for name in _FIELDS if (heading := getattr(export, name))]
    return [*found, *_tied(export)] if export.layout == "wide" else found


def _tied(export: MappedExport) -> Iterable[str]:
    """The columns of questions, options and remarks."""
    for tied in export.items.values():
        yield from [tied] if isinstance(tied, str) else tied.values()
    yield from export.remarks.values()


def _headings(table: Table, row: int) -> set[str]:
    if not len(table.codes):
        return set()
    return {bare(text) for text in table.texts[table.codes[row]] if text}


def _has_answers(table: Table, export: MappedExport, study: Study) -> bool:
    """Whether a sheet is an export like the one that is read, or by its headings, or a form."""
    if is_codebook(table):
        return False
    rows = range(min(HEAD_ROWS, len(table.codes) - 1))
    asked = {export.item, export.answer} if export.layout == "long" else set(_tied(export))
    whose, wanted = bare(export.unit), {bare(name) for name in asked if name}
    for row in rows:
        found = _headings(table, row)
        if whose in found and wanted & found:
            return True
    heads = [[text for text in table.texts[table.codes[row]] if text] for row in rows]
    return by_headings(heads, export.file, study) is not None or _is_form(table, study)


def _is_form(table: Table, study: Study) -> bool:
    """Whether a sheet is a form in which something is answered."""
    rows, columns = table.filled
    if len(rows) > FORM.cells:
        return False
    cells = [
        Cell(int(table.numbers[row]), column + 1, table.texts[table.codes[row, column]], at)
        for row, column, at in zip(rows.tolist(), columns.tolist(), table.locators, strict=True)
    ]
    words = AnswerWords(study.instrument, study.settings.language)
    found = find_tables([Sheet(table.sheet, tuple(cells))], study.instrument, words)
    return found is not None and bool(found.answered)
