"""What tests share: a real browser for pages."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import FLAGS, NoBrowserError, obtain


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """A Chromium; without one its tests are skipped, or fail where CI is set."""
    try:
        program = obtain()
    except NoBrowserError as reason:
        message = f"pages are NOT tested, there is no browser: {reason}"
        if os.environ.get("CI"):
            pytest.fail(message)
        reporter = request.config.pluginmanager.get_plugin("terminalreporter")
        if reporter:
            reporter.write_line(f"\n{message}", red=True)
        pytest.skip(message)
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
