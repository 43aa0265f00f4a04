"""Days and times as people, spreadsheets and survey systems write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from misbrug_analysis.intake.days import Moment, as_day, as_moment

DAY = date(2026, 3, 1)


@pytest.mark.parametrize("text", ["2026-03-01", " 01-03-2026 ", "01.03.2026", "1/3/2026"])
def test_a_day_alone_has_no_time(text: str) -> None:
    assert as_moment(text) == Moment(DAY)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01 09:05",
        "2026-03-01T09:05",
        "01-03-2026 9.05",
        "01.03.2026 09:05:00",
        "1/3/2026 9:05",
    ],
)
def test_a_time_is_read_with_its_day(text: str) -> None:
    assert as_moment(text) == Moment(DAY, datetime(2026, 3, 1, 9, 5))


def test_a_zone_stays_where_it_is_written() -> None:
    assert as_moment("2026-03-01T09:05Z") == Moment(DAY, datetime(2026, 3, 1, 9, 5, tzinfo=UTC))


@pytest.mark.parametrize("text", ["", "i går", "2026-03-01T", "2026-03-01 25:00", "3/14/2026 9:05"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert as_moment(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01",
        "01-03-2026",
        "2026-03-01 15:30:00",
        "2026-03-01 00:00:01",
        "2026-03-01 15:30:00+01:00",
        "01-03-2026 15:30:00",
        "1/3/2026 15:30",
    ],
)
def test_the_day_of_a_cell_with_a_time_is_its_day(text: str) -> None:
    assert as_day(text) == DAY


@pytest.mark.parametrize(
    "text", ["2026-03-01 25:30:00", "2026-02-30 15:30:00", "1/3/2026 15", "2026-03-01 a"]
)
def test_what_is_more_than_a_day_and_its_time_is_none(text: str) -> None:
    assert as_day(text) is None
