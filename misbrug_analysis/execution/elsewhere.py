"""Tasks of a run that are done on another machine, which has nothing but this package.

What a task reads travels as a bundle and becomes a project in a temporary folder; what it makes
travels back. A process keeps the project of the last bundle, and one template of warm kernels, for
as long as it lives. It does one task at a time: a report's notes and its kernel's environment are
those of the process.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from misbrug_analysis.execution.bundles import unpack
from misbrug_analysis.execution.digests import digest, environment, versions
from misbrug_analysis.execution.last_run import library
from misbrug_analysis.execution.tasks import Kernels, Outcome, Task, attempt
from misbrug_analysis.execution.temporary_folders import own_folder, remove_abandoned
from misbrug_analysis.execution.warm_start import kernel_template, set_quiet
from misbrug_analysis.model.errors import Problem

PACKAGE = "misbrug-analysis"
"""The name of this package in ``makings``."""


@dataclass(frozen=True)
class Made:
    """How a task ended, and the content of its files; all paths are those from the project."""

    outcome: Outcome
    contents: Mapping[str, bytes]


@cache
def makings() -> dict[str, str]:
    """What two machines must have in common to make the same bytes, by name.

    As it was when this process first asked: what is installed meanwhile is not what it runs.
    """
    ours = library()
    found = f"{ours['version']} ({ours['digest'][:12]})"
    return {PACKAGE: found, **versions(), **environment()}


def unfit(worker: str, threads: int, expected: Mapping[str, str]) -> Problem | None:
    """Why this process cannot do tasks of a run that has such ``makings``; None where it can.

    ``worker`` is its address, and ``threads`` are the tasks that it does at once. One that can has
    its kernels warmed meanwhile.
    """
    own = makings()
    for name, version in expected.items():
        if own.get(name) != version:
            values = {"name": name, "here": version, "there": own.get(name, "–")}
            return Problem("worker_differs", worker, values)
    if threads != 1:
        return Problem("worker_threads", worker, {"threads": threads})
    _template()
    return None


def moved(value: Any, project: str, folder: str) -> Any:
    """An argument of a task, with paths in the project as those in another folder."""
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: moved(getattr(value, field.name), project, folder)
            for field in fields(value)
            if isinstance(getattr(value, field.name), str)
        }
        return replace(value, **changed)
    if isinstance(value, str) and (value == project or Path(value).is_relative_to(project)):
        return str(Path(folder, Path(value).relative_to(project)))
    return value


def make_elsewhere(task: Task, project: str, bundle: bytes, minutes: float) -> Made:
    """Do a task of a run in ``project`` here, with what is in a bundle.

    A cell of a notebook may take so many ``minutes``.
    """
    folder = _project(digest(bundle), bundle)
    try:
        arguments = tuple(moved(one, project, str(folder)) for one in task.arguments)
        there = replace(task, arguments=arguments)
        with _temporary_in(_folder()):
            return _brought(attempt(there, Kernels(_template(), minutes)), folder)
    finally:
        shutil.rmtree(folder / "outputs", ignore_errors=True)


@contextmanager
def _temporary_in(folder: Path) -> Iterator[None]:
    """What this process makes for the time being lies in a folder, and goes with it."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def _brought(outcome: Outcome, folder: Path) -> Made:
    names = tuple(Path(name).relative_to(folder).as_posix() for name in outcome.files)
    contents = {name: (folder / name).read_bytes() for name in names}
    return Made(replace(outcome, files=names), contents)


_open = ExitStack()
"""What is open as long as this process lives."""

_projects: dict[str, Path] = {}
"""The project of the last bundle, by its digest."""


def _project(name: str, bundle: bytes) -> Path:
    """The project of a bundle, which is unpacked where it is not there yet."""
    if name not in _projects:
        for other in _projects:
            shutil.rmtree(_projects[other], ignore_errors=True)
        _projects.clear()
        folder = Path(tempfile.mkdtemp(dir=_folder()))  # as a disk that is full leaves half of one
        unpack(bundle, folder)
        _projects[name] = folder.resolve()
    return _projects[name]


@cache
def _folder() -> Path:
    remove_abandoned()
    atexit.register(_open.close)
    return _open.enter_context(own_folder())


@cache
def _template() -> str:
    """The address of the template of kernels of this process; "" where kernels are ordinary."""
    set_quiet()
    _folder()
    return _open.enter_context(kernel_template())
