"""The sentences of an authored text, held against other rules.

A sentence is known again under another variant by the conditions under which it stands and by its
words but for what is live in them. Where its condition turns it is gone, and what the template puts
out instead is what would stand in its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from misbrug_analysis.model.errors import ParameterError
from misbrug_analysis.presentation.alternatives import Observed
from misbrug_analysis.presentation.judging import (
    judged,
    mark,
    shows_marks,
    under_alternatives,
    with_mark,
)
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.live.figures import LiveFigures
from misbrug_analysis.presentation.live.marking import (
    Condition,
    Filled,
    Live,
    filled,
    remembering,
    unfailing,
)
from misbrug_analysis.presentation.live.rendering import (
    FAILURES,
    errors_at_their_line,
    template_source,
)
from misbrug_analysis.presentation.markdown import plain_text
from misbrug_analysis.presentation.passages import marked, unlinked, unmarked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sentences import sentence_spans
from misbrug_analysis.presentation.statements import Judged, Place, Statement

_LIVE = "\0"

Branch = tuple[int, int]
"""A condition of a template and the part of it that was taken."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a filled-in text.

    ``stands_in`` are the conditions around the whole of it, ``fixed`` its words without what is
    live; ``read`` are the counts that it reads, and one that ``shows`` any has them in its words.
    One that is ``broken`` could not be told.
    """

    text: str
    start: int
    end: int
    stands_in: tuple[Branch, ...]
    fixed: str
    read: tuple[Hashable, ...]
    shows: bool
    broken: bool

    @property
    def key(self) -> Hashable:
        return self.stands_in, self.fixed


@dataclass(frozen=True)
class Telling:
    """A text as it is filled in under a variant, with its sentences."""

    markdown: str
    sentences: tuple[Sentence, ...]
    by_key: dict[Hashable, list[Sentence]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for sentence in self.sentences:
            self.by_key[sentence.key].append(sentence)

    def place_of(self, sentence: Sentence) -> tuple[Hashable, int]:
        """How the sentence is known again: its key, and the how manieth of those alike it is."""
        return sentence.key, self.by_key[sentence.key].index(sentence)

    def find(self, key: Hashable, nth: int) -> Sentence | None:
        return next(iter(self.by_key.get(key, [])[nth : nth + 1]), None)


@dataclass(frozen=True)
class WrittenText:
    """A text of the study as a page shows it; without a heading of its place, under its own.

    ``lang`` is its language where the page has another.
    """

    path: Path
    language: Language
    lang: str | None
    place: Place

    def judged(self, report: Report, *, absence: bool = False) -> list[Judged]:
        """The sentences that read counts, or are not the same under every variant."""
        return [self._worded(one) for _, one in self._numbered(report, absence=absence)]

    def marked(self, report: Report) -> str:
        """The filled-in text, with a mark in each sentence that depends on the rules.

        Without marks where the report shows none. Raises DefinitionError, with the line, for a
        text that cannot be filled in.
        """
        own = self._told(report)[0]
        assert own is not None  # or it had raised
        markdown = own.markdown
        if not shows_marks(report):
            return markdown
        speaking = replace(report, language=self.language)
        for sentence, one in reversed(self._numbered(report)):
            if one.verdict != "robust" and not _in_heading(own.markdown, sentence):
                told = with_mark(sentence.text, mark(speaking, one))
                markdown = f"{markdown[: sentence.start]}{told}{markdown[sentence.end :]}"
        return markdown

    def _told(self, report: Report, *, absence: bool = False) -> tuple[Telling | None, ...]:
        alternatives = under_alternatives(report, absence=absence)
        tell = partial(_told, report, self)
        return alternatives.told(tell, (self.path, self.language.code)).by_variant

    def _numbered(self, report: Report, *, absence: bool = False) -> list[tuple[Sentence, Judged]]:
        """Each statement with its sentence, in the order of the text."""
        alternatives = under_alternatives(report, absence=absence)
        told = self._told(report, absence=absence)
        own, shown = told[0], self._told(report)[0]
        assert own is not None
        assert shown is not None
        heading = self.place.heading or self._marked(_title(shown.markdown))
        published = shown if len(shown.sentences) == len(own.sentences) else own
        found = []
        for number, sentence in enumerate(own.sentences):
            if not sentence.read and len(set(map(id, told))) == 1:
                continue
            readings, instead = _readings(told, sentence)
            statement = Statement(
                published.sentences[number].text,
                heading,
                self.place.address(report),
                alternatives.rests_on(sentence.read),
                self.place.statement_anchor(report, str(number + 1)),
                is_conditional=not sentence.shows,
            )
            one = judged(alternatives, statement, readings, instead)
            if sentence.read or one.verdict != "robust":
                found.append((sentence, one))
        return found

    def _worded(self, one: Judged) -> Judged:
        """The statement in words as a reader sees them, without marks of Markdown."""
        text, otherwise = (
            self._marked(plain_text(unlinked(said))) for said in (one.statement.text, one.otherwise)
        )
        return replace(one, statement=replace(one.statement, text=text), otherwise=otherwise)

    def _marked(self, text: str) -> str:
        """A part of the text, marked as being in the text's language where the page has another."""
        return marked(text, self.lang) if self.lang else text


