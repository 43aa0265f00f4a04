"""The counts in the text of a page, and whether they lead to the answers behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

EMPTY = frozenset({"meta", "img", "br", "hr", "link", "input", "col"})
UNREAD = frozenset({"style", "nav", "header", "footer", "summary", "h1", "h2", "h3", "h4", "h5"})
"""What holds no sentence: headings name things, and a summary repeats the title of its figure."""

TEXTS = frozenset({"p", "li", "td", "th", "dt", "dd", "caption"})
EVIDENCE = re.compile(
    r"#count-|#answer-|tables\.html#table-|#who-answered$|#(split|partly|blank)-answers$"
    r"|#rulings-made$"
)
LINKED = "\N{BLACK RIGHT-POINTING POINTER}"
"""Stands for what is a link to evidence."""

_WORDS = {
    "da": "én|ét|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv",
    "en": "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
}
_UNITS = {
    "da": "kommune(?:r|n|rne)?|klynge(?:r|n|rne)?|skema(?:er|et|erne)?|celler",
    "en": "municipalit(?:y|ies)|clusters?|forms?|cells",
}
_OF = {"da": "af", "en": "of"}
_THE = {"da": "de|den|det", "en": "the"}
_ALL = {
    "da": "alle|begge|ingen(?: af)?|halvdelen af|(?:over|under|omkring) halvdelen af|de fleste"
    "|kun få|kun",
    "en": "all|both|none of|no|half of|(?:more|less|about) (?:than )?half of|most|only a few|only",
}


def counts_in(language: str) -> re.Pattern[str]:
    """How a count is written: n of N, so many units or groups, and the words for many and few."""
    number = rf"(?:\d+(?:[.,]\d+)*|{_WORDS[language]})"
    units, the = _UNITS[language], _THE[language]
    return re.compile(
        rf"\b{number} {_OF[language]} (?:(?:{the}) )?{number}\b"
        rf"|\b{number} (?:{units})\b"
        rf"|\b(?:{_ALL[language]}) (?:(?:{the}) )?(?:{number} )?(?:{units})\b",
        re.IGNORECASE,
    )


@dataclass
class Text:
    """A text of a page: what it stands in, its words with links to evidence taken out.

    ``place`` is the id of the table or figure it stands in, ``table`` and ``row`` the numbers of
    the table and the row among all of the page.
    """

    tag: str
    css: str
    place: str = ""
    table: int = 0
    row: int = 0
    words: str = ""


class Texts(HTMLParser):
    """The texts of the body of a page, as ``found``.

    ``told_whole`` are the tables with a note that leads to where all of their numbers are told,
    ``told_rows`` the rows with a name that leads to where theirs are.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, dict[str, str], Text | None]] = []
        self._tables = self._rows = 0
        self.found: list[Text] = []
        self.feed(html)
        for text in self.found:
            text.words = " ".join(text.words.split())
        notes = [text for text in self.found if text.css == "note" and text.place]
        self.told_whole = {text.table for text in notes if LINKED in text.words}
        names = [text for text in self.found if text.tag == "td" and not text.css]
        self.told_rows = {text.row for text in names if text.words == LINKED}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in EMPTY:
            return
        given = {name: value or "" for name, value in attrs}
        self._tables += tag == "table"
        self._rows += tag == "tr"
        text = None
        if tag in TEXTS:
            text = Text(tag, given.get("class", ""), self._place(), self._tables, self._rows)
            self.found.append(text)
        self._open.append((tag, given, text))
        if _leads(tag, given) and (here := self._text()):
            here.words += LINKED

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = any(given.get("class") == "body" for _, given, _ in self._open)
        unread = any(tag in UNREAD or _leads(tag, given) for tag, given, _ in self._open)
        if inside and not unread and (text := self._text()):
            text.words += data

    def _text(self) -> Text | None:
        return next((text for *_, text in reversed(self._open) if text), None)

    def _place(self) -> str:
        places = [
            given.get("id", "")
            for tag, given, _ in reversed(self._open)
            if tag == "figure" or given.get("class", "").split()[:1] == ["table"]
        ]
        return next(filter(None, places), "")


def _leads(tag: str, given: dict[str, str]) -> bool:
    return tag == "a" and bool(EVIDENCE.search(given.get("href", "")))
