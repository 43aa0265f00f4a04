"""Tables of a study with many units or groups: these are the rows, the indicators stand by number.

Each table says below it what the numbers stand for, and where all of its counts are told.
"""

from __future__ import annotations

from typing import Literal

from misbrug_analysis.analysis.profiles import yes_per_unit
from misbrug_analysis.model.organisation import Group
from misbrug_analysis.presentation.blocks import Table
from misbrug_analysis.presentation.cells import Cell, Column, Link
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.tables import (
    NOTHING,
    answer_mark,
    answers_shown,
    question_address,
    with_source,
)


def answers_by_group(report: Report) -> Table:
    """Every unit's answer to every indicator as a mark, the units of a group below its name.

    A group's row has how many of its units say yes, of those that answered, and leads to the
    group's own report where there is one. A unit's row ends with how many yes it has.
    """
    language, items = report.language, report.study.instrument.indicator_ids
    wide = answers_shown(report).loc[items]
    profiles = yes_per_unit(report.consolidated)
    sums = dict(zip(profiles["unit"], profiles["yes"], strict=True))
    level, groups = report.subgroups
    rows: list[list[Cell]] = []
    totals: list[int] = []
    for group in groups:
        totals.append(len(rows))
        counts = [_yes_of(report, item, level.id, group.id) for item in items]
        rows.append([_group_head(report, group), *counts, ""])
        for unit in report.units.loc[report.units[level.id] == group.id, "unit"]:
            given = zip(items, wide[unit], strict=True)
            marks = [answer_mark(report, item, unit, str(answer)) for item, answer in given]
            told = str(sums[unit]) if unit in sums else NOTHING
            rows.append([report.unit_labels[unit], *marks, told])
    columns = [
        Column(language.capitalise(report.unit_noun.one)),
        *_numbered(report, "centre"),
        Column(language.text("table.yes_in_all"), "number"),
    ]
    title = language.text("table.overview", group=report.group_label(report.group))
    explained = language.text("table.marks_by_group", group=report.say(level.noun).the_one)
    note = with_source(report, explained, "scores")
    legend = [report.item_label(item) for item in items]
    return Table(title, columns, rows, note, "overview", totals=totals, dense=True, legend=legend)


def yes_by_group(report: Report) -> Table:
    """How many of how many say yes to each indicator: the whole report's group, then its parts."""
    *parts, whole = report.places
    items = report.study.instrument.indicator_ids
    rows: list[list[Cell]] = [
        [
            label,
            *(
                linked(told, report.count_at(item, group) if told != NOTHING else "")
                for item in items
                for told in [_yes_of(report, item, level, group)]
            ),
        ]
        for label, level, group in (whole, *parts)
    ]
    language = report.language
    one = report.say(report.subgroups[0].noun).one
    columns = [Column(language.capitalise(one)), *_numbered(report, "number")]
    title = language.text("table.yes_by_group", units=report.unit_noun.many)
    note = language.text("table.yes_of_answered")
    legend = [linked(report.item_label(item), question_address(report, item)) for item in items]
    return Table(title, columns, rows, note, "yes-by-group", totals=[0], dense=True, legend=legend)


def _yes_of(report: Report, item: str, level: str, group: str) -> str:
    """``7/9``: so many say yes, of so many that answered; a kept partly stands behind it."""
    counts = report.counts(item, level, group)
    if not counts.n:
        return NOTHING
    number = report.language.number
    told = f"{number(counts.yes)}/{number(counts.n)}"
    if not counts.partly:
        return told
    partly = number(counts.partly)
    return report.language.text("table.with_partly", count=told, partly=partly)


def _group_head(report: Report, group: Group) -> Cell:
    """A group's name, leading to its own report where it has one."""
    label = report.group_label(group)
    pages = [run.page for run in report.study.runs() if run.group is group]
    return Link(label, pages[0]) if pages else label


def _numbered(report: Report, align: Literal["centre", "number"]) -> list[Column]:
    """A column an indicator, headed by its number and, to who hears it, by its name."""
    return [
        Column(item, align, meaning=report.item_name(item))
        for item in report.study.instrument.indicator_ids
    ]
