"""A page's figures under other rules than the study's own, told only where they can differ.

A sentence is told once for all variants in which every count that it reads is the same: which ones
it reads is noted while it is told.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

import pandas as pd

from misbrug_analysis.analysis.sensitivity import SETTINGS
from misbrug_analysis.model.tables import Row
from misbrug_analysis.presentation.reads import OTHER_COUNTS, OTHER_RULES
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.statements import listed_places
from misbrug_analysis.presentation.wording import Counts

T = TypeVar("T")

Of = Literal["rules", "absence"]
"""What is varied: the rules by which answers are settled, or how those count who gave none."""

_SCORES, _ANSWERS = "scores", "answers"


@dataclass(frozen=True)
class Observed(Report):
    """A report that notes what is read of its settled answers, in ``read``.

    A count is noted by level, group and item; a whole table by its name. ``of_whom_is_said`` is
    whether sentences say that some did not answer: under other ways to count those there is nobody
    left to say it of. Its units are those of the ``published`` report: no rule says who was asked.
    """

    published: Report = field(kw_only=True, repr=False, compare=False)
    read: list[Hashable] = field(default_factory=list, repr=False, compare=False)
    of_whom_is_said: bool = True

    @property
    def units(self) -> pd.DataFrame:
        return self.published.units

    def score_row(self, item: str, level: str | None = None, group: str | None = None) -> Row:
        self.read.append((level or self.level.id, group or self.group.id, item))
        return super().score_row(item, level, group)

    def counts(self, item: str, level: str | None = None, group: str | None = None) -> Counts:
        counts = super().counts(item, level, group)
        return counts if self.of_whom_is_said else replace(counts, missing=0)

    @property
    def group_scores(self) -> pd.DataFrame:
        self.read.append(_SCORES)
        return super().group_scores

    @property
    def consolidated(self) -> pd.DataFrame:
        self.read.append(_ANSWERS)
        return super().consolidated


@dataclass(frozen=True)
class Outcomes(Generic[T]):
    """What was told under each variant, the study's own first, and which counts that one read."""

    by_variant: tuple[T, ...]
    rests_on: tuple[tuple[str, str], ...]

    @property
    def own(self) -> T:
        return self.by_variant[0]


