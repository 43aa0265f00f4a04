"""The study of five countries, made small: both layouts hold the same answers."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from benchmarks.large import Taken, is_over, total
from benchmarks.nation.large import LAYOUTS, STUDY, answers, questions, write_large
from misbrug_analysis.execution.processed import settle
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study_file import load_study

PLACES, CLUSTERS = 12, 3


def settled(project: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    results = settle(load_study(Project.find(project), STUDY))
    said = results.answers[["unit", "form", "item", "value"]]
    return said, results.consolidated, results.scores


def test_a_wide_and_a_long_file_give_the_same_answers_and_scores(tmp_path: Path) -> None:
    for layout in LAYOUTS:
        write_large(tmp_path / layout, layout, CLUSTERS, PLACES)
    wide, long = (settled(tmp_path / layout) for layout in LAYOUTS)
    for one, other in zip(wide, long, strict=True):
        pd.testing.assert_frame_equal(one, other)
    drawn = answers(PLACES, questions())
    assert drawn.shape == (PLACES, 156)
    assert len(wide[0]) == (drawn > 0).sum()
    assert len(wide[1]) == PLACES * 52


def test_the_same_answers_are_drawn_at_every_run() -> None:
    assert (answers(PLACES, questions()) == answers(PLACES, questions())).all()


@pytest.mark.parametrize(
    ("seconds", "megabytes", "over"), [(9, 1_900, False), (11, 900, True), (5, 2_100, True)]
)
def test_stages_are_added_up_and_held_against_the_targets(
    seconds: float, megabytes: float, over: bool
) -> None:
    stages = [Taken("a", 10, 1, 100), Taken("b", seconds, 2, megabytes)]
    whole = total(stages)
    assert (whole.seconds, whole.processor, whole.megabytes) == (10 + seconds, 3, megabytes)
    assert is_over(whole) is over
