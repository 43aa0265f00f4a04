"""A topic is called by its number; one whose id is a word is called by its title."""

from __future__ import annotations

import pytest

from misbrug_analysis.model.basics import Noun
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.topic_names import (
    is_number,
    numbered,
    topic_headed,
    topic_in_sentence,
)

THEME = Noun(one="theme", the_one="the theme", many="themes", the_many="the themes")


@pytest.mark.parametrize("id", ["5", "2.1", "A", "t", "B3", "A.1", "7d"])
def test_a_number_is_told(id: str) -> None:
    assert is_number(id)
    assert topic_headed(Language.load("en"), THEME, id, "On the quay") == f"Theme {id}: On the quay"
    assert topic_in_sentence(Language.load("en"), "theme", id, "On the quay") == f"theme {id}"
    assert numbered(id, "On the quay") == f"{id} On the quay"


@pytest.mark.parametrize("id", ["quay", "goal-1", "getting-there", "on_the_quay2"])
def test_a_word_is_not(id: str) -> None:
    assert not is_number(id)
    assert topic_headed(Language.load("en"), THEME, id, "On the quay") == "On the quay"
    assert topic_in_sentence(Language.load("en"), "theme", id, "Quay") == "theme “Quay”"
    assert topic_in_sentence(Language.load("da"), "emne", id, "Kajen") == "emne »Kajen«"
    assert numbered(id, "On the quay") == "On the quay"
