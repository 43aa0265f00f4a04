"""Changes group by group and unit by unit, what cannot be compared, and how it was done."""

from __future__ import annotations

from misbrug_analysis.analysis.uncompared import uncompared_items, uncompared_units
from misbrug_analysis.presentation import tables
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Definitions, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column, Link
from misbrug_analysis.presentation.change_wording import Change
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.rounds import Rounds

CHANGES = "changes"
"""The table of all indicators."""


def changes_by_group(rounds: Rounds) -> list[Block]:
    """Yes gained and lost: every indicator, then the groups in which something has changed."""
    changes = rounds.changes()
    items = rounds.counted
    if not items:
        return []
    report, language = rounds.report, rounds.report.language
    names = {name: language.text(f"changes.{name}") for name in ("gained", "lost")}
    explained = language.text("changes.groups.text", many=report.unit_noun.many, **names)
    blocks: list[Block] = [
        Heading(language.text("changes.groups.heading"), 2, "gained-and-lost"),
        Paragraphs([explained]),
    ]
    level, groups = report.subgroups
    noun = report.say(level.noun)
    inside = [(report.group_label(group), level.id, group.id) for group in groups]
    if len(inside) > 1:
        rows = _moved_rows(rounds, items, inside)
        if rows:
            title = language.text("changes.groups.by_group", one=noun.one)
            columns = _columns(rounds, Column(language.capitalise(noun.one)))
            blocks.append(Table(title, columns, rows, anchor="changes-by-group"))
            blocks.append(
                Paragraphs([language.text("changes.groups.rest", many=noun.many)], kind="note")
            )
        else:
            blocks.append(Paragraphs([language.text("changes.groups.none")]))
    whole: list[list[Cell]] = [
        [report.item_label(item), *_cells(rounds, change, item, report.group.id)]
        for item, change in zip(items, changes.loc[items].to_dict("records"), strict=True)
    ]
    title = language.text("changes.groups.table")
    blocks.append(Table(title, _columns(rounds), whole, anchor=CHANGES))
    return blocks


def changed_answers(rounds: Rounds) -> list[Block]:
    """Who answers otherwise than in the round before, and what."""
    if rounds.changes().empty:
        return []
    report, language = rounds.report, rounds.report.language
    heading = Heading(language.text("changes.who.heading"), 2, "who-changed")
    moves = rounds.moves
    if moves.empty:
        none = language.text("changes.who.none", many=report.unit_noun.many)
        return [heading, Paragraphs([none])]
    answers = rounds.comparison.answers.set_index(["unit", "item"])
    firm = moves.groupby(["unit", "item"])["firm"].all()
    words = {name: language.text(f"changes.who.{name}") for name in ("holds", "depends")}
    rows: list[list[Cell]] = []
    for unit in report.units["unit"]:
        for item in rounds.items:
            if (unit, item) in firm.index:
                said = answers.loc[(unit, item)]
                marks = [tables.mark(language, str(said[place])) for place in range(rounds.last)]
                now = tables.answer_mark(report, item, unit, str(said[rounds.last]))
                holds = words["holds" if firm[(unit, item)] else "depends"]
                label = report.unit_labels[unit]
                rows.append([label, report.item_label(item), *marks, now, holds])
    columns = [
        Column(language.capitalise(report.unit_noun.one)),
        Column(language.text("table.indicator")),
        *(Column(label, "centre") for label in rounds.labels),
        Column(language.text("changes.who.rules")),
    ]
    explained = language.text(
        "changes.who.explained",
        depends=language.capitalise(words["depends"]),
        the_one=report.unit_noun.the_one,
    )
    table = Table(language.text("changes.who.table"), columns, rows, anchor="moves", stacked=True)
    return [heading, Paragraphs([explained]), table]


def not_compared(rounds: Rounds) -> list[Block]:
    """Questions, units and answers that are not in the counts of the page, and why."""
    report, language = rounds.report, rounds.report.language
    heading = Heading(language.text("changes.left_out.heading"), 2, "not-compared")
    items, topics = _items_left_out(rounds)
    told = {
        language.text("changes.left_out.items"): items,
        language.text("changes.left_out.topics", topics=report.topic_noun.many): topics,
        language.text(
            "changes.left_out.units", Many=language.capitalise(report.unit_noun.many)
        ): _units_left_out(rounds),
        language.text("changes.left_out.blanks"): _blanks(rounds),
    }
    entries = [(term, texts) for term, texts in told.items() if texts]
    if not entries:
        none = language.text("changes.left_out.none", many=report.unit_noun.many)
        return [heading, Paragraphs([none])]
    intro = Paragraphs([language.text("changes.left_out.text")])
    return [heading, intro, Definitions(entries)]


