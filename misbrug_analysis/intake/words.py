"""Words that mean something, as people write them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from misbrug_analysis.intake.cleaning import bare, is_doubtful, plain
from misbrug_analysis.intake.numerals import canonical, measured, numbers_in

_BEFORE_NUMBERS = ("-", "\u2013", "\u2212", ".", ",")
"""What changes a number that it stands before."""


class Words:
    """Words that mean something: exactly as they are written, and when they are cleaned.

    A word that would mean two things when it is cleaned, or nothing is left of it, counts only as
    it is written; so does one that is the same then as a word of those ``apart``, which mean
    something else. What is ``beside`` them counts only when it is cleaned, and only where no word
    is the same. Where words can be ``numbers``, they are the same where they are equal: ``2``,
    ``2.0`` and ``2,0``.
    """

    def __init__(
        self,
        meanings: Mapping[str, str],
        beside: Mapping[str, str] | None = None,
        *,
        apart: Iterable[str] = (),
        numbers: bool = False,
    ) -> None:
        self._exact = {word.casefold(): meaning for word, meaning in meanings.items()}
        self._has_numbers = numbers
        cleaned: dict[str, set[str]] = {}
        equal: dict[str, set[str]] = {}
        for word, meaning in meanings.items():
            number = self._number(word)
            (equal if number else cleaned).setdefault(number or bare(word), set()).add(meaning)
        others = {word: self._number(word) for word in apart}
        self._equal = _once(equal, set(others.values()))
        self._cleaned = _once(cleaned, {"", *(bare(one) for one in others if not others[one])})
        for word, meaning in (beside or {}).items():
            core = bare(word)
            if core and core not in cleaned:
                self._cleaned[core] = meaning
        self.spelt = list(meanings)

    @cached_property
    def _longest(self) -> list[str]:
        return sorted(self._cleaned, key=lambda word: (-len(word), word))

    def exact(self, text: str) -> str | None:
        """What a text means as it is written, in any case."""
        return self._exact.get(text.strip().casefold())

    def cleaned(self, text: str) -> str | None:
        """What a text means when spaces, punctuation and marks around it are left out.

        Nothing where they take some of it back, as a minus before a number does.
        """
        if number := self._number(text):
            return self._equal.get(number)
        core = bare(text)
        meant = self._cleaned.get(core)
        if (number := self._number(core)) and not plain(text).startswith(_BEFORE_NUMBERS):
            meant = self._equal.get(number)
        return None if meant is None or is_doubtful(text) else meant

    def means(self, text: str) -> str | None:
        """What a text means, however it is written."""
        return self.exact(text) or self.cleaned(text)

    def _number(self, text: str) -> str | None:
        return _as_number(text) if self._has_numbers else None

    def beginning(self, text: str) -> str | None:
        """The word that a text begins with when it goes on after it; the longest one."""
        said = bare(text)
        for word in self._longest:
            if word and said.startswith(word) and not said[len(word) :][:1].isalnum():
                return word
        return None


def _once(meanings: Mapping[str, set[str]], apart: Collection[str | None]) -> dict[str, str]:
    """The words that mean one thing, with what they mean."""
    return {
        word: next(iter(found))
        for word, found in meanings.items()
        if len(found) == 1 and word not in apart
    }


def _as_number(text: str) -> str | None:
    """A number, with its measure where it has one, so that equal ones are the same text."""
    if not any(sign.isdigit() for sign in text):
        return None
    number, measure = measured(text)
    found = numbers_in(number)
    return f"{canonical(found.pop())}{bare(measure)}" if len(found) == 1 else None
