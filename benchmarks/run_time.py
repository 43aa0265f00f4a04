"""A study from raw forms to all pages in several ways, in rounds, each way once in every round.

Machines drift, so the ratios within a round are what counts. The order of the ways changes from
round to round. Nothing else should run meanwhile: what is measured is the clock and the machine.
Everything is made in a folder for the time being; the checkout gets one file of results. A way that
fails is told and left out of it, the others go on, and the command ends with 1.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from benchmarks.asked import ROOT, asked
from benchmarks.nation.large import LAYOUTS, write_large
from benchmarks.nation.project import CLUSTERS, write_nation
from benchmarks.nation.project import STUDY as NATION
from benchmarks.results import (
    RESULTS,
    Measured,
    Result,
    Size,
    machine,
    now,
    save,
    versions,
)
from benchmarks.summary import COMMAND, FLOOR, FLOOR_ONCE, NAMES, summary
from benchmarks.watched import Taken, watched
from benchmarks.ways import SCORES, WAYS, lacking, scores

GROWTH = (5, 11, 22, 44)
T = TypeVar("T")
USUAL = {
    COMMAND: 1.0,
    "ordinary": 2.5,
    "loop": 10.0,
    "process": 6.0,
    "snakemake": 6.0,
    "rmarkdown": 2.0,
    FLOOR: 0.8,
    FLOOR_ONCE: 0.8,
}
"""How long ways take beside the command, with which to say beforehand how long all will take."""

USUAL_SCORES = 20.0


@dataclass(frozen=True)
class Task:
    """A study of a project that is made in a way, and what the result calls the study."""

    called: str
    project: Path
    study: str
    way: str


def order(tasks: Sequence[T], number: int) -> list[T]:
    """What to do in the order of a round: every round begins with another one."""
    first = number % len(tasks)
    return [*tasks[first:], *tasks[:first]]


def tasks_of(given: argparse.Namespace, folder: Path) -> list[Task]:
    """What a round does; the projects for it are written into a folder."""
    ways = [Task(given.study, folder / "study", given.study, way) for way in given.ways]
    if given.study != NATION:
        _copy(given.project, folder / "study")
        return ways
    write_nation(folder / "study", given.clusters, given.languages)
    for clusters in given.growth:
        name = f"{NATION}-{clusters}"
        # All without the report on need, which the larger ones cannot have.
        write_nation(folder / name, clusters, given.languages, need=False)
        ways += [Task(name, folder / name, NATION, way) for way in (COMMAND, FLOOR)]
    for layout in LAYOUTS if given.large else ():
        name = f"large-{layout}"
        ways.append(Task(name, folder / name, write_large(folder / name, layout), SCORES))
    return ways


def begun(given: argparse.Namespace, tasks: Sequence[Task]) -> Result:
    """A result without rounds: what will be measured, on what and with what."""
    from misbrug_analysis.model.project import Project
    from misbrug_analysis.model.study_file import load_study

    sizes = {}
    for task in tasks:
        study = load_study(Project.find(task.project), task.study)
        clusters, units = study.organisation.levels[0].groups, study.organisation.units
        pages = asked(task.project, task.study)
        sizes[task.called] = Size(len(clusters), len(units), len(pages))
        if task.called == given.study:
            languages, provenance = study.languages, study.settings.provenance.kind
    return Result(given.study, provenance, now(), languages, sizes, machine(), versions(given.ways))


@dataclass
class Rounds:
    """What is done in every round, what has failed, and whom to tell of it.

    ``first`` are the seconds that the command took with each project before anything is measured.
    """

    tasks: list[Task]
    say: Callable[[str], None]
    failed: list[str] = field(default_factory=list)
    first: dict[Path, float] = field(default_factory=dict)

    def warm(self) -> None:
        """Run the command once: files are read then, modules compiled, and pages to compare with.

        Nothing is measured of a project of which it fails.
        """
        for task in [one for one in self.tasks if one.way != SCORES]:
            if task.project in self.first or task not in self.tasks:
                continue
            self.say(f"before the rounds: {task.called}")
            if taken := self._tried(task, partial(WAYS[COMMAND], task.project, task.study)):
                self.first[task.project] = taken
            else:
                self.tasks = [one for one in self.tasks if one.project != task.project]

    def expected(self) -> float:
        """The seconds that a round will take, roughly."""
        return sum(
            USUAL_SCORES if one.way == SCORES else USUAL[one.way] * self.first[one.project]
            for one in self.tasks
        )

    def measure(self, result: Result, rounds: int) -> None:
        """Do everything once in every round, and say what each took and how long the rest will."""
        makers = {**WAYS, SCORES: scores}
        began = time.perf_counter()
        for number in range(rounds):
            each = (time.perf_counter() - began) / number if number else self.expected()
            self.say(f"about {each * (rounds - number) / 60:.0f} minutes to go")
            result.rounds.append([])
            tasks = order(self.tasks, number)
            for nth, task in enumerate(tasks, 1):
                make = partial(watched, partial(makers[task.way], task.project, task.study))
                if taken := self._tried(task, make):
                    result.rounds[-1].append(Measured(task.called, task.way, taken))
                    where = f"round {number + 1} of {rounds}, {nth:2} of {len(tasks)}"
                    self.say(f"{where}: {_line(task, taken)}")
        left = {(task.called, task.way) for task in self.tasks}
        result.rounds = [
            [one for one in measured if (one.study, one.way) in left] for measured in result.rounds
        ]

    def _tried(self, task: Task, make: Callable[[], T]) -> T | None:
        """What ``make`` returns; where it fails, nothing, and the task is not tried again."""
        try:
            return make()
        except Exception as error:  # whatever it is, the other ways can be measured
            self.failed.append(f"{task.called} {task.way}")
            self.say(f"{self.failed[-1]} FAILED and is left out: {error}")
            self.tasks = [one for one in self.tasks if one != task]
            return None


def _line(task: Task, taken: Taken) -> str:
    return (
        f"{task.called:12}{task.way:12}{taken.seconds:8.1f} s"
        f"{taken.processor:8.1f} s of processors{taken.memory:8.0f} MB"
    )


def _copy(project: Path, to: Path) -> None:
    """What people wrote, without what runs made of it."""
    hidden = shutil.ignore_patterns("processed", ".*")
    for name in ("data", "notebooks"):
        shutil.copytree(project / name, to / name, ignore=hidden)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--ways", nargs="+", choices=list(NAMES), metavar="WAY", help="all at first"
    )
    parser.add_argument("--study", default=NATION, help="the invented one, or one of --project")
    parser.add_argument("--project", type=Path, default=ROOT, help="is copied, not changed")
    nation = parser.add_argument_group("the invented study")
    nation.add_argument("--clusters", type=int, default=CLUSTERS)
    nation.add_argument("--languages", nargs="+", default=["da"])
    nation.add_argument("--growth", nargs="*", type=int, default=GROWTH, metavar="CLUSTERS")
    nation.add_argument(
        "--large",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="measure the study of five countries, too, from its file of answers to scores",
    )
    parser.add_argument("--to", type=Path, default=RESULTS, help="the folder for results")
    return parser.parse_args()


def _say(line: str) -> None:
    print(line, flush=True)


def _ways(wanted: Sequence[str] | None) -> list[str]:
    """The ways that were asked for, or all, without those that cannot be gone here."""
    ways = []
    for way in wanted or WAYS:
        if missing := lacking(way):
            _say(f"without {way}: there is no {', no '.join(missing)} here")
        else:
            ways.append(way)
    return ways or sys.exit("there is nothing to measure")


def main() -> None:
    given = _arguments()
    given.ways = _ways(given.ways)
    load = machine()["load_before"]
    with tempfile.TemporaryDirectory() as folder:
        _say("writing the studies")
        rounds = Rounds(tasks_of(given, Path(folder)), _say)
        result = begun(given, rounds.tasks)
        result.machine["load_before"] = load
        rounds.warm()
        rounds.measure(result, given.rounds)
    if ways := result.ways(given.study):
        if rounds.failed:
            result.versions = versions(ways)
        print("", "\n\n".join(summary(result)), "", sep="\n")
        print(save(result, given.to))
    if rounds.failed:
        sys.exit(f"failed, and not in the result: {', '.join(rounds.failed)}")


if __name__ == "__main__":
    main()
