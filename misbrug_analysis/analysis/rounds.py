"""Rounds put side by side: every round under the same variants, in the names of the newest one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from misbrug_analysis.analysis.sensitivity import Sensitivity
from misbrug_analysis.analysis.settling import Codes, by_topic
from misbrug_analysis.model.instrument import Instrument

SAID = ("yes", "partly", "no")
"""What a unit can have said to be compared."""

_Choice = tuple[object, ...]
"""What is chosen in a setting: of partly answers the rule and its quantile, which go together."""

_CHOICES = (["merge"], ["partly", "peer_quantile"], ["split"], ["adjudications"])


@dataclass(frozen=True)
class Settled:
    """A round settled by the newest round's rules and every variant of them.

    ``items`` and ``units`` lead from indicators and units as they are called in the newest round
    to what they are called in this one; only what both have is there. ``instrument`` is this
    round's. In the newest round everything is called what it is called.
    """

    id: str
    instrument: Instrument
    sensitivity: Sensitivity
    items: Mapping[str, str]
    units: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Common:
    """What all rounds have, in the newest round's names and order.

    - ``variants``: the ways to settle, as in ``Sensitivity``; 0 is the newest round's own.
    - ``units``: those whom every round asked.
    - ``indicators`` that every round has, and ``topics`` that are whole in every one.
    - ``said``: what is answered, as places in ``settling.ANSWERS``. The axes go over rounds,
      variants, units and items: first the indicators, then the topics.
    """

    variants: pd.DataFrame
    units: list[str]
    indicators: list[str]
    topics: list[str]
    said: Codes

    @property
    def items(self) -> list[str]:
        return [*self.indicators, *self.topics]


def compared_topics(instrument: Instrument, rounds: Sequence[Settled]) -> list[str]:
    """Assessed topics that rest on the same indicators in all rounds, and on nothing else."""
    return [
        topic.id
        for topic in instrument.assessed_topics
        if all(_is_whole(topic.id, instrument, then) for then in rounds)
    ]


def common_answers(instrument: Instrument, rounds: Sequence[Settled]) -> Common:
    """Every round's answers under every choice that makes a difference in any of them.

    ``rounds`` end with the newest one, whose ``instrument`` is given. Raises KeyError where a
    round leads to a unit or an indicator that it does not have.
    """
    variants = _all_variants([then.sensitivity.variants for then in rounds])
    indicators = [item for item in instrument.indicator_ids if all(item in r.items for r in rounds)]
    units = [unit for unit in rounds[-1].units if all(unit in r.units for r in rounds)]
    topics = compared_topics(instrument, rounds)
    said = np.stack([_said(then, variants, units, indicators) for then in rounds])
    topic = [instrument.item(item).topic for item in indicators]
    within = [place for place, one in enumerate(topic) if one in topics]
    number = np.array([topics.index(topic[place]) for place in within], dtype=np.int64)
    whole = by_topic(said[..., within], number)
    said = np.concatenate([said, whole], axis=-1)
    return Common(variants, units, indicators, topics, said)


def _is_whole(topic: str, now: Instrument, then: Settled) -> bool:
    """Whether a topic's indicators are all those of one topic then."""
    indicators = [item.id for item in now.indicators_of(topic)]
    if not indicators or not all(item in then.items for item in indicators):
        return False
    before = {then.items[item] for item in indicators}
    of_topics = {then.instrument.item(item).topic for item in before}
    return len(of_topics) == 1 and before == {
        item.id for item in then.instrument.indicators_of(of_topics.pop())
    }


def _said(
    then: Settled, variants: pd.DataFrame, units: Sequence[str], indicators: Sequence[str]
) -> Codes:
    """A round's answers: the axes go over ``variants``, ``units`` and ``indicators``."""
    found = then.sensitivity
    unit_at = {unit: at for at, unit in enumerate(found.units)}
    item_at = {item: at for at, item in enumerate(then.instrument.indicator_ids)}
    unit = [unit_at[then.units[unit]] for unit in units]
    item = [item_at[then.items[item]] for item in indicators]
    places = np.array(_own_numbers(variants, found.variants), dtype=np.int64)
    # what comes to the same in the round is picked out once, and then repeated
    needed, which = np.unique(places, return_inverse=True)
    picked: Codes = found.codes[np.ix_(needed, _places(unit), _places(item))]
    return picked[which]


def _places(numbers: list[int]) -> Any:
    return np.array(numbers, dtype=np.int64)


def _all_variants(several: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Every combination of what any round chooses among; the newest round's own first.

    A choice that makes a difference in one round is tried with those that do in another.
    """
    newest_first = pd.concat([*reversed(several)], ignore_index=True)
    rows = product(*(_choices(newest_first, setting) for setting in _CHOICES))
    table = pd.DataFrame([sum(row, ()) for row in rows], columns=newest_first.columns)
    return table.astype(newest_first.dtypes.to_dict()).rename_axis("variant")


def _own_numbers(variants: pd.DataFrame, own: pd.DataFrame) -> list[int]:
    """For every common variant the one of a round that comes to the same.

    A choice that a round leaves out comes to the same there as one it has.
    """
    numbers = {key: number for number, key in enumerate(_keys(own))}
    choices = [_choices(own, setting) for setting in _CHOICES]
    return [
        numbers[tuple(_nearest(one, at) for one, at in zip(key, choices, strict=True))]
        for key in _keys(variants)
    ]


def _keys(variants: pd.DataFrame) -> list[tuple[_Choice, ...]]:
    return list(zip(*(_chosen(variants, setting) for setting in _CHOICES), strict=True))


def _choices(variants: pd.DataFrame, setting: list[str]) -> list[_Choice]:
    return list(dict.fromkeys(_chosen(variants, setting)))


def _chosen(variants: pd.DataFrame, setting: list[str]) -> list[_Choice]:
    """What every variant chooses in a setting; no quantile is None, which equals itself."""
    table = variants[setting].astype(object)
    rows = table.where(table.notna(), None).itertuples(index=False, name=None)
    return list(rows)


def _nearest(wanted: _Choice, choices: Sequence[_Choice]) -> _Choice:
    """What a choice comes to in a round that leaves it out (``variants.variants_of`` says when)."""
    instead: dict[object, _Choice] = {"majority": ("no",), "judge": ("as_no", None)}
    possible = (wanted, instead.get(wanted[0], wanted))
    return next((one for one in possible if one in choices), choices[0])
