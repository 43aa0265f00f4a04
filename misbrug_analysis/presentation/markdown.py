"""Authored Markdown to HTML: what is HTML in it is shown as text, and links lead to safe places."""

from __future__ import annotations

import html
from typing import Any

import mistune
from markupsafe import Markup, escape

from misbrug_analysis.presentation.cells import is_safe_href
from misbrug_analysis.presentation.outline import Outline, slug
from misbrug_analysis.presentation.passages import marked, marked_up, unlinked, unmarked


class _Renderer(mistune.HTMLRenderer):
    """mistune's own renderer with our headings and links, and without pictures."""

    def __init__(self, outline: Outline, start: int, lang: str | None) -> None:
        super().__init__(escape=True)
        self._outline = outline
        self._start = start
        self._lang = lang
        self._top: int | None = None

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        # The first heading is the text's top, whether its author began with one # or with three.
        self._top = level if self._top is None else min(self._top, level)
        plain = Markup(text).striptags()
        wanted = min(6, self._start + level - self._top)
        entry = marked(plain, self._lang) if self._lang else plain
        level, anchor = self._outline.heading(entry, wanted, slug(unmarked(plain)))
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        target = html.unescape(url)
        # A figure in the text of a link leads nowhere else.
        return f'<a href="{escape(target)}">{unlinked(text)}</a>' if is_safe_href(target) else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        raise ValueError(
            f"the Markdown holds a picture ({url}); a page is one file: show it with Figure, or as"
            " an SVG or PNG output with a text alternative"
        )

    def block_code(self, code: str, info: str | None = None) -> str:
        # The language after a fence is dropped: nothing on a page acts on it.
        return f"<pre><code>{escape(code)}</code></pre>\n"


def markdown_html(source: str, outline: Outline, start: int, lang: str | None = None) -> Markup:
    """The Markdown as HTML; its topmost headings get the level ``start`` and go into the outline,
    where ``lang`` is given as being in that language.

    Raises ValueError when the Markdown holds a picture.
    """
    render = mistune.Markdown(renderer=_Renderer(outline, start, lang))
    return marked_up(Markup(render(source)))


def plain_text(source: str) -> str:
    """The words of a passage of Markdown as a page shows them, on one line."""
    return unmarked(str(Markup(_PLAIN(source)).striptags())) if source else ""


_PLAIN = mistune.create_markdown(renderer="html")
