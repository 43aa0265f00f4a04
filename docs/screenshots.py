"""Make the pictures of README and guides: python docs/screenshots.py STUDY.

They are taken of pages that were made before: the study's, and those of the invented rounds.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import FLAGS, obtain  # noqa: E402

PICTURES = {
    "cluster": ("{study}", "cluster-syd.html", ""),
    "regional": ("{study}", "regional.html", "#standing"),
    "sensitivity": ("{study}", "sensitivity.html", "#variants"),
    "trends": ("eksempel-2026", "trends.html", "#change-2"),
}


def main(study: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(obtain()), args=FLAGS)
        page = browser.new_page(viewport={"width": 1160, "height": 760})
        for name, (of, file, anchor) in PICTURES.items():
            html = ROOT / "outputs" / of.format(study=study) / "html"
            if not (html / file).is_file():
                print(f"{name}.png stays as it is: {html / file} has not been made")
                continue
            page.goto((html / file).as_uri() + anchor)
            page.screenshot(path=ROOT / "docs" / "images" / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
