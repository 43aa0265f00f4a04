"""How far the respondents of units agree: Krippendorff's alpha.

What is rated is each indicator in each unit's form, and the respondents of the form are the raters.
Answers stand in an order whose steps need not be equal, so the level of measurement is ordinal
(Hayes and Krippendorff 2007, "Answering the call for a standard reliability measure for coding
data", Communication Methods and Measures 1:1; Krippendorff 2004, "Content Analysis", ch. 11, and
2011, "Computing Krippendorff's alpha-reliability"). Alpha takes any number of raters and blanks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import krippendorff
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from misbrug_analysis.analysis.disclosure import enough_left
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.organisation import UNIT

AGREEMENT = {
    "level": "str",
    "group": "str",
    "measure": "str",
    "alpha": "float64",
    "respondents": "Int64",
    "items": "Int64",
    "all_equal": "bool",
    "hidden": "bool",
}

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
Measure = Literal["nominal", "ordinal", "interval"]

MEASURE: Measure = "ordinal"


def agreement(
    answers: pd.DataFrame, instrument: Instrument, units: pd.DataFrame, levels: list[str]
) -> pd.DataFrame:
    """How far the respondents agree: Krippendorff's alpha of every unit and group.

    ``answers`` is the tidy table as it came in; ``units`` has a row a unit with its group in a
    column a level. Returns ``level, group, measure, alpha, respondents, items, all_equal, hidden``,
    a row for every unit and then every group of ``levels`` that answered an indicator. ``measure``
    is the level of measurement, ``respondents`` are those who answered, ``items`` the indicators of
    units' forms that at least two answered. ``alpha`` is missing where fewer than two answered the
    same, where all answers are the same one (``all_equal``), since there is nothing then that could
    differ, and where it is ``hidden``, for fewer respondents than the instrument's smallest number,
    also when the units and groups inside that are shown are taken away; the numbers are missing
    there, too. No rows where the instrument has no respondents.
    """
    if instrument.respondents is None:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in AGREEMENT.items()})
    rated = _rated(answers, instrument)
    n = rated.groupby("unit")["person"].nunique().reindex(units["unit"], fill_value=0)
    counted = n.to_numpy().astype(np.int64)
    shown = enough_left(counted, units, levels, instrument.respondents.smallest)
    rows = list(_rows(rated, UNIT, rated["unit"], list(units["unit"]), shown))
    of_units = units.set_index("unit")
    for level in levels:
        groups = rated["unit"].map(of_units[level])
        rows += _rows(rated, level, groups, list(dict.fromkeys(units[level])), shown)
    return pd.DataFrame(rows, columns=list(AGREEMENT)).astype(AGREEMENT)


def paired(cases: Counts, points: Numbers) -> tuple[Counts, Numbers]:
    """How often each value was given to each case that at least two rated, and the values.

    ``cases`` has the number of the case that each of ``points`` was given to. Returns a row a case
    and a column a value, the values from the lowest.
    """
    _, case, given = np.unique(cases, return_inverse=True, return_counts=True)
    shared = given[case] > 1
    _, case = np.unique(case[shared], return_inverse=True)
    values, value = np.unique(points[shared], return_inverse=True)
    size = int((given > 1).sum()), len(values)
    counts = np.bincount(case * size[1] + value, minlength=size[0] * size[1])
    return counts.reshape(size).astype(np.int64), values


def alpha_of(counts: Counts, values: Numbers, measure: Measure = MEASURE) -> float:
    """Krippendorff's alpha of what ``paired`` returned.

    Missing where there are fewer than two values: alpha compares with what would differ by chance,
    and then nothing would.
    """
    if len(values) < 2:
        return np.nan
    return float(
        krippendorff.alpha(value_counts=counts, value_domain=values, level_of_measurement=measure)
    )


def _rated(answers: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """Answers to indicators: ``unit``, the numbers of the ``person`` and ``case``, ``points``."""
    rows = answers[answers["item"].isin(instrument.indicator_ids)]
    points = rows["value"].map(instrument.points_of)
    rows = rows[points.notna()]
    return pd.DataFrame(
        {
            "unit": rows["unit"],
            "person": rows.groupby(["unit", "respondent"], sort=False).ngroup(),
            "case": rows.groupby(["unit", "form", "item"], sort=False).ngroup(),
            "points": points[points.notna()].astype("float64"),
        }
    )


def _rows(
    rated: pd.DataFrame, level: str, of: pd.Series, groups: list[str], shown: set[tuple[str, str]]
) -> Iterator[tuple[object, ...]]:
    person, case = rated["person"].to_numpy(), rated["case"].to_numpy()
    points = rated["points"].to_numpy()
    places = rated.groupby(of.to_numpy()).indices
    for group in groups:
        if group not in places:
            continue
        rows = places[group]
        respondents = len(np.unique(person[rows]))
        if (level, group) not in shown:
            yield level, group, MEASURE, np.nan, pd.NA, pd.NA, False, True
            continue
        counts, values = paired(case[rows], points[rows])
        alpha = alpha_of(counts, values)
        yield level, group, MEASURE, alpha, respondents, len(counts), len(values) == 1, False
