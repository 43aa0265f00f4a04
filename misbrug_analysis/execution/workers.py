"""The processes that do the tasks of a run, each one task at a time."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing.connection import wait

from misbrug_analysis.execution.quick_jsonschema import import_jsonschema
from misbrug_analysis.execution.temporary_folders import own_folder
from misbrug_analysis.execution.warm_start import can_fork

_NEEDED = (
    "papermill",
    "IPython.paths",  # where jupyter_client looks for kernels
    "ipykernel.kernelspec",
    "misbrug_analysis.execution.kernels",
    "misbrug_analysis.execution.notebook_page",
    "misbrug_analysis.execution.data_files",
    "misbrug_analysis.presentation.workbook",
)
"""What tasks import: once, before the processes are forked."""


def usual_jobs() -> int:
    """One more than the processors, since a report waits for its kernel now and then."""
    own = getattr(os, "sched_getaffinity", None)
    return (len(own(0)) if own else os.cpu_count() or 1) + 1


@contextmanager
def workers(jobs: int, *, fork: bool = True) -> Iterator[Executor]:
    """Processes for some tasks side by side; none of them outlives this one.

    They are forked where that can be, and where this process is fit for a ``fork``.
    """
    fork = fork and can_fork()
    if fork:
        _prepare()
    context = multiprocessing.get_context("fork" if fork else "spawn")
    others = set(multiprocessing.active_children())
    with (
        own_folder() as folder,
        ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(str(folder),)) as pool,
    ):
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in set(multiprocessing.active_children()) - others:
                worker.terminate()
            raise


def _prepare() -> None:
    """Do once, before processes are forked, what each of them would have to do."""
    import_jsonschema()
    for name in _NEEDED:
        import_module(name)
    from misbrug_analysis.execution.rehearsal import rehearse_notebooks, rehearse_pages

    rehearse_notebooks()
    rehearse_pages()
    gc.collect()
    gc.freeze()  # what is there stays, and no worker need look through it again


def _begin(folder: str) -> None:
    """An interrupt ends a worker without a word, and so does the end of the run's process.

    Its temporary files lie in the folder of the run, which goes with it.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    tempfile.tempdir = folder
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
