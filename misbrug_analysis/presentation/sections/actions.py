"""Who is advised to do what, and how topics hang together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from misbrug_analysis.model.actions import Action, Actions, Actor
from misbrug_analysis.model.instrument import Topic
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Definitions, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column, Link, Mark
from misbrug_analysis.presentation.outline import slug
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.opening import section_text, text_section
from misbrug_analysis.presentation.statements import Passage, Place, tells
from misbrug_analysis.presentation.texts import prose

ALL_ACTIONS = "actions"
"""The anchor of all recommended actions on the page that shows them."""

AS_IT_STANDS = "report"
"""The origin that needs no mark where the text around it is the report's too."""


def topic_actions(report: Report, topic: Topic) -> list[Block]:
    """What is recommended under a topic: the authored text, then who is to do what."""
    anchor = slug("topic", topic.id, "recommended")
    place = Place(report.topic_label(topic), anchor)
    text = prose(report, f"topics/{topic.id}/recommended", place)
    actions = report.study.actions
    advised = actions.about_topic(topic.id) if actions else []
    if not text and not advised:
        return []
    heading = Heading(report.language.text("section.recommended"), 4, anchor)
    return [heading, *text, *_by_actors(report, advised)]


def topic_links(report: Report, topic: Topic) -> list[Block]:
    """The topics that a topic hangs together with, as links to them on the page, and why."""
    actions = report.study.actions
    linked = actions.links_of(topic.id) if actions else []
    if not linked:
        return []
    entries = [(topic_link(report, link.other(topic.id)), [report.say(link.reason)])
               for link in linked]  # fmt: skip
    heading = Heading(report.language.text("actions.linked"), 4, slug("topic", topic.id, "links"))
    return [heading, Definitions(entries)]


def theme_texts(report: Report) -> Iterator[Passage]:
    """The authored texts of the study's themes."""
    actions = report.study.actions
    for theme in actions.themes if actions else []:
        yield from section_text(report, theme.id)


@tells(theme_texts)
def themes(report: Report) -> list[Block]:
    """The study's themes across topics: each with its authored text and what is recommended."""
    actions = report.study.actions
    if actions is None:
        return []
    blocks: list[Block] = []
    for theme in actions.themes:
        text = text_section(report, theme.id)
        blocks += text or [Heading(report.say(theme.label), 2, slug(theme.id))]
        blocks += _recommended(report, actions.about_theme(theme.id), slug(theme.id, "recommended"))
    return blocks


def cooperation_actions(report: Report) -> list[Block]:
    """What is recommended about the cooperation itself."""
    actions = report.study.actions
    advised = actions.about_cooperation() if actions else []
    return _recommended(report, advised, "cooperation-recommended")


def recommended_actions(report: Report) -> list[Block]:
    """All recommended actions, for the page that shows the topics: who has any, then each actor's.

    The first table is topics by actors; its links, and those of the others, lead to the topics.
    """
    actions, language = report.study.actions, report.language
    if actions is None:
        return []
    origins = [
        (language.capitalise(report.say(note.label)), [report.say(note.explains)])
        for note in actions.origins.values()
    ]
    intro = language.text("actions.intro", topics=report.topic_noun.many)
    blocks: list[Block] = [
        Heading(language.text("actions.heading"), 2, ALL_ACTIONS),
        Paragraphs([intro]),
        _matrix(report, actions),
        Paragraphs([language.text("actions.origins")]),
        Definitions(origins),
    ]
    for actor in actions.actors:
        blocks += _of_actor(report, actions, actor)
    return blocks


def links(report: Report) -> list[Block]:
    """How the topics hang together, as a table; for the page that shows the topics."""
    actions, language = report.study.actions, report.language
    if actions is None or not actions.links:
        return []
    rows: list[list[Cell]] = [
        [*(topic_link(report, topic) for topic in link.topics), report.say(link.reason)]
        for link in actions.links
    ]
    columns = [
        Column(language.capitalise(report.topic_noun.one)),
        Column(language.text("actions.linked")),
        Column(language.text("actions.why")),
    ]
    title = language.text("actions.links_table", topics=language.capitalise(report.topic_noun.many))
    return [
        Heading(language.text("actions.links", topics=report.topic_noun.the_many), 2, "links"),
        Table(title, columns, rows, anchor="linked", stacked=True),
    ]


def actor_name(report: Report, actor: Actor) -> str:
    """An actor as it opens a line."""
    return report.language.capitalise(report.say(actor.label))


