"""A small study that waits for forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small import make_project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the small study, without forms."""
    return make_project(tmp_path)
