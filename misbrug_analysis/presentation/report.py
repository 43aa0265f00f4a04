"""What a page is about: a study, its results, a language and the group it is for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from misbrug_analysis.model.instrument import Noun, Topic
from misbrug_analysis.model.organisation import Group, Level
from misbrug_analysis.presentation.addresses import (
    answer_address,
    count_address,
    table_address,
    units_address,
)
from misbrug_analysis.presentation.passages import in_language, marked
from misbrug_analysis.presentation.report_data import ReportData
from misbrug_analysis.presentation.topic_names import topic_headed
from misbrug_analysis.presentation.wording import Counts

if TYPE_CHECKING:
    from misbrug_analysis.presentation.alternatives import Alternatives

T = TypeVar("T", str, Noun)
Made = TypeVar("Made")


@dataclass(frozen=True)
class Report(ReportData):
    """A notebook's view of a study: its data, in the words of its language.

    Its language calls the answers what the study's instrument calls them.
    """

    def __post_init__(self) -> None:
        speaking = self.language.speaking_of(self.study.instrument)
        object.__setattr__(self, "language", speaking)  # frozen from here on

    @cached_property
    def unit_labels(self) -> dict[str, str]:
        """Labels of all units of the study, by id."""
        units = self.study.organisation.units
        return {unit.id: unit.label for unit in units}

    @property
    def unit_noun(self) -> Noun:
        return self.say(self.study.organisation.unit_noun)

    @property
    def topic_noun(self) -> Noun:
        return self.say(self.study.instrument.topic_noun)

    @property
    def subgroups(self) -> tuple[Level, list[Group]]:
        """The groups the report compares: those of the smallest level inside its own group.

        Where its own group is of the smallest level, it is the only one.
        """
        smallest = self.study.organisation.smallest
        inside = set(self.units[smallest.id])
        return smallest, [group for group in smallest.groups if group.id in inside]

    @property
    def places(self) -> list[tuple[str, str, str]]:
        """The groups the report compares and then its own, each once: label, level and id."""
        level, groups = self.subgroups
        places = [(self.group_label(group), level.id, group.id) for group in groups]
        own = (self.group_label(self.group), self.level.id, self.group.id)
        return places if own in places else [*places, own]

    def say(self, texts: Mapping[str, T]) -> T:
        """The text (or noun) in the report's language, else in another one and marked so.

        The other one is the study's own, or the first it is written in.
        """
        return in_language(texts, self.language.code, self.study.settings.language)

    def verbatim(self, text: str) -> str:
        """What a person wrote in a form or a ruling: in the study's language, and marked so."""
        own = self.study.settings.language
        return text if own == self.language.code else marked(text, own)

    def group_label(self, group: Group) -> str:
        return self.say(group.label)

    def item_label(self, item_id: str) -> str:
        """An item's number and short name: ``3.2 Faste åbningstider``."""
        item = self.study.instrument.item(item_id)
        return f"{item.id} {self.say(item.label or item.text)}"

    def item_name(self, item_id: str) -> str:
        item = self.study.instrument.item(item_id)
        return self.say(item.label or item.text)

    def topic_label(self, topic: Topic) -> str:
        """What the instrument calls a topic, its number and its title."""
        return topic_headed(self.language, self.topic_noun, topic.id, self.say(topic.title))

    def form_label(self, form_id: str) -> str:
        for form in self.study.settings.forms:
            if form.id == form_id:
                return self.say(form.label)
        return form_id

    def counts(self, item: str, level: str | None = None, group: str | None = None) -> Counts:
        """How many say yes to an indicator or meet a topic; in the report's group when not named.

        Raises KeyError for an item or group that has no score.
        """
        row = self.score_row(item, level, group)
        rules = self.study.rules
        missing = (row["absent"] if rules.absent == "out" else 0) + (
            row["unanswered"] if rules.missing == "out" else 0
        )
        at = self.count_at(item, group)
        return Counts(int(row["yes"]), int(row["n"]), int(row["partly"]), int(missing), at)

    def count_at(self, item: str, group: str | None = None) -> str:
        """Where the count of an item or topic is told in full; in the report's group by default."""
        return count_address(self.study, item, group or self.group.id)

    def answer_at(self, item: str, unit: str) -> str:
        """Where a unit's answer is told in full."""
        return answer_address(self.study, item, unit)

    def table_at(self, name: str) -> str:
        """Where a published table is to be had; nothing where the study has none."""
        return table_address(self.study, name)

    @property
    def units_at(self) -> str:
        """Where it is told who was asked, and what each sent."""
        return units_address(self.study)

    @cached_property
    def under_other_rules(self) -> Alternatives:
        """The report under every variant of its rules, for sentences that are held against them."""
        from misbrug_analysis.presentation.alternatives import Alternatives

        return Alternatives(self)

    @cached_property
    def counting_otherwise(self) -> Alternatives:
        """The report with those who did not answer counted in every way."""
        from misbrug_analysis.presentation.alternatives import Alternatives

        return Alternatives(self, "absence")

    def remembered(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """What is made once of the report, under its name."""
        if name not in self._made:
            self._made[name] = make()
        return cast("Made", self._made[name])

    @cached_property
    def _made(self) -> dict[Hashable, object]:
        return {}
