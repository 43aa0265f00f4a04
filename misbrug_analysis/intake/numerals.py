"""Numbers as people and programs write them: ``1.234,5``, ``1234.5``, ``1 234``, ``12 %``."""

from __future__ import annotations

import re
from decimal import Context, Decimal

from misbrug_analysis.intake.cleaning import plain

_LONGEST = 40
"""Letters of a text that may still be a number."""

_SIGN = r"(?P<sign>[-+\u2212\u2013])?"
_THOUSANDS = r"[0-9]{1,3}(?:(?P<mark>[., '])[0-9]{3})(?:(?P=mark)[0-9]{3})*"
_GROUPED = re.compile(rf"{_SIGN}(?P<whole>{_THOUSANDS})(?:(?P<point>[.,])(?P<rest>[0-9]+))?")
_PLAIN = re.compile(rf"{_SIGN}(?P<whole>[0-9]*)(?:[.,](?P<rest>[0-9]+))?")
_STORED = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?[eE][-+]?[0-9]{1,2}")
"""How a program stores what is very large or very small."""

_AS_STORED = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")

_PRECISION = Context(prec=15)
"""Digits of a number that a spreadsheet keeps; those after them are noise of its arithmetic."""

_PERCENT = re.compile(r"(?i)(?:%|pct\.?|procent|per ?cent)")
_MEASURED = re.compile(
    r"(?P<number>[-+\u2212\u2013]?[0-9.,' ]*[0-9])\s?(?P<measure>[^0-9.,' +-].*)?"
)


def numbers_in(text: str, *, stored: bool = False) -> set[Decimal]:
    """The numbers that a text can be: none, one, or two where a mark can be of thousands or not.

    ``1.234`` is 1234 in Danish and 1.234 in English; ``0.123`` and ``1234.5`` are one number in
    either. What a program ``stored`` as a number has a point before its decimals.
    """
    said = plain(text)
    if len(said) > _LONGEST:
        return set()
    if _STORED.fullmatch(said) or (stored and _AS_STORED.fullmatch(said)):
        return {_PRECISION.create_decimal(said)}
    found = set()
    if (plainly := _PLAIN.fullmatch(said)) and (plainly["whole"] or plainly["rest"]):
        found.add(_signed(plainly, plainly["whole"] or "0", plainly["rest"]))
    grouped = _GROUPED.fullmatch(said)
    if grouped and grouped["point"] != grouped["mark"] and not grouped["whole"].startswith("0"):
        digits = grouped["whole"].replace(grouped["mark"], "")
        found.add(_signed(grouped, digits, grouped["rest"]))
    return found


def measured(text: str) -> tuple[str, str]:
    """A number as it is written, and the measure after it: ``12 %`` is ``12`` and ``%``."""
    found = _MEASURED.fullmatch(plain(text)) if len(text) <= _LONGEST else None
    if found is None:
        return text, ""
    measure = found["measure"] or ""
    return found["number"], "%" if _PERCENT.fullmatch(measure) else measure


def canonical(number: Decimal) -> str:
    """A number as it is stored: a point before its decimals, and no zero too many."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _signed(found: re.Match[str], whole: str, rest: str | None) -> Decimal:
    sign = "" if found["sign"] in (None, "+") else "-"
    return _PRECISION.create_decimal(f"{sign}{whole}.{rest or 0}")
