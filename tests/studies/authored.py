"""The authored texts of the study, taken apart: what is fixed, live and under a condition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from jinja2 import Environment, nodes

from misbrug_analysis.presentation.language import Language
from tests.projects import ROOT, STUDY

FOLDER = ROOT / "data" / "raw" / STUDY / "texts"
LIVE = "…"
"""Stands for a live figure in the fixed words around it."""


class Call(NamedTuple):
    """A live expression as a text calls it."""

    name: str
    args: tuple[Any, ...]
    kwargs: tuple[tuple[str, Any], ...]


def names() -> list[str]:
    """Every text in the study's own language, by its path without the ending."""
    return [name for name in _all() if name.partition("/")[0] not in Language.codes()]


def translations() -> list[tuple[str, str]]:
    """Every translation as (language, name); its path is ``<language>/<name>``."""
    parts = [name.partition("/") for name in _all()]
    return [(code, name) for code, _, name in parts if code in Language.codes()]


def source(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def _all() -> list[str]:
    paths = [path for path in FOLDER.rglob("*.md") if path.name != "README.md"]
    return sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in paths)


def fixed(name: str) -> list[str]:
    """The sentences of a text with a mark for every live figure, conditions taken out."""
    words = "".join(_words(source(name)))
    return [part for line in words.splitlines() for part in sentences(line)]


def branches(name: str) -> list[str]:
    """What stands under each condition, nested ones left out; a mark for every live figure."""
    found = []
    for condition in Environment().parse(source(name)).find_all(nodes.If):
        for body in (condition.body, condition.else_):
            found += [text for text in ["".join(map(_shown, body)).strip()] if text]
    return found


def calls(name: str) -> set[Call]:
    """Every live expression of a text, in conditions too."""
    return {
        Call(
            call.node.name,
            tuple(_key(argument.as_const()) for argument in call.args),
            tuple((pair.key, _key(pair.value.as_const())) for pair in call.kwargs),
        )
        for call in Environment().parse(source(name)).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name != "holds"
    }


def held(name: str) -> list[int]:
    """The lines on which a text says what its sentence rests on."""
    return [
        call.lineno
        for call in Environment().parse(source(name)).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name == "holds"
    ]


def sentences(line: str) -> Iterator[str]:
    for part in re.split(r"(?<=[.?!])\s+(?=[A-ZÆØÅ…*])", re.sub(r"^\s*\d+\.\s", "", line)):
        if re.search(r"\w", part):
            yield part.strip(" -*")


def _words(text: str) -> Iterator[str]:
    inside = False
    for _, kind, value in Environment(keep_trailing_newline=True).lex(text):
        if kind == "data":
            yield value
        if kind == "variable_begin" and not inside:
            inside = True
        if kind == "variable_end":
            inside = False
            yield LIVE


def _shown(node: nodes.Node) -> str:
    """The fixed words of an output node."""
    if not isinstance(node, nodes.Output):
        return ""
    parts = [part.data if isinstance(part, nodes.TemplateData) else LIVE for part in node.nodes]
    return "".join(parts)


def _key(value: Any) -> Any:
    return tuple(sorted(value.items())) if isinstance(value, dict) else value
