"""Parts of a text that are marked: as being in another language than the page's, or as links.

The mark is part of the text and so goes wherever the text is put: into a sentence of the
catalogue, a list, a table, a notebook's JSON. A language is marked with Unicode's characters for
interlinear annotation, a link with noncharacters; both are for use inside a program and never for
what is handed out. A page turns them into ``lang`` and ``<a>``; what can hold neither (an
attribute, a chart, plain text) goes without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import NamedTuple, TypeVar, cast

from markupsafe import Markup, escape

from misbrug_analysis.model.instrument import Noun
from misbrug_analysis.presentation.cells import checked_href, is_safe_href

T = TypeVar("T")

_FORMS = ("one", "the_one", "many", "the_many")

OPEN, _CODE, _CLOSE = "\ufff9", "\ufffa", "\ufffb"
_LINK, _TO, _END = "\ufdd0", "\ufdd1", "\ufdd2"

OPENING = f"{OPEN}{_LINK}"
"""What can stand before the first letter of a text."""

_ANY = f"{OPEN}{_CODE}{_CLOSE}"
_ANY_OF_LINK = f"{_LINK}{_TO}{_END}"
_IS_MARKED = re.compile(f"[{_ANY}{_ANY_OF_LINK}]")
_PASSAGE = re.compile(f"{OPEN}([^{_ANY}]*){_CODE}([a-z]{{2}}){_CLOSE}")
_IN_HTML = re.compile(f"{OPEN}([^<{_ANY}]*){_CODE}([a-z]{{2}}){_CLOSE}")
_MARKS = re.compile(f"{_CODE}[a-z]{{2}}{_CLOSE}|[{_ANY}]")
_LINKED = re.compile(f"{_LINK}([^{_ANY_OF_LINK}]*){_TO}([^<{_ANY_OF_LINK}]*){_END}")
_LINK_MARKS = re.compile(f"{_TO}[^{_ANY_OF_LINK}]*{_END}|[{_ANY_OF_LINK}]")


class Passage(NamedTuple):
    """A part of a text; ``lang`` is None where it is in the language of what it stands in."""

    text: str
    lang: str | None


def marked(text: str, lang: str) -> str:
    """The text marked as being in a language; parts that are marked already stay as they are."""
    return "".join(
        _mark(part.text, part.lang or lang) if part.text.strip() else part.text
        for part in passages(text)
    )


def linked(text: str, href: str) -> str:
    """The text marked as leading to an address; as it is where there is none, or no text.

    What is marked as a link inside the text is one no more. Raises ValueError for an address that
    is not safe.
    """
    if not href or not text:
        return text
    return f"{_LINK}{unlinked(text)}{_TO}{checked_href(href)}{_END}"


def links(text: str) -> list[tuple[str, str]]:
    """The parts of a text that are marked as links, as (text, address), in their order."""
    return [(unmarked(found[1]), found[2]) for found in _LINKED.finditer(text)]


def split_links(text: str) -> list[tuple[str, bool]]:
    """The text in pieces that make it up again, each with whether it is the address of a link."""
    pieces = re.split(f"({_TO}[^{_ANY_OF_LINK}]*{_END})", text)
    return [(piece, place % 2 == 1) for place, piece in enumerate(pieces)]


def unmarked(text: str) -> str:
    """The text alone."""
    if not _IS_MARKED.search(text):
        return text
    return _LINK_MARKS.sub("", _MARKS.sub("", text))


def unlinked(text: str) -> str:
    """The text without its links, for where none can stand; what is in which language stays."""
    return _LINK_MARKS.sub("", text)


def passages(text: str) -> list[Passage]:
    """The parts of a text in their order; a mark that is not whole is no mark."""
    parts, end = [], 0
    for found in _PASSAGE.finditer(text):
        parts += [Passage(unmarked(text[end : found.start()]), None), Passage(found[1], found[2])]
        end = found.end()
    parts.append(Passage(unmarked(text[end:]), None))
    return [part for part in parts if part.text]


def languages(texts: Iterable[str]) -> list[str]:
    """The codes of the languages that parts of texts are marked with, in the order they come."""
    return list(dict.fromkeys(part.lang for text in texts for part in passages(text) if part.lang))


def marked_up(html: Markup) -> Markup:
    """HTML with every marked text in an element that says its language, or where it leads."""
    if not _IS_MARKED.search(html):
        return html
    # A plain str: what re puts together of Markup would be escaped a second time.
    told = _IN_HTML.sub(r'<span lang="\2">\1</span>', str(html))
    return Markup(unmarked(_LINKED.sub(_anchor, told)))


def language_of(texts: Mapping[str, object], wanted: str, own: str = "") -> str:
    """The language in which something can be said: the wanted one, else ``own``, else the first."""
    return next((code for code in (wanted, own) if code in texts), next(iter(texts)))


def in_language(texts: Mapping[str, T], wanted: str, own: str = "") -> T:
    """The text (or noun) in the wanted language, else in another one and marked so."""
    code = language_of(texts, wanted, own)
    return texts[code] if code == wanted else _all_marked(texts[code], code)


def _all_marked(said: T, lang: str) -> T:
    """A text, or every form of a noun, marked as being in a language."""
    if isinstance(said, Noun):
        forms = {form: marked(getattr(said, form), lang) for form in _FORMS}
        return said.model_copy(update=forms)
    return cast(T, marked(str(said), lang))


def _anchor(found: re.Match[str]) -> str:
    """A link in HTML; the address is checked once more, since the text can be of a notebook."""
    target = unescape(found[2])
    return f'<a href="{escape(target)}">{found[1]}</a>' if is_safe_href(target) else found[1]


def _mark(text: str, lang: str) -> str:
    return f"{OPEN}{text}{_CODE}{lang}{_CLOSE}"
