"""The least that a study can take: what runs of it are compared with.

Everything is imported once and the answers are settled once, one after the other; the rest, which
is the cells of all notebooks, their pages and the tables, is shared out over the cores without any
loss. All of it is done here, in one process, and nothing else: no kernel, no saved notebook.

Every report loads the study again, as its notebook says. Kernels of a run are forked from a process
that has loaded it, so there is a stricter floor, where it is loaded once (``--loading-once``).
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.asked import ROOT, STUDY, processors

if TYPE_CHECKING:
    from misbrug_analysis.execution.editions import Edition
    from misbrug_analysis.execution.preloaded import Preloaded
    from misbrug_analysis.model.project import Project
    from misbrug_analysis.model.study import Run

PAGES = (
    "nbformat",
    "openpyxl",
    "misbrug_analysis.execution.notebook_page",
    "misbrug_analysis.execution.plan",
    "misbrug_analysis.presentation.workbook",
)
"""What pages and tables need beside what notebooks import."""


@dataclass
class Floor:
    """Seconds by part: of the clock for what comes first, of the processor for the rest."""

    first: dict[str, float] = field(default_factory=dict)
    rest: dict[str, float] = field(default_factory=dict)
    processors: int = field(default_factory=processors)

    @property
    def seconds(self) -> float:
        return sum(self.first.values()) + sum(self.rest.values()) / self.processors

    @contextmanager
    def one_after_the_other(self, part: str) -> Iterator[None]:
        with _added(self.first, part, time.perf_counter):
            yield

    @contextmanager
    def shared_out(self, part: str) -> Iterator[None]:
        with _added(self.rest, part, time.process_time):
            yield


@contextmanager
def _added(to: dict[str, float], part: str, clock: Callable[[], float]) -> Iterator[None]:
    start = clock()
    yield
    to[part] = to.get(part, 0.0) + clock() - start


def measured(study: str, root: Path = ROOT, *, loading_once: bool = False) -> Floor:
    """Make all pages and tables of a study in this process, which has imported nothing yet."""
    from misbrug_analysis.execution.warm_start import set_quiet

    # As kernels have it: arithmetic here is small, and charts are drawn as in a notebook.
    set_quiet()
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    floor = Floor()
    with floor.one_after_the_other("imports"):
        from misbrug_analysis.execution.kernel_template import IMPORTED

        for name in (*IMPORTED, *PAGES):
            import_module(name)
    from misbrug_analysis.execution.editions import editions_of
    from misbrug_analysis.execution.plan import TABLES, make_tables
    from misbrug_analysis.execution.preloaded import offer, taken
    from misbrug_analysis.execution.processed import save, settle
    from misbrug_analysis.model.project import Project
    from misbrug_analysis.model.study_file import load_study

    project = Project.find(root)
    os.chdir(project.root)
    with floor.one_after_the_other("consolidation"):
        loaded = load_study(project, study)
        save(loaded, settle(loaded))
    held = _held(project, study, floor) if loading_once else None
    gc.collect()
    gc.freeze()
    shell = _shell()
    for edition in editions_of(loaded, ()):
        for run in loaded.runs():
            if held is not None:
                offer(held)
            _make_page(shell, edition, run, floor)
            if taken(project, study) is not None:
                raise RuntimeError(f"{run.id} did not take the study that was loaded")
        with floor.shared_out("tables"):
            make_tables(TABLES, str(project.root), study, edition.language.code)
    return floor


def _held(project: Project, study: str, floor: Floor) -> Preloaded | None:
    """The study as kernels find it, with what most reports ask for worked out."""
    from misbrug_analysis.execution.preloaded import preload, taken

    with floor.shared_out("loading"):
        preload(project, study)
    return taken(project, study)


def _shell() -> Any:
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    quiet = Config()
    quiet.HistoryManager.enabled = False
    return InteractiveShell.instance(config=quiet)


def _make_page(shell: Any, edition: Edition, run: Run, floor: Floor) -> str:
    import nbformat

    from misbrug_analysis.execution.notebook_page import notebook_page
    from misbrug_analysis.presentation.navigation import run_head

    path = edition.study.project.notebooks / f"{run.report.notebook}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    with floor.shared_out("cells"):
        _run_cells(shell, notebook, edition.parameters(run))
    with floor.shared_out("pages"):
        return notebook_page(
            notebook, edition.id(run.id), run_head(edition.study, run, edition.language)
        )


def _run_cells(shell: Any, notebook: Any, parameters: dict[str, str]) -> None:
    """Run the code cells in a namespace of their own, and keep what they show."""
    from IPython.utils.capture import capture_output
    from nbformat.v4 import new_output

    shell.user_module, shell.user_ns = shell.prepare_user_module()
    shell.init_user_ns()
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        with capture_output() as captured:
            shell.run_cell(cell.source).raise_error()
        if "parameters" in cell.metadata.get("tags", []):
            shell.user_ns.update(parameters)
        cell.execution_count = 1
        cell.outputs = [
            new_output("display_data", data=one.data, metadata=one.metadata)
            for one in captured.outputs
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path, default=ROOT)
    parser.add_argument("--study", default=STUDY)
    parser.add_argument(
        "--loading-once", action="store_true", help="The stricter one: the study is loaded once."
    )
    parser.add_argument("--json", action="store_true", help="Print the floor alone, in seconds.")
    given = parser.parse_args()
    floor = measured(given.study, given.project, loading_once=given.loading_once)
    if given.json:
        print(json.dumps(floor.seconds))
        return
    for part, seconds in floor.first.items():
        print(f"{part:14}{seconds:7.2f} s of the clock")
    for part, seconds in floor.rest.items():
        print(f"{part:14}{seconds:7.2f} s of the processor")
    print(f"{'floor':14}{floor.seconds:7.2f} s with {floor.processors} processors")


if __name__ == "__main__":
    main()
