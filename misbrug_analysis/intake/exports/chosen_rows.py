"""The rows of an export that are of this round, where a file holds those of others too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from misbrug_analysis.intake.cleaning import bare, excerpt
from misbrug_analysis.intake.exports.columns import Columns
from misbrug_analysis.intake.exports.exported import UnreadableExport
from misbrug_analysis.intake.exports.meanings import whole
from misbrug_analysis.intake.exports.tables import Table
from misbrug_analysis.intake.grid import Remark
from misbrug_analysis.model.errors import Phrase, name_list

_MOST_TOLD = 12
"""So many different texts of a column are listed in a message."""


@dataclass(frozen=True)
class ChosenRows:
    """The tables with the rows that count; the cells of the others, and what is told of them."""

    tables: list[Table]
    aside: list[pd.DataFrame]
    remarks: tuple[Remark, ...] = ()


def chosen_rows(tables: Sequence[Table], only: Mapping[str, Sequence[str]]) -> ChosenRows:
    """The rows that have one of some texts in each of some columns.

    Texts are the same without case and as whole numbers (``2017`` and ``2017.0``). Raises
    UnreadableExport for a column that is not there, and where no row has any of its texts.
    """
    if not only:
        return ChosenRows(list(tables), [])
    columns = Columns(tables)
    spots = columns.require(only)
    keep = np.full(len(columns.numbers), True)
    left: list[str] = []
    for name, wanted in only.items():
        texts = pd.Series(columns.texts(spots[name]), dtype="str")
        has = texts.map(_key).isin({_key(one) for one in wanted}).to_numpy(dtype=bool)
        others = list(dict.fromkeys(texts[~has]))
        if len(texts) and not has.any():
            told = {"wanted": name_list(wanted), "valid": _listed(others)}
            raise UnreadableExport(columns.source, "only_nothing", column=name, **told)
        left += others
        keep &= has
    kept = columns.numbers[keep]
    aside = [_part(table, ~np.isin(table.numbers, kept), heads=False) for table in tables]
    remarks: list[Remark] = []
    if number := int((~keep).sum()):
        told = {"columns": name_list(map(excerpt, only)), "values": _listed(left)}
        remarks.append(("rows_of_others", {"number": number, **told}))
    return ChosenRows(
        [_part(table, np.isin(table.numbers, kept), heads=True) for table in tables],
        [table.aside("other_row") for table in aside if len(table.numbers)],
        tuple(remarks),
    )


def _part(table: Table, keep: np.ndarray, *, heads: bool) -> Table:
    """A table with some of its rows; with the headings and what stands above them, or without."""
    rows = np.where(np.arange(len(table.numbers)) <= table.head, heads, keep)
    head = table.head if heads else -1
    return replace(table, numbers=table.numbers[rows], codes=table.codes[rows], head=head)


def _key(text: str) -> str:
    return whole(bare(text))


def _listed(texts: Sequence[str]) -> Phrase | str:
    shown = name_list(excerpt(text) or "–" for text in texts[:_MOST_TOLD])
    rest = len(texts) - _MOST_TOLD
    return Phrase("and_more", {"names": shown, "number": rest}) if rest > 0 else shown
