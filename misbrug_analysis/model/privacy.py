"""Personal data in free text are masked before anything is stored or shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from misbrug_analysis.model.instrument import Text

PersonalKind = Literal["cpr", "email", "phone"]
KINDS: tuple[PersonalKind, ...] = get_args(PersonalKind)
"""What is found, the gravest first."""

_MASKS: dict[PersonalKind, str] = {"cpr": "[cpr]", "email": "[e-mail]", "phone": "[tlf.]"}

_ALONE = r"(?<!\d)(?<!\d[.,]){}(?![.,]?\d)"
"""Digits that are no part of a longer number or an amount; a sentence may end after them."""

# Six digits of a date and four more. Signs that no program shows may stand between them, too.
_SPACE = r"[\s\u00ad\u200b-\u200d\u2060\ufeff]{0,3}"
_HYPHEN = r"[-/\u2010-\u2015\u2212]?"
_CPR = re.compile(
    rf"(?<!\d)(\d\d)([ .-]?)(\d\d)\2\d\d{_SPACE}{_HYPHEN}{_SPACE}\d{{4}}(?!\d)",
)
_WITHOUT_ZERO = re.compile(r"\s*(\d)(\d\d)\d{6}\s*")
"""A civil registration number that a spreadsheet took for a number: its leading zero is gone."""

_PATTERNS: tuple[tuple[PersonalKind, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("phone", re.compile(_ALONE.format(r"(?:\+|00)45\s?\d{2}(?:\s?\d{2}){3}"))),
    ("cpr", _CPR),
    ("phone", re.compile(_ALONE.format(r"\d{2}(?:\s?\d{2}){3}"))),
    ("phone", re.compile(_ALONE.format(r"\d{2}([.-])\d{2}\1\d{2}\1\d{2}"))),
)
"""In the order in which they are looked for."""

_REPLACEMENT = 60
"""What the CPR office adds to the day in numbers for those who have no ordinary one yet."""


def masked(text: str) -> str:
    """The text without e-mail addresses, Danish civil registration numbers and phone numbers.

    A civil registration number (CPR) is ten digits that begin with a possible day and month, with
    a hyphen, spaces or nothing before the last four; or a text of nine digits that is one without
    its leading zero. Other long numbers stay.
    """
    return _searched(text)[0]


def kinds_in(text: str) -> tuple[PersonalKind, ...]:
    """What ``masked`` masks in a text, once for each time it does so."""
    return _searched(text)[1]


def _searched(text: str) -> tuple[str, tuple[PersonalKind, ...]]:
    """The masked text, and what was masked in it."""
    short = _WITHOUT_ZERO.fullmatch(text)
    if short and _is_date(int(short[1]), int(short[2])):
        return _MASKS["cpr"], ("cpr",)
    found: list[PersonalKind] = []
    for kind, pattern in _PATTERNS:
        places = list(_places(kind, pattern, text))
        for start, end in reversed(places):
            text = text[:start] + _MASKS[kind] + text[end:]
        found += [kind] * len(places)
    return text, tuple(found)


def _places(kind: PersonalKind, pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while place := pattern.search(text, start):
        holds = kind != "cpr" or _is_date(int(place[1]), int(place[3]))
        start = place.end() if holds else place.start() + 1  # another may begin inside
        if holds:
            yield place.span()


def _is_date(day: int, month: int) -> bool:
    """Whether a civil registration number can begin so, with or without a replacement day."""
    return (day - _REPLACEMENT if day > _REPLACEMENT else day) in range(1, 32) and 1 <= month <= 12


MaskedLine = Annotated[str, Field(min_length=1), AfterValidator(masked)]
"""Free text of a definition file, masked when it is loaded."""

MaskedText = Annotated[
    Text, AfterValidator(lambda texts: {code: masked(text) for code, text in texts.items()})
]
"""The same in one or more languages."""
