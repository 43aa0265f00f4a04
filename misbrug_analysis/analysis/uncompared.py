"""What rounds cannot be compared in, and what another round's rules make of its counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from misbrug_analysis.analysis.rounds import Settled, compared_topics
from misbrug_analysis.analysis.settling import ABSENT
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.settings import Rules

_COUNTED = ["yes", "partly", "n"]


def uncompared_items(
    instrument: Instrument, rounds: Sequence[Settled], aside: Sequence[Collection[str]]
) -> pd.DataFrame:
    """Indicators and whole topics that some round has no counterpart of: ``item, round, why``.

    ``rounds`` are the earlier ones with their places, ``aside`` what the newest round sets aside
    for each. ``why`` is ``new`` (was not asked then), ``gone`` (is asked no more; ``item`` is then
    what that round calls it), ``aside``, or ``topic`` (rests on other indicators then).
    """
    rows: list[tuple[str, int, str]] = []
    for place, (then, set_aside) in enumerate(zip(rounds, aside, strict=True)):
        for item in instrument.indicator_ids:
            if item not in then.items:
                rows.append((item, place, "aside" if item in set_aside else "new"))
        known = {*then.items.values(), *set_aside}
        rows += [
            (item, place, "gone") for item in then.instrument.indicator_ids if item not in known
        ]
        whole = compared_topics(instrument, [then])
        rows += [
            (topic.id, place, "topic")
            for topic in instrument.assessed_topics
            if topic.id not in whole
            and any(item.id in then.items for item in instrument.indicators_of(topic.id))
        ]
    return pd.DataFrame(rows, columns=["item", "round", "why"])


def uncompared_units(units: Sequence[str], rounds: Sequence[Settled]) -> pd.DataFrame:
    """Units that some round has no answers of: ``unit, round, why``.

    ``units`` are those of the newest round, which is the last of ``rounds``. ``why`` is ``new``
    (was not asked then), ``gone`` (is asked no more; ``unit`` is then what that round calls it) or
    ``absent`` (was asked and sent nothing).
    """
    rows: list[tuple[str, int, str]] = []
    for place, then in enumerate(rounds):
        asked = then.sensitivity.units
        answered = set(asked[(then.sensitivity.codes[0] != ABSENT).any(axis=1)])
        for unit in units:
            if unit not in then.units:
                rows.append((unit, place, "new"))
            elif then.units[unit] not in answered:
                rows.append((unit, place, "absent"))
        known = set(then.units.values())
        rows += [(unit, place, "gone") for unit in asked if unit not in known]
    return pd.DataFrame(rows, columns=["unit", "round", "why"])


def other_rules(rules: Rules, then: Rules) -> dict[str, tuple[object, object]]:
    """The settings of two rounds that differ, by their names: what was set then, and now."""
    before, now = then.model_dump(), rules.model_dump()
    return {name: (before[name], now[name]) for name in now if before[name] != now[name]}


def resettled(published: pd.DataFrame, settled: Settled, level: str) -> pd.DataFrame:
    """What the newest round's rules make of the counts that an earlier round published.

    ``published`` are the scores of that round and ``level`` its largest one. Returns ``item`` (as
    that round calls it), ``yes, partly, n`` as published and ``yes_now, partly_now, n_now``, for
    indicators and topics where any of them differs; counts of all who were asked then.
    """
    own = settled.sensitivity.scores_under(0)
    then, now = (
        scores[scores["level"] == level].groupby("item", sort=False)[_COUNTED].sum()
        for scores in (published, own)
    )
    table = then.join(now.add_suffix("_now"))
    same = [table[name] == table[f"{name}_now"] for name in _COUNTED]
    return table[~pd.concat(same, axis=1).all(axis=1)].reset_index()
