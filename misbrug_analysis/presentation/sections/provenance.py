"""What is ours in a reconstruction: counts chosen among several, and words that we wrote."""

from __future__ import annotations

from typing import Literal

from misbrug_analysis.model.possible import PossibleCount
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.tables import number_of
from misbrug_analysis.presentation.topic_names import topic_in_sentence

Place = Literal["focus_areas", "feedback", "remarks"]
"""Where a page shows words that were made with the answers."""


def possible_counts(report: Report) -> list[Block]:
    """Every count of the report's group beside those that the source leaves open.

    No block where the study was collected, or says nothing of its group.
    """
    declared, language = report.study.settings.provenance.possible, report.language
    counts = _of_group(report)
    if declared is None or not counts:
        return []
    rows: list[list[Cell]] = [_row(report, count) for count in counts]
    columns = [
        Column(language.text("table.indicator")),
        Column(language.text("possible.chosen"), "number"),
        Column(language.text("possible.span"), "number"),
    ]
    indicators = report.study.instrument.indicator_ids
    whole = [place for place, count in enumerate(counts) if count.item not in indicators]
    title = language.text(
        "possible.table", units=report.unit_noun.many, group=report.group_label(report.group)
    )
    return [
        Heading(report.say(declared.title), 2, "possible"),
        Paragraphs([report.say(declared.explains)]),
        Table(title, columns, rows, anchor="possible-counts", totals=whole),
    ]


def possible_note(report: Report) -> list[Block]:
    """That some counts are chosen, and where the others stand; for the neighbourhood of charts."""
    declared = report.study.settings.provenance.possible
    if declared is None or not any(count.is_open for count in _of_group(report)):
        return []
    text = report.language.text("possible.note", title=report.say(declared.title))
    return [Paragraphs([text], kind="note")]


def own_words(report: Report, place: Place) -> list[Block]:
    """Whose words stand here, where the study says that they are not the respondents'."""
    declared = report.study.settings.provenance.own_words
    text = getattr(declared, place) if declared else None
    return [Paragraphs([report.say(text)], kind="note")] if text else []


def _of_group(report: Report) -> list[PossibleCount]:
    return [count for count in report.study.possible.values() if count.group == report.group.id]


def _row(report: Report, count: PossibleCount) -> list[Cell]:
    language, counted = report.language, report.counts(count.item)
    if count.item in report.study.instrument.indicator_ids:
        label = report.item_label(count.item)
    else:
        topics = {topic.id: report.say(topic.title) for topic in report.study.instrument.topics}
        named = topic_in_sentence(language, report.topic_noun.one, count.item, topics[count.item])
        label = language.text("possible.whole", topic=language.capitalise(named))
    return [
        label,
        number_of(report, counted.yes, counted.n, counted.at),
        linked(language.span(count.fewest, count.most), report.table_at("possible_counts")),
    ]
