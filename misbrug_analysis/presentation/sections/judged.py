"""The sentences of the pages that depend on the rules, and those that hold whichever one takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Definitions, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column, Link
from misbrug_analysis.presentation.judged_pages import JudgedPage, whole_page
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.robustness import Robustness
from misbrug_analysis.presentation.spreads import are_many
from misbrug_analysis.presentation.statements import Judged, unread_cells


def dependent_statements(report: Report, pages: Sequence[JudgedPage]) -> list[Block]:
    """Every sentence that another rule would change: where it stands, and what would stand there.

    ``pages`` are what ``judged_pages`` gives; no block where it gives none. Where pages are many,
    those about a part of the study have a folded table each.
    """
    if not pages:
        return []
    language, robust = report.language, Robustness(report)
    heading = Heading(language.text("sensitivity.depends"), 2, "depends")
    parts = [page for page in pages if not page.is_whole] if are_many(pages) else []
    found = [
        _dependent(robust, page, verdict)
        for page in pages
        for verdict in ("words", "number")
        if page not in parts and page.of(verdict)
    ]
    found += [_dependent_in_short(robust, page) for page in parts if page.of("words", "number")]
    if not found:
        return [heading, Paragraphs([language.text("sensitivity.depends_none")])]
    return [heading, Paragraphs([language.text("sensitivity.depends_text")]), *found]


def holding_statements(report: Report, pages: Sequence[JudgedPage]) -> list[Block]:
    """The sentences of the whole study's page that no rule changes, and how many others do so."""
    page = whole_page(pages)
    if page is None:
        return []
    language = report.language
    heading = Heading(language.text("sensitivity.holds"), 2, "holds")
    blocks: list[Block] = [heading]
    entries = [
        (Link(place.name, place.address), [one.statement.text for one in holding])
        for place in page.places
        if (holding := [one for one in place.judged if one.verdict == "robust"])
    ]
    key = "sensitivity.holds_text" if entries else "sensitivity.holds_none"
    blocks.append(Paragraphs([language.text(key, title=page.title)]))
    if entries:
        blocks.append(Definitions(entries, stacked=True))
    others = [_others(report, other) for other in pages if other is not page]
    if others:
        blocks += [Paragraphs([language.text("sensitivity.holds_elsewhere")]), Bullets(others)]
    return blocks


def unread_note(report: Report) -> list[Block]:
    """Of which notebooks sentences are missing here, since a cell cannot be read."""
    language = report.language
    runs = {run.report.notebook: run for run in report.study.runs()}
    found = [
        (name, cells)
        for name, run in runs.items()
        if (cells := unread_cells(replace(report, run=run)))
    ]
    texts = [
        language.plural(
            "sensitivity.unread",
            len(cells),
            notebook=name,
            cells=language.join(list(map(language.number, cells))),
        )
        for name, cells in found
    ]
    return [Paragraphs(texts, kind="note")] if texts else []


def _dependent(robust: Robustness, page: JudgedPage, verdict: str) -> Table:
    language, judged = robust.language, page.of(verdict)
    columns = [
        Column(language.text(f"sensitivity.{key}")) for key in ("sentence", "otherwise", "rule")
    ]
    return Table(
        language.text(f"sensitivity.depends_{verdict}", title=page.title),
        columns,
        [_row(robust, one) for one in judged],
        row_anchors=[one.statement.anchor for one in judged],
        stacked=True,
    )


def _row(robust: Robustness, one: Judged) -> list[Cell]:
    statement = one.statement
    return [
        Link(statement.text, statement.address),
        one.otherwise or robust.language.text("sensitivity.gone"),
        robust.settings(one.moved_by),
    ]


def _dependent_in_short(robust: Robustness, page: JudgedPage) -> Table:
    """The sentences of a page in two columns, closed: the words that differ, and what decides.

    A sentence that the page says twice, with and without the number of its indicator, is one row.
    """
    language = robust.language
    rows: list[list[Cell]] = []
    anchors: list[str] = []
    again: list[str] = []
    places: dict[tuple[str, str], int] = {}
    for one in page.of("words", "number"):
        published, *_, settings = _row(robust, one)
        said = _differing(one.statement.text, one.otherwise) or language.text("sensitivity.gone")
        told = language.text("sensitivity.otherwise_by", text=said, settings=str(settings))
        place = places.pop(same := (_unnumbered(robust, one.statement.text), told), None)
        if place is not None:
            again[place] = one.statement.anchor
            continue
        places[same] = len(rows)
        rows.append([published, told])
        anchors.append(one.statement.anchor)
        again.append("")
    columns = [
        Column(language.text(f"sensitivity.{key}")) for key in ("sentence", "otherwise_short")
    ]
    return Table(
        language.text("sensitivity.depends_page", title=page.title),
        columns,
        rows,
        row_anchors=anchors,
        second_anchors=again if any(again) else (),
        folded=True,
    )


def _unnumbered(robust: Robustness, text: str) -> str:
    """A sentence without the number of an indicator that it begins with."""
    number, _, rest = text.partition(" ")
    return rest if number in robust.report.study.instrument.indicator_ids else text


def _differing(text: str, otherwise: str) -> str:
    """What stands otherwise, without the label before its colon where both have the same."""
    label, colon, rest = otherwise.partition(": ")
    return rest if colon and text.startswith(label + colon) else otherwise


def _others(report: Report, page: JudgedPage) -> str:
    """How many sentences of another page hold."""
    language, total, hold = report.language, len(page.judged), len(page.of("robust"))
    fields = {
        "page": linked(page.title, page.address),
        "n": language.numeral(hold),
        "total": language.numeral(total),
    }
    if 0 < hold < total:
        return language.text("sensitivity.holds_others.some", **fields)
    how = "every" if hold else "none"
    return language.plural(f"sensitivity.holds_others.{how}", total, **fields)
