"""Which reports a run is of, by the names that were given."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.execution.plan import chosen_runs
from misbrug_analysis.model.errors import ParameterError
from misbrug_analysis.model.study import Study
from tests.small import load, make_project

NAMED = {"notebook": "n", "title": {"da": "T"}, "summary": {"da": "S"}}
TEAMS = {"a": "north", "b": "south"}


@pytest.fixture
def study(tmp_path: Path) -> Study:
    reports = [{"id": "first", **NAMED}, {"id": "each", "per": "team", **NAMED}]
    return load(make_project(tmp_path, TEAMS, reports=[*reports, {"id": "last", **NAMED}]))


def names(study: Study, *only: str, group: str | None = None) -> list[str]:
    return [run.id for run in chosen_runs(study, only, group)]


def test_all_that_are_named_are_made_in_the_order_of_the_study(study: Study) -> None:
    assert names(study) == ["first", "each-north", "each-south", "last"]
    assert names(study, "last", "first") == ["first", "last"]
    assert names(study, "each-south", "last") == ["each-south", "last"]
    assert names(study, "each", "first", group="north") == ["each-north"]


def test_an_unknown_name_among_others_is_refused(study: Study) -> None:
    with pytest.raises(ParameterError, match="lst"):
        chosen_runs(study, ["first", "lst"], None)
