"""Which topics matter most, and how firm that order is when the criteria weigh otherwise.

Nobody can say how much each criterion ought to weigh, so all weightings on a grid are tried and
a topic gets an interval of ranks in place of a single one. The idea is that of OECD and JRC,
Handbook on Constructing Composite Indicators (2008), step 7, and of the rank intervals of the R
package COINr; a grid takes the place of their random draws, so that a run can be repeated.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import combinations, product

import numpy as np
import numpy.typing as npt
import pandas as pd

from misbrug_analysis.model.areas import HIGHEST, LOWEST, Areas
from misbrug_analysis.model.cooperation import Cooperation

STEP = 0.1
"""How far apart the weights on the grid are."""

TAIL = 0.1
"""The share of the weightings that the middle ones leave out at each end."""

TOLERANCE = 1e-9
"""Scores that differ by no more are a tie."""

Ranks = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]
"""What each criterion (column) gives each topic (row), of those that have them all."""


def first_count(areas: Areas, topics: int) -> int:
    """How many topics count as the first ones: as many as the study itself chose, else half."""
    return len(areas.published.topics) if areas.published else (topics + 1) // 2


def groups_wishing(cooperation: Cooperation | None, topics: list[str]) -> pd.Series[int]:
    """How many groups chose each topic, by topic; a group counts once."""
    areas = cooperation.focus_areas if cooperation else []
    chosen = Counter(topic for topic, _ in {(area.topic, area.group) for area in areas})
    return pd.Series([chosen[topic] for topic in topics], topics, dtype="int64", name="wishes")


def criterion_values(
    areas: Areas, scores: pd.DataFrame, wishing: pd.Series[int], groups: int
) -> pd.DataFrame:
    """What each criterion gives each topic, from 0 to 1: a row a topic, a column a criterion.

    ``scores`` are the rows of the table ``scores`` of one group; ``wishing`` has the topics as
    index and how many of the ``groups`` chose each. A gap is the share of those that count who do
    not meet the topic, missing where nobody counts; a rating r is (r − 1) / 4; wishes are the share
    of the groups.
    """
    topics = wishing.index
    counted = scores.set_index("item").loc[topics]
    gap = 1 - counted["yes"] / counted["n"].where(counted["n"] > 0)
    ratings = {rating.topic: rating.scores for rating in areas.ratings}
    columns = {}
    for criterion in areas.criteria:
        if criterion.source == "gap":
            columns[criterion.id] = gap
        elif criterion.source == "wishes":
            columns[criterion.id] = wishing / groups
        else:
            rated = pd.Series([ratings[topic][criterion.id] for topic in topics], topics)
            columns[criterion.id] = (rated - LOWEST) / (HIGHEST - LOWEST)
    return pd.DataFrame(columns, index=topics, dtype="float64")


@cache
def weightings(criteria: int, step: float = STEP) -> npt.NDArray[np.float64]:
    """Every way to share a weight of 1 between the criteria in whole steps, a row a weighting.

    Five criteria and steps of 0.1 make 1,001 of them. Raises ValueError for a step that does not
    go into 1 a whole number of times.
    """
    parts = round(1 / step) if step > 0 else 0
    if parts < 1 or abs(parts * step - 1) > TOLERANCE:
        raise ValueError(f"weights in steps of {step} do not add up to 1")
    # Each choice of places for the bars between the criteria leaves a number of steps to each.
    places = parts + criteria - 1
    choices = list(combinations(range(places), criteria - 1))
    bars = np.array(choices, dtype=np.int64).reshape(len(choices), criteria - 1)
    start, end = np.full((len(bars), 1), -1), np.full((len(bars), 1), places)
    weights: npt.NDArray[np.float64] = (np.diff(np.hstack([start, bars, end])) - 1) / parts
    weights.flags.writeable = False  # every caller is given the same
    return weights


def rank_intervals(values: pd.DataFrame, first: int, step: float = STEP) -> pd.DataFrame:
    """The ranks that each topic gets, from the ``criterion_values`` of those that have them all.

    A row a topic, the one that ranks highest at equal weights first. A rank is a number from 1,
    which is the highest score. Topics that tie share a range of ranks; whatever is said holds
    whichever of them each is given.

    - ``rank``: at equal weights, the mean of the range; ``equal_best`` and ``equal_worst`` are
      its ends.
    - ``best``, ``worst``: over all weightings.
    - ``inner_best``, ``inner_worst``: over the middle 80 % of them (at least).
    - ``among_first``: the share of the weightings that place the topic among the ``first``.
    - ``leads``: the share of the weightings that place it first.
    """
    ranked = values.dropna()
    best, worst = _rank_ranges(ranked.to_numpy(), weightings(ranked.shape[1], step))
    equal_best, equal_worst = _equal_ranks(ranked.to_numpy())
    outside = int(best.shape[1] * TAIL + TOLERANCE)
    table = pd.DataFrame(
        {
            "rank": (equal_best + equal_worst) / 2,
            "equal_best": equal_best,
            "equal_worst": equal_worst,
            "best": best.min(axis=1),
            "worst": worst.max(axis=1),
            "inner_best": np.sort(best)[:, outside],
            "inner_worst": np.sort(worst)[:, -1 - outside],
            "among_first": (worst <= first).mean(axis=1),
            "leads": (worst == 1).mean(axis=1),
        },
        index=ranked.index,
    )
    return table.sort_values("rank", kind="stable")


def deciding_criteria(values: pd.DataFrame, chosen: list[str]) -> list[str]:
    """The criteria without which the ``chosen`` topics are the first ones at equal weights.

    Each is left out by itself, so that one can be told that moves the order away from a choice.
    """
    ranked = values.dropna()
    deciding = []
    for criterion in ranked.columns if ranked.shape[1] > 1 else []:
        _, worst = _equal_ranks(ranked.drop(columns=criterion).to_numpy())
        if set(ranked.index[worst <= len(chosen)]) == set(chosen):
            deciding.append(str(criterion))
    return deciding


def shifted_ratings(values: pd.DataFrame, rated: list[str], first: int) -> tuple[int, int]:
    """How often the ``first`` topics stay the same when one rating moves a step up or down.

    ``values`` are ``criterion_values``, ``rated`` the criteria of theirs that are ratings; all
    weigh the same. Every rating is moved both ways by itself, unless that leaves the scale; returns
    in how many of these cases the same topics come first, and how many cases there are.
    """
    table = values.dropna()
    ranked = table.to_numpy()
    unmoved = _first_at_equal_weights(ranked, first)
    step = 1 / (HIGHEST - LOWEST)
    same = cases = 0
    columns = [table.columns.get_loc(criterion) for criterion in rated]
    for column, topic, change in product(columns, range(len(ranked)), (-step, step)):
        moved = ranked.copy()
        moved[topic, column] += change
        if -TOLERANCE <= moved[topic, column] <= 1 + TOLERANCE:
            cases += 1
            same += _first_at_equal_weights(moved, first) == unmoved
    return same, cases


def _first_at_equal_weights(values: Values, first: int) -> tuple[list[bool], list[bool]]:
    """Which topics are among the first whichever way ties are broken, and which ones can be."""
    best, worst = _equal_ranks(values)
    return list(worst <= first), list(best <= first)


def _equal_ranks(values: Values) -> tuple[Ranks, Ranks]:
    """Best and worst rank of each topic when all criteria weigh the same."""
    criteria = values.shape[1]
    best, worst = _rank_ranges(values, np.full((1, criteria), 1 / criteria))
    return best[:, 0], worst[:, 0]


def _rank_ranges(values: Values, weights: npt.NDArray[np.float64]) -> tuple[Ranks, Ranks]:
    """Best and worst rank of each topic (row) under each weighting (column), ties broken both ways.

    These are the ranks that the methods "min" and "max" give, with a tolerance.
    """
    scores = values @ weights.T
    own = scores[:, np.newaxis]
    best: Ranks = 1 + (scores > own + TOLERANCE).sum(axis=1, dtype=np.int64)
    worst: Ranks = (scores >= own - TOLERANCE).sum(axis=1, dtype=np.int64)
    return best, worst
