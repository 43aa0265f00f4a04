"""Tasks of a run on the machines of a Dask cluster.

Futures, not ``Client.get_executor()``, though the loop would then be the one of local workers: an
executor knows neither that a worker or the scheduler was lost, which Dask tells by how a future
ended, nor how to send what all tasks share but once. Here the bundle is the result of a task that
all others rest on: each worker gets it once, from whoever has it, one that comes late too; and
where the only worker that had it is lost, the scheduler makes it again.

Dask itself gives a task whose worker was lost to another one. What was on its way to several lost
workers is done again alone, as it is here (``tasks``).
"""

from __future__ import annotations

import ipaddress
import logging
import re
import time
import uuid
import warnings
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from misbrug_analysis.execution.bundles import bundle_of
from misbrug_analysis.execution.digests import digest
from misbrug_analysis.execution.elsewhere import PACKAGE, Made, make_elsewhere, makings, unfit
from misbrug_analysis.execution.files import write_whole
from misbrug_analysis.execution.tasks import Outcome, Task, not_written
from misbrug_analysis.model.errors import ParameterError, Problem, ReportError
from misbrug_analysis.model.study import Study

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 60.0
"""Seconds that a run waits for a scheduler, and for a first or another worker."""

_ADDRESS = re.compile(r"(?P<protocol>tcp|tls)://(?P<host>\[[^\]]+\]|[^:/\[\]]+):\d{1,5}")
_MOMENT = 0.02
_BETWEEN_LOOKS = 2.0
_LOGGERS = ("distributed", "distributed.client", "distributed.core", "distributed.batched")


@dataclass(frozen=True)
class Cluster:
    """A connection to a scheduler; ``patience`` are the seconds to wait for workers.

    Unless they may be sent ``unencrypted``, answers go to other machines by TLS only.
    """

    client: Client
    address: str
    patience: float
    unencrypted: bool = False

    def done(
        self, tasks: Sequence[Task], study: Study, minutes: float
    ) -> Iterator[tuple[Task, Outcome]]:
        """Do tasks of a study on the workers, each with how it ended, as they end.

        They begin in their order. What they make is written here, whole. A cell of a notebook may
        take so many ``minutes``. Raises ReportError where there is no scheduler or worker any more,
        or one that cannot do tasks.
        """
        bundle = bundle_of(study)
        with warnings.catch_warnings():  # of a large one Dask warns that it is sent in one piece
            warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
            sent = self.client.submit(_itself, bundle, key=f"misbrug-bundle-{digest(bundle)}")
        lost = yield from self._done(tasks, study, sent, minutes)
        for task in lost:
            if (yield from self._done([task], study, sent, minutes)):
                problem = Problem("worker_lost", "", {"name": task.id})
                yield task, Outcome(task.id, problems=(problem,))

    def _done(
        self, tasks: Sequence[Task], study: Study, bundle: Any, minutes: float
    ) -> Generator[tuple[Task, Outcome], None, list[Task]]:
        """Do tasks; returns those that were on their way to too many workers that were lost."""
        from distributed import KilledWorker, as_completed

        run = f"misbrug-{uuid.uuid4().hex}"
        named = {(run, number): task for number, task in enumerate(tasks)}
        futures = self.client.map(
            _done_there,
            [replace(task, rests_on={}) for task in tasks],  # which stays here
            key=list(named),
            project=str(study.project.root),
            bundle=bundle,
            minutes=minutes,
            expected=makings(),
        )
        ended = as_completed(futures, loop=self.client.loop, with_results=True, raise_errors=False)
        del futures  # what was made is let go of as it is taken
        lost = []
        watch = Watch(self)
        try:
            while not ended.is_empty():
                watch.look()
                while not ended.has_ready():
                    time.sleep(_MOMENT)
                    watch.look()
                future, found = next(ended)
                task = named[future.key]
                if isinstance(found, CancelledError):
                    raise ReportError([Problem("scheduler_lost", self.address)])
                if future.status == "error":
                    _, error, _ = found
                    if not isinstance(error, KilledWorker):
                        raise _of_worker(error, task)
                    lost.append(task)
                else:
                    if isinstance(found, Problem):
                        raise ReportError([found])
                    yield task, written(found, study)
        finally:
            if ended.futures and self.client.status == "running":
                self.client.cancel(list(ended.futures))
        return lost

    def workers(self) -> list[str]:
        """The addresses of those that are there."""
        return list(self.client.nthreads())

    def open_ones(self, workers: Iterable[str]) -> list[Problem]:
        """What is wrong with workers that answers may not be sent to."""
        return [] if self.unencrypted else [_open(one) for one in workers if is_open(one)]

    def no_workers(self) -> Problem:
        return Problem("no_workers", self.address, {"seconds": round(self.patience)})

    def check(self) -> None:
        """Wait for a worker; raises ParameterError with all that cannot be taken as they are.

        To do tasks they must have all that shapes pages in common with this process, and do one at
        a time.
        """
        from distributed.exceptions import TimeoutError as NoneInTime

        if problem := self._unfit_scheduler():
            raise ParameterError([problem])
        try:
            self.client.wait_for_workers(1, timeout=self.patience)
        except (NoneInTime, TimeoutError):
            raise ParameterError([self.no_workers()]) from None
        problems = self.open_ones(self.workers())
        if not problems:
            found = self.client.run(_unfit_worker, makings(), on_error="return")
            told = [_told(address, one) for address, one in sorted(found.items())]
            problems = [problem for problem in told if problem]
        if problems:
            raise ParameterError(problems)

    def _unfit_scheduler(self) -> Problem | None:
        """Why the scheduler cannot take tasks, which it unpacks to see what rests on what."""
        ours = makings()[PACKAGE]
        try:
            theirs = self.client.run_on_scheduler(_package)
        except Exception as error:  # whatever its environment makes of ours
            theirs = f"{type(error).__name__}: {error}"
        values = {"there": theirs, "here": ours}
        return None if theirs == ours else Problem("scheduler_differs", self.address, values)


