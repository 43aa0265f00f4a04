"""The index of a study's pages: a line a report, what state it is in, and in what forms it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from misbrug_analysis.model.study import Run, Study
from misbrug_analysis.presentation.addresses import INDEX, STATEMENT, TABLES, workbook
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Heading, Notice, Paragraphs
from misbrug_analysis.presentation.cells import Link
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.navigation import BESIDE, many_pages, page_head
from misbrug_analysis.presentation.page import render_page
from misbrug_analysis.presentation.passages import in_language
from misbrug_analysis.presentation.titles import in_page_order, page_summaries, page_title

State = Literal["current", "old", "failed", "missing"]
"""A page from the answers as they are, from an earlier run, of an error; and one not made yet."""

KILOBYTE = 1000

_LOOKED_THROUGH = 60
"""A list of more pages than these stands in parts, and names its groups without their members."""

_PART = 25
"""So many pages stand in a part of a long list."""


@dataclass(frozen=True)
class Listed:
    """What an index says of a page: its state, and the bytes of its PDF where there is one."""

    state: State
    pdf: int | None = None


Entry = tuple[Link | str, str, str, Sequence[Link]]


@dataclass(frozen=True)
class PageList(Block):
    """Pages as (link or title, what it is for, state, other forms); many of them in columns.

    ``brief`` leaves out what each is for.
    """

    name = "page_list"
    entries: Sequence[Entry]
    many: bool = False
    brief: bool = False


def index_page(
    study: Study, listed: Mapping[str, Listed], language: Language, editions: Sequence[str]
) -> str:
    """The page that leads to all others; ``listed`` has every report, and the page of the tables,
    by id, ``editions`` are the languages in which there is an index."""
    title = in_language(study.settings.title, language.code)
    page = page_head(
        study,
        language,
        INDEX,
        language.text("index.title", study=title),
        language.text("index.description"),
        editions=editions,
    )
    blocks: list[Block] = []
    for heading, anchor, runs in _parts(study, language):
        if runs:
            blocks.append(Heading(heading, 2, anchor))
            blocks += _reports(study, runs, listed, language)
    blocks.append(Heading(language.text("index.data"), 2, "data"))
    blocks.append(_data(study, listed, language))
    return render_page(page, [*_warnings(study, listed, language), *blocks], language)


def _reports(
    study: Study, runs: Sequence[Run], listed: Mapping[str, Listed], language: Language
) -> list[Block]:
    """The reports of a part of the index, those of which there are many after the others."""
    numbers = Counter(run.report.id for run in runs)
    few = [run for run in runs if numbers[run.report.id] <= BESIDE]
    blocks: list[Block] = [_told(few, listed, language)] if few else []
    for report, number in numbers.items():
        if number > BESIDE:
            same = [run for run in runs if run.report.id == report]
            blocks += _many(study, same, listed, language)
    return blocks


def _many(
    study: Study, runs: Sequence[Run], listed: Mapping[str, Listed], language: Language
) -> list[Block]:
    """The pages of one report by the names of their groups."""
    entries = [
        (replace(title, text=label) if isinstance(title, Link) else label, summary, state, forms)
        for run, (title, summary, state, forms) in zip(
            runs, _told(runs, listed, language).entries, strict=True
        )
        for label in [in_language(run.group.label, language.code) if run.group else run.id]
    ]
    told = Paragraphs([many_pages(study, runs[0], len(runs), language) + "."])
    if len(entries) <= _LOOKED_THROUGH:
        return [told, PageList(entries, many=True)]
    return [told, *_in_parts(entries, runs[0].report.id, language)]


def _in_parts(entries: Sequence[Entry], report: str, language: Language) -> list[Block]:
    """A long list part by part, each headed by its first and its last; contents lead to them."""
    blocks: list[Block] = []
    for start in range(0, len(entries), _PART):
        part = entries[start : start + _PART]
        ends = [one.text if isinstance(one, Link) else one for one, *_ in (part[0], part[-1])]
        title = language.text("index.span", first=ends[0], last=ends[1])
        blocks += [
            Heading(title, 3, f"{report}-{start + 1}"),
            PageList(part, many=True, brief=True),
        ]
    return blocks


def _told(runs: Sequence[Run], listed: Mapping[str, Listed], language: Language) -> PageList:
    summaries = page_summaries(runs, language)
    entries = []
    for run, summary in zip(runs, summaries, strict=True):
        found, title = listed[run.id], page_title(run, language)
        made = found.state != "missing"
        forms = [_pdf(run.page, found.pdf, language)] if found.pdf else []
        state = _state(found, language)
        entries.append((Link(title, run.page) if made else title, summary, state, forms))
    return PageList(entries)


def _data(study: Study, listed: Mapping[str, Listed], language: Language) -> PageList:
    """The tables, and what is said of all pages."""
    found = listed["tables"]
    title = language.text("page.tables")
    made = found.state != "missing"
    forms = [Link(language.text("index.workbook"), workbook(study, language.code))] if made else []
    if found.pdf:
        forms.append(_pdf(TABLES, found.pdf, language))
    state = _state(found, language)
    summary = language.text("index.tables")
    statement = Link(language.text("page.statement"), STATEMENT)
    return PageList(
        [
            (Link(title, TABLES) if made else title, summary, state, forms),
            (statement, language.text("index.statement"), "", ()),
        ]
    )


def _state(page: Listed, language: Language) -> str:
    """What is told of a page; nothing where it is as it should be."""
    return "" if page.state == "current" else language.text(f"index.state.{page.state}")


def _pdf(page: str, size: int, language: Language) -> Link:
    kilobytes = language.number(max(1, size / KILOBYTE))
    return Link(language.text("index.pdf", size=kilobytes), f"{page.removesuffix('.html')}.pdf")


def _warnings(study: Study, listed: Mapping[str, Listed], language: Language) -> list[Block]:
    """Which pages show an error, and which are from an earlier run; that all are current."""
    if all(one.state == "current" for one in listed.values()):
        return [Paragraphs([language.text("index.all_current")], kind="note")]
    warnings: list[Block] = []
    states: tuple[State, ...] = ("failed", "old")
    for state in states:
        runs = [run for run in study.runs() if listed[run.id].state == state]
        titles = [page_title(run, language) for run in runs]
        titles += [language.text("page.tables")] if listed["tables"].state == state else []
        if titles:
            named = language.join(titles)
            warnings.append(Notice(language.text(f"index.{state}", reports=named), "warning"))
    return warnings


def _parts(study: Study, language: Language) -> list[tuple[str, str, list[Run]]]:
    """The reports of the whole study, those of groups, annexes, and how answers were settled."""
    runs = in_page_order(study.runs())
    method = [run for run in runs if run.report.makes_tables]
    annexes = [run for run in runs if run.annex]
    groups = [run for run in runs if run.id != run.report.id and run not in annexes]
    apart = [*method, *annexes, *groups]
    return [
        (language.text("index.whole"), "whole", [run for run in runs if run not in apart]),
        (language.text("index.groups"), "groups", groups),
        (language.text("index.annexes"), "annexes", annexes),
        (language.text("index.method"), "method", method),
    ]
