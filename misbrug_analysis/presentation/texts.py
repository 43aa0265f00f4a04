"""Authored texts with live figures: Markdown of a study, filled in from its results.

A text is a Jinja template in a sandbox: it can call the expressions of ``LiveFigures`` and nothing
else, an unknown name is an error at its line, and whatever an expression returns is escaped, so
that a label cannot become Markdown.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from misbrug_analysis.model.errors import DefinitionError, ParameterError, Problem
from misbrug_analysis.presentation.blocks import Prose
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.live.figures import LiveFigures
from misbrug_analysis.presentation.live.markdown import escaped
from misbrug_analysis.presentation.report import Report

MAX_BYTES = 200_000


def prose(report: Report, name: str) -> list[Prose]:
    """The text ``texts/<name>.md`` of the study as a block, or no block where there is none.

    Raises DefinitionError, with the line, for a text that cannot be filled in.
    """
    path = report.study.folder / "texts" / f"{name}.md"
    if not path.is_file():
        return []
    # Texts are written in the study's language, and so are the figures inside their sentences.
    written_in = report.study.settings.language
    text = render(replace(report, language=Language.load(written_in)), path)
    lang = written_in if written_in != report.language.code else None
    return [Prose(text, lang=lang)] if text.strip() else []


def render(report: Report, path: Path) -> str:
    """The Markdown of a text with its live figures; raises DefinitionError at the line."""
    where = report.study.project.shown(path)
    if path.stat().st_size > MAX_BYTES:
        values: dict[str, object] = {"size": path.stat().st_size, "limit": MAX_BYTES}
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


def _failed(where: str, line: int, detail: str) -> DefinitionError:
    at = f"{where}, line {line}" if line else where
    return DefinitionError([Problem("text_failed", at, {"detail": detail.rstrip(".")})])


def _line(error: BaseException) -> int:
    """The line of the template in which an expression failed, from the traceback."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
