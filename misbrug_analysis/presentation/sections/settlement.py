"""How the answers were settled: who sent what, what the rules changed, and the ledger."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from misbrug_analysis.intake.ledger import fates_by_source
from misbrug_analysis.model.tables import FATES, RULES
from misbrug_analysis.presentation import tables
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Heading, Notice, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column, Link
from misbrug_analysis.presentation.navigation import method_page
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.texts import prose, untranslated
from misbrug_analysis.presentation.wording import answered, rule_note


def who_answered(report: Report) -> list[Block]:
    """Every unit asked, with the forms it sent and how many questions they answer."""
    language = report.language
    items = [item.id for item in report.study.instrument.items]
    rows = report.answers[report.answers["item"].isin(items)]
    sent: dict[str, dict[str, int]] = {unit: {} for unit in report.unit_labels}
    for row in rows.groupby(["unit", "form"], sort=False).size().reset_index().to_dict("records"):
        sent[row["unit"]][row["form"]] = row[0]
    table: list[list[Cell]] = []
    for unit, label in report.unit_labels.items():
        forms = language.join([report.form_label(form) for form in sent[unit]])
        shown = ", ".join(
            language.text("table.of", n=n, total=len(items)) for n in sent[unit].values()
        )
        nothing = tables.mark(language, "absent")
        table.append([label, forms or nothing, shown or language.text("answer.label.absent")])
    columns = [
        Column(language.capitalise(report.unit_noun.one)),
        Column(language.text("table.forms")),
        Column(language.text("table.questions_answered")),
    ]
    title = language.text("table.who", units=report.unit_noun.many)
    return [
        Heading(language.text("section.who"), 2, "who"),
        Paragraphs([answered(language, len(report.units), report.absent, report.unit_noun)]),
        Table(title, columns, table, anchor="who-answered"),
    ]


def split_answers(report: Report) -> list[Block]:
    """Answers where a unit's forms differ, with what each form says."""
    if report.is_empty:
        return []
    language = report.language
    split = report.consolidated[report.consolidated["rule"] == "split"]
    heading = Heading(language.text("section.split"), 2, "split")
    explained = Paragraphs([rule_note(language, "split").sentence])
    if split.empty:
        return [heading, explained, Paragraphs([language.text("section.split_none")])]
    forms = report.form_answers.groupby(["unit", "indicator"])
    rows: list[list[Cell]] = []
    for row in split.to_dict("records"):
        said = forms.get_group((row["unit"], row["indicator"]))
        each = [_form_said(report, form) for form in said.to_dict("records")]
        label = report.unit_labels[row["unit"]]
        joint = tables.mark(language, row["answer"])
        rows.append([label, report.item_label(row["indicator"]), ", ".join(each), joint])
    columns = [
        Column(language.capitalise(report.unit_noun.one)),
        Column(language.text("table.indicator")),
        Column(language.text("table.each_form")),
        Column(language.text("table.joint"), "centre"),
    ]
    title = language.text("table.split")
    return [heading, explained, Table(title, columns, rows, anchor="split-answers")]


def partly_answers(report: Report) -> list[Block]:
    """Every partly answer with its evidence: own share, the peers' threshold, the outcome."""
    if report.is_empty:
        return []
    language = report.language
    rules = ["partly_on_par", "partly_below", "partly_undecided", "partly_set", "kept"]
    said = report.answers.loc[report.answers["value"] == "partly", ["unit", "form", "item"]]
    said = said.rename(columns={"item": "indicator"})
    table = report.form_answers.merge(said, on=["unit", "form", "indicator"])
    table = table.set_index("unit").loc[_in_order(report, table["unit"])].reset_index()
    heading = Heading(language.text("section.partly"), 2, "partly")
    explained = Paragraphs([language.text("section.partly_explained")])
    if table.empty:
        return [heading, explained, Paragraphs([language.text("section.partly_none")])]
    rows: list[list[Cell]] = [
        [
            report.unit_labels[row["unit"]],
            f"{report.item_label(row['indicator'])} ({report.form_label(row['form'])})",
            _share(report, row["share"]),
            language.plural(
                "table.threshold_of", row["peers"], share=_share(report, row["threshold"])
            ),
            tables.mark(language, row["answer"]),
            rule_note(language, row["rule"], row["answer"]).label,
        ]
        for row in table.to_dict("records")
    ]
    columns = [
        Column(language.capitalise(report.unit_noun.one)),
        Column(language.text("table.indicator")),
        Column(language.text("table.own_share"), "number"),
        Column(language.text("table.threshold"), "number"),
        Column(language.text("table.becomes"), "centre"),
        Column(language.text("table.why")),
    ]
    used = [rule for rule in rules if rule in set(table["rule"])]
    notes = [_rule_text(report, rule) for rule in used]
    undecided = int((table["rule"] == "partly_undecided").sum())
    blocks: list[Block] = [
        heading,
        explained,
        Table(language.text("table.partly"), columns, rows, anchor="partly-answers"),
        Paragraphs(notes, kind="note"),
    ]
    if undecided:
        text = language.plural(
            "section.undecided", undecided, n=language.numeral(undecided, "neuter")
        )
        blocks.append(Notice(language.capitalise(text)))
    return blocks


