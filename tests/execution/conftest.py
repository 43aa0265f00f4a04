"""What the tests of PDFs need of the system."""

from __future__ import annotations

import os

import pytest

from tests.system_libraries import NoLibrariesError, obtain


@pytest.fixture(scope="session")
def pdf_libraries(request: pytest.FixtureRequest) -> None:
    """Pango and the fonts; without them the tests of PDFs are skipped, or fail where CI is set."""
    try:
        obtain()
    except NoLibrariesError as reason:
        message = f"PDFs are NOT tested: {reason}"
        if os.environ.get("CI"):
            pytest.fail(message)
        reporter = request.config.pluginmanager.get_plugin("terminalreporter")
        if reporter:
            reporter.write_line(f"\n{message}", red=True)
        pytest.skip(message)
