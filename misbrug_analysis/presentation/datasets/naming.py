"""How tables name what a study asks about: nouns, units, groups, questions and answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from misbrug_analysis.model.instrument import REMARK, Item, Topic
from misbrug_analysis.model.organisation import UNIT
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import RULES
from misbrug_analysis.presentation.datasets.description import Dataset, Field
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import language_of

T = TypeVar("T")


class Naming:
    """A study's words in a language, and the columns and tables described with them."""

    def __init__(self, study: Study, language: Language) -> None:
        self.study = study
        self.language = language

    def say(self, texts: Mapping[str, T]) -> T:
        """The text (or noun) in the language, else in the study's own or the first there is.

        It goes without the marks that a page needs: a cell of a file holds no language.
        """
        return texts[language_of(texts, self.language.code, self.study.settings.language)]

    def text(self, key: str) -> str:
        """A text of the catalogue's section ``data``, with the study's nouns in it."""
        return self.language.text(f"data.{key}", **self._nouns)

    @cached_property
    def _nouns(self) -> dict[str, str]:
        unit = self.say(self.study.organisation.unit_noun)
        topic = self.say(self.study.instrument.topic_noun)
        return {
            "unit": unit.one,
            "units": unit.many,
            "the_unit": unit.the_one,
            "the_units": unit.the_many,
            "topic": topic.one,
            "topics": topic.many,
            "the_topic": topic.the_one,
            "the_topics": topic.the_many,
        }

    def field(self, name: str, kind: Any = "text", key: str | None = None, **options: Any) -> Field:
        """A column with label and meaning from the catalogue, under ``key`` or its name.

        ``measure`` is a key of the catalogue too; the other options are those of ``Field``.
        """
        key = key or name
        if "measure" in options:
            options["measure"] = self.text(f"measure.{options['measure']}")
        elif kind == "share":
            options["measure"] = self.text("measure.share")
        label = self.language.capitalise(self.text(f"field.{key}.label"))
        return Field(name, label, self.text(f"field.{key}.about"), kind, **options)

    def table(
        self,
        name: str,
        fields: Sequence[Field],
        key: Sequence[str],
        frame: pd.DataFrame,
        note: Mapping[str, str] | str | None = None,
        **more: Any,
    ) -> Dataset:
        """A table with its title from the catalogue, and only the columns that are described."""
        said = note if isinstance(note, str) else self.say(note) if note else ""
        sheet, title, about = (
            self.language.capitalise(self.text(f"table.{name}.{part}"))
            for part in ("sheet", "title", "about")
        )
        frame = frame[[column.name for column in fields]].reset_index(drop=True)
        return Dataset(name, sheet, title, about, said, fields, key, frame, **more)

    def yes_no(self) -> dict[str, str]:
        return {answer: self.answers[answer] for answer in ("yes", "no")}

    @cached_property
    def answers(self) -> dict[str, str]:
        """Every answer with its label."""
        codes = ("yes", "partly", "no", "unanswered", "absent")
        return {code: self.language.text(f"answer.label.{code}") for code in codes}

    @cached_property
    def rules(self) -> dict[str, str]:
        """Every rule that settles an answer with its label."""
        other = self.study.rules.split != "no"
        keys = {rule: "split_other" if rule == "split" and other else rule for rule in RULES}
        return {rule: self.language.text(f"rule.label.{key}") for rule, key in keys.items()}

    @cached_property
    def units(self) -> dict[str, str]:
        return {unit.id: unit.label for unit in self.study.organisation.units}

    @cached_property
    def forms(self) -> dict[str, str]:
        return {form.id: self.say(form.label) for form in self.study.settings.forms}

    @cached_property
    def levels(self) -> dict[str, str]:
        """Every level with its noun, the unit's too."""
        capital = self.language.capitalise
        nouns = {level.id: self.say(level.noun).one for level in self.study.organisation.levels}
        return {
            level: capital(noun) for level, noun in {UNIT: self._nouns["unit"], **nouns}.items()
        }

    def groups(self, level: str) -> dict[str, str]:
        """The groups of a level with their labels; of the lowest one, the units."""
        if level == UNIT:
            return self.units
        groups = self.study.organisation.level(level).groups
        return {group.id: self.say(group.label) for group in groups}

    @cached_property
    def all_groups(self) -> dict[str, str]:
        """The groups above the unit; of two that share an id, the labels of both."""
        found: dict[str, str] = {}
        for level in self.study.organisation.levels:
            for group, label in self.groups(level.id).items():
                same = group not in found or found[group] == label
                found[group] = label if same else f"{found[group]} / {label}"
        return found

    def grouped(self, levels: Iterable[str], groups: Iterable[str]) -> list[str]:
        """The labels of groups, each of its own level."""
        known = {level: self.groups(level) for level in self.levels}
        return [known[level][group] for level, group in zip(levels, groups, strict=True)]

    @cached_property
    def items(self) -> dict[str, str]:
        """Every question with its number and short name."""
        items = self.study.instrument.items
        return {item.id: f"{item.id} {self.say(item.label or item.text)}" for item in items}

    @cached_property
    def items_and_remarks(self) -> dict[str, str]:
        """Every question and the remark on it."""
        remark = self.text("remark")
        remarks = {f"{item}{REMARK}": f"{label} ({remark})" for item, label in self.items.items()}
        return self.items | remarks

    @cached_property
    def indicators(self) -> dict[str, str]:
        return {item: self.items[item] for item in self.study.instrument.indicator_ids}

    @cached_property
    def topics(self) -> dict[str, str]:
        """Every topic by what the instrument calls it, its number and its title."""
        return {topic.id: self._topic(topic) for topic in self.study.instrument.topics}

    @cached_property
    def scored(self) -> dict[str, str]:
        """What has a score: indicators and assessed topics."""
        topics = [topic.id for topic in self.study.instrument.assessed_topics]
        return self.indicators | {topic: self.topics[topic] for topic in topics}

    def options(self, item: Item) -> dict[str, str]:
        """The choices of a question as they are stored, each with its label."""
        return {next(iter(option.values())): self.say(option) for option in item.options}

    def _topic(self, topic: Topic) -> str:
        noun = self.language.capitalise(self._nouns["topic"])
        return f"{noun} {topic.id}: {self.say(topic.title)}"
