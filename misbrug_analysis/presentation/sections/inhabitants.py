"""How many people live where: a table by age, and the groups on a map.

A study without a need file has none of this.
"""

from __future__ import annotations

from collections.abc import Sequence

from misbrug_analysis.presentation import figures
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Figure, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.need_view import NeedView, Place, need_view
from misbrug_analysis.presentation.need_wording import division, young_people
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.tables import with_source


def inhabitants(report: Report) -> list[Block]:
    """People by member and age group, sums by group and in all, and the share of young people."""
    view = need_view(report)
    if view is None:
        return []
    language, file = view.language, view.need.file

    def cells(place: Place, label: str) -> list[Cell]:
        ages: list[Cell] = [
            language.number(view.in_ages(place, group)) for group in file.age_groups
        ]
        share = language.percent(view.share_of_young(place), 1)
        return [label, language.number(place.total), *ages, share]

    rows = [cells(place, label) for place, label in view.places()]
    labels = [report.say(group.label) for group in file.age_groups]
    heads = [language.text("need.population.total"), *labels]
    columns = [Column(language.capitalise(report.unit_noun.one))]
    columns += [Column(head, "number") for head in heads]
    share_head = language.text("need.population.share", ages=view.ages(file.young))
    columns.append(Column(share_head, "number"))
    date = language.date(file.population_date)
    source = language.text("need.source", source=report.say(file.population_origin.label))
    heading = language.text("need.population.heading", units=report.unit_noun.the_many)
    table = Table(
        language.text("need.population.title", date=date),
        columns,
        rows,
        note=with_source(report, source, "population"),
        anchor="population",
        totals=view.totals(),
    )
    return [
        Heading(heading, 2, "inhabitants"),
        Paragraphs([young_people(view)]),
        table,
    ]


def group_map(report: Report) -> list[Block]:
    """The members by group on a map, each with the number by which a table names it."""
    view = need_view(report)
    if view is None or view.need.file.boundaries_origin is None:
        return []
    language, source = view.language, report.say(view.need.file.boundaries_origin.label)
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
    divided, noun = division(view), report.say(view.level.noun)
    heading = language.capitalise(language.text("need.map.heading", groups=noun.the_many))
    return [
        Heading(heading, 2, "map"),
        Figure(
            title=divided,
            subtitle=language.text("need.map.subtitle", source=source),
            alt=language.text("need.map.alt", finding=divided, groups=_spoken(shapes, language)),
            svg=figures.group_map(shapes, language),
            table=_numbers(view, source),
            anchor="group-map",
        ),
    ]


def _spoken(shapes: Sequence[figures.Shape], language: Language) -> str:
    """The key of the map, a sentence a group: ``Nord: 1 Ask og 2 Bøg.``"""
    named: dict[str, list[str]] = {}
    for shape in shapes:
        number = language.number(shape.number)
        member = language.text("need.map.member", n=number, label=shape.label)
        named.setdefault(shape.group, []).append(member)
    return " ".join(
        language.text("need.map.group", group=group, members=language.join(members))
        for group, members in named.items()
    )


def _numbers(view: NeedView, source: str) -> Table:
    """The members with their numbers on the map and their people, and sums by group and in all."""
    report, language = view.report, view.language
    rows: list[list[Cell]] = []
    last = 0

    def row(label: str, first: int, place: Place) -> list[Cell]:
        numbers = language.span(language.number(first), language.number(last))
        return [label, numbers, language.number(place.total)]

    for _, members, together in view.rows():
        first = last + 1
        for place in members:
            last += 1
            rows.append(row(place.label, last, place))
        rows.append(row(language.text("need.together", group=together.label), first, together))
    rows.append(row(view.of_all.label, 1, view.of_all))
    columns = [
        Column(language.capitalise(report.unit_noun.one)),
        Column(language.text("need.map.number"), "number"),
        Column(language.text("need.population.total"), "number"),
    ]
    people = report.say(view.need.file.population_origin.label)
    sources = language.text("need.map.sources", map=source, people=people)
    return Table(
        language.text("need.map.table"),
        columns,
        rows,
        note=with_source(report, sources, "population"),
        anchor="map-numbers",
        totals=view.totals(),
    )