def changes_method(rounds: Rounds) -> list[Block]:
    """How the rounds were matched and settled, and what the page does not show."""
    language, many = rounds.report.language, rounds.report.unit_noun.many
    parts = [language.text("changes.method.matched", many=many)]
    parts += [language.text(f"changes.method.{part}") for part in ("rules", "limits")]
    parts.append(language.text("changes.method.links", table=language.text("changes.answers.what")))
    return [Heading(language.text("changes.method.heading"), 2, "method"), Paragraphs(parts)]


def _moved_rows(
    rounds: Rounds, items: list[str], places: list[tuple[str, str, str]]
) -> list[list[Cell]]:
    """A row for every indicator and group in which someone answers otherwise."""
    by_place = {group: rounds.changes(level, group).to_dict("index") for _, level, group in places}
    rows: list[list[Cell]] = []
    for item in items:
        for label, _, group in places:
            change = by_place[group].get(item)
            if change and (change["gained"] or change["lost"]):
                cells = _cells(rounds, change, item, group)
                rows.append([rounds.report.item_label(item), label, *cells])
    return rows


def _cells(rounds: Rounds, change: Change, item: str, group: str) -> list[Cell]:
    language = rounds.report.language
    at = rounds.count_at(item, group)
    before, after = (
        linked(language.of(change[name], change["n"]), at) for name in ("yes_before", "yes_after")
    )
    return [before, after, int(change["gained"]), int(change["lost"])]


def _columns(rounds: Rounds, *more: Column) -> list[Column]:
    language = rounds.report.language
    return [
        Column(language.text("table.indicator")),
        *more,
        *(Column(label, "number") for label in rounds.labels[-2:]),
        Column(language.text("changes.gained"), "number"),
        Column(language.text("changes.lost"), "number"),
    ]


def _items_left_out(rounds: Rounds) -> tuple[list[str | Link], list[str | Link]]:
    report, language = rounds.report, rounds.report.language
    earlier = rounds.earlier
    aside = [one.reasons for one in earlier]
    table = uncompared_items(report.study.instrument, rounds.settled[:-1], aside)
    topics = {topic.id: report.topic_label(topic) for topic in report.study.instrument.topics}
    items: list[str | Link] = []
    whole: list[str | Link] = []
    for item, place, why in table.itertuples(index=False):
        if why == "gone":
            then = earlier[place].study.instrument.item(item)
            label = f"{item} {report.say(then.label or then.text)}"
        else:
            label = topics.get(item) or report.item_label(item)
        text = language.text(
            f"changes.left_out.item.{why}",
            item=label,
            when=rounds.when(place),
            now=rounds.when(rounds.last),
            reason=report.say(aside[place][item]) if why == "aside" else "",
        )
        (whole if why == "topic" else items).append(text.strip())
    return items, whole


def _units_left_out(rounds: Rounds) -> list[str | Link]:
    """The units that a round has no answers of, in one sentence for each round and reason."""
    report, language = rounds.report, rounds.report.language
    table = uncompared_units(list(report.units["unit"]), rounds.settled)
    told: list[str | Link] = []
    for _, rows in table.groupby(["round", "why"], sort=False):
        place, why = int(rows["round"].iloc[0]), str(rows["why"].iloc[0])
        study = rounds.studies[place]
        names = report.unit_labels
        if why == "gone":
            if report.run.group is not None:  # which group it would be in now, nobody knows
                continue
            names = {unit.id: unit.label for unit in study.organisation.units}
        units = language.join([names[unit] for unit in rows["unit"]])
        fields = {"units": units, "when": rounds.when(place), "now": rounds.when(rounds.last)}
        told.append(language.text(f"changes.left_out.unit.{why}", **fields))
    return told


def _blanks(rounds: Rounds) -> list[str | Link]:
    report, language = rounds.report, rounds.report.language
    table = rounds.comparison.blanks
    table = table[table["unit"].isin(report.units["unit"]) & table["item"].isin(rounds.items)]
    return [
        language.text(
            "changes.left_out.blank",
            unit=report.unit_labels[str(rows["unit"].iloc[0])],
            items=language.join(list(rows["item"])),
            when=rounds.when(int(rows["round"].iloc[0])),
        )
        for _, rows in table.groupby(["unit", "round"], sort=False)
    ]
