"""What the tests of PDFs need of the system."""

from __future__ import annotations

import pytest

from tests.absent import absent
from tests.system_libraries import NoLibrariesError, obtain


@pytest.fixture(scope="session")
def pdf_libraries(request: pytest.FixtureRequest) -> None:
    """Pango and the fonts; without them the tests of PDFs are skipped, or fail where CI is set."""
    try:
        obtain()
    except NoLibrariesError as reason:
        absent(request, f"PDFs are NOT tested: {reason}")
