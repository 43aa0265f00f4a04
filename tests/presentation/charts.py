"""A small chart of every kind, with labels of the reader's choice."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from misbrug_analysis.presentation.figures import (
    Panel,
    Shape,
    Strip,
    answer_matrix,
    change_dumbbells,
    change_slopes,
    count_bars,
    estimate_columns,
    group_map,
    rank_intervals,
    specification,
    standing_bars,
    tinted_map,
    value_bars,
    value_dots,
    value_strips,
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


def tinted(label: str) -> str:
    return tinted_map([Shape(label, 1, label, [SQUARE])], label, LANGUAGE)


def variants(label: str) -> str:
    choices = pd.DataFrame({label: pd.Categorical([label, "b"])})
    return specification(pd.Series([2, 1]), choices, label, LANGUAGE)


def dumbbells(label: str) -> str:
    rows = pd.DataFrame({"before": [1], "after": [3], "n": [4], "told": [label]}, index=[label])
    return change_dumbbells(rows, [label, label], LANGUAGE)


def slopes(label: str) -> str:
    rows = pd.DataFrame({0: [1], 1: [3], 2: [2], "n": [4], "told": [label]}, index=[label])
    return change_slopes(rows, [label, label, label], LANGUAGE)


def values(label: str) -> str:
    row = {"heading": label, "value": 40.0, "beside": 60.0, "told": "40 %"}
    return value_bars(pd.DataFrame([row, row], index=[label, label]), 100, label, label)


def strips(label: str) -> str:
    strip = Strip(label, "40 %", [20.0, 60.0], 40.0)
    return value_strips([strip, strip], [(0.0, "0 %"), (100.0, "100 %")], label, label)


def dots(label: str) -> str:
    rows = pd.DataFrame([[0.2, 0.6]], index=[label], columns=[label, "b"])
    return value_dots(rows, [(0.0, "0 %"), (1.0, "100 %")])


KINDS: dict[str, Callable[[str], str]] = {
    "bars": bars,
    "matrix": matrix,
    "standing": standing,
    "ranks": ranks,
    "estimates": estimates,
    "map": area,
    "tinted": tinted,
    "variants": variants,
    "dumbbells": dumbbells,
    "slopes": slopes,
    "values": values,
    "strips": strips,
    "dots": dots,
}
