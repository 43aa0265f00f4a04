"""What each role says on average, and how far two roles are apart, without showing any one person.

Counts and means are withheld where so few stand behind them, or behind what one can work out by
taking what is shown from what else is shown, that they would tell what a person said
(docs/respondents.md, "Small groups").
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.organisation import UNIT
from misbrug_analysis.model.respondents import ROLE
from misbrug_analysis.model.totals import TOTAL

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]

Value = TypeVar("Value", np.int64, np.float64)

_ROUNDING = 1e-9
"""How far sums of points can be from each other that are the same."""

ROLE_GAPS = {
    "level": "str",
    "group": "str",
    "item": "str",
    "role": "str",
    "other": "str",
    "role_n": "Int64",
    "other_n": "Int64",
    "role_mean": "float64",
    "other_mean": "float64",
    "gap": "float64",
    "hidden": "bool",
}


def role_gaps(
    answers: pd.DataFrame, instrument: Instrument, units: pd.DataFrame, levels: list[str]
) -> pd.DataFrame:
    """The mean points of each two roles and the gap between them, per indicator and in all.

    ``answers`` is the tidy table as it came in; ``units`` has a row a unit with its group in a
    column a level. Returns ``level, group, item, role, other, role_n, other_n, role_mean,
    other_mean, gap, hidden``: for every unit that answered and then every such group, for each
    indicator and ``TOTAL``, a row for each pair of roles in the order of the instrument. ``*_n``
    are numbers of respondents and means are in points, each respondent counting alike, in a group
    too; one's points of ``TOTAL`` are the mean of those one gave. ``gap`` is ``role_mean -
    other_mean``. All five are missing where the row is ``hidden``, as it is where one of the roles
    has nobody, too. No rows where the instrument tells fewer than two roles apart.
    """
    roles = [role.id for role in instrument.respondents.roles] if instrument.respondents else []
    if len(roles) < 2 or instrument.respondents is None:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in ROLE_GAPS.items()})
    given = _given(answers, instrument, list(units["unit"]), roles)
    earned = instrument.points_of.values()
    ends = min(earned), max(earned)
    parts, chain = [], _Chain(given, instrument.respondents.smallest, ends)
    names = list(units["unit"])
    parts.append(_table(given, UNIT, names, np.arange(len(names)), chain, roles))
    for level in levels:
        place, groups = pd.factorize(units[level])
        parts.append(_table(given, level, list(groups), place.astype(np.int64), chain, roles))
    return pd.concat(parts, ignore_index=True).astype(ROLE_GAPS)


@dataclass(frozen=True, eq=False)
class _Given:
    """Respondents and the sum of their points: units by roles (the last: none) by items."""

    items: list[str]
    n: Counts
    points: Numbers


def _given(
    answers: pd.DataFrame, instrument: Instrument, units: list[str], roles: list[str]
) -> _Given:
    """One that fills in several forms of a unit counts once, with the mean of what one gave."""
    key = ["unit", "respondent"]
    person = answers.groupby(key, sort=False).ngroup().to_numpy().astype(np.int64)
    people = int(person.max(initial=-1)) + 1
    unit = np.zeros(people, dtype=np.int64)
    unit[person] = pd.Index(units).get_indexer(pd.Index(answers["unit"]))
    said = (answers["item"] == ROLE).to_numpy()
    role = np.full(people, len(roles), dtype=np.int64)
    found = pd.Index(roles).get_indexer(pd.Index(answers.loc[said, "value"]))
    role[person[said]] = np.where(found < 0, len(roles), found)
    points = _points(answers, instrument, person, people)
    shape = len(units), len(roles) + 1
    place = unit * shape[1] + role
    known = ~np.isnan(points)
    cells = shape[0] * shape[1]
    n = _sums(known.astype(np.int64), place, cells)
    total = _sums(np.where(known, points, 0.0), place, cells)
    items = [*instrument.indicator_ids, TOTAL]
    return _Given(items, n.reshape(*shape, len(items)), total.reshape(*shape, len(items)))


def _points(answers: pd.DataFrame, instrument: Instrument, person: Counts, people: int) -> Numbers:
    """The points of each person for each indicator, and last the mean of them."""
    items = instrument.indicator_ids
    column = pd.Index(items).get_indexer(pd.Index(answers["item"]))
    points = answers["value"].map(instrument.points_of).to_numpy(dtype="float64", na_value=np.nan)
    rows = (column >= 0) & ~np.isnan(points)
    place = person[rows] * len(items) + column[rows]
    size = people * len(items)
    times = np.bincount(place, minlength=size).astype(np.int64)
    total = np.bincount(place, weights=points[rows], minlength=size).astype(np.float64)
    given = _mean(total, times).reshape(people, len(items))
    answered = (~np.isnan(given)).sum(axis=1).astype(np.int64)
    return np.column_stack([given, _mean(np.nansum(given, axis=1), answered)])


class _Chain:
    """Decides level by level, the units first, what can be shown beside what is shown already.

    What people see are sums over the roles of a unit or a group and, in the table of answers, sums
    over all respondents of a unit. Taking one from another leaves sums over fewer people. What is
    left may be of nobody, or of at least ``smallest`` who did not all answer at one of the ``ends``
    of the scale, since that mean tells what each of them said. Of a group it is what is left when
    the units and groups inside it that are shown are taken away, so groups of one level have to lie
    within groups of the next one; those of a level that does not are not shown.
    """

    def __init__(self, given: _Given, smallest: int, ends: tuple[float, float]) -> None:
        self._given = given
        self._smallest = smallest
        self._ends = ends
        units, items = len(given.n), len(given.items)
        self._covered = np.zeros((units, items), dtype=bool)
        self._before: list[Counts] = []

    def shown(self, group: Counts, groups: int) -> Flags:
        """Which groups are shown for which items; ``group`` is the place of each unit's group."""
        if not all(_nests(finer, group) for finer in self._before):
            return np.zeros((groups, len(self._given.items)), dtype=bool)
        left = np.where(self._covered[:, None, :], 0, self._given.n)
        points_left = np.where(self._covered[:, None, :], 0.0, self._given.points)
        roles = range(left.shape[1] - 1)
        held = np.stack([_sums(self._given.n[:, role], group, groups) for role in roles])
        fine: Flags = ((held > 0).sum(axis=0) > 1) & self._enough(held).all(axis=0)
        every = left.sum(axis=1)
        total_is_shown = every >= self._smallest
        for role in roles:
            fine &= self._enough(_sums(left[:, role], group, groups))
            for n, points in ((self._given.n, self._given.points), (left, points_left)):
                held_points = _sums(points[:, role], group, groups)
                fine &= self._within(_sums(n[:, role], group, groups), held_points)
        for size in range(1, len(roles) + 1):
            for some in combinations(roles, size):
                of_some = left[:, list(some)].sum(axis=1)
                # Those of a unit's total who remain when the roles are taken from it, or the roles.
                least = np.where(total_is_shown, np.minimum(of_some, every - of_some), of_some)
                fine &= self._enough(_sums(least, group, groups))
        self._covered |= fine[group]
        self._before.append(group)
        return fine

    def _enough(self, people: Counts) -> Flags:
        enough: Flags = (people == 0) | (people >= self._smallest)
        return enough

    def _within(self, people: Counts, points: Numbers) -> Flags:
        """Whether the mean is at neither end of the scale; so of nobody, too."""
        low, high = (people * end for end in self._ends)
        within: Flags = (people == 0) | ((points > low + _ROUNDING) & (points < high - _ROUNDING))
        return within


