"""What takes long to make is made once, by the first of the processes that test side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(
    factory: pytest.TempPathFactory, worker: str, name: str, make: Callable[[Path], object]
) -> Path:
    """The folder of this name that ``make`` filled, which no test may change.

    ``worker`` is what pytest-xdist calls this process; one that comes while ``make`` is at it in
    another waits for it.
    """
    base = factory.getbasetemp()
    folder = (base if worker == "master" else base.parent) / name
    ready = folder.with_suffix(".ready")
    with FileLock(folder.with_suffix(".lock")):
        if not ready.exists():
            make(folder)
            ready.touch()
    return folder
