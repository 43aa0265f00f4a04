"""How many people live where: a table by age, and the groups on a map.

A study without a need file has none of this.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from misbrug_analysis.presentation import figures
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Figure, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.need_view import NeedView, Place, need_view
from misbrug_analysis.presentation.need_wording import division, young_people
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.spreads import are_many
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
        folded=view.by_group,
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
    divided, noun = division(view), report.say(view.level.noun)
    heading = language.capitalise(language.text("need.map.heading", groups=noun.the_many))
    shapes, numbered = _shapes(view), are_many(view.groups)
    enlarged = language.text("need.map.enlarged")
    key = "groups_subtitle" if numbered else "subtitle"
    told = _spoken_numbers(shapes, language) if numbered else _spoken(shapes, language)
    return [
        Heading(heading, 2, "map"),
        Figure(
            title=divided,
            subtitle=language.text(
                f"need.map.{key}",
                source=source,
                groups=language.capitalise(noun.the_many),
                units=report.unit_noun.many,
            ),
            alt=language.text("need.map.alt", finding=divided, groups=told),
            svg=figures.tinted_map(shapes, enlarged, language)
            if numbered
            else figures.group_map(shapes, language),
            table=_numbers(view, source),
            anchor="group-map",
        ),
    ]


def _shapes(view: NeedView) -> list[figures.Shape]:
    """The members as areas of the map, each with its number or, of many groups, its group's."""
    numbers = itertools.count(1)
    return [
        figures.Shape(
            label=member.label,
            number=at if are_many(view.groups) else next(numbers),
            group=view.report.group_label(group),
            rings=view.need.boundaries[member.code],
        )
        for at, group in enumerate(view.groups, start=1)
        for member in group.members
    ]


def _spoken_numbers(shapes: Sequence[figures.Shape], language: Language) -> str:
    """The key of a map of many groups: ``1 North, 2 South.``"""
    named = dict.fromkeys((shape.number, shape.group) for shape in shapes)
    groups = [
        language.text("need.map.member", n=language.number(number), label=group)
        for number, group in named
    ]
    return f"{language.join(groups)}."


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
    """The members with their numbers on the map and their people, and sums by group and in all.

    Where groups are many, a member has its group's number.
    """
    report, language = view.report, view.language
    rows: list[list[Cell]] = []
    last = 0

    def row(label: str, first: int, place: Place) -> list[Cell]:
        numbers = language.span(language.number(first), language.number(last))
        return [label, numbers, language.number(place.total)]

    for _, members, together in view.rows():
        first = last + 1
        last += are_many(view.groups)
        for place in members:
            last += not are_many(view.groups)
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
