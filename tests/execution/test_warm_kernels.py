"""Kernels forked from a template do what ordinary ones do, and none outlives its run."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from misbrug_analysis.execution import warm_kernels, warm_start
from misbrug_analysis.execution.kernels import ENGINE
from misbrug_analysis.execution.processed import settled
from misbrug_analysis.execution.runner import canonical
from misbrug_analysis.execution.warm_kernels import ForkedKernel, PromptClient, _arguments, answers
from misbrug_analysis.execution.warm_start import kernel_template
from tests.incremental import make_study, send
from tests.processes import ended
from tests.small import STUDY, load

pytestmark = pytest.mark.skipif(
    not warm_start.can_fork(), reason="kernels cannot be forked or watched here"
)

LINES = (
    "import os, random, sys\nimport numpy as np",
    "print(os.getcwd() == folder, os.environ['TOLD'], sys.argv[0])",
    "import matplotlib.pyplot as plt\nplt.rcParams['backend']",
    "'misbrug_analysis' in sys.modules",
)


@pytest.fixture(scope="module")
def template() -> Iterator[str]:
    with kernel_template() as address:
        yield address


def run(folder: Path, kernels: str, *lines: str, study: str = "") -> list[str]:
    """What the cells of a notebook say when it is run with a kernel of a template, or another."""
    cells = [new_code_cell("folder = study = ''", metadata={"tags": ["parameters"]})]
    notebook = new_notebook(cells=cells + [new_code_cell(line) for line in lines])
    notebook.metadata["kernelspec"] = {"name": "python3", "language": "python"}
    nbformat.write(notebook, folder / "given.ipynb")
    papermill.execute_notebook(
        str(folder / "given.ipynb"),
        str(folder / "made.ipynb"),
        parameters={"folder": str(folder), "study": study},
        engine_name=ENGINE,
        cwd=str(folder),
        progress_bar=False,
        kernels=kernels,
    )
    made = nbformat.read(folder / "made.ipynb", as_version=4)
    canonical(made)
    return [
        "".join(out.get("text", "") or out["data"]["text/plain"] for out in cell["outputs"])
        for cell in made.cells
        if cell.cell_type == "code"
    ][2:]


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLD", "by the one that asks")


def parent_of(pid: int) -> str:
    return Path(f"/proc/{pid}/status").read_text("utf-8").partition("PPid:\t")[2].split()[0]


def test_a_forked_kernel_says_what_an_ordinary_one_does(tmp_path: Path, template: str) -> None:
    forked, ordinary = run(tmp_path, template, *LINES), run(tmp_path, "", *LINES)
    assert forked[:3] == ordinary[:3]
    assert forked[1].startswith("True by the one that asks /")
    assert (forked[3], ordinary[3]) == ("True", "False")  # it was forked, and the other was not


def test_no_two_kernels_draw_the_same_numbers(tmp_path: Path, template: str) -> None:
    lines = ("import random\nimport numpy as np", "random.random(), np.random.rand()")
    assert run(tmp_path, template, *lines) != run(tmp_path, template, *lines)


LOADED = (
    "from misbrug_analysis.execution import preloaded\n[one.study.id for one in preloaded._ready]"
)


def test_a_forked_kernel_has_the_study_loaded_as_long_as_its_files_are_as_they_were(
    tmp_path: Path, template: str
) -> None:
    folder = make_study(tmp_path)
    settled(load(folder))
    assert run(tmp_path, template, LOADED, study=STUDY) == [f"['{STUDY}']"]
    assert run(tmp_path, "", LOADED, study=STUDY) == ["[]"]
    send(folder, "d", {"t.1": "ja"})
    assert run(tmp_path, template, LOADED, study=STUDY) == ["[]"]


def test_the_number_of_a_kernel_is_nobody_elses_until_it_is_let_go_of(
    tmp_path: Path, template: str
) -> None:
    request = {"arguments": ["-f", str(tmp_path / "k.json")], "cwd": str(tmp_path), "env": {}}
    kernel = warm_kernels._forked(template, request)
    kernel.kill()
    kernel.await_end(10)
    number = Path(f"/proc/{kernel.pid}")
    assert number.exists()
    kernel.close()
    warm_kernels._forked(template, request).close()  # the template has looked then
    assert not number.exists()


def test_a_kernel_ends_with_the_one_that_asked_for_it(tmp_path: Path, template: str) -> None:
    request = {"arguments": ["-f", str(tmp_path / "k.json")], "cwd": str(tmp_path), "env": {}}
    kernel = warm_kernels._forked(template, request)
    assert kernel.poll() is None
    kernel.close()
    assert ended(kernel.pid)


def test_nothing_is_left_when_the_run_is_over(tmp_path: Path) -> None:
    with kernel_template() as address:
        request = {"arguments": ["-f", str(tmp_path / "k.json")], "cwd": str(tmp_path), "env": {}}
        kernel = warm_kernels._forked(address, request)
        template = int(parent_of(kernel.pid))
        assert Path(f"/proc/{template}").exists()
    assert ended(template)
    assert ended(kernel.pid)
    assert not Path(address).parent.exists()
    kernel.close()


def test_a_template_that_still_imports_is_ended_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = warm_start._started

    def noted(listening: socket.socket) -> subprocess.Popen[bytes]:
        started.append(start(listening))
        return started[0]

    monkeypatch.setattr(warm_start, "_started", noted)
    with kernel_template():
        pass
    assert started[0].returncode == -signal.SIGTERM


def test_a_kernel_ends_with_a_template_that_is_killed(tmp_path: Path) -> None:
    with kernel_template() as address:
        request = {"arguments": ["-f", str(tmp_path / "k.json")], "cwd": str(tmp_path), "env": {}}
        kernel = warm_kernels._forked(address, request)
        os.kill(int(parent_of(kernel.pid)), signal.SIGKILL)
        assert kernel.wait() == 1
        assert not answers(address)


WORKERS = """
import os, sys, time
from pathlib import Path
from misbrug_analysis.execution.workers import workers
def work(folder):
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(60)
with workers(2) as pool:
    for _ in range(2):
        pool.submit(work, sys.argv[1])
    time.sleep(60)
