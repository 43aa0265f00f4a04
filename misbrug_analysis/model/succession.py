"""Versions of an instrument: which one came before, and what its questions were called there.

A question that keeps its number and its words needs no entry; ``succeeds`` names those that were
called or worded otherwise, and those that are new under a number that was another question's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from misbrug_analysis.model.basics import ItemId, Slug
from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.unfit import bad
from misbrug_analysis.model.yamlfile import Location, Misfit, Model, dangling, repeated

if TYPE_CHECKING:
    from misbrug_analysis.model.instrument import Instrument


class Succeeds(Model):
    """The instrument that came before: ``items`` lead from the number now to the number then.

    A question under ``new`` has a number that was another question's.
    """

    instrument: Slug
    items: dict[ItemId, ItemId] = {}
    new: list[ItemId] = []


@dataclass(frozen=True)
class Succession:
    """What an instrument says of an older one: the numbers then, and what was not asked then.

    ``through`` are the instruments that say so, the newest first.
    """

    items: Mapping[str, str] = field(default_factory=dict)
    new: frozenset[str] = frozenset()
    through: tuple[str, ...] = ()


def succession(instrument: Instrument, older: str, load: Callable[[str], Instrument]) -> Succession:
    """How the indicators of an instrument were called in an older one, from version to version.

    Nothing where the older one is none of its versions. ``load`` reads an instrument by its id.
    """
    called = {item: item for item in instrument.indicator_ids}
    said: set[str] = set()
    through: list[str] = []
    newer = instrument
    while newer.id != older:
        step = newer.succeeds
        if step is None:
            return Succession()
        through.append(newer.id)
        newer = load(step.instrument)
        said |= {item for item, name in called.items() if name in step.items}
        called = {
            item: before
            for item, name in called.items()
            if name not in step.new
            and (before := step.items.get(name, name)) in newer.indicator_ids
        }
    new = frozenset(set(instrument.indicator_ids) - set(called))
    items = {item: called[item] for item in sorted(said) if item in called}
    return Succession(items, new, tuple(through))


def succession_misfits(now: Instrument, then: Instrument) -> Iterator[Misfit]:
    """Questions that one of two versions does not have, and one of then that stands for two."""
    assert now.succeeds is not None
    at: Location = ("succeeds", "items")
    items, new = now.succeeds.items, now.succeeds.new
    before = [item.id for item in then.items]
    known = [item.id for item in now.items]
    taken: dict[str, str] = {}
    for name, old in items.items():
        valid = then.indicator_ids if name in now.indicator_ids else before
        if name not in known:
            yield dangling((*at, name), "items", name, known)
            continue
        if old not in valid:
            yield dangling((*at, name), "items", old, valid)
        kept = old if old in known and old not in (*items, *new) else None
        if other := taken.get(old) or kept:
            values = {"name": old, "first": other, "second": name}
            told = bad(Phrase("item"), Phrase("stands_for_two", values), Phrase("old_or_new"), old)
            yield Misfit((*at, name), "bad_value", told)
        taken.setdefault(old, name)
    yield from repeated(("succeeds", "new"), Phrase("item"), new)
    for place, name in enumerate(new):
        where: Location = ("succeeds", "new", place)
        if name not in known:
            yield dangling(where, "new", name, known)
        elif name in items:
            told = bad(name, Phrase("old_and_new"), Phrase("old_or_new"))
            yield Misfit(where, "bad_value", told)
