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

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from misbrug_analysis.model.errors import DefinitionError, ParameterError, Problem, too_large
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Paragraphs, Prose
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.live.figures import LiveFigures
from misbrug_analysis.presentation.live.markdown import escaped
from misbrug_analysis.presentation.passages import languages
from misbrug_analysis.presentation.report import Report

MAX_BYTES = 200_000

Written = Literal["passage", "remarks", "reasons", "rulings"]
"""What a page shows as somebody wrote it."""


@dataclass(frozen=True)
class Authored:
    """A text with its figures filled in; ``lang`` is its language where the report has another."""

    markdown: str
    lang: str | None


def authored(report: Report, name: str) -> Authored | None:
    """The study's text of a name in the report's language, else in the study's own, if any.

    Figures inside its sentences are in the language of the text. Raises DefinitionError, with the
    line, for a text that cannot be filled in.
    """
    folder, own = report.study.folder / "texts", report.study.settings.language
    if report.language.code != own:
        translation = folder / report.language.code / f"{name}.md"
        if translation.is_file():
            return _filled(report, translation, None)
    path = folder / f"{name}.md"
    if not path.is_file():
        return None
    lang = own if own != report.language.code else None
    language = Language.load(own, under_way=report.language.under_way)
    return _filled(replace(report, language=language), path, lang)


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


def prose(report: Report, name: str) -> list[Block]:
    """The text of a name as blocks, see ``authored``; none where the study has no such text."""
    text = authored(report, name)
    return shown(report, text) if text else []


def render(report: Report, path: Path) -> str:
    """The Markdown of a text with its live figures; raises DefinitionError at the line."""
    where = report.study.project.shown(path)
    if path.stat().st_size > MAX_BYTES:
        values = too_large(path.stat().st_size, MAX_BYTES)
        raise DefinitionError([Problem("file_too_large", where, values)])
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=escaped, keep_trailing_newline=True
    )
    environment.globals = dict(LiveFigures(report).expressions())
    try:
        return environment.from_string(path.read_text(encoding="utf-8")).render()
    except TemplateSyntaxError as error:
        raise _failed(where, error.lineno, str(error.message)) from None
    except (TemplateError, TypeError, KeyError, ValueError) as error:
        raise _failed(where, _line(error), str(error)) from None
    except ParameterError as error:
        raise _failed(where, _line(error), error.problems[0].what) from None


def _note(report: Report, what: Written, codes: list[str]) -> Paragraphs:
    language = report.language
    named = language.join([language.name_of(code) for code in codes])
    return Paragraphs([language.text(f"live.untranslated.{what}", language=named)], kind="note")


def _filled(report: Report, path: Path, lang: str | None) -> Authored | None:
    markdown = render(report, path)
    return Authored(markdown, lang) if markdown.strip() else None


def _failed(where: str, line: int, detail: str) -> DefinitionError:
    at = f"{where}, line {line}" if line else where
    said = detail if detail.endswith(("?", ".")) else f"{detail}."
    return DefinitionError([Problem("text_failed", at, {"detail": said})])


def _line(error: BaseException) -> int:
    """The line of the template in which an expression failed, from the traceback."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
