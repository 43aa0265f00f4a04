"""What a run has to make, side by side and with progress shown."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, replace
from typing import Any

from misbrug_analysis.model.errors import MisbrugError, Problem
from misbrug_analysis.model.reading import unusable


@dataclass(frozen=True)
class Outcome:
    """How a task ended: the files it left, by their paths, and what went wrong.

    ``read`` names what it read of the study's results; it took ``seconds`` by the wall clock. Of
    what the patterns ``replaced`` match in the project, only its files are left.
    """

    id: str
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    read: tuple[str, ...] = ()
    seconds: float = 0.0
    replaced: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        return bool(self.problems)


@dataclass(frozen=True)
class Kernels:
    """How notebooks get their kernels, and how long those may work at a cell.

    ``template`` is the address of the process that kernels are forked from, if there is one.
    """

    template: str = ""
    minutes: float = 30.0


DEFAULT_KERNELS = Kernels()

MOST_WORKERS = 61
"""Windows lets nobody wait for more."""


@dataclass(frozen=True)
class Task:
    """One thing to make: ``make(*arguments)`` does it, in any process, and says how it ended.

    ``rests_on`` are the digests of all that it rests on but for the study's results, by name. What
    ``runs_notebook`` is also told of ``kernels``. What ``stays`` rests on things of this machine,
    and is never done on another one. Paths among the arguments are absolute.
    """

    id: str
    rests_on: Mapping[str, str]
    make: Callable[..., Outcome]
    arguments: tuple[Any, ...]
    runs_notebook: bool = False
    stays: bool = False


def side_by_side(
    tasks: Sequence[Task], jobs: int, kernels: Kernels = DEFAULT_KERNELS, *, fork: bool = True
) -> Iterator[tuple[Task, Outcome]]:
    """Begin tasks in their order, so many at a time; each with how it ended, as they end.

    Without ``fork`` workers are started anew, as where this process has threads.
    """
    return with_progress(len(tasks), _done(tasks, jobs, kernels, fork))


def with_progress(
    number: int, ending: Iterable[tuple[Task, Outcome]]
) -> Iterator[tuple[Task, Outcome]]:
    """Show how many of a number of tasks have ended, as they do."""
    if not number:
        return
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # no thread: processes are forked meanwhile
    shown = "{n_fmt} of {total_fmt} pages |{bar:30}| {elapsed}"
    with tqdm(
        total=number, file=sys.stderr, disable=None, leave=False, bar_format=shown
    ) as progress:
        for ended in ending:
            progress.update()
            yield ended


def _done(
    tasks: Iterable[Task], jobs: int, kernels: Kernels, fork: bool
) -> Iterator[tuple[Task, Outcome]]:
    """Do tasks side by side; those under way when a worker is lost are done again, one by one.

    So a task that ends its worker, by taking all memory for one, is told from those beside it.
    """
    waiting = deque(tasks)
    while waiting:
        lost = yield from _in_workers(waiting, jobs, kernels, fork)
        for task in lost:
            if (yield from _in_workers(deque([task]), 1, kernels, fork)):
                problem = Problem("worker_lost", "", {"name": task.id})
                yield task, Outcome(task.id, problems=(problem,))


def _in_workers(
    waiting: deque[Task], jobs: int, kernels: Kernels, fork: bool
) -> Generator[tuple[Task, Outcome], None, list[Task]]:
    """Do tasks as long as all workers live; returns those that were under way when one was lost.

    No more tasks are handed out than there are workers, so that all others are still ``waiting``.
    """
    from misbrug_analysis.execution.workers import workers

    jobs = min(jobs, len(waiting), MOST_WORKERS)
    under_way: dict[Future[Outcome], Task] = {}
    try:
        with workers(jobs, fork=fork) as pool:
            while waiting or under_way:
                while waiting and len(under_way) < jobs:
                    future = pool.submit(attempt, waiting[0], kernels)
                    under_way[future] = waiting.popleft()
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    outcome = future.result()
                    yield under_way.pop(future), outcome
    except BrokenExecutor:
        pass
    return list(under_way.values())


def attempt(task: Task, kernels: Kernels) -> Outcome:
    """Do a task, and take the time."""
    began = time.perf_counter()
    return replace(_ended(task, kernels), seconds=time.perf_counter() - began)


def _ended(task: Task, kernels: Kernels) -> Outcome:
    """Do a task; bad input, and a file that cannot be written, are how it ended."""
    try:
        if task.runs_notebook:
            return task.make(*task.arguments, kernels=kernels)
        return task.make(*task.arguments)
    except MisbrugError as error:
        return Outcome(task.id, problems=error.problems)
    except OSError as error:
        return not_written(task.id, error)


def not_written(id: str, error: OSError) -> Outcome:
    """How a task ended of which a file cannot be read or written."""
    found = unusable(error)
    values = {"name": id, "detail": found.values["detail"]}
    return Outcome(id, problems=(Problem("not_written", found.where, values),))
