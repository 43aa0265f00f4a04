"""The blocks that a page is made of: checked data, no HTML. How they look is for the templates.

Every block can be shown in a notebook. Its output carries the block itself as JSON (the vendor
type, which the exporter reads), the picture of a figure as SVG, an HTML copy for JupyterLab and
plain text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from misbrug_analysis.presentation.block import Block, checked_level
from misbrug_analysis.presentation.cells import (
    Link,
    checked_anchor,
    checked_anchors,
    checked_choice,
    checked_entries,
    checked_href,
    checked_items,
    checked_pairs,
    checked_text,
    checked_text_or_link,
    checked_texts,
)
from misbrug_analysis.presentation.images import (
    SVG_TYPE,
    checked_alt,
    checked_svg,
)
from misbrug_analysis.presentation.passages import unlinked
from misbrug_analysis.presentation.table_block import Table as Table


@dataclass(frozen=True)
class Page(Block):
    """What stands at the head of a page: the first output of each notebook.

    ``parameters`` are what the report was run for and ``links`` lead to the other pages of the
    study, both as (label, value); ``here`` is the page's own address among them. ``banner`` is a
    sentence that the reader must see first.
    ``editions`` are the page in other languages, as (label, address, language code), ``previous``
    and ``next`` its neighbours; ``rests_on`` leads to method and tables, ``statement`` to the
    accessibility statement.
    """

    name = "page"
    title: str
    lang: str
    description: str = ""
    study_title: str = ""
    parameters: Sequence[tuple[str, str]] = ()
    banner: str | None = None
    links: Sequence[tuple[str, str]] = ()
    here: str = ""
    editions: Sequence[tuple[str, str, str]] = ()
    previous: Link | None = None
    next: Link | None = None
    rests_on: Sequence[Link] = ()
    statement: str = ""

    def __post_init__(self) -> None:
        checked_text(self.title, "the title of the page")
        checked_anchor(self.lang, "the language of the page")
        if self.banner is not None:
            checked_text(self.banner, "the banner of the page")
        self.set_checked(
            parameters=checked_pairs(self.parameters, "the parameters of the page"),
            links=checked_pairs(self.links, "the links of the page"),
            editions=checked_items(self.editions, "the editions of the page"),
            rests_on=checked_items(self.rests_on, "what the page rests on"),
        )
        for _, href in self.links:
            checked_href(href)
        for label, href, code in self.editions:
            checked_text(label, "the label of an edition")
            checked_href(href)
            checked_anchor(code, "the language of an edition")
        if self.statement:
            checked_href(self.statement)

    def __str__(self) -> str:
        facts = [f"{label}: {value}" for label, value in self.parameters]
        return "\n".join(filter(None, [self.title, self.description, self.banner, *facts]))


@dataclass(frozen=True)
class Heading(Block):
    """A heading of level 2 to 4 with an anchor that stays the same from run to run.

    A ``muted`` one is greyed: what stands under it is told for completeness.
    """

    name = "heading"
    text: str
    level: int
    anchor: str
    muted: bool = False

    def __post_init__(self) -> None:
        checked_text(self.text, "a heading")
        checked_anchor(self.anchor, f"the anchor of the heading {self.text!r}")
        checked_level(self.level, f"the heading {self.text!r}")

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Paragraphs(Block):
    """Paragraphs of plain text: the lead of a page, its body, or a note in small print.

    One for the ``screen`` is a note that helps there alone and is not printed.
    """

    name = "paragraphs"
    texts: Sequence[str]
    kind: Literal["lead", "body", "note", "screen"] = "body"

    def __post_init__(self) -> None:
        self.set_checked(texts=checked_texts(self.texts, "the paragraphs"))
        checked_choice(self.kind, ("lead", "body", "note", "screen"), "paragraphs")

    def __str__(self) -> str:
        return "\n\n".join(self.texts)


@dataclass(frozen=True)
class Prose(Block):
    """Authored Markdown. HTML in it is shown as text; its headings begin at ``level``.

    Headings of level 2 and 3 enter the contents of the page. ``lang`` is given where the text is
    in another language than the page.
    """

    name = "prose"
    markdown: str
    lang: str | None = None
    level: int = 4

    def __post_init__(self) -> None:
        checked_text(self.markdown, "the prose")
        checked_level(self.level, "the prose")
        if self.lang is not None:
            checked_anchor(self.lang, "the language of the prose")

    def __str__(self) -> str:
        return self.markdown


@dataclass(frozen=True)
class Bullets(Block):
    """A list of texts or links, each with an anchor of its own where ``anchors`` are given."""

    name = "bullets"
    items: Sequence[str | Link]
    ordered: bool = False
    anchors: Sequence[str] = ()

    def __post_init__(self) -> None:
        items = checked_items(self.items, "the list")
        self.set_checked(
            items=tuple(checked_text_or_link(item, "an item of the list") for item in items),
            anchors=checked_anchors(self.anchors, len(items), "the items of the list"),
        )

    def __str__(self) -> str:
        return "\n".join(f"- {item}" for item in self.items)


@dataclass(frozen=True)
class Definitions(Block):
    """Terms, each with what belongs to it: who is to do what, what a word means.

    Long terms, such as titles of pages, stand above it (``stacked``), others beside it.
    """

    name = "definitions"
    entries: Sequence[tuple[str | Link, Sequence[str | Link]]]
    stacked: bool = False

    def __post_init__(self) -> None:
        self.set_checked(entries=checked_entries(self.entries))

    def __str__(self) -> str:
        lines = [[f"{term}:", *(f"- {text}" for text in texts)] for term, texts in self.entries]
        return "\n".join("\n".join(line) for line in lines)


@dataclass(frozen=True)
class KeyFigures(Block):
    """The few figures that a reader should remember, as (figure, what it counts)."""

    name = "key_figures"
    figures: Sequence[tuple[str, str]]

    def __post_init__(self) -> None:
        self.set_checked(figures=checked_pairs(self.figures, "the key figures"))

    def __str__(self) -> str:
        return "\n".join(f"{figure} {counted}" for figure, counted in self.figures)


@dataclass(frozen=True)
class Quotes(Block):
    """Remarks in the respondents' own words, as (text, who says it)."""

    name = "quotes"
    quotes: Sequence[tuple[str, str]]

    def __post_init__(self) -> None:
        self.set_checked(quotes=checked_pairs(self.quotes, "the quotes"))

    def __str__(self) -> str:
        return "\n\n".join(f"{text}\n  – {cite}" for text, cite in self.quotes)


