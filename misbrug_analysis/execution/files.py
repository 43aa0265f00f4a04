"""Files that are written whole or not at all."""

from __future__ import annotations

import os
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
