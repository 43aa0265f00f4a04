"""How many answers each rule settled, and how many cells met which fate."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.intake.ledger import fates_by_source
from misbrug_analysis.model.tables import FATES, RULES
from misbrug_analysis.presentation import tables
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.wording import rule_note

SPLIT, PARTLY, BLANK, RULINGS = "split-answers", "partly-answers", "blank-answers", "rulings-made"
OPEN = "open-answers"
"""The tables of the answers that a rule, a blank or a person settled, and of those left open."""

_UNFOLDED = 60
"""A table of more files than these is opened by its title."""

_LISTED = {
    "split": f"#{SPLIT}",
    "partly_on_par": f"#{PARTLY}",
    "partly_below": f"#{PARTLY}",
    "partly_undecided": f"#{PARTLY}",
    "partly_set": f"#{PARTLY}",
    "kept": f"#{PARTLY}",
    "incomplete": f"#{BLANK}",
    "unanswered": f"#{BLANK}",
    "left_open": f"#{OPEN}",
    "too_few": f"#{OPEN}",
    "adjudicated": f"#{RULINGS}",
    "adjudicated_form": f"#{RULINGS}",
}
"""Where the page lists the answers that a rule settled."""


def settled_answers(report: Report) -> list[Block]:
    """How many answers each rule settled, and the unanswered and absent ones."""
    if report.is_empty:
        return []
    language = report.language
    counts = report.consolidated["rule"].value_counts()
    order = [rule for rule in _rules_in_order(report.consolidated) if counts[rule]]
    rows: list[list[Cell]] = [
        [
            *rule_note(language, rule),
            linked(
                language.number(int(counts[rule])),
                _LISTED.get(rule) or report.table_at("consolidated"),
            ),
        ]
        for rule in order
    ]
    columns = [
        Column(language.text("table.rule")),
        Column(language.text("table.meaning")),
        Column(language.text("table.answers"), "number"),
    ]
    total = language.number(len(report.consolidated))
    title = language.text("table.rules", total=linked(total, report.table_at("consolidated")))
    return [
        Heading(language.text("section.settled"), 2, "settled"),
        Table(title, columns, rows, anchor="rules-used"),
    ]


def ledger_sum(report: Report) -> list[Block]:
    """Every cell of every file by its fate; the fates add up to all cells."""
    if report.results.ledger.empty:
        return []
    language = report.language
    fates = fates_by_source(report.results.ledger)
    used = [fate for fate in FATES if fates[fate].sum() > 0]
    total = fates.sum()
    rows: list[list[Cell]] = [
        [str(source), *(language.number(int(row[column])) for column in [*used, "cells"])]
        for source, row in fates.iterrows()
        if report.study.instrument.respondents is None  # a file can be one person's
    ]
    sums = [language.number(int(total[column])) for column in [*used, "cells"]]
    rows.append([language.text("table.all_files"), *sums])
    columns = [Column(language.text("table.file"))]
    columns += [Column(language.text(f"ledger.{fate}"), "number") for fate in used]
    columns.append(Column(language.text("table.cells"), "number"))
    title = language.text("table.ledger")
    at = report.table_at("ledger")
    text = language.text(
        "section.ledger_text",
        cells=linked(language.number(int(total["cells"])), at),
        files=linked(language.number(len(fates)), at),
    )
    note = tables.with_source(report, None, "ledger")
    return [
        Heading(language.text("section.ledger"), 2, "ledger"),
        Paragraphs([text]),
        Table(title, columns, rows, note, anchor="ledger-sum", folded=len(rows) > _UNFOLDED),
    ]


def _rules_in_order(consolidated: pd.DataFrame) -> list[str]:
    present = set(consolidated["rule"])
    return [rule for rule in reversed(RULES) if rule in present]
