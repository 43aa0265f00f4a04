"""Which texts of the catalogues the code and its templates ask for, read from their source.

A key may be put together: ``f"section.{part}"``. Such a pattern asks for every key whose part in
the hole is a string that stands somewhere in the code, such as the code of an answer or the name of
a rule, a number, or put together in the same way. A key that fits none of these is asked for by
nobody.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment

from misbrug_analysis.presentation.language import Language
from tests.projects import ROOT

PACKAGE = ROOT / "misbrug_analysis"
TEMPLATES = PACKAGE / "presentation" / "templates"
PLURALS = (".one", ".other")
_ASKING = ("text", "plural")


class Asked(NamedTuple):
    """A call that names its text in full; ``fields`` is None where they cannot be read."""

    where: str
    key: str
    fields: frozenset[str] | None
    plural: bool


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text("utf-8"))


@cache
def asked() -> list[Asked]:
    """Every call of ``Language.text`` or ``Language.plural`` with a whole key."""
    found = []
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                key, plural = _constant(node.args[0]), node.func.attr == "plural"
                if node.func.attr in _ASKING and key is not None and _is_language(node.func.value):
                    found.append(Asked(f"{path.name}:{node.lineno}", key, _fields(node), plural))
    return found + [Asked(name, f"page.{key}", None, False) for name, key in _labels()]


@cache
def patterns() -> dict[str, str]:
    """Keys with holes, as regular expressions, with where they stand."""
    sections = {key.partition(".")[0] for key in Language.load("da").texts}
    return {pattern: at for pattern, at in _put_together().items() if _section(pattern) in sections}


@cache
def _put_together() -> dict[str, str]:
    """Every string of the code with holes that could be a key or a part of one."""
    found = {}
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [_constant(part) for part in node.values]
                words = "".join(part or "" for part in parts)
                if re.fullmatch(r"[a-z0-9_.]*", words) and re.search(r"\.|[a-z]_|_[a-z]", words):
                    pattern = "".join("(.+)" if part is None else re.escape(part) for part in parts)
                    found[pattern] = f"{path.name}:{node.lineno}"
    return found


def _section(pattern: str) -> str:
    return pattern.partition("\\.")[0]


@cache
def strings() -> set[str]:
    """Every string in the code and in the templates; docstrings too, which are no keys."""
    found = {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for path in TEMPLATES.glob("*.j2"):
        tokens = Environment().lex(path.read_text("utf-8"))
        found |= {value[1:-1] for _, kind, value in tokens if kind == "string"}
    return found


def is_asked_for(key: str) -> bool:
    """Whether the code asks for a text, by its key or the key without its plural form."""
    bare = [key.removesuffix(form) for form in PLURALS if key.endswith(form)]
    return any(one in strings() or _fits(one, frozenset(patterns())) for one in (key, *bare))


@cache
def _fits(text: str, among: frozenset[str]) -> bool:
    found = (re.fullmatch(pattern, text) for pattern in among)
    return any(all(map(_is_said, match.groups())) for match in found if match)


@cache
def _is_said(hole: str) -> bool:
    """Whether the code can put this into a hole: a string of it, a number, or two strings."""
    head, dot, tail = hole.rpartition(".")
    return (
        hole in strings()
        or hole.isdigit()
        or (head + dot in strings() and tail in strings())
        or _fits(hole, frozenset(_put_together()))
    )


def _labels() -> Iterator[tuple[str, str]]:
    for path in TEMPLATES.glob("*.j2"):
        for found in re.finditer(r"""\blabel\(["']([\w.]+)["']\)""", path.read_text("utf-8")):
            yield path.name, found[1]


def _fields(call: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name)


def _is_language(node: ast.expr) -> bool:
    """Whether a call is one of a Language: ``language``, ``report.language``, ``Language.load``."""
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) == "Language.load"
    return ast.unparse(node).rpartition(".")[2] == "language"


def _constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
