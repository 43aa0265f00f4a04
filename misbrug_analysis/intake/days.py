"""Days and times as people, spreadsheets and survey systems write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from misbrug_analysis.intake.cleaning import plain

_DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y")
_MOMENT = re.compile(r"(?P<day>[^\sT]+)(?:[T\s]\s?(?P<hour>\d\d?)[.:](?P<rest>\d\d\S*))?")
_SECONDS = re.compile(r"^(\d\d)\.(\d\d)$")


def as_day(text: str) -> date | None:
    """The day that a text is: ``2026-03-01``, ``01-03-2026``; the time beside it is left out."""
    found = as_moment(text)
    return found.day if found else None


@dataclass(frozen=True)
class Moment:
    """A day, with the time on it where that is written, too."""

    day: date
    time: datetime | None = None


def as_moment(text: str) -> Moment | None:
    """The day and time that a text is: ``2026-03-01``, ``01-03-2026 14:05``, ``2026-03-01T14:05Z``.

    A time without a zone stays without one.
    """
    found = _MOMENT.fullmatch(plain(text))
    day = _day(found["day"]) if found else None
    if found is None or day is None or not found["hour"]:
        return Moment(day) if day else None
    rest = _SECONDS.sub(r"\1:\2", found["rest"])
    try:
        return Moment(day, datetime.combine(day, time.fromisoformat(f"{found['hour']:0>2}:{rest}")))
    except ValueError:
        return None


def _day(said: str) -> date | None:
    for pattern in _DATES:
        try:
            return datetime.strptime(said, pattern).date()
        except ValueError:
            continue
    return None
