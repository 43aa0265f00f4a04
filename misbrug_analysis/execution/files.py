"""Files and folders that are written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from misbrug_analysis.model.errors import Phrase, Problem, ReportError, shown
from misbrug_analysis.model.reading import unusable

_STAGED = re.compile(r"\.(\d{1,10})-.+", re.DOTALL)


def staged(path: Path) -> Path:
    """Where a file is written before it takes its place."""
    return path.with_name(f".{os.getpid()}-{path.name}")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step; one that holds the content already is left as it is.

    Raises OSError, with the file's own path, where that cannot be.
    """
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = staged(path)
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        error.filename = str(path)  # a full disk names no file, and nobody knows the one beside
        raise
    finally:
        with suppress(OSError):
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


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files of a folder by their paths, each whole, and remove all others.

    They are written in their order: what tells of the others stands last. A folder cannot take
    another's place in one step, so whoever reads meanwhile may find some files new and some old.
    """
    for path, content in files.items():
        write_whole(folder / path, content)
    remove_others(folder, files)


def remove_others(folder: Path, files: Collection[str]) -> None:
    """Remove all of a folder but some files, told by their paths in it."""
    for old in sorted(folder.rglob("*"), reverse=True):  # what is in a folder before the folder
        if old.is_dir() and not old.is_symlink():
            with suppress(OSError):  # not empty
                old.rmdir()
        elif old.relative_to(folder).as_posix() not in files:
            old.unlink(missing_ok=True)


def remove_staged(folder: Path) -> None:
    """Remove what processes that were killed had begun to write below a folder."""
    for path in folder.rglob(".*"):
        found = _STAGED.fullmatch(path.name)
        if found and path.is_file() and not _runs(int(found[1])):
            path.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    """Whether a process may run; on Windows, where to ask is to end it, any one may."""
    if sys.platform == "win32" or process == os.getpid():
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return not _has_ended(process)


def _has_ended(process: int) -> bool:
    """Whether a process has ended and only its parent has not taken note, as far as is told."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2]
    except OSError:
        return False
    return state.split()[:1] == ["Z"]