@dataclass(frozen=True)
class Figure(Block):
    """A chart: what it finds as title, what it measures as subtitle, its numbers as a table."""

    name = "figure"
    pictures = {"svg": SVG_TYPE}
    title: str
    subtitle: str
    alt: str
    svg: str
    table: Table
    anchor: str | None = None

    def __post_init__(self) -> None:
        checked_text(self.title, "the title of a figure")
        what = f"the figure {self.title!r}"
        checked_alt(self.alt, what)
        # A picture's alternative is an attribute, in which no link can stand.
        self.set_checked(alt=unlinked(self.alt))
        checked_svg(self.svg, what)
        if not isinstance(self.table, Table):
            raise TypeError(f"{what} needs its numbers as a Table")
        if self.anchor is not None:
            checked_anchor(self.anchor, f"the anchor of {what}")

    def __str__(self) -> str:
        return "\n".join([self.title, self.subtitle, self.alt, str(self.table)])


@dataclass(frozen=True)
class Notice(Block):
    """Something that the reader should know, or be warned of."""

    name = "notice"
    text: str
    kind: Literal["info", "warning"] = "info"

    def __post_init__(self) -> None:
        checked_text(self.text, "a notice")
        checked_choice(self.kind, ("info", "warning"), "a notice")

    def __str__(self) -> str:
        return self.text
