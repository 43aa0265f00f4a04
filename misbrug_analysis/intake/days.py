"""Days as people and spreadsheets write them."""

from __future__ import annotations

from datetime import date, datetime

from misbrug_analysis.intake.cleaning import plain

_DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y")


def as_day(text: str) -> date | None:
    """The day that a text is, where it is nothing else: ``2026-03-01``, ``01-03-2026``."""
    for pattern in _DATES:
        try:
            return datetime.strptime(plain(text), pattern).date()
        except ValueError:
            continue
    return None
