"""Totals of units and groups, and units compared by what the study says of them."""

from __future__ import annotations

from misbrug_analysis.model.tables import Results
from misbrug_analysis.model.totals import TOTAL, Totals
from misbrug_analysis.presentation.datasets.description import Dataset
from misbrug_analysis.presentation.datasets.naming import Naming
from misbrug_analysis.presentation.scored_view import comparisons_of, totals_of

_DECIMALS = 2
"""Of points where percent are shown first; else they have as many as the study says of points."""


def totals(naming: Naming, results: Results) -> Dataset | None:
    """Points, percentages and ranks, where the study adds points up."""
    settings = naming.study.settings.totals
    if settings is None:
        return None
    frame, make = totals_of(naming.study, results), naming.field
    points, percent = _decimals(settings)
    fields = [
        make("level", "code", codes=naming.levels),
        make("group", "code", codes=naming.units | naming.all_groups, closed=False),
        make("item", "code", "total_of", codes=_summed(naming)),
        make("points", "number", "total_points", measure="points", optional=True, decimals=points),
        make(
            "possible", "number", "total_possible", measure="points", optional=True, decimals=points
        ),
        make("share", "share", "total_share", optional=True, decimals=percent),
        make("answered", "integer", "total_answered", measure="questions"),
        make("asked", "integer", "total_asked", measure="questions"),
        make("units", "integer", "total_units", measure="units"),
        make(
            "rank", "number", "total_rank", optional=True, decimals=int(settings.ranks == "average")
        ),
        make("tied", "integer", "total_tied"),
    ]
    return naming.table(
        "totals",
        fields,
        ("level", "group", "item"),
        frame,
        naming.chosen_counts,
        naming.own_words.units,
        not_applicable={"tied": (frame["units"] == 0).tolist()},
        shown={"group": naming.grouped(frame["level"], frame["group"])},
    )


def comparisons(naming: Naming, results: Results) -> Dataset | None:
    """Counts by attributes of units, where the study compares by them."""
    compared = naming.study.settings.compare_by
    if not compared:
        return None
    found = comparisons_of(naming.study, results)
    frame, make = found.rename(columns={"level": "attribute", "group": "value"}), naming.field
    labels = {
        (one.attribute, value): naming.say(text)
        for one in compared
        for value, text in one.values.items()
    }
    pairs = list(zip(frame["attribute"], frame["value"], strict=True))
    shown = [labels.get(pair, pair[1]) for pair in pairs]
    counts = [
        make(name, "integer", f"count_{name}", measure="units")
        for name in ("yes", "partly", "no", "unanswered", "absent", "n")
    ]
    shares = [make(name, "share", optional=True) for name in ("share", "degree", "low", "high")]
    fields = [
        make("attribute", "code", codes={one.attribute: naming.say(one.label) for one in compared}),
        make("value", key="compared_value", optional=True),
        make("item", "code", "scored", codes=naming.scored),
        *counts,
        *shares,
    ]
    return naming.table(
        "comparisons",
        fields,
        ("attribute", "value", "item"),
        frame,
        naming.chosen_counts,
        naming.own_words.units,
        not_applicable={"degree": frame["item"].isin(naming.indicators).tolist()},
        shown={"value": shown},
    )


def _decimals(settings: Totals) -> tuple[int, int]:
    """Those that readers see of points and of percent."""
    in_points = settings.shown == "points"
    return (settings.decimals, 1) if in_points else (_DECIMALS, settings.decimals)


def _summed(naming: Naming) -> dict[str, str]:
    """What has a total with its label: topics, chapters and everything together."""
    instrument = naming.study.instrument
    chapters = {one.id: f"{one.id} {naming.say(one.title)}" for one in instrument.chapters}
    topics = {topic.id: naming.topics[topic.id] for topic in instrument.assessed_topics}
    return topics | chapters | {TOTAL: naming.text("whole")}
