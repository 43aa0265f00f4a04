"""How many of those who live in the area may need treatment, by national estimates.

Every figure stands with its source and year. A study without a need file has none of this.
"""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.model.need import Domain, Measure
from misbrug_analysis.presentation import figures
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Figure, Heading, Notice, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column, Link
from misbrug_analysis.presentation.need_view import NeedView, need_view
from misbrug_analysis.presentation.need_wording import (
    finding,
    how_to_read,
    members,
    of_chart,
    spread,
    told,
    unbroken,
)
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.tables import with_source


def need_lead(report: Report) -> list[Block]:
    """How many live in the area, and what the national estimates come to there."""
    view = need_view(report)
    if view is None:
        return []
    language, at = view.language, report.table_at("population_groups")
    share = view.share_of_nation()
    nation = "_nation" if share >= 1 else ""
    lead = language.text(
        f"need.lead{nation}",
        date=language.date(view.need.file.population_date),
        people=linked(language.number(view.of_all.total), at),
        units=linked(members(view), at),
        share=language.percent(share, 1),
    )
    return [
        Heading(language.text("need.main"), 2, "need-main"),
        Paragraphs([lead], kind="lead"),
        Paragraphs([language.text(f"need.comes_to{nation}")]),
        Bullets([told(view, measure, view.of_all) for measure in of_chart(view)]),
    ]


def estimated_need(report: Report) -> list[Block]:
    """What is assumed, the estimates side by side as a chart, and a table for each domain."""
    view = need_view(report)
    if view is None:
        return []
    language = view.language
    assumed = language.text(
        "need.assumed", one=report.unit_noun.one, date=language.date(view.need.file.population_date)
    )
    return [
        Heading(language.text("need.estimated.heading"), 2, "estimated-need"),
        Paragraphs([assumed, language.text("need.reading")]),
        Notice(language.text("need.caution", units=report.unit_noun.the_many)),
        _chart(view),
        *(_domain_table(view, domain) for domain in view.need.file.domains),
    ]


def typical_need(report: Report) -> list[Block]:
    """What the need comes to in a member of typical size."""
    view = need_view(report)
    if view is None:
        return []
    language, one = view.language, report.unit_noun.one
    at = report.table_at("population_groups")
    explained = language.text(
        "need.typical.explained",
        one=one,
        units=linked(members(view), at),
        n=linked(language.rounded(view.typical.total), at),
    )
    rows: list[list[Cell]] = [
        [report.say(measure.short), unbroken(view.shown(measure, view.typical)), view.cite(measure)]
        for measure in view.need.file.measures
    ]
    columns = [
        Column(language.text("need.measure")),
        Column(language.text("need.typical.column")),
        Column(language.text("need.source_head")),
    ]
    title = language.text("need.typical.title", one=one)
    note = with_source(report, None, "need_groups")
    return [
        Heading(language.text("need.typical.heading", one=one), 2, "typical"),
        Paragraphs([explained]),
        Table(title, columns, rows, note, anchor="typical-need"),
    ]


def need_sources(report: Report) -> list[Block]:
    """The national estimates: number, age group, year, source, what was read, and definition."""
    view = need_view(report)
    if view is None:
        return []
    language, file = view.language, view.need.file
    rows: list[list[Cell]] = []
    for measure in file.measures:
        estimate = view.need.estimate_of(measure)
        rows.append(
            [
                report.say(measure.short),
                unbroken(view.national(estimate)),
                view.ages(measure),
                view.year(estimate),
                Link(view.source(estimate), estimate.url),
                language.text(f"need.confidence.{estimate.confidence}"),
            ]
        )
    heads = ["measure", "national", "ages_head", "year_head", "source_head", "confidence_head"]
    columns = [Column(language.text(f"need.{head}")) for head in heads]
    defined = [
        language.text(
            "need.defined", measure=report.say(measure.short), text=report.say(measure.definition)
        )
        for measure in file.measures
    ]
    origins = [file.population_origin, *filter(None, [file.boundaries_origin])]
    blocks: list[Block] = [
        Heading(language.text("need.sources.heading"), 2, "sources"),
        Paragraphs([_chosen(view)]),
        Bullets(defined),
        Table(language.text("need.sources.title"), columns, rows, anchor="estimates"),
        Paragraphs([language.text("need.sources.origins")]),
        Bullets([Link(report.say(origin.label), origin.url) for origin in origins]),
    ]
    return [*blocks, *_other_estimates(view)]


