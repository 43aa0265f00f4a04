"""An instrument's file, read and checked beyond the types of its fields."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from pathlib import Path
from typing import cast

from misbrug_analysis.model.anchors import sharing
from misbrug_analysis.model.answer_words import BLANK, STANDINGS, AnswerWords, Standing
from misbrug_analysis.model.errors import ParameterError, Phrase, Problem, hint, name_list
from misbrug_analysis.model.instrument import Instrument, Item, Kind
from misbrug_analysis.model.respondents import ROLE, respondents_misfits
from misbrug_analysis.model.succession import Succeeds, succession_misfits
from misbrug_analysis.model.totals import TOTAL
from misbrug_analysis.model.unfit import bad
from misbrug_analysis.model.yamlfile import Location, Misfit, dangling, read_model, repeated, tell


def load_instrument(folder: Path, instrument_id: str) -> Instrument:
    """Read ``<folder>/<instrument_id>.yaml``.

    Raises ParameterError for an unknown instrument and DefinitionError with every fault at its
    line: unknown fields, duplicate keys, and references to topics or items that do not exist.
    """
    valid = sorted(found.stem for found in folder.glob("*.yaml"))
    if instrument_id not in valid:
        values: dict[str, object] = {"kind": Phrase("the_instrument"), "name": instrument_id}
        values |= {"hint": hint(instrument_id, valid)}
        raise ParameterError([Problem("unknown_name", "", values | {"valid": name_list(valid)})])
    path = folder / f"{instrument_id}.yaml"
    read = read_model(path, Instrument, _misfits)
    if read.succeeds is not None:
        tell(path, _version_misfits(folder, read, valid))
    return read


def _version_misfits(folder: Path, newest: Instrument, known: list[str]) -> Iterator[Misfit]:
    """What is wrong with the version before, where it is not there or comes after itself."""
    assert newest.succeeds is not None
    at, before = ("succeeds", "instrument"), newest.succeeds.instrument
    if before not in known or before == newest.id:
        yield dangling(at, "instrument", before, [name for name in known if name != newest.id])
        return
    seen = {newest.id}
    step: Succeeds | None = newest.succeeds
    while step is not None and step.instrument in known:
        if step.instrument in seen:
            words = Phrase("succeeds_itself"), Phrase("an_older_version")
            yield Misfit(at, "bad_value", bad("instrument", *words, before))
            return
        seen.add(step.instrument)
        step = read_model(folder / f"{step.instrument}.yaml", Instrument).succeeds
    yield from succession_misfits(newest, read_model(folder / f"{before}.yaml", Instrument))


def _misfits(instrument: Instrument) -> Iterator[Misfit]:
    topics = [topic.id for topic in instrument.topics]
    assessed = [topic.id for topic in instrument.assessed_topics]
    indicators = instrument.indicator_ids
    yield from _sharing(instrument)
    yield from repeated(("topics",), Phrase("topic"), topics)
    yield from repeated(("items",), Phrase("item"), [item.id for item in instrument.items])
    for index, item in enumerate(instrument.items):
        if item.id in topics:  # scores name topics and indicators in one column
            yield Misfit(("items", index), "repeated", {"name": "id", "value": item.id})
    for index, item in enumerate(instrument.items):
        valid = assessed if item.kind is Kind.INDICATOR else topics
        if item.topic not in valid:
            yield dangling(("items", index, "topic"), "topic", item.topic, valid)
        for place, served in enumerate(item.serves):
            if served not in indicators:
                yield dangling(("items", index, "serves", place), "serves", served, indicators)
        yield from _kind_misfits(index, item)
    yield from _topic_misfits(instrument)
    if not indicators:
        words = Phrase("no_indicator"), Phrase("an_indicator")
        yield Misfit(("items",), "bad_value", bad("items", *words))
    yield from _answer_misfits(instrument)
    if instrument.respondents is not None:
        yield from respondents_misfits(instrument.respondents)


def _sharing(instrument: Instrument) -> Iterator[Misfit]:
    """Chapters, topics and items whose rows or pages could not be told apart."""
    named: list[tuple[Location, str]] = [
        *((("chapters", at), one.id) for at, one in enumerate(instrument.chapters)),
        *((("topics", at), one.id) for at, one in enumerate(instrument.topics)),
        *((("items", at), one.id) for at, one in enumerate(instrument.items)),
    ]
    for where, name in named:
        if name in (ROLE, TOTAL):
            values = bad("id", Phrase("taken"), Phrase("another_name"), name)
            yield Misfit(where, "bad_value", values)
    yield from sharing(named)


def _topic_misfits(instrument: Instrument) -> Iterator[Misfit]:
    chapters = [chapter.id for chapter in instrument.chapters]
    asked = {item.topic for item in instrument.items}
    others = {*(topic.id for topic in instrument.topics), *(item.id for item in instrument.items)}
    yield from repeated(("chapters",), Phrase("chapter"), chapters)
    for index, name in enumerate(chapters):
        if name in others:  # totals name all of them in one column
            yield Misfit(("chapters", index), "repeated", {"name": "id", "value": name})
    for index, topic in enumerate(instrument.topics):
        if not topic.assessed and topic.addressed_to is None:
            words = Phrase("no_addressee"), Phrase("an_addressee")
            yield Misfit(("topics", index), "bad_value", bad(topic.id, *words))
        if topic.assessed and topic.id not in asked:
            words = Phrase("topic_unasked"), Phrase("a_question_or_not_assessed")
            yield Misfit(("topics", index), "bad_value", bad(topic.id, *words))
        if topic.chapter is not None and topic.chapter not in chapters:
            yield dangling(("topics", index, "chapter"), "chapter", topic.chapter, chapters)
    for index, chapter in enumerate(instrument.chapters):
        before = chapters[:index]  # so that none lies within itself
        if chapter.within is not None and chapter.within not in before:
            yield dangling(("chapters", index, "within"), "within", chapter.within, before)


def _answer_misfits(instrument: Instrument) -> Iterator[Misfit]:
    yield from _ambiguous(instrument)
    for code, answer in instrument.answers.items():
        if answer.counts_as is None and code not in STANDINGS:
            words = Phrase("counts_as_nothing"), Phrase("one_of_standings")
            yield Misfit(("answers", code), "bad_value", bad("counts_as", *words))
            return
    if BLANK in instrument.answers:
        values = bad(BLANK, Phrase("taken"), Phrase("another_name"), BLANK)
        yield Misfit(("answers", BLANK), "bad_value", values)
    for code in sorted(instrument.answers.keys() & instrument.missing.keys()):
        yield Misfit(("missing", code), "repeated", {"name": "id", "value": code})
    given = [instrument.points.get(code, -1.0) for code in STANDINGS]
    if given != sorted(given, reverse=True) or given[-1] < 0 or not 0 < given[0] < inf:
        words = Phrase("points_order"), Phrase("points_such_as")
        yield Misfit(("points",), "bad_value", bad("points", *words))
        return
    codes = list(instrument.answers)
    places = [STANDINGS.index(cast(Standing, instrument.standings[code])) for code in codes]
    earned = [instrument.points_of[code] for code in codes]
    ordered = places == sorted(places) and earned == sorted(earned, reverse=True)
    if not ordered or instrument.best_points <= 0:
        words = Phrase("answers_order"), Phrase("answers_such_as")
        yield Misfit(("answers",), "bad_value", bad("answers", *words))


def _kind_misfits(index: int, item: Item) -> Iterator[Misfit]:
    at = ("items", index)
    if (item.kind is Kind.SUPPLEMENTARY) != bool(item.serves):
        words = Phrase("who_serves"), Phrase("serves_indicators")
        yield Misfit(at, "bad_value", bad(item.id, *words))
    if item.kind is not Kind.DESCRIPTIVE and item.type != "yes_no":
        detail = Phrase("scored_type", {"kind": item.kind})
        yield Misfit(at, "bad_value", bad(item.id, detail, "type: yes_no"))
    numeric = (item.minimum, item.maximum, item.measure)
    if item.type != "number" and any(one is not None for one in numeric):
        yield Misfit(at, "bad_value", bad(item.id, Phrase("only_numbers"), "type: number"))
    if None not in numeric[:2] and item.minimum > item.maximum:  # type: ignore[operator]
        words = Phrase("limits_order"), Phrase("limits_such_as")
        yield Misfit(at, "bad_value", bad(item.id, *words))
    if (item.type in ("single", "multiple")) != bool(item.options):
        words = Phrase("who_has_options"), Phrase("options_or_type")
        yield Misfit(at, "bad_value", bad(item.id, *words))


def _ambiguous(instrument: Instrument) -> Iterator[Misfit]:
    """Words that stand for two answers, without case."""
    seen: dict[str, str] = {}
    for name in ("answers", "missing"):
        found: dict[str, AnswerWords] = getattr(instrument, name)
        for code, answer in found.items():
            for word in dict.fromkeys(answer.words()):
                first = seen.setdefault(word, code)
                if first != code:
                    told = {"name": word, "first": first, "second": code}
                    words = Phrase("stands_for_two", told), Phrase("each_word_once")
                    yield Misfit((name, code), "bad_value", bad(name, *words, word))
