"""Sentences held against other rules, and the mark that a sentence then carries on its page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from misbrug_analysis.presentation.alternatives import Alternatives
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Paragraphs
from misbrug_analysis.presentation.navigation import variants_page
from misbrug_analysis.presentation.passages import linked, unlinked, unmarked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.statements import Judged, Place, Statement
from misbrug_analysis.presentation.titles import page_title

_FIGURE = re.compile(r"\d+(?:[.,\N{NO-BREAK SPACE}]\d+)*")
_STOP = re.compile(r"(?<=[^\s.!?])[.!?]$")
_ABBREVIATED = re.compile(r"\b(osv|mv|m\.v|m\.m|m\.fl|o\.l|etc)\.$")
"""What a full stop belongs to, at the end of a sentence too."""

Reading = str | None
"""A sentence under a variant; None where it could not be said."""


@dataclass(frozen=True)
class Said:
    """A generated sentence: ``tell`` makes it of any report, or "" where there is none.

    ``key`` names it within its place.
    """

    place: Place
    key: str
    tell: Callable[[Report], str]

    def judged(self, report: Report, *, absence: bool = False) -> list[Judged]:
        """The sentence as a statement; none where there is no sentence, or it reads no count."""
        return list(self.together().by_key(report, absence=absence).values())

    def together(self) -> SaidTogether:
        return SaidTogether(self.place, lambda report: {self.key: self.tell(report)})


@dataclass(frozen=True)
class SaidTogether:
    """Generated sentences by their keys, made at once from the same counts."""

    place: Place
    tell: Callable[[Report], Mapping[str, str]]

    def judged(self, report: Report, *, absence: bool = False) -> list[Judged]:
        """The sentences as statements; none where they read no count."""
        return list(self.by_key(report, absence=absence).values())

    def by_key(self, report: Report, *, absence: bool = False) -> dict[str, Judged]:
        """As ``judged``, each under its sentence's key."""
        alternatives = under_alternatives(report, absence=absence)
        outcomes = alternatives.told(self.tell)
        if not outcomes.rests_on:
            return {}
        found = {}
        published = self.tell(report) if absence else outcomes.own
        for key, text in published.items():
            if text:
                readings = [said.get(key) or None for said in outcomes.by_variant]
                statement = Statement(
                    _without_links(text),
                    self.place.heading,
                    self.place.address(report),
                    outcomes.rests_on,
                    self.place.statement_anchor(report, key),
                )
                instead = [reading or "" for reading in readings]
                found[key] = judged(alternatives, statement, readings, instead)
        return found


def under_alternatives(report: Report, *, absence: bool = False) -> Alternatives:
    """The report under all variants of its rules, or all ways to count who did not answer."""
    return report.counting_otherwise if absence else report.under_other_rules


def judged(
    alternatives: Alternatives,
    statement: Statement,
    readings: Sequence[Reading],
    instead: Sequence[str],
) -> Judged:
    """A statement by what it reads under each variant, the study's own first.

    ``instead`` is what stands in its place in each, for where it could not be said as well.
    """
    plain = [None if reading is None else _plain(reading) for reading in readings]
    changes = [variant for variant, reading in enumerate(plain) if reading != plain[0]]
    if not changes:
        return Judged(statement, "robust")
    shape = _shape(plain[0])
    telling = [variant for variant in changes if _shape(plain[variant]) != shape]
    decisive = telling or changes
    return Judged(
        statement,
        "words" if telling else "number",
        tuple(changes),
        alternatives.moved_by(decisive),
        _without_links(instead[alternatives.simplest(decisive)]),
    )


def said(report: Report, sentence: Said) -> str:
    """A generated sentence as its page shows it: with the mark, where it depends on the rules."""
    return said_together(report, sentence.together())[sentence.key]


def said_together(report: Report, sentences: SaidTogether) -> dict[str, str]:
    """As ``said``, for sentences that are made at once."""
    told = dict(sentences.tell(report))
    for key, one in sentences.by_key(report).items() if shows_marks(report) else ():
        if one.verdict != "robust":
            told[key] = with_mark(told[key], mark(report, one))
    return told


def with_mark(sentence: str, words: str) -> str:
    """A sentence with its mark: before the full stop, so that it is not read with the next one."""
    end = len(sentence)
    stop = _STOP.search(sentence)
    if stop and not _ABBREVIATED.search(sentence):
        end = stop.start()
    return f"{sentence[:end]} {words}{sentence[end:]}"


def spoken(report: Report, tell: Callable[[Report], str]) -> str:
    """A chart's text alternative, which says so at its end where its figures depend on the rules.

    No single sentence of it is marked, since it is read as a whole and cannot lead anywhere.
    """
    text = tell(report)
    if not shows_marks(report):
        return text
    readings = {_plain(one) for one in report.under_other_rules.told(tell).by_variant}
    if len(readings) == 1:
        return text
    return f"{text} {report.language.text('statements.alt')}"


def mark(report: Report, one: Judged) -> str:
    """The words that a sentence depends on the rules, leading to where it is told how.

    Only for a statement that is not robust, of a study with a page on that. What a notebook shows
    in a way that cannot be read from it is not listed there, and its mark leads nowhere.
    """
    page = variants_page(report.study)
    assert page is not None
    words = report.language.text(f"statements.mark.{one.verdict}")
    _, _, place = one.statement.address.partition("#")
    is_listed = place in report.under_other_rules.listed
    return linked(words, f"{page.page}#{one.statement.anchor}") if is_listed else words


def marks_note(report: Report) -> list[Block]:
    """What the marks on a page mean, and where to read more; none where it has no marks."""
    if not shows_marks(report):
        return []
    page = variants_page(report.study)
    assert page is not None
    link = linked(page_title(page, report.language), page.page)
    return [Paragraphs([report.language.text("statements.note", link=link)], kind="note")]


def shows_marks(report: Report) -> bool:
    """Whether sentences of the report are marked: where a page tells how they depend on rules."""
    if report.is_empty or variants_page(report.study) is None:
        return False
    return report.under_other_rules.count > 1


def _without_links(text: str) -> str:
    return " ".join(unlinked(text).split())


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    """The words alone; under most variants a sentence says the same as under those before."""
    return " ".join(unmarked(text).split())


def _shape(text: str | None) -> str | None:
    """A text without its figures in digits."""
    return None if text is None else _FIGURE.sub("#", text)
