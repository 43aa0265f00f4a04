"""What a run records when it has come to its end: how the study stands, and how long it took."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from misbrug_analysis.execution.durations import log_durations
from misbrug_analysis.execution.editions import Edition
from misbrug_analysis.execution.making import Making
from misbrug_analysis.execution.manifest import (
    Settings,
    Standing,
    sources_of,
    write_ended,
)
from misbrug_analysis.execution.plan import page_tasks, pdf_task
from misbrug_analysis.model.study import Study


class Begun:
    """How a run began: when, and what there was to read.

    Digests are taken before forms, texts and notebooks are read, so that the next run sees what
    changes during this one. Durations come from a clock that is never set back.
    """

    def __init__(self, study: Study) -> None:
        self.started = datetime.now(UTC)
        self.sources = sources_of(study)
        self._ticks = time.perf_counter()

    def seconds(self) -> float:
        """How long ago that is."""
        return time.perf_counter() - self._ticks


def record_end(
    making: Making, editions: Sequence[Edition], settings: Settings, begun: Begun
) -> None:
    """Write the manifest for the ``editions`` that there are, and log how long things took.

    Nothing is logged of a run that made nothing.
    """
    tasks = page_tasks(editions, making.study.runs(), tables=True)
    fresh = making.fresh(tasks)
    standing = Standing(
        old=[task.id for task in tasks if task.id not in fresh],
        pdf=[edition.language.code for edition in editions if _has_all_pdfs(making, edition)],
        site=[path for edition in editions for path in (edition.index, edition.statement)],
    )
    states = making.summary.states.values()
    write_ended(
        making.study,
        making.recorded,
        begun.sources,
        settings,
        standing,
        made_any=any(state != "kept" for state in states),
    )
    if making.seconds:
        log_durations(
            making.study,
            making.seconds,
            jobs=making.jobs,
            whole=begun.seconds(),
            started=begun.started,
        )


def _has_all_pdfs(making: Making, edition: Edition) -> bool:
    """Whether every page of an edition has a PDF that is up to date."""
    pages = [edition.page(run) for run in making.study.runs()]
    pages += [edition.tables_page, edition.statement, edition.index]
    names = frozenset(page.with_suffix(".pdf").name for page in pages)
    if any(edition.id(name) not in making.recorded for name in names):
        return False
    tasks = [pdf_task(edition, page, names) for page in pages]
    return making.fresh(tasks) == {task.id for task in tasks}
