"""Kernels forked from a template do what ordinary ones do, and none outlives its run."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from misbrug_analysis.execution import warm_kernels
from misbrug_analysis.execution.kernels import ENGINE
from misbrug_analysis.execution.runner import canonical
from misbrug_analysis.execution.warm_kernels import ForkedKernel, _arguments, kernel_template

pytestmark = pytest.mark.skipif(
    not warm_kernels.can_fork(), reason="kernels cannot be forked or watched here"
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


def run(folder: Path, kernels: str, *lines: str) -> list[str]:
    """What the cells of a notebook say when it is run with a kernel of a template, or another."""
    cells = [new_code_cell("folder = ''", metadata={"tags": ["parameters"]})]
    notebook = new_notebook(cells=cells + [new_code_cell(line) for line in lines])
    notebook.metadata["kernelspec"] = {"name": "python3", "language": "python"}
    nbformat.write(notebook, folder / "given.ipynb")
    papermill.execute_notebook(
        str(folder / "given.ipynb"),
        str(folder / "made.ipynb"),
        parameters={"folder": str(folder)},
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


def ended(pid: int) -> bool:
    """Whether a process is gone, or is within some seconds."""
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.1)
    return False


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
        assert not ended_now(template)
    assert ended(template)
    assert ended(kernel.pid)
    assert not Path(address).parent.exists()
    kernel.close()


def ended_now(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_an_interrupt_reaches_a_forked_kernel(tmp_path: Path, template: str) -> None:
    lines = (
        "import os, signal",
        "try: os.kill(os.getpid(), signal.SIGINT)\nexcept KeyboardInterrupt: print('told')",
    )
    assert run(tmp_path, template, *lines)[1] == "told\n"


def test_where_the_template_is_gone_kernels_are_ordinary(tmp_path: Path) -> None:
    with kernel_template() as address:
        pass
    assert run(tmp_path, address, *LINES)[3] == "False"


def test_kernels_are_ordinary_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(warm_kernels.ORDINARY, "1")
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
