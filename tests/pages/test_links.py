"""Finding one's way: every link of every page, in every language, walked without a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.projects import EVIDENCE, PAGES, STUDY

EDITIONS = ("", "en/")
EVERYWHERE = re.compile(r"(https?://|mailto:)")
REPORTS = PAGES[1:-2]


@dataclass
class Seen(HTMLParser):
    """What of a page matters for finding one's way."""

    html: str
    hrefs: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    neighbours: dict[str, str] = field(default_factory=dict)
    title: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._inside = ""
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self._inside = tag
        if "id" in found:
            self.ids.add(found["id"])
        if tag == "a" and "href" in found:
            self.hrefs.append(found["href"])
            if "rel" in found:
                self.neighbours[found["rel"]] = found["href"]
        if found.get("name") == "description":
            self.description = found["content"]

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data.strip()
            self._inside = ""


@cache
def seen(path: Path) -> Seen:
    return Seen(path.read_text("utf-8"))


@pytest.fixture
def html(made: Path) -> Path:
    return made / "outputs" / STUDY / "html"


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_link_leads_to_a_file_or_place_that_is_there(html: Path, edition: str) -> None:
    dead = []
    for name in (*PAGES, *EVIDENCE):
        page = html / edition / name
        for href in seen(page).hrefs:
            if EVERYWHERE.match(href):
                continue
            file, _, anchor = href.partition("#")
            target = (page.parent / unquote(file)).resolve() if file else page
            inside = target.is_relative_to(html.resolve())
            found = inside and target.is_file()
            if found and anchor and target.suffix == ".html":
                found = anchor in seen(target).ids
            if not found:
                dead.append((name, href))
    assert dead == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_is_reached_from_the_index(html: Path, edition: str) -> None:
    assert set(seen(html / edition / "index.html").hrefs) >= set(PAGES) - {"index.html"}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_of_answers_is_reached_from_the_method(html: Path, edition: str) -> None:
    assert set(seen(html / edition / "consolidation.html").hrefs) >= set(EVIDENCE)


@pytest.mark.parametrize("edition", EDITIONS)
def test_next_leads_through_all_reports_and_previous_back(html: Path, edition: str) -> None:
    way = [REPORTS[0]]
    while after := seen(html / edition / way[-1]).neighbours.get("next"):
        way.append(after)
    assert tuple(way) == REPORTS
    back = [seen(html / edition / name).neighbours.get("prev") for name in way]
    assert back == [None, *way[:-1]]


@pytest.mark.parametrize(("edition", "language"), [("", "da"), ("en/", "en")])
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_leads_to_what_it_rests_on(
    html: Path, edition: str, language: str, name: str
) -> None:
    hrefs = set(seen(html / edition / name).hrefs)
    assert {"tables.html", f"tables/{STUDY}-{language}.xlsx", "consolidation.html"} <= hrefs
    assert [href for href in hrefs if href.startswith("tables.html#table-")]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", [*PAGES, *EVIDENCE])
def test_a_page_leads_to_the_index_and_the_statement(html: Path, edition: str, name: str) -> None:
    expected = {"index.html", "accessibility.html"} - {name}
    assert expected <= set(seen(html / edition / name).hrefs)


def test_an_indicator_leads_to_its_question_and_its_answers_can_be_linked_to(html: Path) -> None:
    page = seen(html / "cluster-syd.html")
    assert "recommendations.html#indicator-5-2" in page.hrefs
    assert "indicator-5-2" in page.ids


@pytest.mark.parametrize("name", [*PAGES, *EVIDENCE])
def test_a_page_leads_to_itself_in_the_other_language(html: Path, name: str) -> None:
    assert f"en/{name}" in seen(html / name).hrefs
    assert f"../{name}" in seen(html / "en" / name).hrefs


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_has_a_title_and_description_of_its_own(html: Path, edition: str) -> None:
    pages = [seen(html / edition / name) for name in PAGES]
    evidence = [seen(html / edition / name) for name in EVIDENCE]
    assert len({page.title for page in (*pages, *evidence)}) == len(PAGES) + len(EVIDENCE)
    assert len({page.description for page in evidence}) == len(EVIDENCE)
    assert len({page.description for page in pages if page.description}) >= len(PAGES) - 2


@pytest.mark.parametrize("name", ["recommendations", "regional", "cluster-syd"])
def test_every_indicator_can_be_linked_to(html: Path, name: str) -> None:
    anchors = {one for one in seen(html / f"{name}.html").ids if one.startswith("indicator-")}
    assert len(anchors) == 15
    assert {"indicator-1-1", "indicator-12-1"} <= anchors


def test_anchors_are_the_same_in_every_language(html: Path) -> None:
    for name in (*PAGES, *EVIDENCE):
        danish, english = seen(html / name).ids, seen(html / "en" / name).ids
        assert danish == english, name
