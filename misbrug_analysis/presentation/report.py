"""What a page is about: a study, its results, a language and the group it is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import pandas as pd

from misbrug_analysis.analysis.sensitivity import Sensitivity, sensitivity
from misbrug_analysis.model.instrument import Noun, Topic
from misbrug_analysis.model.organisation import Group, Level
from misbrug_analysis.model.study import Run, Study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.addresses import count_address
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import in_language, marked
from misbrug_analysis.presentation.wording import Counts

T = TypeVar("T", str, Noun)


@dataclass(frozen=True)
class Report:
    """A notebook's view of a study; the tables are there for researchers to use as they like."""

    study: Study
    results: Results
    language: Language
    run: Run

    @property
    def level(self) -> Level:
        """The level the report is for; the largest one for a report of the whole study."""
        per = self.run.report.per
        organisation = self.study.organisation
        return organisation.level(per) if per else organisation.largest

    @property
    def group(self) -> Group:
        """The group the report is for; of the whole study, the first of the largest level."""
        return self.run.group or self.level.groups[0]

    @cached_property
    def units(self) -> pd.DataFrame:
        """The units of the report's group, in the columns of ``Organisation.frame``."""
        frame = self.study.organisation.frame()
        if self.run.group is None:
            return frame
        return frame[frame[self.level.id] == self.group.id].reset_index(drop=True)

    @property
    def consolidated(self) -> pd.DataFrame:
        """One answer per unit of the report and indicator."""
        table = self.results.consolidated
        return table[table["unit"].isin(self.units["unit"])]

    @property
    def answers(self) -> pd.DataFrame:
        """The answers of the report's units, as they came in."""
        table = self.results.answers
        return table[table["unit"].isin(self.units["unit"])]

    @property
    def form_answers(self) -> pd.DataFrame:
        """What each form of the report's units says after the partly rule."""
        table = self.results.form_answers
        return table[table["unit"].isin(self.units["unit"])]

    @property
    def scores(self) -> pd.DataFrame:
        """Counts, shares and bounds of every item, for every unit and group."""
        return self.results.scores

    @cached_property
    def absent(self) -> list[str]:
        """Labels of the report's units that sent nothing."""
        sent = set(self.results.answers["unit"])
        return [label for unit, label in self._unit_labels(self.units).items() if unit not in sent]

    @property
    def is_empty(self) -> bool:
        """Whether none of the report's units has sent anything yet."""
        return len(self.absent) == len(self.units)

    @cached_property
    def unit_labels(self) -> dict[str, str]:
        """Labels of all units of the study, by id."""
        return self._unit_labels(self.study.organisation.frame())

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
        """An item's number and short name: ``5.2 Opfølgning efter behandlingen``."""
        item = self.study.instrument.item(item_id)
        return f"{item.id} {self.say(item.label or item.text)}"

    def item_name(self, item_id: str) -> str:
        item = self.study.instrument.item(item_id)
        return self.say(item.label or item.text)

    def topic_label(self, topic: Topic) -> str:
        """What the instrument calls a topic, its number and its title."""
        noun = self.language.capitalise(self.topic_noun.one)
        return f"{noun} {topic.id}: {self.say(topic.title)}"

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
        at = count_address(self.study, item, group or self.group.id)
        return Counts(int(row["yes"]), int(row["n"]), int(row["partly"]), int(missing), at)

    def score_row(self, item: str, level: str | None = None, group: str | None = None) -> pd.Series:
        """The row of ``scores`` for an item and a group."""
        key = (level or self.level.id, group or self.group.id, item)
        return self._indexed_scores.loc[[key]].iloc[0]

    @cached_property
    def sensitivity(self) -> Sensitivity:
        """The round under every variant of its rules."""
        study = self.study
        return sensitivity(
            self.results.answers,
            study.organisation.frame(),
            [level.id for level in study.organisation.levels],
            study.instrument,
            study.rules,
            study.adjudications,
        )

    def under(self, variant: int) -> Report:
        """The report as it would be under a variant of the rules; 0 is the study's own.

        Its scores are those of groups, and its consolidated answers say nothing of rule and inputs.
        """
        raise NotImplementedError

    @cached_property
    def _indexed_scores(self) -> pd.DataFrame:
        return self.results.scores.set_index(["level", "group", "item"]).sort_index()

    @staticmethod
    def _unit_labels(frame: pd.DataFrame) -> dict[str, str]:
        return dict(zip(frame["unit"], frame["label"], strict=True))
