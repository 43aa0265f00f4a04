"""Personal data are masked, and nothing that only looks like them."""

from __future__ import annotations

import pytest

from misbrug_analysis.model.privacy import masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Skriv til hanne.jensen@greve.dk.", "Skriv til [e-mail]."),
        ("Borgeren 010203-1234 er med", "Borgeren [cpr] er med"),
        ("cpr 0102031234", "cpr [cpr]"),
        ("cpr 010203 1234.", "cpr [cpr]."),
        ("cpr 010203–1234", "cpr [cpr]"),
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
    ],
)
def test_numbers_dates_and_amounts_stay(text: str) -> None:
    assert masked(text) == text
