"""A Dask cluster on this machine: a scheduler and workers, none of which is left at the end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tests.projects import ROOT

NAME = "MISBRUG_TEST_WORKER"
"""The variable that tells a worker, and the kernels that it starts, which of them it is."""

_PATIENCE = 60.0


@dataclass(frozen=True)
class Processes:
    """The processes of a cluster, and the address of its scheduler."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def dask_cluster(
    folder: Path,
    workers: int,
    *options: str,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Processes]:
    """Start them side by side; ``options`` and ``settings`` (variables) are those of all."""
    file = folder / "scheduler.json"
    named = ("--scheduler-file", str(file), "--no-dashboard", *options)
    with ExitStack() as open_until_end:

        def started(program: str, *arguments: str, **variables: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", f"distributed.cli.{program}", *named, *arguments]
            return open_until_end.enter_context(
                _process(command, {**(settings or {}), **variables})
            )

        scheduler = started("dask_scheduler", "--host", "127.0.0.1", "--port", "0")
        own = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
        started_workers = [
            started("dask_worker", *own, **{NAME: str(number)}) for number in range(workers)
        ]
        yield Processes(_address(file), scheduler, started_workers)


@contextmanager
def _process(
    command: Sequence[str], variables: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | variables
    with subprocess.Popen(
        command, env=environment, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Have it end as somebody would, who stops a worker; it removes its folders then."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()


def _address(file: Path) -> str:
    """What the scheduler says of itself as soon as it listens."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if file.is_file() and (text := file.read_text("utf-8")).endswith("}"):
            return str(json.loads(text)["address"])
        time.sleep(0.05)
    raise TimeoutError(f"no scheduler wrote {file}")
