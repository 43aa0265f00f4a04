"""How the order of the recommendations agrees with what the report of 2014 concludes."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import load
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import load_study
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.priorities import Priorities, priorities
from misbrug_analysis.presentation.report import Report
from tests.projects import STUDY

# By hand, from how many of 16 do not meet a recommendation, areas.yaml and cooperation.yaml:
# gap + (effect − 1) / 4 + (complexity − 1) / 4 + (reach − 1) / 4 + wishes of three clusters.
SUMS = {
    "1": 3 / 16 + 4 / 4 + 4 / 4 + 3 / 4 + 3 / 3,
    "2": 10 / 16 + 2 / 4 + 3 / 4 + 4 / 4 + 0,
    "5": 14 / 16 + 4 / 4 + 3 / 4 + 3 / 4 + 2 / 3,
    "6": 0 + 3 / 4 + 1 / 4 + 2 / 4 + 1 / 3,
    "7": 8 / 16 + 2 / 4 + 3 / 4 + 3 / 4 + 0,
    "9": 0 + 2 / 4 + 2 / 4 + 2 / 4 + 0,
    "10": 9 / 16 + 3 / 4 + 2 / 4 + 2 / 4 + 3 / 3,
    "12": 10 / 16 + 3 / 4 + 4 / 4 + 4 / 4 + 0,
}


@pytest.fixture(scope="module")
def order(made: Path) -> Priorities:
    study = load_study(Project.find(made), STUDY)
    run = next(run for run in study.runs() if run.id == "areas")
    found = priorities(Report(study, load(study), Language.load("da"), run))
    assert found is not None
    return found


def test_values_and_order_are_those_worked_out_by_hand(order: Priorities) -> None:
    assert order.values.sum(axis=1).to_dict() == pytest.approx(SUMS)
    assert list(order.ranking.index) == sorted(SUMS, key=lambda topic: -SUMS[topic])
    assert order.weightings == 1001


def test_four_of_the_five_that_2014_chose_are_among_the_first_five(order: Priorities) -> None:
    assert order.areas.published is not None
    chosen = order.areas.published.topics
    assert chosen == ["1", "2", "5", "7", "12"]
    assert [topic for topic in chosen if topic in order.surely_first] == ["1", "2", "5", "12"]
    # They are so under most weightings too, 7 is not.
    often = order.ranking["among_first"]
    assert [topic for topic in chosen if often[topic] > 0.75] == ["1", "2", "5", "12"]


def test_the_foundation_of_2014_comes_first_most_often(order: Priorities) -> None:
    assert order.ranking["leads"].idxmax() == "1"
