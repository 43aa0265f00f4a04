"""From consolidated answers to counts, shares and bounds, per unit and per group.

Bounds follow Cochran (1977, ch. 13) and Manski: all who did not answer counted as no, then as yes.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from misbrug_analysis.analysis.counting import Places, degrees, topics_of, with_shares
from misbrug_analysis.analysis.settling import NOTHING, Codes, by_topic, coded, named
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.settings import Rules
from misbrug_analysis.model.tables import Row, checked


def topic_answers(consolidated: pd.DataFrame, instrument: Instrument, rules: Rules) -> pd.DataFrame:
    """Each unit's answer to each topic: one no is a no, else unanswered, else partly, else yes.

    Returns ``unit, item, answer, degree``; ``degree`` is the mean share of points (0 to 1) of the
    topic's indicators that the unit answered, missing when it answered none. Where the rules count
    who is absent or left an item blank as no or yes, the degree does too.
    """
    units, indicators, answers = _spread(consolidated)
    topic, topics = topics_of(indicators, instrument)
    return pd.DataFrame(
        {
            "unit": np.repeat(units, len(topics)),
            "item": np.tile(topics, len(units)),
            "answer": named(by_topic(answers, topic).ravel()),
            "degree": degrees(answers, topic, instrument, rules).ravel(),
        }
    )


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
    ``missing`` of the rules can count them into ``no`` (or ``yes``) and ``n``. Raises ValueError
    where a unit has no row for an indicator.
    """
    return checked("scores", tallied(consolidated, units, ["unit", *levels], instrument, rules))


def tallied(
    consolidated: pd.DataFrame,
    units: pd.DataFrame,
    levels: list[str],
    instrument: Instrument,
    rules: Rules,
) -> pd.DataFrame:
    """As ``score``, of the groups of ``levels`` alone, for a look at a few: it is not checked."""
    rows = consolidated[consolidated["unit"].isin(units["unit"])]
    asked, indicators, answers = _spread(rows)
    topic, topics = topics_of(indicators, instrument)
    groups = units.set_index("unit").loc[asked].reset_index()
    places = Places.of(groups, levels, indicators, topics)
    counts = with_shares(places.tally(answers, by_topic(answers, topic)), instrument, rules)
    return pd.concat([places.keys, counts], axis=1).assign(
        degree=places.means(degrees(answers, topic, instrument, rules)),
        study=str(consolidated["study"].iloc[0]) if len(consolidated) else "",
    )


def _spread(consolidated: pd.DataFrame) -> tuple[pd.Index, list[str], Codes]:
    """Units, indicators, and their answers with a row a unit and a column an indicator."""
    unit, units = pd.factorize(consolidated["unit"])
    indicator, indicators = pd.factorize(consolidated["indicator"])
    answers = np.full((len(units), len(indicators)), NOTHING, dtype=np.int8)
    answers[unit, indicator] = coded(consolidated["answer"])
    if len(consolidated) != answers.size or (answers == NOTHING).any():
        raise ValueError("a unit has no answer, or several, to an indicator")
    return units, list(indicators), answers


def count_bounds(row: Row, rules: Rules) -> tuple[int, int, int]:
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
