"""Answers that several persons gave and that do not count yet: left open, or said by too few."""

from __future__ import annotations

from misbrug_analysis.analysis.respondents import LEFT_OPEN, TOO_FEW
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.tallies import OPEN
from misbrug_analysis.presentation.wording import rule_note


def open_answers(report: Report) -> list[Block]:
    """Which answers these are and why; nothing where there are none."""
    language = report.language
    table = report.consolidated[report.consolidated["rule"].isin([LEFT_OPEN, TOO_FEW])]
    if table.empty:
        return []
    rows: list[list[Cell]] = [
        [
            report.unit_labels[row["unit"]],
            linked(
                report.item_label(row["indicator"]), report.answer_at(row["indicator"], row["unit"])
            ),
            rule_note(language, row["rule"], row["answer"]).label,
        ]
        for row in table.to_dict("records")
    ]
    columns = [
        Column(language.capitalise(report.unit_noun.one)),
        Column(language.text("table.indicator")),
        Column(language.text("table.why")),
    ]
    notes = [rule_note(language, rule) for rule in (LEFT_OPEN, TOO_FEW)]
    told = [f"{note.label}: {note.sentence}" for note in notes]
    used = set(table["rule"])
    shown = [line for rule, line in zip((LEFT_OPEN, TOO_FEW), told, strict=True) if rule in used]
    return [
        Heading(language.text("section.open"), 3, "open"),
        Table(language.text("table.open"), columns, rows, anchor=OPEN),
        Paragraphs(shown, kind="note"),
    ]
