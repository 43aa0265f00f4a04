"""The study's own pages in a real browser: accessible, whole and silent at every width."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.pages.checks import MOST_ROWS, Look, check_page
from tests.projects import LOOKED_AT, STUDY


@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_meets_wcag_and_asks_for_nothing(made: Path, page: Page, name: str) -> None:
    # Open details show all there is; of closed ones test_pages.py looks at every kind.
    check_page(page, made / "outputs" / STUDY / "html" / name, 1280, details=(True,))


@pytest.mark.parametrize("name", LOOKED_AT)
def test_so_it_does_on_a_phone(made: Path, page: Page, name: str) -> None:
    path = made / "outputs" / STUDY / "html" / name
    check_page(page, path, 375, looks=("light",), details=(True,), most_rows=MOST_ROWS)


@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_says_that_the_study_is_reconstructed(made: Path, name: str) -> None:
    text = (made / "outputs" / STUDY / "html" / name).read_text("utf-8")
    banner = text.split('<p class="banner"', 1)[1].split("</p>")[0]
    assert "Svarene er rekonstrueret" in banner


@pytest.mark.parametrize("name", LOOKED_AT)
def test_an_english_page_meets_wcag_too(made: Path, page: Page, name: str) -> None:
    path = made / "outputs" / STUDY / "html" / "en" / name
    looks: tuple[Look, ...] = ("light",)
    check_page(page, path, 375, lang="en", looks=looks, details=(True,), most_rows=MOST_ROWS)


@pytest.mark.parametrize("edition", ["", "en/"])
def test_all_marks_of_a_cluster_are_in_sight_on_a_phone(
    made: Path, page: Page, edition: str
) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto((made / "outputs" / STUDY / "html" / f"{edition}cluster-syd.html").as_uri())
    table = page.locator(".scroll:has(td.centre)").first
    assert table.locator("thead th").count() == 7
    assert table.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_the_contents_stay_in_reach_on_a_phone(made: Path, page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto((made / "outputs" / STUDY / "html" / "regional.html").as_uri())
    page.evaluate("document.querySelector('#standing').scrollIntoView()")
    way = page.locator(".to-contents a")
    box = way.bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 700 - box["height"]
    way.click()
    contents = page.locator("nav.contents").bounding_box()
    assert contents is not None
    assert 0 <= contents["y"] < 100
    assert page.locator("nav.contents a").first.is_visible()


def test_the_contents_stand_at_the_side_on_a_wide_screen(made: Path, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((made / "outputs" / STUDY / "html" / "regional.html").as_uri())
    page.evaluate("window.scrollTo(0, document.body.scrollHeight / 2)")
    contents = page.locator("nav.contents").bounding_box()
    assert contents is not None
    assert 0 <= contents["y"] < 100
    assert not page.locator(".to-contents").is_visible()


def test_a_charts_alternative_counts_the_groups_of_a_level_only(made: Path, page: Page) -> None:
    page.goto((made / "outputs" / STUDY / "html" / "regional.html").as_uri())
    topics = "figure.chart[id]:not(#figure-standing, #figure-answers) img"
    alts = page.eval_on_selector_all(topics, "images => images.map(i => i.alt)")
    assert len(alts) == 8
    assert "I alle tre klynger siger alle kommuner, der svarede, ja." in alts[0]
    assert "I Region Sjælland siger alle kommuner (16 af 16) ja." in alts[0]
    assert "I Region Sjælland opfylder de fleste kommuner (13 af 16) anbefaling 1." in alts[0]
    assert all(alt.count("Stevns deltog ikke.") == 1 for alt in alts)
