"""Authored texts with live figures: Markdown of a study, filled in from its results.

A text is written in the study's language (``texts/<name>.md``); a translation stands in the folder
of its language (``texts/en/<name>.md``).

A text is a Jinja template in a sandbox: it can call the expressions of ``LiveFigures`` and nothing
else, an unknown name is an error at its line, and whatever an expression returns is escaped, so
that a label cannot become Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Paragraphs, Prose
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.live.figures import LiveFigures
from misbrug_analysis.presentation.live.rendering import (
    errors_at_their_line,
    template_environment,
    template_source,
)
from misbrug_analysis.presentation.passages import languages
from misbrug_analysis.presentation.reads import TEXT, TEXTS
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.statements import Place
from misbrug_analysis.presentation.written import WrittenText

Written = Literal["passage", "remarks", "reasons", "rulings"]
"""What a page shows as somebody wrote it."""


@dataclass(frozen=True)
class Authored:
    """A text with its figures filled in; ``lang`` is its language where the report has another."""

    markdown: str
    lang: str | None


def authored(report: Report, name: str, place: Place | None = None) -> Authored | None:
    """The study's text of a name in the report's language, else in the study's own, if any.

    Figures inside its sentences are in the language of the text. With the ``place`` under which a
    page shows it, its sentences carry marks where they depend on the rules. Raises
    DefinitionError, with the line, for a text that cannot be filled in.
    """
    text = written(report, name, place or Place("", ""))
    if text is None:
        return None
    speaking = replace(report, language=text.language)
    markdown = text.marked(report) if place else render(speaking, text.path)
    return Authored(markdown, text.lang) if markdown.strip() else None


def written(report: Report, name: str, place: Place) -> WrittenText | None:
    """The study's text of a name in the report's language, else in its own, not yet filled in."""
    folder, own = report.study.folder / TEXTS, report.study.settings.language
    if report.language.code != own:
        translated = f"{report.language.code}/{name}"
        translation = folder / f"{translated}.md"
        report.reads.note(f"{TEXT}{translated}")
        if translation.is_file():
            return WrittenText(translation, report.language, None, place)
    path = folder / f"{name}.md"
    report.reads.note(f"{TEXT}{name}")
    if not path.is_file():
        return None
    if own == report.language.code:
        return WrittenText(path, report.language, None, place)
    language = Language.load(own, under_way=report.language.under_way)
    language = language.speaking_of(report.study.instrument)
    return WrittenText(path, language, own, place)


def shown(report: Report, text: Authored) -> list[Block]:
    """A text as blocks: before one in another language a note that says so."""
    if text.lang is None:
        return [Prose(text.markdown)]
    return [
        _note(report, "passage", [text.lang]),
        Prose(text.markdown, lang=text.lang),
    ]


def untranslated(report: Report, what: Written, texts: Iterable[str]) -> list[Block]:
    """A note that texts are in another language, for before them; none where none of them is."""
    found = languages(texts)
    return [_note(report, what, found)] if found else []


def prose(report: Report, name: str, place: Place | None = None) -> list[Block]:
    """The text of a name as blocks, see ``authored``; none where the study has no such text."""
    text = authored(report, name, place)
    return shown(report, text) if text else []


def render(report: Report, path: Path) -> str:
    """The Markdown of a text with its live figures; raises DefinitionError at the line."""
    where = report.study.project.shown(path)
    environment = template_environment(LiveFigures(report).expressions())
    with errors_at_their_line(where):
        return environment.from_string(template_source(path, where)).render()


def _note(report: Report, what: Written, codes: list[str]) -> Paragraphs:
    language = report.language
    named = language.join([language.name_of(code) for code in codes])
    return Paragraphs([language.text(f"live.untranslated.{what}", language=named)], kind="note")
