"""Calls put into a template, so that one can tell what its text rests on.

They stand around what it puts out and decides on, and where it gives a value a name. What a filter,
a macro or a block is made of is left as it is, for marks in it would be seen by what works on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

OPEN, SHUT, NAMED = "\ufdd3", "\ufdd4", "\ufdd5"
"""Around a part stand ``OPEN name NAMED`` and ``SHUT``."""

BRANCH, ROUND = "b", "r"
"""The names of the parts of a condition, with their number, and of what a loop repeats."""

NO_ROUND = -1
"""The branch of what stands where a loop has nothing to repeat."""


class Wrapping(NodeTransformer):
    """Puts calls of what notes reads, which ``marking`` has, into a template's tree."""

    def __init__(self, tree: nodes.Template) -> None:
        self._conditions = 0
        self._given = _given(tree)
        self._macros = {macro.name: _loaded(macro) for macro in tree.find_all(nodes.Macro)}

    def visit_Output(self, node: nodes.Output) -> nodes.Output:
        node.nodes = [
            part if isinstance(part, nodes.TemplateData) else self._noted("_shown", part)
            for part in node.nodes
        ]
        return node

    def visit_If(self, node: nodes.If) -> list[nodes.Node]:
        given = _given(node)
        number = self._number()
        self._branch(node, number, 0)
        for branch, other in enumerate(node.elif_, 1):
            self._branch(other, number, branch)
        if node.else_:
            node.else_ = self._marked(node.else_, f"{BRANCH}{len(node.elif_) + 1}")
        around = self._around(node, number)
        return [*around, _put(node, "_turned", number, *sorted(given))] if given else around

    def visit_For(self, node: nodes.For) -> list[nodes.Node]:
        number = self._number()
        node.iter = self._noted("_tested", node.iter, number)
        if node.test is not None:
            node.test = self._noted("_tested", node.test, number)
        node.body = self._marked(node.body, ROUND)
        if node.else_:
            node.else_ = self._marked(node.else_, f"{BRANCH}{NO_ROUND}")
        return self._around(node, number)

    def visit_Assign(self, node: nodes.Assign) -> nodes.Assign:
        node.node = self._noted("_kept", node.node, tuple(sorted(_targets(node.target))))
        return node

    def visit_With(self, node: nodes.With) -> nodes.With:
        node.values = [
            self._noted("_kept", value, tuple(sorted(_targets(target))))
            for target, value in zip(node.targets, node.values, strict=True)
        ]
        node.body = self._all(node.body)
        return node

    def visit_AssignBlock(self, node: nodes.AssignBlock) -> list[nodes.Node]:
        names = sorted(_targets(node.target))
        return [_put(node, "_began", *self._names(node)), node, _put(node, "_ended", *names)]

    def visit_FilterBlock(self, node: nodes.FilterBlock) -> list[nodes.Node]:
        return [_put(node, "_opened", *self._names(node)), node, _put(node, "_shut")]

    def visit_CallBlock(self, node: nodes.CallBlock) -> list[nodes.Node]:
        return [_put(node, "_opened", *self._names(node)), node, _put(node, "_shut")]

    def visit_Macro(self, node: nodes.Macro) -> nodes.Macro:
        return node

    def _number(self) -> int:
        self._conditions += 1
        return self._conditions - 1

    def _branch(self, node: nodes.If, number: int, branch: int) -> None:
        node.test = self._noted("_tested", node.test, number)
        node.body = self._marked(node.body, f"{BRANCH}{branch}")

    def _marked(self, body: list[nodes.Node], name: str) -> list[nodes.Node]:
        line = body[0].lineno if body else 1
        return [_text(f"{OPEN}{name}{NAMED}", line), *self._all(body), _text(SHUT, line)]

    def _all(self, body: Iterable[nodes.Node]) -> list[nodes.Node]:
        visited: list[nodes.Node] = []
        for node in body:
            seen = self.visit(node)
            visited += seen if isinstance(seen, list) else [seen]
        return visited

    @staticmethod
    def _around(node: nodes.Node, number: int) -> list[nodes.Node]:
        return [_put(node, "_entered", number), node, _text(SHUT, node.lineno)]

    def _noted(self, function: str, value: nodes.Node, *before: object) -> nodes.Call:
        """A call that is given the value, and before it where in what is read the value begins."""
        line = value.lineno
        first = [nodes.Const(one, lineno=line) for one in before]
        begun = _call("_begun", [nodes.Const(one) for one in self._names(value)], line)
        return _call(function, [*first, begun, cast("nodes.Expr", value)], line)

    def _names(self, node: nodes.Node) -> list[str]:
        """The names of values of the template's own that a part of it takes in."""
        found, new = set[str](), _loaded(node)
        while new:
            found |= new
            new = set().union(*(self._macros.get(name, set()) for name in new)) - found
        return sorted(found & self._given)


def _given(tree: nodes.Node) -> set[str]:
    """The names that are given to values somewhere in a part of a template."""
    found: set[str] = set()
    for node in tree.find_all((nodes.Assign, nodes.AssignBlock, nodes.With)):
        if isinstance(node, nodes.With):
            found = found.union(*map(_targets, node.targets))
        elif isinstance(node, (nodes.Assign, nodes.AssignBlock)):
            found |= _targets(node.target)
    return found


def _targets(target: nodes.Node) -> set[str]:
    return {node.name for node in _with_itself(target) if node.ctx != "load"}


def _loaded(part: nodes.Node) -> set[str]:
    return {node.name for node in _with_itself(part) if node.ctx == "load"}


def _with_itself(part: nodes.Node) -> list[nodes.Name]:
    return [*([part] if isinstance(part, nodes.Name) else []), *part.find_all(nodes.Name)]


def _call(function: str, arguments: list[nodes.Expr], line: int) -> nodes.Call:
    for one in arguments:
        one.lineno = line
    named = nodes.Name(function, "load", lineno=line)
    return nodes.Call(named, arguments, [], None, None, lineno=line)


def _put(node: nodes.Node, function: str, *given: object) -> nodes.Output:
    """A call whose outcome is put out."""
    call = _call(function, [nodes.Const(one) for one in given], node.lineno)
    return nodes.Output([call], lineno=node.lineno)


def _text(text: str, line: int) -> nodes.Output:
    return nodes.Output([nodes.TemplateData(text, lineno=line)], lineno=line)