@dataclass
class Watch:
    """Looks now and then whether somebody is there to do tasks, and who has joined."""

    cluster: Cluster
    looked: float = field(default_factory=time.monotonic)
    seen: float = field(default_factory=time.monotonic)

    def look(self) -> None:
        """Raises ReportError where nobody is there, or somebody whom answers may not be sent to."""
        cluster, now = self.cluster, time.monotonic()
        if now - self.looked <= min(_BETWEEN_LOOKS, cluster.patience):
            return
        self.looked = now
        try:
            workers = cluster.workers()
        except (OSError, ValueError):  # no scheduler, which ends the tasks by itself
            return
        if problems := cluster.open_ones(workers):
            raise ReportError(problems)
        if workers:
            self.seen = now
        elif now - self.seen > cluster.patience:
            raise ReportError([cluster.no_workers()])


@contextmanager
def connected(
    address: str, *, unencrypted: bool = False, patience: float = PATIENCE
) -> Iterator[Cluster]:
    """The cluster of a scheduler (``tcp://host:8786``, ``tls://host:8786``), with fit workers.

    TLS takes its certificates from Dask's own configuration (``distributed.comm.tls``). Raises
    ParameterError, with what to do, where there is no such cluster or answers may not be sent there
    (``Cluster.check``).
    """
    _check_address(address, unencrypted)
    try:
        from distributed import Client, Security
    except ImportError as error:
        raise ParameterError([Problem("scheduler_extra", "", {"detail": error})]) from None
    encrypted = address.startswith("tls:")
    try:
        security = Security(require_encryption=True) if encrypted else None
        if security and not (security.tls_ca_file and security.tls_client_cert):
            raise ParameterError([Problem("tls_missing", address)])
        for name in _LOGGERS:  # what goes wrong is told once, by us
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        client = Client(address, security=security, timeout=patience, set_as_default=False)
    except (OSError, TypeError, ValueError) as error:
        values = {"seconds": round(patience), "detail": error}
        raise ParameterError([Problem("scheduler_unreachable", address, values)]) from None
    try:
        cluster = Cluster(client, address, patience, unencrypted)
        cluster.check()
        yield cluster
    finally:
        client.close(timeout=2)


def is_open(address: str) -> bool:
    """Whether what is sent to an address leaves this machine, and can be read on the way."""
    found = _ADDRESS.fullmatch(address)
    if not found or found["protocol"] == "tls":
        return False
    host = found["host"].strip("[]")
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


def _check_address(address: str, unencrypted: bool) -> None:
    if not _ADDRESS.fullmatch(address):
        raise ParameterError([Problem("scheduler_address", "", {"address": address})])
    if is_open(address) and not unencrypted:
        raise ParameterError([_open(address)])


def _open(address: str) -> Problem:
    return Problem("scheduler_open", address)


def _told(worker: str, found: Problem | BaseException | None) -> Problem | None:
    """What is wrong with a worker that was asked whether it can do tasks."""
    if isinstance(found, BaseException):
        return Problem("worker_unfit", worker, {"detail": f"{type(found).__name__}: {found}"})
    return found


def _of_worker(error: BaseException, task: Task) -> BaseException:
    """An error that a task ended with: the package or the worker's disk, or a flaw of ours."""
    if isinstance(error, ImportError | AttributeError | OSError):
        detail = f"{type(error).__name__}: {error}"
        return ReportError([Problem("worker_failed", "", {"name": task.id, "detail": detail})])
    return error


def written(made: Made, study: Study) -> Outcome:
    """Write what was made elsewhere; what it takes the place of goes.

    A worker has no say in anything but the outputs of the study.
    """
    outcome, root = made.outcome, study.project.root
    below = study.project.outputs(study.id).relative_to(root)
    for name in (*made.contents, *outcome.files, *outcome.replaced):
        path = Path(name)
        if ".." in path.parts or below not in path.parents:
            values = {"name": outcome.id, "file": name}
            return Outcome(outcome.id, problems=(Problem("worker_elsewhere", "", values),))
    try:
        for name, content in made.contents.items():
            write_whole(root / name, content)
        for pattern in outcome.replaced:
            for path in root.glob(pattern):
                if path.is_file() and path.relative_to(root).as_posix() not in made.contents:
                    path.unlink(missing_ok=True)
    except OSError as error:
        return not_written(outcome.id, error)
    return replace(outcome, files=tuple(str(root / name) for name in outcome.files))


# What follows runs on workers, and the first on the scheduler.


def _package() -> str:
    return makings()[PACKAGE]


def _itself(content: bytes) -> bytes:
    return content


def _unfit_worker(expected: Mapping[str, str], dask_worker: Any) -> Problem | None:
    return unfit(dask_worker.address, dask_worker.state.nthreads, expected)


def _done_there(
    task: Task, project: str, bundle: bytes, minutes: float, expected: Mapping[str, str]
) -> Made | Problem:
    """Do a task, unless this worker came late and is not fit for it."""
    from distributed import get_worker

    return _unfit_worker(expected, get_worker()) or make_elsewhere(task, project, bundle, minutes)
