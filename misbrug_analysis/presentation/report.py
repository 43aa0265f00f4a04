"""What a page is about: a study, its results, a language and the group it is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from misbrug_analysis.analysis.sensitivity import Sensitivity
from misbrug_analysis.model.instrument import Noun, Topic
from misbrug_analysis.model.organisation import Group, Level
from misbrug_analysis.model.study import Run, Study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.addresses import (
    answer_address,
    count_address,
    table_address,
    units_address,
)
from misbrug_analysis.presentation.known_variants import KnownVariants
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import in_language, marked
from misbrug_analysis.presentation.respondents_view import (
    agreement_of,
    role_gaps_of,
    shown_answers,
)
from misbrug_analysis.presentation.scored_view import comparisons_of, totals_of
from misbrug_analysis.presentation.topic_names import topic_headed
from misbrug_analysis.presentation.wording import Counts

if TYPE_CHECKING:
    from misbrug_analysis.presentation.alternatives import Alternatives

T = TypeVar("T", str, Noun)


@dataclass(frozen=True)
class Report:
    """A notebook's view of a study; the tables are there for researchers to use as they like.

    Its language calls the answers what the study's instrument calls them.
    """

    study: Study
    results: Results
    language: Language
    run: Run
    variants: KnownVariants = field(default_factory=KnownVariants, repr=False, compare=False)

    def __post_init__(self) -> None:
        speaking = self.language.speaking_of(self.study.instrument)
        object.__setattr__(self, "language", speaking)  # frozen from here on

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
    def given(self) -> pd.DataFrame:
        """What every respondent of the report's units answered: to be counted, not to be shown."""
        table = self.results.answers
        return table[table["unit"].isin(self.units["unit"])]

    @cached_property
    def answers(self) -> pd.DataFrame:
        """The answers of the report's units: as they came in, or merged where several respond."""
        table = shown_answers(self.study, self.results)
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
    def totals(self) -> pd.DataFrame:
        """Points, shares and ranks of every unit and group (``analysis.totals``).

        Without a row where the study adds no points up.
        """
        return totals_of(self.study, self.results)

    @cached_property
    def comparisons(self) -> pd.DataFrame:
        """Scores by attributes of units: ``level`` is the attribute, ``group`` its value.

        Without a row where the study compares by none.
        """
        return comparisons_of(self.study, self.results)

    @cached_property
    def agreement(self) -> pd.DataFrame:
        """Krippendorff's alpha of every unit and group (``analysis.agreement``)."""
        return agreement_of(self.study, self.results)

    @cached_property
    def role_gaps(self) -> pd.DataFrame:
        """Mean points of roles and the gaps between them (``analysis.role_gaps``)."""
        return role_gaps_of(self.study, self.results)

    @property
    def group_scores(self) -> pd.DataFrame:
        """Those of the report's own group."""
        table = self.scores
        return table[(table["level"] == self.level.id) & (table["group"] == self.group.id)]

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

    def score_row(self, item: str, level: str | None = None, group: str | None = None) -> pd.Series:
        """The row of ``scores`` for an item and a group."""
        key = (level or self.level.id, group or self.group.id, item)
        return self.results.scores.iloc[self._score_places[key]]

    @property
    def sensitivity(self) -> Sensitivity:
        """The round under every variant of its rules.

        Worked out once for a study and its results, in whichever language and for whichever run,
        and the same for a report under a variant.
        """
        return self.variants.of(self.study, self.results)

    def under(self, variant: int) -> Report:
        """The report as it would be under a variant of the rules; 0 is the study's own.

        Its scores are those of groups, and its consolidated answers say nothing of rule and inputs;
        what each form says stays as published. A variant without rulings is of a study without
        any. Call it on the study's own report: it has the rulings that a variant can lack. Raises
        KeyError for an unknown variant.
        """
        found = self.sensitivity
        row = found.variants.loc[variant]
        rules: dict[str, object] = {"partly": row["partly"], "split": row["split"]}
        if row["partly"] == "judge":
            rules["peer_quantile"] = row["peer_quantile"]
        study = self.study.with_rules(**rules)
        if row["merge"]:
            study = replace(study, instrument=study.instrument.merging_by(row["merge"]))
        if not row["adjudications"]:
            study = replace(study, rulings=())
        consolidated = found.answers_under(variant).assign(study=study.id, rule="", inputs="")
        scores = found.scores_under(variant).assign(study=study.id)
        results = replace(self.results, consolidated=consolidated, scores=scores)
        return replace(self, study=study, results=results, variants=KnownVariants(found))

    def counting(self, absence: int) -> Report:
        """The report as it would be with those who did not answer counted in another way.

        ``absence`` is a row of ``Sensitivity.absences``, 0 the study's own; all other rules are
        the study's own too. Its scores are those of groups. Raises KeyError for an unknown one.
        """
        found = self.sensitivity
        row = found.absences.loc[absence]
        study = self.study.with_rules(absent=row["absent"], missing=row["missing"])
        scores = found.scores_counting(absence).assign(study=study.id)
        results = replace(self.results, scores=scores)
        return replace(self, study=study, results=results, variants=KnownVariants(found))

    @cached_property
    def under_other_rules(self) -> Alternatives:
        """The report under every variant of its rules, for sentences that are held against them."""
        from misbrug_analysis.presentation.alternatives import Alternatives

        return Alternatives(self)

    @cached_property
    def _score_places(self) -> dict[tuple[str, str, str], int]:
        """The row of ``scores`` for each level, group and item."""
        keys = zip(*(self.results.scores[name] for name in ("level", "group", "item")), strict=True)
        return {key: place for place, key in enumerate(keys)}

    @staticmethod
    def _unit_labels(frame: pd.DataFrame) -> dict[str, str]:
        return dict(zip(frame["unit"], frame["label"], strict=True))
