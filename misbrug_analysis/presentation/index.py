"""The index of a study's pages: a line a report, and what state it is in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from misbrug_analysis.model.instrument import in_language
from misbrug_analysis.model.study import Run, Study
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Heading, Notice, Page
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.page import render_page
from misbrug_analysis.presentation.titles import in_page_order, page_list, page_title

State = Literal["made", "kept", "failed", "not run"]


def index_page(study: Study, states: Mapping[str, State], language: Language) -> str:
    """The page that leads to all others; ``states`` has every report that has a page."""
    settings = study.settings
    title = in_language(settings.title, language.code)
    statement = settings.provenance.statement
    page = Page(
        title=language.text("index.title", study=title),
        lang=language.code,
        description=language.text("index.description"),
        study_title=title,
        banner=in_language(statement, language.code) if statement else None,
    )
    blocks: list[Block] = []
    for heading, anchor, runs in _parts(study, language):
        shown = [run for run in runs if run.id in states]
        if shown:
            blocks.append(Heading(heading, 2, anchor))
            blocks.append(page_list(shown, language))
    return render_page(page, [*_warnings(study, states, language), *blocks], language)


def _warnings(study: Study, states: Mapping[str, State], language: Language) -> list[Block]:
    """Which pages show an error, and which are from an earlier run."""
    warnings: list[Block] = []
    for state, key in (("failed", "index.failed"), ("not run", "index.old")):
        titles = [page_title(run, language) for run in study.runs() if states.get(run.id) == state]
        if titles:
            text = language.text(key, reports=language.join(titles))
            warnings.append(Notice(text, kind="warning"))
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
