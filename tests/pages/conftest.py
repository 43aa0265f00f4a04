"""What tests of hostile text share: a run of a study that is full of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from tests.hostile_study import hostile_project
from tests.projects import STUDY, command


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A project in which the hostile study was run by the command; do not change it."""
    base = tmp_path_factory.getbasetemp()
    project = (base if worker_id == "master" else base.parent) / "hostile"
    with FileLock(project.with_suffix(".lock")):
        if not project.with_suffix(".ready").exists():
            code, _, errors = command("misbrug", "run", STUDY, cwd=hostile_project(project))
            assert code == 0, errors
            project.with_suffix(".ready").touch()
    return project
