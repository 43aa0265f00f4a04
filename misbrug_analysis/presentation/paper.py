"""A page made ready for a PDF: what a screen unfolds stands at its end, links lead to its like."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit, urlunsplit
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from misbrug_analysis.presentation.html import environment
from misbrug_analysis.presentation.language import Language

NUMBERS_ID = "numbers-behind-figures"

_LETTER = 0.6
"""How wide a letter is at the most on the average of a word, in em."""


def page_number(language: Language) -> Markup:
    """The number of a paper page in words, as CSS's content: ``"Side " counter(page) …``."""
    page, pages = '" counter(page) "', '" counter(pages) "'
    return Markup(f'"{language.text("paper.number", page=page, pages=pages)}"')


def pdf_style() -> str:
    """What the PDF adds to the style sheet of the pages."""
    loader = environment().loader
    assert loader is not None
    return loader.get_source(environment(), "pdf.css")[0]


def ready_for_pdf(root: Element, neighbours: Collection[str] = ()) -> None:
    """Change a page's elements into those of its PDF, in the language that the page says.

    The numbers behind the figures, folded away on a screen, become the last section, to which
    each figure and the contents lead. A relative link to a page becomes one to that page's PDF,
    where that is one of ``neighbours``.
    """
    _gather_numbers(root, Language.load(root.get("lang", "")))
    for part in root.iter("div"):
        if "turned" in part.get("class", "").split():
            _make_room(part)
    for link in root.iter("a"):
        if "href" in link.attrib:
            link.set("href", pdf_address(link.attrib["href"], neighbours))


def pdf_address(href: str, neighbours: Collection[str]) -> str:
    """Where a link of a page leads in its PDF: ``need.html#map`` to ``./need.pdf#nameddest=map``.

    A page whose PDF is none of ``neighbours`` is led to itself.

    Addresses without a page of ours are left as they are. Chrome's viewer takes an address with two
    dots in it for one of the web unless it begins with ``./``; ``nameddest`` is RFC 8118's word for
    an anchor.
    """
    scheme, host, path, query, fragment = urlsplit(href)
    if scheme or host or not path:
        return href
    pdf = f"{path.removesuffix('.html')}.pdf"
    if path.endswith(".html") and pdf in neighbours:
        path, fragment = pdf, fragment and f"nameddest={fragment}"
    return urlunsplit(("", "", path if path.startswith(".") else f"./{path}", query, fragment))


def _make_room(table: Element) -> None:
    """Make the head of a table as high as its longest upright heading."""
    heads = [head for head in table.iter("th") if head.get("class") == "centre"]
    longest = max((len("".join(head.itertext()).strip()) for head in heads), default=0)
    for head in heads:
        head.set("style", f"height: {_LETTER * longest:.1f}em")


def _gather_numbers(root: Element, language: Language) -> None:
    body = root.find(".//div[@class='body']")
    figures = [
        figure for figure in root.iter("figure") if figure.find("details//table") is not None
    ]
    if body is None or not figures:
        return
    title = language.text("paper.numbers")
    section = SubElement(body, "section", {"class": "numbers"})
    SubElement(section, "h2", {"id": NUMBERS_ID}).text = title
    for number, figure in enumerate(figures, start=1):
        table = _taken_out(figure)
        table.set("id", table.get("id", f"{NUMBERS_ID}-{number}"))
        section.append(table)
        place = SubElement(_part(figure, "figcaption"), "p", {"class": "to-numbers"})
        _link(place, table, language.text("page.numbers"))
    contents = root.find(".//nav[@class='contents']/details/ol")
    if contents is not None:
        _link(SubElement(contents, "li"), section[0], title)


def _taken_out(figure: Element) -> Element:
    """The table that a figure folds away, which is then no longer in the figure."""
    details = _part(figure, "details")
    figure.remove(details)
    return _part(details, "div")


def _link(place: Element, end: Element, text: str) -> None:
    SubElement(place, "a", {"href": f"#{end.attrib['id']}"}).text = text


def _part(element: Element, tag: str) -> Element:
    part = element.find(tag)
    assert part is not None, f"a figure of ours has a {tag}"
    return part
