"""What a text takes over as it is, what it escapes, and what becomes a link."""

from __future__ import annotations

import re

from misbrug_analysis.presentation.passages import split_links, unlinked
from misbrug_analysis.presentation.quantifiers import told_at

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$])")


class Markdown(str):
    """Markdown of our own making, such as a list; what came from data in it is escaped."""


class Told(str):
    """Words with a count that lead to where it is told in full.

    To a text and its conditions it is the words and nothing else: the links, which are in
    ``told``, show when it is put out.
    """

    told: str

    def __new__(cls, told: str) -> Told:
        """Made of words in which links are marked."""
        words = super().__new__(cls, unlinked(told))
        words.told = told
        return words

    @classmethod
    def of(cls, words: str, at: str) -> Told:
        """Made of a count in words and its address; without one it stays words."""
        return cls(told_at(words, at))


def escaped(value: object) -> object:
    """A text whose marks are no Markdown; Markdown itself and what is no text stay as they are.

    A count leads to where it is told in full.
    """
    if isinstance(value, Told):
        value = value.told
    if isinstance(value, str) and not isinstance(value, Markdown):
        return _escaped(value)
    return value


def bullets(items: list[str]) -> Markdown:
    """A list with a line an item; whatever stands in an item is escaped and kept on its line."""
    return Markdown("\n".join(f"- {escaped(' '.join(item.splitlines()))}" for item in items))


def _escaped(text: str) -> str:
    """All but the addresses of links in it."""
    return "".join(
        part if is_address else _MARKS.sub(r"\\\1", part) for part, is_address in split_links(text)
    )
