"""A run under way: what is up to date, what was made, and what had to go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from misbrug_analysis.execution.manifest import (
    Recorded,
    entry,
    has_failed,
    is_current,
    write_manifest,
)
from misbrug_analysis.execution.tasks import Outcome, Task, side_by_side
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.model.study import Study

State = Literal["made", "kept", "failed", "not run", "removed"]


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
    """What there is of a study, from earlier runs and so far of this one (``recorded``)."""

    study: Study
    recorded: Recorded
    jobs: int
    force: bool
    summary: Summary = field(default_factory=Summary)

    @property
    def outputs(self) -> Path:
        return self.study.project.outputs(self.study.id)

    def make(self, stages: Sequence[Sequence[Task]]) -> None:
        """Do the tasks that are not up to date, stage by stage, and record how they end.

        What was made stays recorded when the run is interrupted.
        """
        tasks = [task for stage in stages for task in stage]
        todo = self.todo(tasks)
        for task in tasks:
            self.summary.states[task.id] = "not run" if task.id in todo else "kept"
        left = [[task for task in stage if task.id in todo] for stage in stages]
        try:
            for task, outcome in side_by_side(left, self.jobs):
                self._record(task, outcome)
        finally:
            if todo:
                write_manifest(self.study, self.recorded)

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
        # A task that failed and left nothing also leaves what an earlier run made.
        if outcome.files:
            made = entry(self.study, task.key, outcome.files, failed=outcome.failed)
            self.recorded[task.id] = made

    def _fresh(self, task: Task) -> bool:
        return is_current(self.study, self.recorded.get(task.id), task.key)
