"""Tables of results as blocks: one function a table, labels from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from misbrug_analysis.analysis.respondents import TOO_FEW
from misbrug_analysis.analysis.scoring import count_bounds
from misbrug_analysis.presentation.blocks import Table
from misbrug_analysis.presentation.cells import Cell, Column, Link, Mark
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.outline import item_anchor
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.wording import bounds

NOTHING = "–"
"""What a cell shows where nobody answered."""

ANSWERS = ("yes", "partly", "no", "unanswered", "absent")

WITHHELD = "withheld"
"""What an answer is shown as that too few persons gave: they did not leave it out."""

ACROSS = 30
"""So many units can stand over the columns of a table."""


def mark(language: Language, answer: str, at: str = "") -> Mark:
    """An answer as a symbol with its words, leading to where it is told in full."""
    symbol, words = (language.text(f"answer.{part}.{answer}") for part in ("symbol", "label"))
    return Mark(symbol, words, answer, at)


def answers_shown(report: Report) -> pd.DataFrame:
    """Every answer of the report as the code of its mark: indicators by units."""
    settled = report.consolidated
    shown = settled["answer"].astype(object).mask(settled["rule"] == TOO_FEW, WITHHELD)
    return settled.assign(answer=shown).pivot(index="indicator", columns="unit", values="answer")


def answer_mark(report: Report, item: str, unit: str, answer: str) -> Mark:
    """A unit's answer to an item as a mark that leads to how it came about."""
    return mark(report.language, answer, report.answer_at(item, unit))


def number_of(report: Report, n: int, total: int, at: str) -> str:
    """A count in a table, ``3 af 16``, leading to where it is told in full."""
    return linked(report.language.of(n, total), at)


def with_source(report: Report, note: str | None, name: str) -> str | None:
    """A table's note, and a link to the published table that all its numbers come from.

    For a table in which every number would lead to the same place.
    """
    at = report.table_at(name)
    source = linked(report.language.text("table.all_numbers"), at) if at else ""
    return " ".join(filter(None, [note, source])) or None


def overview(report: Report) -> Table:
    """Indicators by units: every consolidated answer of the report as a mark.

    For up to ``ACROSS`` units; ``tables_by_group`` has the table of more.
    """
    language = report.language
    wide = answers_shown(report)
    units = list(report.units["unit"])
    title = language.text("table.overview", group=report.group_label(report.group))
    rows: list[list[Cell]] = [
        [
            _asked(report, item),
            *(answer_mark(report, item, unit, str(wide.loc[item, unit])) for unit in units),
        ]
        for item in report.study.instrument.indicator_ids
    ]
    columns = [Column(language.text("table.indicator"))]
    columns += [Column(report.unit_labels[unit], "centre") for unit in units]
    return Table(title, columns, rows, anchor="overview")


def count_table(
    report: Report,
    title: str,
    items: Sequence[str] | Mapping[str, str],
    groups: Sequence[tuple[str, str, str]],
) -> Table:
    """Counts of every answer, per item and group; ``groups`` are (label, level, group id).

    ``items`` are indicators' ids, or ids of indicators and topics with the labels of their rows.
    The group's name leads to where all numbers of its row are told in full.
    """
    language = report.language
    if not isinstance(items, Mapping):
        items = {item: report.item_label(item) for item in items}
    picked = [report.score_row(item, level, group) for item in items for _, level, group in groups]
    used = [
        answer
        for answer in ANSWERS
        if answer in ("yes", "no") or any(row[answer] for row in picked)
    ]
    labels = [
        (item_label, linked(label, report.count_at(item, group)))
        for item, item_label in items.items()
        for label, _, group in groups
    ]
    rows: list[list[Cell]] = [
        [*label, *(str(row[answer]) for answer in used)]
        for label, row in zip(labels, picked, strict=True)
    ]
    columns = [Column(language.text("table.indicator")), Column(language.text("table.group"))]
    columns += [
        Column(language.capitalise(language.text(f"answer.label.{answer}")), "number")
        for answer in used
    ]
    return Table(title, columns, rows)


def yes_by_place(report: Report, title: str, items: Mapping[str, str]) -> Table:
    """Groups by indicators and topics: how many of how many say yes. For many groups, few items.

    ``items`` are ids with the labels of their columns; the whole report's group stands last.
    """
    rows: list[list[Cell]] = [
        [label, *(_yes_of(report, item, *at) for item in items)] for label, *at in report.places
    ]
    columns = [Column(report.language.text("table.group"))]
    columns += [Column(label, "number") for label in items.values()]
    return Table(title, columns, rows, totals=[len(rows) - 1])


def yes_table(report: Report) -> Table:
    """Indicators by groups: how many of how many say yes, with the whole report's group last."""
    language = report.language
    rows: list[list[Cell]] = [
        [_asked(report, item), *(_yes_of(report, item, *at) for _, *at in report.places)]
        for item in report.study.instrument.indicator_ids
    ]
    columns = [Column(language.text("table.indicator"))]
    columns += [Column(label, "number") for label, _, _ in report.places]
    title = language.text("table.yes_by_group", units=report.unit_noun.many)
    return Table(title, columns, rows, anchor="yes-by-group")


def bounds_table(report: Report) -> Table:
    """What those who did not answer could change, per indicator where it could."""
    language = report.language
    rows: list[list[Cell]] = []
    for item in report.study.instrument.indicator_ids:
        row = report.score_row(item)
        low, high, asked = count_bounds(row, report.study.rules)
        if low == high:
            continue
        at, n = report.count_at(item), int(row["n"])
        answered = number_of(report, low, n, at) if n else NOTHING
        possible = linked(bounds(language, low, high, asked), at)
        rows.append([_asked(report, item), answered, possible])
    columns = [
        Column(language.text("table.indicator")),
        Column(language.text("table.said_yes"), "number"),
        Column(language.text("table.possible"), "text"),
    ]
    title = language.text("table.bounds", units=report.unit_noun.many)
    return Table(title, columns, rows, anchor="bounds")


def _yes_of(report: Report, item: str, level: str, group: str) -> str:
    counts = report.counts(item, level, group)
    if not counts.n:
        return NOTHING
    number = number_of(report, counts.yes, counts.n, counts.at)
    if not counts.partly:
        return number
    partly = linked(report.language.number(counts.partly), counts.at)
    return report.language.text("table.with_partly", count=number, partly=partly)


def question_address(report: Report, item_id: str) -> str:
    """Where an item's question stands in full; nothing where the study has no page for those."""
    pages = [run.page for run in report.study.runs() if run.report.shows_questions]
    return f"{pages[0]}#{item_anchor(report.study.instrument.item(item_id))}" if pages else ""


def _asked(report: Report, item_id: str) -> Cell:
    """An item's number and name, leading to its question."""
    label, at = report.item_label(item_id), question_address(report, item_id)
    return Link(label, at) if at else label
