"""A cell that shows without end is ended, and says why."""

from __future__ import annotations

from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from misbrug_analysis.execution.kernels import ENGINE, quieten
from tests.processes import ended

MEGABYTE = 1_000_000


def run(folder: Path, *lines: str) -> list[NotebookNode]:
    """The cells of a notebook as far as they were run."""
    notebook = new_notebook(cells=[new_code_cell(line) for line in lines])
    python = {"name": "python3", "language": "python", "display_name": "Python"}
    notebook.metadata["kernelspec"] = python
    nbformat.write(notebook, folder / "given.ipynb")
    quieten()
    kept: list[NotebookNode] = []
    with pytest.raises(papermill.PapermillExecutionError):
        papermill.execute_notebook(
            str(folder / "given.ipynb"),
            None,
            engine_name=ENGINE,
            cwd=str(folder),
            progress_bar=False,
            request_save_on_cell_execute=False,
            execution_timeout=50,
            kept=kept,
        )
    return [cell for cell in kept[0].cells if cell.cell_type == "code"]


@pytest.mark.parametrize(
    "shows",
    [
        "while True: print('x' * 100_000)",
        "print('x' * 60_000_000); time.sleep(3600)",
        "while True: clear_output(); print('x' * 9999)",
    ],
)
def test_a_cell_that_shows_without_end_is_ended_before_it_fills_the_memory(
    tmp_path: Path, shows: str
) -> None:
    begins = "import os, time; from IPython.display import clear_output"
    tells = "open('pid', 'w').write(str(os.getpid()))"
    before, made = run(tmp_path, f"{begins}\n{tells}\nprint('x' * 9_000_000)", shows)
    assert [output.output_type for output in before.outputs] == ["stream"]
    *shown, error = made.outputs
    assert error.evalue.startswith("The cell was stopped, since it showed more than 20 MB")
    assert sum(len(output.text) for output in shown) <= 20 * MEGABYTE
    assert ended((tmp_path / "pid").read_text("ascii"))
