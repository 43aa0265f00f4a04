"""Totals, percentages and ranks of units and groups, per topic, chapter and in all.

docs/scores.md has each setting with an example by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import fsum

import numpy as np
import pandas as pd

from misbrug_analysis.analysis.settling import Counts, Flags, Shares
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.totals import TOTAL, Totals

TOTALS = {
    "level": "str",
    "group": "str",
    "item": "str",
    "points": "float64",
    "possible": "float64",
    "share": "float64",
    "answered": "int64",
    "asked": "int64",
    "units": "int64",
    "rank": "float64",
    "tied": "int64",
}
"""The columns of ``totals``, with their types."""

DECIMALS = 9
"""Sums are exact for points and weights with so many decimals between them."""

_NOISE = 1e-12
"""How far, as a share of itself, a sum of decimal numbers may lie from the number it stands for."""


@dataclass(frozen=True, eq=False)
class _Parts:
    """What is added up: items, or topics, as rows; units as columns.

    ``possible`` is the most that could have been earned, 0 where the part does not count.
    """

    points: Shares
    possible: Shares


@dataclass(frozen=True)
class _Scope:
    """What a total is of: a topic, a chapter or everything, with the places of its items."""

    id: str
    topics: list[int]
    items: list[int]


def totals(
    points: pd.DataFrame,
    units: pd.DataFrame,
    levels: list[str],
    instrument: Instrument,
    settings: Totals,
) -> pd.DataFrame:
    """Totals of every unit and group, in every topic, chapter and in all (``TOTAL``).

    ``points`` is what ``unit_points`` returned; ``units`` has a row a unit with its group in a
    column a level. Returns ``level, group, item, points, possible, share, answered, asked, units,
    rank, tied``, of the types in ``TOTALS``: ``share`` (0 to 1) is points by possible, ``answered``
    and ``asked`` count questions, ``units`` how many have a total, ``rank`` is among those of the
    same level and missing without a total, ``tied`` is with how many others it is shared.

    A unit that answered nothing at all has no total, nor one that answered less than
    ``settings.least`` of the questions in question. The points, the possible points and the share
    of a group are the means of its units', so that each unit counts alike, however many questions
    it answered; its ``answered`` and ``asked`` are sums over all its units.
    """
    scopes = _scopes(instrument)
    earned = _spread(points, units, instrument)
    given = ~np.isnan(earned)
    parts = _items(earned, given, instrument, settings)
    if settings.adds == "topics":
        parts = _topics(parts, given, scopes, instrument, settings)
    of_units = _of_units(parts, given, scopes, settings)
    tables = [_table("unit", units["unit"], scopes, of_units)]
    for level in levels:
        group, groups = pd.factorize(units[level])
        tables.append(_table(level, groups, scopes, _of_groups(of_units, group, len(groups))))
    table = pd.concat(tables, ignore_index=True)
    return _ranked(table, settings)[list(TOTALS)].astype(TOTALS)


def shown(table: pd.DataFrame, settings: Totals) -> pd.Series[float]:
    """The totals that are ranked and shown: points, or percent, to the decimals of the settings.

    ``table`` is what ``totals`` returned. Halves are rounded away from zero, and a number that
    lies a hair below a half since no float can hold it (0.145) is one.
    """
    total = table["points"] if settings.shown == "points" else 100 * table["share"]
    one = 10.0**settings.decimals
    scaled = total * one
    # Points cannot be negative, so up is away from zero.
    rounded: pd.Series[float] = np.floor(scaled + 0.5 + scaled * _NOISE + 1e-9) / one
    return rounded


def _scopes(instrument: Instrument) -> list[_Scope]:
    """Topics with indicators, chapters with such topics, and everything, in the order asked."""
    within = {chapter.id: chapter.within for chapter in instrument.chapters}
    of_item = [item.topic for item in instrument.indicators]
    topics = [topic for topic in instrument.topics if topic.id in of_item]
    members: dict[str, list[int]] = {topic.id: [at] for at, topic in enumerate(topics)}
    members |= {chapter: [] for chapter in within}
    for at, topic in enumerate(topics):
        chapter = topic.chapter
        while chapter is not None:
            members[chapter].append(at)
            chapter = within[chapter]
    members[TOTAL] = list(range(len(topics)))
    ids = [topic.id for topic in topics]
    return [
        _Scope(name, places, [at for at, topic in enumerate(of_item) if ids.index(topic) in places])
        for name, places in members.items()
        if places
    ]


def _spread(points: pd.DataFrame, units: pd.DataFrame, instrument: Instrument) -> Shares:
    """Points with a row an indicator and a column a unit, missing where there are none."""
    items = instrument.indicator_ids
    row = pd.Index(items, dtype="str").get_indexer(pd.Index(points["indicator"]))
    column = pd.Index(units["unit"]).get_indexer(pd.Index(points["unit"]))
    known = (row >= 0) & (column >= 0)
    table = np.full((len(items), len(units)), np.nan)
    table[row[known], column[known]] = points["points"].to_numpy(dtype=float)[known]
    return table


def _items(earned: Shares, given: Flags, instrument: Instrument, settings: Totals) -> _Parts:
    """Weighted points of each item, and the most that it could have earned."""
    weight = np.array([item.weight for item in instrument.indicators])[:, None]
    counts = given if settings.out_of == "answered" else np.ones_like(given)
    return _Parts(np.where(given, earned, 0) * weight, counts * (weight * instrument.best_points))


def _topics(
    items: _Parts, given: Flags, scopes: list[_Scope], instrument: Instrument, settings: Totals
) -> _Parts:
    """Weighted means of each topic's items; one of which nothing was answered may not count."""
    weights = {topic.id: topic.weight for topic in instrument.topics}
    best = instrument.best_points
    points, possible = [], []
    for scope in scopes[: len(scopes[-1].topics)]:
        counted = _added(items.possible, scope.items)
        share = np.zeros_like(counted)
        np.divide(_added(items.points, scope.items), counted, out=share, where=counted > 0)
        counts = given[scope.items].any(axis=0) | (settings.out_of == "asked")
        points.append(weights[scope.id] * best * share)
        possible.append(weights[scope.id] * best * counts)
    return _Parts(np.array(points), np.array(possible))


