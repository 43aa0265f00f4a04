"""What tests share: a real browser for pages, and a run of the study of 2014."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

from misbrug_analysis.execution.processed import save, settle
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study_file import load_study
from tests.absent import absent
from tests.browser import FLAGS, NoBrowserError, obtain
from tests.ledger_sum import watched
from tests.projects import ROOT, STUDY, change_study, command, copy_project
from tests.shared import made_once

# The same examples each time: a test run tells of a change, not of luck (``--hypothesis-profile``).
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

LONGEST_FIRST = (
    "pages/test_study_pages.py",
    "pages/test_nation_pages.py",
    "execution/test_killed_runs.py",
    "execution/test_study_pdfs.py",
    "execution/test_pipeline.py",
    "execution/test_equal_bytes.py",
    "execution/test_pipeline_site.py",
    "execution/test_scheduler.py",
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


@pytest.fixture(scope="session", autouse=True)
def interrupts_are_heard() -> None:
    """Also where a script started the tests in its background: a shell has such jobs ignore them,
    and what a test starts would too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


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
        code, _, errors = command("misbrug", "run", STUDY, cwd=copy_project(project))
        assert code == 0, errors

    return made_once(tmp_path_factory, worker_id, "made", make)


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A project in which the study of 2014 has its processed tables and no pages; as above."""

    def make(project: Path) -> None:
        study = load_study(Project.find(copy_project(project)), STUDY)
        save(study, settle(study))

    return made_once(tmp_path_factory, worker_id, "settled", make)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the study of 2014 in Danish that was not run; a test may change it."""
    project = copy_project(tmp_path / "project")
    change_study(project, also_in=[])
    return project
