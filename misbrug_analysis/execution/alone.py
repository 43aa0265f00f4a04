"""One run of a study at a time, and nothing left of those that were killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from misbrug_analysis.execution.files import remove_staged
from misbrug_analysis.execution.locks import locked
from misbrug_analysis.execution.temporary_folders import remove_abandoned
from misbrug_analysis.model.project import Project


@contextmanager
def alone(project: Project, study: str, waiting: Callable[[str], None]) -> Iterator[None]:
    """Wait until nobody else runs the study, and clear what earlier runs could not.

    ``waiting`` is told the number of the process that runs it. Reading the pages and tables needs
    no such wait: each file of them is whole at any time.
    """
    with locked(project.hidden(study) / "run.lock", waiting):
        remove_abandoned()
        for folder in (project.outputs(study), project.processed(study)):
            remove_staged(folder)
        yield
