"""What is taken out of an executed notebook, so that equal runs leave equal bytes."""

from __future__ import annotations

import copy

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from misbrug_analysis.execution.runner import canonical


def test_cells_are_numbered_whatever_ids_they_had() -> None:
    drawn_anew_in_every_run = new_markdown_cell("text").id
    cells = [new_code_cell("1", id="given"), new_markdown_cell("text", id=drawn_anew_in_every_run)]
    notebook = new_notebook(cells=cells)
    canonical(notebook)
    assert [cell.id for cell in notebook.cells] == ["cell-0", "cell-1"]


def test_times_and_parameters_go_and_tags_stay() -> None:
    cell = new_code_cell("1", metadata={"papermill": {"duration": 1.5}, "tags": ["parameters"]})
    notebook = new_notebook(cells=[cell], metadata={"papermill": {"duration": 2.5}})
    canonical(notebook)
    assert "papermill" not in notebook.metadata
    assert cell.metadata == {"tags": ["parameters"]}


def test_what_jupyterlab_keeps_of_cells_and_kernel_makes_no_other_copy() -> None:
    plain = new_notebook(cells=[new_code_cell("1", metadata={"tags": ["researcher"]})])
    plain.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    saved = copy.deepcopy(plain)
    saved.metadata["kernelspec"]["display_name"] = "Python 3 (ipykernel)"
    saved.cells[0].metadata |= {"collapsed": True, "jupyter": {"source_hidden": True}}
    for notebook in (plain, saved):
        canonical(notebook)
    assert saved == plain
