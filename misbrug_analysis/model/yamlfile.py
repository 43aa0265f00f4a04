"""YAML into typed models, with every fault at its line.

Duplicate keys, anchors and unknown fields are faults: each is a mistake that plain YAML keeps
silent about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from misbrug_analysis.model.errors import (
    DefinitionError,
    Phrase,
    Problem,
    beyond,
    hint,
    name_list,
    shown,
)
from misbrug_analysis.model.reading import content_of, first_faults
from misbrug_analysis.model.unfit import Words, bad_value, pydantics

MAX_BYTES = 2_000_000
MAX_TOKENS = 150_000
MAX_DEPTH = 100
"""Of names, values and marks in a file, and of lists in lists; ten times what people write."""

_SYNTAX = {
    "yaml_colon": "mapping values are not allowed",
    "yaml_key": "expected key",
    "yaml_no_colon": "could not find expected ':'",
    "yaml_dash": "expected '-' indicator",
    "yaml_sign": "cannot start any token",
    "yaml_end": "unexpected end of stream",
    "yaml_bracket": "expected ',' or",
    "yaml_control": "characters are not allowed",
}
"""Phrases by what the parser says."""

_OPENING = {
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
}
_CLOSING = {yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken}
_NAMES = {yaml.AnchorToken, yaml.AliasToken}

_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")

_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Location = tuple[str | int, ...]


class Loader(_BaseLoader):  # type: ignore[misc]  # libyaml's loader where there is one
    """Plain YAML where yes, no, on and off are words, as in YAML 1.2, and a date is a text.

    An answer is often called ``no``; and a date that does not exist is told by the model, which
    knows its line. The name of an entry is the text that stands there: a question is called 1.10,
    which is another one than 1.1.
    """

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Any, Any]:
        for name, _ in node.value:
            if name.tag in _NUMBERS:
                name.tag = "tag:yaml.org,2002:str"
        return dict(super().construct_mapping(node, deep=deep))


_TEXTS = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _TEXTS]
    for first, resolvers in _BaseLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver(_TEXTS[0], re.compile(r"^(?:true|false)$", re.IGNORECASE), "tTfF")


class Model(BaseModel):
    """A definition that is read from a file: frozen, and closed to unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


ModelT = TypeVar("ModelT", bound=Model)


@dataclass(frozen=True)
class Document:
    """A YAML file as data, with the line where each part of it stands."""

    path: Path
    data: Any
    lines: dict[Location, int]

    def where(self, location: Location) -> str:
        """File and line of a part, or of the nearest part around it."""
        while location and location not in self.lines:
            location = location[:-1]
        return f"{shown(self.path)}, line {self.lines.get(location, 1)}"

    def named(self, location: Location) -> Words:
        """What a part is called: entries of lists are counted from 1.

        Of an entry that is about a file, the parts are called by it: ``unit (forms/a.csv)``.
        """
        names: list[str] = []
        file, inside = "", self.data
        for part in location:
            names.append(str(part + 1 if isinstance(part, int) else part))
            inside = _part(inside, part)
            about = _part(inside, "file")
            if isinstance(part, int) and isinstance(about, str):
                names, file = [], about
        if not file:
            return ".".join(names) or Phrase("the_file")
        return f"{'.'.join(names)} ({file})" if names else file


@dataclass(frozen=True)
class Misfit:
    """A fault that a model finds in itself, at a location inside the file.

    A value that is a location is told as the name of what stands there.
    """

    location: Location
    code: str
    values: Mapping[str, object]


def read_document(path: Path) -> Document:
    """Read one YAML file.

    Raises DefinitionError for a missing or large file, broken YAML, duplicate keys and anchors.
    """
    content = content_of(path, Phrase("a_yaml_file"), Phrase("the_folder"), MAX_BYTES)
    try:
        text = content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        _check_tokens(path, text)
        loader = Loader(text)
        node = loader.get_single_node()
        lines: dict[Location, int] = {}
        duplicates = list(_walk(node, (), lines, path)) if node else []
        data = loader.construct_document(node) if node else None
    except UnicodeDecodeError:
        values: dict[str, object] = {"detail": Phrase("not_utf8")}
        raise DefinitionError([Problem("not_text", shown(path), values)]) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{shown(path)}, line {mark.line + 1}" if mark else shown(path)
        line = text.split("\n")[mark.line] if mark and mark.line < text.count("\n") + 1 else ""
        values = {"detail": _syntax(getattr(error, "problem", None) or str(error), line)}
        raise DefinitionError([Problem("yaml_syntax", where, values)]) from None
    if duplicates:
        raise DefinitionError(first_faults(duplicates, path))
    return Document(path, {} if data is None else data, lines)


