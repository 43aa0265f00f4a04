"""What a page says to a reader or a screen reader, and in which language it says it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote

ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")
EMPTY = frozenset({"meta", "img", "br", "hr", "link", "input", "col"})
BLOCKS = frozenset({"p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "caption"})
SVG_TEXT = re.compile(r"<(?:text|tspan|title|desc)\b[^>]*>([^<]*)<")


class Said(NamedTuple):
    """A text with its language (of the nearest element that gives one) and what it stands in."""

    text: str
    lang: str
    place: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[Said] = []
        self._open: list[tuple[str, str]] = []

    @property
    def _lang(self) -> str:
        return self._open[-1][1] if self._open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        lang = given.get("lang", self._lang)
        if tag not in EMPTY:
            self._open.append((tag, lang))
        for name in ATTRIBUTES:
            self._say(given.get(name, ""), lang, f"{tag}[{name}]")
        if given.get("name") == "description":
            self._say(given["content"], lang, "description")
        if given.get("src", "").startswith("data:image/svg+xml,"):
            for text in SVG_TEXT.findall(unquote(given["src"])):
                self._say(text, lang, "chart")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag = self._open[-1][0] if self._open else ""
        if tag != "style":
            self._say(data, self._lang, tag)

    def _say(self, text: str, lang: str, place: str) -> None:
        if text.strip():
            self.said.append(Said(" ".join(text.split()), lang, place))


def spoken(html: str) -> list[Said]:
    """Every text of a page in its order: content, attributes that are read, words in charts."""
    reader = _Reader()
    reader.feed(html)
    return reader.said
