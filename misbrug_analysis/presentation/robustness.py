"""What other rules would have made of a report's answers, in the words of its language."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from misbrug_analysis.analysis.merges import ONE_ANSWERS
from misbrug_analysis.analysis.sensitivity import SETTINGS, Counted, Sensitivity
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.quantifiers import quantifier
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.wording import Counts

_TOGETHER = "together"
_MERGE = ("mean", "median", "share", "majority", "consensus")
_PARTLY = ("judge", "keep", "as_yes", "as_no")
_SPLIT = ("no", "any", "majority")
_ADJUDICATIONS = ("hold", "ignored")


@dataclass(frozen=True)
class Moved:
    """The count of an indicator or topic in a group, and what the variants make of it.

    ``low`` and ``high`` are of the units that say yes; ``moved_by`` are settings that change the
    count when they alone are changed, ``others`` the words that would stand in the place of
    ``words``, each once, and ``others_at`` the counts at which they would.
    """

    item: str
    label: str
    counts: Counts
    low: int
    high: int
    varies: int
    moved_by: tuple[str, ...]
    words: str
    others: tuple[str, ...]
    others_at: tuple[tuple[int, ...], ...] = ()

    @property
    def spread(self) -> float:
        """How far the count can move, as a share (0 to 1) of those that it is out of."""
        return (self.high - self.low) / max(self.counts.n, 1)


class Robustness:
    """What a page says of the variants of a study's rules; a group is of the report's own level
    when none is named."""

    def __init__(self, report: Report) -> None:
        self.report = report

    @property
    def language(self) -> Language:
        return self.report.language

    @property
    def found(self) -> Sensitivity:
        return self.report.sensitivity

    @property
    def ways(self) -> int:
        """The number of variants, the study's own among them."""
        return len(self.found.variants)

    @property
    def outcomes(self) -> str:
        """How many different sets of settled answers the ways come to, as a sentence."""
        distinct = self.found.distinct
        if distinct == self.ways:
            return self.language.text("sensitivity.outcomes_differ")
        numeral = self.language.numeral(distinct)
        return self.language.plural("sensitivity.outcomes", distinct, n=numeral)

    @cached_property
    def varied(self) -> list[str]:
        """The settings that have several options."""
        return [name for name in SETTINGS if len(self.choices[name].cat.categories) > 1]

    @cached_property
    def choices(self) -> pd.DataFrame:
        """A row a variant and a categorical column a setting: labels of what is chosen.

        The categories stand in the order in which readers meet them.
        """
        variants = self.found.variants
        shares = sorted(variants["peer_quantile"].dropna().unique())
        partly = {name: self._option("partly", name) for name in _PARTLY if name != "judge"}
        judged = [self._option("partly", "judge", share) for share in shares]
        ways = zip(variants["partly"], variants["peer_quantile"], strict=True)
        chosen = {
            "merge": [self._merged(str(name)) for name in variants["merge"]],
            "partly": [
                self._option("partly", "judge", share) if name == "judge" else partly[name]
                for name, share in ways
            ],
            "split": [self._option("split", str(name)) for name in variants["split"]],
            "adjudications": [
                self._option("adjudications", _ADJUDICATIONS[0 if holds else 1])
                for holds in variants["adjudications"]
            ],
        }
        order = {
            "merge": [self._merged(name) for name in (ONE_ANSWERS, *_MERGE)],
            "partly": [*judged, *partly.values()],
            "split": [self._option("split", name) for name in _SPLIT],
            "adjudications": [self._option("adjudications", name) for name in _ADJUDICATIONS],
        }
        return pd.DataFrame(
            {
                name: pd.Categorical(
                    chosen[name], [one for one in order[name] if one in chosen[name]]
                )
                for name in SETTINGS
            },
            index=variants.index,
        )

    def explained(self, setting: str) -> list[str]:
        """Every option of a setting in full, the study's own with a word that it is so."""
        variants = self.found.variants
        if setting == "adjudications":
            options = [_ADJUDICATIONS[0 if holds else 1] for holds in variants[setting]]
        else:
            options = [str(name) for name in variants[setting]]
        order = {
            "merge": _MERGE,
            "partly": _PARTLY,
            "split": _SPLIT,
            "adjudications": _ADJUDICATIONS,
        }[setting]
        texts = []
        for option in (name for name in order if name in options):
            key = f"sensitivity.explained.{setting}.{option}"
            if option == "judge":
                texts.append(self._judged(key))
                continue
            text = self.language.text(key, **(self.limits if setting == "merge" else {}))
            if option == options[0]:
                text = self.language.text("sensitivity.own", text=text)
            texts.append(text)
        return texts

    def counted(self, item: str, level: str | None = None, group: str | None = None) -> pd.Series:
        """How many say yes under each variant, by its number; ``n`` stays as published."""
        counts = [yes for yes, *_ in self._counts(item, level, group)]
        return pd.Series(counts, self.found.variants.index, dtype="int64", name="yes")

    @cached_property
    def all_yes(self) -> pd.Series[int]:
        """How many of all answers to indicators are yes under each variant."""
        of_group = [self.counted(item) for item in self.report.study.instrument.indicator_ids]
        return sum(of_group[1:], of_group[0])

    @cached_property
    def all_answers(self) -> int:
        """How many answers to indicators there are, as published."""
        ids = self.report.study.instrument.indicator_ids
        return sum(self.report.counts(item).n for item in ids)

    def moved(self, item: str, level: str | None = None, group: str | None = None) -> Moved:
        """What the variants make of a count."""
        report = self.report
        found = [(yes, n) for yes, *_, n in self._counts(item, level, group)]
        counts = report.counts(item, level, group)
        row = self._ranges[level or report.level.id, group or report.group.id, item]
        said = [self.words(yes, n) for yes, n in found]
        others = tuple(dict.fromkeys(text for text in said if text and text != said[0]))
        told = [(yes, text) for (yes, _), text in zip(found, said, strict=True)]
        others_at = [{yes for yes, text in told if text == other} for other in others]
        return Moved(
            item=item,
            label=self.label(item),
            counts=counts,
            low=int(row["low"]),
            high=int(row["high"]),
            varies=int(row["varies"]),
            moved_by=tuple(filter(None, str(row["moved_by"]).split("; "))),
            words=said[0],
            others=others,
            others_at=tuple(tuple(sorted(at)) for at in others_at),
        )

    def moves_in(self, item: str) -> int:
        """In how many of the groups that the report compares the variants move a count."""
        level, groups = self.report.subgroups
        return sum(int(self._ranges[level.id, group.id, item]["varies"]) > 0 for group in groups)

    @cached_property
    def indicators(self) -> list[Moved]:
        """Every indicator that was answered, in the report's whole group."""
        ids = self.report.study.instrument.indicator_ids
        return [one for one in map(self.moved, ids) if one.counts.n]

    @cached_property
    def first(self) -> list[Moved]:
        """The indicators that move: those whose words change first, then by how far they move."""
        moving = [one for one in self.indicators if one.varies]
        return sorted(moving, key=lambda one: (not one.others, -one.spread, -one.varies))

    def label(self, item: str) -> str:
        """An indicator's number and name, or a topic as it is called."""
        topics = {topic.id: topic for topic in self.report.study.instrument.topics}
        if item in topics:
            return self.report.topic_label(topics[item])
        return self.report.item_label(item)

    def words(self, yes: int, n: int) -> str:
        """A count in words alone: ``kun få kommuner``; nothing where nobody answered."""
        if not n:
            return ""
        return quantifier(self.language, yes, n, self.report.unit_noun, first=False)

    def count(self, counts: Counts) -> str:
        """``3 af 16``, leading to where the count is told in full."""
        return linked(self.language.of(counts.yes, counts.n), counts.at)

    def span(self, low: int, high: int) -> str:
        """``mellem 3 og 4``."""
        number = self.language.number
        return self.language.text("sensitivity.range", low=number(low), high=number(high))

    def settings(self, moved_by: Sequence[str]) -> str:
        """What changes something, in few words: ``delvise svar og delte svar``."""
        language = self.language
        if not moved_by or _TOGETHER in moved_by:
            return language.text("sensitivity.together")
        return language.join([language.text(f"sensitivity.short.{one}") for one in moved_by])

    def mover(self, moved_by: Sequence[str]) -> str:
        """A sentence on what moves a number."""
        language = self.language
        if not moved_by or _TOGETHER in moved_by:
            return language.text("sensitivity.moved_together")
        named = language.join([language.text(f"sensitivity.by.{one}") for one in moved_by])
        return language.plural("sensitivity.moved", len(moved_by), settings=named)

    def quoted_at(self, moved: Moved) -> str:
        """The other words in quotation marks, each with the counts at which they would stand."""
        language = self.language
        return language.either(
            [
                language.text(
                    "sensitivity.quoted_at",
                    text=text,
                    at=language.either([language.number(one) for one in at]),
                )
                for text, at in zip(moved.others, moved.others_at, strict=True)
            ]
        )

    def _merged(self, name: str) -> str:
        return self._option("merge", name) if name else ""

    @property
    def limits(self) -> dict[str, str]:
        """From what share of the points, or of persons, a merged answer counts as a yes."""
        asked = self.report.study.instrument.respondents
        return {"yes_from": self.language.percent(asked.yes_from)} if asked else {}

    def _option(self, setting: str, name: str, share: float | None = None) -> str:
        fields = {} if share is None else {"share": self.language.percent(share)}
        return self.language.text(f"sensitivity.option.{setting}.{name}", **fields)

    def _judged(self, key: str) -> str:
        """How partly is judged, with all its thresholds and the study's own."""
        language, variants = self.language, self.found.variants
        shares = sorted(variants["peer_quantile"].dropna().unique())
        text = language.text(key, shares=language.either([language.percent(one) for one in shares]))
        own = variants["peer_quantile"].iloc[0]
        if pd.isna(own):
            return text
        return language.text("sensitivity.own_share", text=text, share=language.percent(own))

    def _counts(self, item: str, level: str | None, group: str | None) -> list[Counted]:
        at = level or self.report.level.id, group or self.report.group.id
        return self.found.counts[*at, item]

    @cached_property
    def _ranges(self) -> dict[tuple[str, str, str], dict[Hashable, Any]]:
        """The row of ``ranges`` of every group and item."""
        rows = self.found.ranges.to_dict("records")
        return {(row["level"], row["group"], row["item"]): row for row in rows}
