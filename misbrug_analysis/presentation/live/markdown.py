"""What a text takes over as it is, and what it escapes."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$])")


class Markdown(str):
    """Markdown of our own making, such as a list; what came from data in it is escaped."""


def escaped(value: object) -> object:
    """A text whose marks are no Markdown; Markdown itself and what is no text stay as they are."""
    if isinstance(value, str) and not isinstance(value, Markdown):
        return _MARKS.sub(r"\\\1", value)
    return value


def bullets(items: list[str]) -> Markdown:
    """A list with a line an item; whatever stands in an item is escaped and kept on its line."""
    return Markdown("\n".join(f"- {escaped(' '.join(item.splitlines()))}" for item in items))
