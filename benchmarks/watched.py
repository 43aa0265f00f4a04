"""What it takes to make something: seconds, processor seconds, and peak memory.

Memory is that of all processes that are started from here, looked at once in a while: the pages of
memory that several share count once in all (PSS, as Linux has it in `smaps_rollup`). Processor
seconds are those of the whole machine meanwhile, since a process whose parent does not wait for it
is in nobody's account; what the looking itself takes is left out.
"""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread

import psutil

INTERVAL = 1.0
"""Seconds from look to look: a look takes about 5 ms of a processor for each process."""


_ADOPT = 36
"""``PR_SET_CHILD_SUBREAPER`` of Linux."""


@dataclass(frozen=True)
class Taken:
    """Seconds by the clock and of all processors, and megabytes; 0 where the system has none."""

    seconds: float
    processor: float
    memory: float


def watched(make: Callable[[], float], interval: float = INTERVAL) -> Taken:
    """What ``make`` takes, which returns its seconds and does its work in other processes."""
    busy, own = _busy(), time.process_time()
    with _Looking(interval) as looking:
        seconds = make()
    processor = _busy() - busy - (time.process_time() - own)
    return Taken(seconds, max(processor, 0.0), looking.peak / 1e6)


class _Looking:
    def __init__(self, interval: float) -> None:
        self.peak = 0
        self._interval = interval
        self._others: set[psutil.Process] = set()
        self._ended = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Looking:
        _adopt(True)
        self._others = set(psutil.Process().children(recursive=True))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        _adopt(False)

    def _look(self) -> None:
        while not self._ended.wait(self._interval):
            started = set(psutil.Process().children(recursive=True)) - self._others
            self.peak = max(self.peak, sum(map(_memory, started)))


def _adopt(whether: bool) -> None:
    """Have processes that lose their parents become ours, as R leaves its sessions."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ADOPT, int(whether))


def _memory(process: psutil.Process) -> int:
    """The bytes of a process, its part of what it shares; 0 when it has ended meanwhile."""
    try:
        return int(getattr(process.memory_full_info(), "pss", 0))
    except psutil.Error:
        return 0


def _busy() -> float:
    """The seconds for which the machine's processors have worked since it was started."""
    times = psutil.cpu_times()
    # Time of a guest is in that of its user already; not every system tells all of these.
    parts = ("user", "nice", "system", "irq", "softirq")
    return sum(float(getattr(times, part, 0.0)) for part in parts)
