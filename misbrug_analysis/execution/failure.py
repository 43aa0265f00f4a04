"""The page of a report that failed: which report, which cell, what it says, what to do next."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from misbrug_analysis.execution.outputs import Preformatted, printed
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Heading, Page, Paragraphs
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.page import render_page


@dataclass(frozen=True)
class Failure:
    """What stopped a notebook; ``cell`` is None where no cell says it, such as a dead kernel.

    ``cell`` counts from 1 in the notebook as its author wrote it.
    """

    notebook: str
    message: str
    cell: int | None = None
    source: str = ""
    traceback: str = ""


def failure_page(page: Page, failure: Failure, language: Language) -> str:
    """The page that a failed report leaves, by the template of all pages.

    ``page`` is the head that the report would have had.
    """

    def text(key: str, **fields: object) -> str:
        return language.text(f"page.failure.{key}", **fields)

    head = dataclasses.replace(
        page, title=text("title", title=page.title), description=text("description")
    )
    place = "no_cell" if failure.cell is None else "cell"
    blocks: list[Block] = [
        Heading(text("what"), 2, "what"),
        *_preformatted(failure.message),
        Heading(text("where"), 2, "where"),
        Paragraphs([text(place, cell=failure.cell, notebook=failure.notebook)]),
        *_preformatted(failure.source),
        Heading(text("next"), 2, "next"),
        Bullets([text("read"), text("mend"), text("again")], ordered=True),
    ]
    if printed(failure.traceback).strip() != printed(failure.message).strip():
        blocks += _preformatted(failure.traceback, text("traceback"))
    return render_page(head, blocks, language)


def _preformatted(text: str, summary: str = "") -> list[Block]:
    shown = printed(text).strip("\n")
    return [Preformatted(shown, summary)] if shown.strip() else []
