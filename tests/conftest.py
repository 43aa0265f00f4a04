"""What tests share: a real browser for pages, and a run of the study of 2014."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, Page, sync_playwright

from misbrug_analysis.execution.processed import save, settle
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study_file import load_study
from tests.absent import absent
from tests.browser import FLAGS, NoBrowserError, obtain
from tests.ledger_sum import watched
from tests.projects import ROOT, STUDY, change_study, command, copy_project

LONGEST_FIRST = (
    "pages/test_nation_pages.py",
    "execution/test_study_pdfs.py",
    "pages/test_study_pages.py",
    "execution/test_killed_runs.py",
    "execution/test_equal_bytes.py",
    "execution/test_scheduler.py",
    "execution/test_pipeline.py",
    "execution/test_pipeline_site.py",
    "execution/test_plain_papermill.py",
    "pages/test_hostile_notebooks.py",
    "execution",
    "pages",
    "rounds",
    "studies",
    "test_cli.py",
    "fuzz",
)
"""Files and folders of tests that take long, the longest first and all others after them: where
processes test files side by side, a long one that came last would keep one at work alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long; ``--no-loadscope-reorder`` has xdist keep that order."""
    places = {ROOT / "tests" / name: place for place, name in enumerate(LONGEST_FIRST)}

    def place(item: pytest.Item) -> int:
        return min(places.get(at, len(places)) for at in (item.path, *item.path.parents))

    items.sort(key=place)


@pytest.fixture(autouse=True)
def every_ledger_adds_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Wherever a test reads forms, no cell is lost and every one has a fate."""
    with watched(monkeypatch):
        yield


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """A Chromium; without one its tests are skipped, or fail where CI is set."""
    try:
        program = obtain()
    except NoBrowserError as reason:
        absent(request, f"pages are NOT tested, there is no browser: {reason}")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(program), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty tab."""
    tab = browser.new_page()
    yield tab
    tab.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A project in which the study of 2014 was run by the command; do not change it."""

    def make(project: Path) -> None:
        code, _, errors = command("misbrug", "run", STUDY, cwd=project)
        assert code == 0, errors

    return _shared(tmp_path_factory, worker_id, "made", make)


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A project in which the study of 2014 has its processed tables and no pages; as above."""

    def make(project: Path) -> None:
        study = load_study(Project.find(project), STUDY)
        save(study, settle(study))

    return _shared(tmp_path_factory, worker_id, "settled", make)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the study of 2014 in Danish that was not run; a test may change it."""
    project = copy_project(tmp_path / "project")
    change_study(project, also_in=[])
    return project


def _shared(
    factory: pytest.TempPathFactory, worker: str, name: str, make: Callable[[Path], None]
) -> Path:
    """A copy of the project that one of the processes that test side by side has made."""
    alone = worker == "master"
    folder = factory.getbasetemp() if alone else factory.getbasetemp().parent
    project = folder / name
    with FileLock(folder / f"{name}.lock"):
        if not (folder / f"{name}.ready").exists():
            make(copy_project(project))
            (folder / f"{name}.ready").touch()
    return project
