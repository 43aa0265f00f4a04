"""The study of five countries from its file of answers to scores, and what one report then reads.

`.venv/bin/python -m benchmarks.large` writes the study, wide and long, and prints for each layout
seconds, processor seconds and peak memory of a process that reads, settles and saves it, and of one
that opens a cluster's report as its notebook does. It ends with 1 where a layout that has targets
takes more than they allow. `--layout long` measures one layout alone.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import chdir
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from benchmarks.nation.large import LAYOUTS, STUDY, Layout, write_large

SECONDS, MEGABYTES = 20.0, 2_000.0
"""Targets, from the file of answers to the tables on disk."""

REPORT, CLUSTER = "cluster_report", "k001"

HEAD: Final = f"{'layout':7} {'what':18} {'seconds':>8} {'CPU':>6} {'MB':>6}"


@dataclass(frozen=True)
class Taken:
    """What a stage took; ``megabytes`` are the most that its process held until its end."""

    stage: str
    seconds: float
    processor: float
    megabytes: float

    def line(self, layout: Layout) -> str:
        numbers = f"{self.seconds:8.1f} {self.processor:6.1f} {self.megabytes:6.0f}"
        return f"{layout:7} {self.stage:18} {numbers}"


class Watch:
    """Takes down what each stage of this process takes."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self._begin = time.perf_counter(), time.process_time()

    def lap(self, stage: str) -> None:
        """End a stage and begin the next one."""
        wall, processor = time.perf_counter(), time.process_time()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.taken.append(Taken(stage, wall - self._begin[0], processor - self._begin[1], memory))
        self._begin = wall, processor


def to_scores(project: str) -> list[Taken]:
    """Read, settle and save the study: the stages of a process of its own."""
    watch = Watch()
    from misbrug_analysis.execution.processed import inputs, save, settle
    from misbrug_analysis.model.project import Project
    from misbrug_analysis.model.study_file import load_study

    watch.lap("imports")
    study = load_study(Project.find(Path(project)), STUDY)
    made_from = inputs(study)
    watch.lap("load_study")
    results = settle(study)
    watch.lap("settle")
    save(study, results, made_from)
    watch.lap("save")
    return watch.taken


def to_report(project: str) -> list[Taken]:
    """Open the report of a cluster of the settled study: the stages of a process of its own."""
    watch = Watch()
    from misbrug_analysis.execution.session import open_report

    watch.lap("imports (report)")
    with chdir(project):
        open_report(REPORT, {"study": STUDY, "cluster": CLUSTER, "language": "da"})
    watch.lap("open_report")
    return watch.taken


def in_a_process(measure: Callable[[str], list[Taken]], project: Path) -> list[Taken]:
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, [str(project)])


def total(stages: Sequence[Taken]) -> Taken:
    """All stages of a process as one."""
    seconds = sum(one.seconds for one in stages)
    processor = sum(one.processor for one in stages)
    return Taken("intake to scores", seconds, processor, max(one.megabytes for one in stages))


def is_over(taken: Taken) -> bool:
    """Whether it took more time or more memory than the targets allow."""
    return taken.seconds > SECONDS or taken.megabytes > MEGABYTES


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layout", choices=LAYOUTS, action="append")
    given = parser.parse_args()
    over = False
    print(HEAD)
    for layout in given.layout or LAYOUTS:
        with tempfile.TemporaryDirectory() as folder:
            write_large(Path(folder), layout)
            stages = in_a_process(to_scores, Path(folder))
            whole = total(stages)
            reports = in_a_process(to_report, Path(folder))
        for taken in (*stages, whole, *reports):
            print(taken.line(layout), flush=True)
        over |= is_over(whole)
    allowed = f"{SECONDS:.0f} s and {MEGABYTES:.0f} MB"
    print(f"{'More than' if over else 'Within'} the targets of {allowed}.")
    sys.exit(over)


if __name__ == "__main__":
    main()
