"""Answers that are numbers: which one a text is, within the limits of its question."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from misbrug_analysis.intake.cleaning import bare
from misbrug_analysis.intake.numerals import canonical, measured, numbers_in
from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.instrument import Item, in_language

_PERCENT = {"%", "pct", "procent", "percent", "per cent"}
"""What the measure of a question can be called where a percent sign may follow its answer."""

_TAKEN = {
    (False, False): "takes_number",
    (True, False): "takes_number_from",
    (False, True): "takes_number_to",
    (True, True): "takes_number_from_to",
}
"""Phrases by whether a question has a lower and an upper limit."""


def number_meant(item: Item, text: str, *, stored: bool = False) -> str | None:
    """The one number within the limits of a question that a text can be, as it is stored.

    ``stored`` says that a program has it as a number.
    """
    fits = [one for one in _numbers(item, text, stored=stored) if _fits(item, one)]
    return canonical(fits[0]) if len(fits) == 1 else None


def why_no_number(item: Item, text: str, *, stored: bool = False) -> str:
    """The code of the fault of a text that is not one number within the limits."""
    found = _numbers(item, text, stored=stored)
    if not found:
        return "no_number"
    return "number_unsure" if any(_fits(item, one) for one in found) else "number_outside"


def number_within(item: Item, language: str) -> Phrase:
    """What a question that is answered with a number takes, in words of messages."""
    low, high = (
        int(limit) if limit is not None and limit.is_integer() else limit
        for limit in (item.minimum, item.maximum)
    )
    measure = f" ({in_language(item.measure, language)})" if item.measure else ""
    limits: dict[str, object] = {"low": low, "high": high, "measure": measure}
    return Phrase(_TAKEN[low is not None, high is not None], limits)


def _numbers(item: Item, text: str, *, stored: bool) -> Collection[Decimal]:
    """The numbers that a text can be; the measure of the question may stand after it."""
    found = numbers_in(text, stored=stored)
    number, measure = measured(text)
    own = {bare(one) for one in (item.measure or {}).values()}
    known = own | ({"%"} if own & _PERCENT else set())
    if found or not measure or bare(measure) not in known:
        return found
    return numbers_in(number, stored=stored)


def _fits(item: Item, number: Decimal) -> bool:
    low, high = item.minimum, item.maximum
    return (low is None or number >= Decimal(str(low))) and (
        high is None or number <= Decimal(str(high))
    )
