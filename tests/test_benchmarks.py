"""What benchmarks count and compare; what they measure is not tested."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from benchmarks import run_time
from benchmarks.asked import ROOT, STUDY, asked, write_list
from benchmarks.floor import Floor
from benchmarks.nation.project import write_nation
from benchmarks.picture import alternative, picture
from benchmarks.publish import TEXTS, drawing, filled, studies
from benchmarks.results import Measured, Result, Size, load, newest, save
from benchmarks.rmarkdown.counts import Shown, Table, shown_on
from benchmarks.run_time import Rounds, Task, order
from benchmarks.screenshots import differing, pages
from benchmarks.summary import (
    floors_told,
    grown,
    growth_lines,
    growth_table,
    growth_told,
    line_through,
    scores_table,
    ways_table,
)
from benchmarks.watched import Taken, watched
from benchmarks.ways import Failed
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study_file import load_study

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
GROWN = {"nation-1": (1, 12.0, 10.0), "nation-3": (3, 16.0, 4.0), "nation-5": (5, 20.0, 5.0)}
"""Clusters, and the seconds of a run and of the floor in every round."""


def result(study: str = "nation", began: str = "2026-11-23T10:00:00+00:00") -> Result:
    """Three rounds of a study in two clusters, and of three others."""
    sizes = {name: Size(clusters, 4 * clusters, 2) for name, (clusters, *_) in GROWN.items()}
    rounds = [
        [Measured(study, way, Taken(seconds, 2 * seconds, 300)) for way, seconds in one.items()]
        for one in ROUNDS
    ]
    for measured in rounds:
        for name, (_, run, floor) in GROWN.items():
            measured.append(Measured(name, "misbrug", Taken(run, 30, 400)))
            measured.append(Measured(name, "floor", Taken(floor, 8, 100)))
    machine: dict[str, float | str] = {
        "system": "Linux",
        "processor": "one",
        "processors": 2,
        "memory_gb": 8,
        "load_before": 0.1,
    }
    own = {study: Size(2, 8, 2)}
    versions = {"Python": "3.11.7"}
    return Result(study, "invented", began, ["da"], own | sizes, machine, versions, rounds)


def test_charts_and_rows_of_a_page_are_counted_without_heads() -> None:
    assert shown_on(PAGE) == Shown(charts=1, tables=[Table(2, 3), Table(2, 1)])


def test_every_report_is_asked_for_in_every_language_and_the_settling_one_first() -> None:
    found = asked(ROOT, STUDY)
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


class FakeWays:
    """Ways of which one fails from its second time on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.gone: list[str] = []
        ways = {name: partial(self._go, name) for name in ("misbrug", "loop", "floor")}
        monkeypatch.setattr(run_time, "WAYS", ways)

    def _go(self, name: str, _project: Path, _study: str) -> float:
        self.gone.append(name)
        if name == "loop" and self.gone.count("loop") == 2:
            raise Failed("these pages were not made: need")
        return 0.1


def test_a_way_that_fails_is_told_and_left_out_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ways, told = FakeWays(monkeypatch), list[str]()
    found = replace(result(), rounds=[])
    tasks = [Task("nation", Path("p"), "nation", way) for way in ("misbrug", "loop", "floor")]
    rounds = Rounds(tasks, told.append)
    rounds.warm()
    rounds.measure(found, 3)
    assert ways.gone == [
        "misbrug",
        "misbrug",
        "loop",
        "floor",
        "loop",
        "floor",
        *["misbrug"] * 2,
        "floor",
    ]
    assert rounds.failed == ["nation loop"]
    assert [sorted(one.way for one in measured) for measured in found.rounds] == [
        ["floor", "misbrug"]
    ] * 3
    assert "nation loop FAILED and is left out: these pages were not made: need" in told


def test_nothing_is_measured_where_the_command_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_project: Path, _study: str) -> float:
        raise Failed("no")

    monkeypatch.setattr(run_time, "WAYS", {"misbrug": fails, "floor": fails})
    told = list[str]()
    rounds = Rounds(
        [Task("a", Path("p"), "a", "floor"), Task("b", Path("p"), "b", "misbrug")], told.append
    )
    rounds.warm()
    assert rounds.tasks == []
    assert len(rounds.failed) == 1


