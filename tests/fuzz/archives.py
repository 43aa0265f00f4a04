"""A workbook as its parts, taken out of the archive and packed again in memory."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Parts = dict[str, bytes]


class Broken:
    """A broken file, and what was done to it, step by step; its bytes are too many to be told."""

    def __init__(self, content: bytes, steps: tuple[str, ...]) -> None:
        self.content = content
        self.steps = steps

    def __repr__(self) -> str:
        digest = hashlib.sha256(self.content).hexdigest()[:12]
        return f"<{len(self.content)} bytes, {digest}: {', '.join(self.steps)}>"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(repr(self))


def steps_of(breakers: Iterable[Callable[..., object]]) -> tuple[str, ...]:
    """What breakers are called."""
    return tuple(breaker.__name__ for breaker in breakers)


_THEN = (2024, 1, 1, 0, 0, 0)


def unpacked(content: bytes) -> Parts:
    """The parts of a workbook by name, in the order of the archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(
    parts: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED, comment: bytes = b""
) -> bytes:
    """An archive of parts, the same bytes at any time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression, compresslevel=1) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _THEN)
            entry.compress_type = compression
            archive.writestr(entry, content)
        archive.comment = comment
    return stream.getvalue()


def sheet_parts(parts: Mapping[str, bytes]) -> list[str]:
    """The parts that hold sheets."""
    return [name for name in parts if name.startswith("xl/worksheets/") and name.endswith(".xml")]
