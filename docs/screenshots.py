"""Make the two pictures of the README from a study's pages: python docs/screenshots.py STUDY."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import FLAGS, obtain  # noqa: E402

PICTURES = {
    "cluster": ("cluster-syd.html", ""),
    "regional": ("regional.html", "#standing"),
}


def main(study: str) -> None:
    html = ROOT / "outputs" / study / "html"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(obtain()), args=FLAGS)
        page = browser.new_page(viewport={"width": 1160, "height": 760})
        for name, (file, anchor) in PICTURES.items():
            page.goto((html / file).as_uri() + anchor)
            page.screenshot(path=ROOT / "docs" / "images" / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
