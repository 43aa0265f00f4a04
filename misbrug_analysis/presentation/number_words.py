"""Numbers that units gave, as a reader sees them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from misbrug_analysis.model.instrument import Item, Text
from misbrug_analysis.presentation.language import Language

MOST_DECIMALS = 2
"""Decimals of a number that is shown; as many as it needs up to these."""


def plain_number(language: Language, value: float) -> str:
    """A number with the decimals that it needs: ``1.234,5``."""
    finest = Decimal(1).scaleb(-MOST_DECIMALS)
    number = Decimal(str(value)).quantize(finest, ROUND_HALF_UP).normalize()
    return language.number(number, max(0, -int(number.as_tuple().exponent)))


def measured_number(
    language: Language, item: Item, value: float, say: Callable[[Text], str]
) -> str:
    """A number with the measure of its question: ``12,5 år``."""
    number = plain_number(language, value)
    if item.measure is None:
        return number
    return language.text("live.measured", number=number, measure=say(item.measure))
