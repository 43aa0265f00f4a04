"""Earlier rounds that a study is compared with: declared in its ``study.yaml``, matched by name.

A question is the same in two rounds where both instruments ask it under one number and in the same
words, or where the study says so; a unit is the same where it has the same id, or where the study
says so. Nothing is matched by likeness.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from misbrug_analysis.model.basics import ItemId, MaskedText, Slug
from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.succession import Succession
from misbrug_analysis.model.unfit import bad
from misbrug_analysis.model.yamlfile import Location, Misfit, Model, dangling, repeated, tell

if TYPE_CHECKING:
    from misbrug_analysis.model.instrument import Instrument, Item
    from misbrug_analysis.model.organisation import Organisation
    from misbrug_analysis.model.settings import StudyFile
    from misbrug_analysis.model.study import Study


class NotCompared(Model):
    """An indicator that is not to be compared with an earlier round, and why."""

    item: ItemId
    reason: MaskedText


class Earlier(Model):
    """An entry of ``earlier``: a study that came before, and what was called otherwise in it.

    ``items`` and ``units`` lead from what is called so now to what it was called then.
    """

    study: Slug
    items: dict[ItemId, ItemId] = {}
    not_compared: list[NotCompared] = []
    units: dict[Slug, Slug] = {}


@dataclass(frozen=True)
class EarlierRound:
    """An earlier study as loaded, with its indicators and units by what they are called now.

    Only what was asked, and who was asked, in both rounds has a name in ``items`` and ``units``;
    ``reasons`` are those of indicators that the newer study sets aside, by language; ``through``
    are the instruments that say what questions were called in the version before.
    """

    study: Study
    items: Mapping[str, str]
    units: Mapping[str, str]
    reasons: Mapping[str, Mapping[str, str]]
    through: tuple[str, ...] = ()


def load_earlier(
    file: StudyFile,
    path: Path,
    known: list[str],
    instrument: Instrument,
    organisation: Organisation,
    load: Callable[[str], Study],
    since: Callable[[str], Succession] = lambda _: Succession(),
) -> tuple[EarlierRound, ...]:
    """The earlier rounds of the study whose file stands at ``path``, the oldest first.

    ``known`` are the studies there are and ``load`` reads one of them; ``since`` says what the
    instruments say of an older one. What the study's own entries say comes first. Raises
    DefinitionError with every fault at its line: unknown studies, questions and units, rounds that
    are not in order, and questions of two instruments that no one has said to be the same.
    """
    if not file.earlier:
        return ()
    tell(path, _name_misfits(file, known))
    studies = [load(entry.study) for entry in file.earlier]
    tell(path, _order_misfits(file, studies))
    rounds, misfits = [], []
    for index, (entry, then) in enumerate(zip(file.earlier, studies, strict=True)):
        at: Location = ("earlier", index)
        versions = since(then.instrument.id)
        renamed = _renamed(entry, versions)
        new = versions.new - set(entry.items)
        misfits += [
            *_item_misfits(at, entry, instrument, then, {**renamed, **dict.fromkeys(new, "")}),
            *_unit_misfits(at, entry, organisation.unit_ids, then.organisation.unit_ids),
        ]
        aside = {one.item: one.reason for one in entry.not_compared}
        asked = [item for item in instrument.indicator_ids if item not in {*aside, *new}]
        items = _matched(asked, then.instrument.indicator_ids, renamed)
        units = _matched(organisation.unit_ids, then.organisation.unit_ids, entry.units)
        rounds.append(EarlierRound(then, items, units, aside, versions.through))
    tell(path, misfits)
    return tuple(rounds)


def _renamed(entry: Earlier, versions: Succession) -> dict[str, str]:
    """What indicators were called then, by the study and, where that says nothing, by versions."""
    aside = {one.item for one in entry.not_compared}
    free = {
        item: before
        for item, before in versions.items.items()
        if item not in aside and before not in entry.items.values()
    }
    return free | entry.items


def _matched(now: list[str], then: list[str], renamed: Mapping[str, str]) -> dict[str, str]:
    """What is called something in both rounds: by its name now, its name then."""
    named = {name: renamed.get(name, name) for name in now}
    return {name: before for name, before in named.items() if before in then}


def _name_misfits(file: StudyFile, known: list[str]) -> Iterator[Misfit]:
    names = [entry.study for entry in file.earlier]
    yield from repeated(("earlier",), Phrase("earlier_round"), names)
    for index, name in enumerate(names):
        at: Location = ("earlier", index, "study")
        if name == file.id:
            yield _bad(at, Phrase("before_itself"), Phrase("an_earlier_study"), name)
        elif name not in known:
            yield dangling(at, "study", name, [study for study in known if study != file.id])


def _order_misfits(file: StudyFile, studies: list[Study]) -> Iterator[Misfit]:
    """Rounds that do not come one after another, and one that calls this study earlier."""
    days = [study.settings.date for study in studies] + [file.date]
    for index, study in enumerate(studies):
        at: Location = ("earlier", index, "study")
        if file.id in [entry.study for entry in study.settings.earlier]:
            words = Phrase("before_each_other", {"study": study.id})
            yield _bad(at, words, Phrase("an_earlier_study"))
        elif days[index] >= days[index + 1]:
            told = {"study": study.id, "earlier": days[index], "later": days[index + 1]}
            yield _bad(at, Phrase("not_before", told), Phrase("oldest_first"))


def _item_misfits(
    at: Location, entry: Earlier, now: Instrument, then: Study, said: Mapping[str, str]
) -> Iterator[Misfit]:
    """What is wrong with an entry; indicators of which all is ``said`` need not be worded alike."""
    valid = {item.id: item for item in then.instrument.indicators}
    aside = [one.item for one in entry.not_compared]
    own, free = entry.items, [item for item in now.indicator_ids if item not in said]
    yield from _mapping_misfits((*at, "items"), own, now.indicator_ids, list(valid), free)
    yield from repeated((*at, "not_compared"), Phrase("the_indicator"), aside)
    for place, name in enumerate(aside):
        where: Location = (*at, "not_compared", place, "item")
        if name not in now.indicator_ids:
            yield dangling(where, "item", name, now.indicator_ids)
        elif name in entry.items:
            yield _bad(where, Phrase("mapped_and_aside"), Phrase("mapped_or_aside"), name)
    same = now.id == then.instrument.id
    for item in now.indicators:
        before = valid.get(item.id)
        if same or before is None or item.id in (*said, *aside):
            continue
        if not _same_words(item, before):
            words = Phrase("reworded", {"item": item.id}), Phrase("mapped_or_set_aside")
            yield _bad(at, *words)


def _unit_misfits(
    at: Location, entry: Earlier, now: list[str], then: list[str]
) -> Iterator[Misfit]:
    free = [unit for unit in now if unit not in entry.units]
    yield from _mapping_misfits((*at, "units"), entry.units, now, then, free)


def _mapping_misfits(
    at: Location, mapping: Mapping[str, str], now: list[str], then: list[str], free: list[str]
) -> Iterator[Misfit]:
    """Names that are unknown, and one of then that stands for two of now.

    What is ``free`` was called then as it is now.
    """
    field = str(at[-1])
    taken: dict[str, str] = {}
    for name, before in mapping.items():
        if name not in now:
            yield dangling((*at, name), field, name, now)
        if before not in then:
            yield dangling((*at, name), field, before, then)
        kept = before in free and before != name
        other = taken.get(before) or (before if kept else None)
        if other:
            values = {"name": before, "first": other, "second": name}
            yield _bad((*at, name), Phrase("stands_for_two", values), Phrase("one_name_each"))
        taken.setdefault(before, name)


def _same_words(one: Item, other: Item) -> bool:
    """Whether two questions read the same in every language that both are asked in."""
    shared = one.text.keys() & other.text.keys()
    return bool(shared) and all(one.text[code] == other.text[code] for code in shared)


def _bad(at: Location, detail: Phrase, expected: Phrase, given: object = None) -> Misfit:
    return Misfit(at, "bad_value", bad("", detail, expected, given) | {"name": at})
