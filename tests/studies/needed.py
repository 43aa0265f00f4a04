"""The need of the study computed anew from the two reference tables, without the library."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import yaml

from tests.projects import STUDY


class Needed:
    """People and estimated need of the members, the typical member and the groups."""

    def __init__(self, project: Path) -> None:
        study, reference = project / "data/raw" / STUDY, project / "data/raw/reference"
        organisation = yaml.safe_load((study / "organisation.yaml").read_text("utf-8"))
        self.groups = {
            group["id"]: [member["code"] for member in group.get("members", [])]
            for group in organisation["levels"][0]["groups"]
        }
        self.groups["all"] = [code for codes in self.groups.values() for code in codes]
        asked = yaml.safe_load((study / "need.yaml").read_text("utf-8"))
        self.measures = {measure["id"]: measure for measure in asked["measures"]}
        people = pd.read_csv(reference / asked["population"], dtype={"code": "str"})
        self.people = people.set_index("code")
        self.estimates = pd.read_csv(reference / asked["estimates"], index_col="id")

    def of_ages(self, ages: str) -> pd.Series:
        """People of an age group in every area, by the names of the columns."""
        first, _, last = ages.rstrip("+").partition("-")
        columns = [name for name in self.people if name.startswith("age_")]
        starts = {name: int(name.split("_")[1]) for name in columns}
        end = int(last) if last else max(starts.values())
        return self.people[[n for n in columns if int(first) <= starts[n] <= end]].sum(axis=1)

    def at(self, of_area: pd.Series, place: str) -> float:
        """A figure of every area at a place: the middle one of the members, or the sum."""
        if place == "typical":
            return float(
                of_area[self.groups["all"]].sort_values().iloc[len(self.groups["all"]) // 2]
            )
        return float(of_area[self.groups[place]].sum())

    def estimated(self, measure: str, column: str, place: str) -> str:
        """The nation's estimate times the share of the nation's people, to two digits."""
        people = self.of_ages(self.measures[measure]["ages"])
        nation = float(self.estimates.loc[self.measures[measure]["estimate"], column])
        return two_digits(nation * self.at(people, place) / people.sum())

    def need(self, measure: str, place: str = "typical") -> str:
        return f"ca.\u00a0{self.estimated(measure, 'estimate', place)}"

    def need_range(self, measure: str, place: str = "typical") -> str:
        low, high = (self.estimated(measure, end, place) for end in ("low", "high"))
        return f"{low}–{high}"

    def need_source(self, measure: str) -> str:
        row = self.estimates.loc[self.measures[measure]["estimate"]]
        kind = {"reference": "tal fra", "publication": "udgivet"}[row["year_is"]]
        return f"{row['cite']}, {kind} {int(row['year'])}"

    def population(self, place: str = "all", rounded: bool = False) -> str:
        people = self.at(self.people["total"], place)
        return f"ca.\u00a0{two_digits(people)}" if rounded else grouped(people)


def two_digits(number: float) -> str:
    return grouped(float(f"{number:.2g}"))


def grouped(number: float) -> str:
    return f"{number:,.0f}".replace(",", ".")
