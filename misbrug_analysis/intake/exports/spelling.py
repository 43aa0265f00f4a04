"""The parts of a heading: the words of a number, and what stands before and after a wording."""

from __future__ import annotations

import re

from misbrug_analysis.intake.cleaning import plain

_PREFIX = re.compile(r"[^\W\d_]{1,3}|spørgsmål|question|item|variable")
"""What stands before the number in the name of a variable: ``q``, ``s_``, ``Spm.``."""

FIRST_WORD = re.compile(r"\W*(?P<word>[^\s:]+)[\s:]+(?P<rest>.+)", re.DOTALL)
_NAME_LIKE = re.compile(r"\d|[.)\]]$")
_TOKEN = re.compile(r"[^\W_]+")


def tokens_of(text: str) -> tuple[str, ...]:
    """The letters and digits of a number, without zeros before it: ``Q01_1`` is ``q01``, ``1``."""
    words = _TOKEN.findall(plain(text).casefold())
    return tuple(word.lstrip("0") or "0" if word.isdigit() else word for word in words)


def readings(tokens: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A name as it stands, and without what systems write before the number."""
    found = [tokens]
    if len(tokens) > 1 and _PREFIX.fullmatch(tokens[0]):
        found.append(tokens[1:])
    glued = re.fullmatch(rf"(?:{_PREFIX.pattern})(\d+)", tokens[0]) if tokens else None
    if glued:
        found.append((glued[1].lstrip("0") or "0", *tokens[1:]))
    return found


def parted(text: str) -> tuple[str, str]:
    """A text before the brackets at its end, and what stands in them."""
    said = plain(text)
    before, bracket, mark = said[:-1].rpartition("[") if said.endswith("]") else ("", "", "")
    return (before.rstrip(), mark) if bracket else (said, "")


def wordings_in(text: str) -> list[str]:
    """What can be a heading or the wording of a question in a label: all of it, and the ends of it.

    A system's own name can stand before it, and what is asked of all rows of a grid.
    """
    said = plain(text)
    parts = [said]
    if (first := FIRST_WORD.match(said)) and _NAME_LIKE.search(first["word"]):
        parts.append(first["rest"])
    if " - " in said:
        parts.append(said.rpartition(" - ")[2])
    return parts
