"""Notebooks run without a kernel, so that a test can run a study many times."""

from __future__ import annotations

import ast
import os
from contextlib import chdir
from pathlib import Path

from misbrug_analysis.execution.noting import noting
from misbrug_analysis.execution.runner import Job
from misbrug_analysis.execution.tasks import DEFAULT_KERNELS, Kernels, Outcome
from misbrug_analysis.model.notebooks import notebook_cells
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Page
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.page import render_page


def run_in_process(job: Job, kernels: Kernels = DEFAULT_KERNELS) -> Outcome:
    """In place of ``runner.run_job``: the page is the same, what stands as the notebook is not."""
    assert kernels
    with noting() as read, chdir(job.project):
        head, *blocks = _shown(Path(job.notebook), job.parameters)
    assert isinstance(head, Page)
    page = render_page(head, blocks, Language.load(head.lang))
    for path, text in ((job.executed, repr(blocks)), (job.page, page)):
        os.makedirs(Path(path).parent, exist_ok=True)
        Path(path).write_text(text, "utf-8")
    return Outcome(job.id, (job.executed, job.page), read=tuple(read))


def _shown(notebook: Path, parameters: dict[str, str]) -> list[Block]:
    """The blocks that the cells of a notebook show."""
    shown: list[Block] = []
    names: dict[str, object] = {}
    for cell in notebook_cells(notebook, notebook.name):
        if cell.kind != "code":
            continue
        for statement in ast.parse(cell.source).body:
            exec(compile(ast.Module([statement], []), notebook.name, "exec"), names)
            names["show"] = lambda *blocks: shown.extend(blocks)
        if "parameters" in cell.tags:
            del names["show"]
            names |= parameters
    return shown
