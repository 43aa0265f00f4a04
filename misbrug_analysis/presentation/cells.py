"""What stands inside blocks: checked texts, links, and the cells of tables."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from typing import ClassVar, Literal
from urllib.parse import unquote

NOTHING_ELSE = {"extra": "forbid"}
"""For what is rebuilt from JSON: a field that is not known is an error."""

SCHEMES = frozenset({"http", "https", "mailto"})

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_ID = re.compile(r"[A-Za-z0-9._-]+")
# Nothing can hide in such an address, of which nearly all are.
_PLAIN_HREF = re.compile(r"(?!//)[\w./-]+(?:#[\w.-]*)?|#[\w.-]*", re.ASCII)
_SCHEME = re.compile(r"([^/?#]*?):")
# Browsers drop control characters and spaces from an address before they look at its scheme.
_UNSAFE_CHARACTERS = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True)
class Mark:
    """A symbol that stands for an answer, with the words that say it to those who do not see it.

    ``css`` is a class of the style sheet: ``yes``, ``no``, ``partly``, ``unanswered``, ``absent``,
    ``withheld``.
    ``href`` is where the answer is told in full, if anywhere.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = NOTHING_ELSE
    symbol: str
    words: str
    css: str = ""
    href: str = ""

    def __post_init__(self) -> None:
        checked_text(self.symbol, "the symbol of a mark")
        checked_text(self.words, f"the words for the mark {self.symbol}")
        if self.css:
            checked_anchor(self.css, "the class of a mark")
        if self.href:
            checked_href(self.href)

    def __str__(self) -> str:
        return f"{self.symbol} {self.words}"


@dataclass(frozen=True)
class Link:
    """A text that leads somewhere: another page, a place on this one, or an address."""

    __pydantic_config__: ClassVar[dict[str, str]] = NOTHING_ELSE
    text: str
    href: str

    def __post_init__(self) -> None:
        checked_text(self.text, "the text of a link")
        checked_href(self.href)

    def __str__(self) -> str:
        return f"{self.text} ({self.href})"


@dataclass(frozen=True)
class Lines:
    """Short texts, one below the other, each a line or more."""

    __pydantic_config__: ClassVar[dict[str, str]] = NOTHING_ELSE
    lines: tuple[str, ...]

    def __post_init__(self) -> None:
        lines = checked_texts(self.lines, "the lines of a cell")
        object.__setattr__(self, "lines", lines)
        if not lines:
            raise ValueError("a cell of lines has none; write an empty text")

    def __str__(self) -> str:
        return "; ".join(self.lines)


Cell = str | int | float | Mark | Link | Lines

Entry = tuple[str | Link, tuple[str | Link, ...]]
"""A term and what belongs to it."""


@dataclass(frozen=True)
class Column:
    """A column of a table; neighbours with the same ``group`` share a heading above their own.

    ``meaning`` is what a short label stands for, told to those who hear it.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = NOTHING_ELSE
    label: str
    align: Literal["text", "number", "centre"] = "text"
    group: str | None = None
    meaning: str = ""

    def __post_init__(self) -> None:
        checked_text(self.label, "the label of a column")
        if self.align not in ("text", "number", "centre"):
            raise ValueError(
                f"column {self.label!r} is aligned {self.align!r}; use text, number or centre"
            )


def checked_text(value: object, what: str) -> str:
    """The text, where there is one; ``what`` names it in the error.

    Raises TypeError when it is no text and ValueError when nothing stands in it.
    """
    if not isinstance(value, str):
        raise TypeError(f"{what} must be text, not {type(value).__name__} ({value!r})")
    if not value.strip():
        raise ValueError(f"{what} is empty; a reader needs it")
    return value


def checked_anchor(value: str, what: str = "an anchor") -> str:
    """The anchor, where it is an ASCII slug and so makes the same address everywhere."""
    if not isinstance(value, str) or not _SLUG.fullmatch(value):
        raise ValueError(f"{what} is {value!r}; use a-z, 0-9 and hyphens, such as 'status-5'")
    return value


def checked_id(value: str, what: str) -> str:
    """The id of a question or topic, where nothing in it can end the style it stands in."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError(f"{what} is {value!r}; use letters, digits, dots, hyphens and underscores")
    return value


