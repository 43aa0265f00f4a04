"""Workers that are lost: what they did is done again, and what ends them is told as such."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from misbrug_analysis.execution.tasks import Outcome, Task, side_by_side

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no process is killed so there")


def make(name: str) -> Outcome:
    return Outcome(name, files=(name,))


def make_or_die_once(name: str, mark: str) -> Outcome:
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(name, files=(name,))


def die(_: str) -> Outcome:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def ended(tasks: list[Task], jobs: int) -> dict[str, list[str]]:
    """The codes of what went wrong with each task; every task ends once."""
    outcomes = [(task.id, outcome) for task, outcome in side_by_side(tasks, jobs)]
    assert sorted(name for name, _ in outcomes) == sorted(task.id for task in tasks)
    for name, outcome in outcomes:
        assert outcome.files == (() if outcome.problems else (name,))
    return {name: [problem.code for problem in outcome.problems] for name, outcome in outcomes}


def tasks(*names: str) -> list[Task]:
    return [Task(name, {}, make, (name,)) for name in names]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_a_task_whose_worker_was_killed_is_done_again(tmp_path: Path, jobs: int) -> None:
    killed = Task("b", {}, make_or_die_once, ("b", str(tmp_path / "died")))
    assert ended([*tasks("a"), killed, *tasks("c", "d")], jobs) == {
        name: [] for name in ("a", "b", "c", "d")
    }


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_a_task_that_ends_its_worker_twice_has_failed_and_no_other_has(jobs: int) -> None:
    deadly = Task("b", {}, die, ("b",))
    expected: dict[str, list[str]] = {name: [] for name in ("a", "c", "d", "e")}
    expected["b"] = ["worker_lost"]
    assert ended([*tasks("a"), deadly, *tasks("c", "d", "e")], jobs) == expected


def test_what_is_told_of_a_lost_worker_names_what_was_not_made() -> None:
    [(_, outcome)] = side_by_side([Task("en/regional", {}, die, ("b",))], 1)
    assert "en/regional could not be made" in str(outcome.problems[0])
