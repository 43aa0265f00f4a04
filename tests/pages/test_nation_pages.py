"""Pages of a whole country, 98 municipalities in 22 clusters: readable, traced, and light."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from misbrug_analysis.presentation.language import Language
from tests.pages.checks import MOST_ROWS, Look, check_page
from tests.pages.counts import Texts, counts_in
from tests.pages.test_counts_traced import dead_links, is_bare_number, without_exceptions

REPORTS = ("national.html", "cluster-fyn.html", "need.html", "consolidation.html")
LOOKED_AT = (*REPORTS, "sensitivity.html", "method-12-1.html", "tables.html", "index.html")
"""One of each make: of reports of clusters the largest, of pages of answers the heaviest."""

KILOBYTES = {
    "national.html": 320,
    "cluster-*.html": 135,
    "method-*.html": 90,
    "sensitivity.html": 235,
    "need.html": 190,
    "consolidation.html": 190,
    "tables.html": 90,
    "index.html": 30,
}
"""What a page may weigh: what it does now and a little more, so that no table grows unseen."""


# Open details show all there is.
@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_meets_wcag_and_asks_for_nothing(nation: Path, page: Page, name: str) -> None:
    check_page(page, nation / name, 375, looks=("dark",), details=(True,), most_rows=MOST_ROWS)


@pytest.mark.parametrize("look", ["light", "print"])
def test_the_page_of_the_whole_fits_a_wide_screen_and_paper(
    nation: Path, page: Page, look: Look
) -> None:
    path = nation / "national.html"
    check_page(page, path, 1280, looks=(look,), details=(True,), most_rows=MOST_ROWS)


def test_the_page_of_the_whole_in_english_meets_wcag(english_nation: Path, page: Page) -> None:
    looks: tuple[Look, ...] = ("light",)
    check_page(
        page, english_nation, 375, lang="en", looks=looks, details=(True,), most_rows=MOST_ROWS
    )


@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_says_that_the_answers_are_invented(nation: Path, name: str) -> None:
    banner = (nation / name).read_text("utf-8").split('<p class="banner"', 1)[1].split("</p>")[0]
    assert "Alle svar er opdigtet" in banner


def test_the_hint_on_searching_is_for_a_screen_alone(nation: Path, page: Page) -> None:
    page.goto((nation / "national.html").as_uri())
    hint = page.get_by_text("Ctrl+F")
    assert hint.is_visible()
    page.emulate_media(media="print")
    assert not hint.is_visible()


def test_every_link_has_a_living_target(nation: Path) -> None:
    assert dead_links(nation) == []


@pytest.mark.parametrize("name", REPORTS)
def test_no_count_stands_without_its_evidence(nation: Path, name: str) -> None:
    texts = Texts((nation / name).read_text("utf-8"))
    bare = [
        text.words
        for text in texts.found
        if not (text.tag == "td" and text.table in texts.told_whole)
        and (
            counts_in("da").search(without_exceptions(text.words, "da"))
            or is_bare_number(text, texts)
        )
    ]
    assert bare == []


@pytest.mark.parametrize("pattern", KILOBYTES)
def test_a_page_is_no_heavier_than_it_need_be(nation: Path, pattern: str) -> None:
    weights = {path.name: path.stat().st_size / 1000 for path in nation.glob(pattern)}
    assert weights
    assert {name: at for name, at in weights.items() if at > KILOBYTES[pattern]} == {}


def test_the_answers_of_all_are_a_table_with_a_row_for_each_and_a_part_for_each_cluster(
    nation: Path, page: Page
) -> None:
    page.goto((nation / "national.html").as_uri())
    table = page.locator("#overview")
    assert table.locator("tbody").count() == 22
    assert table.locator('tbody th[scope="rowgroup"]').count() == 22
    assert table.locator('tbody th[scope="row"]').count() == 98
    answers = table.locator('td > a[href*="#answer-"]')
    assert answers.count() == 98 * 15
    words = set(answers.all_inner_texts())
    label = Language.load("da").text
    assert words == {label(f"answer.label.{one}") for one in ("yes", "no", "unanswered", "absent")}


def test_the_row_of_a_cluster_counts_the_marks_below_it(nation: Path, page: Page) -> None:
    page.goto((nation / "national.html").as_uri())
    fyn = page.locator("#overview tbody").filter(has_text="Klynge Fyn")
    told = fyn.locator("tr.total td").all_inner_texts()[:15]
    rows = [row.locator("td").all_inner_texts() for row in fyn.locator("tr:not(.total)").all()]
    given = [[row[place] for row in rows] for place in range(15)]
    assert told == [
        f"{answers.count('ja')}/{answers.count('ja') + answers.count('nej')}" for answers in given
    ]
    assert [row[15] for row in rows] == [str(row[:15].count("ja")) for row in rows]


def test_the_keyboard_gets_past_the_table_of_all_answers(nation: Path, page: Page) -> None:
    page.goto((nation / "national.html").as_uri())
    way = page.locator("#overview > .skip")
    way.focus()
    assert way.bounding_box()["width"] > 50  # type: ignore[index]
    assert page.locator("#overview .scroll").bounding_box()["y"] > way.bounding_box()["y"]  # type: ignore[index]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("Boolean(document.activeElement.closest('#overview table'))")
    assert not inside
    assert page.evaluate("document.activeElement !== document.body")


@pytest.mark.parametrize("width", [1280, 375])
def test_the_numbers_of_the_indicators_stay_in_sight(nation: Path, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((nation / "national.html").as_uri())
    page.locator("#overview .scroll").evaluate("region => region.scrollIntoView()")
    page.locator("#overview tr", has_text="Aalborg").evaluate("row => row.scrollIntoView(false)")
    head = page.locator("#overview thead th").nth(1).bounding_box()
    row = page.locator("#overview tr", has_text="Aalborg").bounding_box()
    assert head is not None
    assert row is not None
    assert 0 <= head["y"] < row["y"] < 800


def test_reports_of_clusters_are_one_way_at_the_head_and_a_list_on_the_index(nation: Path) -> None:
    national, fyn, index = (
        (nation / name).read_text("utf-8")
        for name in ("national.html", "cluster-fyn.html", "index.html")
    )
    head = national.split("</header>")[0]
    assert '<a href="index.html#groups">Klyngerapport: 22 klynger</a>' in head
    assert "cluster-" not in head
    ways = re.findall(r'href="(cluster-[^"]*)" aria-current="page"', fyn.split("</header>")[0])
    assert ways == ["cluster-fyn.html"]
    assert len(set(re.findall(r'href="(cluster-[^"]*\.html)"', index))) == 22
