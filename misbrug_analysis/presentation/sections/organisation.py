"""Who works together: groups with their members, bodies, roles and tasks."""

from __future__ import annotations

from misbrug_analysis.model.organisation import Body, Group, Level
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Definitions, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column, Link
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.actions import (
    ALL_ACTIONS,
    actor_name,
    cooperation_actions,
)
from misbrug_analysis.presentation.tables import with_source
from misbrug_analysis.presentation.titles import page_title
from misbrug_analysis.presentation.wording import answered

TASKS_IN_FULL = "regional_narrative"
"""The notebook whose page shows every recommended action."""


def members(report: Report) -> list[Block]:
    """The groups of each level that names its members, leads marked, and who took part."""
    language = report.language
    blocks: list[Block] = []
    for level in _levels_with_members(report):
        noun = report.say(level.noun)
        many = language.capitalise(noun.the_many)
        rows: list[list[Cell]] = [
            [report.group_label(group), _names(report, group), len(group.members)]
            for group in level.groups
        ]
        columns = [
            Column(language.capitalise(noun.one)),
            Column(language.text("organisation.members")),
            Column(language.capitalise(report.unit_noun.many), "number"),
        ]
        asked, absent = len(report.units), report.absent
        took_part = answered(language, asked, absent, report.unit_noun, report.units_at)
        title = language.text("organisation.groups", groups=many)
        note = with_source(report, None, "members")
        blocks += [
            Heading(many, 2, f"members-{level.id}"),
            Paragraphs([took_part]),
            Table(title, columns, rows, note, anchor=f"members-of-{level.id}"),
        ]
    return blocks


def roles(report: Report) -> list[Block]:
    """What each actor and body does, and who sits in the bodies.

    Partners, who stand outside the cooperation, come by themselves. A body that no actor is told
    of is told of after the actors.
    """
    actions, language = report.study.actions, report.language
    every = report.study.organisation.bodies
    actors = actions.actors if actions else []
    own: list[tuple[str, list[str]]] = []
    partners: list[tuple[str, list[str]]] = []
    for actor in actors:
        role = report.say(actions.role_of(actor, every)) if actions else ""
        texts = [role, *_appointed(report, [body for body in every if body.id == actor.body])]
        (partners if actor.partner else own).append((actor_name(report, actor), texts))
    told = {actor.body for actor in actors}
    for body in every:
        texts = [report.say(body.role)] if body.role else []
        texts += _appointed(report, [body])
        if body.id not in told and texts:
            own.append((report.say(body.label), texts))
    blocks: list[Block] = [Heading(language.text("organisation.roles"), 2, "roles")]
    blocks += [Definitions(own)] if own else []
    blocks += [_seats(report, body) for body in every if body.members]
    if partners:
        blocks.append(Heading(language.text("organisation.partners"), 3, "partners"))
        blocks.append(Definitions(partners))
    return blocks if len(blocks) > 1 else []


def duties(report: Report) -> list[Block]:
    """What each is to do for the cooperation, and under which topics it has tasks."""
    actions, language = report.study.actions, report.language
    if actions is None:
        return []
    topics = report.study.instrument.topics
    rows: list[list[Cell]] = []
    for actor in actions.actors:
        advised = {action.topic for action in actions.of_actor(actor.id)}
        named = [topic.id for topic in topics if topic.id in advised]
        if named:
            rows.append([actor_name(report, actor), language.join(named)])
    many = language.capitalise(report.topic_noun.many)
    columns = [Column(language.text("organisation.who")), Column(many)]
    title = language.text("organisation.duties_topics", topics=many)
    blocks = [
        Heading(language.text("organisation.duties"), 2, "duties"),
        *cooperation_actions(report),
    ]
    if rows:
        blocks.append(Table(title, columns, rows, anchor="duties-by-topic"))
    return [*blocks, *_where_in_full(report)]


def _where_in_full(report: Report) -> list[Block]:
    """A link to where a page shows every action, if the study makes one."""
    runs = [run for run in report.study.runs() if run.report.notebook == TASKS_IN_FULL]
    if not runs:
        return []
    title = page_title(runs[0], report.language)
    text = report.language.text("organisation.in_full")
    return [Paragraphs([text]), Bullets([Link(title, f"{runs[0].page}#{ALL_ACTIONS}")])]


def _levels_with_members(report: Report) -> list[Level]:
    levels = report.study.organisation.levels
    return [level for level in levels if any(group.members for group in level.groups)]


def _names(report: Report, group: Group, only: frozenset[str] | None = None) -> str:
    """The members of a group (``only`` some of them) in running text, the lead marked."""
    names = [
        report.language.text("organisation.lead", member=member.label)
        if member.id == group.lead
        else member.label
        for member in group.members
        if only is None or member.id in only
    ]
    return report.language.join(names) or "–"


def _appointed(report: Report, bodies: list[Body]) -> list[str]:
    return [
        report.language.text("organisation.appointed_by", who=report.say(body.appointed_by))
        for body in bodies
        if body.appointed_by
    ]


def _seats(report: Report, body: Body) -> Table:
    """A body's members by the group they come from."""
    language, seated = report.language, frozenset(body.members)
    levels = _levels_with_members(report)
    rows: list[list[Cell]] = [
        [report.group_label(group), _names(report, group, seated)]
        for level in levels
        for group in level.groups
        if any(member.id in seated for member in group.members)
    ]
    columns = [
        Column(language.capitalise(report.say(levels[0].noun).one)),
        Column(language.text("organisation.members")),
    ]
    title = language.text("organisation.body", body=report.say(body.label))
    return Table(title, columns, rows, anchor=f"body-{body.id}")
