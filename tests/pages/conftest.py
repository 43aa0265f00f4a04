"""What tests of pages share: runs of a study full of hostile text, and of one of a country."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.nation.project import write_nation
from tests.hostile_study import hostile_project
from tests.projects import STUDY, command
from tests.shared import made_once


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A project in which the hostile study was run by the command; do not change it."""
    return made_once(tmp_path_factory, worker_id, "hostile", lambda at: _run(hostile_project(at)))


@pytest.fixture(scope="session")
def nation(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The Danish pages of 98 municipalities in 22 clusters, all answers invented; as above."""

    def make(project: Path) -> None:
        _run(project, write_nation(project, languages=["da"]))

    project = made_once(tmp_path_factory, worker_id, "nation", make)
    return project / "outputs" / "nation" / "html"


@pytest.fixture(scope="session")
def english_nation(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The page of half the country in English: still more clusters than fit across."""

    def make(project: Path) -> None:
        _run(project, write_nation(project, 11, ["en"]), "--only", "national")

    project = made_once(tmp_path_factory, worker_id, "english-nation", make)
    return project / "outputs" / "nation" / "html" / "national.html"


def _run(project: Path, study: str = STUDY, *options: str) -> None:
    code, _, errors = command("misbrug", "run", study, *options, cwd=project)
    assert code == 0, errors