def blank_answers(report: Report) -> list[Block]:
    """Questions that a form left blank, and what the unit's joint answer then rests on."""
    if report.is_empty:
        return []
    language = report.language
    table = report.consolidated[report.consolidated["rule"].isin(["incomplete", "unanswered"])]
    heading = Heading(language.text("section.blank"), 2, "blank")
    if table.empty:
        return [heading, Paragraphs([language.text("section.blank_none")])]
    blank = report.form_answers[report.form_answers["answer"] == "unanswered"]
    forms = blank.groupby(["unit", "indicator"])["form"].agg(list)
    rows: list[list[Cell]] = [
        [
            report.unit_labels[row["unit"]],
            report.item_label(row["indicator"]),
            language.join(
                [report.form_label(form) for form in forms[row["unit"], row["indicator"]]]
            ),
            tables.mark(language, row["answer"]),
        ]
        for row in table.to_dict("records")
    ]
    columns = [
        Column(language.capitalise(report.unit_noun.one)),
        Column(language.text("table.indicator")),
        Column(language.text("table.blank_in")),
        Column(language.text("table.joint"), "centre"),
    ]
    title = language.text("table.blank")
    return [heading, Table(title, columns, rows, anchor="blank-answers")]


def rulings(report: Report) -> list[Block]:
    """Answers that a person settled, with who, when and why."""
    if report.is_empty:
        return []
    language = report.language
    heading = Heading(language.text("section.rulings"), 2, "rulings")
    if not report.study.rulings:
        return [heading, Paragraphs([language.text("section.rulings_none")])]
    rows: list[list[Cell]] = [
        [
            report.unit_labels[ruling.unit],
            report.item_label(ruling.indicator),
            report.form_label(ruling.form)
            if ruling.form
            else language.text("table.whole_unit", unit=report.unit_noun.the_one),
            tables.mark(language, ruling.answer),
            report.verbatim(ruling.reason),
            f"{report.verbatim(ruling.decided_by)}, {language.date(ruling.date)}",
        ]
        for ruling in report.study.rulings
    ]
    columns = [
        Column(language.capitalise(report.unit_noun.one)),
        Column(language.text("table.indicator")),
        Column(language.text("table.form")),
        Column(language.text("table.becomes"), "centre"),
        Column(language.text("table.reason")),
        Column(language.text("table.decided_by")),
    ]
    written = [report.verbatim(ruling.reason) for ruling in report.study.rulings]
    return [
        heading,
        *untranslated(report, "rulings", written),
        Table(language.text("table.rulings"), columns, rows, anchor="rulings-made"),
    ]


def settled_answers(report: Report) -> list[Block]:
    """How many answers each rule settled, and the unanswered and absent ones."""
    if report.is_empty:
        return []
    language = report.language
    counts = report.consolidated["rule"].value_counts()
    order = [rule for rule in _rules_in_order(report.consolidated) if counts[rule]]
    rows: list[list[Cell]] = [
        [rule_note(language, rule).label, rule_note(language, rule).sentence, int(counts[rule])]
        for rule in order
    ]
    columns = [
        Column(language.text("table.rule")),
        Column(language.text("table.meaning")),
        Column(language.text("table.answers"), "number"),
    ]
    title = language.text("table.rules", total=language.number(len(report.consolidated)))
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
    ]
    sums = [language.number(int(total[column])) for column in [*used, "cells"]]
    rows.append([language.text("table.all_files"), *sums])
    columns = [Column(language.text("table.file"))]
    columns += [Column(language.text(f"ledger.{fate}"), "number") for fate in used]
    columns.append(Column(language.text("table.cells"), "number"))
    title = language.text("table.ledger")
    text = language.text(
        "section.ledger_text",
        cells=language.number(int(total["cells"])),
        files=language.number(len(fates)),
    )
    return [
        Heading(language.text("section.ledger"), 2, "ledger"),
        Paragraphs([text]),
        Table(title, columns, rows, anchor="ledger-sum"),
    ]


def method(report: Report) -> list[Block]:
    """The method of a group's page in short: the study's text, and where the whole is told."""
    heading = Heading(report.language.text("section.method"), 2, "method")
    text = prose(report, "method_cluster")
    page = method_page(report.study)
    whole = [Link(report.language.text("section.whole_method"), page.page)] if page else []
    return [heading, *text, *([Bullets(whole)] if whole else [])] if text else []


def _form_said(report: Report, form: dict[Hashable, Any]) -> str:
    """What a form says to an indicator, and that it said partly where that was judged."""
    language = report.language
    answer = language.text(f"answer.label.{form['answer']}")
    if str(form["rule"]).startswith("partly"):
        answer = language.text("table.was_partly", answer=answer)
    return f"{report.form_label(form['form'])}: {answer}"


def _share(report: Report, value: float) -> str:
    return "–" if pd.isna(value) else report.language.percent(float(value))


def _in_order(report: Report, units: pd.Series[str]) -> list[str]:
    """The units that occur, in the order in which the study lists them."""
    present = set(units)
    return [unit for unit in report.unit_labels if unit in present]


def _rule_text(report: Report, rule: str) -> str:
    note = rule_note(report.language, rule)
    return f"{note.label}: {note.sentence}"


def _rules_in_order(consolidated: pd.DataFrame) -> list[str]:
    present = set(consolidated["rule"])
    return [rule for rule in reversed(RULES) if rule in present]