def _chosen(view: NeedView) -> str:
    """What the list of sources tells; that none is later than the study, where they all say so."""
    year = view.report.study.settings.date.year
    latest = view.need.latest_year
    key = "listed" if latest is None or latest > year else "chosen"
    return view.language.text(f"need.sources.{key}", year=year)


def _other_estimates(view: NeedView) -> list[Block]:
    """Estimates that are later, or of something else: mentioned, not used."""
    language, others = view.language, view.need.file.others
    if not others:
        return []
    rows: list[list[Cell]] = []
    for other in others:
        found = view.need.estimate_of(other)
        link = Link(view.source(found), found.url)
        label, note = view.report.say(other.label), view.report.say(other.note)
        rows.append([label, unbroken(view.national(found)), view.year(found), note, link])
    heads = ["measure", "national", "year_head", "note_head", "source_head"]
    columns = [Column(language.text(f"need.{head}")) for head in heads]
    return [
        Heading(language.text("need.others.heading"), 2, "other-estimates"),
        Paragraphs([language.text("need.others.explained")]),
        Table(language.text("need.others.title"), columns, rows, anchor="others"),
    ]


def _chart(view: NeedView) -> Figure:
    report, language, measures = view.report, view.language, of_chart(view)
    rows = pd.DataFrame(
        {
            (measure.id, column): {
                place.label: place.need.loc[measure.id, column] for place in view.charted
            }
            for measure in measures
            for column in ("value", "low", "high")
        }
    )
    spans = [spread(view, measure) for measure in measures]
    title = finding(view, measures[0])
    return Figure(
        title=title,
        subtitle=how_to_read(view, measures),
        alt=language.text("need.chart.alt", finding=title, spans=" ".join(spans)),
        svg=figures.estimate_columns(
            rows,
            language,
            None if view.by_group else _groups(view).reindex(rows.index),
            {measure.id: report.say(measure.short) for measure in measures},
        ),
        table=_need_table(
            view,
            measures,
            language.text("need.chart.table"),
            "need-numbers",
            of_groups=view.by_group,
        ),
        anchor="need-chart",
    )


def _groups(view: NeedView) -> pd.Series[str]:
    """Every member's group, by their labels."""
    return pd.Series(
        {
            member.label: view.report.group_label(group)
            for group in view.groups
            for member in group.members
        }
    )


def _domain_table(view: NeedView, domain: Domain) -> Table:
    measures = [measure for measure in view.need.file.measures if measure.domain == domain.id]
    label = view.report.say(domain.label)
    title = view.language.text("need.domain_title", domain=label)
    return _need_table(view, measures, title, f"need-{domain.id.replace('_', '-')}")


def _need_table(
    view: NeedView, measures: list[Measure], title: str, anchor: str, *, of_groups: bool = False
) -> Table:
    """The need of the members, of their groups and of all, folded where that is long; or of the
    groups and of all alone."""
    report = view.report
    places, totals, source = list(view.places()), view.totals(), "need"
    noun = report.unit_noun
    if of_groups:
        places = [(place, place.label) for place in (*view.charted, view.of_all)]
        totals, source, noun = [len(places) - 1], "need_groups", view.charted_noun
    rows: list[list[Cell]] = [
        [label, *(unbroken(view.shown(measure, place)) for measure in measures)]
        for place, label in places
    ]
    columns = [Column(view.language.capitalise(noun.one))]
    columns += [Column(report.say(measure.short)) for measure in measures]
    sources = view.language.text("need.rounded", sources=view.cites(measures))
    return Table(
        title,
        columns,
        rows,
        note=with_source(report, sources, source),
        anchor=anchor,
        totals=totals,
        folded=view.by_group and not of_groups,
    )
