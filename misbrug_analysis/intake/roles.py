"""The role of a respondent: which of the instrument's roles a cell names."""

from __future__ import annotations

from misbrug_analysis.intake.cleaning import excerpt, near
from misbrug_analysis.intake.ledger import FileLedger
from misbrug_analysis.intake.table import Given
from misbrug_analysis.intake.words import Words
from misbrug_analysis.model.errors import Phrase, name_list
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.model.respondents import ROLE
from misbrug_analysis.model.study import Study

_MOST_HINTS = 50
"""After so many different texts that name no role, the nearest one is not looked for."""


class RoleNames:
    """The roles of an instrument, as people and systems write them; none where it has none."""

    def __init__(self, study: Study) -> None:
        asked = study.instrument.respondents
        self._words = Words(asked.role_words if asked else {})
        self._labels = asked.role_labels(study.settings.language) if asked else {}
        self.valid = name_list(self._labels.values())
        self._known: dict[str, str | None] = {}
        self._hints: dict[str, Phrase | str] = {}

    def __bool__(self) -> bool:
        return bool(self._labels)

    def means(self, text: str) -> str | None:
        """The id of the role that a text names."""
        if text not in self._known:
            self._known[text] = self._words.means(text)
        return self._known[text]

    def is_exact(self, text: str) -> bool:
        """Whether a text is written as the instrument writes it."""
        return self._words.exact(text) is not None

    def read(self, ledger: FileLedger, at: str, text: str) -> Given | None:
        """The role that a cell of a form names; ``text`` is empty where the cell is."""
        found = self.means(text) if text else None
        if found is None:
            return self.reject(ledger, at, text)
        ledger.settle(at, "used", "role" if self.is_exact(text) else "normalised")
        return Given(ROLE, found, masked(text), at)

    def reject(self, ledger: FileLedger, at: str, text: str) -> Given | None:
        """The role that was decided on where a cell names none; else the cell is a fault.

        A role can be decided to be blank, too: the answers count all the same.
        """
        if text:
            told = {"value": excerpt(text), "hint": self._near(text), "valid": self.valid}
            found = ledger.reject([at], "unknown_role", self.means, **told)
        else:
            found = ledger.reject([at], "role_missing", self.means, valid=self.valid)
        return Given(ROLE, found, masked(text), at) if found else None

    def _near(self, text: str) -> Phrase | str:
        if text not in self._hints:
            few = len(self._hints) < _MOST_HINTS
            self._hints[text] = near(text, self._labels.values()) if few else ""
        return self._hints[text]
