"""Pages in a real browser: readable for everyone, asking nothing of anybody, running nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from nbformat import v4
from playwright.sync_api import Page

from misbrug_analysis.execution.notebook_page import notebook_page
from misbrug_analysis.presentation.display import Column, Mark, Table
from tests.pages.checks import WIDTHS, check_page, watched
from tests.pages.samples import (
    HOSTILE,
    HOSTILE_MARKDOWN,
    SVG,
    hostile_blocks,
    notebook_of,
    sample_blocks,
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with every kind of block, a Markdown cell, and a researcher's own outputs."""
    notebook = notebook_of(sample_blocks())
    notebook.cells += [
        v4.new_markdown_cell("# Noter\n\nEn celle med *Markdown*.\n\n### Under den"),
        v4.new_code_cell(
            outputs=[
                v4.new_output("stream", name="stdout", text="   a  b\n0  1  2\n" + "lang " * 99),
                v4.new_output("display_data", {"image/svg+xml": SVG.format("x")},
                              metadata={"alt": "En søjle for de fire kommuner."}),
            ]
        ),
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("pages") / "sample.html"
    path.write_text(notebook_page(notebook, "sample"), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", WIDTHS)
def test_sample_page_keeps_its_promises(page: Page, sample: Path, width: int) -> None:
    check_page(page, sample, width)


@pytest.mark.parametrize("forced", ["none", "active"])
def test_a_chart_stands_on_white_in_the_dark_and_in_high_contrast(
    page: Page, sample: Path, forced: Literal["none", "active"]
) -> None:
    page.emulate_media(color_scheme="dark", forced_colors=forced)
    page.goto(sample.as_uri())
    behind = page.evaluate("getComputedStyle(document.querySelector('.chart img')).backgroundColor")
    assert behind == "rgb(255, 255, 255)"


@pytest.mark.parametrize("width", WIDTHS)
def test_failure_page_keeps_the_same_promises(page: Page, tmp_path: Path, width: int) -> None:
    notebook = notebook_of(sample_blocks()[:3])
    error = v4.new_output("error", ename="ValueError", evalue="nul", traceback=["Traceback", "nul"])
    notebook.cells.append(v4.new_code_cell("1 / 0  # " + "x" * 200, outputs=[error]))
    path = tmp_path / "failed.html"
    path.write_text(notebook_page(notebook, "failed"), encoding="utf-8")
    check_page(page, path, width)


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_text_is_shown_and_does_nothing(page: Page, tmp_path: Path, width: int) -> None:
    notebook = notebook_of(hostile_blocks())
    notebook.cells += [
        v4.new_markdown_cell(HOSTILE_MARKDOWN),
        v4.new_code_cell(outputs=[v4.new_output("stream", name="stdout", text=HOSTILE)]),
        v4.new_code_cell(outputs=[v4.new_output("execute_result", {"text/plain": HOSTILE + "'"})]),
    ]
    path = tmp_path / "hostile.html"
    path.write_text(notebook_page(notebook, "hostile"), encoding="utf-8")
    check_page(page, path, width, looks=["light"])
    text = page.evaluate("document.querySelector('main').innerText")
    assert text.count("<script>alert(1)</script>") >= 12
    assert "{{ 7*7 }}" in text


def test_hostile_failure_does_nothing(page: Page, tmp_path: Path) -> None:
    error = v4.new_output("error", ename=HOSTILE, evalue=HOSTILE, traceback=[HOSTILE, HOSTILE])
    notebook = v4.new_notebook(cells=[v4.new_code_cell(HOSTILE, outputs=[error])])
    notebook.metadata["title"] = HOSTILE
    path = tmp_path / "hostile.html"
    path.write_text(notebook_page(notebook, HOSTILE), encoding="utf-8")
    check_page(page, path, 1280, looks=["light"])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('<html lang="da"', '<html lang="en"', "light, details closed"),
        ("</main>", "</main><script>1</script>", "<script>1</script>"),
        ('<div class="body">', '<div class="body"><p onclick="x">x</p>', "onclick"),
        (" alt=", ' alt="Figur 1" data-alt=', "Figur 1"),
        ('href="#vigtigst"', 'href="#gone"', "links to nowhere"),
        ('<h3 id="hvorfor">', '<h3 id="hvorfor"><b id="vigtigst"></b>', "ids "),
        ("<caption>", "<caption hidden></caption><caption>", "a table without caption"),
        (' scope="row"', "", "without scope"),
        ("--ink: #1c2127", "--ink: #aaa", "color-contrast"),
        ('<div class="body">', '<div class="body"><p style="width: 900px">x</p>', "wider than the"),
        (' tabindex="0"', "", "scrollable-region-focusable"),
        ("<h1>", "<h1>Et</h1><h1>", "h1 "),
        ("</main>", '</main><img alt="En tom ramme" src="data:image/png,x">', "do not show"),
        ("img-src data:", "img-src *", "light, details closed"),
    ],
)
def test_check_finds_what_is_broken(
    page: Page, sample: Path, tmp_path: Path, old: str, new: str, says: str
) -> None:
    text = sample.read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "broken.html"
    broken.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(AssertionError, match=says):
        check_page(page, broken, 375, looks=["light"])


