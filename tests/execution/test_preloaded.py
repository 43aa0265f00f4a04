"""A study loaded beforehand gives the same report, to one report, as long as no file is another."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from misbrug_analysis.execution import preloaded
from misbrug_analysis.execution.preloaded import preload, taken
from misbrug_analysis.execution.processed import settled
from misbrug_analysis.execution.session import open_report
from misbrug_analysis.model.errors import StaleError
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.tables import COLUMNS
from misbrug_analysis.presentation import sections
from misbrug_analysis.presentation.report import Report
from tests.incremental import make_study, send
from tests.small import STUDY, load

NAMES = {"study": STUDY, "team": "north", "language": ""}


@pytest.fixture(autouse=True)
def _nothing_ready() -> Iterator[None]:
    yield
    preloaded._ready.clear()


@pytest.fixture(scope="module")
def settled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("settled")
    settled(load(make_study(root)))
    return root


@pytest.fixture
def project(tmp_path: Path, settled_once: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose study is settled; notebooks are run in it."""
    shutil.copytree(settled_once, tmp_path, dirs_exist_ok=True)
    await_tick()
    monkeypatch.chdir(tmp_path)
    return Project.find()


def await_tick() -> None:
    """Until files have been for so long what they are that their times tell it."""
    time.sleep(2 * preloaded._TICK / 1e9)


def opened() -> Report:
    return open_report("cluster_report", NAMES)


def said(report: Report) -> list[str]:
    return [repr(block) for block in (*sections.key_figures(report), *sections.standing(report))]


def test_the_first_report_has_what_was_loaded_and_no_other_has(project: Project) -> None:
    preload(project, STUDY)
    (ready,) = preloaded._ready
    first, second = opened(), opened()
    assert first.tables is ready.results
    assert second.tables is not ready.results
    for name in COLUMNS:
        assert_frame_equal(getattr(first.tables, name), getattr(second.tables, name))


def test_a_report_says_and_notes_the_same_as_one_loaded_from_the_files(project: Project) -> None:
    preload(project, STUDY)
    first, second = opened(), opened()
    assert said(first) == said(second)
    assert first.reads.names == second.reads.names
    assert "scores of team/north under other rules" in first.reads.names


def test_nothing_is_loaded_twice_while_all_is_as_it_was(project: Project) -> None:
    assert preload(project, STUDY)
    assert not preload(project, STUDY)
    assert taken(project, STUDY)
    assert preload(project, STUDY)


def test_what_was_changed_just_then_is_loaded_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(preloaded, "_TICK", 10**12)  # all was, a quarter of an hour ago
        assert preload(project, STUDY)
        assert preload(project, STUDY)
    assert preload(project, STUDY)
    assert not preload(project, STUDY)


def test_another_study_or_project_is_not_given(project: Project, tmp_path: Path) -> None:
    preload(project, STUDY)
    assert taken(project, "another") is None
    assert taken(Project(tmp_path / "elsewhere"), STUDY) is None
    assert taken(project, STUDY) is not None


def add_a_remark(folder: Path) -> None:
    send(folder, "d", {}, remarks={"t.1": "Ikke endnu"})


def write_another_text_of_that_length(folder: Path) -> None:
    """And set the time of the change to what it was."""
    path = folder / "study.yaml"
    before = path.stat()
    text = path.read_text("utf-8")
    path.write_text(text.replace("2024", "2023"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def remove_a_table(folder: Path) -> None:
    (load(folder).project.processed(STUDY) / "scores.csv").unlink()


@pytest.mark.parametrize(
    "change", [add_a_remark, write_another_text_of_that_length, remove_a_table]
)
def test_what_was_loaded_is_dropped_when_a_file_is_another(
    project: Project, change: Callable[[Path], None]
) -> None:
    preload(project, STUDY)
    change(project.raw(STUDY))
    with pytest.raises(StaleError):
        preload(project, STUDY)
    assert taken(project, STUDY) is None


def test_variants_of_a_large_study_are_left_to_its_reports(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preloaded, "_MOST_VARIED", 0)
    preload(project, STUDY)
    first, second = opened(), opened()
    assert said(first) == said(second)
