"""What was found of a run on a Dask cluster, and what follows from it for more workers."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from benchmarks.results import RESULTS
from benchmarks.summary import counted, head, row, wrapped

FOLDER = RESULTS / "scheduler"
TASKS = 10_000
WORKERS = (1, 10, 100)


@dataclass(frozen=True)
class Run:
    """What a run took: seconds by the clock, and of the processor in two of its processes."""

    tasks: int
    seconds: float
    own: float
    scheduler: float
    in_tasks: float
    """Seconds by the clock that workers were at tasks, all added up."""


@dataclass(frozen=True)
class Round:
    """On so many workers a run of few tasks, and after it a whole one."""

    workers: int
    few: Run
    whole: Run


@dataclass(frozen=True)
class Parts:
    """What a task takes of a worker, of the run's process and of the scheduler; and what once.

    Of a worker that is seconds by the clock, waiting between tasks too; of the others, of which
    there is one however many workers there are, seconds of the processor.
    """

    worker: float
    own: float
    scheduler: float
    once: float

    def seconds(self, tasks: int, workers: int) -> float:
        """By the clock, for tasks like these; the slowest of the three sets the pace."""
        return self.once + tasks * max(self.worker / workers, self.own, self.scheduler)

    def pace(self, workers: int) -> str:
        """Which of the three is the slowest."""
        each = {
            "the workers": self.worker / workers,
            "the run": self.own,
            "the scheduler": self.scheduler,
        }
        return max(each, key=lambda name: each[name])


@dataclass
class Found:
    """One benchmark: the study, what travels (megabytes), the machine, and all rounds in order."""

    began: str
    study: str
    provenance: str
    clusters: int
    units: int
    languages: list[str]
    reports: int
    bundle: float
    report: float
    largest: float
    machine: dict[str, float | str]
    versions: dict[str, str]
    rounds: list[Round] = field(default_factory=list)

    def of(self, workers: int) -> list[Round]:
        """The rounds on so many workers."""
        return [one for one in self.rounds if one.workers == workers]

    def workers(self) -> list[int]:
        """The numbers of workers that were measured, the fewest first."""
        return sorted({one.workers for one in self.rounds})


def parts(found: Round) -> Parts:
    """The parts of a round. What a run of few tasks takes beside its tasks is taken once."""
    few, whole, workers = found.few, found.whole, found.workers
    more = whole.tasks - few.tasks
    once = max(few.seconds - few.in_tasks / min(workers, few.tasks), 0.0)
    return Parts(
        worker=(whole.seconds - once) * workers / whole.tasks,
        own=max(whole.own - few.own, 0.0) / more,
        scheduler=max(whole.scheduler - few.scheduler, 0.0) / more,
        once=once,
    )


def median_parts(rounds: list[Round]) -> Parts:
    """The median of every part."""
    each = [parts(one) for one in rounds]
    names = [one.name for one in fields(Parts)]
    return Parts(*(statistics.median(getattr(one, name) for one in each) for name in names))


def summary(found: Found) -> list[str]:
    """All that there is to say, as paragraphs and tables of Markdown.

    More workers are calculated from the fewest, which get least in each other's way.
    """
    few = found.workers()[0]
    middle = median_parts(found.of(few))
    return [
        wrapped(_measured_what(found)),
        "\n".join(_measured(found, middle)),
        wrapped(f"What a task takes, and what travels, with {counted(few, 'worker')}:"),
        "\n".join(_parts(found, middle)),
        wrapped(
            f"{TASKS:,} tasks like these, calculated: what is taken once, and for every task the "
            "largest of what it takes of all workers together, of the run and of the scheduler. "
            "All machines are like this one, no network takes time, and workers have started; that "
            "a study with so many reports has more forms to read is not in it."
        ),
        "\n".join(_calculated(middle)),
    ]


def _measured_what(found: Found) -> str:
    tasks, machine = found.rounds[0].whole.tasks, found.machine
    versions = ", ".join(f"{name} {number}" for name, number in found.versions.items())
    return (
        f"Measured {found.began[:10]}: `{found.study}` (answers **{found.provenance}**; "
        f"{counted(found.units, 'place')} in {counted(found.clusters, 'cluster')}; "
        f"{', '.join(found.languages)}), {tasks} tasks, of which {found.reports} are a report each "
        "and the others the tables of a language. Scheduler, workers and run on one machine with "
        f"{machine['processors']} processors ({machine['processor']}, "
        f"{machine['memory_gb']} GB, {machine['system']}; load {machine['load_before']} before); "
        f"{versions}. Medians of {counted(len(found.of(found.workers()[0])), 'round')}."
    )


def _measured(found: Found, middle: Parts) -> list[str]:
    few = found.workers()[0]
    lines = head(["workers", "seconds", "tasks a minute", f"seconds, calculated from {few}"])
    for workers in found.workers():
        rounds = found.of(workers)
        seconds = statistics.median(one.whole.seconds for one in rounds)
        tasks = rounds[0].whole.tasks
        told = [f"{seconds:.1f}", f"{60 * tasks / seconds:.0f}"]
        lines.append(row([str(workers), *told, f"{middle.seconds(tasks, workers):.1f}"]))
    return lines


def _parts(found: Found, middle: Parts) -> list[str]:
    return [
        *head(["", ""]),
        row(["a task, of a worker", f"{middle.worker:.2f} s by the clock"]),
        row(["… of the process of the run", f"{middle.own:.3f} s of a processor"]),
        row(["… of the scheduler", f"{middle.scheduler:.3f} s of a processor"]),
        row(["once", f"{middle.once:.1f} s by the clock"]),
        row(["the bundle, to every worker", f"{found.bundle:.1f} MB"]),
        row(
            [
                "a report, page and notebook",
                f"{found.report:.2f} MB, the largest {found.largest:.2f} MB",
            ]
        ),
    ]


def _calculated(middle: Parts) -> list[str]:
    lines = head(["workers", "minutes", "tasks a minute", "what sets the pace"])
    for workers in WORKERS:
        minutes = middle.seconds(TASKS, workers) / 60
        told = [f"{minutes:.1f}", f"{TASKS / minutes:,.0f}", middle.pace(workers)]
        lines.append(row([str(workers), *told]))
    return lines


def save(found: Found, folder: Path = FOLDER) -> Path:
    """Write what was found; another of the same day is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{found.began[:10]}-{found.study}.json"
    path.write_text(json.dumps(asdict(found), indent=1) + "\n", encoding="utf-8")
    return path


def load(path: Path) -> Found:
    """What was found, as saved."""
    found = json.loads(path.read_text("utf-8"))
    rounds = [
        Round(one["workers"], Run(**one["few"]), Run(**one["whole"])) for one in found.pop("rounds")
    ]
    return Found(**found, rounds=rounds)


def newest(folder: Path = FOLDER) -> Found | None:
    """What was found last; None where nothing was."""
    found = [load(path) for path in sorted(folder.glob("*.json"))]
    return max(found, key=lambda one: one.began, default=None)
