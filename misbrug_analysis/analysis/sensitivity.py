"""What other rules would have made of the same answers: every justified variant, run at once.

The choices are those made when data are constructed, varied together as a multiverse analysis
does (Steegen, Tuerlinckx, Gelman and Vanpaemel, 2016); only variants that can differ are run
(Simonsohn, Simmons and Nelson, 2020). Who did not answer is no choice of rule: what absence could
change is kept apart, as bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from misbrug_analysis.analysis.counting import Places, counted, degrees, topics_of, with_shares
from misbrug_analysis.analysis.merges import keeps_partly, merges_of
from misbrug_analysis.analysis.multiverse import settled_under
from misbrug_analysis.analysis.ranges import ranges_of
from misbrug_analysis.analysis.settling import ABSENT, UNANSWERED, Codes, Counts, by_topic
from misbrug_analysis.analysis.settling import named as answer_names
from misbrug_analysis.analysis.variants import SETTINGS, absences_of, variants_of
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.settings import Rules
from misbrug_analysis.model.tables import COLUMNS

Place = tuple[str, str, str]
"""A level, group and item of the table ``scores``."""

Counted = tuple[int, ...]
"""``yes, partly, no, unanswered, absent, n`` of a row of ``scores``."""

_SCORES = [column for column in COLUMNS["scores"] if column != "study"]

__all__ = ["SETTINGS", "Sensitivity", "sensitivity"]


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """A round under every variant of its rules; variant 0 is the study's own.

    Made by ``sensitivity``; what is large is made when it is first asked for.

    - ``variants``: a row a variant, its number as index: ``merge`` (how the answers of respondents
      become one, empty where one answers for a unit), ``partly`` (``judge``, ``keep``,
      ``as_yes``, ``as_no``), ``peer_quantile`` (a share, missing unless partly is judged),
      ``split`` (``no``, ``any``, ``majority``), ``adjudications`` (bool: rulings hold). What is
      left out, and why: ``variants.variants_of`` and ``merges``.
    - ``ranges``: a row a level, group and item (indicator or assessed topic):
      ``yes, n`` as published; ``low, high`` of yes over all variants; ``varies`` the number of
      variants in which yes, partly or n is another than published; ``moved_by`` the settings (of
      ``SETTINGS``, joined by ``; ``) that change one of these when changed alone from the study's
      own, ``together`` where only several together do, empty where nothing does; ``absent_low,
      absent_high, asked`` as ``count_bounds`` gives them under the study's own rules; ``lowest,
      highest`` of yes over all variants and all ways to count who is absent or left it blank.
    - ``absences``: a row a way to count those, ``absent, missing`` (``out``, ``as_no``,
      ``as_yes``), its number as index; 0 the study's own. It is no choice of rule.
    """

    variants: pd.DataFrame
    ranges: pd.DataFrame
    absences: pd.DataFrame
    _round: _Round

    @property
    def codes(self) -> Codes:
        """What everyone asked answers under every variant, as places in ``settling.ANSWERS``.

        The axes go over variants, ``units`` and the indicators in the order of the instrument.
        """
        return self._round.settled

    @property
    def units(self) -> pd.Index:
        """Every unit that was asked, in the order of ``codes``."""
        return pd.Index(self._round.units)

    @cached_property
    def distinct(self) -> int:
        """How many sets of settled answers the variants come to: those that differ in any one."""
        return len({said.tobytes() for said in self.codes})

    @cached_property
    def answers(self) -> pd.DataFrame:
        """``variant, unit, indicator, answer``, for every unit that was asked."""
        parts = [self.answers_under(variant) for variant in self.variants.index]
        return _stacked(parts, "variant")

    @cached_property
    def scores(self) -> pd.DataFrame:
        """``variant`` and the columns of the table ``scores`` but for ``study``.

        They are of groups of every level (not of single units), with the study's own settings for
        who is absent and what is unanswered.
        """
        return _stacked([self.scores_under(variant) for variant in self.variants.index], "variant")

    @cached_property
    def absence_scores(self) -> pd.DataFrame:
        """Like ``scores`` with ``absence`` for ``variant``: the study's own other rules."""
        parts = [self.scores_counting(absence) for absence in self.absences.index]
        return _stacked(parts, "absence")

    @cached_property
    def counts(self) -> dict[Place, list[Counted]]:
        """For each level, group and item of ``scores`` its counts under each variant."""
        return self._round.by_place(_counts(self._round.counts, self._round.rules))

    @cached_property
    def absence_counts(self) -> dict[Place, list[Counted]]:
        """Like ``counts``, in each way of ``absences``."""
        ways = [self._counting(absence) for absence in self.absences.index]
        own = self._round.counts[0]
        return self._round.by_place(np.stack([_counts(own, rules) for rules in ways]))

    def answers_under(self, variant: int) -> pd.DataFrame:
        """``unit, indicator, answer`` under a variant; raises KeyError for an unknown one."""
        return self._round.answers(_place(self.variants, variant))

    def scores_under(self, variant: int) -> pd.DataFrame:
        """The rows of ``scores`` of a variant, without its number; KeyError for an unknown one."""
        return self._round.scores(_place(self.variants, variant), self._round.rules)

    def scores_counting(self, absence: int) -> pd.DataFrame:
        """The rows of ``absence_scores`` of a way to count absence, without its number.

        Raises KeyError for an unknown one.
        """
        return self._round.scores(0, self._counting(absence))

    def outcomes(self, level: str, group: str, item: str) -> dict[tuple[int, int, int], list[int]]:
        """Every ``(yes, partly, n)`` that some variant gives, with its variants; published first.

        Raises KeyError for a group or item that is not counted.
        """
        found: dict[tuple[int, int, int], list[int]] = {}
        for variant, counts in enumerate(self.counts[level, group, item]):
            yes, partly, *_, n = counts
            found.setdefault((yes, partly, n), []).append(variant)
        return found

    def _counting(self, absence: int) -> Rules:
        way = self.absences.iloc[_place(self.absences, absence)]
        return Rules.model_validate(
            self._round.rules.model_dump() | {"absent": way["absent"], "missing": way["missing"]}
        )


