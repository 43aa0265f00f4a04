"""Counts of answers by group, their shares, and the degrees to which topics are met, as arrays.

One round is counted or many variants of it, by the same functions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from misbrug_analysis.analysis.settling import (
    ABSENT,
    ANSWERS,
    NO,
    PARTLY,
    UNANSWERED,
    YES,
    Codes,
    Counts,
    Shares,
)
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.settings import Rules


@dataclass(frozen=True, eq=False)
class Places:
    """The groups that units are counted in, by level, and the items that are counted.

    ``keys`` has a row for each count: ``level, group, item``. ``levels`` has for each level the
    number of its groups and the place of each unit's group among them, below 0 without one.
    """

    keys: pd.DataFrame
    levels: list[tuple[int, Counts]]

    @classmethod
    def of(
        cls, units: pd.DataFrame, levels: list[str], indicators: list[str], topics: list[str]
    ) -> Places:
        """``units`` has a row a unit in the order of the answers, ``levels`` are its columns."""
        keys, found = [], []
        for level in levels:
            group, groups = pd.factorize(units[level])
            found.append((len(groups), group))
            for items in (indicators, topics):
                pairs = pd.MultiIndex.from_product([groups, items], names=["group", "item"])
                keys.append(pairs.to_frame(index=False).assign(level=level))
        table = pd.concat(keys, ignore_index=True)
        return cls(table[["level", "group", "item"]], found)

    def tally(self, answers: Codes, topics: Codes) -> Counts:
        """How many units say what: a row for each of ``keys``, a column for each answer.

        ``answers`` has a row a unit and a column an indicator, ``topics`` a column a topic.
        """
        return np.concatenate(
            [
                _tally(said, group, groups)
                for groups, group in self.levels
                for said in (answers, topics)
            ]
        )

    def means(self, degree: Shares) -> Shares:
        """The mean of units' degrees in each topic, for each of ``keys``; missing elsewhere."""
        items = len(self.keys) // max(sum(groups for groups, _ in self.levels), 1)
        indicators = items - degree.shape[1]
        parts = []
        for groups, group in self.levels:
            parts.append(np.full(groups * indicators, np.nan))
            known = group >= 0
            # pandas sums with compensation, so that the order of units does not tell
            mean = pd.DataFrame(degree[known]).groupby(group[known]).mean()
            parts.append(mean.to_numpy().ravel())
        return np.concatenate(parts)


def topics_of(indicators: list[str], instrument: Instrument) -> tuple[Counts, list[str]]:
    """The place of each indicator's topic among the topics that have indicators, and those."""
    topics = {item.id: item.topic for item in instrument.indicators}
    place, found = pd.factorize(np.array([topics[one] for one in indicators], dtype=object))
    return place, list(found)


def degrees(answers: Codes, topic: Counts, instrument: Instrument, rules: Rules) -> Shares:
    """The mean share of points of each unit in each topic; ``answers`` has a row a unit."""
    shares = _point_shares(instrument, rules)
    points = np.array([shares.get(answer, np.nan) for answer in ANSWERS])
    by_indicator = pd.DataFrame(points[answers.T])
    means: Shares = by_indicator.groupby(topic).mean().to_numpy().T
    return means


def counted(counts: Counts, rules: Rules) -> tuple[Counts, Counts, Counts]:
    """How many say yes, partly and no where the rules count who is absent or left it blank.

    The last axis of ``counts`` goes over ``settling.ANSWERS``.
    """
    yes, no = counts[..., YES], counts[..., NO]
    for setting, answer in ((rules.absent, ABSENT), (rules.missing, UNANSWERED)):
        if setting == "as_no":
            no = no + counts[..., answer]
        elif setting == "as_yes":
            yes = yes + counts[..., answer]
    return yes, counts[..., PARTLY], no


def with_shares(counts: Counts, instrument: Instrument, rules: Rules) -> pd.DataFrame:
    """Counts, number of answers, share and its bounds of each row: columns of ``scores``.

    ``counts`` has a row for each and a column for each of ``settling.ANSWERS``.
    """
    said = dict(zip(("yes", "partly", "no"), counted(counts, rules), strict=True))
    plain = dict(zip(("yes", "partly", "no"), counted(counts, Rules()), strict=True))
    earns = _point_shares(instrument, Rules())
    missing = counts[:, ABSENT] + counts[:, UNANSWERED]
    everyone = counts.sum(axis=1)
    n = said["yes"] + said["partly"] + said["no"]

    def earned(answers: dict[str, Counts]) -> Shares:
        points: Shares = np.sum([answers[answer] * earns[answer] for answer in earns], axis=0)
        return points

    def share(points: Shares, number: Counts) -> Shares:
        shares = np.full(len(number), np.nan)
        np.divide(points, number, out=shares, where=number > 0)
        return shares

    return pd.DataFrame(
        said
        | {
            "unanswered": counts[:, UNANSWERED],
            "absent": counts[:, ABSENT],
            "n": n,
            "share": share(earned(said), n),
            "low": share(earned(plain) + missing * earns["no"], everyone),
            "high": share(earned(plain) + missing * earns["yes"], everyone),
        }
    )


def _point_shares(instrument: Instrument, rules: Rules) -> dict[str, float]:
    """The share of the best points (0 to 1) that an answer earns; what does not count is left out.

    A blank or an absence that the rules count as no or yes earns what that answer earns.
    """
    shares: dict[str, float] = {
        answer: points / instrument.points["yes"] for answer, points in instrument.points.items()
    }
    earned = {"as_no": shares["no"], "as_yes": shares["yes"]}
    for setting, answer in ((rules.absent, "absent"), (rules.missing, "unanswered")):
        if setting in earned:
            shares[answer] = earned[setting]
    return shares


def _tally(answers: Codes, group: Counts, groups: int) -> Counts:
    """How many units of each group say what to each item: a row a group and item."""
    items, known = answers.shape[1], group >= 0
    row = group[known][:, None] * items + np.arange(items)
    place = row * len(ANSWERS) + answers[known]
    counts = np.bincount(place.ravel(), minlength=groups * items * len(ANSWERS))
    return counts.reshape(-1, len(ANSWERS))
