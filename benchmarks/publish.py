"""Put the newest results into the texts that show them, and their picture beside them.

A text says where and of which study: between ``<!-- benchmark: STUDY -->`` and
``<!-- end of benchmark -->``; ``scheduler`` stands for what a run on a Dask cluster takes. Where
there is no result, nothing stands there.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from benchmarks import scheduler_summary
from benchmarks.asked import ROOT
from benchmarks.picture import alternative, picture
from benchmarks.results import RESULTS, newest
from benchmarks.summary import summary

TEXTS = (ROOT / "README.md", ROOT / "benchmarks" / "README.md", ROOT / "docs" / "scaling.md")
SCHEDULER = "scheduler"
IMAGES = ROOT / "docs" / "images"
_PLACE = re.compile(r"(<!-- benchmark: ([a-z0-9-]+) -->\n).*?(<!-- end of benchmark -->)", re.S)


def filled(text: str, folder: Path, results: Path = RESULTS) -> str:
    """A text that lies in a folder, with the newest results at their places."""

    def block(place: re.Match[str]) -> str:
        parts = _parts(place[2], folder, results)
        return place[1] + ("\n" + "\n\n".join(parts) + "\n\n" if parts else "") + place[3]

    return _PLACE.sub(block, text)


def studies(text: str) -> list[str]:
    """The studies that a text has a place for."""
    return [place[2] for place in _PLACE.finditer(text) if place[2] != SCHEDULER]


def drawing(study: str) -> Path:
    """Where the picture of a study's newest result lies."""
    return IMAGES / f"benchmark-{study}.svg"


def _parts(name: str, folder: Path, results: Path) -> list[str]:
    """The paragraphs and tables of the newest result; none where there is no result."""
    if name == SCHEDULER:
        found = scheduler_summary.newest(results / SCHEDULER)
        return scheduler_summary.summary(found) if found else []
    result = newest(name, results)
    if not result:
        return []
    source = Path(os.path.relpath(drawing(name), folder)).as_posix()
    return [*summary(result), f"![{alternative(result)}]({source})"]


def main() -> None:
    for path in TEXTS:
        text = path.read_text("utf-8")
        for study in studies(text):
            if result := newest(study):
                drawing(study).write_text(picture(result), encoding="utf-8")
        path.write_text(filled(text, path.parent), encoding="utf-8")


if __name__ == "__main__":
    main()
