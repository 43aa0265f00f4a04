"""The outline of a page: headings that never skip a level, and ids that are unique."""

from __future__ import annotations

from dataclasses import dataclass, field

from misbrug_analysis.model.anchors import slug
from misbrug_analysis.model.instrument import Item, Kind
from misbrug_analysis.presentation.passages import unlinked

__all__ = ["CONTENTS_ID", "MAIN_ID", "Entry", "Outline", "item_anchor", "slug"]

MAIN_ID = "main-content"
CONTENTS_ID = "page-contents"

_DEEPEST_ENTRY = 3


@dataclass
class Entry:
    """A line of the contents, with the lines below it."""

    text: str
    anchor: str
    level: int
    below: list[Entry] = field(default_factory=list)


class Outline:
    """Takes the headings of a page in order and settles the level and id that each one gets."""

    def __init__(self, level: int = 1) -> None:
        self._level = level
        self._taken = {MAIN_ID, CONTENTS_ID}
        self.contents: list[Entry] = []
        self.entries = 0

    def unique(self, anchor: str) -> str:
        """The anchor, or with -2, -3 … behind it where the page has it already."""
        candidate, number = anchor, 1
        while candidate in self._taken:
            number += 1
            candidate = f"{anchor}-{number}"
        self._taken.add(candidate)
        return candidate

    def heading(self, text: str, level: int, anchor: str) -> tuple[int, str]:
        """Level and id of the next heading; it lies at most one level below the one before it."""
        self._level = min(level, self._level + 1)
        anchor = self.unique(anchor)
        if self._level <= _DEEPEST_ENTRY:
            # A line of the contents is a link itself.
            self._enter(Entry(unlinked(text), anchor, self._level))
            self.entries += 1
        return self._level, anchor

    def _enter(self, entry: Entry) -> None:
        last = self.contents[-1] if self.contents else None
        lines = last.below if last and entry.level > last.level else self.contents
        lines.append(entry)


def item_anchor(item: Item) -> str:
    """The anchor of what a page says of a question: ``indicator-5-2``, ``question-5-s1``."""
    return slug("indicator" if item.kind is Kind.INDICATOR else "question", item.id)
