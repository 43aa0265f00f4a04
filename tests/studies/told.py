"""All that the program tells of a round, gathered so that two rounds can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from unittest.mock import patch

import pandas as pd
from pandera.config import config_context

from misbrug_analysis.analysis.tracing import Trace, traces
from misbrug_analysis.execution.processed import settle
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation import figures, sections
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Figure, KeyFigures, Paragraphs, Prose
from misbrug_analysis.presentation.evidence import evidence_pages
from misbrug_analysis.presentation.known_variants import KnownVariants, variants_of
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import links, unmarked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sentences import sentence_spans
from misbrug_analysis.presentation.statements import (
    Statement,
    judged_statements,
    reports_with_statements,
)
from tests.pages.samples import SVG

Key = tuple[str, str]
"""A unit and an indicator; a group and an item; a file and a place in it."""

Counts = Mapping[str, int]

COUNTED = ("yes", "partly", "no", "unanswered", "absent")


Row = Mapping[Hashable, object]


@dataclass(frozen=True)
class Evidence:
    """A trace as values that can be compared: its tables as rows."""

    answer: str
    rule: str
    forms: list[Row]
    cells: list[Row]
    peers: list[Row]
    peer_cells: list[Row]
    rulings: list[Row]

    @classmethod
    def of(cls, trace: Trace) -> Evidence:
        tables = (trace.forms, trace.cells, trace.peers, trace.peer_cells, trace.rulings)
        return cls(trace.answer, trace.rule, *map(_rows, tables))

    @property
    def settled(self) -> Hashable:
        """What the cells come to: the answer, its rule, and what each form says and is worth."""
        return self.answer, self.rule, repr(self.forms)

    @property
    def named(self) -> set[Key]:
        """The cells that the trace names."""
        return {(str(row["source"]), str(row["locator"])) for row in self.cells + self.peer_cells}


@dataclass(frozen=True)
class Sentence:
    """A sentence, an item of a list or a title as it stands on a page; where its figures lead."""

    page: str
    text: str
    leads_to: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What is told of a round: tables, traces, statements, sentences, rows of evidence pages."""

    results: Results
    traces: Mapping[Key, Evidence]
    statements: Counter[Statement]
    sentences: Counter[Sentence]
    rows: Mapping[str, str]

    @property
    def ledger(self) -> dict[Key, tuple[str, str, str]]:
        """What stands in every cell, its fate and the reason."""
        rows = self.results.ledger.itertuples(index=False, name=None)
        return {(source, place): (raw, fate, reason) for source, place, raw, fate, reason in rows}

    @property
    def answers(self) -> dict[Key, str]:
        table = self.results.consolidated[["unit", "indicator", "answer"]]
        return {(unit, item): answer for unit, item, answer in table.itertuples(index=False)}

    @property
    def counts(self) -> dict[Key, Counts]:
        """How many say what in each group, single units left out."""
        table = self.results.scores[self.results.scores["level"] != "unit"]
        return {
            (row["group"], row["item"]): {name: row[name] for name in COUNTED if row[name]}
            for row in table.to_dict("records")
        }


PAGES_TOLD = ("all.html", "team-south.html")
"""One page of each kind."""

SECTIONS = {
    "story": ("key_figures", "regional_overview", "standing", "region_topics"),
    "team_story": ("key_figures", "conclusions", "group_topics"),
}


def told_of(study: Study) -> Told:
    """Read the forms and tell everything.

    That tables have their columns and types is checked elsewhere, and not here a hundred times.
    """
    with config_context(validation_enabled=False):
        results = settle(study)
    found = traces(results, study.instrument, study.adjudications)
    pairs = results.consolidated[["unit", "indicator"]].itertuples(index=False, name=None)
    reports = _reports(study, results)
    return Told(
        results,
        {pair: Evidence.of(found.of(*pair)) for pair in pairs},
        Counter(
            replace(judged.statement, anchor="")  # which holds a running number
            for report in reports
            for judged in judged_statements(report)
        ),
        Counter(one for report in reports for one in _sentences(report)),
        {
            anchor: text
            for page in evidence_pages(study, results, Language.load("da")).values()
            for anchor, text in Rows(page).found.items()
        },
    )


def _rows(table: pd.DataFrame) -> list[Row]:
    """The rows of a table; None where a number is missing, which equals itself."""
    rows = table.to_dict("records")
    return [{name: one if one == one else None for name, one in row.items()} for row in rows]


def _reports(study: Study, results: Results) -> list[Report]:
    """The pages with statements, under the study's own rules alone: no other are asked for here."""
    every = variants_of(study, results)
    own = KnownVariants(replace(every, variants=every.variants.iloc[:1]))
    first = Report(study, results, Language.load("da"), study.runs()[0], own)
    return [one for one in reports_with_statements(first) if one.run.page in PAGES_TOLD]


def _sentences(report: Report) -> Iterator[Sentence]:
    """What the sections of a page say, charts and tables left out."""
    with patch.multiple(figures, count_bars=_no_chart, standing_bars=_no_chart):
        texts = list(_texts(report))
    for text in texts:
        told = tuple(href for _, href in links(text))
        yield Sentence(report.run.page, " ".join(unmarked(text).split()), told)


def _no_chart(*_: object) -> str:
    return SVG


def _texts(report: Report) -> Iterator[str]:
    for name in SECTIONS[report.run.report.notebook]:
        for block in getattr(sections, name)(report):
            yield from _texts_of(block)


def _texts_of(block: Block) -> Iterable[str]:
    if isinstance(block, Prose):
        return [block.markdown[start:end] for start, end in sentence_spans(block.markdown)]
    if isinstance(block, Paragraphs):
        return [text[start:end] for text in block.texts for start, end in sentence_spans(text)]
    if isinstance(block, Bullets):
        return [item for item in block.items if isinstance(item, str)]
    if isinstance(block, KeyFigures):
        return [f"{figure} {counted}" for figure, counted in block.figures]
    return [block.title] if isinstance(block, Figure) else []


class Rows(HTMLParser):
    """The rows of a page's tables that have an anchor: all of their words."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self._row = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._row = dict(attrs).get("id") or ""
            if self._row:
                self.found[self._row] = ""

    def handle_endtag(self, tag: str) -> None:
        self._row = "" if tag == "tr" else self._row

    def handle_data(self, data: str) -> None:
        if self._row:
            self.found[self._row] += data
