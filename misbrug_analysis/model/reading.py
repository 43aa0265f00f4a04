"""Files of a project as bytes; what keeps one from being used is told with its path and why."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from misbrug_analysis.model.errors import (
    DefinitionError,
    MisbrugError,
    Phrase,
    Problem,
    shown,
    too_large,
)
from misbrug_analysis.model.unfit import Words

_REASONS = {
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.EROFS: "read_only",
    errno.ENOSPC: "disk_full",
    errno.ENOENT: "not_there",
    errno.ENOTDIR: "below_a_file",
    errno.EEXIST: "there_already",
    errno.EISDIR: "a_folder_there",
    errno.ENAMETOOLONG: "name_too_long",
}
"""Phrases by what the operating system says; other words of its own are shown as they are."""


MOST_FAULTS = 200
"""Faults of one file that are told at once."""


def content_of(path: Path, kind: Phrase, named_in: Words, limit: int) -> bytes:
    """What stands in a file of at most ``limit`` bytes.

    ``kind`` says what the file would be, ``named_in`` which file names it. Raises DefinitionError
    for a file that is missing, a folder, too large or closed to the one who reads.
    """
    try:
        if path.is_dir():
            raise DefinitionError([Problem("folder_for_file", shown(path), {"expected": kind})])
        if not path.is_file():
            values: dict[str, object] = {"expected": kind, "named_in": named_in}
            raise DefinitionError([Problem("file_missing", shown(path), values)])
        size = path.stat().st_size
        if size > limit:
            raise DefinitionError([Problem("file_too_large", shown(path), too_large(size, limit))])
        return path.read_bytes()
    except OSError as error:
        raise DefinitionError([unusable(error, path)]) from None


def first_faults(problems: Iterable[Problem], path: Path) -> list[Problem]:
    """The first faults of a file, and one that says so where there are more.

    Nobody reads more at once, and a file can be made to have a million.
    """
    first = list(islice(problems, MOST_FAULTS + 1))
    if len(first) > MOST_FAULTS:
        first[-1] = Problem("further_faults", shown(path), {"number": MOST_FAULTS})
    return first


def unusable(error: OSError, path: Path | None = None) -> Problem:
    """The fault of a file or folder that cannot be read or written, by the error's own path."""
    name = error.filename
    named = path or (Path(os.fsdecode(name)) if isinstance(name, str | bytes) else None)
    known = _REASONS.get(error.errno or 0)
    detail = Phrase(known) if known else error.strerror or type(error).__name__
    return Problem("file_unusable", shown(named) if named else "", {"detail": detail})


def problems_of(error: Exception) -> tuple[Problem, ...]:
    """What there is to tell of an error; nothing where it is a mistake in the program.

    A reader of the output that went away (``| head``) is no fault of a file either.
    """
    if isinstance(error, MisbrugError):
        return error.problems
    if isinstance(error, OSError) and error.errno != errno.EPIPE:
        return (unusable(error),)
    return ()
