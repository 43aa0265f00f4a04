"""From consolidated answers to counts, shares and bounds, per unit and per group.

Bounds follow Cochran (1977, ch. 13) and Manski: all who did not answer counted as no, then as yes.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.settings import Rules
from misbrug_analysis.model.tables import checked

ANSWERS = ["yes", "partly", "no", "unanswered", "absent"]


def topic_answers(consolidated: pd.DataFrame, instrument: Instrument, rules: Rules) -> pd.DataFrame:
    """Each unit's answer to each topic: one no is a no, else unanswered, else partly, else yes.

    Returns ``unit, item, answer, degree``; ``degree`` is the mean share of points (0 to 1) of the
    topic's indicators that the unit answered, missing when it answered none. Where the rules count
    who is absent or left an item blank as no or yes, the degree does too.
    """
    topics = {item.id: item.topic for item in instrument.indicators}
    rows = consolidated.assign(
        item=consolidated["indicator"].map(topics),
        points=consolidated["answer"].map(_point_shares(instrument, rules)).astype("float64"),
    )
    grouped = rows.groupby(["unit", "item"], sort=False)
    has = {
        answer: (rows["answer"] == answer).groupby([rows["unit"], rows["item"]], sort=False).any()
        for answer in ANSWERS
    }
    settled = np.select(
        [has["absent"], has["no"], has["unanswered"], has["partly"]],
        ["absent", "no", "unanswered", "partly"],
        "yes",
    )
    table = grouped["points"].mean().rename("degree").to_frame()
    return table.assign(answer=settled).reset_index()


def score(
    consolidated: pd.DataFrame,
    units: pd.DataFrame,
    levels: list[str],
    instrument: Instrument,
    rules: Rules,
) -> pd.DataFrame:
    """Counts, share and bounds of every item at every level: the table ``scores``.

    ``units`` has a row a unit with its group in a column a level; ``levels`` are those columns.
    ``n`` counts the answers, ``share`` is points per answer; ``low`` and ``high`` are the share
    with everyone who is absent or left the item blank as no, then as yes. ``absent`` and
    ``missing`` of the rules can count them into ``no`` (or ``yes``) and ``n``.
    """
    topics = topic_answers(consolidated, instrument, rules)
    indicators = consolidated.rename(columns={"indicator": "item"})
    rows = pd.concat([indicators[["unit", "item", "answer"]], topics], ignore_index=True)
    rows = rows.merge(units[["unit", *levels]], on="unit")
    by_level = pd.concat(
        [
            rows.assign(level=level, group=rows[column])[
                ["level", "group", "item", "answer", "degree"]
            ]
            for level, column in [("unit", "unit"), *((name, name) for name in levels)]
        ],
        ignore_index=True,
    )
    key = ["level", "group", "item"]
    counts = (
        by_level.groupby([*key, "answer"], sort=False)
        .size()
        .unstack("answer", fill_value=0)
        .reindex(columns=ANSWERS, fill_value=0)
    )
    table = _with_shares(counts, instrument, rules)
    table["degree"] = by_level.groupby(key, sort=False)["degree"].mean()
    order = by_level[key].drop_duplicates()
    table = order.merge(table.reset_index(), on=key)
    study = str(consolidated["study"].iloc[0]) if len(consolidated) else ""
    return checked("scores", table.assign(study=study))


def _point_shares(instrument: Instrument, rules: Rules) -> dict[str, float]:
    """The share of the best points (0 to 1) that an answer earns; what does not count is left out.

    A blank or an absence that the rules count as no or yes earns what that answer earns.
    """
    shares: dict[str, float] = {
        answer: points / instrument.points["yes"] for answer, points in instrument.points.items()
    }
    counted = {"as_no": shares["no"], "as_yes": shares["yes"]}
    for setting, answer in ((rules.absent, "absent"), (rules.missing, "unanswered")):
        if setting in counted:
            shares[answer] = counted[setting]
    return shares


def count_bounds(row: pd.Series, rules: Rules) -> tuple[int, int, int]:
    """Fewest and most that can say yes in a row of ``scores``, and how many were asked.

    The fewest is with everyone who is absent or left the item blank as no, the most as yes,
    whichever way ``rules`` count them into the row.
    """
    counted = {"out": 0, "as_no": 0, "as_yes": 0}
    counted[rules.absent] += int(row["absent"])
    counted[rules.missing] += int(row["unanswered"])
    fewest = int(row["yes"]) - counted["as_yes"]
    missing = sum(counted.values())
    return fewest, fewest + missing, int(row["n"]) + counted["out"]


def _with_shares(counts: pd.DataFrame, instrument: Instrument, rules: Rules) -> pd.DataFrame:
    earns = pd.Series(_point_shares(instrument, Rules()))
    answered = counts[list(earns.index)]
    earned = (answered * earns).sum(axis=1)
    missing = counts["unanswered"] + counts["absent"]
    everyone = answered.sum(axis=1) + missing
    table = counts.copy()
    for setting, column in ((rules.absent, "absent"), (rules.missing, "unanswered")):
        if setting == "as_no":
            table["no"] = table["no"] + counts[column]
        elif setting == "as_yes":
            table["yes"] = table["yes"] + counts[column]
    counted = table[list(earns.index)]
    table["n"] = counted.sum(axis=1)
    table["share"] = ((counted * earns).sum(axis=1) / table["n"]).where(table["n"] > 0)
    table["low"] = ((earned + missing * earns["no"]) / everyone).where(everyone > 0)
    table["high"] = ((earned + missing * earns["yes"]) / everyone).where(everyone > 0)
    return table
