"""What a reader reads of blocks, without where it leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from misbrug_analysis.presentation.passages import unlinked


def plainly(value: Any) -> Any:
    """A text, a block, or several of them, in which no part of a text is a link."""
    return _each(value, unlinked)


def spaced(value: Any) -> Any:
    """As ``plainly``, with plain spaces where a line must not break: ``50 %``."""
    return _each(value, lambda text: unlinked(text).replace("\N{NO-BREAK SPACE}", " "))


def _each(value: Any, told: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return told(value)
    if isinstance(value, list | tuple):
        return type(value)(_each(one, told) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{one.name: _each(getattr(value, one.name), told) for one in fields(value)}
        )
    return value
