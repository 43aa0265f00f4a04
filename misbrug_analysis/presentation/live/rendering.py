"""How a text is filled in: the sandbox, and errors with the line of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from misbrug_analysis.model.errors import DefinitionError, ParameterError, Problem, too_large
from misbrug_analysis.presentation.live.markdown import escaped

MAX_BYTES = 200_000

_NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")  # with which passages of a page are marked

Expressions = Mapping[str, Callable[..., object]]

FAILURES = (TemplateError, TypeError, LookupError, ValueError, ArithmeticError)
"""What an expression of a text can raise."""


def template_environment(expressions: Expressions) -> ImmutableSandboxedEnvironment:
    """A sandbox in which a text can call the expressions and nothing else.

    An unknown name is an error, and whatever an expression gives is escaped.
    """
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=escaped, keep_trailing_newline=True
    )
    environment.globals = dict(expressions)
    return environment


def template_source(path: Path, where: str) -> str:
    """The text of a file but for noncharacters; raises DefinitionError for one too large."""
    if path.stat().st_size > MAX_BYTES:
        values = too_large(path.stat().st_size, MAX_BYTES)
        raise DefinitionError([Problem("file_too_large", where, values)])
    return _NONCHARACTERS.sub("", path.read_text(encoding="utf-8"))


@contextmanager
def errors_at_their_line(where: str) -> Iterator[None]:
    """Turn what can go wrong while a text is filled in into a DefinitionError at its line."""
    try:
        yield
    except TemplateSyntaxError as error:
        raise _failed(where, error.lineno, str(error.message)) from None
    except FAILURES as error:
        raise _failed(where, _line(error), str(error)) from None
    except ParameterError as error:
        raise _failed(where, _line(error), error.problems[0].what) from None


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
