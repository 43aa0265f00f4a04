"""From one consolidated answer back to the cells it rests on."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from misbrug_analysis.analysis.consolidation import answer_names
from misbrug_analysis.model.tables import Results

_CELLS = ["source", "locator", "item", "raw", "value", "stands", "reason"]


@dataclass(frozen=True)
class Trace:
    """An answer with its evidence.

    ``forms`` has a row a form (``form, answer, rule, share, threshold, peers``), ``cells`` a row a
    cell: ``source, locator, item, raw, value``, with the text that ``stands`` in it (a code, where
    ``raw`` is what it stands for) and the ``reason`` why it was read so.
    """

    unit: str
    indicator: str
    answer: str
    rule: str
    forms: pd.DataFrame
    cells: pd.DataFrame


def trace(results: Results, unit: str, indicator: str) -> Trace:
    """The trace of one answer; raises KeyError where the unit or indicator has none."""
    table = results.consolidated
    found = table[(table["unit"] == unit) & (table["indicator"] == indicator)]
    if found.empty:
        raise KeyError(f"{unit}, {indicator}")
    row = found.iloc[0]
    forms = results.form_answers
    forms = forms[(forms["unit"] == unit) & (forms["indicator"] == indicator)]
    answers = results.answers[results.answers["unit"] == unit]
    cells = answers[answer_names(answers).isin(row["inputs"].split("; "))]
    ledger = results.ledger.rename(columns={"raw": "stands"})
    cells = cells.merge(ledger, "left", on=["source", "locator"])
    return Trace(
        unit,
        indicator,
        str(row["answer"]),
        str(row["rule"]),
        forms[["form", "answer", "rule", "share", "threshold", "peers"]].reset_index(drop=True),
        cells[_CELLS].reset_index(drop=True),
    )
