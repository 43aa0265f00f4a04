"""What several respondents of a unit say together, how far they agree, and gaps between roles."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from misbrug_analysis.analysis.respondents import LEFT_OPEN, MERGED, TOO_FEW
from misbrug_analysis.model.instrument import REMARK
from misbrug_analysis.model.tables import FATES, Results
from misbrug_analysis.model.totals import TOTAL
from misbrug_analysis.presentation.datasets.description import Dataset, Field
from misbrug_analysis.presentation.datasets.naming import Naming
from misbrug_analysis.presentation.respondents_view import (
    agreement_of,
    role_gaps_of,
    shown_answers,
)

_MEANS = ("role_n", "other_n", "role_mean", "other_mean", "gap")


def answers(naming: Naming, results: Results) -> Dataset | None:
    """One answer per unit, form and question, where several of a unit respond; else nothing.

    What any one of them said is in no table.
    """
    asked = naming.study.instrument.respondents
    if asked is None:
        return None
    found = shown_answers(naming.study, results)
    found = found[~found["item"].str.endswith(REMARK)].reset_index(drop=True)
    few = found["respondents"] < asked.smallest
    n = found["respondents"].astype("Int64").where(~few)
    make, counted = naming.field, (found["rule"] == "").tolist()
    fields = [
        make("study", readers=False),
        make("unit", "code", codes=naming.units, points_to=("units", "unit")),
        make("form", "code", codes=naming.forms),
        make("item", "code", codes=naming.items, points_to=("items", "item")),
        make("value", "code", "merged_value", codes=_answer_labels(naming), optional=True),
        make(
            "points", "number", "merged_points", measure="points", optional=True, decimals=_POINTS
        ),
        make("respondents", "integer", "merged_n", measure="people", optional=True),
        make(
            "rule",
            "code",
            "merged_rule",
            codes={rule: naming.rules[rule] for rule in (MERGED, LEFT_OPEN, TOO_FEW)},
            explained={
                rule: naming.text(f"form_rule.{rule}") for rule in (MERGED, LEFT_OPEN, TOO_FEW)
            },
            optional=True,
        ),
    ]
    table = naming.table(
        "answers",
        fields,
        ("unit", "form", "item"),
        found.assign(respondents=n),
        naming.own_words.units,
        not_applicable=dict.fromkeys(("value", "points", "rule"), counted),
        suppressed=dict.fromkeys(("value", "points", "respondents"), few.tolist()),
    )
    title = naming.text("merged.title")
    parts = [asked.merge, *(["partly"] if _can_be_partly(naming) else []), "persons"]
    about = " ".join(naming.text(f"merged.{part}", **_limits(naming)) for part in parts)
    return replace(table, title=naming.language.capitalise(title), about=about)


def ledger(naming: Naming, results: Results) -> Dataset | None:
    """How many cells met which fate, where several of a unit respond; else nothing.

    Which cells these are, and why, would tell who left what blank and who did not know.
    """
    if naming.study.instrument.respondents is None:
        return None
    counts = results.ledger["fate"].value_counts()
    fates = {fate: naming.language.text(f"ledger.{fate}") for fate in FATES}
    frame = pd.DataFrame({"fate": FATES, "cells": [int(counts.get(fate, 0)) for fate in FATES]})
    make = naming.field
    fields = [make("fate", "code", codes=fates), make("cells", "integer", "cells_counted")]
    return naming.table("ledger", fields, ("fate",), frame)


def agreement(naming: Naming, results: Results) -> Dataset | None:
    """Krippendorff's alpha of every unit and group, where several respondents answer."""
    if naming.study.instrument.respondents is None:
        return None
    found, make = agreement_of(naming.study, results), naming.field
    hidden = found["hidden"].tolist()
    fields = [
        make("level", "code", codes=naming.levels),
        make("group", "code", codes=naming.units | naming.all_groups, closed=False),
        make("measure", "code", "alpha_measure", codes={"ordinal": naming.text("ordinal")}),
        make("alpha", "number", optional=True, decimals=3),
        make("respondents", "integer", "alpha_n", measure="people", optional=True),
        make("items", "integer", "alpha_items", measure="questions", optional=True),
        _truth(naming, "all_equal"),
        _truth(naming, "hidden"),
    ]
    return naming.table(
        "agreement",
        fields,
        ("level", "group"),
        _with_truths(found, ["all_equal", "hidden"]),
        naming.own_words.units,
        suppressed=dict.fromkeys(("alpha", "respondents", "items"), hidden),
        shown={"group": naming.grouped(found["level"], found["group"])},
    )


def role_gaps(naming: Naming, results: Results) -> Dataset | None:
    """What each role says on average, and how far apart they are."""
    asked = naming.study.instrument.respondents
    if asked is None or len(asked.roles) < 2:
        return None
    found, make = role_gaps_of(naming.study, results), naming.field
    hidden = found["hidden"].tolist()
    roles = {role.id: naming.say(role.label) for role in asked.roles}
    items = naming.indicators | {TOTAL: naming.text("whole")}
    fields = [
        make("level", "code", codes=naming.levels),
        make("group", "code", codes=naming.units | naming.all_groups, closed=False),
        make("item", "code", "gap_item", codes=items),
        make("role", "code", "first_role", codes=roles),
        make("other", "code", "other_role", codes=roles),
        *(make(name, "integer", measure="people", optional=True) for name in _MEANS[:2]),
        *(
            make(name, "number", measure="points", optional=True, decimals=_POINTS)
            for name in _MEANS[2:]
        ),
        _truth(naming, "hidden"),
    ]
    return naming.table(
        "role_gaps",
        fields,
        ("level", "group", "item", "role", "other"),
        _with_truths(found, ["hidden"]),
        naming.own_words.units,
        suppressed=dict.fromkeys(_MEANS, hidden),
        shown={"group": naming.grouped(found["level"], found["group"])},
    )


_POINTS = 2
"""Decimals that readers see of points."""


def _answer_labels(naming: Naming) -> dict[str, str]:
    """Every code that an answer can have, with the instrument's label."""
    return {
        code: naming.say(answer.label) for code, answer in naming.study.instrument.answers.items()
    }


def _limits(naming: Naming) -> dict[str, str]:
    """What the rule by which answers are merged is told with."""
    asked, language = naming.study.instrument.respondents, naming.language
    assert asked is not None
    return {
        "yes_from": language.percent(asked.yes_from),
        "partly_from": language.percent(asked.partly_from),
        "best": language.number(naming.study.instrument.best_points),
        "smallest": language.number(asked.smallest),
    }


def _can_be_partly(naming: Naming) -> bool:
    """Whether a limit makes some merged answers count as partly."""
    asked = naming.study.instrument.respondents
    by_limits = asked is not None and asked.merge in ("mean", "median", "share")
    return by_limits and "partly" in naming.standings


def _truth(naming: Naming, name: str) -> Field:
    return naming.field(name, "boolean", codes=naming.true_false())


def _with_truths(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    words = {True: "true", False: "false"}
    return frame.assign(**{name: frame[name].map(words) for name in columns})