@dataclass(frozen=True, eq=False)
class _Round:
    """What sensitivity rests on, as arrays.

    ``settled`` goes over variants, units and indicators; ``counts`` over variants, the rows of
    ``places`` and ``settling.ANSWERS``. ``topic`` is the place of each indicator's topic.
    """

    units: NDArray[np.object_]
    instrument: Instrument
    rules: Rules
    places: Places
    topic: Counts
    settled: Codes
    counts: Counts

    def answers(self, variant: int) -> pd.DataFrame:
        indicators = np.array(self.instrument.indicator_ids, dtype=object)
        return pd.DataFrame(
            {
                "unit": np.repeat(self.units, len(indicators)),
                "indicator": np.tile(indicators, len(self.units)),
                "answer": answer_names(self.settled[variant].ravel()),
            },
            dtype="str",
        )

    def by_place(self, counts: Counts) -> dict[Place, list[Counted]]:
        """Counts of each row of ``places``; their axes go over variants, these and ``Counted``."""
        keys = self.places.keys.itertuples(index=False, name=None)
        of_each = counts.swapaxes(0, 1).tolist()
        return {key: list(map(tuple, of)) for key, of in zip(keys, of_each, strict=True)}

    def scores(self, variant: int, rules: Rules) -> pd.DataFrame:
        """The table ``scores`` of groups, but for ``study``; ``rules`` say how absence counts."""
        shares = with_shares(self.counts[variant], self.instrument, rules)
        degree = degrees(self.settled[variant], self.topic, self.instrument, rules)
        shares["degree"] = self.places.means(degree)
        return pd.concat([self.places.keys, shares], axis=1)[_SCORES]


def sensitivity(
    answers: pd.DataFrame,
    units: pd.DataFrame,
    levels: list[str],
    instrument: Instrument,
    rules: Rules,
    adjudications: pd.DataFrame,
) -> Sensitivity:
    """Settle the answers under every variant of the rules; arguments as of ``consolidate``.

    ``levels`` are the columns of ``units`` with the group of each unit. Raises DefinitionError for
    a ruling on a form that was not sent, or on a unit that sent none.
    """
    merges = merges_of(answers, instrument, adjudications)
    variants = variants_of(merges, rules, is_kept=keeps_partly(instrument, rules))
    settled = settled_under(variants, merges, pd.Index(units["unit"]), rules.min_peers)
    topic, topics = topics_of(instrument.indicator_ids, instrument)
    places = Places.of(units, levels, instrument.indicator_ids, topics)
    counts = np.stack([places.tally(said, by_topic(said, topic)) for said in settled])
    absences = absences_of(
        bool((settled[0] == ABSENT).any()), bool((settled[0] == UNANSWERED).any()), rules
    )
    ranges = ranges_of(places.keys, counts, variants, rules)
    asked = units["unit"].to_numpy(dtype=object)
    found = _Round(asked, instrument, rules, places, topic, settled, counts)
    return Sensitivity(variants, ranges, absences, found)


def _counts(counts: Counts, rules: Rules) -> Counts:
    """``Counted`` in place of the last axis, which goes over ``settling.ANSWERS``."""
    yes, partly, no = counted(counts, rules)
    missing = counts[..., UNANSWERED], counts[..., ABSENT]
    return np.stack([yes, partly, no, *missing, yes + partly + no], axis=-1)


def _place(table: pd.DataFrame, number: int) -> int:
    """The place of a numbered row; raises KeyError where there is none."""
    if not 0 <= number < len(table):
        raise KeyError(number)
    return number


def _stacked(parts: list[pd.DataFrame], number: str) -> pd.DataFrame:
    """Tables one below the other, each with its number in a first column."""
    table = pd.concat(parts, ignore_index=True)
    numbers = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    table.insert(0, number, numbers)
    return table