def checked_anchors(values: Iterable[object], number: int, what: str) -> tuple[str, ...]:
    """The anchors as a tuple: none, or one for each of so many things."""
    anchors = tuple(checked_anchor(str(value)) for value in checked_items(values, what))
    if anchors and len(anchors) != number:
        raise ValueError(f"{what} have {len(anchors)} anchors for {number}; give each one, or none")
    return anchors


def checked_href(value: str) -> str:
    """The address, where it is relative, a place on the page (#), http(s) or mailto."""
    if not isinstance(value, str) or not is_safe_href(value):
        raise ValueError(
            f"a link leads to {value!r}; use a relative address, #anchor, http, https or mailto"
        )
    return value


def is_safe_href(href: str) -> bool:
    """Whether an address can stand in a page: nothing that runs, nothing on another file share.

    Looks through entities and percent signs too, so that ``java&#115;cript:`` is seen for what it
    is, however many steps it is decoded in.
    """
    if _PLAIN_HREF.fullmatch(href):
        return True
    for form in (href, html.unescape(href), unquote(html.unescape(href))):
        scheme = _SCHEME.match(form)
        if scheme and scheme[1].lower() not in SCHEMES:
            return False
    return bool(href) and not _UNSAFE_CHARACTERS.search(href) and not href.startswith("//")


def checked_items(values: Iterable[object], what: str) -> tuple[object, ...]:
    """The items as a tuple; one text is refused, since it would be taken letter by letter."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise TypeError(f"{what} must be a list, not {type(values).__name__}")
    return tuple(values)


def checked_texts(values: Iterable[object], what: str) -> tuple[str, ...]:
    """The texts as a tuple, none of them empty."""
    return tuple(
        checked_text(value, f"an entry of {what}") for value in checked_items(values, what)
    )


def checked_cell(value: object, where: str) -> Cell:
    """A cell as a plain value; numbers of NumPy become Python's, missing values are refused."""
    if isinstance(value, str | Mark | Link | Lines):
        return value
    if isinstance(value, Integral) and not isinstance(value, bool):
        return int(value)
    if isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    raise TypeError(f"{where} holds {value!r}; write a text, a number, a Mark, a Link or Lines")


def checked_text_or_link(value: object, what: str) -> str | Link:
    """The link as it is, or the text where there is one."""
    return value if isinstance(value, Link) else checked_text(value, what)


def checked_entries(values: Iterable[object]) -> tuple[Entry, ...]:
    """Terms, each with at least one text."""
    entries = []
    for entry in checked_items(values, "the terms"):
        if not isinstance(entry, Sequence) or isinstance(entry, str) or len(entry) != 2:
            raise TypeError(f"the terms must be pairs of a term and its texts, not {entry!r}")
        term = checked_text_or_link(entry[0], "a term")
        texts = checked_items(entry[1], f"what belongs to {term}")
        if not texts:
            raise ValueError(f"nothing belongs to {term}; a reader needs it")
        checked = [checked_text_or_link(text, f"what belongs to {term}") for text in texts]
        entries.append((term, tuple(checked)))
    return tuple(entries)


def checked_pairs(values: Iterable[object], what: str) -> tuple[tuple[str, str], ...]:
    """Pairs of texts as a tuple; the first of each is not empty."""
    pairs = []
    for pair in checked_items(values, what):
        if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:
            raise TypeError(f"{what} must be pairs of texts, not {pair!r}")
        pairs.append((checked_text(pair[0], f"an entry of {what}"), str(pair[1])))
    return tuple(pairs)


def checked_choice(value: str, valid: tuple[str, ...], what: str) -> None:
    """Refuse a kind that is none of the valid ones; ``what`` names the block in the error."""
    if value not in valid:
        raise ValueError(f"{what} is of the kind {value!r}; use one of: {', '.join(valid)}")