def _of_units(
    parts: _Parts, given: Flags, scopes: list[_Scope], settings: Totals
) -> dict[str, Shares]:
    """The numbers of each unit: a row a scope, a column a unit."""
    rows = [scope.topics if settings.adds == "topics" else scope.items for scope in scopes]
    points = _clean(np.array([_added(parts.points, places) for places in rows]))
    possible = _clean(np.array([_added(parts.possible, places) for places in rows]))
    answered = np.array([given[scope.items].sum(axis=0) for scope in scopes])
    asked = np.array([[len(scope.items)] for scope in scopes])
    counts = (possible > 0) & given.any(axis=0) & (answered >= settings.least * asked - 1e-9)
    share = np.full(points.shape, np.nan)
    np.divide(points, possible, out=share, where=counts)
    return {
        "points": np.where(counts, points, np.nan),
        "possible": np.where(counts, possible, np.nan),
        "share": _clean(share),
        "answered": answered,
        "asked": np.broadcast_to(asked, answered.shape),
        "units": counts.astype(np.int64),
    }


def _of_groups(of_units: dict[str, Shares], group: Counts, groups: int) -> dict[str, Shares]:
    """The same of groups: means of what their units have, sums of what they answered."""
    order = np.argsort(group, kind="stable")
    bounds = np.searchsorted(group[order], np.arange(groups + 1))
    found = {}
    for name, values in of_units.items():
        take = _mean if name in ("points", "possible", "share") else sum
        members = [values[:, order[a:b]].tolist() for a, b in pairwise(bounds)]
        found[name] = np.array([[take(row) for row in rows] for rows in members]).T
    return found | {name: _clean(found[name]) for name in ("points", "possible", "share")}


def _mean(values: list[float]) -> float:
    """The mean of what is there, the same in whatever order it comes; missing without any."""
    known = [value for value in values if value == value]
    return fsum(known) / len(known) if known else np.nan


def _table(
    level: str, groups: pd.Series | pd.Index, scopes: list[_Scope], numbers: dict[str, Shares]
) -> pd.DataFrame:
    names = [scope.id for scope in scopes]
    keys = {"group": np.repeat(np.asarray(groups), len(names)), "item": names * len(groups)}
    table = pd.DataFrame(keys | {name: values.T.ravel() for name, values in numbers.items()})
    return table.assign(level=level)


def _ranked(table: pd.DataFrame, settings: Totals) -> pd.DataFrame:
    """With ``rank`` among those of the same level and item, the most first, and ``tied``."""
    ranked = table.assign(shown=shown(table, settings))
    same = ranked.groupby(["level", "item"], sort=False)["shown"]
    others = ranked.groupby(["level", "item", "shown"], sort=False)["units"].transform("size") - 1
    rank = same.rank(method=settings.ranks, ascending=False)
    return ranked.assign(rank=rank, tied=others.where(rank.notna(), 0))


def _added(values: Shares, rows: list[int]) -> Shares:
    """The sum of some rows for each unit, the smallest first.

    So it depends neither on the order of the rows nor on the other units.
    """
    total = np.zeros(values.shape[1])
    for row in np.sort(values[rows], axis=0):
        total += row
    return total


def _clean(values: Shares) -> Shares:
    """What is a decimal number but for the noise of floats, as that number: 0.1 + 0.2 as 0.3."""
    near = np.round(values, DECIMALS)
    noise = np.abs(values - near) <= _NOISE * np.maximum(1, np.abs(values))
    cleaned: Shares = np.where(noise, near, values)
    return cleaned
