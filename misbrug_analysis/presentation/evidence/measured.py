"""Partly answers measured against others: share, threshold and peers in words."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from misbrug_analysis.presentation.addresses import answer_anchor
from misbrug_analysis.presentation.evidence.gathered import Gathered, Row
from misbrug_analysis.presentation.passages import linked

_MOST_NAMED = 6
"""More peers than these stand above the table only."""

_MOST_LISTED = 30
"""Of more peers than these it is said above the table how many they are."""

_LIMITS = {0.0: "lowest", 0.5: "median", 1.0: "highest"}


def measured(gathered: Gathered, form: Row) -> str:
    """How a form's partly answer was measured, in sentences; nothing where none was made of it."""
    language, rules = gathered.language, gathered.study.rules
    if form["said"] != "partly" or rules.partly != "judge":
        return ""
    if not isfinite(form["share"]):
        return language.text("evidence.no_share")
    share = language.percent(form["share"])
    if form["peers"] < rules.min_peers:
        least = language.numeral(rules.min_peers, "neuter")
        few = language.plural(
            "evidence.too_few",
            form["peers"],
            n=language.numeral(form["peers"], "neuter"),
            least=least,
        )
        own = language.text("evidence.share", share=share)
        return f"{own} {language.capitalise(few)}"
    return language.text(
        "evidence.measured",
        share=share,
        threshold=language.percent(form["threshold"]),
        limit=_limit(gathered),
        peers=_whom(gathered, form),
    )


def all_peers(gathered: Gathered, item: str) -> str:
    """The forms that partly answers to an indicator are measured against, each with its share.

    Nothing where no answer was measured.
    """
    language = gathered.language
    if gathered.study.rules.partly != "judge" or not gathered.measured.get(item):
        return ""
    peers = _in_order(gathered, item)
    if not peers:
        return language.text("evidence.no_peers")
    if len(peers) > _MOST_LISTED:
        n = language.number(len(peers))
        return language.text("evidence.peers_many", units=_units(gathered), n=n)
    named = [
        language.text(
            "evidence.peer",
            name=_name(gathered, peer, item),
            share=language.percent(peer["share"]),
        )
        for peer in peers
    ]
    return language.text("evidence.peers", units=_units(gathered), names=language.join(named))


def compared(gathered: Gathered, unit: str, item: str) -> list[Row]:
    """The forms of a unit that partly answers of *other* units were measured against."""
    if gathered.study.rules.partly != "judge" or not gathered.measured.get(item, set()) - {unit}:
        return []
    return [peer for peer in gathered.peers[(item,)] if peer["unit"] == unit]


def _whom(gathered: Gathered, form: Row) -> str:
    peers = [
        peer for peer in _in_order(gathered, form["indicator"]) if peer["unit"] != form["unit"]
    ]
    if len(peers) <= _MOST_NAMED:
        return gathered.language.join([_name(gathered, peer, form["indicator"]) for peer in peers])
    return gathered.language.text("evidence.those_above", n=gathered.language.number(len(peers)))


def _limit(gathered: Gathered) -> str:
    quantile = gathered.study.rules.peer_quantile
    key = _LIMITS.get(quantile, "quantile")
    return gathered.language.text(
        f"evidence.limit.{key}", share=gathered.language.percent(quantile)
    )


def _name(gathered: Gathered, peer: Row, item: str) -> str:
    """A peer, with the form where its unit sent several, as a way to its row."""
    unit = peer["unit"]
    name = gathered.naming.units[unit]
    if len(gathered.forms_sent[unit]) > 1:
        form = gathered.form(peer["form"])
        name = gathered.language.text("evidence.one_form", unit=name, form=form)
    return linked(name, f"#{answer_anchor(item, unit)}")


def _in_order(gathered: Gathered, item: str) -> Sequence[Row]:
    """The peers of an indicator in the order in which the study lists its units."""
    places = {unit: place for place, unit in enumerate(gathered.naming.units)}
    return sorted(gathered.peers[(item,)], key=lambda peer: places[peer["unit"]])


def _units(gathered: Gathered) -> str:
    return gathered.naming.say(gathered.study.organisation.unit_noun).many
