"""What groups say of themselves: the topics they want to work on, and their feedback.

Both are raw input (``cooperation.yaml``), sent by each group's lead and not by the units.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from misbrug_analysis.model.basics import MaskedText
from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.instrument import Instrument, Name, Slug, Text
from misbrug_analysis.model.organisation import Organisation
from misbrug_analysis.model.yamlfile import Misfit, Model, dangling, read_model, repeated


class FocusArea(Model):
    """A topic that a group wants to work on, with its reason."""

    group: Slug
    topic: str
    reason: MaskedText


class FeedbackQuestion(Model):
    """A statement about the cooperation that a group agrees with or not."""

    id: Slug
    text: Text


class FeedbackAnswer(Model):
    """A group's answer to a statement."""

    group: Slug
    question: Slug
    answer: Literal["yes", "partly", "no"]
    remark: MaskedText | None = None


class Cooperation(Model):
    """``cooperation.yaml``; ``level`` is the level whose groups answer."""

    level: Name
    focus_areas: list[FocusArea] = []
    questions: Annotated[list[FeedbackQuestion], Field(min_length=1)]
    answers: list[FeedbackAnswer] = []

    def focus_of(self, group: str) -> list[FocusArea]:
        return [area for area in self.focus_areas if area.group == group]

    def answers_of(self, group: str) -> list[FeedbackAnswer]:
        return [answer for answer in self.answers if answer.group == group]


def load_cooperation(path: Path, organisation: Organisation, instrument: Instrument) -> Cooperation:
    """Read ``cooperation.yaml``; raises DefinitionError with every dangling reference."""
    return read_model(path, Cooperation, lambda file: _misfits(file, organisation, instrument))


def _misfits(
    file: Cooperation, organisation: Organisation, instrument: Instrument
) -> Iterator[Misfit]:
    levels = {level.id: level.group_ids for level in organisation.levels}
    if file.level not in levels:
        yield dangling(("level",), "level", file.level, list(levels))
        return
    groups = levels[file.level]
    questions = [question.id for question in file.questions]
    topics = [topic.id for topic in instrument.topics]
    yield from repeated(("questions",), Phrase("question"), questions)
    for index, area in enumerate(file.focus_areas):
        if area.group not in groups:
            yield dangling(("focus_areas", index, "group"), "group", area.group, groups)
        if area.topic not in topics:
            yield dangling(("focus_areas", index, "topic"), "topic", area.topic, topics)
    keys = [f"{answer.group}, {answer.question}" for answer in file.answers]
    yield from repeated(("answers",), Phrase("answer"), keys)
    for index, answer in enumerate(file.answers):
        if answer.group not in groups:
            yield dangling(("answers", index, "group"), "group", answer.group, groups)
        if answer.question not in questions:
            yield dangling(("answers", index, "question"), "question", answer.question, questions)
