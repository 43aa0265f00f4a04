"""What must hold for every page, checked in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
WIDTHS = (1280, 375, 320)
PAPER = 643
"""What A4 leaves for text between its margins, 170 mm; printed pages are checked at this width."""

MOST_ROWS = 5
"""Of each table and each of its parts, for axe: the rows after them are made alike."""

RULES: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}
CONTRAST = RULES | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
SAYS_NOTHING = re.compile(r"\W*(figur|figure|image|billede|chart|graf|plot)?\W*\d*\W*", re.I)

Look = Literal["light", "dark", "print"]
LOOKS: tuple[Look, ...] = ("light", "dark", "print")

# All that the assertions need, read in one go.
READ = """() => {
  const all = (selector, read) => [...document.querySelectorAll(selector)].map(read);
  const missing = (a) => !document.getElementById(decodeURIComponent(a.hash.slice(1)));
  return {
    lang: document.documentElement.lang,
    title: document.title,
    csp: all('meta[http-equiv="Content-Security-Policy"]', (m) => m.content),
    description: all('meta[name="description"]', (m) => m.content),
    h1: all("h1", (h) => h.innerText),
    landmarks: all("main, nav, header, footer", (e) => e.localName),
    active: all("script, iframe, object, embed, link, base, form, [onerror], [onload], [onclick]",
                (e) => e.outerHTML),
    hrefs: all("a[href]", (a) => a.getAttribute("href")),
    astray: all('a[href^="#"]', (a) => a).filter(missing).map((a) => a.outerHTML),
    ids: all("[id]", (e) => e.id),
    alts: all("img", (i) => i.getAttribute("alt")),
    broken: all("img", (i) => i).filter((i) => !i.naturalWidth).map((i) => i.alt),
    captions: all("table", (t) => t.caption ? t.caption.textContent.trim() : ""),
    scopes: all("th", (h) => h.getAttribute("scope")),
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  };
}"""

# Leaves the first rows of every part of a table, and its first parts.
THIN = """(most) => {
  const drop = (found) => [...found].slice(most).forEach((e) => e.remove());
  document.querySelectorAll("table").forEach((t) => drop(t.tBodies));
  document.querySelectorAll("tbody").forEach((b) => drop(b.rows));
}"""


def check_page(
    page: Page,
    path: Path,
    width: int,
    *,
    lang: str = "da",
    looks: Sequence[Look] = LOOKS,
    details: Sequence[bool] = (False, True),
    most_rows: int | None = None,
) -> None:
    """Assert all that a page promises, at a width in pixels, with ``details`` closed and open.

    ``looks`` are the screen in light and in dark, and print; details are closed in light alone, for
    a page with open ones shows all of what it shows with closed ones. The dark differs from the
    light in its colours alone, so after the light axe is asked for their contrast only. Of a table
    with more than ``most_rows`` rows, or bodies, axe is shown the first ones: it takes seconds for
    thousands of cells that are made alike. Raises AssertionError, naming the page, the width and
    the look.
    """
    views = [view for view in product(looks, details) if view[1] or view[0] == "light"]
    assert views, "nothing to look at"
    with watched(page) as seen:
        for look, opened in views:
            across = PAPER if look == "print" else width
            where = f"{path.name} at {across} px, {look}, details {'open' if opened else 'closed'}"
            page.set_viewport_size({"width": across, "height": 900})
            scheme: Any = "dark" if look == "dark" else "light"
            page.emulate_media(media="print" if look == "print" else "screen", color_scheme=scheme)
            if (look, opened) == views[0]:
                page.goto(path.as_uri())
            if opened:
                page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            check_content(page.evaluate(READ), lang, where)
            if most_rows is not None:
                page.evaluate(THIN, most_rows)
            rules = CONTRAST if look == "dark" and "light" in looks else RULES
            violations = Axe().run(page, options=rules)
            assert not violations.violations_count, f"{where}: {violations.generate_report()}"
    assert seen["dialogs"] == [], f"{path.name}: dialogs {seen['dialogs']}"
    assert seen["requests"] == [path.as_uri()], f"{path.name}: requests {seen['requests']}"


def check_content(found: dict[str, Any], lang: str, where: str) -> None:
    """Assert what stands in the page, as READ found it."""
    assert found["lang"] == lang, where
    assert found["title"].strip(), where
    assert found["csp"] == [CSP], where
    assert len(found["description"]) == 1, where
    assert found["description"][0], where
    assert len(found["h1"]) == 1, f"{where}: h1 {found['h1']}"
    assert {"main", "footer"} <= set(found["landmarks"]), where
    assert found["active"] == [], f"{where}: {found['active']}"
    unsafe = [
        href for href in found["hrefs"] if re.match(r"\s*(javascript|data|file|vbscript)", href)
    ]
    assert unsafe == [], f"{where}: {unsafe}"
    assert found["astray"] == [], f"{where}: links to nowhere {found['astray']}"
    assert len(found["ids"]) == len(set(found["ids"])), f"{where}: ids {sorted(found['ids'])}"
    mute = [alt for alt in found["alts"] if alt is None or SAYS_NOTHING.fullmatch(alt)]
    assert mute == [], f"{where}: text alternatives that say nothing {mute}"
    assert found["broken"] == [], f"{where}: pictures that do not show {found['broken']}"
    assert all(found["captions"]), f"{where}: a table without caption"
    assert all(found["scopes"]), f"{where}: a heading of a table without scope"
    assert found["overflow"] <= 0, f"{where}: {found['overflow']} px wider than the screen"


@contextmanager
def watched(page: Page) -> Iterator[dict[str, list[str]]]:
    """What a tab asks for and which dialogs it shows meanwhile."""
    seen: dict[str, list[str]] = {"requests": [], "dialogs": []}

    def on_request(request: Any) -> None:
        if not request.url.startswith("data:"):
            seen["requests"].append(request.url)

    def on_dialog(dialog: Any) -> None:
        seen["dialogs"].append(dialog.message)
        dialog.dismiss()

    page.on("request", on_request)
    page.on("dialog", on_dialog)
    try:
        yield seen
    finally:
        page.remove_listener("request", on_request)
        page.remove_listener("dialog", on_dialog)
