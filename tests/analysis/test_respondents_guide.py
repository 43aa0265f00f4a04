"""docs/respondents.md: its example is what the code makes of it."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from misbrug_analysis.analysis.agreement import agreement
from misbrug_analysis.analysis.respondents import merged
from misbrug_analysis.analysis.role_gaps import role_gaps
from misbrug_analysis.model.respondents import Respondents
from tests.analysis.staff import answers_of, five, instrument
from tests.projects import ROOT

PAGE = (ROOT / "docs" / "respondents.md").read_text("utf-8")
UNITS = pd.DataFrame({"unit": ["a"], "team": ["n"]}, dtype="str")
ITEMS = {"1.1": "t.1", "1.2": "t.2", "total": "total"}


def table(head: str) -> list[list[str]]:
    """The rows of the table of the page that begins with a head."""
    (found,) = re.findall(rf"^\| {re.escape(head)}.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.M)
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in found.splitlines()]


def answers() -> pd.DataFrame:
    people = table("person | role")
    points = [five("".join(row[column] or " " for row in people)) for column in (2, 3)]
    said = {("a", "joint"): dict(zip(("t.1", "t.2"), points, strict=True))}
    return answers_of(said, {"a": [row[1] for row in people]})


@pytest.mark.parametrize("row", table("`merge` | 1.1"), ids=lambda row: row[0])
def test_the_example_is_merged_as_the_page_says(row: list[str]) -> None:
    asked = instrument(merge=row[0].strip("`"))
    found = merged(answers(), asked).set_index("item")
    for item, said, points in (("t.1", *row[1:3]), ("t.2", *row[3:5])):
        told = found.loc[item]
        if said == "left open":
            assert told["rule"] == "left_open"
            continue
        assert asked.standings[told["value"]] == said
        assert told["points"] == pytest.approx(float(points), abs=0.0005)


def test_the_gaps_of_the_example_are_those_of_the_page() -> None:
    found = role_gaps(answers(), instrument(), UNITS, ["team"])
    found = found[found["level"] == "unit"].set_index("item")
    for item, *told in table("item | leader"):
        row = found.loc[ITEMS[item]]
        if told[0] == "[c]":
            assert row["hidden"]
        else:
            means = [f"{row[name]:.2f}" for name in ("role_mean", "other_mean", "gap")]
            assert means == told


def test_alpha_of_the_example_is_that_of_the_page() -> None:
    found = agreement(answers(), instrument(), UNITS, ["team"])
    alpha = found.loc[found["level"] == "unit", "alpha"].iloc[0]
    assert f"In the example alpha is {alpha:.3f}" in PAGE


def test_the_settings_of_the_page_are_those_that_hold_without_any() -> None:
    usual = Respondents()
    for name in ("merge", "yes_from", "partly_from", "smallest"):
        assert f"  {name}: {getattr(usual, name)}\n" in PAGE


def test_the_page_tells_of_every_way_to_merge() -> None:
    told = {row[0].strip("`") for row in table("`merge` | the merged points")}
    assert told == {"mean", "median", "share", "majority", "consensus"}