def test_check_finds_what_is_pale_in_the_dark_alone(
    page: Page, sample: Path, tmp_path: Path
) -> None:
    text = sample.read_text(encoding="utf-8")
    assert "--ink: #e4e8ec" in text
    path = tmp_path / "pale.html"
    path.write_text(text.replace("--ink: #e4e8ec", "--ink: #444"), encoding="utf-8")
    with pytest.raises(AssertionError, match=r"(?s), dark, .*color-contrast"):
        check_page(page, path, 375, looks=("light", "dark"), details=(True,))


PALE = ' style="color: #ddd; background: #fff"'
KNOWN_ID = ' id="vigtigst"'


def long_table(sample: Path, path: Path, row: int, attribute: str) -> Path:
    """The sample page with a table of nine rows, one of which has a cell with an attribute."""
    rows = [
        f'<tr><th scope="row">Række {one}</th><td{attribute if one == row else ""}>Ord</td></tr>'
        for one in range(9)
    ]
    table = f"<table><caption>x</caption><tbody>{''.join(rows)}</tbody></table>"
    text = sample.read_text(encoding="utf-8")
    path.write_text(text.replace("</main>", f"{table}</main>"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "attribute", "says"),
    [(3, PALE, "color-contrast"), (3, KNOWN_ID, "ids "), (8, KNOWN_ID, "ids ")],
)
def test_check_of_a_few_rows_finds_what_is_broken_in_them_and_ids_in_all(
    page: Page, sample: Path, tmp_path: Path, row: int, attribute: str, says: str
) -> None:
    path = long_table(sample, tmp_path / "long.html", row, attribute)
    with pytest.raises(AssertionError, match=says):
        check_page(page, path, 375, looks=["light"], details=[True], most_rows=4)


def test_check_of_a_few_rows_shows_axe_no_others(page: Page, sample: Path, tmp_path: Path) -> None:
    path = long_table(sample, tmp_path / "long.html", 4, PALE)
    check_page(page, path, 375, looks=["light"], details=[True], most_rows=4)


def test_check_finds_dialogs_and_requests(page: Page, tmp_path: Path) -> None:
    open_page = tmp_path / "open.html"
    open_page.write_text("<script>alert(1)</script><img src='other.png' alt=''>", encoding="utf-8")
    with watched(page) as seen:
        page.goto(open_page.as_uri())
    assert seen["dialogs"] == ["1"]
    assert seen["requests"] == [open_page.as_uri(), (tmp_path / "other.png").as_uri()]


def test_contents_are_folded_on_a_phone_and_open_at_the_side(page: Page, sample: Path) -> None:
    page.goto(sample.as_uri())
    link = page.locator("nav.contents a").first
    page.set_viewport_size({"width": 375, "height": 800})
    assert not link.is_visible()
    page.locator("nav.contents summary").click()
    assert link.is_visible()
    page.reload()
    page.set_viewport_size({"width": 1280, "height": 800})
    assert link.is_visible()
    box, body = link.bounding_box(), page.locator(".body").bounding_box()
    assert box is not None
    assert body is not None
    assert box["x"] + box["width"] < body["x"]


def test_a_mark_in_a_stacked_row_stands_beside_its_heading_with_its_words(
    page: Page, tmp_path: Path
) -> None:
    columns = [Column("Kommune"), Column("2026", "centre")]
    mark = Mark("○", "nej", "no", "method-1.html#answer-1-1-a")
    blocks = [*sample_blocks()[:1], Table("Svar", columns, [["Eksempel 1", mark]], stacked=True)]
    path = tmp_path / "stacked.html"
    path.write_text(notebook_page(notebook_of(blocks), "stacked"), encoding="utf-8")
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(path.as_uri())
    cell = page.locator(".stacked td").bounding_box()
    words = page.locator(".stacked td .mark + span").bounding_box()
    assert cell is not None
    assert words is not None
    assert cell["height"] < 30  # one line
    assert words["width"] > 15  # nej


def test_keyboard_reaches_skip_link_first_and_scrolls_the_wide_table(
    page: Page, sample: Path
) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(sample.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    region = page.locator(".scroll[tabindex]").first
    region.focus()
    page.keyboard.press("ArrowRight")
    # Scrolling is smooth; the page's own policy forbids the tab to wait for an expression.
    for _ in range(100):
        if page.evaluate("document.activeElement.scrollLeft") > 0:
            break
        page.wait_for_timeout(50)
    assert page.evaluate("document.activeElement.scrollLeft") > 0


def test_print_has_no_navigation_and_spells_out_links(page: Page, sample: Path) -> None:
    page.emulate_media(media="print")
    page.goto(sample.as_uri())
    assert not page.locator("nav").first.is_visible()
    assert not page.locator("summary").first.is_visible()
    size = page.evaluate("getComputedStyle(document.body).fontSize")
    assert float(size.removesuffix("px")) == pytest.approx(14, abs=0.01)  # 10.5 pt


def test_a_line_of_text_has_60_to_75_characters(page: Page, tmp_path: Path) -> None:
    words = "Kommunerne følger borgerens behandling op sammen med familien og andre. " * 20
    notebook = notebook_of(sample_blocks())
    notebook.cells.append(v4.new_markdown_cell(words))
    path = tmp_path / "long.html"
    path.write_text(notebook_page(notebook, "long"), encoding="utf-8")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(path.as_uri())
    lines = page.evaluate(
        """() => { const p = [...document.querySelectorAll('.prose p')].at(-1);
        return p.getBoundingClientRect().height / parseFloat(getComputedStyle(p).lineHeight); }"""
    )
    assert 60 <= len(words) / round(lines) <= 75
