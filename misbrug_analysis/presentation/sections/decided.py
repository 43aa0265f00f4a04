"""Places in the forms that a person decided how to read."""

from __future__ import annotations

from misbrug_analysis.intake.cleaning import excerpt
from misbrug_analysis.intake.ledger import FILE
from misbrug_analysis.model.decisions import Decision
from misbrug_analysis.model.errors import place
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.texts import untranslated


def cell_decisions(report: Report) -> list[Block]:
    """What stood in a place of a form, what it is read as, with who, when and why.

    Only how many there are, where several of a unit respond: a place is one person's answer then.
    Nothing where the study has no such decision.
    """
    language, decisions = report.language, report.study.decisions
    if not decisions:
        return []
    heading = Heading(language.text("section.cell_decisions"), 2, "cell-decisions")
    if report.study.instrument.respondents is not None:
        n = language.numeral(len(decisions), "neuter")
        told = language.plural("section.cell_decisions_persons", len(decisions), n=n)
        return [heading, Paragraphs([language.capitalise(told)])]
    ledger = report.results.ledger.set_index(["source", "locator"])["raw"].drop(
        FILE, level="locator", errors="ignore"
    )
    stood = ledger.to_dict()
    rows: list[list[Cell]] = [
        [
            decision.source,
            _place(report, decision),
            report.verbatim(excerpt(stood.get((decision.source, decision.locator), "")) or "–"),
            language.text("table.read_blank")
            if decision.is_blank
            else report.verbatim(decision.reads_as),
            report.verbatim(decision.reason),
            f"{report.verbatim(decision.decided_by)}, {language.date(decision.date)}",
        ]
        for decision in decisions
    ]
    columns = [
        Column(language.text("table.file")),
        Column(language.text("table.place")),
        Column(language.text("table.stood")),
        Column(language.text("table.read_as")),
        Column(language.text("table.reason")),
        Column(language.text("table.decided_by")),
    ]
    written = [report.verbatim(decision.reason) for decision in decisions]
    return [
        heading,
        Paragraphs([language.text("section.cell_decisions_text")]),
        *untranslated(report, "rulings", written),
        Table(language.text("table.cell_decisions"), columns, rows, anchor="cells-decided"),
    ]


def _place(report: Report, decision: Decision) -> str:
    if decision.locator == FILE:
        return report.language.text("table.whole_file")
    return place(decision.locator, report.language.code)
