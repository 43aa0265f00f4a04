"""Whether two folders of pages look the same, wide and on a phone, with everything folded out.

`.venv/bin/python -m benchmarks.screenshots BEFORE AFTER` prints every page that differs, with how
many pixels do, and ends with 1 where one does. Pages that are equal to the byte are not drawn.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Page, sync_playwright

from tests.browser import FLAGS, obtain

WIDTHS = (1280, 375)
SLICE = 8_000
"""Pixels from top to bottom of one picture; Chromium draws no more than 16,384."""


def pages(before: Path, after: Path) -> list[str]:
    """The pages of either folder, by their paths in it."""
    found = {path.relative_to(one) for one in (before, after) for path in one.rglob("*.html")}
    return sorted(path.as_posix() for path in found)


def differing(before: Image.Image, after: Image.Image) -> int:
    """How many pixels are not the same; those that only one picture has are not."""
    size = max(before.width, after.width), max(before.height, after.height)
    shared = min(before.width, after.width), min(before.height, after.height)
    inside = (0, 0, *shared)
    bands = ImageChops.difference(before.crop(inside), after.crop(inside)).split()
    other = bands[0]
    for band in bands[1:]:
        other = ImageChops.lighter(other, band)
    return size[0] * size[1] - other.histogram()[0]


def differing_pages(before: Path, after: Path) -> Iterator[tuple[str, str]]:
    """The pages that are not there in both folders, or look different, with what is told of it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(obtain()), args=FLAGS)
        page = browser.new_page()
        for name in pages(before, after):
            both = (before / name, after / name)
            if not all(path.is_file() for path in both):
                yield name, "is only there " + ("before" if both[0].is_file() else "after")
            elif both[0].read_bytes() != both[1].read_bytes():
                for width in WIDTHS:
                    if pixels := _pixels(page, *both, width):
                        yield name, f"differs in {pixels:,} pixels at a width of {width}"
        browser.close()


def _pixels(page: Page, before: Path, after: Path, width: int) -> int:
    slices = zip_longest(
        list(_drawn(page, before, width)), _drawn(page, after, width), fillvalue=_nothing()
    )
    return sum(differing(one, other) for one, other in slices)


def _drawn(page: Page, path: Path, width: int) -> Iterator[Image.Image]:
    """A page from top to bottom, in slices."""
    page.set_viewport_size({"width": width, "height": 1000})
    page.goto(path.resolve().as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, SLICE):
        part = {"x": 0, "y": top, "width": width, "height": min(SLICE, height - top)}
        picture = page.screenshot(full_page=True, clip=part)
        yield Image.open(io.BytesIO(picture)).convert("RGB")


def _nothing() -> Image.Image:
    return Image.new("RGB", (0, 0))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    given = parser.parse_args()
    count = len(pages(given.before, given.after))
    found = list(differing_pages(given.before, given.after))
    for name, told in found:
        print(f"{name} {told}")
    print(f"{len({name for name, _ in found})} of {count} pages differ.")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
