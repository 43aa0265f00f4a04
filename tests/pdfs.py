"""PDFs read back: their tags, links and outline, and where things lie on their pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "caption")


@dataclass
class Tag:
    """An element of the structure tree."""

    kind: str
    fields: DictionaryObject
    below: list[Tag]

    def all(self, *kinds: str) -> Iterator[Tag]:
        """The elements of these kinds, itself among them, in reading order."""
        if self.kind in kinds or not kinds:
            yield self
        for tag in self.below:
            yield from tag.all(*kinds)


def tags(reader: PdfReader) -> Tag:
    """The structure tree of a document."""
    root = reader.root_object["/StructTreeRoot"]["/K"]
    return _tag(root[0] if isinstance(root, ArrayObject) else root)


def _tag(entry: Any) -> Tag:
    fields = entry.get_object()
    kids = fields.get("/K", [])
    kids = kids if isinstance(kids, ArrayObject) else [kids]
    below = [
        _tag(kid) for kid in kids if isinstance(kid, IndirectObject) and "/S" in kid.get_object()
    ]
    return Tag(fields["/S"][1:], fields, below)


def outline(entries: list[Any]) -> list[tuple[int, str]]:
    """The bookmarks of a document with their level."""
    return [*_outline(entries, 1)]


def _outline(entries: list[Any], level: int) -> Iterator[tuple[int, str]]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry, level + 1)
        else:
            yield level, str(entry.title)


def addresses(reader: PdfReader) -> list[str]:
    """Where the links lead that leave the document."""
    links = [link.get_object() for page in reader.pages for link in page.get("/Annots", [])]
    return [str(link["/A"]["/URI"]) for link in links if "/A" in link]


def ends(reader: PdfReader) -> list[str]:
    """The named places to which the links within the document lead."""
    links = [link.get_object() for page in reader.pages for link in page.get("/Annots", [])]
    return [str(link["/Dest"]) for link in links if "/Dest" in link]


def unpacked(reader: PdfReader) -> bytes:
    """All objects of a document as plain bytes, what is compressed in it as well."""
    content = bytearray()
    for number in range(1, int(reader.trailer["/Size"])):
        entry = reader.get_object(number)
        content += repr(entry).encode()
        content += entry.get_data() if isinstance(entry, StreamObject) else b""
    return bytes(content)


class Html(HTMLParser):
    """What a page says of itself: title, text alternatives, and the lines of its contents."""

    def __init__(self, page: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.alts: list[str] = []
        self.contents: list[tuple[int, str]] = []
        self._in: list[str] = []
        self._level = 0
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "img":
            self.alts.append(str(found["alt"]))
        if tag == "nav":
            self._in.append(str(found.get("class")))
        if "contents" in self._in:
            self._level += tag == "ol"
            if tag == "a":
                self.contents.append((self._level, ""))
        if tag == "title":
            self._in.append("title")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("nav", "title"):
            self._in.pop()
        if "contents" in self._in:
            self._level -= tag == "ol"

    def handle_data(self, data: str) -> None:
        if "title" in self._in:
            self.title += data
        elif "contents" in self._in and self.contents:
            level, text = self.contents[-1]
            self.contents[-1] = level, f"{text} {' '.join(data.split())}".strip()


@dataclass(frozen=True)
class Leaf:
    """A line of text or a picture on paper, in pixels from the edges of what may be printed.

    ``heading`` says whether it announces what comes after it: the heading of a section, or the
    caption or the headings of a table.
    """

    text: str
    heading: bool
    turned: bool
    left: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Paper:
    """A page of paper: how large is what may be printed, and what stands on it."""

    width: float
    height: float
    leaves: list[Leaf]

    @property
    def filled(self) -> float:
        """How far down the page something stands, as a share of its height."""
        return max((leaf.bottom for leaf in self.leaves), default=0) / self.height


def papers(document: Any) -> list[Paper]:
    """The pages of a document that WeasyPrint laid out."""
    boxes = [page._page_box for page in document.pages]
    return [
        Paper(box.width, box.height, [*_leaves(box, box.content_box_x(), box.content_box_y())])
        for box in boxes
    ]


def _leaves(
    box: Any, x: float, y: float, heading: bool = False, turned: bool = False
) -> Iterator[Leaf]:
    from weasyprint.formatting_structure.boxes import MarginBox, ReplacedBox, TextBox
    from weasyprint.layout.absolute import AbsolutePlaceholder

    box = box._box if isinstance(box, AbsolutePlaceholder) else box
    element = {} if box.element is None else box.element
    # What is read out and not seen has no size on paper.
    if isinstance(box, MarginBox) or element.get("class") == "unseen":
        return
    heading = heading or box.element_tag in HEADINGS or element.get("scope") in ("col", "colgroup")
    turned = turned or bool(box.style["transform"])
    if isinstance(box, TextBox | ReplacedBox):
        left, bottom = box.position_x - x, box.position_y + box.margin_height() - y
        text = getattr(box, "text", "")
        yield Leaf(text, heading, turned, left, left + box.margin_width(), bottom)
    for child in getattr(box, "children", ()):
        yield from _leaves(child, x, y, heading, turned)
