"""Personal data are masked, and nothing that only looks like them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misbrug_analysis.model.privacy import kinds_in, masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Skriv til hanne.jensen@greve.dk.", "Skriv til [e-mail]."),
        ("Borgeren 010203-1234 er med", "Borgeren [cpr] er med"),
        ("cpr 0102031234", "cpr [cpr]"),
        ("cpr 010203 1234.", "cpr [cpr]."),
        ("cpr 010203–1234", "cpr [cpr]"),
        ("cpr 010203 - 1234", "cpr [cpr]"),
        ("cpr 010203 – 1234", "cpr [cpr]"),
        ("cpr 010203\u20111234", "cpr [cpr]"),
        ("cpr 010203\u00ad1234", "cpr [cpr]"),
        ("cpr 010203/1234", "cpr [cpr]"),
        ("cpr 01 02 03 1234", "cpr [cpr]"),
        ("cpr 01.02.03-1234", "cpr [cpr]"),
        ("cpr010203-1234x", "cpr[cpr]x"),
        ("cpr 010203.1234", "cpr [cpr]"),
        ("cpr 010203_1234", "cpr [cpr]"),
        ("cpr 010203:1234", "cpr [cpr]"),
        ("cpr 01021903-1234", "cpr [cpr]"),
        ("cpr 01021903 1234", "cpr [cpr]"),
        ("cpr 01 02 1903 1234", "cpr [cpr]"),
        ("cpr 01-02-1903-1234", "cpr [cpr]"),
        ("cpr 01.02.1903-1234", "cpr [cpr]"),
        ("010203-1234,311299-4321", "[cpr],[cpr]"),
        ("40-01-02-1903-1234", "40-[cpr]"),  # the first six digits are no date, the next are
        ("610203-1234", "[cpr]"),  # a replacement number: the first of a month
        ("911203-1234", "[cpr]"),
        ("102031234", "[cpr]"),  # 010203-1234 in a cell that took it for a number
        ("911299123", "[cpr]"),  # 0911299123
        ("Ring 12 34 56 78 i morgen", "Ring [tlf.] i morgen"),
        ("Ring 12 34 56 78.", "Ring [tlf.]."),
        ("Ring 12345678, tak", "Ring [tlf.], tak"),
        ("tlf.12345678", "tlf.[tlf.]"),
        ("+45 12 34 56 78", "[tlf.]"),
        ("+4512345678", "[tlf.]"),
        ("004512345678", "[tlf.]"),
        ("1234 5678", "[tlf.]"),
        ("12-34-56-78", "[tlf.]"),
        ("12.34.56.78", "[tlf.]"),
        ("12\u00a034\u00a056\u00a078", "[tlf.]"),
        ("a@b.dk og 010203-1234 og 12345678", "[e-mail] og [cpr] og [tlf.]"),
    ],
)
def test_personal_data_are_masked(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1.1",
        "12.1",
        "10.s4",
        "2014",
        "i 2013 og 2014",
        "2013-2014",
        "2013/2014",
        "01-03-2014",
        "01.03.2014",
        "01.01.1990-31.12.1990",
        "pr. 01.03.2014 1200 borgere",
        "01.03.2014 - 1200",
        "010120031234",
        "2014-03-01",
        "1/3 2014",
        "1.234.567 kr.",
        "12.345.678,50 kr.",
        "1234567,50",
        "10 000 000 kr.",
        "100 borgere, 25 pct.",
        "§ 101 og 101 a",
        "kl. 08.30-16.00",
        "4100 Ringsted",
        "@ommune",
        "320203-1234",  # no month has 32 days, and no replacement number such a day
        "000203-1234",
        "600203-1234",
        "920203-1234",
        "011303-1234",
        "010003-1234",
        "0113031234",
        "01020312345",
        "9010203-1234",
        "314131234",  # 0314131234 would be the 3rd of a month 14
        "14 313 131 234",
    ],
)
def test_numbers_dates_and_amounts_stay(text: str) -> None:
    assert masked(text) == text


def test_what_is_masked_is_counted_each_time() -> None:
    text = "Ole (010203-1234, ole@by.dk) og Ida (020304-1234), tlf. 12 34 56 78"
    assert sorted(kinds_in(text)) == ["cpr", "cpr", "email", "phone"]
    assert kinds_in("Ingen af dem") == ()


def test_a_long_text_without_any_is_read_in_one_go() -> None:
    """With a search that begins anew at every sign, this would not end."""
    text = "a." * 400_000
    assert masked(text) == text


@given(st.text(alphabet="0123456789-. @abk,\n", max_size=40))
def test_what_was_masked_once_is_masked_for_good(text: str) -> None:
    assert kinds_in(masked(text)) == ()


@given(st.dates(date(1900, 1, 1), date(2057, 12, 31)), st.integers(0, 9999), st.sampled_from("- –"))
def test_every_number_that_can_be_one_is_found(born: date, serial: int, between: str) -> None:
    number = f"{born:%d%m%y}{between}{serial:04}"
    assert masked(f"Borger {number}.") == "Borger [cpr]."
