"""How a page begins, and sections that are authored text only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Heading
from misbrug_analysis.presentation.navigation import run_head
from misbrug_analysis.presentation.outline import slug
from misbrug_analysis.presentation.passages import marked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.statements import Passage, Place, tells
from misbrug_analysis.presentation.texts import authored, shown, written


def page(report: Report) -> list[Block]:
    """Title, banner, what the report was run for, and links to the study's other pages."""
    return [run_head(report.study, report.run, report.language)]


def section_text(report: Report, name: str) -> Iterator[Passage]:
    """The sentences of ``text_section``."""
    text = written(report, name, _own_heading(name))
    if text is not None:
        yield text


@tells(section_text)
def text_section(report: Report, name: str) -> list[Block]:
    """An authored text under its own heading (its first line, ``# …``), if there is a text."""
    text = authored(report, name, _own_heading(name))
    if text is None:
        return []
    first, _, rest = text.markdown.lstrip().partition("\n")
    if not first.startswith("# "):
        return shown(report, text)
    title = first.removeprefix("# ").strip()
    heading = Heading(marked(title, text.lang) if text.lang else title, 2, slug(name))
    return [heading, *(shown(report, replace(text, markdown=rest)) if rest.strip() else [])]


def _own_heading(name: str) -> Place:
    """The place of a text that brings its heading."""
    return Place("", slug(name))