def _table(
    given: _Given, level: str, names: list[str], group: Counts, chain: _Chain, roles: list[str]
) -> pd.DataFrame:
    """The rows of a level; those without anybody who answered anything are left out."""
    shown = chain.shown(group, len(names))
    n = np.stack([_sums(given.n[:, role], group, len(names)) for role in range(len(roles) + 1)])
    points = np.stack(
        [_sums(given.points[:, role], group, len(names)) for role in range(len(roles))]
    )
    keys = pd.MultiIndex.from_product([names, given.items], names=["group", "item"])
    some = np.repeat(n[:, :, -1].sum(axis=0) > 0, len(given.items))
    parts = []
    for role, other in combinations(range(len(roles)), 2):
        seen = (shown & (n[role] > 0) & (n[other] > 0)).ravel()
        part = keys.to_frame(index=False).assign(level=level, role=roles[role], other=roles[other])
        for name, at in (("role", role), ("other", other)):
            part[f"{name}_n"] = pd.Series(n[at].ravel(), dtype="Int64").where(pd.Series(seen))
            part[f"{name}_mean"] = np.where(seen, _mean(points[at].ravel(), n[at].ravel()), np.nan)
        part["gap"] = part["role_mean"] - part["other_mean"]
        parts.append(part.assign(hidden=~seen, order=np.arange(len(part)))[some])
    table = pd.concat(parts, ignore_index=True).sort_values("order", kind="stable")
    return table[list(ROLE_GAPS)]


def _sums(values: NDArray[Value], group: Counts, groups: int) -> NDArray[Value]:
    """Sums over the units of each group, item by item."""
    found = np.zeros((groups, values.shape[1]), dtype=values.dtype)
    np.add.at(found, group, values)
    return found


def _mean(total: Numbers, n: Counts) -> Numbers:
    means = np.full(total.shape, np.nan)
    np.divide(total, n, out=means, where=n > 0)
    return means


def _nests(finer: Counts, coarser: Counts) -> bool:
    """Whether each group of the finer level lies within one of the coarser."""
    pairs = set(zip(finer.tolist(), coarser.tolist(), strict=True))
    return len(pairs) == len({one for one, _ in pairs})
