"""How tables name what a study asks about: nouns, units, groups, questions and answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from misbrug_analysis.model.instrument import REMARK, Item, Origin, Topic
from misbrug_analysis.model.organisation import UNIT
from misbrug_analysis.model.settings import OwnWords
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import RULES
from misbrug_analysis.presentation.datasets.description import Dataset, Field, Source
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import in_language, language_of
from misbrug_analysis.presentation.wording import rule_note

T = TypeVar("T")

PARTLY_RULES = ("partly_undecided", "partly_below", "partly_on_par", "partly_set", "kept")
"""The rules that settle a partly answer; an instrument without any has no use for them."""

RESPONDENTS_RULES = ("merged", "left_open", "too_few")
"""The rules by which the answers of several respondents of a unit become one."""


def stored(texts: Mapping[str, str]) -> str:
    """The value that stands for a text in files for machines: the same in every edition."""
    return next(iter(texts.values()))


class Naming:
    """A study's words in a language, and the columns and tables described with them."""

    def __init__(self, study: Study, language: Language, *, on_page: bool = False) -> None:
        self.study = study
        self.language = language.speaking_of(study.instrument, on_page=on_page)
        self.on_page = on_page

    def say(self, texts: Mapping[str, T]) -> T:
        """The text (or noun) in the language, else in the study's own or the first there is.

        On a page it is marked with its language; a cell of a file holds none.
        """
        wanted, own = self.language.code, self.study.settings.language
        if self.on_page:
            return in_language(texts, wanted, own)
        return texts[language_of(texts, wanted, own)]

    def text(self, key: str, **more: object) -> str:
        """A text of the catalogue's section ``data``, with the study's nouns in it."""
        return self.language.text(f"data.{key}", **self._nouns, **more)

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

    def field(
        self,
        name: str,
        kind: Any = "text",
        key: str | None = None,
        words: Mapping[str, object] | None = None,
        **options: Any,
    ) -> Field:
        """A column with label and meaning from the catalogue, under ``key`` or its name.

        ``words`` fill in what these need beside the study's nouns. ``measure`` is a key of the
        catalogue too; the other options are those of ``Field``.
        """
        key, words = key or name, words or {}
        if "measure" in options:
            options["measure"] = self.text(f"measure.{options['measure']}")
        elif kind == "share":
            options["measure"] = self.text("measure.share")
        label = self.language.capitalise(self.text(f"field.{key}.label", **words))
        return Field(name, label, self.text(f"field.{key}.about", **words), kind, **options)

    def table(
        self,
        name: str,
        fields: Sequence[Field],
        key: Sequence[str],
        frame: pd.DataFrame,
        *notes: Mapping[str, str] | str | None,
        **more: Any,
    ) -> Dataset:
        """A table with its title from the catalogue, and only the columns that are described.

        Its sources are those of the study and its licence is the study's, unless ``more`` tells.
        """
        said = [note if isinstance(note, str) else self.say(note) for note in notes if note]
        sheet, title, about = (self._of_table(name, part) for part in ("sheet", "title", "about"))
        frame = frame[[column.name for column in fields]].reset_index(drop=True)
        settings = self.study.settings
        usual = {
            "sources": self.sources(settings.provenance.sources),
            "licence": settings.licence,
        }
        return Dataset(
            name, sheet, title, about, " ".join(said), fields, key, frame, **(usual | more)
        )

    def sources(self, origins: Iterable[Origin]) -> list[Source]:
        """Publications by their labels, with their addresses."""
        return [(self.say(origin.label), origin.url) for origin in origins]

    @cached_property
    def own_words(self) -> OwnWords:
        """What a study says of words and names that are not the respondents'."""
        return self.study.settings.provenance.own_words or OwnWords()

    @property
    def chosen_counts(self) -> str | None:
        """That some counts are chosen among several, where the study lists those."""
        if not any(count.is_open for count in self.study.possible.values()):
            return None
        return self.text("chosen_counts", sheet=self.text("table.possible_counts.sheet"))

    def sheet(self, name: str) -> str:
        """The short name of a table."""
        return self._of_table(name, "sheet")

    def _of_table(self, name: str, part: str) -> str:
        return self.language.capitalise(self.text(f"table.{name}.{part}"))

    def yes_no(self) -> dict[str, str]:
        return {answer: self.answers[answer] for answer in ("yes", "no")}

    def true_false(self) -> dict[str, str]:
        plain = self.language.plainly.text
        return {"true": plain("answer.label.yes"), "false": plain("answer.label.no")}

    @cached_property
    def standings(self) -> tuple[str, ...]:
        """What an answer can count as; no partly where the instrument has none."""
        return ("yes", "no") if self.language.without_partly else ("yes", "partly", "no")

    @cached_property
    def answers(self) -> dict[str, str]:
        """Every answer with its label."""
        codes = (*self.standings, "unanswered", "absent")
        return {code: self.language.text(f"answer.label.{code}") for code in codes}

    @cached_property
    def rules(self) -> dict[str, str]:
        """Every rule that settles an answer with its label."""
        other = self.study.rules.split != "no"
        unused: tuple[str, ...] = PARTLY_RULES if self.language.without_partly else ()
        if self.study.instrument.respondents is None:
            unused += RESPONDENTS_RULES
        told = [rule for rule in RULES if rule not in unused]
        keys = {rule: "split_other" if rule == "split" and other else rule for rule in told}
        return {rule: self.language.text(f"rule.label.{key}") for rule, key in keys.items()}

    @cached_property
    def rules_explained(self) -> dict[str, str]:
        """Every rule that settles a joint answer in a sentence."""
        other = self.study.rules.split != "no"
        told = {rule: rule_note(self.language, rule).sentence for rule in self.rules}
        return told | ({"split": self.text("split_other")} if other else {})

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
        return {stored(option): self.say(option) for option in item.options}

    def choices(self, item: Item) -> dict[str, str]:
        """What can be answered to a question but in words of one's own, each with its label."""
        if item.type == "yes_no":
            return {answer: self.answers[answer] for answer in self.standings}
        return self.options(item)

    def words(self, item: Item) -> dict[str, str]:
        """What an answer to a question can be stored as but words of one's own, with its label."""
        return self.answer_words if item.type == "yes_no" else self.options(item)

    @cached_property
    def answer_words(self) -> dict[str, str]:
        """Every code of an answer, those that leave a question unanswered too, with its label."""
        instrument = self.study.instrument
        words = instrument.missing | instrument.answers
        return {code: self.say(one.label) for code, one in words.items()}

    def _topic(self, topic: Topic) -> str:
        noun = self.language.capitalise(self._nouns["topic"])
        return f"{noun} {topic.id}: {self.say(topic.title)}"
