"""Digests (SHA-256) of files, by which is told whether one is as it was.

Only what is light is imported here: a run asks for them before anything else is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def file_digests(paths: Iterable[Path]) -> dict[Path, str]:
    """The SHA-256 of what stands in each file; "" where none can be read."""
    return {path: file_digest(path) for path in paths}


def file_digest(path: Path) -> str:
    """The SHA-256 of what stands in a file; "" where none can be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
