"""Changes between two rounds as words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.rounds import Rounds

Change = Mapping[Any, Any]
"""A row of ``changes`` of a comparison."""

DIRECTIONS = ("more", "fewer", "same")


def direction(change: Change) -> str:
    """Whether more say yes, fewer, or as many."""
    if change["change"] > 0:
        return "more"
    return "fewer" if change["change"] < 0 else "same"


def is_turned(change: Change) -> bool:
    """Whether some came to say yes while others ceased to."""
    return bool(change["gained"] and change["lost"])


def signed(language: Language, number: int) -> str:
    """A change as a figure: ``+2``, ``−1``, ``0``."""
    if number == 0:
        return language.number(0)
    key = "changes.plus" if number > 0 else "changes.minus"
    return language.text(key, n=language.number(abs(number)))


def span(language: Language, change: Change, at: str = "") -> str:
    """``fra 1 til 3 af 4``, or ``2 af 4`` where it is the same; what is now is a link to ``at``."""
    before, after, n = (language.number(change[name]) for name in ("yes_before", "yes_after", "n"))
    now = linked(language.text("changes.still", after=after, n=n), at)
    if change["yes_before"] == change["yes_after"]:
        return now
    return language.text("changes.span", before=before, now=now)


def change_in_words(rounds: Rounds, item: str, change: Change | None = None) -> str:
    """How an item has changed since the round before, in the report's group, as a clause.

    ``to flere kommuner siger ja end i 2024 (fra 1 til 3 af 4)``.
    """
    report, language = rounds.report, rounds.report.language
    if change is None:
        table = rounds.changes()
        if item not in table.index:
            return language.text("changes.nothing_of_item")
        change = table.loc[item].to_dict()
    before = rounds.last - 1
    told = span(language, change, rounds.count_at(item))
    way = direction(change)
    moved = bool(change["gained"] or change["lost"])
    if not moved:
        return language.text("changes.kept", round=rounds.labels[before], span=told)
    gender, far = report.unit_noun.gender, abs(int(change["change"]))
    both = {name: language.numeral(int(change[name]), gender) for name in ("gained", "lost")}
    if way == "same":
        words = language.text("changes.same", when=rounds.when(before), span=told)
        return language.text("changes.turned_same", change=words, **both)
    words = language.plural(
        f"changes.{way}",
        far,
        n=language.numeral(far, gender),
        one=report.unit_noun.one,
        many=report.unit_noun.many,
        when=rounds.when(before),
        span=told,
    )
    return language.text("changes.turned", change=words, **both) if is_turned(change) else words


def told_short(rounds: Rounds, change: Change) -> str:
    """The change beside its row of a chart: ``to flere (fra 1 til 3 af 4)``."""
    language = rounds.report.language
    way = direction(change)
    key = "turned" if way == "same" and is_turned(change) else way
    n = language.numeral(abs(int(change["change"])), rounds.report.unit_noun.gender)
    return language.text(f"changes.told.{key}", n=n, span=span(language, change))


def directions(rounds: Rounds, changes: pd.DataFrame) -> str:
    """On how many indicators more say yes, fewer, and as many, as a sentence."""
    language, when, total = rounds.report.language, rounds.when(rounds.last - 1), len(changes)
    ways = [direction(row) for row in changes.to_dict("records")]
    counted = {way: ways.count(way) for way in DIRECTIONS if way in ways}
    told = {"total": language.numeral(total), "when": when}
    if len(counted) == 1:
        return language.plural(f"changes.direction.all.{ways[0]}", total, **told)
    parts = [
        language.text(
            f"changes.direction.{'next' if place else 'first'}.{way}",
            n=language.numeral(number),
            **({} if place else told),
        )
        for place, (way, number) in enumerate(counted.items())
    ]
    return f"{language.capitalise(language.join(parts))}."


def finding(rounds: Rounds, items: Sequence[str]) -> str:
    """What has changed in some indicators together: what a chart of them is called."""
    language, before = rounds.report.language, rounds.last - 1
    changes = rounds.changes().loc[list(items)]
    moved = changes[changes["change"] != 0]
    if len(moved) == 1:
        ((item, change),) = moved.iterrows()
        words = language.capitalise(change_in_words(rounds, str(item), change.to_dict()))
        name = rounds.report.item_name(str(item))
        return language.text("changes.finding.one", item=name, change=words)
    if len(moved):
        return _both_ways(rounds, changes)
    if changes["gained"].any():
        return language.text("changes.finding.turned", when=rounds.when(before))
    return language.text("changes.finding.kept", round=rounds.labels[before])


def _both_ways(rounds: Rounds, changes: pd.DataFrame) -> str:
    """On how many of some indicators more say yes, and fewer; what there is most of first."""
    language, total = rounds.report.language, len(changes)
    ways = [direction(row) for row in changes.to_dict("records")]
    first, second = sorted(("more", "fewer"), key=ways.count, reverse=True)
    n, rest = ways.count(first), ways.count(second)
    told = {
        "n": language.numeral(n),
        "rest": language.numeral(rest),
        "total": language.numeral(total),
        "when": rounds.when(rounds.last - 1),
    }
    if rest:
        return language.plural(f"changes.finding.both.{first}", n, **told)
    key = "some" if n < total else "pair" if total == 2 else "every"
    return language.text(f"changes.finding.{key}.{first}", **told)
