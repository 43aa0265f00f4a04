"""What the texts of an export's cells stand for."""

from __future__ import annotations

import pytest

from misbrug_analysis.intake.exports.meanings import Meaning


@pytest.mark.parametrize(
    ("text", "said"), [("a;b;", "a; b"), ("a;b", "a;b"), ("a", "a"), ("a;", "a")]
)
def test_a_list_is_known_by_the_semicolon_that_ends_it(text: str, said: str) -> None:
    assert Meaning(is_list=True).read(text) == (said, said)


def test_a_text_that_is_no_list_keeps_its_semicolon() -> None:
    assert Meaning().read("a;b;") == ("a;b;", "a;b;")