class Alternatives:
    """A report under every variant of its rules, or every way to count who did not answer."""

    def __init__(self, report: Report, of: Of = "rules") -> None:
        self._report = report
        self._of = of
        self._known: dict[int, Observed] = {}
        self._told: dict[Hashable, Outcomes[Any]] = {}
        self.unmoved: dict[Hashable, object] = {}
        """What expressions of texts gave that read no settled answer, for whoever tells them."""
        self._kinds: dict[Hashable, tuple[int, ...]] = {}

    @cached_property
    def count(self) -> int:
        """How many variants there are, the study's own among them."""
        self._report.reads.note(OTHER_RULES if self._of == "rules" else OTHER_COUNTS)
        found = self._report.known_sensitivity
        return len(found.variants if self._of == "rules" else found.absences)

    @cached_property
    def listed(self) -> frozenset[str]:
        """The places of the page whose statements are listed, see ``listed_places``."""
        return listed_places(self._report)

    def told(self, tell: Callable[[Observed], T], name: Hashable = None) -> Outcomes[T]:
        """What a function of the report gives under each variant; remembered under its name.

        It must get at settled answers by the report alone, and give the same from the same.
        """
        if name is None:
            return self._tell(tell)
        if name not in self._told:
            self._told[name] = self._tell(tell)
        return self._told[name]

    def _tell(self, tell: Callable[[Observed], T]) -> Outcomes[T]:
        known: list[tuple[tuple[Hashable, ...], tuple[int, ...], T]] = []
        found: list[T] = []
        for variant in range(self.count):
            alike = (
                outcome for keys, kinds, outcome in known if self._kinds_of(keys, variant) == kinds
            )
            for outcome in alike:
                found.append(outcome)
                break
            else:
                report = self.under(variant)
                before = len(report.read)
                found.append(tell(report))
                keys = tuple(dict.fromkeys(report.read[before:]))
                known.append((keys, self._kinds_of(keys, variant), found[-1]))
        return Outcomes(tuple(found), self.rests_on(known[0][0]))

    def rests_on(self, keys: Iterable[Hashable]) -> tuple[tuple[str, str], ...]:
        """The items and groups of counts that were read, each once, in their order."""
        report, instrument = self._report, self._report.study.instrument
        found: list[tuple[str, str]] = []
        for key in keys:
            if isinstance(key, tuple):
                found.append((key[2], key[1]))
            else:
                items = list(instrument.indicator_ids)
                topics = [topic.id for topic in instrument.assessed_topics]
                items += topics if key == _SCORES else []
                found += [(item, report.group.id) for item in items]
        return tuple(dict.fromkeys(found))

    def under(self, variant: int) -> Observed:
        """The report under a variant; ``rule`` of a text goes on telling the study's own rules."""
        if variant not in self._known:
            self._known[variant] = self._observed(variant)
        return self._known[variant]

    def moved_by(self, variants: Iterable[int]) -> tuple[str, ...]:
        """The settings of which one alone, changed from the study's own, makes one of these."""
        among = set(variants)
        return tuple(name for name, alone in self._alone.items() if among & alone)

    def simplest(self, variants: Sequence[int]) -> int:
        """The first of these in which one setting alone is changed, else the first of them."""
        alone = set().union(*self._alone.values())
        return next((variant for variant in variants if variant in alone), variants[0])

    @cached_property
    def _alone(self) -> dict[str, set[int]]:
        """For each setting the variants in which it is the only one that is not the study's own."""
        if self._of == "absence":
            return {}
        columns = {name: [name] for name in SETTINGS} | {"partly": ["partly", "peer_quantile"]}
        self._report.reads.note(OTHER_RULES)
        table = self._report.known_sensitivity.variants
        own, *_ = rows = table.to_dict("records")
        alone: dict[str, set[int]] = {name: set() for name in SETTINGS}
        for variant, row in enumerate(rows):
            changed = [
                name
                for name in SETTINGS
                if not all(_same(row[column], own[column]) for column in columns[name])
            ]
            if len(changed) == 1:
                alone[changed[0]].add(variant)
        return alone

    def _observed(self, variant: int) -> Observed:
        report, own = self._report, self._report.study
        if self._of == "rules":
            # What a text says of the rules is of the study's own, so only results are taken over.
            varied = replace(report.under(variant), study=own) if variant else report
        else:
            varied = report.counting(variant) if variant else report
        taken = {one.name: getattr(varied, one.name) for one in fields(Report)}
        return Observed(**taken, published=report, of_whom_is_said=self._of == "rules")

    def _kinds_of(self, keys: Iterable[Hashable], variant: int) -> tuple[int, ...]:
        return tuple(self._kind(key)[variant] for key in keys)

    def _kind(self, key: Hashable) -> tuple[int, ...]:
        """For each variant, the number of the outcome of what was read; 0 is the study's own."""
        if key not in self._kinds:
            self._kinds[key] = tuple(_numbered(self._outcomes(key)))
        return self._kinds[key]

    def _outcomes(self, key: Hashable) -> Sequence[Hashable]:
        self._note(key)
        found, each = self._report.known_sensitivity, range(self.count)
        if isinstance(key, tuple):
            counts = found.counts if self._of == "rules" else found.absence_counts
            return counts.get(key, each)  # of no group of the study nothing is known
        if self._of == "rules":  # scores of a group rest on the answers of its units
            asked = found.units.isin(self._report.units["unit"])
            return [answers.tobytes() for answers in found.codes[:, asked]]
        return each if key == _SCORES else [_ANSWERS] * self.count

    def _note(self, key: Hashable) -> None:
        """Note what was read as read under every variant: it was, or is compared in all of them."""
        report = self._report
        own = f"{report.level.id}/{report.group.id}"
        if isinstance(key, tuple):
            level, group, _ = key
            report.reads.under_other_rules("scores").table("scores", f"{level}/{group}")
        elif key == _SCORES:
            report.reads.under_other_rules("scores").table("scores", own)
        else:
            place = own if report.run.group else ""
            report.reads.under_other_rules("consolidated").table("consolidated", place)


def _numbered(outcomes: Sequence[Hashable]) -> list[int]:
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(outcome, len(numbers)) for outcome in outcomes]


def _same(one: object, other: object) -> bool:
    return bool(one == other) or (pd.isna(one) and pd.isna(other))  # type: ignore[call-overload]
