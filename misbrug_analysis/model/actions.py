"""Who is advised to do what: actors, recommended actions, and how topics are linked.

``actions.yaml`` is authored: what a study's source recommends, restated, and what is added to it.
An action concerns a topic of the instrument, a theme of the study's own, or, with neither, the
cooperation itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.instrument import Instrument, ItemId, Slug, Text
from misbrug_analysis.model.organisation import Body, Organisation
from misbrug_analysis.model.unfit import bad
from misbrug_analysis.model.yamlfile import Misfit, Model, dangling, read_model, repeated

Origin = Literal["report", "adapted", "ours"]
"""Where an action comes from: recommended in the source, drawn from what it says, or added."""


class Actor(Model):
    """Someone who is advised to act; ``label`` as it reads inside a sentence.

    ``body`` is the body of the organisation that the actor is: what that does then need not be
    said again as ``role``. A ``partner`` stands outside the cooperation.
    """

    id: Slug
    label: Text
    role: Text | None = None
    body: Slug | None = None
    partner: bool = False


class OriginNote(Model):
    """An origin for readers: the word that marks it, and what that means."""

    label: Text
    explains: Text


class Theme(Model):
    """A subject across topics that has actions of its own."""

    id: Slug
    label: Text


class Action(Model):
    """What one or several actors are advised to do, together, about a topic or a theme."""

    topic: ItemId | None = None
    theme: Slug | None = None
    actors: Annotated[list[Slug], Field(min_length=1)]
    text: Text
    origin: Origin


class TopicLink(Model):
    """Two topics that hang together, and why; the reason reads well under either."""

    topics: Annotated[list[ItemId], Field(min_length=2, max_length=2)]
    reason: Text

    def other(self, topic: str) -> str:
        """The topic at the other end."""
        first, second = self.topics
        return second if topic == first else first


class Actions(Model):
    """``actions.yaml``."""

    origins: dict[Origin, OriginNote]
    actors: Annotated[list[Actor], Field(min_length=1)]
    themes: list[Theme] = []
    actions: Annotated[list[Action], Field(min_length=1)]
    links: list[TopicLink] = []

    def about_topic(self, topic: str) -> list[Action]:
        return [action for action in self.actions if action.topic == topic]

    def about_theme(self, theme: str) -> list[Action]:
        return [action for action in self.actions if action.theme == theme]

    def about_cooperation(self) -> list[Action]:
        return [action for action in self.actions if action.topic is None and action.theme is None]

    def of_actor(self, actor: str) -> list[Action]:
        """What an actor is advised to do, alone or with others, in the order of the file."""
        return [action for action in self.actions if actor in action.actors]

    def links_of(self, topic: str) -> list[TopicLink]:
        return [link for link in self.links if topic in link.topics]

    def role_of(self, actor: Actor, bodies: list[Body]) -> Text:
        """What an actor does: its own role, else that of the body it is."""
        roles = [body.role for body in bodies if body.id == actor.body]
        return next(role for role in (actor.role, *roles) if role is not None)


def load_actions(path: Path, organisation: Organisation, instrument: Instrument) -> Actions:
    """Read ``actions.yaml``.

    Raises DefinitionError with every fault at its line: an actor, topic, theme, origin or body
    that is not defined, an actor without a role, an action about a topic and a theme at once, a
    link of a topic to itself, and whatever stands twice.
    """
    return read_model(path, Actions, lambda file: _misfits(file, organisation, instrument))


def _misfits(file: Actions, organisation: Organisation, instrument: Instrument) -> Iterator[Misfit]:
    topics = [topic.id for topic in instrument.topics]
    yield from repeated(("actors",), Phrase("actor"), [actor.id for actor in file.actors])
    yield from repeated(("themes",), Phrase("theme"), [theme.id for theme in file.themes])
    yield from _actor_misfits(file, organisation)
    yield from _action_misfits(file, topics)
    yield from _link_misfits(file, topics)


def _actor_misfits(file: Actions, organisation: Organisation) -> Iterator[Misfit]:
    bodies = {body.id: body for body in organisation.bodies}
    for index, actor in enumerate(file.actors):
        at = ("actors", index)
        if actor.body is not None and actor.body not in bodies:
            yield dangling((*at, "body"), "body", actor.body, list(bodies))
        elif actor.role is None and (actor.body is None or bodies[actor.body].role is None):
            yield Misfit(at, "missing_field", {"name": Phrase("role_of", {"actor": actor.id})})


def _action_misfits(file: Actions, topics: list[str]) -> Iterator[Misfit]:
    actors = [actor.id for actor in file.actors]
    themes = [theme.id for theme in file.themes]
    for index, action in enumerate(file.actions):
        at = ("actions", index)
        if action.topic is not None and action.topic not in topics:
            yield dangling((*at, "topic"), "topic", action.topic, topics)
        if action.theme is not None and action.theme not in themes:
            yield dangling((*at, "theme"), "theme", action.theme, themes)
        if action.topic is not None and action.theme is not None:
            words = Phrase("topic_and_theme"), Phrase("topic_or_theme")
            yield Misfit((*at, "theme"), "bad_value", bad("theme", *words))
        if action.origin not in file.origins:
            yield dangling((*at, "origin"), "origin", action.origin, list(file.origins))
        yield from repeated((*at, "actors"), Phrase("actor"), action.actors)
        for place, actor in enumerate(action.actors):
            if actor not in actors:
                yield dangling((*at, "actors", place), "actor", actor, actors)


def _link_misfits(file: Actions, topics: list[str]) -> Iterator[Misfit]:
    pairs = [", ".join(sorted(link.topics)) for link in file.links]
    yield from repeated(("links",), Phrase("link"), pairs)
    for index, link in enumerate(file.links):
        at = ("links", index, "topics")
        for place, topic in enumerate(link.topics):
            if topic not in topics:
                yield dangling((*at, place), "topic", topic, topics)
        if link.topics[0] == link.topics[1]:
            words = Phrase("linked_to_itself"), Phrase("two_topics")
            yield Misfit(at, "bad_value", bad("topics", *words))
