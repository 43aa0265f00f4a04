"""What a reader reads of blocks, without where it leads."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from misbrug_analysis.presentation.passages import unlinked


def plainly(value: Any) -> Any:
    """A text, a block, or several of them, in which no part of a text is a link."""
    if isinstance(value, str):
        return unlinked(value)
    if isinstance(value, list | tuple):
        return type(value)(plainly(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{one.name: plainly(getattr(value, one.name)) for one in fields(value)}
        )
    return value
