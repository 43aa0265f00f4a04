"""Which sections a notebook shows, read from its cells without running them.

Read are calls such as ``sections.missing(report, "participation")``, by whatever name the module,
the function or the report is known in the notebook. What would take a run to know is not guessed:
the cell is told instead.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from misbrug_analysis.model.notebooks import LEFT_OUT, NotebookCell

SECTIONS = "misbrug_analysis.presentation.sections"

_SHORT = "misbrug_analysis.sections"
_OPENING = {"open_report", "settle_report"}
_MAGICS = {"run_line_magic", "run_cell_magic"}
_TIMING = {"time"}
_SOMETIMES = (
    ast.If, ast.IfExp, ast.BoolOp, ast.For, ast.While, ast.Try, ast.Match, ast.Lambda,
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip


@dataclass(frozen=True)
class SectionCall:
    """A section that is shown, with its arguments but for the report."""

    section: str
    args: tuple[object, ...]
    kwargs: tuple[tuple[str, object], ...]
    cell: int


@dataclass(frozen=True)
class ShownSections:
    """The sections in the order in which they stand, and the cells that show others.

    Cells are numbered from 1, those of text included.
    """

    calls: tuple[SectionCall, ...]
    unread: tuple[int, ...]


def shown_sections(
    cells: Sequence[NotebookCell], notebook: str, known: frozenset[str]
) -> ShownSections:
    """The calls of ``known`` sections on the report that a notebook of this name opens.

    Cells that are left out of the page show nothing.
    """
    return _shown(tuple(cells), notebook, known)


@lru_cache(maxsize=64)
def _shown(cells: tuple[NotebookCell, ...], notebook: str, known: frozenset[str]) -> ShownSections:
    reader = _Reader(notebook, known)
    calls: list[SectionCall] = []
    unread = []
    for number, cell in enumerate(cells, 1):
        if cell.kind != "code":
            continue
        reader.begin(number)
        reader.read(cell.source)
        if LEFT_OUT not in cell.tags:
            calls += reader.calls
            unread += [number] if reader.unread else []
    return ShownSections(tuple(calls), tuple(unread))


class _Reader(ast.NodeVisitor):
    """Goes through the cells in order, with the names that they give."""

    def __init__(self, notebook: str, known: frozenset[str]) -> None:
        self._notebook = notebook
        self._known = known
        self._names = {"sections": SECTIONS}
        self._reports = {"report"}
        self.begin(0)

    def begin(self, cell: int) -> None:
        self._cell = cell
        self._sometimes = 0
        self.calls: list[SectionCall] = []
        self.unread = False

    def read(self, source: str) -> None:
        try:
            tree = _tree(source)
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            self.unread |= self._mentions(source)
        else:
            self.visit(tree)

    def visit(self, node: ast.AST) -> None:
        sometimes = isinstance(node, _SOMETIMES)
        self._sometimes += sometimes
        super().visit(node)
        self._sometimes -= sometimes

    def visit_Import(self, node: ast.Import) -> None:
        for one in node.names:
            name = one.asname or one.name.partition(".")[0]
            self._names[name] = one.name if one.asname else name

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for one in node.names:
            if one.name != "*":
                self._names[one.asname or one.name] = f"{node.module}.{one.name}"
            elif node.module == SECTIONS:
                self._names |= {name: f"{SECTIONS}.{name}" for name in self._known}

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            self._given(target, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)
            self._given(node.target, node.value)

    def visit_Call(self, node: ast.Call) -> None:
        section = self._section(node.func)
        if section is not None:
            self._call(section, node)
        elif isinstance(node.func, ast.Attribute) and node.func.attr in _MAGICS:
            self._magic(*(one.value for one in node.args if isinstance(one, ast.Constant)))
            return
        else:
            self.visit(node.func)
        for one in (*node.args, *node.keywords):
            self.visit(one)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if self._path(node) is None:
            self.visit(node.value)
        self.unread |= self._section(node) is not None or self._path(node) == SECTIONS

    def visit_Name(self, node: ast.Name) -> None:
        """A section, or all of them, under a name that is not followed."""
        self.unread |= self._section(node) is not None or self._path(node) == SECTIONS

    def _given(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self._reports.discard(target.id)
            if self._is_report(value) and not self._sometimes:
                self._reports.add(target.id)

    def _is_report(self, node: ast.expr) -> bool:
        """Whether this is the report of the notebook's own page."""
        if isinstance(node, ast.Name):
            return node.id in self._reports
        if not isinstance(node, ast.Call) or not node.args:
            return False
        opens = (self._path(node.func) or ast.unparse(node.func)).rpartition(".")[2] in _OPENING
        name = node.args[0]
        return opens and (not isinstance(name, ast.Constant) or name.value == self._notebook)

    def _call(self, section: str, node: ast.Call) -> None:
        named = {one.arg: one.value for one in node.keywords}
        args = [*node.args]
        report = named.pop("report", None) or (args.pop(0) if args else None)
        if report is None or isinstance(report, ast.Starred) or None in named:
            self.unread = True
        elif not self._is_report(report):
            return  # of another report, so nothing that this page is judged by
        elif self._sometimes:
            self.unread = True
        else:
            try:
                given = tuple(map(ast.literal_eval, args))
                others = tuple((str(name), ast.literal_eval(one)) for name, one in named.items())
            except ValueError:
                self.unread = True
            else:
                self.calls.append(SectionCall(section, given, others, self._cell))

    def _magic(self, *given: Any) -> None:
        name, code = (given[0], given[-1]) if len(given) > 1 else ("", "")
        if name in _TIMING:
            self.read(code)
        else:
            self.unread |= self._mentions(str(code))

    def _mentions(self, source: str) -> bool:
        """Whether words of a source that cannot be parsed name sections."""
        told = [
            name
            for name, path in self._names.items()
            if _whole(path) == SECTIONS or self._known_at(_whole(path)) is not None
        ]
        return any(re.search(rf"\b{re.escape(name)}\b", source) for name in told)

    def _section(self, node: ast.expr) -> str | None:
        path = self._path(node)
        return None if path is None else self._known_at(path)

    def _known_at(self, path: str) -> str | None:
        name = path.rpartition(".")[2]
        return name if path.startswith(f"{SECTIONS}.") and name in self._known else None

    def _path(self, node: ast.expr) -> str | None:
        """What a name in the notebook stands for, with dots from the package on."""
        if isinstance(node, ast.Name):
            found = self._names.get(node.id)
        elif isinstance(node, ast.Attribute) and (base := self._path(node.value)):
            found = f"{base}.{node.attr}"
        else:
            return None
        return None if found is None else _whole(found)


def _whole(path: str) -> str:
    """A path as it is where a section is told, for one that begins with what the package gives."""
    return SECTIONS + path.removeprefix(_SHORT) if f"{path}.".startswith(f"{_SHORT}.") else path


def _tree(source: str) -> ast.Module:
    """A cell's source; lines that only IPython understands become the calls they stand for."""
    try:
        return ast.parse(source)
    except SyntaxError:
        from IPython.core.inputtransformer2 import TransformerManager

        return ast.parse(TransformerManager().transform_cell(source))  # type: ignore[no-untyped-call]
