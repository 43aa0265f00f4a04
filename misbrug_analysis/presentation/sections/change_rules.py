"""How much of a change the rules alone could make, and rules that differ between rounds."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.analysis.uncompared import other_rules, resettled
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.change_wording import signed
from misbrug_analysis.presentation.rounds import Rounds

SETTINGS = ("partly", "min_peers", "peer_quantile", "split", "absent", "missing", "codes")
"""The settings of the rules, in the order in which those that differ are told."""


def rules_in_short(rounds: Rounds, changes: pd.DataFrame) -> list[str]:
    """How many of the changes other rules alone could have made, as a sentence."""
    language = rounds.report.language
    if len(rounds.comparison.variants) == 1:
        return [language.text("changes.rules.one_way")]
    moved = changes[changes["change"] != 0]
    if moved.empty:
        return []
    within = moved[moved["change"].abs() <= moved["rules_alone"]]
    if within.empty:
        return [language.text("changes.rules.none")]
    if len(within) == len(moved):
        return [language.text("changes.rules.only" if len(moved) == 1 else "changes.rules.every")]
    numbers = {"n": language.numeral(len(within)), "total": language.numeral(len(moved))}
    items = language.join([str(item) for item in within.index])
    return [language.text("changes.rules.some", items=items, **numbers)]


def changes_rules(rounds: Rounds) -> list[Block]:
    """Every change beside what other rules would give, then the rules that were others before."""
    language, changes = rounds.report.language, rounds.changes().loc[rounds.counted]
    if changes.empty:
        return []
    heading = Heading(language.text("changes.rules.heading"), 2, "rules")
    ways = len(rounds.comparison.variants)
    if ways == 1:
        blocks: list[Block] = [Paragraphs([language.text("changes.rules.one_way")])]
    else:
        said = language.text(
            "changes.rules.ways", ways=language.numeral(ways), when=rounds.when(rounds.last)
        )
        moved = changes[changes["change"] != 0]
        short = rules_in_short(rounds, changes) or [language.text("changes.rules.unmoved")]
        blocks = [Paragraphs([" ".join([said, *short])])]
        if len(moved):
            blocks += _beside(rounds, moved)
    for place in range(rounds.last):
        blocks += _different(rounds, place)
    return [heading, *blocks]


def _beside(rounds: Rounds, moved: pd.DataFrame) -> list[Block]:
    report, language = rounds.report, rounds.report.language
    rows: list[list[Cell]] = []
    for item, change in moved.to_dict("index").items():
        alone = int(change["rules_alone"])
        up_to = language.text("changes.rules.up_to", n=language.number(alone))
        verdict = "within" if abs(change["change"]) <= alone else "beyond"
        rows.append(
            [
                report.item_label(str(item)),
                signed(language, int(change["change"])),
                _range(rounds, int(change["low"]), int(change["high"])),
                up_to if alone else language.text("changes.rules.nothing"),
                language.text(f"changes.rules.{verdict}"),
            ]
        )
    names = {name: language.text(f"changes.rules.{name}") for name in ("variants", "alone")}
    columns = [
        Column(language.text("table.indicator")),
        Column(language.text("changes.rules.change"), "number"),
        *(Column(name, "number") for name in names.values()),
        Column(language.text("changes.rules.verdict")),
    ]
    title = language.text("changes.rules.table")
    table = Table(title, columns, rows, anchor="change-rules", stacked=True)
    return [table, Paragraphs([language.text("changes.rules.reads", **names)], kind="note")]


def _range(rounds: Rounds, low: int, high: int) -> str:
    """``+1 til +3``; only one where they are the same."""
    language = rounds.report.language
    ends = {"fewest": signed(language, low), "most": signed(language, high)}
    return ends["most"] if low == high else language.text("changes.rules.from_to", **ends)


def _different(rounds: Rounds, place: int) -> list[Block]:
    """The settings of a round that are others now, and what that makes of its counts."""
    report, language, then = rounds.report, rounds.report.language, rounds.earlier[place].study
    settings = other_rules(report.study.rules, then.rules)
    if not settings:
        return []
    when, now = rounds.when(place), rounds.when(rounds.last)
    told = [
        language.text(
            "changes.rules.setting",
            setting=language.text(f"changes.rules.settings.{name}"),
            then=_value(rounds, before, "then", then.instrument),
            value=_value(rounds, after, "now", report.study.instrument),
            When=language.capitalise(when),
            Now=language.capitalise(now),
        )
        for name, (before, after) in ((one, settings[one]) for one in SETTINGS if one in settings)
    ]
    return [
        Heading(language.text("changes.rules.differs", when=when), 3, f"other-rules-{place + 1}"),
        Paragraphs([language.text("changes.rules.told", when=when, now=now)]),
        Bullets(told),
        *_resettled(rounds, place, when, now),
    ]


def _value(rounds: Rounds, value: object, tense: str, instrument: Instrument) -> str:
    """What a setting makes of answers, ``then`` or ``now``, as it stands behind when that was."""
    language, key = rounds.report.language, f"changes.rules.{tense}"
    if isinstance(value, dict):
        codes = [_code(rounds, code, way, instrument) for code, way in value.items()]
        return language.text(
            f"{key}.codes" if codes else f"{key}.codes_none", codes="; ".join(codes)
        )
    if isinstance(value, float):
        return language.text(f"{key}.percentile", percent=language.percent(value))
    if isinstance(value, int):
        return language.text(f"{key}.number", n=language.number(value))
    return language.text(f"{key}.{value}")


def _code(rounds: Rounds, code: str, way: str, instrument: Instrument) -> str:
    label = rounds.report.say(instrument.missing[code].label)
    return rounds.report.language.text(f"changes.rules.code.{way}", label=label)


def _resettled(rounds: Rounds, place: int, when: str, now: str) -> list[Block]:
    language, then = rounds.report.language, rounds.earlier[place].study
    level = then.organisation.largest.id
    counts = resettled(rounds.results[place].scores, rounds.settled[place], level)
    if counts.empty:
        return [Paragraphs([language.text("changes.rules.same_counts", when=when)])]
    labels = _labels_then(rounds, place)
    rows: list[list[Cell]] = [
        [
            labels[row["item"]],
            language.of(row["yes"], row["n"]),
            language.of(row["yes_now"], row["n_now"]),
        ]
        for row in counts.to_dict("records")
        if row["item"] in labels
    ]
    columns = [
        Column(language.text("table.indicator")),
        Column(language.text("changes.rules.as_published"), "number"),
        Column(language.text("changes.rules.as_here"), "number"),
    ]
    title = language.text("changes.rules.resettled", when=when, now=now)
    return [Table(title, columns, rows, anchor=f"resettled-{place + 1}")]


def _labels_then(rounds: Rounds, place: int) -> dict[str, str]:
    """What indicators and topics are called in a round before, in the order of its instrument."""
    report, instrument = rounds.report, rounds.earlier[place].study.instrument
    labels = {
        item.id: f"{item.id} {report.say(item.label or item.text)}"
        for item in instrument.indicators
    }
    return labels | {topic.id: report.topic_label(topic) for topic in instrument.topics}
