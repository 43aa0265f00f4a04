"""What is wrong with a value of a definition file, in words of the catalogues of messages.

Pydantic finds most of it; its own words are for programmers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import AfterValidator

from misbrug_analysis.model.errors import Phrase, Problem, name_list

Words = Phrase | str

_KINDS = {
    "string": ("no_text", "a_text"),
    "int": ("no_whole_number", "a_whole_number"),
    "float": ("no_number", "a_number"),
    "finite": ("no_number", "a_number"),
    "bool": ("no_truth", "a_truth"),
    "date": ("no_date", "a_date"),
    "list": ("no_list", "a_list"),
    "dict": ("no_fields", "some_fields"),
    "model": ("no_fields", "some_fields"),
}
"""By the first word of pydantic's name of a fault, such as ``int_parsing``."""

_LIMITS = {
    "string_too_short": ("text_too_short", "text_at_least", "min_length"),
    "string_too_long": ("text_too_long", "text_at_most", "max_length"),
    "too_short": ("too_few", "entries_at_least", "min_length"),
    "too_long": ("too_many", "entries_at_most", "max_length"),
    "greater_than": ("too_small", "more_than", "gt"),
    "greater_than_equal": ("too_small", "at_least", "ge"),
    "less_than_equal": ("too_large", "at_most", "le"),
}
"""Faults of size, with the name that pydantic gives the limit."""


class UnfitValue(ValueError):
    """A value that does not fit: why, and what would, in words of the catalogues."""

    def __init__(self, detail: Phrase, expected: Phrase | None = None) -> None:
        super().__init__(str(detail))
        self.detail = detail
        self.expected = expected or Phrase("another_value")


def matching(pattern: str, expected: str) -> AfterValidator:
    """A constraint: the whole text has the form of a pattern, which the phrase says in words."""
    form = re.compile(pattern)

    def check(text: str) -> str:
        if not form.fullmatch(text):
            raise UnfitValue(Phrase("other_signs"), Phrase(expected))
        return text

    return AfterValidator(check)


def bad_value(
    where: str, name: Words, detail: Words, expected: Words, given: object = None
) -> Problem:
    """The fault of a value; ``given`` is what stands there, where it can be shown."""
    return Problem("bad_value", where, bad(name, detail, expected, given))


def bad(name: Words, detail: Words, expected: Words, given: object = None) -> dict[str, object]:
    """The fields of the message ``bad_value``."""
    plain = isinstance(given, str | int | float)
    shown = Phrase("given", {"value": str(given)}) if plain else ""
    return {"name": name, "detail": detail, "expected": expected, "given": shown}


def pydantics(fault: Mapping[str, Any]) -> tuple[Words, Words]:
    """Why a value does not fit and what would, out of a fault that pydantic found."""
    kind, context = str(fault["type"]), fault.get("ctx", {})
    if isinstance(error := context.get("error"), UnfitValue):
        return error.detail, error.expected
    if kind in ("literal_error", "enum"):
        valid = re.findall(r"'([^']*)'", str(context["expected"]))
        return Phrase("not_a_choice"), Phrase("one_of", {"valid": name_list(valid)})
    if kind in _LIMITS:
        detail, expected, limit = _LIMITS[kind]
        end = context[limit]
        whole = int(end) if isinstance(end, float) and end.is_integer() else end
        return Phrase(detail), Phrase(expected, {"limit": whole})
    if kind.partition("_")[0] in _KINDS:
        detail, expected = _KINDS[kind.partition("_")[0]]
        return Phrase(detail), Phrase(expected)
    message = str(fault["msg"])
    return message[0].lower() + message[1:], Phrase("another_value")
