"""What a report reads of its study, noted by names.

A run says in the environment into which file a notebook notes what it reads; elsewhere nothing is
noted. Names are ``everything``, ``text <name>``, ``need`` (``need.yaml`` and reference data),
``sent`` (who has sent anything), ``other rules`` and ``other ways to count`` (which variants there
are), ``sensitivity`` (all of what they make), and those of tables: ``rulings``, ``consolidated``,
``scores of cluster/syd`` (the rows of a group or its units), ``answers to 4.2``, ``answers to 4.2
of cluster/syd``; ``totals``, ``agreement`` and ``role_gaps`` are worked out of all answers.
``under other rules`` after one of these says that it was read under every variant.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

NOTES = "MISBRUG_NOTES"
"""The variable that names the file to note in."""

EVERYTHING = "everything"
"""All tables of the results: the name for what cannot be told more finely."""

OTHER_RULES, OTHER_COUNTS = "other rules", "other ways to count"
"""Which variants of the rules there are, and which ways to count who gave no answer."""

SENSITIVITY, RULINGS, NEED = "sensitivity", "rulings", "need"

ALL = (EVERYTHING, NEED, RULINGS)
"""What is read by whoever does not say so."""

UNDER_OTHER_RULES = " under other rules"

ROWS = re.compile(
    r"(?P<table>\w+)(?: to (?P<item>\S+))?(?: of (?P<level>[^\s/]+)/(?P<group>\S+))?"
    rf"(?P<varied>{UNDER_OTHER_RULES})?"
)
"""A name for rows of a table, as ``Reads.table`` puts it together."""

TEXTS = "texts"
"""The folder of a study's authored texts."""

TEXT = "text "
"""Before the name of a text: its path below the folder of texts, without what files end in."""


class Reads:
    """Notes what a report reads, each name once.

    ``varied`` are the tables that the report has of variants of the rules.
    """

    def __init__(self, varied: Iterable[str] = (), known: set[str] | None = None) -> None:
        self._varied = frozenset(varied)
        self._known: set[str] = set() if known is None else known
        file = os.environ.get(NOTES)
        self._file = Path(file) if file else None
        if self._file is not None:
            self._file.touch()  # who notes nothing has read nothing

    @property
    def names(self) -> tuple[str, ...]:
        """What was noted so far, in alphabetical order."""
        return tuple(sorted(self._known))

    def under_other_rules(self, *tables: str) -> Reads:
        """For a report that has these tables of a variant."""
        self.note(OTHER_RULES)
        self.note(OTHER_COUNTS)
        return Reads(self._varied.union(tables), self._known)

    def table(self, name: str, place: str = "", item: str = "") -> None:
        """Note rows of a table: of a place (``cluster/syd``) and on an item, if they are named."""
        to, of = f" to {item}" if item else "", f" of {place}" if place else ""
        self.note(f"{name}{to}{of}{UNDER_OTHER_RULES if name in self._varied else ''}")

    def note(self, name: str) -> None:
        """Note anything else."""
        if name in self._known:
            return
        self._known.add(name)
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as file:
                file.write(f"{name}\n")
