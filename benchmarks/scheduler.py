"""What a run on a Dask cluster takes, part by part: a scheduler and workers on this machine.

The study is the invented one of a whole country. With every number of workers it is run for one
report in each language, and then whole; the difference is what a report takes of the run's process
and of the scheduler, of which there is one however many workers there are. What many reports take
on more workers than this machine has is calculated from these parts (`scheduler_summary`), and is
as good as they are: no network, no other kinds of machines.

Writes `benchmarks/results/scheduler/<date>-<study>.json`; `.venv/bin/python -m benchmarks.publish`
puts the newest into `docs/scaling.md`.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks.nation.project import CLUSTERS, write_nation
from benchmarks.results import machine, now, versions
from benchmarks.run_time import order
from benchmarks.scheduler_summary import FOLDER, Found, Round, Run, save, summary
from benchmarks.ways import call
from misbrug_analysis.execution.bundles import bundle_of
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study_file import load_study
from tests.dask_cluster import Processes, dask_cluster

FEW = "consolidation"
"""The report that is run alone, once in every language."""


def run(project: Path, study: str, processes: Processes, *options: str) -> Run:
    """A forced run of a study on a cluster; raises Failed where it fails."""
    scheduler = psutil.Process(processes.scheduler.pid)
    command = ["misbrug", "run", study, "--force", *options, "--scheduler", processes.address]
    began, before, spent = time.perf_counter(), _processor(scheduler), _of_children()
    call(project, *command)
    seconds = time.perf_counter() - began
    own, of_scheduler = _of_children() - spent, _processor(scheduler) - before
    lasted = list(_lasted(project / ".misbrug" / study / "durations.csv"))
    return Run(len(lasted), seconds, own, of_scheduler, sum(lasted))


def _of_children() -> float:
    """Seconds of the processor of all processes that have ended here."""
    times = os.times()
    return times.children_user + times.children_system


def _processor(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _lasted(log: Path) -> Iterator[float]:
    """The seconds of all that the last run made."""
    with log.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ends = [number for number, row in enumerate(rows) if row["name"] == "(run)"]
    start = ends[-2] + 1 if len(ends) > 1 else 0
    return (float(row["seconds"]) for row in rows[start : ends[-1]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clusters", type=int, default=CLUSTERS)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--to", type=Path, default=FOLDER, help="the folder for results")
    given = parser.parse_args()
    began, own = now(), machine()
    with tempfile.TemporaryDirectory(prefix="scheduler-") as name:
        project = Path(name) / "project"
        study = write_nation(project, given.clusters)
        rounds = []
        for number in range(given.rounds):
            for workers in order(given.workers, number):
                folder = Path(name) / f"{workers}-{number}"
                folder.mkdir()
                rounds.append(_round(project, study, folder, workers))
                print(
                    f"round {number + 1} of {given.rounds}, {workers} workers: "
                    f"{rounds[-1].whole.tasks} tasks in {rounds[-1].whole.seconds:.1f} s",
                    flush=True,
                )
        loaded = load_study(Project.find(project), study)
        sizes = sorted(_reports(project / "outputs" / study))
        found = Found(
            began=began,
            study=study,
            provenance=loaded.settings.provenance.kind,
            clusters=len(loaded.organisation.levels[0].groups),
            units=len(loaded.organisation.units),
            languages=loaded.languages,
            reports=len(sizes),
            bundle=len(bundle_of(loaded)) / 1e6,
            report=statistics.median(sizes),
            largest=sizes[-1],
            machine=own,
            versions=versions(()) | {"distributed": version("distributed")},
            rounds=rounds,
        )
    print("", "\n\n".join(summary(found)), "", sep="\n")
    print(save(found, given.to))


def _round(project: Path, study: str, folder: Path, workers: int) -> Round:
    """A run of few tasks and a whole one, after one that starts what scheduler and workers keep."""
    with dask_cluster(folder, workers) as processes:
        _wait_for(processes, workers)
        run(project, study, processes, "--only", FEW)
        few = run(project, study, processes, "--only", FEW)
        return Round(workers, few, run(project, study, processes))


def _wait_for(processes: Processes, workers: int) -> None:
    from distributed import Client

    with Client(processes.address, set_as_default=False) as client:
        client.wait_for_workers(workers)


def _reports(outputs: Path) -> Iterator[float]:
    """The megabytes of every report, its page and its notebook."""
    made = json.loads((outputs / "manifest.json").read_text("utf-8"))["made"]
    for id, one in made.items():
        if not id.endswith("tables"):
            yield sum((outputs / name).stat().st_size for name in one["files"]) / 1e6


if __name__ == "__main__":
    main()
