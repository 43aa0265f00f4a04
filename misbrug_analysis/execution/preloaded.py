"""A study loaded before kernels are forked, so that their reports need not load it again.

The process that kernels are forked from loads what they report on (``preload``), and the first
report that a kernel opens takes it (``taken``). A second one is loaded from the files as in any
other process: it must not see what the notebook has done to the tables of the first. Whether a file
is still as it was read is told by its size, its times and its number, as git does; and as there, of
one that was changed when it was about to be read, nothing can be told.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from misbrug_analysis.execution.digests import LIBRARY
from misbrug_analysis.execution.manifest import instrument_files, read_whole
from misbrug_analysis.execution.processed import SETTLING_FLOORS, load
from misbrug_analysis.intake.sources import files_in
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.known_variants import KnownVariants

_State = dict[str, tuple[int, ...]]

_MOST_VARIED = 2_000_000
"""So many answers under other rules are worked out beforehand; more take memory and minutes."""


_TICK = 50_000_000
"""Nanoseconds: two changes of a file that are closer than a few of these can have one time."""


@dataclass(frozen=True)
class Preloaded:
    """A study, its results, their variants, and the state of the files that they come from.

    Without a ``state`` they are for the next report alone.
    """

    study: Study
    results: Results
    variants: KnownVariants = field(default_factory=KnownVariants)
    state: _State = field(default_factory=dict)


_ready: list[Preloaded] = []
"""What this process has loaded and no report has taken: one study, or none."""


def preload(project: Project, name: str) -> bool:
    """Load a study and its processed tables, unless they are loaded and no file is another since.

    Returns whether they had to be loaded. Raises as ``load_study`` and ``load``; then nothing is
    ready.
    """
    known = _known(project, name)
    if known is not None and known.state and known.state == _state(known.study):
        return False
    _ready.clear()
    began = time.time_ns()
    study = load_study(project, name)
    state = _state(study)  # before the tables are read, which say by digests that nothing is older
    if any(told and told[2] > began - _TICK for told in state.values()):
        state = {}
    found = Preloaded(study, load(study), state=state)
    _work_out(found)
    offer(found)
    return True


def offer(found: Preloaded) -> None:
    """Have the next report that is opened take what was loaded."""
    _ready[:] = [found]


def taken(project: Project, name: str) -> Preloaded | None:
    """What was loaded beforehand of a study; nothing when that was not done, or is taken."""
    known = _known(project, name)
    if known is not None:
        _ready.clear()
    return known


def _known(project: Project, name: str) -> Preloaded | None:
    found = next(iter(_ready), None)
    is_it = found is not None and (found.study.project, found.study.id) == (project, name)
    return found if is_it else None


def _work_out(found: Preloaded) -> None:
    """Work out what most reports ask for, none of which is noted as read."""
    study, results, variants = found.study, found.results, found.variants
    _ = results.score_rows
    if results.answers.empty:
        return
    sensitivity = variants.of(study, results)
    if sensitivity.codes.size > _MOST_VARIED:
        return
    _ = sensitivity.counts
    for variant in sensitivity.variants.index:
        _ = variants.under(study, results, int(variant))[1].score_rows


def _state(study: Study) -> _State:
    """What is told of the files that a study and its tables come from, code among them."""
    return {str(path): _told(path) for path in _files(study)}


def _files(study: Study) -> Iterator[Path]:
    root = study.project.root
    for folder in read_whole(study):
        yield from files_in(root / folder)[0]
    yield from (root / name for name in instrument_files(study))
    yield from files_in(study.project.processed(study.id))[0]
    for floor in SETTLING_FLOORS:
        yield from (LIBRARY / floor).rglob("*.py")


def _told(path: Path) -> tuple[int, ...]:
    """Of a file that is not there, nothing."""
    try:
        found = os.stat(path)
    except OSError:
        return ()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