def test_ratios_are_those_within_rounds() -> None:
    # 6, 4 and 7 times; the ratio of the medians would be 80 / 12.
    assert result().ratio("nation", "loop", "misbrug") == 6


def test_a_row_for_every_way_has_medians_and_the_fastest_is_first() -> None:
    _, _, floor, run, loop = ways_table(result())
    assert floor == "| floor | 10.0 | 0.80 | 1.00 | 20.0 | 300 |"
    assert run == "| `misbrug run` | 12.0 | 1.00 | 1.25 | 24.0 | 300 |"
    assert loop.endswith("| 80.0 | 6.00 | 8.00 | 160.0 | 300 |")


def test_either_floor_is_compared_with() -> None:
    found = result()
    found.rounds = [[Measured("nation", "misbrug", Taken(12, 20, 300))]]
    for way, seconds in (("floor", 10), ("floor-once", 8)):
        found.rounds[0].append(Measured("nation", way, Taken(seconds, 20, 300)))
    head, _, once, _, run = ways_table(found)
    assert "| ÷ floor | ÷ floor, loading once |" in head
    assert once.startswith("| floor, loading once | 8.0 | 0.67 | 0.80 | 1.00 |")
    assert run.startswith("| `misbrug run` | 12.0 | 1.00 | 1.20 | 1.50 |")
    assert "the study is loaded once" in floors_told(found)
    assert "the study is loaded once" not in floors_told(result())


def test_without_the_floor_nothing_is_compared_with_it() -> None:
    found = result()
    found.rounds = [[one for one in measured if one.way != "floor"] for measured in found.rounds]
    assert ways_table(found)[0].count("÷") == 1
    assert growth_lines(found) == {}
    assert growth_told(found) == ""
    assert floors_told(found) == ""


def test_memory_that_the_system_does_not_tell_is_not_nothing() -> None:
    found = result()
    found.rounds[0] = [Measured("nation", "misbrug", Taken(10, 20, 0))]
    found.rounds = found.rounds[:1]
    assert ways_table(found)[-1].endswith("| not told here |")


def test_a_line_says_how_far_the_points_are_from_it() -> None:
    # Through (1, 1), (2, 4), (3, 4): slope 1.5 from 0, so that 1 stands where 1.5 should.
    line = line_through([1, 2, 3], [1, 4, 4])
    assert (line.start, line.slope) == (pytest.approx(0), pytest.approx(1.5))
    assert line.distance == pytest.approx(1 / 3)
    assert line.r_squared == pytest.approx(0.75)


def test_growth_is_told_by_size_and_as_a_line() -> None:
    rows = growth_table(result())[2:]
    assert rows[0] == "| 1 | 4 | 2 | 12.0 | 10.0 | 1.20 |"
    assert rows[2] == "| 5 | 20 | 2 | 20.0 | 5.0 | 4.00 |"
    # Through (1, 12), (3, 16), (5, 20), exactly.
    told = growth_told(result())
    assert told.startswith("From 1 to 5 clusters a run takes 10.0 s and 2.00 s for every cluster,")
    assert "R² is 1.0000, and no size lies further than 0.0% from the line." in told


def test_the_study_itself_is_no_size_of_the_growth() -> None:
    assert [size.clusters for _, size in grown(result())] == [1, 3, 5]


def test_a_study_that_is_only_settled_has_a_table_of_its_own() -> None:
    found = result()
    found.sizes["large-wide"] = Size(500, 10_000, 502)
    found.rounds[0].append(Measured("large-wide", "scores", Taken(9, 8, 1_500)))
    assert scores_table(found)[2:] == ["| `large-wide` | 500 | 10,000 | 9.0 | 1,500 |"]
    assert "large-wide" not in "".join([*growth_table(found), *ways_table(found)])


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = save(result(), tmp_path)
    assert path.name == "2026-11-23-nation.json"
    assert load(path) == result()


def test_the_newest_result_of_a_study_is_that_which_began_last(tmp_path: Path) -> None:
    for began in ("2026-11-23T10:00:00+00:00", "2027-01-02T10:00:00+00:00"):
        save(result(began=began), tmp_path)
    save(result(study="other", began="2028-01-01T10:00:00+00:00"), tmp_path)
    found = newest("nation", tmp_path)
    assert found is not None
    assert found.began.startswith("2027")
    assert newest("third", tmp_path) is None