def topic_link(report: Report, topic_id: str) -> Link:
    """A topic's number, leading to it on the same page."""
    noun = report.language.capitalise(report.topic_noun.one)
    return Link(f"{noun}\N{NO-BREAK SPACE}{topic_id}", f"#{slug('topic', topic_id)}")


def _recommended(report: Report, advised: list[Action], anchor: str) -> list[Block]:
    if not advised:
        return []
    heading = Heading(report.language.text("section.recommended"), 3, anchor)
    return [heading, *_by_actors(report, advised)]


def _by_actors(report: Report, advised: list[Action]) -> list[Definitions]:
    """Actions under those who are to take them together, in the order of the file."""
    grouped: dict[tuple[str, ...], list[str | Link]] = {}
    for action in advised:
        grouped.setdefault(tuple(action.actors), []).append(_marked(report, action))
    names = [report.language.capitalise(_joined(report, actors)) for actors in grouped]
    return [Definitions(list(zip(names, grouped.values(), strict=True)))] if grouped else []


def _marked(report: Report, action: Action) -> str:
    """An action with the word for its origin, where it is not what the report recommends."""
    text = report.say(action.text)
    if action.origin == AS_IT_STANDS:
        return text
    origin = report.language.capitalise(_origin(report, action))
    return report.language.text("actions.marked", text=text, origin=origin)


def _origin(report: Report, action: Action) -> str:
    actions = report.study.actions
    assert actions is not None
    return report.say(actions.origins[action.origin].label)


def _joined(report: Report, actors: Sequence[str]) -> str:
    actions = report.study.actions
    assert actions is not None
    labels = {actor.id: report.say(actor.label) for actor in actions.actors}
    return report.language.join([labels[actor] for actor in actors])


def _subjects(report: Report, actions: Actions) -> list[tuple[Cell, list[Action]]]:
    """Topics, themes and the cooperation, each with its actions, where there are any."""
    topics = report.study.instrument.topics
    subjects: list[tuple[Cell, list[Action]]] = [
        (
            Link(f"{topic.id} {report.say(topic.title)}", f"#{slug('topic', topic.id)}"),
            actions.about_topic(topic.id),
        )
        for topic in topics
    ]
    subjects += [
        (report.say(theme.label), actions.about_theme(theme.id)) for theme in actions.themes
    ]
    subjects.append((report.language.text("actions.cooperation"), actions.about_cooperation()))
    return [(subject, advised) for subject, advised in subjects if advised]


def _matrix(report: Report, actions: Actions) -> Table:
    language = report.language
    has = Mark("●", language.text("actions.has"), "yes")
    rows: list[list[Cell]] = []
    for subject, advised in _subjects(report, actions):
        acting = {actor for action in advised for actor in action.actors}
        rows.append([subject, *(has if actor.id in acting else "" for actor in actions.actors)])
    columns = [Column(language.text("actions.about"))]
    columns += [Column(actor_name(report, actor), "centre") for actor in actions.actors]
    title = language.text("actions.matrix", topics=report.topic_noun.many)
    return Table(title, columns, rows, anchor="actions-by-actor")


def _of_actor(report: Report, actions: Actions, actor: Actor) -> list[Block]:
    """An actor's actions, one a row: about what, what to do, and where it comes from."""
    language = report.language
    rows: list[list[Cell]] = [
        [_about(report, actions, action), _together(report, actor, action), _origin(report, action)]
        for _, advised in _subjects(report, actions)
        for action in advised
        if actor.id in action.actors
    ]
    if not rows:
        return []
    columns = [
        Column(language.text("actions.about")),
        Column(language.text("actions.task")),
        Column(language.text("actions.origin")),
    ]
    title = language.text("actions.of_actor", actor=report.say(actor.label))
    heading = Heading(actor_name(report, actor), 3, slug("actions", actor.id))
    return [heading, Table(title, columns, rows, anchor=slug("actions", "of", actor.id))]


def _about(report: Report, actions: Actions, action: Action) -> Cell:
    if action.topic is not None:
        return topic_link(report, action.topic)
    labels = {theme.id: report.say(theme.label) for theme in actions.themes}
    if action.theme is not None:
        return labels[action.theme]
    return report.language.text("actions.cooperation")


def _together(report: Report, actor: Actor, action: Action) -> str:
    """An action with those that share it."""
    text = report.say(action.text)
    others = [name for name in action.actors if name != actor.id]
    if not others:
        return text
    return report.language.text("actions.together", others=_joined(report, others), text=text)
