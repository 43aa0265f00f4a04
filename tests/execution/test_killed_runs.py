"""Runs killed at any moment: nothing half-made is seen, nothing is left, the next run completes."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.kills import Kills
from tests.short_runs import answer, short_study

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="processes are found in /proc"
)

SUCCESSIONS = 2
KILLS = 10
"""In each succession, before a run that completes."""


@pytest.fixture
def kills(tmp_path: Path) -> Iterator[Kills]:
    """Runs of a study of which a form changed after its outputs were made."""
    runs = Kills(short_study(tmp_path), "small-study")
    runs.undisturbed()
    answer(tmp_path, "b", "ja")
    runs.undisturbed()
    yield runs
    runs.close()


def test_a_run_that_is_killed_leaves_whole_pages_no_process_and_a_study_that_can_be_run(
    kills: Kills,
) -> None:
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)
    print(f"seed {seed}")  # shown where the test fails
    wrong = []
    for succession in range(SUCCESSIONS):
        answer(kills.project, "b", ("delvis", "ja")[succession])
        kills.known.reverse()  # the last is what the answers as they are now give
        for _ in range(KILLS):
            wrong += kills.kill(kills.moment(chance), whole_group=chance.random() < 0.5)
        wrong += kills.complete()
    assert wrong == []
