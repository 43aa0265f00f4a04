"""What benchmarks count and compare; what they measure is not tested."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from benchmarks.asked import STUDY, asked
from benchmarks.floor import Floor
from benchmarks.rmarkdown.counts import Shown, Table, shown_on
from benchmarks.run_time import order, ratio, table
from benchmarks.screenshots import differing, pages

PAGE = """
<figure class="chart"><img src="data:,"><details><summary>Tal</summary>
<table><thead><tr><th>A</th><th>B</th><th>C</th><th>D</th></tr></thead>
<tbody><tr><th>1</th><td>2</td></tr><tr><th>3</th><td>4</td><td>5</td></tr></tbody></table>
</details></figure>
<figure class="quote"></figure>
<table><tbody><tr><td>6</td></tr></tbody><tbody><tr><td>7</td></tr></tbody></table>
"""

ROUNDS = [
    {"misbrug": 10.0, "floor": 8.0, "loop": 60.0},
    {"misbrug": 20.0, "floor": 10.0, "loop": 80.0},
    {"misbrug": 12.0, "floor": 10.0, "loop": 84.0},
]


def test_charts_and_rows_of_a_page_are_counted_without_heads() -> None:
    assert shown_on(PAGE) == Shown(charts=1, tables=[Table(2, 3), Table(2, 1)])


def test_every_report_is_asked_for_in_every_language_and_the_settling_one_first() -> None:
    found = asked(STUDY)
    danish = [one.id for one in found if not one.id.startswith("en/")]
    assert danish[0] == "consolidation"
    assert [one.id for one in found] == [*danish, *(f"en/{name}" for name in danish)]
    south = next(one for one in found if one.id == "en/cluster-syd")
    assert south.notebook.name == "cluster_report.ipynb"
    assert south.parameters == {"study": STUDY, "cluster": "syd", "language": "en"}
    assert south.page.parts[-3:] == ("html", "en", "cluster-syd.html")


def test_every_round_begins_with_another_way() -> None:
    assert [order("abc", number) for number in range(4)] == [
        ["a", "b", "c"],
        ["b", "c", "a"],
        ["c", "a", "b"],
        ["a", "b", "c"],
    ]


def test_ratios_are_those_within_rounds() -> None:
    # 6, 4 and 7 times; the ratio of the medians would be 80 / 12.
    assert ratio(ROUNDS, "loop", "misbrug") == 6
    lines = [line.split() for line in table(ROUNDS, ["misbrug", "floor", "loop"])]
    assert lines[1] == ["misbrug", "12.0", "1.00", "1.25"]
    assert lines[3] == ["loop", "80.0", "6.00", "8.00"]


def test_the_floor_shares_out_only_what_can_be() -> None:
    floor = Floor({"imports": 1.0, "consolidation": 0.5}, {"cells": 6.0, "pages": 1.0})
    assert floor.seconds == 5.0


@pytest.mark.parametrize(
    ("size", "dots", "expected"),
    [((3, 2), [], 0), ((3, 2), [(0, 0), (2, 1)], 2), ((3, 3), [(0, 0)], 4), ((0, 0), [], 6)],
)
def test_pixels_that_differ_are_counted_and_those_that_are_missing(
    size: tuple[int, int], dots: list[tuple[int, int]], expected: int
) -> None:
    before, after = (Image.new("RGB", one, (255, 255, 255)) for one in ((3, 2), size))
    for dot in dots:
        after.putpixel(dot, (255, 255, 254))
    assert differing(before, after) == expected


def test_a_page_of_either_folder_is_compared(tmp_path: Path) -> None:
    for name in ("a/index.html", "b/index.html", "b/en/need.html", "b/tables/x.csv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert pages(tmp_path / "a", tmp_path / "b") == ["en/need.html", "index.html"]
