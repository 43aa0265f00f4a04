"""The one place where HTML is made: templates in which every value is escaped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from misbrug_analysis.model.printable import printable
from misbrug_analysis.presentation import table_layout
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Heading, Prose, Table
from misbrug_analysis.presentation.cells import Cell, Lines, Link, Mark
from misbrug_analysis.presentation.images import png_address, svg_address
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.markdown import markdown_html
from misbrug_analysis.presentation.outline import Outline, slug
from misbrug_analysis.presentation.passages import marked_up, unlinked, unmarked


@dataclass(frozen=True)
class View:
    """What a template knows besides its block: the outline of the page and its language.

    In a notebook there is no language: the copy does without labels and style sheet.
    """

    outline: Outline
    language: Language | None = None
    layout: Any = field(default=table_layout, init=False)

    def label(self, key: str) -> str:
        return self.language.text(f"page.{key}") if self.language else ""

    def heading(self, block: Heading) -> tuple[int, str]:
        return self.outline.heading(block.text, block.level, block.anchor)

    def anchor(self, wanted: str | None) -> str | None:
        return self.outline.unique(wanted) if wanted else None

    def after(self, block: Table) -> str | None:
        """The place behind a table that is full of links, for those who walk by keyboard."""
        if self.language is None or not block.dense or not self.layout.key(block):
            return None
        return self.outline.unique(slug("after", block.anchor or "table"))

    def prose(self, block: Prose) -> Markup:
        return markdown_html(printable(block.markdown), self.outline, block.level, block.lang)

    def number(self, value: Cell) -> Cell:
        """A number as it is written; whole ones without separators, since they may be years."""
        if not isinstance(value, float):
            return value
        plain = f"{value:.12g}"
        if self.language is None or "e" in plain:
            return plain
        return self.language.number(value, len(plain.partition(".")[2]))


def block_html(block: Block, view: View) -> Markup:
    """A block as HTML, by the template macro of its name."""
    macros: Any = environment().get_template("blocks.html.j2").module
    return Markup(getattr(macros, block.name)(block, view))


def notebook_copy(block: Block) -> str:
    """A block as HTML for a notebook: static, and whole after JupyterLab's sanitizer.

    The classes keep MathJax away from dollar signs in the data.
    """
    level = getattr(block, "level", 2)
    inner = block_html(block, View(Outline(level - 1)))
    return f'<div class="tex2jax_ignore mathjax_ignore">{inner}</div>'


@cache
def environment() -> Environment:
    """The templates, with escaping on and unknown names refused."""
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for kind in (Link, Mark, Lines):
        environment.tests[kind.__name__.lower()] = _is_a(kind)
    environment.filters["said"] = said
    environment.filters["unlinked"] = _unlinked
    environment.filters["svg_address"] = lambda svg: Markup(svg_address(printable(svg)))
    environment.filters["png_address"] = lambda png: Markup(png_address(png))
    return environment


def _is_a(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


@cache
def style_sheet(name: str = "page.css") -> Markup:
    """A style sheet of the pages, as it goes into each of them that needs it."""
    loader = environment().loader
    assert loader is not None
    return Markup(loader.get_source(environment(), name)[0])


def said(value: object) -> object:
    """A text as content of an element: what is in another language says in which."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return marked_up(escape(printable(value)))


def _unlinked(value: object) -> object:
    """A text for inside a link, or anything else that can be pressed: it holds no other link."""
    return unlinked(value) if isinstance(value, str) else value


def _finalized(value: object) -> object:
    """What a template writes without ``said``, such as an attribute, can hold no language."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return printable(unmarked(value))
