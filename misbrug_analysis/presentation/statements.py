"""The sentences of a page that rest on settled answers, and whether they hold under other rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from misbrug_analysis.presentation.report import Report


@dataclass(frozen=True)
class Statement:
    """A sentence as it is published, without marks.

    ``place`` is the heading under which it stands and ``address`` leads there; ``rests_on`` are the
    items (indicators or topics) and groups whose counts it shows or depends on.
    """

    text: str
    place: str
    address: str
    rests_on: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Judged:
    """A statement held against every variant of the rules.

    ``verdict`` is ``robust`` where it is the same to the letter in all of them, ``number`` where
    only its figures change, and ``words`` where it would read otherwise or not be there.
    ``changes_in`` are the variants in which it is not the same, ``moved_by`` the settings that
    change it alone (of ``sensitivity.SETTINGS``; none when only several together do), and
    ``otherwise`` what stands in its place in the first such variant ("" where nothing does).
    """

    statement: Statement
    verdict: Literal["robust", "number", "words"]
    changes_in: tuple[int, ...] = ()
    moved_by: tuple[str, ...] = ()
    otherwise: str = ""


def judged_statements(report: Report) -> list[Judged]:
    """Every statement of a page about a group (regional or cluster), in the order of the page."""
    raise NotImplementedError
