"""Which topics matter most: the answer, how firm it is, its criteria, and what the study says."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.analysis.areas import STEP
from misbrug_analysis.model.areas import HIGHEST, LOWEST, Criterion, Published
from misbrug_analysis.presentation import figures
from misbrug_analysis.presentation.agreement import concluded
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Figure, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.judging import marks_note, said_together
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.priorities import Priorities, criteria, priorities
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.priority_sentences import (
    LEAD,
    answer,
    answer_sentences,
    compared,
    comparison_sentences,
    firmness,
    firmness_sentences,
    foundation,
    moved_by_rules,
)
from misbrug_analysis.presentation.statements import tells
from misbrug_analysis.presentation.tables import number_of
from misbrug_analysis.presentation.texts import prose

STAR = "\N{NO-BREAK SPACE}★"
"""What stands after a topic that the study's own conclusion picked out."""


@tells(answer_sentences)
def priority_answer(report: Report) -> list[Block]:
    """The order at equal weights, and how often each of the first topics stays among them."""
    order = priorities(report)
    if order is None:
        return []
    passage = answer(report)
    heading = Heading(passage.place.heading, 2, passage.place.anchor)
    many = report.unit_noun.many
    if order.ranking.empty:
        return [heading, Paragraphs([order.sentence("no_order", many=many)], kind="lead")]
    texts = [criteria(order)]
    if order.unranked:
        topics = order.named(order.unranked)
        texts.append(order.sentence("unranked", topics=topics, many=many))
    told = said_together(report, passage)
    leading = told.pop(LEAD)
    return [
        heading,
        Paragraphs([leading], kind="lead"),
        Bullets(list(told.values())),
        Paragraphs(texts),
        *marks_note(report),
    ]


@tells(firmness_sentences)
def priority_order(report: Report) -> list[Block]:
    """The interval of ranks of every topic over all weightings, as a chart with its numbers."""
    order, language = priorities(report), report.language
    if order is None or order.ranking.empty:
        return []
    passage = firmness(report)
    told = said_together(report, passage)
    finding = told.pop("figure")
    texts = [*_weights(order), *told.values(), *moved_by_rules(report)]
    count = language.number(order.weightings)
    published = order.areas.published
    source = report.say(published.source) if published else None
    reading = language.text("areas.reading", topic=report.topic_noun.one)
    alt = [language.text("areas.alt"), *_spoken(order)]
    if published:
        many, named = report.topic_noun.many, order.named(published.topics)
        reading += " " + language.text("areas.reading_star", topics=many, source=source)
        alt.append(language.text("areas.alt_starred", topics=named, source=source))
    return [
        Heading(passage.place.heading, 2, passage.place.anchor),
        Paragraphs([*texts, reading]),
        Figure(
            title=finding,
            subtitle=language.text("areas.subtitle", count=count),
            alt=" ".join(alt),
            svg=figures.rank_intervals(_chart_rows(order), language, source),
            table=_order_table(order),
            anchor="order",
        ),
    ]


def priority_criteria(report: Report) -> list[Block]:
    """What the topics are weighed by, the values, and the ratings with their reasons."""
    order, language = priorities(report), report.language
    if order is None:
        return []
    blocks: list[Block] = [Heading(language.text("areas.criteria"), 2, "criteria")]
    if order.areas.ratings_statement:
        blocks.append(Paragraphs([report.say(order.areas.ratings_statement)]))
    blocks += [_criteria_table(order), _values_table(order)]
    if order.areas.rated:
        blocks.append(_reasons_table(order))
    return blocks


@tells(comparison_sentences)
def priority_comparison(report: Report, text_name: str = "") -> list[Block]:
    """The order beside what the study itself concluded, then a text if it is named."""
    order = priorities(report)
    if order is None or order.areas.published is None or order.ranking.empty:
        return []
    published, passage = order.areas.published, compared(report)
    place, told = passage.place, said_together(report, passage)
    return [
        Heading(place.heading, 2, place.anchor),
        Paragraphs(
            [
                " ".join([concluded(order, published), *told.values()]),
                *said_together(report, foundation(report)).values(),
            ]
        ),
        _published_table(order, published),
        *(prose(report, text_name, place) if text_name else []),
    ]


def _weights(order: Priorities) -> list[str]:
    """How the weights were varied, and what the order rests on all the same."""
    if order.weightings < 2:
        return []
    language, count = order.language, order.language.number(order.weightings)
    weights = language.text("areas.weights", step=language.percent(STEP), count=count)
    return [f"{weights} {_rests_on(order)}"]


def _rests_on(order: Priorities) -> str:
    """Where the values come from that no weighting changes."""
    provenance = order.report.study.settings.provenance
    told = dict.fromkeys(
        order.language.text(f"areas.made.{provenance.kind}")
        if criterion.source == "gap" and provenance.is_made
        else _source(order, criterion)
        for criterion in order.areas.criteria
    )
    return order.language.text("areas.rests", sources=order.language.join(list(told)))


def _spoken(order: Priorities) -> list[str]:
    return [
        order.language.text(
            "areas.alt_row",
            title=order.title(topic),
            topic=order.named([topic]),
            rank=order.rank(topic),
            whole=order.interval(topic),
            inner=order.interval(topic, "inner"),
        )
        for topic in order.ranking.index
    ]


