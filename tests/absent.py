"""What is said where something that tests need of the system is not there."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def absent(request: pytest.FixtureRequest, message: str) -> NoReturn:
    """Say loudly what is not tested and skip it; fail where CI is set."""
    if os.environ.get("CI"):
        pytest.fail(message)
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    if reporter:
        reporter.write_line(f"\n{message}", red=True)
    pytest.skip(message)
