"""One family of errors: what is wrong, where, what was expected, what to do next.

The texts stand in ``messages/<language>.yaml``, by code; code raises a code with the values that
fill it in. Whatever is told is masked here, and rid of what steers a terminal, once for all: values
and places come from files.
"""

from __future__ import annotations

import difflib
import re
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from numbers import Number
from pathlib import Path
from typing import Any, Literal

import yaml

from misbrug_analysis.model.printable import printable
from misbrug_analysis.model.privacy import masked

FALLBACK = "en"
"""The language of a message where it is not told in another one."""

_PLACE = re.compile(r"(^|, )(line|column|row|entry|feature|area|cell)(?:( \d+ )column)?(?= \w)")
_ASIDE = re.compile(r"(.+) \((name of the sheet|note|text box|header|footer)( \d+)?\)", re.DOTALL)
"""The place of what stands in no cell."""

_LONGEST = 200
"""Characters of a value that a message shows."""


@dataclass(frozen=True)
class Phrase:
    """Words that fill a field of a message, so that they are told in its language.

    ``key`` names an entry under ``phrases`` of the catalogues.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def told(self, language: str) -> str:
        """The words in a language."""
        return _filled(messages(language)["phrases"][self.key], self.values, language)

    def __str__(self) -> str:
        return self.told(FALLBACK)


@dataclass(frozen=True)
class Whereabouts:
    """Places in a file that fill a field of a message, so that they are told in its language."""

    locators: tuple[str, ...]

    def told(self, language: str) -> str:
        """The places in a language."""
        return name_list(_seen(masked(place(one, language))) for one in self.locators)

    def __str__(self) -> str:
        return self.told(FALLBACK)


@dataclass(frozen=True)
class Problem:
    """One fault, at one place.

    ``code`` names an entry of the catalogues' ``faults``, ``where`` is a file with line, sheet or
    cell, and ``values`` fill the fields of the entry's texts. A fault of a form names its file
    (``source``) and the place in it (``locator``) as the ledger does.
    """

    code: str
    where: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    locator: str = ""

    @property
    def what(self) -> str:
        return self.part("what")

    @property
    def expected(self) -> str:
        return self.part("expected")

    @property
    def next_step(self) -> str:
        return self.part("next")

    def part(self, name: Literal["what", "expected", "next"], language: str = FALLBACK) -> str:
        """One of the three texts of the message in a language."""
        return _filled(faults(language)[self.code][name], self.values, language)

    def sentence(self, language: str) -> str:
        """What is wrong with a capital letter, unless it begins with a name that someone wrote."""
        what = self.part("what", language)
        words, field, *_ = next(iter(string.Formatter().parse(faults(language)[self.code]["what"])))
        written = not words and isinstance(self.values.get(field or ""), str)
        return what if written else what[:1].upper() + what[1:]

    def told(self, language: str) -> str:
        """The whole message in a language, on three lines."""
        frame = messages(language)["frame"]
        where = place(_seen(masked(self.where)).replace("\n", " "), language)
        head = f"{where}: {self.part('what', language)}" if where else self.sentence(language)
        expected = f"{frame['expected']}: {self.part('expected', language)}"
        return f"{head}\n    {expected}\n    {frame['next']}: {self.part('next', language)}"

    def __str__(self) -> str:
        return self.told(FALLBACK)


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


def faults(language: str = FALLBACK) -> dict[str, dict[str, str]]:
    """Every fault this project can tell, by code: ``what``, ``expected`` and ``next``."""
    groups: dict[str, dict[str, dict[str, str]]] = messages(language)["faults"]
    return {code: texts for group in groups.values() for code, texts in group.items()}


@cache
def languages() -> tuple[str, ...]:
    """The languages that there are catalogues of messages in, in alphabetical order."""
    found = resources.files(__package__).joinpath("messages").iterdir()
    return tuple(sorted(one.name.removesuffix(".yaml") for one in found))


@cache
def messages(language: str) -> dict[str, Any]:
    """The catalogue of messages in a language, in English where there is none in it."""
    folder = resources.files(__package__).joinpath("messages")
    found = folder.joinpath(f"{language}.yaml")
    file = found if found.is_file() else folder.joinpath(f"{FALLBACK}.yaml")
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load(file.read_text(encoding="utf-8"), Loader=loader))  # noqa: S506


def place(where: str, language: str) -> str:
    """Where a fault is (``study.yaml, line 3``, ``row 9 column 3``) as a language says it."""
    words: Mapping[str, str] = messages(language)["places"]

    def said(found: re.Match[str]) -> str:
        start, word, number = found.groups()
        return f"{start}{words[word]}" + (f"{number}{words['column']}" if number else "")

    aside = _ASIDE.fullmatch(where)
    if aside:
        return f"{place(aside[1], language)} ({words[aside[2].replace(' ', '_')]}{aside[3] or ''})"
    return _PLACE.sub(said, where)


class _Filler(string.Formatter):
    """Fills the fields of a text; what ``{value!r}`` shows is quoted as the language quotes.

    A value is data: it stays on one line, is cut where it is long, and what looks like a field in
    it is not one.
    """

    def __init__(self, language: str) -> None:
        self._language = language

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        if conversion != "r":
            return value
        line = " ".join(str(value).split())
        cut = f"{line[:_LONGEST]}…" if len(line) > _LONGEST else line
        if not isinstance(value, str):
            return cut
        return str(messages(self._language)["frame"]["quoted"]).replace("{}", cut)

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec != "," or isinstance(value, str):
            return str(super().format_field(value, "" if format_spec == "," else format_spec))
        frame = messages(self._language)["frame"]
        signs = str.maketrans({",": str(frame["thousands"]), ".": str(frame["decimal"])})
        return str(super().format_field(value, format_spec)).translate(signs)


def _filled(text: str, values: Mapping[str, object], language: str) -> str:
    told = {name: _shown(value, language) for name, value in values.items()}
    return _Filler(language).vformat(text, (), told)


def _shown(value: object, language: str) -> object:
    if isinstance(value, Phrase | Whereabouts):
        return value.told(language)
    return value if isinstance(value, Number) else _seen(masked(str(value)))


def _seen(text: str) -> str:
    """The text with one kind of line break, and a sign that is seen for each that is not."""
    return printable(text.replace("\r\n", "\n").replace("\r", "\n"))


def shown(path: Path) -> str:
    """A path as a message shows it: from the working directory where it lies below it."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


