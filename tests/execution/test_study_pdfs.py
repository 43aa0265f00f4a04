"""A page of each make of the study of 2014 as PDF: read back, and looked at as it lies on paper."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from misbrug_analysis.execution import pdf
from misbrug_analysis.execution.pdf import laid_out, write_pdf
from misbrug_analysis.presentation.language import Language
from tests.pdfs import Html, Paper, addresses, outline, papers, tags
from tests.projects import LOOKED_AT, STUDY

DANISH = Language.load("da")

EVERY_RULE = "method-5.html"
"""Lies on paper as the longer page of answers does."""

LEAST_FILLED = 0.5
"""So empty a page may be when the picture that comes next fits no more; few pages are."""

FILLED_ON_AVERAGE = 0.85


@dataclass(frozen=True)
class Made:
    """A page, its PDF, and what lies on the paper of the PDF."""

    html: Path
    pdf: Path
    papers: list[Paper]

    @cached_property
    def page(self) -> Html:
        return Html(self.html)

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(self.pdf)


@pytest.fixture(scope="module")
def documents(
    made: Path, pdf_libraries: None, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Made]:
    """A page of each make of the edition in the study's own language, by its name."""
    pages = made / "outputs" / STUDY / "html"
    folder = tmp_path_factory.mktemp("pdf")
    neighbours = {page.with_suffix(".pdf").name for page in pages.glob("*.html")}
    found = {}
    for page in (pages / name for name in LOOKED_AT if name != EVERY_RULE):
        target = folder / f"{page.stem}.pdf"
        with layouts() as seen:
            write_pdf(page, target, neighbours)
        found[page.stem] = Made(page, target, *seen)
    return found


@contextmanager
def layouts() -> Iterator[list[list[Paper]]]:
    """The papers of each PDF that is written meanwhile, as they were laid out for it."""
    seen: list[list[Paper]] = []

    def note(page: str, neighbours: Collection[str] = ()) -> Any:
        document = laid_out(page, neighbours)
        seen.append(papers(document))
        return document

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "laid_out", note)
        yield seen


def test_every_document_has_its_title_and_language(documents: dict[str, Made]) -> None:
    for document in documents.values():
        assert document.reader.metadata is not None
        assert document.reader.metadata.title == document.page.title
        assert document.reader.root_object["/Lang"] == "da"


def test_every_picture_has_its_alternative(documents: dict[str, Made]) -> None:
    for document in documents.values():
        figures = tags(document.reader).all("Figure")
        assert [str(tag.fields["/Alt"]) for tag in figures] == document.page.alts
    assert sum(len(document.page.alts) for document in documents.values()) > 20


def test_bookmarks_are_the_contents_of_the_page(documents: dict[str, Made]) -> None:
    numbers = [(1, DANISH.text("paper.numbers"))]
    for name, document in documents.items():
        if document.page.contents:
            expected = document.page.contents + (numbers if document.page.alts else [])
            assert outline(document.reader.outline) == expected, name


def test_headings_never_skip_a_level(documents: dict[str, Made]) -> None:
    for document in documents.values():
        headings = tags(document.reader).all("H1", "H2", "H3", "H4", "H5", "H6")
        levels = [int(tag.kind[1]) for tag in headings]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(below <= level + 1 for level, below in pairwise(levels))


def test_every_part_of_a_table_repeats_its_headings(documents: dict[str, Made]) -> None:
    parts = [tag for made in documents.values() for tag in tags(made.reader).all("Table")]
    assert len(parts) > 50
    for table in parts:
        (head,) = table.all("THead")
        scopes = [cell.fields["/A"]["/Scope"] for cell in head.all("TH")]
        assert scopes
        assert set(scopes) == {"/Column"}


def test_links_to_pages_lead_to_places_in_their_pdfs(documents: dict[str, Made]) -> None:
    links = [link for link in relative_links(documents) if ".pdf" in link]
    assert len(links) > 10
    places = places_of(documents)
    for link in links:
        path, _, place = link.removeprefix("./").partition("#nameddest=")
        assert place in {"", *places[path.removesuffix(".pdf")]}, link


def places_of(documents: dict[str, Made]) -> dict[str, set[str]]:
    """The places of every PDF; where none was made, the ids of the page, which become them."""
    folder = documents["regional"].html.parent
    return {
        page.stem: set(re.findall(r' id="([^"]+)"', page.read_text("utf-8")))
        for page in folder.glob("*.html")
    } | {name: set(document.reader.named_destinations) for name, document in documents.items()}


def test_other_links_lead_to_files_that_are_made_and_to_the_web(documents: dict[str, Made]) -> None:
    folder = documents["regional"].html.parent
    for link in relative_links(documents):
        assert link.startswith(("./", "../")), link
        if ".pdf" not in link:
            assert (folder / link.partition("#")[0]).is_file(), link


def relative_links(documents: dict[str, Made]) -> list[str]:
    links = [link for document in documents.values() for link in addresses(document.reader)]
    return [link for link in links if not re.match(r"https?://|mailto:", link)]


def test_pages_are_numbered(documents: dict[str, Made]) -> None:
    for document in documents.values():
        last = len(document.reader.pages)
        for number in {1, min(2, last), last}:  # to read one takes a tenth of a second
            words = " ".join(document.reader.pages[number - 1].extract_text().split())
            assert f"Side {number} af {last}" in words


def test_nothing_lies_outside_the_margins(documents: dict[str, Made]) -> None:
    for name, document in documents.items():
        for number, paper in enumerate(document.papers, start=1):
            for leaf in paper.leaves:
                place = f"{name}, page {number}: {leaf}"
                # Half a pixel is rounding. A turned word was laid out before it was turned.
                assert leaf.turned or leaf.right <= paper.width + 0.5, place
                assert leaf.left >= -0.5, place
                assert leaf.bottom <= paper.height + 0.5, place


def test_no_page_is_half_empty(documents: dict[str, Made]) -> None:
    filled = [
        (paper.filled, name, number)
        for name, document in documents.items()
        for number, paper in enumerate(document.papers[:-1], start=1)
    ]
    assert min(filled) > (LEAST_FILLED,)
    assert sum(share for share, _, _ in filled) / len(filled) > FILLED_ON_AVERAGE


def test_no_document_ends_with_a_page_for_its_last_line(documents: dict[str, Made]) -> None:
    for name, document in documents.items():
        assert document.papers[-1].filled > 0.1, name


def test_no_heading_is_left_alone_at_the_foot_of_a_page(documents: dict[str, Made]) -> None:
    for name, document in documents.items():
        for number, paper in enumerate(document.papers[:-1], start=1):
            lowest = max(paper.leaves, key=lambda leaf: leaf.bottom)
            assert not lowest.heading, f"{name}, page {number}: {lowest}"
