"""Temporary folders that go with the process that made them, or with the next run.

A process that is killed cannot remove its folder. It keeps the folder locked as long as it lives,
and those that it forks do: one that nobody keeps is of a process that is gone.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from misbrug_analysis.execution.locks import take

_PREFIX = ".misbrug-run-"
"""Nobody else's: what has it, and is no longer kept, is removed."""


@contextmanager
def own_folder() -> Iterator[Path]:
    """A temporary folder of this process and those that it forks.

    On Windows nobody can tell whose it is, and one that is left stays.
    """
    if sys.platform == "win32":
        with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
            yield Path(name)
        return
    folder, lock = _made()
    try:
        yield folder
    finally:
        # Still locked: if we are killed meanwhile, what is left is nobody's, and goes.
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def remove_abandoned() -> None:
    """Remove the temporary folders of this user's processes that were killed."""
    if sys.platform == "win32":
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if folder.lstat().st_uid == os.getuid():
                _remove_unless_kept(folder)


def _made() -> tuple[Path, int]:
    """A new folder, and the lock on it.

    A run that begins meanwhile can take a folder that is not yet locked for abandoned: then it is
    locked by that run, or gone, and another is made.
    """
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        with suppress(FileNotFoundError):
            lock = _opened(folder)
            if take(lock) and folder.exists():
                return folder, lock
            os.close(lock)


def _remove_unless_kept(folder: Path) -> None:
    lock = _opened(folder)
    try:
        if take(lock):
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def _opened(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
