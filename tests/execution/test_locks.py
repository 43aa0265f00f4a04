"""Locks: one holder at a time, a word to whoever waits, and none that outlives its holder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from misbrug_analysis.execution.alone import alone
from misbrug_analysis.execution.locks import locked, take
from misbrug_analysis.execution.temporary_folders import own_folder, remove_abandoned
from tests.small import load, make_project

HOLDER = """
import sys, time
from pathlib import Path
from misbrug_analysis.execution.locks import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(path: Path) -> subprocess.Popen[str]:
    """Another process that holds a lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_whoever_waits_is_told_for_whom_and_goes_on_when_that_one_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "hidden" / "run.lock"
    waited_for: list[str] = []
    with holder(path) as other:

        def waiting(process: str) -> None:
            waited_for.append(process)
            other.kill()

        with locked(path, waiting):
            assert waited_for == [str(other.pid)]


def test_a_lock_that_is_free_is_taken_without_a_word(tmp_path: Path) -> None:
    told: list[str] = []
    for _ in range(2):
        with locked(tmp_path / "lock", told.append):
            pass
    assert told == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is forked here")
def test_a_lock_lasts_until_the_forked_processes_of_its_holder_are_gone(tmp_path: Path) -> None:
    code = HOLDER.replace("    print", "    import os; child = os.fork()\n    if child: print", 1)
    code = code.replace('print("held"', "print(child").replace("sleep(60)", "sleep(60)\n")
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "lock")], stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    child = int(other.stdout.readline())
    other.kill()
    other.wait()
    told: list[str] = []

    def waiting(_: str) -> None:
        told.append("waits")
        os.kill(child, signal.SIGKILL)

    with other, locked(tmp_path / "lock", waiting):
        assert told == ["waits"]


def test_a_second_run_of_a_study_waits_for_the_first(tmp_path: Path) -> None:
    study = load(make_project(tmp_path))
    order = []
    begun = threading.Event()

    def second() -> None:
        with alone(study.project, study.id, lambda _: begun.set()):
            order.append("second")

    with alone(study.project, study.id, lambda _: None):
        thread = threading.Thread(target=second)
        thread.start()
        assert begun.wait(30)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


@pytest.mark.parametrize("noted", [True, False], ids=["reaped", "not yet reaped"])
def test_a_run_removes_what_killed_ones_had_begun(tmp_path: Path, noted: bool) -> None:
    study = load(make_project(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    if noted:
        gone.wait()
    elif sys.platform.startswith("linux"):
        os.waitid(os.P_PID, gone.pid, os.WEXITED | os.WNOWAIT)
    else:
        pytest.skip("only /proc tells")
    left = [
        study.project.outputs(study.id) / "html" / f".{gone.pid}-index.html",
        study.project.processed(study.id) / f".{gone.pid}-answers.csv",
    ]
    for path in left:
        path.parent.mkdir(parents=True)
        path.touch()
    with alone(study.project, study.id, lambda _: None):
        assert not any(path.exists() for path in left)
    gone.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="whose a folder is cannot be told there")
def test_the_folder_of_a_killed_process_is_removed_and_that_of_a_running_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    others = tmp_path / "misbrug-of-another-program"
    others.mkdir()
    with own_folder() as own:
        kept = tmp_path / f"{own.name[:-8]}killed"
        (kept / "some").mkdir(parents=True)
        (kept / "some" / "file").touch()
        remove_abandoned()
        assert own.is_dir()
        assert not kept.exists()
        assert others.is_dir()
    assert list(tmp_path.iterdir()) == [others]


@pytest.mark.skipif(sys.platform == "win32", reason="whose a folder is cannot be told there")
@pytest.mark.parametrize("gone", [True, False], ids=["removed", "being removed"])
def test_a_new_folder_that_another_run_takes_for_abandoned_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: bool
) -> None:
    first = tmp_path / "first"
    names = iter([first, tmp_path / "second"])
    with ExitStack() as held:

        def made(prefix: str) -> str:
            folder = next(names)
            folder.mkdir()
            if folder == first and gone:
                folder.rmdir()
            elif folder == first:
                lock = os.open(folder, os.O_RDONLY)
                held.callback(os.close, lock)
                assert take(lock)
            return str(folder)

        monkeypatch.setattr("tempfile.mkdtemp", made)
        with own_folder() as own:
            assert own == tmp_path / "second"


def test_where_the_file_system_knows_no_locks_everybody_gets_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with (tmp_path / "lock").open("w") as file:
        assert take(file.fileno())
