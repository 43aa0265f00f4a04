"""What is handed to a page, a sheet or a terminal acts on none of them."""

from __future__ import annotations

import unicodedata

import pytest
from pydantic import TypeAdapter, ValidationError

from misbrug_analysis.model.basics import WebLink
from misbrug_analysis.model.printable import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mrød", "\ufffd[31mrød"),
        ("\x9b2J", "\ufffd2J"),
        ("a\x00b\x07c\x7f", "a\ufffdb\ufffdc\ufffd"),
        ("Syd\u202e1 dyS", "Syd\ufffd1 dyS"),
        ("\u2066x\u2069", "\ufffdx\ufffd"),
        ("\ud800", "\ufffd"),
    ],
)
def test_what_acts_is_replaced_and_can_be_seen(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    "text", ["Sorø\tÆbelø\n", "مرحبا שלום", "👩‍👩‍👧‍👦", "e\u0301", "50\u00a0%"]
)
def test_what_people_write_stays(text: str) -> None:
    assert printable(text) == text


def test_no_control_character_and_no_half_is_left() -> None:
    every = printable("".join(map(chr, range(0x11000))))
    assert {sign for sign in every if unicodedata.category(sign) in ("Cc", "Cs")} == {"\t", "\n"}
    turning = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    assert [sign for sign in every if unicodedata.bidirectional(sign) in turning] == []


@pytest.mark.parametrize(
    "address",
    ["https://kl.dk", "http://x.example:8080/a?b=c&d=(e)#f", "https://ærø.example/søg;x"],
)
def test_an_address_is_taken(address: str) -> None:
    assert TypeAdapter(WebLink).validate_python(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//elsewhere.example",
        'https://x.example/"onclick=x',
        "https://x.example/'x",
        "https://x.example/<script>",
        "https://x.example/\x01",
        "https://x.example/a b",
        "https://bank.example@elsewhere.example/",
    ],
)
def test_what_is_no_plain_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(WebLink).validate_python(address)
