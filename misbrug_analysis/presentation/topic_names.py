"""What a topic is called: by its number where its id is one, else by its title alone."""

from __future__ import annotations

import re

from misbrug_analysis.model.basics import Noun
from misbrug_analysis.presentation.language import Language

_NUMBER = re.compile(r"[A-Za-z]{0,2}[.-]?\d[\w.-]*|[A-Za-z]")
"""``5``, ``2.1``, ``A``, ``B3``; not ``getting-there`` and not ``goal-1``."""


def is_number(id: str) -> bool:
    """Whether a reader can know a topic or a chapter by its id, as by a number."""
    return _NUMBER.fullmatch(id) is not None


def topic_in_sentence(language: Language, noun: str, id: str, title: str) -> str:
    """``retningslinje 5``, or ``tema »På kajen«`` where the id is no number."""
    if is_number(id):
        return language.text("section.topic_named", noun=noun, id=id)
    return language.text("section.topic_titled", noun=noun, title=title)


def topic_headed(language: Language, noun: Noun, id: str, title: str) -> str:
    """``Retningslinje 5: Netværk``, or the title alone where the id is no number."""
    return f"{language.capitalise(noun.one)} {id}: {title}" if is_number(id) else title


def numbered(id: str, title: str) -> str:
    """``5 Netværk``, or the title alone where the id is no number."""
    return f"{id} {title}" if is_number(id) else title
