"""The study's own pages in a real browser: accessible, whole and silent at every width."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.pages.checks import check_page
from tests.projects import PAGES, STUDY

WIDTHS = {1280: ("light", "dark", "print"), 375: ("light",)}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_meets_wcag_and_asks_for_nothing(
    made: Path, page: Page, name: str, width: int
) -> None:
    check_page(page, made / "outputs" / STUDY / "html" / name, width, looks=WIDTHS[width])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_that_the_study_is_reconstructed(made: Path, page: Page, name: str) -> None:
    page.goto((made / "outputs" / STUDY / "html" / name).as_uri())
    assert "Svarene er rekonstrueret" in page.inner_text("main, body")


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_page_or_place_that_exists(made: Path, page: Page, name: str) -> None:
    html = made / "outputs" / STUDY / "html"
    page.goto((html / name).as_uri())
    targets = page.eval_on_selector_all(
        "a[href]", "links => links.map(a => a.getAttribute('href'))"
    )
    assert targets
    for target in targets:
        if target.startswith(("https://", "http://")):
            continue
        file, _, anchor = target.partition("#")
        linked = html / (file or name)
        assert linked.is_file(), target
        assert not anchor or f'id="{anchor}"' in linked.read_text("utf-8"), target


def test_the_index_leads_to_every_page(made: Path, page: Page) -> None:
    page.goto((made / "outputs" / STUDY / "html" / "index.html").as_uri())
    links = page.eval_on_selector_all("main a", "links => links.map(a => a.getAttribute('href'))")
    assert set(links) >= set(PAGES) - {"index.html"}


def test_a_charts_alternative_counts_the_groups_of_a_level_only(made: Path, page: Page) -> None:
    page.goto((made / "outputs" / STUDY / "html" / "regional.html").as_uri())
    topics = "figure.chart[id]:not(#figure-standing, #figure-answers) img"
    alts = page.eval_on_selector_all(topics, "images => images.map(i => i.alt)")
    assert len(alts) == 8
    assert "I alle tre klynger siger alle kommuner, der svarede, ja." in alts[0]
    assert "I Region Sjælland siger alle kommuner (16 af 16) ja." in alts[0]
    assert "I Region Sjælland opfylder de fleste kommuner (13 af 16) anbefaling 1." in alts[0]
    assert all(alt.count("Stevns deltog ikke.") == 1 for alt in alts)
