"""What a run has to make, side by side and with progress shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from misbrug_analysis.model.errors import MisbrugError, Problem


@dataclass(frozen=True)
class Outcome:
    """How a task ended: the files it left, by their paths, and what went wrong."""

    id: str
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        return bool(self.problems)


@dataclass(frozen=True)
class Task:
    """One thing to make: ``make(*arguments)`` does it, in any process, and says how it ended.

    ``key`` is a digest of all that it rests on. What ``runs_notebook`` is told where kernels come
    from.
    """

    id: str
    key: str
    make: Callable[..., Outcome]
    arguments: tuple[Any, ...]
    runs_notebook: bool = False


def side_by_side(stages: Sequence[Sequence[Task]], jobs: int) -> Iterator[tuple[Task, Outcome]]:
    """Do all tasks of a stage side by side, then those of the next, as they end.

    After a stage in which a task failed, no other begins.
    """
    total = sum(map(len, stages))
    if not total:
        return
    from joblib import Parallel, delayed
    from tqdm import tqdm

    from misbrug_analysis.execution.warm_kernels import kernel_template

    notebooks = any(task.runs_notebook for stage in stages for task in stage)
    with (
        kernel_template() if notebooks else nullcontext("") as kernels,
        tqdm(total=total, unit="page", file=sys.stderr, disable=None) as progress,
        Parallel(n_jobs=jobs, return_as="generator_unordered") as parallel,
    ):
        for stage in stages:
            tasks = {task.id: task for task in stage}
            failed = False
            for outcome in parallel(delayed(_attempt)(task, kernels) for task in stage):
                progress.update()
                failed = failed or outcome.failed
                yield tasks[outcome.id], outcome
            if failed:
                return


def _attempt(task: Task, kernels: str) -> Outcome:
    """Do a task; bad input, and a file that cannot be written, are how it ended."""
    try:
        if task.runs_notebook:
            return task.make(*task.arguments, kernels=kernels)
        return task.make(*task.arguments)
    except MisbrugError as error:
        return Outcome(task.id, problems=error.problems)
    except OSError as error:
        values = {"name": task.id, "detail": error.strerror or error}
        where = str(error.filename) if error.filename else ""
        return Outcome(task.id, problems=(Problem("not_written", where, values),))
