"""The page of all tables: what there is, what each column means, and where to get it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.addresses import TABLES, workbook
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Column, Link
from misbrug_analysis.presentation.datapackage import excel_path, machine_path
from misbrug_analysis.presentation.datasets import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    SUPPRESSED,
    Dataset,
    Field,
)
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.navigation import method_links, page_head
from misbrug_analysis.presentation.page import render_page
from misbrug_analysis.presentation.readme import README
from misbrug_analysis.presentation.reuse import (
    about_answers,
    citation,
    licence_address,
    terms_of,
    years,
)

FOLDER = "tables"
PACKAGE = "datapackage.json"

_CODE = re.compile(r"[a-z0-9_.-]+")

_MOST_CODES = 40
"""A longer list of codes is a table of its own, or is plain from the values."""


def tables_page(study: Study, tables: Sequence[Dataset], language: Language) -> str:
    """The page that describes all tables and leads to their files.

    A table has the anchor ``table-<name>``, which does not change from run to run.
    """
    text = language.text
    head = page_head(
        study,
        language,
        TABLES,
        text("data.page.title"),
        text("data.page.description"),
        rests_on=method_links(study, language),
    )
    blocks: list[Block] = [
        Heading(text("data.page.start"), 2, "get"),
        *_files(study, language),
        Heading(text("data.page.reading"), 2, "reading"),
        *_reading(study, language),
        Heading(text("data.page.reuse"), 2, "reuse"),
        *_reuse(study, language),
        Heading(text("data.page.tables"), 2, "tables"),
    ]
    for table in tables:
        blocks += _described(study, table, language)
    return render_page(head, blocks, language)


def _files(study: Study, language: Language) -> list[Block]:
    text = language.text
    told = [text(f"data.page.{kind}_told") for kind in ("workbook", "excel", "data")]
    links = [
        Link(text("data.page.workbook"), workbook(study, language.code)),
        Link(text("data.page.readme"), f"{FOLDER}/{README}"),
        Link(text("data.page.package"), f"{FOLDER}/{PACKAGE}"),
    ]
    return [Paragraphs(told), Bullets(links)]


def _reading(study: Study, language: Language) -> list[Block]:
    text = language.text
    withheld = text("data.notes.suppressed", mark=SUPPRESSED)
    lines = [
        text("data.notes.not_available", mark=NOT_AVAILABLE),
        text("data.notes.not_applicable", mark=NOT_APPLICABLE),
        *([withheld] if study.instrument.respondents else []),
        text("data.page.shorthand", mark=NOT_AVAILABLE, other=NOT_APPLICABLE),
        text("data.page.shares"),
        text("data.page.guarded"),
    ]
    return [Bullets(lines)]


def _reuse(study: Study, language: Language) -> list[Block]:
    text = language.text
    cited = text("data.notes.cite", citation=citation(study, language))
    cited = f"{years(study, language)} {cited}"
    licence = study.settings.licence
    if licence is None:
        return [Paragraphs([cited, text("data.notes.no_licence")])]
    said = text("data.notes.licence", licence=licence)
    return [Paragraphs([cited]), Bullets([Link(said, licence_address(licence))])]


def _described(study: Study, table: Dataset, language: Language) -> list[Block]:
    text = language.text
    rows = language.plural("data.rows", len(table.frame))
    sheet = text("data.page.sheet", sheet=table.sheet)
    none = "" if table.of_answers else about_answers(study, table, language)
    about = " ".join(filter(None, [table.about, table.note, none]))
    lines = [about, f"{rows}. {sheet}"]
    links = [
        Link(f"{text('data.page.excel')}: {table.title}", f"{FOLDER}/{excel_path(table)}"),
        Link(f"{text('data.page.data')}: {table.title}", f"{FOLDER}/{machine_path(table)}"),
    ]
    blocks: list[Block] = [
        Heading(table.title, 3, table.anchor),
        Paragraphs(lines),
        Bullets(links),
        _columns(table, language),
        *_explained(table, language),
    ]
    found = [
        Link(text("data.page.sources", sources=label), url)
        if url
        else text("data.page.sources", sources=label)
        for label, url in table.sources
    ]
    terms = terms_of(study, table, language)
    if found or terms:
        blocks.append(Bullets([*found, *filter(None, [terms])]))
    return blocks


def _explained(table: Dataset, language: Language) -> list[Table]:
    """The codes of each column that need more than a label to be understood."""
    heads = [Column(language.text(f"data.columns.{part}")) for part in ("code", "word", "meaning")]
    return [
        Table(
            language.text("data.page.words", column=column.label, table=table.title),
            heads,
            [[code, column.codes[code], told] for code, told in column.explained.items()],
        )
        for column in table.fields
        if column.explained
    ]


def _columns(table: Dataset, language: Language) -> Table:
    text = language.text
    cells = {
        "label": [_label(column, language) for column in table.fields],
        "name": [column.name for column in table.fields],
        "meaning": [_meaning(column, language) for column in table.fields],
        "measure": [column.measure for column in table.fields],
    }
    parts = [part for part, texts in cells.items() if any(texts)]
    rows = list(zip(*(cells[part] for part in parts), strict=True))
    return Table(
        text("data.page.caption", table=table.title),
        [Column(text(f"data.columns.{part}")) for part in parts],
        rows,
    )


def _label(column: Field, language: Language) -> str:
    if column.readers:
        return column.label
    return language.text("data.page.machines_only", label=column.label)


def _meaning(column: Field, language: Language) -> str:
    """What a column means, with its codes where they are few and no other table lists them."""
    if column.points_to or column.explained or not 0 < len(column.codes) <= _MOST_CODES:
        return column.about
    # Words that the study wrote in its own language are no codes that a reader looks up.
    short = all(_CODE.fullmatch(code) for code in column.codes)
    pairs = [
        language.text("data.codes", code=code, label=label)
        if short and code != label.partition(" ")[0]
        else label
        for code, label in column.codes.items()
    ]
    codes = "; ".join(pairs).removesuffix(".")
    return language.text("data.page.choices", about=column.about, codes=codes)
