"""One family of errors: what is wrong, where, what was expected, what to do next.

The texts stand in ``faults.yaml``, by code; code raises a code with the values that fill it in.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Problem:
    """One fault, at one place.

    ``code`` names an entry of ``faults.yaml``, ``where`` is a file with line, sheet or cell, and
    ``values`` fill the fields of the entry's texts.
    """

    code: str
    where: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def what(self) -> str:
        return self._text("what")

    @property
    def expected(self) -> str:
        return self._text("expected")

    @property
    def next_step(self) -> str:
        return self._text("next")

    def _text(self, part: str) -> str:
        return faults()[self.code][part].format(**self.values)

    def __str__(self) -> str:
        what = self.what
        head = f"{self.where}: {what}" if self.where else what[:1].upper() + what[1:]
        return f"{head}\n    expected: {self.expected}\n    next: {self.next_step}"


class MisbrugError(Exception):
    """Bad input, with every problem that was found and not only the first one."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def _render_traceback_(self) -> list[str]:
        """IPython asks for this: a person who sent in a bad form is shown no traceback."""
        return str(self).splitlines()


class DefinitionError(MisbrugError):
    """An instrument, a study file or one of their tables is wrong."""


class ParameterError(MisbrugError):
    """A name or value that was asked for does not exist."""


class IntakeError(MisbrugError):
    """Forms hold cells that cannot be used."""


class StaleError(MisbrugError):
    """Processed tables are missing or older than what they rest on."""


class ReportError(MisbrugError):
    """A notebook or a page could not be made."""


def is_ours(name: str) -> bool:
    """Whether a class of this family has the name; its message then says all there is to say."""
    kind = globals().get(name)
    return isinstance(kind, type) and issubclass(kind, MisbrugError)


@cache
def faults() -> dict[str, dict[str, str]]:
    """Every message this project can give, by code: ``what``, ``expected`` and ``next``."""
    text = resources.files(__package__).joinpath("faults.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def shown(path: Path) -> str:
    """A path as a message shows it: from the working directory where it lies below it."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


def name_list(names: Iterable[str]) -> str:
    """Valid names as a reader wants them: in order, separated by commas."""
    return ", ".join(names) or "(none)"


def hint(name: str, valid: Iterable[str]) -> str:
    """`` Did you mean x?`` where a valid name is near, else nothing."""
    near = difflib.get_close_matches(name, list(valid), n=1)
    return f" Did you mean {near[0]}?" if near else ""
