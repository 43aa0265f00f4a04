"""A text filled in so that one can tell what in it is live, and what it rests on.

The template is parsed, and what it puts out and decides on is wrapped in calls that note which
counts were read meanwhile; in the text they leave noncharacters behind, which are taken out again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from types import CodeType
from typing import cast

from jinja2 import Template, nodes

from misbrug_analysis.presentation.live.markdown import Markdown
from misbrug_analysis.presentation.live.rendering import Expressions, template_environment
from misbrug_analysis.presentation.live.wrapping import BRANCH, NAMED, OPEN, ROUND, SHUT, Wrapping

Reads = frozenset[Hashable]
"""Counts by their keys, as the one who reads them names them."""

_MARK = re.compile(f"{OPEN}([^{NAMED}]*){NAMED}|{SHUT}")
_FOREIGN = re.compile(f"[{OPEN}{SHUT}{NAMED}]")
_BROKEN = "\ufdd6"
_SHOWN, _DECIDED = "v", "i"


@dataclass(frozen=True)
class Live:
    """A part of a filled-in text that comes from an expression; ``broken`` where that failed."""

    start: int
    end: int
    reads: Reads
    broken: bool


@dataclass(frozen=True)
class Condition:
    """A part of a filled-in text that stands there, or is missing, by a condition.

    ``number`` names the condition in the template, and ``branch`` the part that was taken, from 0;
    None where none was, and the part is empty. What a loop repeats stands by a condition too, and
    its branch is the how manieth time it is.
    """

    start: int
    end: int
    number: int
    branch: int | None
    reads: Reads


@dataclass(frozen=True)
class Filled:
    """A filled-in text, with its live parts and conditional parts, outer ones first."""

    text: str
    live: tuple[Live, ...]
    conditions: tuple[Condition, ...]


def filled(source: str, expressions: Expressions, read: list[Hashable]) -> Filled:
    """Fill in a template; ``read`` is the list to which the expressions add what they read.

    Its text is the one that a plain rendering gives. Raises what a plain rendering raises.
    """
    notes = _Notes(read)
    environment = template_environment({**expressions, **notes.calls()})
    notes.finalize = cast("Callable[[object], object]", environment.finalize)
    template = Template.from_code(environment, _code(source), environment.make_globals(None))
    return _TakenOut(notes).of(template.render())


def unfailing(expressions: Expressions) -> dict[str, Callable[..., object]]:
    """The expressions so that one that cannot be told leaves a mark where it stands."""
    return {name: _unfailing(expression) for name, expression in expressions.items()}


def remembering(
    expressions: Expressions, read: list[Hashable], known: dict[Hashable, object], of: str
) -> dict[str, Callable[..., object]]:
    """The expressions so that one that read no count is not told twice; ``known`` holds these.

    ``of`` tells those apart that give other words.
    """
    return {
        name: _remembering(name, expression, read, known, of)
        for name, expression in expressions.items()
    }


def _remembering(
    name: str,
    expression: Callable[..., object],
    read: list[Hashable],
    known: dict[Hashable, object],
    of: str,
) -> Callable[..., object]:
    def told(*args: object, **kwargs: object) -> object:
        key = (of, name, repr(args), repr(kwargs))
        if key in known:
            return known[key]
        before = len(read)
        value = expression(*args, **kwargs)
        if len(read) == before and not (isinstance(value, str) and _BROKEN in value):
            known[key] = value
        return value

    return told


def _unfailing(expression: Callable[..., object]) -> Callable[..., object]:
    def told(*args: object, **kwargs: object) -> object:
        try:
            return expression(*args, **kwargs)
        except ValueError:
            return Markdown(_BROKEN)

    return told


@lru_cache(maxsize=256)
def _code(source: str) -> CodeType:
    """A template with the calls in it, compiled; what it can call is given when it is filled in."""
    environment = template_environment({})
    tree = environment.parse(source)
    return environment.compile(cast("nodes.Template", Wrapping(tree).visit(tree)))


@dataclass
class _Notes:
    """What was read, between one call from the template and the next.

    ``values`` are the reads of the parts that are shown, ``tests`` of the conditions, in the order
    in which the template came to them, and ``names`` of the values that the template gave a name.
    """

    read: list[Hashable]
    finalize: Callable[[object], object] = str
    values: list[Reads] = field(default_factory=list)
    tests: list[tuple[int, Reads]] = field(default_factory=list)
    names: dict[str, Reads] = field(default_factory=dict)
    _latest: dict[int, int] = field(default_factory=dict)
    _begun: list[int] = field(default_factory=list)
    _opened: list[int] = field(default_factory=list)

    def calls(self) -> dict[str, Callable[..., object]]:
        """What a wrapped template calls, by the names that it has there."""
        of_values = (self.begun, self.shown, self.entered, self.tested, self.turned, self.kept)
        of_blocks = (self.began, self.ended, self.opened, self.shut)
        return {f"_{one.__name__}": one for one in (*of_values, *of_blocks)}

    def begun(self, *names: str) -> int:
        """Where in what is read a value begins; one made of named ones rests on what they do."""
        since = len(self.read)
        for name in names:
            self.read += sorted(self.names.get(name, ()), key=str)
        return since

    def shown(self, since: int, value: object) -> Markdown:
        text = _FOREIGN.sub("", str(self.finalize(value)))
        self.values.append(frozenset(self.read[since:]))
        return Markdown(f"{OPEN}{_SHOWN}{len(self.values) - 1}{NAMED}{text}{SHUT}")

    def entered(self, number: int) -> Markdown:
        self._latest[number] = len(self.tests)
        self.tests.append((number, frozenset()))
        return Markdown(f"{OPEN}{_DECIDED}{len(self.tests) - 1}{NAMED}")

    def tested(self, number: int, since: int, value: object) -> object:
        at = self._latest[number]
        self.tests[at] = (number, self.tests[at][1] | frozenset(self.read[since:]))
        return value

    def turned(self, number: int, *names: str) -> str:
        """After a condition: what is given a name in it rests on it, whichever way it turned."""
        _, reads = self.tests[self._latest[number]]
        for name in names:
            self.names[name] = self.names.get(name, frozenset()) | reads
        return ""

    def kept(self, names: tuple[str, ...], since: int, value: object) -> object:
        self.names |= dict.fromkeys(names, frozenset(self.read[since:]))
        return value

    def began(self, *names: str) -> str:
        """Before a block that is given a name."""
        self._begun.append(self.begun(*names))
        return ""

    def ended(self, *names: str) -> str:
        self.kept(names, self._begun.pop(), None)
        return ""

    def opened(self, *names: str) -> Markdown:
        """Before a block that is shown as one part."""
        self._opened.append(len(self.values))
        self._begun.append(self.begun(*names))
        self.values.append(frozenset())
        return Markdown(f"{OPEN}{_SHOWN}{len(self.values) - 1}{NAMED}")

    def shut(self) -> Markdown:
        self.values[self._opened.pop()] = frozenset(self.read[self._begun.pop() :])
        return Markdown(SHUT)


@dataclass
class _Part:
    """A marked part of which the end is still to come."""

    name: str
    start: int
    branch: int | None = None
    rounds: int = 0


class _TakenOut:
    """Takes the noncharacters out of a text, and tells what they marked."""

    def __init__(self, notes: _Notes) -> None:
        self._notes = notes
        self._open: list[_Part] = []
        self._live: list[Live] = []
        self._conditions: list[Condition] = []

    def of(self, text: str) -> Filled:
        parts: list[str] = []
        length = end = 0
        for found in _MARK.finditer(text):
            plain = text[end : found.start()]
            parts.append(plain.replace(_BROKEN, ""))
            length, end = length + len(parts[-1]), found.end()
            if found[1] is not None:
                self._open.append(_Part(found[1], length))
            else:
                self._shut(length, is_broken=_BROKEN in plain)
        parts.append(text[end:].replace(_BROKEN, ""))
        self._conditions.sort(key=lambda one: (one.start, -one.end, one.number))
        return Filled("".join(parts), tuple(self._live), tuple(self._conditions))

    def _shut(self, end: int, *, is_broken: bool) -> None:
        part = self._open.pop()
        kind, number = part.name[0], part.name[1:]
        if kind == _SHOWN:
            self._live.append(Live(part.start, end, self._notes.values[int(number)], is_broken))
        elif kind == BRANCH:
            self._open[-1].branch = int(number)
        elif kind == ROUND:
            loop = self._open[-1]
            self._decided(loop, part.start, end, loop.rounds)
            loop.rounds += 1
        elif not part.rounds:
            self._decided(part, part.start, end, part.branch)

    def _decided(self, part: _Part, start: int, end: int, branch: int | None) -> None:
        number, reads = self._notes.tests[int(part.name[1:])]
        self._conditions.append(Condition(start, end, number, branch, reads))