def _told(own: Report, text: WrittenText, report: Observed) -> Telling | None:
    """A text under a variant; None where it cannot be filled in. ``own`` has the study's rules.

    Raises DefinitionError for a text that cannot be filled in under those.
    """
    where = own.study.project.shown(text.path)
    source = template_source(text.path, where)
    # What the report has worked out already is lost to one in another language.
    speaking = replace(report, language=text.language) if text.lang else report
    expressions = LiveFigures(speaking).expressions()
    known = own.under_other_rules.unmoved
    if report.tables is own.tables:
        with errors_at_their_line(where):
            expressions = remembering(expressions, report.read, known, text.language.code)
            return _telling(filled(source, expressions, report.read))
    # What a text says of the rules is of the study's own.
    expressions = unfailing(expressions) | {"rule": LiveFigures(own).rule}
    expressions = remembering(expressions, report.read, known, text.language.code)
    try:
        return _telling(filled(source, expressions, report.read))
    except (*FAILURES, ParameterError):
        return None


def _telling(text: Filled) -> Telling:
    spans = sentence_spans(text.text)
    return Telling(text.text, tuple(_sentence(text, start, end) for start, end in spans))


def _sentence(text: Filled, start: int, end: int) -> Sentence:
    around = [one for one in text.conditions if one.branch is not None and _around(one, start, end)]
    # A condition within the sentence, one that holds nothing included, is part of its words.
    within = [
        one
        for one in text.conditions
        if (start < one.start < end or start < one.end < end) and not _around(one, start, end)
    ]
    # What a filter is put on is one part, however many sentences it has.
    live = [one for one in text.live if start <= one.start < end or one.start < start < one.end]
    said: list[Condition | Live] = [*within, *live]
    parts = [*around, *said]
    changing = sorted((one.start, one.end) for one in parts if one not in around)
    return Sentence(
        text.text[start:end],
        start,
        end,
        tuple((one.number, one.branch) for one in around if one.branch is not None),
        _fixed(text.text, start, end, changing),
        tuple(dict.fromkeys(key for one in parts for key in sorted(one.reads, key=str))),
        any(one.reads for one in parts if one not in around),
        any(one.broken for one in live),
    )


def _around(one: Condition, start: int, end: int) -> bool:
    return one.start <= start and end <= one.end


def _fixed(text: str, start: int, end: int, changing: Sequence[tuple[int, int]]) -> str:
    """A sentence with a mark for every part that can change."""
    parts, place = [], start
    for first, last in sorted(changing, key=lambda span: (span[0], -span[1])):
        if first < place and last <= place:  # in a part that changes as a whole
            continue
        parts.append(text[place : max(place, first)])
        parts.append(_LIVE)
        place = min(end, max(place, last))
    return "".join([*parts, text[place:end]])


def _readings(
    told: Sequence[Telling | None], sentence: Sentence
) -> tuple[list[str | None], list[str]]:
    """What a sentence of the study's own text reads under each variant, and what stands instead."""
    own = told[0]
    assert own is not None
    key, nth = own.place_of(sentence)
    readings: list[str | None] = []
    instead: list[str] = []
    for telling in told:
        if telling is None:  # where nothing can be told, what rests on no count still holds
            readings.append(None if sentence.read else sentence.text)
            instead.append("")
            continue
        found = telling.find(key, nth)
        text = None if found is None or found.broken else found.text
        readings.append(text)
        instead.append(text or ("" if found else _instead(sentence, telling.sentences)))
    return readings, instead


def _instead(sentence: Sentence, sentences: Sequence[Sentence]) -> str:
    """The sentences in the other branch of the first condition around a sentence that turned."""
    for place, (number, branch) in enumerate(sentence.stands_in):
        before = sentence.stands_in[:place]
        there = [one for one in sentences if one.stands_in[:place] == before]
        if any((number, branch) in one.stands_in[place:] for one in there):
            continue  # it did not turn, or the loop still comes to it
        other = [
            one.text
            for one in there
            if any(at == number and taken != branch for at, taken in one.stands_in[place:])
        ]
        if other:
            return " ".join(other)
    return ""


def _title(markdown: str) -> str:
    """The heading that a text begins with, if it does."""
    first = markdown.lstrip().partition("\n")[0]
    return plain_text(unmarked(first.removeprefix("# "))) if first.startswith("# ") else ""


def _in_heading(markdown: str, sentence: Sentence) -> bool:
    line = markdown.rfind("\n", 0, sentence.start) + 1
    return markdown[line : sentence.start].lstrip().startswith("#")
