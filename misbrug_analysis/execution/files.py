"""Files and folders that are written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from misbrug_analysis.model.errors import Phrase, Problem, ReportError, shown
from misbrug_analysis.model.reading import unusable


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


def write_or_tell(path: Path, content: bytes) -> None:
    """Write a file whole; raises ReportError where it cannot be, as when Excel has it open."""
    try:
        write_whole(path, content)
    except PermissionError as error:
        raise ReportError([_held(path) if path.is_file() else unusable(error, path)]) from None
    except OSError as error:
        raise ReportError([unusable(error, path)]) from None


def _held(path: Path) -> Problem:
    """A file that stands there and cannot be replaced is held by another program, as a rule."""
    values = {"name": path.name, "detail": Phrase("no_permission")}
    return Problem("not_written", shown(path), values)


@contextmanager
def first_folder(path: Path) -> Iterator[Path]:
    """An empty folder to fill, which then stands at ``path``, where nothing may stand before.

    Raises FileExistsError where something does by then; it stays as it is.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as made:
        beside = Path(made) / "new"
        beside.mkdir()
        yield beside
        try:
            beside.rename(path)  # never onto a folder that holds anything
        except OSError:
            if path.exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
            raise


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
