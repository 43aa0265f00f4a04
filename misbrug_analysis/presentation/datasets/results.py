"""The five tables that a run makes (``model.tables``), described for those who use them.

What is answered to the questions that are not scored is counted here too, as pages count it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from misbrug_analysis.analysis.chosen_options import chosen_by_group
from misbrug_analysis.analysis.description import in_standings
from misbrug_analysis.analysis.disclosure import counted_by
from misbrug_analysis.intake.ledger import OF_SOME, REASONS
from misbrug_analysis.model.instrument import Item, Kind
from misbrug_analysis.model.tables import FATES, Results
from misbrug_analysis.presentation.datasets.description import Dataset, Field
from misbrug_analysis.presentation.datasets.naming import RESPONDENTS_RULES, Naming
from misbrug_analysis.presentation.respondents_view import countable

ITEMS, UNITS, GROUPS = ("items", "item"), ("units", "unit"), ("groups", "group")

FORM_RULES = (
    "adjudicated_form",
    "partly_undecided",
    "partly_below",
    "partly_on_par",
    "partly_set",
    "kept",
    *RESPONDENTS_RULES,
    "agreed",
    "unanswered",
)
"""The rules that can settle the answer of a single form."""

COMPARED = ("partly_undecided", "partly_below", "partly_on_par")
"""Those that measure a partly answer against other forms."""


def scores(naming: Naming, results: Results) -> Dataset:
    """Counts, shares and bounds of every item for every unit and group."""
    frame, make = results.scores, naming.field
    groups = naming.units | naming.all_groups
    counts = [
        make(
            name,
            "integer",
            f"count_{name}",
            measure="units",
            readers=name != "partly" or name in naming.standings,
        )
        for name in ("yes", "partly", "no", "unanswered", "absent", "n")
    ]
    fields = [
        _study(naming),
        make("level", "code", codes=naming.levels),
        make("group", "code", codes=groups, closed=False),
        make("item", "code", "scored", codes=naming.scored),
        *counts,
        make("share", "share", optional=True),
        make("degree", "share", optional=True),
        make("low", "share", optional=True),
        make("high", "share", optional=True),
    ]
    return naming.table(
        "scores",
        fields,
        ("level", "group", "item"),
        frame,
        naming.chosen_counts,
        naming.own_words.units,
        not_applicable={"degree": frame["item"].isin(naming.indicators).tolist()},
        shown={"group": naming.grouped(frame["level"], frame["group"])},
    )


def option_counts(naming: Naming, results: Results) -> Dataset | None:
    """How many of each group gave each answer to the questions that are not scored.

    They are units, or persons where several of a unit respond; few of these are not counted.
    """
    make, instrument = naming.field, naming.study.instrument
    asked = [item for item in instrument.items if item.kind is not Kind.INDICATOR]
    given = in_standings(results.answers, instrument)
    levels = [level.id for level in naming.study.organisation.levels]
    units = naming.study.organisation.frame().set_index("unit")[levels]
    rows = [row for item in asked for row in _option_rows(naming, results, given, units, item)]
    if not rows:
        return None
    frame = pd.DataFrame(rows)
    labels = dict(zip(frame["option"], frame["label"], strict=True))
    told = ("chose", "answered")
    if not frame["shown"].all():
        frame[list(told)] = frame[list(told)].astype("Int64").where(frame["shown"])
    persons = naming.study.instrument.respondents is not None
    measure = "people" if persons else "units"
    fields = [
        make("level", "code", codes=naming.levels),
        make("group", "code", codes=naming.all_groups, points_to=GROUPS),
        make("item", "code", codes=naming.items, points_to=ITEMS),
        make("option", "code", codes=labels, closed=False),
        *(make(name, "integer", measure=measure, optional=persons) for name in told),
    ]
    table = naming.table(
        "option_counts",
        fields,
        ("level", "group", "item", "option"),
        frame,
        naming.own_words.practice,
        naming.own_words.units,
        shown={
            "group": naming.grouped(frame["level"], frame["group"]),
            "option": frame["label"].tolist(),
        },
        suppressed=dict.fromkeys(told, (~frame["shown"]).tolist()) if persons else {},
    )
    return replace(table, about=naming.text("merged.option_counts")) if persons else table


def _option_rows(
    naming: Naming, results: Results, given: pd.DataFrame, units: pd.DataFrame, item: Item
) -> Iterator[dict[str, object]]:
    """How many of each group gave each answer to a question, and whether that is shown."""
    options = naming.choices(item)
    by = counted_by(naming.study.instrument)
    counts = chosen_by_group(given, item, list(options), units, by)
    shown = countable(naming.study, results, item.id)
    for option, label in options.items():
        for (level, group), counted in counts.items():
            yield {
                "level": level,
                "group": group,
                "item": item.id,
                "option": option,
                "label": label,
                "chose": counted.chose[option],
                "answered": counted.answered,
                "shown": (level, group) in shown,
            }


def consolidated(naming: Naming, results: Results) -> Dataset:
    """One answer per unit and indicator, with the rule that settled it."""
    frame, make = results.consolidated, naming.field
    fields = [
        _study(naming),
        _unit(naming),
        _indicator(naming),
        make("answer", "code", "joint_answer", codes=naming.answers),
        make("rule", "code", codes=naming.rules, explained=naming.rules_explained),
        make("inputs", optional=True),
    ]
    absent = (frame["answer"] == "absent").tolist()
    return naming.table(
        "consolidated",
        fields,
        ("unit", "indicator"),
        frame,
        naming.chosen_counts,
        naming.own_words.units,
        not_applicable={"inputs": absent},
    )


def form_answers(naming: Naming, results: Results) -> Dataset:
    """What each form says to each indicator after the rule on partly answers."""
    frame, make = results.form_answers, naming.field
    told = {rule: naming.text(f"form_rule.{rule}") for rule in FORM_RULES if rule in naming.rules}
    measures = "partly" in naming.standings
    fields = [
        _study(naming),
        _unit(naming),
        _form(naming),
        _indicator(naming),
        make("answer", "code", "form_answer", codes=naming.answers),
        make("rule", "code", codes={rule: naming.rules[rule] for rule in told}, explained=told),
        make("share", "share", "own_share", optional=True, readers=measures),
        make("threshold", "share", optional=True, readers=measures),
        make("peers", "integer", measure="forms", readers=measures),
    ]
    # A partly answer that a person settled was compared first.
    compared = frame["rule"].isin(COMPARED) | (frame["peers"] > 0)
    alone = (~compared).tolist()
    return naming.table(
        "form_answers",
        fields,
        ("unit", "form", "indicator"),
        frame,
        naming.chosen_counts,
        naming.own_words.units,
        not_applicable=dict.fromkeys(("share", "threshold", "peers"), alone),
    )


def answers(naming: Naming, results: Results) -> Dataset:
    """Every answer as it came in, one a row."""
    frame, make = results.answers, naming.field
    fields = [
        _study(naming),
        _unit(naming),
        _form(naming),
        make("respondent"),
        make("item", "code", codes=naming.items_and_remarks),
        make("value"),
        make("raw", optional=True),
        make("source"),
        make("locator"),
    ]
    items = {item.id: item for item in naming.study.instrument.items}
    words = {name: naming.words(item) for name, item in items.items()}
    pairs = zip(frame["item"], frame["value"], strict=True)
    shown = ["; ".join(_in_words(value, words.get(item, {}))) for item, value in pairs]
    key = ("unit", "form", "respondent", "item")
    own = naming.own_words
    return naming.table(
        "answers", fields, key, frame, own.remarks, own.units, shown={"value": shown}
    )


def ledger(naming: Naming, results: Results) -> Dataset:
    """Every cell of every form, with what happened to it."""
    make = naming.field
    fates = {fate: naming.language.text(f"ledger.{fate}") for fate in FATES}
    met = set(results.ledger["reason"])
    told = [reason for reason in REASONS if reason in met or reason not in OF_SOME]
    reasons = {reason: naming.text(f"reason.{reason}") for reason in told}
    fields = [
        make("source"),
        make("locator"),
        make("raw", key="cell", optional=True),
        make("fate", "code", codes=fates),
        make("reason", "code", codes=reasons, closed=False),
    ]
    own, key = naming.own_words, ("source", "locator")
    return naming.table("ledger", fields, key, results.ledger, own.remarks, own.units)


def _study(naming: Naming) -> Field:
    return naming.field("study", readers=False)


def _unit(naming: Naming) -> Field:
    return naming.field("unit", "code", codes=naming.units, points_to=UNITS)


def _form(naming: Naming) -> Field:
    return naming.field("form", "code", codes=naming.forms)


def _indicator(naming: Naming) -> Field:
    return naming.field("indicator", "code", codes=naming.indicators, points_to=ITEMS)


def _in_words(value: str, words: dict[str, str]) -> Iterator[str]:
    """The answer, or each of several chosen ones, in words; a text of one's own stays as it is."""
    chosen = value.split("; ") if words else [value]
    known = all(part in words for part in chosen)
    yield from (words[part] for part in chosen) if known else [value]
