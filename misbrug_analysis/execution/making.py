"""A run under way: what is up to date, what was made, and what had to go."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from misbrug_analysis.execution.manifest import (
    Recorded,
    entry,
    has_failed,
    is_current,
    write_manifest,
)
from misbrug_analysis.execution.read_digests import ReadDigests
from misbrug_analysis.execution.tasks import (
    DEFAULT_KERNELS,
    Kernels,
    Outcome,
    Task,
    side_by_side,
    with_progress,
)
from misbrug_analysis.execution.why import Why
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.model.study import Study

if TYPE_CHECKING:
    from misbrug_analysis.execution.cluster import Cluster

State = Literal["made", "kept", "failed", "removed"]

_SECONDS_BETWEEN = 1.0
"""How often what was made is recorded: often enough for a run that is killed, and not all day."""

_TIMES_AS_LONG = 20
"""It waits at least so many times as long as recording took: a record grows with its study."""


@dataclass
class Summary:
    """How a run went: all that was asked for or removed with its state, and what went wrong."""

    states: dict[str, State] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return bool(self.problems)


@dataclass
class Making:
    """What there is of a study, from earlier runs and so far of this one (``recorded``).

    ``kernels`` says how notebooks get theirs; on a ``cluster`` tasks are done that need not stay
    here. ``why`` tells of each task why it is done or not;
    ``usual`` are the seconds that tasks took before, ``seconds`` those that they took now, by id.
    """

    study: Study
    recorded: Recorded
    read: ReadDigests
    jobs: int
    force: bool
    kernels: Kernels = DEFAULT_KERNELS
    cluster: Cluster | None = None
    summary: Summary = field(default_factory=Summary)
    why: Why | None = None
    usual: Mapping[str, float] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def outputs(self) -> Path:
        return self.study.project.outputs(self.study.id)

    def make(self, tasks: Sequence[Task]) -> None:
        """Do the tasks that are not up to date, side by side, and record how they end.

        What was made stays recorded when the run is interrupted, and but for the last moments when
        it is killed.
        """
        todo = self.todo(tasks)
        for task in tasks:
            self.summary.states[task.id] = "failed" if task.id in todo else "kept"
            if self.why:
                self.why.of(task, self.recorded, self.read.of)
        left = [task for task in tasks if task.id in todo]
        try:
            written, pause = time.monotonic(), _SECONDS_BETWEEN
            for task, outcome in self._ending(self._longest_first(left)):
                self._record(task, outcome)
                if (began := time.monotonic()) - written > pause:
                    write_manifest(self.study, self.recorded)
                    written = time.monotonic()
                    pause = max(_SECONDS_BETWEEN, _TIMES_AS_LONG * (written - began))
        finally:
            if todo:
                write_manifest(self.study, self.recorded)

    def _ending(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Outcome]]:
        """Do tasks, of which all stay or none; each with how it ended, as they end."""
        if self.cluster is None or any(task.stays for task in tasks):
            return side_by_side(tasks, self.jobs, self.kernels, fork=self.cluster is None)
        ending = self.cluster.done(tasks, self.study, self.kernels.minutes)
        return with_progress(len(tasks), ending)

    def _longest_first(self, tasks: list[Task]) -> list[Task]:
        """The tasks so that all end soon; those that were never done come first."""
        return sorted(tasks, key=lambda task: -self.usual.get(task.id, float("inf")))

    def forget(self, name: str) -> None:
        """Remove the files of something that was made, and its record."""
        files = self.recorded.pop(name).get("files")
        for file in files if isinstance(files, dict) else ():
            (self.outputs / file).unlink(missing_ok=True)
        self.summary.states.setdefault(name, "removed")

    def todo(self, tasks: Iterable[Task]) -> set[str]:
        """The ids of the tasks that this run has to do."""
        return {task.id for task in tasks if self.force or not self._fresh(task)}

    def fresh(self, tasks: Iterable[Task]) -> set[str]:
        """The ids of the tasks of which all that they make is there and up to date."""
        return {task.id for task in tasks if self._fresh(task)}

    def failed(self) -> set[str]:
        """The ids of what left a page that shows an error."""
        return {name for name, made in self.recorded.items() if has_failed(made)}

    def _record(self, task: Task, outcome: Outcome) -> None:
        self.summary.states[task.id] = "failed" if outcome.failed else "made"
        self.summary.problems += outcome.problems
        self.seconds[task.id] = outcome.seconds
        # A task that failed and left nothing also leaves what an earlier run made.
        if outcome.files:
            read = {name: self.read.of(name) for name in outcome.read}
            self.recorded[task.id] = entry(
                self.study, task.rests_on, read, outcome.files, failed=outcome.failed
            )

    def _fresh(self, task: Task) -> bool:
        made = self.recorded.get(task.id)
        return is_current(self.study, made, task.rests_on, self.read.of)
