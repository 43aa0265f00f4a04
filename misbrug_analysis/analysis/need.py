"""Estimated need: national estimates spread over areas by their people in the measure's ages.

The assumption is one rate everywhere (indirect standardisation by age group): an area's need is
the nation's estimate times the area's share of the nation's people of those ages. Low and high are
spread alike, so an area's interval is the nation's and holds nothing of the area's own variation.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence

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


def people_of(population: pd.DataFrame, codes: Collection[str]) -> pd.Series:
    """People of some areas together, by band (numbers of people); a code twice counts once."""
    return _areas(population, codes).sum()


def people_in_ages(people: pd.Series, bands: Collection[int]) -> int:
    """People in an age group, of ``people`` by band."""
    return int(people.loc[list(bands)].sum())


def share_in_ages(people: pd.Series, bands: Collection[int]) -> float:
    """The part (0 to 1) of ``people`` by band who are in an age group.

    Raises ValueError where there is nobody.
    """
    everyone = int(people.sum())
    if everyone == 0:
        raise ValueError("nobody lives there, so no share can be taken")
    return people_in_ages(people, bands) / everyone


def share_of_nation(population: pd.DataFrame, codes: Collection[str]) -> float:
    """The part (0 to 1) of the nation's people, who are all of ``population``, in some areas."""
    return float(people_of(population, codes).sum() / population.sum().sum())


def typical_people(population: pd.DataFrame, codes: Collection[str]) -> pd.Series:
    """The median over some areas of each band (numbers of people); they do not add up."""
    return _areas(population, codes).median()


def typical_total(population: pd.DataFrame, codes: Collection[str]) -> float:
    """The median over some areas of how many people live in one."""
    return float(_areas(population, codes).sum(axis=1).median())


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


def need_of(need: pd.DataFrame, codes: Collection[str]) -> pd.DataFrame:
    """Need of some areas together: index ``measure``, columns as in ``NUMBERS``, sums."""
    picked = need[need["code"].isin(list(codes))]
    return picked.groupby("measure", sort=False)[NUMBERS].sum(min_count=1)


def typical_need(need: pd.DataFrame, codes: Collection[str]) -> pd.DataFrame:
    """The medians over some areas: index ``measure``, columns as in ``NUMBERS``.

    With one rate everywhere, the median need is the need of the median number of people.
    """
    picked = need[need["code"].isin(list(codes))]
    return picked.groupby("measure", sort=False)[NUMBERS].median()


def need_across(need: pd.DataFrame, codes: Collection[str]) -> pd.DataFrame:
    """How far the need reaches over some areas: index ``measure``, ``least`` and ``most`` (people).

    These are the smallest and largest ``value``; of a measure with only an interval, the lowest
    ``low`` and the highest ``high``.
    """
    measures = need[need["code"].isin(list(codes))].groupby("measure", sort=False)
    least = measures["value"].min().fillna(measures["low"].min())
    most = measures["value"].max().fillna(measures["high"].max())
    return pd.DataFrame({"least": least, "most": most})


def _areas(population: pd.DataFrame, codes: Collection[str]) -> pd.DataFrame:
    return population[population.index.isin(list(codes))]
