"""A small chart of every kind, with labels of the reader's choice."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from misbrug_analysis.presentation.figures import (
    Panel,
    Shape,
    answer_matrix,
    count_bars,
    estimate_columns,
    group_map,
    rank_intervals,
    standing_bars,
)
from misbrug_analysis.presentation.language import Language

LANGUAGE = Language.load("da")
SQUARE = np.array([(11.0, 55.0), (12.0, 55.0), (12.0, 56.0), (11.0, 56.0), (11.0, 55.0)])


def bars(label: str) -> str:
    counts = pd.DataFrame({"yes": [4], "no": [1]}, index=[label])
    return count_bars([Panel(label, counts)], LANGUAGE)


def matrix(label: str) -> str:
    columns = pd.MultiIndex.from_tuples([(label, "a"), (label, label)])
    return answer_matrix(pd.DataFrame([["yes", "no"]], index=[label], columns=columns), LANGUAGE)


def standing(label: str) -> str:
    rows = pd.DataFrame({"heading": [label], "low": [2], "high": [3]}, index=[label])
    return standing_bars(rows, 4, LANGUAGE)


def ranks(label: str) -> str:
    row = {"best": 1, "worst": 2, "inner_best": 1, "inner_worst": 2, "rank": 1.5, "marked": True}
    return rank_intervals(pd.DataFrame([row, row], index=[label, label]), LANGUAGE, label)


def estimates(label: str) -> str:
    rows = pd.DataFrame({(label, "value"): [120.0], (label, "low"): [90.0], (label, "high"): [150]})
    return estimate_columns(rows.set_axis([label]), LANGUAGE, pd.Series({label: label}))


def area(label: str) -> str:
    return group_map([Shape(label, 1, label, [SQUARE])], LANGUAGE)


KINDS: dict[str, Callable[[str], str]] = {
    "bars": bars,
    "matrix": matrix,
    "standing": standing,
    "ranks": ranks,
    "estimates": estimates,
    "map": area,
}