def too_large(size: int, limit: int) -> dict[str, object]:
    """The fields of ``file_too_large`` for a size in bytes."""
    return {
        "size": Phrase("bytes", {"number": size}),
        "limit": Phrase("bytes", {"number": limit}),
    }


def beyond(things: str, limit: int) -> dict[str, object]:
    """The fields of ``file_too_large`` for more than ``limit`` of what a phrase names."""
    told = {"limit": limit, "things": Phrase(things)}
    return {"size": Phrase("more_of", told), "limit": Phrase("most_of", told)}


def name_list(names: Iterable[str]) -> str:
    """Valid names as a reader wants them: in order, separated by commas."""
    return ", ".join(names) or "–"


MOST_NAMES = 40
"""So many valid names a message lists; of more it names the first ``FEW_NAMES``."""

FEW_NAMES = 20


def few_names(names: Sequence[str]) -> Phrase | str:
    """As ``name_list``; of too many the first ones, and how many more there are."""
    if len(names) <= MOST_NAMES:
        return name_list(names)
    shown = name_list(names[:FEW_NAMES])
    return Phrase("and_more", {"names": shown, "number": len(names) - FEW_NAMES})


def hint(name: str, valid: Iterable[str]) -> Phrase | str:
    """The nearest of the valid names as a question, where one is near, else nothing."""
    near = difflib.get_close_matches(name[:_LONGEST], list(valid), n=1)
    return Phrase("did_you_mean", {"near": near[0]}) if near else ""
