"""Personal data in free text are masked before anything is stored or shown.

Messages of faults mask what they tell, so this module imports nothing of the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, get_args

PersonalKind = Literal["cpr", "email", "phone"]
KINDS: tuple[PersonalKind, ...] = get_args(PersonalKind)
"""What is found, the gravest first."""

NOT_KEPT = "[…]"
"""Stands for a text that is not kept at all, since it can be somebody's name."""

_MASKS: dict[PersonalKind, str] = {"cpr": "[cpr]", "email": "[e-mail]", "phone": "[tlf.]"}

_ALONE = r"(?<!\d)(?<!\d[.,]){}(?![.,]?\d)"
"""Digits that are no part of a longer number or an amount; a sentence may end after them."""

# A date and four digits more. Signs that no program shows may stand between them, too.
_SPACE = r"[\s\u00ad\u200b-\u200d\u2060\ufeff]{0,3}"
_HYPHEN = r"[-/\u2010-\u2015\u2212]"
_BETWEEN = rf"(?:{_SPACE}{_HYPHEN}?{_SPACE}|[._:])"
_CPR = re.compile(
    rf"""
    (?<!\d) (?P<day>\d\d) (?:(?P<sign>[.-])|(?P<space>\x20?))
             (?P<month>\d\d) (?:(?P=sign)|(?P=space))
    (?: \d\d {_BETWEEN}                 # a year of two digits
      # One of four is part of the number where something joins them, since dates are written so:
      # 31-12-2014 and a figure after it is none.
      | (?:18|19|20)\d\d (?(sign) (?:{_HYPHEN}|[._:]) | (?=\D){_BETWEEN})
    )
    \d{{4}} (?!\d)
    """,
    re.VERBOSE,
)
_WITHOUT_ZERO = re.compile(r"\s*(\d)(\d\d)\d{6}\s*")
"""A civil registration number that a spreadsheet took for a number: its leading zero is gone."""

_PATTERNS: tuple[tuple[PersonalKind, re.Pattern[str]], ...] = (
    # Any run of signs, with a host or not: nothing is looked at twice, however long the text.
    ("email", re.compile(r"[\w.+-]++(?P<host>@[\w-]+(?:\.[\w-]+)+)?")),
    ("phone", re.compile(_ALONE.format(r"(?:\+|00)45\s?\d{2}(?:\s?\d{2}){3}"))),
    ("cpr", _CPR),
    ("phone", re.compile(_ALONE.format(r"\d{2}(?:\s?\d{2}){3}"))),
    ("phone", re.compile(_ALONE.format(r"\d{2}([.-])\d{2}\1\d{2}\1\d{2}"))),
)
"""In the order in which they are looked for."""

_EIGHT_DIGITS = re.compile(r"\d(?:\D*+\d){7}")
"""What every number that is masked has; most texts are known by it to hold none."""

_REPLACEMENT = 60
"""What the CPR office adds to the day in numbers for those who have no ordinary one yet."""


def masked(text: str) -> str:
    """The text without e-mail addresses, Danish civil registration numbers and phone numbers.

    A civil registration number (CPR) is a possible day and month, a year of two digits and four
    digits more, with a sign, spaces or nothing before these; the same with a year of four digits;
    or a text of nine digits that is one without its leading zero. Other long numbers stay.
    """
    return _searched(text)[0]


def kinds_in(text: str) -> tuple[PersonalKind, ...]:
    """What ``masked`` masks in a text, once for each time it does so."""
    return _searched(text)[1]


def _searched(text: str) -> tuple[str, tuple[PersonalKind, ...]]:
    """The masked text, and what was masked in it."""
    if "@" not in text and _EIGHT_DIGITS.search(text) is None:
        return text, ()
    short = _WITHOUT_ZERO.fullmatch(text)
    if short and _is_date(int(short[1]), int(short[2])):
        return _MASKS["cpr"], ("cpr",)
    found: list[PersonalKind] = []
    for kind, pattern in _PATTERNS:
        kept, at = [], 0
        for start, end in _places(kind, pattern, text):
            kept.append(text[at:start])
            found.append(kind)
            at = end
        text = _MASKS[kind].join([*kept, text[at:]])
    return text, tuple(found)


def _places(kind: PersonalKind, pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    if kind != "cpr":
        found = pattern.finditer(text)
        yield from (place.span() for place in found if kind != "email" or place["host"])
        return
    start = 0
    while place := pattern.search(text, start):
        holds = _is_date(int(place["day"]), int(place["month"]))
        start = place.end() if holds else place.start() + 1  # another may begin inside
        if holds:
            yield place.span()


def _is_date(day: int, month: int) -> bool:
    """Whether a civil registration number can begin so, with or without a replacement day."""
    return (day - _REPLACEMENT if day > _REPLACEMENT else day) in range(1, 32) and 1 <= month <= 12
