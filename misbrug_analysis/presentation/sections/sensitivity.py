"""How sure the conclusions are: what other rules would have made of the same answers."""

from __future__ import annotations

from collections.abc import Sequence

from misbrug_analysis.analysis.scoring import count_bounds
from misbrug_analysis.presentation import tables
from misbrug_analysis.presentation.addresses import TABLES, table_anchor
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import (
    Bullets,
    Definitions,
    Heading,
    Paragraphs,
    Table,
)
from misbrug_analysis.presentation.cells import Cell, Column, Link
from misbrug_analysis.presentation.datasets.naming import Naming
from misbrug_analysis.presentation.judged_pages import JudgedPage, whole_page
from misbrug_analysis.presentation.passages import linked, marked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.robustness import Robustness
from misbrug_analysis.presentation.sections.short_answer import idle
from misbrug_analysis.presentation.statements import judged_statements
from misbrug_analysis.presentation.wording import took_no_part

TABLE = "sensitivity"
"""The published table of what the page tells in part."""

_SOURCES = (
    (
        "Steegen, Tuerlinckx, Gelman, Vanpaemel, Perspectives on Psychological Science 11 (2016)",
        "https://doi.org/10.1177/1745691616658637",
    ),
    (
        "Simonsohn, Simmons, Nelson, Nature Human Behaviour 4 (2020)",
        "https://doi.org/10.1038/s41562-020-0912-z",
    ),
    (
        "Manski, Partial Identification of Probability Distributions (2003)",
        "https://doi.org/10.1007/b97478",
    ),
)
_WITHOUT_ADDRESS = "Cochran, Sampling Techniques, 3rd ed., Wiley (1977), chapter 13"


def rule_choices(report: Report) -> list[Block]:
    """The choices that were varied, in plain words, with the study's own marked."""
    robust = Robustness(report)
    if report.is_empty or robust.ways == 1:
        return []
    language = report.language
    entries = [
        (language.text(f"sensitivity.when.{name}"), robust.explained(name))
        for name in robust.varied
    ]
    return [
        Heading(language.text("sensitivity.choices"), 2, "choices"),
        Definitions(entries, stacked=True),
        Paragraphs(
            [
                language.text(
                    "sensitivity.combined",
                    n=language.numeral(robust.ways),
                    outcomes=robust.outcomes,
                ),
                *idle(robust),
            ]
        ),
    ]


def absence_apart(report: Report, pages: Sequence[JudgedPage]) -> list[Block]:
    """What those who did not answer could change: no choice of rule, so kept by itself."""
    if report.is_empty:
        return []
    language, robust = report.language, Robustness(report)
    rows = [
        row
        for item in report.study.instrument.indicator_ids
        if (row := _absence_row(robust, item)) is not None
    ]
    heading = Heading(language.text("sensitivity.absence"), 2, "absence")
    if not rows:
        none = language.text("sensitivity.absence_none", many=report.unit_noun.many)
        return [heading, Paragraphs([none])]
    columns = [
        Column(language.text("table.indicator")),
        Column(language.text("sensitivity.published"), "number"),
        Column(language.text("table.possible"), "number"),
        Column(language.text("sensitivity.absence_words")),
    ]
    title = language.text("sensitivity.absence_table", many=report.unit_noun.many)
    texts = [language.text("sensitivity.absence_text")]
    if report.absent:
        texts.append(took_no_part(language, report.absent, report.unit_noun, report.units_at))
    return [
        heading,
        Paragraphs([" ".join(texts)]),
        Table(title, columns, rows, anchor="absence-by-indicator", stacked=True),
        *_resting_on_absence(report, whole_page(pages)),
    ]


def robustness_limits(report: Report) -> list[Block]:
    """What the page does not show, how it was made, and its table."""
    if report.is_empty:
        return []
    language, robust = report.language, Robustness(report)
    limits = ["truth"]
    if report.study.settings.provenance.kind == "reconstructed":
        limits.append("reconstructed")
    limits += ["thresholds", "questions"]
    if "merge" in robust.varied:
        limits.append("merge")
    if "judge" in set(robust.found.variants["partly"]) and "partly" in robust.varied:
        limits.append("peers")
    fields = {
        "truth": {"units": report.unit_noun.the_many},
        "merge": robust.limits,
        "peers": {"n": language.numeral(report.study.rules.min_peers, "neuter")},
    }
    texts = [language.text(f"sensitivity.limit.{one}", **fields.get(one, {})) for one in limits]
    blocks: list[Block] = [
        Heading(language.text("sensitivity.limits"), 2, "limits"),
        Bullets(texts),
    ]
    if robust.ways > 1:
        blocks += [
            Heading(language.text("sensitivity.method"), 2, "method"),
            Paragraphs([language.text("sensitivity.method_text")]),
            Bullets(
                [
                    *(Link(marked(text, "en"), address) for text, address in _SOURCES),
                    marked(_WITHOUT_ADDRESS, "en"),
                ]
            ),
        ]
    if TABLE in report.run.report.tables:
        name = Naming(report.study, language, on_page=True).sheet(TABLE)
        text = language.text("sensitivity.table_link", name=name)
        blocks.append(Bullets([Link(text, f"{TABLES}#{table_anchor(TABLE)}")]))
    return blocks


def _resting_on_absence(report: Report, page: JudgedPage | None) -> list[Block]:
    """How many sentences of a page would get other words if who did not answer were counted."""
    judged = judged_statements(page.report, absence=True) if page else []
    moving = sum(one.verdict == "words" for one in judged)
    if page is None or not moving:
        return []
    n = report.language.numeral(moving)
    text = report.language.plural("sensitivity.absence_statements", moving, n=n, title=page.title)
    return [Paragraphs([text])]


def _absence_row(robust: Robustness, item: str) -> list[Cell] | None:
    """What those who did not answer could change at an indicator; None where they cannot."""
    report, language = robust.report, robust.language
    low, high, asked = count_bounds(report.score_row(item), report.study.rules)
    if low == high:
        return None
    counts = report.counts(item)
    first, last = robust.words(low, asked), robust.words(high, asked)
    words = first
    if first != last:
        words = language.text("sensitivity.either", first=first, last=last)
    published = robust.count(counts) if counts.n else tables.NOTHING
    span = language.span(language.number(low), language.number(high))
    of = language.text("table.of", n=span, total=language.number(asked))
    possible = linked(of, report.count_at(item))
    return [report.item_label(item), published, possible, words]
