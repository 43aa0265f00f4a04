"""The page that tells a secretary all that a check found, in every file of the round."""

from __future__ import annotations

from collections.abc import Sequence

from misbrug_analysis.intake.status import Standing
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import (
    Bullets,
    Definitions,
    Heading,
    Notice,
    Paragraphs,
    Table,
)
from misbrug_analysis.presentation.cells import Cell, Column, Link
from misbrug_analysis.presentation.collecting.check_text import verdict
from misbrug_analysis.presentation.collecting.faults import (
    Headings,
    by_form,
    column_headings,
    gathered,
    told,
)
from misbrug_analysis.presentation.collecting.tally import (
    READ_AS,
    cell_sums,
    decided,
    personal,
    read_as,
    warnings,
)
from misbrug_analysis.presentation.collecting.unit_page import to_mend, unit_page_name
from misbrug_analysis.presentation.collecting.words import (
    head,
    on_page,
    sent_name,
    sent_sentence,
    state_list,
)
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.page import render_page


def check_page(standing: Standing, language: Language) -> str:
    """The page ``check.html``: the summary, every fault and warning by file, and the sums."""
    came_in = standing.came_in
    title = language.text("check.title")
    page = head(standing.study, language, title, sent_sentence(standing, language))
    blocks = [
        _verdict(standing, language),
        *_states(standing, language),
        *_faults("faults", came_in.problems, standing, language),
        *_faults("warnings", warnings(standing), standing, language),
        *_pages(standing, language),
        *_read_as(standing, language),
        *_personal(standing, language),
        *_sums(standing, language),
    ]
    return render_page(page, blocks, language, listed=False)


def _verdict(standing: Standing, language: Language) -> Notice:
    said = verdict(standing, language)
    return Notice(said, kind="warning") if standing.came_in.problems else Notice(said)


def _states(standing: Standing, language: Language) -> list[Block]:
    return [
        Heading(language.text("check.states"), 2, "states"),
        state_list(standing, language),
    ]


def _faults(
    name: str, problems: Sequence[Problem], standing: Standing, language: Language
) -> list[Block]:
    """Faults or warnings, a heading for each file and an entry for each."""
    if not problems:
        return []
    headings = column_headings(standing.came_in)
    blocks: list[Block] = [Heading(language.text(f"check.{name}"), 2, name)]
    for number, one in enumerate(by_form(problems, standing), 1):
        own_files = language.text("check.own_files")
        file = sent_name(one.source, one.at, language) if one.source else own_files
        heading = ": ".join(part for part in (one.owner, file) if part)
        blocks.append(Heading(heading, 3, f"{name}-{number}"))
        blocks.append(_fault_list(one.problems, standing, language, headings))
    return blocks


def _fault_list(
    problems: Sequence[Problem], standing: Standing, language: Language, headings: Headings
) -> Definitions:
    """What was found, then where it is, what was expected, and what to do."""
    entries = []
    for fault in gathered(problems):
        parts = told(fault, standing.study, language, headings)
        place = language.capitalise(parts.place) or language.text("check.round")
        advice = [on_page(one, language) for one in parts.advice]
        entries.append((on_page(parts.found, language), [place, *parts.questions, *advice]))
    return Definitions(entries, stacked=True)


def _pages(standing: Standing, language: Language) -> list[Block]:
    links = [
        Link(status.unit.label, unit_page_name(status.unit.id)) for status in to_mend(standing)
    ]
    if not links:
        return []
    return [
        Heading(language.text("check.pages"), 2, "pages"),
        Paragraphs([language.text("check.pages_explained")]),
        Bullets(links),
    ]


def _read_as(standing: Standing, language: Language) -> list[Block]:
    tables = [*_written_otherwise(standing, language), *_decided(standing, language)]
    if not tables:
        return []
    return [Heading(language.text("check.read_as"), 2, "read-as"), *tables]


def _written_otherwise(standing: Standing, language: Language) -> list[Block]:
    rows: list[list[Cell]] = [
        [raw, value, language.text(f"check.why.{reason}"), n]
        for reason in READ_AS
        for raw, value, n in read_as(standing, language, reason)
    ]
    columns = [
        *_columns(("raw", "value", "why"), language),
        Column(language.text("check.column.cells"), "number"),
    ]
    return [Table(language.text("check.read_as_title"), columns, rows)] if rows else []


def _decided(standing: Standing, language: Language) -> list[Block]:
    rows: list[list[Cell]] = [
        [one.place, one.raw or "–", one.value, one.why] for one in decided(standing, language)
    ]
    columns = _columns(("place", "raw", "value", "reason"), language)
    return [Table(language.text("check.decided_title"), columns, rows)] if rows else []


def _columns(names: Sequence[str], language: Language) -> list[Column]:
    return [Column(language.text(f"check.column.{name}")) for name in names]


def _personal(standing: Standing, language: Language) -> list[Block]:
    found = personal(standing, language)
    if not found:
        return []
    return [
        Heading(language.text("check.personal"), 2, "personal-data"),
        Paragraphs([language.text("check.personal_explained")]),
        Definitions([(file, [language.join(kinds)]) for file, kinds in found], stacked=True),
    ]


def _sums(standing: Standing, language: Language) -> list[Block]:
    if not standing.came_in.forms:
        return []
    fates, total = cell_sums(standing, language)
    columns = [
        Column(language.text("check.column.fate")),
        Column(language.text("check.column.cells"), "number"),
    ]
    rows = [*fates, (language.text("check.all_cells"), total)]
    files = standing.came_in.ledger["source"].nunique()
    title = language.plural("check.cells", files, cells=language.number(total))
    return [
        Heading(language.text("check.sums"), 2, "sums"),
        Table(title.rstrip(".:"), columns, rows, totals=[len(rows) - 1]),
    ]