"""


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_leave_when_the_process_of_their_run_is_ended(tmp_path: Path, ending: int) -> None:
    command = [sys.executable, "-c", WORKERS, str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as run:
        while len(list(tmp_path.iterdir())) < 2:
            assert run.poll() is None
            time.sleep(0.05)
        run.send_signal(ending)
        assert run.wait(30) == -ending
    assert all(ended(int(worker.name)) for worker in tmp_path.iterdir())


def test_kernels_are_ordinary_where_no_socket_can_have_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ("long-" * 20)
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with kernel_template() as address:
        assert address == ""
        assert run(tmp_path, address, *LINES)[3] == "False"


def test_an_interrupt_reaches_a_forked_kernel(tmp_path: Path, template: str) -> None:
    lines = (
        "import os, signal",
        "try: os.kill(os.getpid(), signal.SIGINT)\nexcept KeyboardInterrupt: print('told')",
    )
    assert run(tmp_path, template, *lines)[1] == "told\n"


def test_what_a_cell_has_shown_may_arrive_late(tmp_path: Path, template: str) -> None:
    lines = (
        "import sys, time\nsys.stdout.flush_timeout = sys.stderr.flush_timeout = 0.01",
        "get_ipython().kernel.iopub_thread.io_loop.add_callback(time.sleep, 5)\n'at last'",
    )
    assert run(tmp_path, template, *lines) == ["", "'at last'"]


def test_a_kernel_that_does_not_answer_in_time_is_told_as_jupyter_tells_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def says_nothing(client: PromptClient) -> bool:
        await asyncio.sleep(1)
        return False

    monkeypatch.setattr(PromptClient, "_told", says_nothing)
    # In a thread of its own: a browser that an earlier test opened has a loop running in this one.
    with (
        ThreadPoolExecutor(1) as thread,
        pytest.raises(RuntimeError, match="Kernel didn't respond"),
    ):
        thread.submit(lambda: asyncio.run(PromptClient().wait_for_ready(0.05))).result()


def test_where_the_template_is_gone_kernels_are_ordinary(tmp_path: Path) -> None:
    with kernel_template() as address:
        pass
    assert run(tmp_path, address, *LINES)[3] == "False"


def test_kernels_are_ordinary_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(warm_start.ORDINARY, "1")
    with kernel_template() as address:
        assert address == ""


def test_a_kernel_of_another_python_is_not_forked() -> None:
    own = [sys.executable, "-m", "ipykernel_launcher", "-f", "k.json"]
    assert _arguments(own) == ["-f", "k.json"]
    assert _arguments([own[0], "-Xfrozen_modules=off", *own[1:]]) == ["-f", "k.json"]
    assert _arguments(["/elsewhere/bin/python", *own[1:]]) is None
    assert _arguments([sys.executable, "-m", "another_kernel", "-f", "k.json"]) is None


def test_a_forked_kernel_is_watched_and_killed(tmp_path: Path, template: str) -> None:
    request = {"arguments": ["-f", str(tmp_path / "k.json")], "cwd": str(tmp_path), "env": {}}
    kernel = warm_kernels._forked(template, request)
    assert isinstance(kernel, ForkedKernel)
    kernel.kill()
    assert kernel.wait() == 1
    assert kernel.poll() == 1
