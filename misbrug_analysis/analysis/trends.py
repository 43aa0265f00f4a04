"""What has changed between rounds, among those that can be compared.

Only units that answered an item in every round are compared, so that a change is never one of who
took part. All rounds are settled by the newest round's rules. A change is a net one; gained and
lost tell what it is made of (as McNemar's table of paired answers does).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from misbrug_analysis.analysis.counting import Places
from misbrug_analysis.analysis.rounds import Common, Settled, common_answers
from misbrug_analysis.analysis.settling import (
    ABSENT,
    NO,
    PARTLY,
    UNANSWERED,
    YES,
    Codes,
    Counts,
    Flags,
    named,
)
from misbrug_analysis.model.instrument import Instrument

_WORDS: dict[Hashable, Any] = dict.fromkeys(("unit", "item", "was", "became"), "str")


@dataclass(frozen=True)
class Comparison:
    """Two or more rounds compared, the newest last; a round is told by its place, from 0.

    - ``answers``: ``unit, item`` and a column a round with what was answered, for indicators and
      whole topics that every round has, and units that every round asked.
    - ``counts``: a row a level, group, item and round: ``yes, partly, n`` of those compared, and
      ``low, high`` of yes under every variant of the rules.
    - ``changes``: a row a level, group, item and pair of rounds (``before``, ``after``) that follow
      one another: ``n, yes_before, yes_after, change``; ``gained`` units that say yes and did not,
      ``lost`` ones that no longer do; ``low, high`` of the change where all rounds are settled by
      one variant, whichever; ``rules_alone``, the most that another variant could make of either
      round's answers, they being what they are.
    - ``moves``: a row a unit, item and pair of rounds with another answer: ``was, became``;
      ``firm`` where every variant makes the same of both answers.
    - ``blanks``: a row a unit, item and round where someone who sent something in every round left
      the item blank: ``unit, item, round``.
    - ``variants``: the ways to settle that were tried, as in ``Sensitivity``.
    """

    answers: pd.DataFrame
    counts: pd.DataFrame
    changes: pd.DataFrame
    moves: pd.DataFrame
    blanks: pd.DataFrame
    variants: pd.DataFrame


def compare(
    rounds: Sequence[Settled], units: pd.DataFrame, levels: list[str], instrument: Instrument
) -> Comparison:
    """Compare rounds that were settled by the same rules, the newest last.

    ``units``, ``levels`` and ``instrument`` are the newest round's, as of ``score``. Raises
    ValueError for fewer than two rounds.
    """
    if len(rounds) < 2:
        raise ValueError("a comparison needs at least two rounds")
    common = common_answers(instrument, rounds)
    own = common.said[:, 0]
    matched: Flags = np.all(np.isin(own, (YES, PARTLY, NO)), axis=0)
    counted = _Counted.of(common, matched, units, levels)
    return Comparison(
        _answers(common),
        counted.table(),
        _changes(counted, own, matched),
        _moves(common, matched),
        _blanks(common),
        common.variants,
    )


@dataclass(frozen=True, eq=False)
class _Counted:
    """What the compared say, counted; everything goes over the rows of ``places.keys``.

    ``partly`` and ``n`` have a row a round, ``yes`` goes over rounds, variants and those rows.
    """

    places: Places
    indicators: int
    yes: Counts
    partly: Counts
    n: Counts

    @classmethod
    def of(cls, common: Common, matched: Flags, units: pd.DataFrame, levels: list[str]) -> _Counted:
        grouped = units.set_index("unit").loc[common.units, levels].reset_index()
        places = Places.of(grouped, levels, common.indicators, common.topics)
        first = len(common.indicators)
        tallies = np.stack(
            [
                [_tally(places, first, said, matched) for said in variants]
                for variants in common.said
            ]
        )
        own = tallies[:, 0]
        n = own[..., [YES, PARTLY, NO]].sum(axis=-1)
        return cls(places, first, tallies[..., YES], own[..., PARTLY], n)

    def units_where(self, holds: Flags) -> Counts:
        """Of how many units something holds, for each row of ``places.keys``."""
        said = np.where(holds, YES, ABSENT).astype(np.int8)
        return _tally(self.places, self.indicators, said, holds)[:, YES]

    def rows(self, **columns: Counts | int) -> pd.DataFrame:
        """``places.keys`` with columns beside them, but for those that nobody is compared in."""
        keys = self.places.keys
        beside = pd.DataFrame(columns, index=keys.index)
        table: pd.DataFrame = pd.concat([keys, beside], axis=1)[self.n[0] > 0]
        return table.reset_index(drop=True)

    def table(self) -> pd.DataFrame:
        """``counts`` of a Comparison."""
        tables = [
            self.rows(
                round=place,
                yes=yes[0],
                partly=self.partly[place],
                n=self.n[place],
                low=yes.min(axis=0),
                high=yes.max(axis=0),
            )
            for place, yes in enumerate(self.yes)
        ]
        return pd.concat(tables, ignore_index=True)


def _tally(places: Places, indicators: int, said: Codes, matched: Flags) -> Counts:
    """What the matched say; who is not matched counts as absent."""
    answers = np.where(matched, said, ABSENT).astype(np.int8)
    return places.tally(answers[:, :indicators], answers[:, indicators:])


def _answers(common: Common) -> pd.DataFrame:
    said = [named(codes.ravel()) for codes in common.said[:, 0]]
    units = np.array(common.units, dtype=object).repeat(len(common.items))
    items = np.tile(np.array(common.items, dtype=object), len(common.units))
    columns: dict[Hashable, Any] = {"unit": units, "item": items}
    return pd.DataFrame(columns | dict(enumerate(said)), dtype="str")


def _changes(counted: _Counted, own: Codes, matched: Flags) -> pd.DataFrame:
    spread = counted.yes.max(axis=1) - counted.yes.min(axis=1)
    tables = []
    for before, after in pairwise(range(len(own))):
        was, now = (own[place] == YES for place in (before, after))
        change = counted.yes[after] - counted.yes[before]
        table = counted.rows(
            before=before,
            after=after,
            n=counted.n[after],
            yes_before=counted.yes[before, 0],
            yes_after=counted.yes[after, 0],
            change=change[0],
            gained=counted.units_where(matched & ~was & now),
            lost=counted.units_where(matched & was & ~now),
            low=change.min(axis=0),
            high=change.max(axis=0),
            rules_alone=np.maximum(spread[before], spread[after]),
        )
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _moves(common: Common, matched: Flags) -> pd.DataFrame:
    own = common.said[:, 0]
    steady = (common.said == own[:, None]).all(axis=1)
    units, items = (np.array(names, dtype=object) for names in (common.units, common.items))
    tables = []
    for before, after in pairwise(range(len(own))):
        unit, item = np.nonzero(matched & (own[before] != own[after]))
        told = {
            "unit": units[unit],
            "item": items[item],
            "before": before,
            "after": after,
            "was": named(own[before][unit, item]),
            "became": named(own[after][unit, item]),
            "firm": (steady[before] & steady[after])[unit, item],
        }
        tables.append(pd.DataFrame(told).astype(_WORDS))
    return pd.concat(tables, ignore_index=True)


def _blanks(common: Common) -> pd.DataFrame:
    own = common.said[:, 0]
    took_part = (own != ABSENT).all(axis=0)
    place, unit, item = np.nonzero((own == UNANSWERED) & took_part)
    units, items = (np.array(names, dtype=object) for names in (common.units, common.items))
    table = pd.DataFrame({"unit": units[unit], "item": items[item], "round": place})
    return table.astype({"unit": "str", "item": "str"})