def test_only_what_stands_between_markers_is_filled_in(tmp_path: Path) -> None:
    text = "A\n<!-- benchmark: nation -->\nold\n<!-- end of benchmark -->\nB\n"
    assert studies(text) == ["nation"]
    empty = filled(text, ROOT, tmp_path)
    assert empty == "A\n<!-- benchmark: nation -->\n<!-- end of benchmark -->\nB\n"
    save(result(), tmp_path)
    full = filled(text, ROOT / "benchmarks", tmp_path)
    assert "\n".join(ways_table(result())) in full
    assert "](../docs/images/benchmark-nation.svg)" in full
    assert full.startswith("A\n<!--")
    assert full.endswith("-->\nB\n")
    assert filled(full, ROOT / "benchmarks", tmp_path) == full


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_texts_have_the_figures_of_the_newest_results(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "<!-- benchmark: " in text
    assert filled(text, path.parent) == text
    for study in studies(text):
        if found := newest(study):
            # The picture is made of the same result, which its title names.
            assert f"{study}, {found.began[:10]}" in drawing(study).read_text("utf-8")


def test_the_picture_has_every_way_and_size_and_words_say_the_same() -> None:
    drawn, told = picture(result()), alternative(result())
    for text in (
        "floor",
        "misbrug run",
        "shell loop",
        "12.0",
        "80.0",
        "nation, 2026-11-23: answers invented",
    ):
        assert f">{text}</text>" in drawn
    assert "misbrug run 12.0; shell loop 80.0." in told
    assert "1 clusters 12.0, 3 clusters 16.0, 5 clusters 20.0." in told


HELD = """
import sys
held = bytearray(60_000_000)
print(flush=True)
sys.stdin.read()
"""
LEFT = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', sys.argv[1]])"


def test_memory_is_that_of_all_processes_started_and_of_those_they_leave_behind() -> None:
    def two() -> float:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        commands = (["-c", HELD], ["-c", LEFT, HELD])
        both = [subprocess.Popen([sys.executable, *one], **pipes) for one in commands]
        for one in both:
            assert one.stdout
            one.stdout.readline()
        time.sleep(0.2)
        for one in both:
            one.communicate()
        return 7.0

    taken = watched(two, interval=0.02)
    assert taken.seconds == 7.0
    assert taken.processor > 0
    if sys.platform == "linux":
        assert 120 < taken.memory < 240


def test_a_list_of_what_to_run_needs_no_library_to_read(tmp_path: Path) -> None:
    write_list(asked(ROOT, STUDY), tmp_path / "pages.json")
    listed = json.loads((tmp_path / "pages.json").read_text("utf-8"))["pages"]
    south = next(one for one in listed if one["name"] == "en-cluster-syd")
    assert south["parameters"] == {"study": STUDY, "cluster": "syd", "language": "en"}
    assert Path(south["notebook"]).is_file()


def test_the_floor_shares_out_only_what_can_be() -> None:
    floor = Floor(
        {"imports": 1.0, "consolidation": 0.5}, {"cells": 6.0, "pages": 1.0}, processors=2
    )
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


@pytest.mark.parametrize(("clusters", "places", "regions"), [(1, 2, 0), (2, 11, 0), (23, 100, 5)])
def test_a_country_of_any_size_is_a_study_that_can_be_loaded(
    clusters: int, places: int, regions: int, tmp_path: Path
) -> None:
    name = write_nation(tmp_path, clusters, ["da"])
    study = load_study(Project.find(tmp_path), name)
    assert len(study.organisation.units) == places
    assert sum(len(one.values) for one in study.settings.compare_by) == regions
    # Nobody lives in the country that stands there again.
    assert ("need" in [one.id for one in study.settings.reports]) is (clusters <= 22)


def test_the_report_on_need_can_be_left_out(tmp_path: Path) -> None:
    name = write_nation(tmp_path, 2, ["da"], need=False)
    study = load_study(Project.find(tmp_path), name)
    assert "need" not in [one.id for one in study.settings.reports]
    assert not (tmp_path / "data" / "raw" / "nation" / "need.yaml").exists()
