"""Runs on a Dask cluster: the results are those of a run here, whatever happens to workers."""

from __future__ import annotations

import logging
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from misbrug_analysis.execution.cluster import Cluster, Watch, connected, is_open, written
from misbrug_analysis.execution.elsewhere import PACKAGE, Made
from misbrug_analysis.execution.tasks import Outcome, Task
from misbrug_analysis.execution.warm_start import ORDINARY
from misbrug_analysis.model.errors import MisbrugError, ParameterError
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from tests.cluster_tasks import die, linger, make
from tests.commanded import everything, misbrug
from tests.dask_cluster import NAME, dask_cluster
from tests.processes import ended
from tests.projects import ROOT, command, digests
from tests.short_runs import TEAM, short_study, write_cells
from tests.small import STUDY

dask = pytest.importorskip("dask", reason="runs on a cluster are NOT tested: no dask")
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="no process is killed so there"),
    # Its own sockets and loops, when a scheduler is gone before its clients.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

MINUTES = 1.0
NO_TEMPLATE = {ORDINARY: "1"}
"""For workers that run no notebook."""


@pytest.fixture(autouse=True)
def loggers() -> Iterator[None]:
    """The loggers of distributed as they were."""
    names = [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    levels = {name: logging.getLogger(name).level for name in names}
    yield
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return load_study(Project.find(short_study(tmp_path / "project")), STUDY)


# The cell says where its kernel runs, and goes on only when it is run a second time.
HANGS_ONCE = """
import os, time
try:
    with open({mark!r}, "x") as begun:
        print(os.environ[{name!r}], os.getpid(), file=begun, flush=True)
        time.sleep(300)
except FileExistsError:
    pass
"""


def test_a_report_whose_worker_was_killed_is_made_by_another_and_all_bytes_are_equal(
    tmp_path: Path,
) -> None:
    mark = tmp_path / "begun"
    project = short_study(tmp_path / "project")
    cells = "show(*sections.who_answered(report))", HANGS_ONCE.format(mark=str(mark), name=NAME)
    write_cells(project, "each", *cells, parameter=TEAM)
    for stale in ("tables/old.csv", "method-99.html"):
        file = project / "outputs" / STUDY / "html" / stale
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    here = Path(shutil.copytree(project, tmp_path / "here"))
    with dask_cluster(tmp_path, 2) as cluster, ThreadPoolExecutor(1) as pool:
        run = pool.submit(
            command, "misbrug", "run", STUDY, "--scheduler", cluster.address, cwd=project
        )
        worker, kernel = first_words(mark)
        cluster.workers[int(worker)].kill()
        code, output, errors = run.result()
    assert (code, errors) == (0, "")
    assert output.count("made  ") == 4
    assert ended(kernel)
    assert command("misbrug", "run", STUDY, cwd=here)[0] == 0
    for folder in ("outputs", "data"):
        assert digests(project / folder) == digests(here / folder)
    code, output, _ = command("misbrug", "run", STUDY, cwd=project)
    assert (code, output.startswith("Nothing has changed")) == (0, True)


def first_words(file: Path) -> list[str]:
    """The words of a file that another process writes, once they are there."""
    for _ in range(1200):
        if file.is_file() and (text := file.read_text("utf-8")).endswith("\n"):
            return text.split()
        time.sleep(0.05)
    raise TimeoutError(file)


def test_what_ends_its_workers_has_failed_and_no_other_has(tmp_path: Path, study: Study) -> None:
    settings = NO_TEMPLATE | {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    root = str(study.project.root)
    deadly = Task("b", {}, die, ())
    others = [Task(name, {}, make, (root, name)) for name in ("a", "c", "d")]
    with (
        dask_cluster(tmp_path, 3, settings=settings) as processes,
        connected(processes.address) as cluster,
    ):
        cluster.client.wait_for_workers(3)
        ending = cluster.done([deadly, *others], study, MINUTES)
        outcomes = {task.id: outcome for task, outcome in ending}
        codes = {name: codes_of(outcome) for name, outcome in outcomes.items()}
        assert codes == {"a": [], "b": ["worker_lost"], "c": [], "d": []}
        for task in others:
            path = study.project.outputs(STUDY) / task.id
            assert outcomes[task.id].files == (str(path),)
            assert path.read_text("utf-8") == "3"


def test_where_the_last_worker_or_the_scheduler_is_lost_that_is_told(
    tmp_path: Path, study: Study
) -> None:
    mark = tmp_path / "begun"
    tasks = [Task("long", {}, linger, (str(mark),))]
    with (
        dask_cluster(tmp_path, 1, settings=NO_TEMPLATE) as processes,
        connected(processes.address) as patient,
        ThreadPoolExecutor(1) as pool,
    ):
        waiting = pool.submit(next, replace(patient, patience=0.5).done(tasks, study, MINUTES))
        while not mark.exists():
            assert not waiting.done()
            time.sleep(0.05)
        processes.workers[0].kill()
        with pytest.raises(MisbrugError) as found:
            waiting.result()
        assert codes_of(found.value) == ["no_workers"]

        waiting = pool.submit(next, patient.done(tasks, study, MINUTES))
        time.sleep(0.5)
        processes.scheduler.kill()
        with pytest.raises(MisbrugError) as found:
            waiting.result()
        assert codes_of(found.value) == ["scheduler_lost"]


def codes_of(found: Outcome | MisbrugError) -> list[str]:
    assert all(str(problem) for problem in found.problems)
    return [problem.code for problem in found.problems]


def test_a_scheduler_must_have_the_same_package_and_workers_are_waited_for_as_long_as_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dask_cluster(tmp_path, 0) as processes:
        assert refused(processes.address, patience=0.5) == ["no_workers"]
        monkeypatch.setattr("misbrug_analysis.execution.cluster.makings", lambda: {PACKAGE: "9"})
        assert refused(processes.address) == ["scheduler_differs"]


def refused(address: str, *, patience: float = 1.0, unencrypted: bool = False) -> list[str]:
    """The codes of why there is no cluster at an address."""
    with (
        pytest.raises(ParameterError) as found,
        connected(address, unencrypted=unencrypted, patience=patience),
    ):
        pass
    return codes_of(found.value)


@pytest.mark.parametrize(
    "name",
    ["data/raw/x", f"outputs/{STUDY}/../x", "outputs/x", "../x", "/x", f"outputs/{STUDY}", ""],
)
def test_a_worker_has_no_say_in_anything_but_the_outputs(study: Study, name: str) -> None:
    fine = f"outputs/{STUDY}/html/a.html"
    old = study.project.root / fine
    old.parent.mkdir(parents=True)
    old.touch()
    for made in (
        Made(Outcome("a", (fine,)), {fine: b"new", name: b""}),
        Made(Outcome("a", (fine, name)), {fine: b"new"}),
        Made(Outcome("a", (fine,), replaced=(f"{name}*",)), {fine: b"new"}),
    ):
        before = everything(study.project.root)
        assert codes_of(written(made, study)) == ["worker_elsewhere"]
        assert everything(study.project.root) == before
    assert codes_of(written(Made(Outcome("a", (fine,)), {fine: b"new"}), study)) == []
    assert old.read_bytes() == b"new"


@pytest.mark.parametrize(("unencrypted", "expected"), [(False, ["scheduler_open"]), (True, [])])
def test_one_that_joins_later_and_is_reached_without_tls_ends_the_run(
    monkeypatch: pytest.MonkeyPatch, unencrypted: bool, expected: list[str]
) -> None:
    there = {"tcp://127.0.0.1:4711": 1}
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    client: Any = SimpleNamespace(nthreads=lambda: there)
    watch = Watch(Cluster(client, "tcp://127.0.0.1:8786", 60.0, unencrypted), 0.0, 0.0)
    for second in range(10):
        clock[0] = second
        watch.look()
    there["tcp://10.0.0.5:4711"] = 1
    found = []
    try:
        clock[0] += 3
        watch.look()
    except MisbrugError as error:
        found = codes_of(error)
    assert found == expected


def test_a_run_that_is_interrupted_leaves_nothing_half_done_and_the_scheduler_nothing_to_do(
    tmp_path: Path,
) -> None:
    mark = tmp_path / "begun"
    project = short_study(tmp_path / "project")
    write_cells(project, "each", HANGS_ONCE.format(mark=str(mark), name=NAME), parameter=TEAM)
    with dask_cluster(tmp_path, 1) as cluster:
        program = str(Path(sys.executable).with_name("misbrug"))
        arguments = [program, "run", STUDY, "--scheduler", cluster.address]
        with subprocess.Popen(
            arguments, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as run:
            first_words(mark)
            run.send_signal(signal.SIGINT)
            said = run.communicate(timeout=60)[0]
        assert (run.returncode, said.strip()) == (1, b"Aborted!")
        assert not list((project / "outputs").rglob(".*"))
        assert tasks_known(cluster.address) == 0
        cluster.workers[0].kill()  # which is still at it


def tasks_known(address: str) -> int:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        found: int = client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks))
    return found


@pytest.mark.skipif(not shutil.which("openssl"), reason="TLS is NOT tested: no openssl")
def test_with_tls_a_run_takes_only_those_whom_its_authority_knows(
    tmp_path: Path, study: Study
) -> None:
    file = certificates(tmp_path)
    (tmp_path / "other").mkdir()
    root = str(study.project.root)
    settings = NO_TEMPLATE | {"DASK_CONFIG": str(file)}
    with dask_cluster(tmp_path, 1, "--protocol", "tls", settings=settings) as processes:
        assert processes.address.startswith("tls://")
        assert refused(processes.address) == ["tls_missing"]
        assert refused(processes.address.replace("tls:", "tcp:")) == ["scheduler_unreachable"]
        with settings_of(file), connected(processes.address) as cluster:
            [(_, outcome)] = cluster.done([Task("a", {}, make, (root, "a"))], study, MINUTES)
            assert codes_of(outcome) == []
        with settings_of(certificates(tmp_path / "other")):
            assert refused(processes.address) == ["scheduler_unreachable"]


def test_an_address_of_another_kind_is_told() -> None:
    for address in ("", "localhost", "localhost:8786", "http://localhost:8786", "tcp://localhost"):
        assert refused(address) == ["scheduler_address"]


def test_where_nobody_listens_that_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert refused(f"tcp://127.0.0.1:{taken.getsockname()[1]}") == ["scheduler_unreachable"]


@pytest.mark.parametrize(
    ("address", "leaves"),
    [
        ("tcp://node1:8786", True),
        ("tcp://10.0.0.5:8786", True),
        ("tcp://[2001:db8::1]:8786", True),
        ("tls://10.0.0.5:8786", False),
        ("tcp://localhost:8786", False),
        ("tcp://127.0.0.1:8786", False),
        ("tcp://[::1]:8786", False),
    ],
)
def test_answers_leave_this_machine_by_tls_alone(address: str, leaves: bool) -> None:
    assert is_open(address) is leaves
    if leaves:
        assert refused(address) == ["scheduler_open"]


def test_without_the_extra_what_to_install_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert refused("tcp://localhost:8786") == ["scheduler_extra"]


def test_what_is_refused_ends_the_command_and_nothing_is_written(tmp_path: Path) -> None:
    project = short_study(tmp_path / "project")
    result = misbrug(project, "run", "--scheduler", "tcp://node1:8786")
    assert result.exit_code == 1
    assert "tcp://node1:8786: answers would be sent to another machine without TLS" in result.output
    assert not (project / "outputs").exists()


def certificates(folder: Path) -> Path:
    """An authority, a certificate of it, and the settings that name them, as the guide says."""
    guide = (ROOT / "docs" / "scaling.md").read_text("utf-8")
    for line in re.findall("^openssl .+$", guide, re.MULTILINE):
        subprocess.run(shlex.split(line), cwd=folder, check=True, capture_output=True)
    [settings] = re.findall("^```yaml\n(distributed:.+?)^```", guide, re.MULTILINE | re.DOTALL)
    file = folder / "dask.yaml"
    file.write_text(settings.replace("/safe/", f"{folder}/"), "utf-8")
    return file


def settings_of(file: Path) -> AbstractContextManager[object]:
    """What Dask is told in this process by a file that ``DASK_CONFIG`` names in others."""
    comm = yaml.safe_load(file.read_text("utf-8"))["distributed"]["comm"]
    tls = {"ca-file": comm["tls"]["ca-file"]}
    tls |= {f"client.{name}": path for name, path in comm["tls"]["client"].items()}
    told: AbstractContextManager[object] = dask.config.set(
        {f"distributed.comm.tls.{name}": path for name, path in tls.items()}
    )
    return told
