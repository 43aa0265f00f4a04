"""What the variants of the rules make of counts: charts, what to look at first, and the ranges."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from misbrug_analysis.presentation import figures, tables
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Figure, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.outline import slug
from misbrug_analysis.presentation.passages import linked, unmarked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.robustness import Moved, Robustness
from misbrug_analysis.presentation.spreads import are_many

_CHARTED = 3


def variant_charts(report: Report) -> list[Block]:
    """Every way to settle the answers in a chart of its own kind, and how to read it.

    First of all answers, then of the indicators to look at first.
    """
    robust = Robustness(report)
    if report.is_empty or robust.ways == 1:
        return []
    language = report.language
    return [
        Heading(language.text("sensitivity.chart"), 2, "variants"),
        Paragraphs([language.text("sensitivity.reading")]),
        _chart_of_all(robust),
    ]


def look_first(report: Report) -> list[Block]:
    """The indicators that move, those whose words would change first, and charts of the first."""
    robust = Robustness(report)
    if report.is_empty or robust.ways == 1:
        return []
    language = report.language
    heading = Heading(language.text("sensitivity.first"), 2, "first")
    if not robust.first:
        return [heading, Paragraphs([language.text("sensitivity.first_none")])]
    return [
        heading,
        Paragraphs([language.text("sensitivity.first_text")]),
        Bullets([_sentence(robust, one) for one in robust.first]),
        *(_chart_of_item(robust, one) for one in robust.first[:_CHARTED]),
    ]


def ranges_table(report: Report) -> list[Block]:
    """Every count that depends on the rules, by topic, indicator and group, or nothing.

    Of many groups it is told in how many the count moves; the published table has them.
    """
    robust = Robustness(report)
    if report.is_empty or robust.ways == 1:
        return []
    language, (_, groups) = report.language, report.subgroups
    items = [
        item
        for topic in report.study.instrument.assessed_topics
        for item in (topic.id, *(one.id for one in report.study.instrument.indicators_of(topic.id)))
    ]
    if are_many(groups):
        return _ranges_of_whole(robust, items)
    moved = [
        (one, label)
        for item in items
        for label, *place in report.places
        if (one := robust.moved(item, *place)).varies
    ]
    if not moved:
        return []
    columns = [
        Column(language.text("sensitivity.item", topic=report.topic_noun.one)),
        Column(language.text("sensitivity.published"), "number"),
        Column(language.text("sensitivity.ranging"), "number"),
        Column(language.text("sensitivity.decides")),
    ]
    rows = [_range_row(robust, one, label) for one, label in moved]
    change = [bool(one.others) for one, _ in moved]
    note = None
    if all(change) or not any(change):
        key = "all_words_change" if all(change) else "no_words_change"
        note = language.text(f"sensitivity.{key}")
    else:
        columns.append(Column(language.text("sensitivity.wording")))
        words = [language.text(f"sensitivity.words_{'change' if c else 'stay'}") for c in change]
        rows = [[*row, said] for row, said in zip(rows, words, strict=True)]
    title = language.text("sensitivity.ranges_table", many=report.unit_noun.many)
    return [
        Heading(language.text("sensitivity.ranges"), 2, "ranges"),
        Paragraphs([language.text("sensitivity.ranges_text", topics=report.topic_noun.many)]),
        Table(title, columns, rows, note, anchor="ranges-by-indicator", stacked=True),
    ]


def _ranges_of_whole(robust: Robustness, items: Sequence[str]) -> list[Block]:
    """The counts of the report's own group, and in how many of the compared ones each moves."""
    report, language, (level, groups) = robust.report, robust.language, robust.report.subgroups
    moved = [
        (one, n)
        for item in items
        if (one := robust.moved(item)).varies + (n := robust.moves_in(item))
    ]
    if not moved:
        return []
    noun = report.say(level.noun)
    columns = [
        Column(language.text("sensitivity.item", topic=report.topic_noun.one)),
        Column(language.text("sensitivity.published"), "number"),
        Column(language.text("sensitivity.ranging"), "number"),
        Column(language.text("sensitivity.decides")),
        Column(language.text("sensitivity.wording")),
        Column(language.text("sensitivity.groups_moving", groups=noun.many), "number"),
    ]
    rows: list[list[Cell]] = [
        [
            one.label,
            *_numbers_of(robust, one),
            robust.settings(one.moved_by) if one.varies else tables.NOTHING,
            language.text(f"sensitivity.words_{'change' if one.others else 'stay'}"),
            language.of(n, len(groups)),
        ]
        for one, n in moved
    ]
    title = language.text("sensitivity.ranges_table", many=report.unit_noun.many)
    text = language.text(
        "sensitivity.ranges_whole", topics=report.topic_noun.many, groups=noun.many
    )
    note = tables.with_source(report, None, "sensitivity")
    return [
        Heading(language.text("sensitivity.ranges"), 2, "ranges"),
        Paragraphs([text]),
        Table(title, columns, rows, note, anchor="ranges-by-indicator", stacked=True),
    ]


