"""Partly answers by indicator: what became of them, where they are too many to list."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.presentation.blocks import Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.tallies import PARTLY
from misbrug_analysis.presentation.tables import with_source
from misbrug_analysis.presentation.wording import rule_note

LISTED = 100
"""Up to so many partly answers are listed one by one, with the evidence of each."""


def partly_by_indicator(report: Report, found: pd.DataFrame, rules: list[str]) -> Table:
    """How many forms said partly to each indicator, and by which of ``rules`` they were settled.

    ``found`` has a row a partly answer: ``indicator`` and ``rule``. A number leads to where every
    answer to its indicator is told in full, with its evidence.
    """
    language = report.language
    settled = dict(list(found.groupby("indicator")["rule"]))
    rows: list[list[Cell]] = []
    for item in report.study.instrument.indicator_ids:
        if item in settled:
            at, by_rule = report.count_at(item), list(settled[item])
            numbers = [len(by_rule), *map(by_rule.count, rules)]
            cells = [linked(language.number(n), at) for n in numbers]
            rows.append([report.item_label(item), *cells])
    columns = [Column(language.text("table.indicator"))]
    columns.append(Column(language.text("table.partly_all"), "number"))
    columns += [Column(rule_note(language, rule).label, "number") for rule in rules]
    note = with_source(report, language.text("table.partly_told"), "form_answers")
    return Table(language.text("table.partly"), columns, rows, note, anchor=PARTLY)
