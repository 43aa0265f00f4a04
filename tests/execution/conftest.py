"""A project that was run, for tests that look at what a run left; what tests of PDFs need."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.absent import absent
from tests.commanded import copied, ran_study
from tests.shared import made_once
from tests.system_libraries import NoLibrariesError, obtain


@pytest.fixture(scope="session")
def pdf_libraries(request: pytest.FixtureRequest) -> None:
    """Pango and the fonts; without them the tests of PDFs are skipped, or fail where CI is set."""
    try:
        obtain()
    except NoLibrariesError as reason:
        absent(request, f"PDFs are NOT tested: {reason}")


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A project with the short study that was run, without kernels; do not change it."""
    return made_once(tmp_path_factory, worker_id, "ran", ran_study)


@pytest.fixture
def root(ran: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return copied(ran, tmp_path)