def _chart_rows(order: Priorities) -> pd.DataFrame:
    columns = ["best", "worst", "inner_best", "inner_worst", "rank"]
    chosen = order.areas.published.topics if order.areas.published else []
    rows = order.ranking[columns].assign(marked=order.ranking.index.isin(chosen))
    return rows.rename(index=lambda topic: f"{topic} {order.title(topic)}")


def _order_table(order: Priorities) -> Table:
    language, published = order.language, order.areas.published
    picked = published.topics if published else []
    rows: list[list[Cell]] = [
        [
            f"{topic} {order.title(topic)}" + (STAR if topic in picked else ""),
            order.span(topic, "equal"),
            order.span(topic),
            order.span(topic, "inner"),
            order.percent(order.number(topic, "among_first")),
            order.percent(order.number(topic, "leads")),
        ]
        for topic in order.ranking.index
    ]
    columns = [
        _topic_column(order),
        *(Column(language.text(f"areas.{key}"), "number") for key in ("equal", "whole", "inner")),
        Column(language.capitalise(order.among()), "number"),
        Column(language.capitalise(language.plural("areas.among", 1)), "number"),
    ]
    note = language.text("areas.ties")
    if published:
        note += " " + language.text("areas.starred", source=order.report.say(published.source))
    return Table(language.text("areas.numbers"), columns, rows, note)


def _criteria_table(order: Priorities) -> Table:
    report, language = order.report, order.language
    rows: list[list[Cell]] = [
        [report.say(criterion.label), report.say(criterion.explains), _source(order, criterion)]
        for criterion in order.areas.criteria
    ]
    columns = [Column(language.text(f"areas.{key}")) for key in ("criterion", "explains", "source")]
    return Table(language.text("areas.criteria_table"), columns, rows, anchor="criteria-used")


def _source(order: Priorities, criterion: Criterion) -> str:
    noun = order.group_noun
    groups = noun.the_many if noun else ""
    return order.language.text(f"areas.sources.{criterion.source}", groups=groups)


def _values_table(order: Priorities) -> Table:
    """What each criterion gives each topic, in the terms it is measured in."""
    language, areas = order.language, order.areas
    ratings = {rating.topic: rating.scores for rating in areas.ratings}

    def cell(topic: str, criterion: Criterion) -> Cell:
        if criterion.source == "rating":
            return ratings[topic][criterion.id]
        if criterion.source == "wishes":
            at = order.report.table_at("wishes")
            return number_of(order.report, int(order.wishing[topic]), order.groups, at)
        gap = float(order.values[criterion.id][topic])
        at = order.report.count_at(topic)
        return "–" if pd.isna(gap) else linked(language.percent(gap), at)

    rows: list[list[Cell]] = [
        [f"{topic} {order.title(topic)}", *(cell(topic, one) for one in areas.criteria)]
        for topic in order.wishing.index
    ]
    scale = language.text("areas.scale", lowest=LOWEST, highest=HIGHEST)
    columns = [_topic_column(order)]
    columns += [
        Column(
            order.report.say(criterion.label),
            "number",
            scale if criterion.source == "rating" else None,
        )
        for criterion in areas.criteria
    ]
    note = language.text("areas.rescaled")
    if areas.rated:
        ends = language.text("areas.rescaled_ratings", lowest=LOWEST, highest=HIGHEST)
        note = f"{note} {ends}"
    if any(criterion.source == "wishes" for criterion in areas.criteria):
        note = f"{note} {language.text('areas.unknown_wishes')}"
    return Table(language.text("areas.values_table"), columns, rows, note, anchor="criteria-values")


def _reasons_table(order: Priorities) -> Table:
    report, language = order.report, order.language
    rows: list[list[Cell]] = [
        [f"{rating.topic} {order.title(rating.topic)}", report.say(rating.reason)]
        for rating in order.areas.ratings
    ]
    columns = [_topic_column(order), Column(language.text("table.reason"))]
    title = language.text("areas.reasons_table", topics=report.topic_noun.the_many)
    return Table(title, columns, rows, anchor="ratings")


def _published_table(order: Priorities, published: Published) -> Table:
    """Each topic that the study chose, with its rank and how often it is among the first."""
    report, language = order.report, order.language
    rows: list[list[Cell]] = []
    for topic in published.topics:
        chosen = "foundation" if topic in published.foundation else "other"
        row: list[Cell] = [f"{topic} {order.title(topic)}", language.text(f"areas.{chosen}")]
        if topic in order.unranked:
            row += ["–", "–"]
        else:
            share = order.number(topic, "among_first")
            row += [order.span(topic, "equal"), order.percent(share)]
        rows.append(row)
    columns = [
        _topic_column(order),
        Column(language.text("areas.chosen_as")),
        Column(language.text("areas.equal"), "number"),
        Column(language.capitalise(order.among()), "number"),
    ]
    title = language.text(
        "areas.published_table", topics=report.topic_noun.many, among=order.among()
    )
    return Table(title, columns, rows, anchor="published")


def _topic_column(order: Priorities) -> Column:
    return Column(order.language.capitalise(order.report.topic_noun.one))
