"""Files and folders that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def staged(path: Path) -> Path:
    """Where a file is written before it takes its place."""
    return path.with_name(f".{os.getpid()}-{path.name}")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step; one that holds the content already is left as it is."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = staged(path)
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """An empty folder to fill, which then takes the place of the one at ``path``.

    When filling it fails, or it cannot take the place, the one that was there stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as made:
        beside, before = Path(made) / "new", Path(made) / "before"
        beside.mkdir()
        yield beside
        if path.exists():
            path.rename(before)
        try:
            beside.rename(path)
        except OSError:
            if before.exists():
                before.rename(path)
            raise
