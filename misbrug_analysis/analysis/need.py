"""Estimated need: national estimates spread over areas by their people in the measure's ages.

The assumption is one rate everywhere (indirect standardisation by age group): an area's need is
the nation's estimate times the area's share of the nation's people of those ages. Low and high are
spread alike, so an area's interval is the nation's and holds nothing of the area's own variation.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import pandas as pd

NUMBERS = ["people", "value", "low", "high"]
"""What adds up over areas: people of the measure's ages, and the need with its interval."""


def people_by_group(
    population: pd.DataFrame, age_groups: Mapping[Hashable, Sequence[int]]
) -> pd.DataFrame:
    """People in each age group: index ``code``, a column a group (numbers of people).

    ``population`` has a column a band; ``age_groups`` names the bands of each group.
    """
    return pd.DataFrame(
        {name: population[list(bands)].sum(axis=1) for name, bands in age_groups.items()},
        index=population.index,
    )


def estimated_need(population: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Need of every area and measure: ``code, measure, people, share, value, low, high``.

    ``population`` has a row an area (index ``code``) and together they are the nation; ``measures``
    has columns ``bands, value, low, high`` (people, national) and the index ``measure``. ``share``
    (0 to 1) is the area's part of the nation's people of the measure's ages; ``value``, ``low`` and
    ``high`` are people, not a number where the nation's are. Raises ValueError for a measure of
    ages in which nobody lives.
    """
    people = people_by_group(population, dict(measures["bands"].items()))
    nation = people.sum()
    if (nation == 0).any():
        empty = ", ".join(map(str, nation.index[nation == 0]))
        raise ValueError(f"nobody lives in the ages of {empty}, so no share can be taken")
    tidy = people.melt(ignore_index=False, var_name="measure", value_name="people").reset_index()
    tidy["share"] = tidy["people"] / tidy["measure"].map(nation)
    for column in ("value", "low", "high"):
        tidy[column] = tidy["share"] * tidy["measure"].map(measures[column])
    return tidy


def need_of(need: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Need of some areas together: index ``measure``, columns as in ``NUMBERS``, sums."""
    picked = need[need["code"].isin(list(codes))]
    return picked.groupby("measure", sort=False)[NUMBERS].sum(min_count=1)


def typical_need(need: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """The medians over some areas: index ``measure``, columns as in ``NUMBERS``.

    With one rate everywhere, the median need is the need of the median number of people.
    """
    picked = need[need["code"].isin(list(codes))]
    return picked.groupby("measure", sort=False)[NUMBERS].median()
