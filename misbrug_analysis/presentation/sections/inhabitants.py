"""How many people live where: a table by age, and the groups on a map.

A study without a need file has none of this.
"""

from __future__ import annotations

from misbrug_analysis.presentation import figures
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Figure, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.need_view import Place, need_view
from misbrug_analysis.presentation.need_wording import largest, young_people
from misbrug_analysis.presentation.report import Report


def inhabitants(report: Report) -> list[Block]:
    """People by member and age group, sums by group and in all, and the share of young people."""
    view = need_view(report)
    if view is None:
        return []
    language, file = view.language, view.need.file
    bands = [view.need.bands(group) for group in file.age_groups]
    young = view.need.bands(file.young)

    def cells(place: Place, label: str) -> list[Cell]:
        ages: list[Cell] = [language.number(view.in_ages(place, band)) for band in bands]
        share = view.in_ages(place, young) / place.total if place.total else 0.0
        return [label, language.number(place.total), *ages, language.percent(share, 1)]

    rows = [cells(place, label) for place, label in view.places()]
    labels = [report.say(group.label) for group in file.age_groups]
    heads = [language.text("need.population.total"), *labels]
    columns = [Column(language.capitalise(report.unit_noun.one))]
    columns += [Column(head, "number") for head in heads]
    share_head = language.text("need.population.share", ages=view.ages(file.young))
    columns.append(Column(share_head, "number"))
    date = language.date(file.population_date)
    heading = language.text("need.population.heading", units=report.unit_noun.the_many)
    table = Table(
        language.text("need.population.title", date=date),
        columns,
        rows,
        note=language.text("need.source", source=report.say(file.population_origin.label)),
        anchor="population",
        totals=view.totals(),
    )
    return [
        Heading(heading, 2, "inhabitants"),
        Paragraphs([young_people(view, young)]),
        table,
    ]


def group_map(report: Report) -> list[Block]:
    """The groups on a map, with how many live in each."""
    view = need_view(report)
    if view is None or view.need.file.boundaries_origin is None:
        return []
    language = view.language
    shapes = [
        figures.Shape(
            label=member.label,
            number=number,
            group=report.group_label(group),
            rings=view.need.boundaries[member.code],
        )
        for number, (group, member) in enumerate(
            ((group, member) for group in view.groups for member in group.members), start=1
        )
    ]
    told = [
        language.text(
            "need.map.group",
            group=report.group_label(group),
            members=language.join([member.label for member in group.members]),
            n=language.number(view.of_group(group).total),
        )
        for group in view.groups
    ]
    rows: list[list[Cell]] = [
        [
            report.group_label(group),
            language.join([place.label for place in members]),
            language.number(together.total),
        ]
        for group, members, together in view.rows()
    ]
    noun = report.say(view.level.noun)
    columns = [
        Column(language.capitalise(noun.one)),
        Column(language.capitalise(report.unit_noun.many)),
        Column(language.text("need.population.total"), "number"),
    ]
    file = view.need.file
    assert file.boundaries_origin is not None
    sources = language.text(
        "need.map.sources",
        map=report.say(file.boundaries_origin.label),
        people=report.say(file.population_origin.label),
    )
    title = language.text("need.map.table", groups=noun.many)
    heading = language.capitalise(language.text("need.map.heading", groups=noun.the_many))
    return [
        Heading(heading, 2, "map"),
        Figure(
            title=largest(view),
            subtitle=language.text("need.map.subtitle", sources=sources),
            alt=language.text("need.map.alt", finding=largest(view), groups=" ".join(told)),
            svg=figures.group_map(shapes, language),
            table=Table(title, columns, rows, note=sources, anchor="map-numbers"),
            anchor="group-map",
        ),
    ]