def _chart_of_all(robust: Robustness) -> Figure:
    language, counts = robust.language, robust.all_yes
    low, high = int(counts.min()), int(counts.max())
    key = "sensitivity.finding" if low < high else "sensitivity.finding_same"
    total = robust.all_answers
    finding = language.text(
        key,
        low=language.number(low),
        high=language.number(high),
        n=language.number(total if low < high else low),
    )
    own = language.of(int(counts.iloc[0]), total)
    at = robust.report.table_at("scores")
    return _figure(
        robust, counts, finding, linked(own, at), language.text("sensitivity.measure"), "all"
    )


def _chart_of_item(robust: Robustness, one: Moved) -> Figure:
    language, number = robust.language, robust.language.number
    key = "sensitivity.finding_item" if one.low < one.high else "sensitivity.finding_item_same"
    finding = language.text(
        key, item=one.label, low=number(one.low), high=number(one.high), n=number(one.low)
    )
    measure = language.text("sensitivity.measure_units", many=robust.report.unit_noun.many)
    return _figure(
        robust, robust.counted(one.item), finding, robust.count(one.counts), measure, one.item
    )


def _figure(
    robust: Robustness, counts: pd.Series, finding: str, own: str, measure: str, name: str
) -> Figure:
    language = robust.language
    headings = {one: language.text(f"sensitivity.setting.{one}") for one in robust.varied}
    choices = robust.choices[robust.varied].rename(columns=headings)
    ways = [
        language.plural("sensitivity.alt_ways", int(n), n=language.numeral(int(n)))
        for n in counts.value_counts().sort_index()
    ]
    each = [
        language.text("sensitivity.alt_count", ways=told, counted=language.number(int(yes)))
        for told, yes in zip(ways, sorted(counts.unique()), strict=True)
    ]
    spoken = [
        language.text("sensitivity.alt", n=language.number(robust.ways)),
        f"{finding}.",
        f"{language.capitalise(language.join(each))}.",
        language.text("sensitivity.alt_own", own=unmarked(own)),
    ]
    return Figure(
        title=finding,
        subtitle=language.text("sensitivity.subtitle", own=own),
        alt=" ".join(spoken),
        svg=figures.specification(counts, choices, measure, language),
        table=_numbers(robust, counts, choices, name),
        anchor=slug("figure", "variants", name),
    )


def _numbers(robust: Robustness, counts: pd.Series, choices: pd.DataFrame, name: str) -> Table:
    """The columns of a chart as rows, in the same order."""
    language = robust.language
    order = counts.sort_values(kind="stable").index
    rows: list[list[Cell]] = [
        [
            language.text("sensitivity.here", n=place) if variant == 0 else str(place),
            *map(str, chosen),
            int(counts.loc[variant]),
        ]
        for place, (variant, chosen) in enumerate(
            zip(order, choices.loc[order].to_numpy(), strict=True), start=1
        )
    ]
    columns = [Column(language.text("sensitivity.way"))]
    columns += [Column(str(heading)) for heading in choices]
    columns.append(Column(language.text("sensitivity.yes"), "number"))
    of = language.text("sensitivity.numbers_all") if name == "all" else robust.label(name)
    return Table(language.text("sensitivity.numbers", title=of), columns, rows)


def _sentence(robust: Robustness, one: Moved) -> str:
    """What the rules do to an indicator: its count, its range, what moves it, and its words."""
    language = robust.language
    fields = {
        "item": one.label,
        "count": robust.count(one.counts),
        "moved": robust.mover(one.moved_by),
    }
    if one.low == one.high:
        return language.text("sensitivity.told_same", **fields)
    if one.others:
        worded = language.text("sensitivity.worded", words=one.words, others=robust.quoted_at(one))
    else:
        worded = language.text("sensitivity.same_words", words=one.words)
    return language.text(
        "sensitivity.told", range=robust.span(one.low, one.high), worded=worded, **fields
    )


def _range_row(robust: Robustness, one: Moved, group: str) -> list[Cell]:
    return [
        robust.language.text("sensitivity.item_in", item=one.label, group=group),
        *_numbers_of(robust, one),
        robust.settings(one.moved_by),
    ]


def _numbers_of(robust: Robustness, one: Moved) -> list[Cell]:
    """A count as published, and from the least to the most that it can be."""
    number = robust.language.number
    return [robust.count(one.counts), robust.language.span(number(one.low), number(one.high))]
