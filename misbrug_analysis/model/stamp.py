"""The stamp of a form that was sent out: which round and version it belongs to, and whose it is.

A workbook carries it in a hidden sheet, so that a returned form tells what it is even where its
visible cells were changed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass, fields
from typing import Self

from misbrug_analysis.model.instrument import Instrument

SHEET = "misbrug"
"""The name of the hidden sheet; it has a name in column A and a value in column B of each row."""

LAYOUT = "1"
"""How forms are laid out; a form of another layout is read by its headings like any other."""


@dataclass(frozen=True)
class FormStamp:
    """What the hidden sheet of a form says.

    ``version`` is the instrument's; ``questions`` is a digest of what it asks (``digest_of``).
    """

    layout: str
    study: str
    instrument: str
    version: str
    questions: str
    unit: str
    form: str

    def rows(self) -> list[tuple[str, str]]:
        """The stamp as names and values, in the order of its fields."""
        return list(zip((one.name for one in fields(self)), astuple(self), strict=True))

    @classmethod
    def read(cls, rows: dict[str, str]) -> Self | None:
        """The stamp that names and values make, where none of its fields is missing."""
        names = [one.name for one in fields(cls)]
        return cls(**{name: rows[name] for name in names}) if set(names) <= set(rows) else None


def digest_of(instrument: Instrument) -> str:
    """A short digest of the questions and the ways to answer them; other words make another one."""
    asked = [item.model_dump(mode="json") for item in instrument.items]
    text = json.dumps([asked, sorted(instrument.answers)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