def read_model(
    path: Path,
    model: type[ModelT],
    misfits: Callable[[ModelT], Iterator[Misfit]] | None = None,
) -> ModelT:
    """Read a YAML file into a model; ``misfits`` finds what only the whole can tell.

    Raises DefinitionError with every fault and its line.
    """
    document = read_document(path)
    try:
        loaded = model.model_validate(document.data)
    except ValidationError as error:
        problems = (_problem(document, model, dict(fault)) for fault in error.errors())
        raise DefinitionError(first_faults(problems, path)) from None
    _raise(document, list(misfits(loaded)) if misfits else [])
    return loaded


def tell(path: Path, misfits: Iterable[Misfit]) -> None:
    """Raise DefinitionError with misfits that were found in what was read from a file before.

    The file is read again only where there are any, for their lines.
    """
    found = list(misfits)
    if found:
        _raise(read_document(path), found)


def _raise(document: Document, misfits: list[Misfit]) -> None:
    if misfits:
        problems = (_told(document, one) for one in misfits)
        raise DefinitionError(first_faults(problems, document.path))


def _told(document: Document, misfit: Misfit) -> Problem:
    values = {
        name: document.named(value) if isinstance(value, tuple) else value
        for name, value in misfit.values.items()
    }
    return Problem(misfit.code, document.where(misfit.location), values)


def dangling(location: Location, name: str, value: str, valid: list[str]) -> Misfit:
    """The misfit of a reference to something that is not defined."""
    values = {"name": name, "value": value, "hint": hint(value, valid), "valid": name_list(valid)}
    return Misfit(location, "dangling", values)


def repeated(location: Location, name: Words, values: list[str]) -> Iterator[Misfit]:
    """A misfit for each value of a list that stands there before."""
    for index, value in enumerate(values):
        if value in values[:index]:
            yield Misfit((*location, index), "repeated", {"name": name, "value": value})


def _check_tokens(path: Path, text: str) -> None:
    """Raise DefinitionError for anchors, and for more, or deeper, than can be put together."""
    depth = 0
    for count, token in enumerate(yaml.scan(text, Loader=Loader)):
        kind = type(token)
        depth += (kind in _OPENING) - (kind in _CLOSING)
        if kind in _NAMES:
            where = f"{shown(path)}, line {token.start_mark.line + 1}"
            raise DefinitionError([Problem("yaml_alias", where)])
        if depth > MAX_DEPTH or count > MAX_TOKENS:
            is_deep = depth > MAX_DEPTH
            limit = ("of_levels", MAX_DEPTH) if is_deep else ("of_entries", MAX_TOKENS)
            raise DefinitionError([Problem("file_too_large", shown(path), beyond(*limit))])


def _walk(node: Node, at: Location, lines: dict[Location, int], path: Path) -> Iterator[Problem]:
    lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        first: dict[str, int] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else str(key)
            line = key.start_mark.line + 1
            if name in first:
                values = {"key": name, "first": first[name]}
                yield Problem("yaml_duplicate", f"{shown(path)}, line {line}", values)
            first.setdefault(name, line)
            lines.setdefault((*at, name), line)
            yield from _walk(value, (*at, name), lines, path)
    elif isinstance(node, SequenceNode):
        for index, value in enumerate(node.value):
            yield from _walk(value, (*at, index), lines, path)


def _problem(document: Document, model: type[Model], fault: dict[str, Any]) -> Problem:
    location: Location = fault["loc"]
    where = document.where(location)
    if fault["type"] == "extra_forbidden":
        valid = sorted(_fields(model, location[:-1]))
        wrong = str(location[-1])
        values: dict[str, object] = {"name": wrong, "hint": hint(wrong, valid)}
        return Problem("unknown_field", where, values | {"valid": name_list(valid)})
    if fault["type"] == "missing":
        return Problem("missing_field", where, {"name": document.named(location)})
    while location and location not in document.lines:  # pydantic adds the parts of a union
        location = location[:-1]
    return bad_value(where, document.named(location), *pydantics(fault), fault.get("input"))


def _part(data: Any, name: str | int) -> Any:
    """What stands under a name, or at a place of a list; None where there is nothing."""
    if isinstance(data, dict):
        return data.get(name)
    is_place = isinstance(data, list) and isinstance(name, int) and name < len(data)
    return data[name] if is_place else None


def _syntax(problem: str, line: str) -> Words:
    """What is wrong with a line, in plain words; the parser's own are for programmers."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return Phrase("yaml_tab")
    known = (Phrase(key) for key, said in _SYNTAX.items() if said in problem)
    return next(known, Phrase("yaml_other"))


def _fields(kind: Any, location: Location) -> set[str]:
    """Field names of the model that stands at a location inside a type, if one does."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if not location:
            return set(kind.model_fields)
        info = kind.model_fields.get(str(location[0]))
        return _fields(info.annotation, location[1:]) if info else set()
    inside = location[1:] if get_origin(kind) in (list, dict) else location
    return {name for part in get_args(kind) for name in _fields(part, inside)}
