"""Exports made by hand, without any file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from misbrug_analysis.intake.exports.exported import CELLS, GIVEN, RESPONSES, Exported
from misbrug_analysis.intake.exports.reading import ReadExport, read_responses
from misbrug_analysis.model.instrument import REMARK
from misbrug_analysis.model.mapping import MappedExport
from misbrug_analysis.model.study import Study

SOURCE = "forms/round.csv"
FIELDS = ("unit", "form", "date")
Row = Mapping[str, str | tuple[str, str]]


def made(rows: Sequence[Row], *, columns: Sequence[str], begun: Sequence[bool] = ()) -> Exported:
    """A wide export, a row a response from the second one on.

    A column is called ``unit``, ``form``, ``date``, an item (``t.1``), a remark (``t.1.remark``),
    an option (``t.d2/1``) or anything else. A cell that is no text is a pair of text and kind.
    """
    cells: list[tuple[object, ...]] = []
    given: list[tuple[object, ...]] = []
    for place, name in enumerate(columns, 1):
        cells.append((SOURCE, f"row 1 column {place}", name, "text", -1, "heading"))
    for number, row in enumerate(rows):
        for place, name in enumerate(columns, 1):
            said = row.get(name, "")
            text, kind = (said, "text") if isinstance(said, str) else said
            item, part = _answers(name)
            role = "remark" if part == "remark" else "answer" if item else "unused"
            role = name if name in FIELDS else role
            at = f"row {number + 2} column {place}"
            if text:
                cells.append((SOURCE, at, text, kind, number, role))
            if text and item:
                given.append((number, item, part, text, text, kind, at))
    places: dict[str, tuple[str, str]] = {}
    for place, name in enumerate(columns, 1):
        item, part = _answers(name)
        if item and part != "remark":
            places.setdefault(item, ("row ", f" column {place}"))
    return Exported(
        (SOURCE,),
        pd.DataFrame(cells, columns=list(CELLS)),
        pd.DataFrame(
            [_response(row, number, columns, begun) for number, row in enumerate(rows)],
            columns=list(RESPONSES),
        ),
        pd.DataFrame(given, columns=list(GIVEN)),
        frozenset(places),
        places=places,
    )


def _answers(name: str) -> tuple[str, str]:
    """The item and the part of it that a column answers."""
    if not name.startswith("t."):
        return "", ""
    if name.endswith(REMARK):
        return name.removesuffix(REMARK), "remark"
    item, _, option = name.partition("/")
    return item, option or "answer"


def _response(
    row: Row, number: int, columns: Sequence[str], begun: Sequence[bool]
) -> tuple[object, ...]:
    fields: list[Any] = []
    for name in FIELDS:
        text = str(row.get(name, ""))
        fields += [text, f"row {number + 2} column {columns.index(name) + 1}" if text else ""]
    return (f"row {number + 2}", number + 2, *fields, "", "", "", begun[number] if begun else True)


def read(study: Study, exported: Exported, **mapped: Any) -> ReadExport:
    """What is read of an export whose responses are joint forms, unless the mapping says more."""
    usual: dict[str, Any] = {"file": SOURCE, "layout": "wide", "unit": "unit"}
    if (exported.responses["form"] == "").all():
        usual["form_is"] = "joint"
    return read_responses(exported, MappedExport(**(usual | mapped)), study)


def said(export: ReadExport) -> list[tuple[int, str, str, str]]:
    """The answers: form, item, value and what stood there, in the order they were read."""
    rows = export.answers[["form", "item", "value", "raw"]]
    return sorted(rows.itertuples(index=False, name=None))


def at(export: ReadExport) -> dict[str, tuple[str, str]]:
    """Fate and reason by place, once it is known which forms count."""
    rows = export.ledger()
    return dict(zip(rows["locator"], zip(rows["fate"], rows["reason"], strict=True), strict=True))
