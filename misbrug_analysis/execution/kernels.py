"""How notebooks are run: papermill's engine with quiet kernels, and failures told in short.

papermill finds the engine by its entry point, so ``papermill --engine misbrug`` uses it too.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from types import TracebackType
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from papermill.engines import NBClientEngine
from traitlets.config import Config

from misbrug_analysis.execution.warm_kernels import QUIET, warm
from misbrug_analysis.model.errors import is_ours

ENGINE = "misbrug"


class QuietEngine(NBClientEngine):  # type: ignore[misc]
    """papermill's own engine with kernels that are quiet and reached over sockets of files.

    A TCP port can be taken between its choice and its use when many kernels start; a file in a
    folder of our own cannot. Windows has no such sockets and keeps TCP.
    """

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, kernels: str = "", **kwargs: Any
    ) -> Any:
        """Run a notebook; ``kernels`` is the address of a template to fork its kernel from."""
        # At shutdown the client interrupts an idle kernel, which logs that as an error.
        kwargs.setdefault("extra_arguments", ["--log-level=CRITICAL"])
        try:
            return cls._execute(nb_man, kernel_name, kernels, **kwargs)
        except (DeadKernelError, CellTimeoutError) as error:
            # Neither leaves a trace in the notebook by itself; as a cell's error, papermill
            # saves the copy and reports it like any other failure.
            _mark_running_cell(nb_man.nb, error)
            return None

    @classmethod
    def _execute(cls, nb_man: Any, kernel_name: str, kernels: str, **kwargs: Any) -> Any:
        if sys.platform == "win32":
            return super().execute_managed_notebook(nb_man, kernel_name, **kwargs)
        with tempfile.TemporaryDirectory(prefix="misbrug-") as runtime:
            settings = Config()
            warm(settings, kernels)
            settings.KernelManager.transport = "ipc"
            settings.ConnectionFileMixin.connection_file = os.path.join(runtime, "kernel.json")
            return super().execute_managed_notebook(nb_man, kernel_name, config=settings, **kwargs)


def _mark_running_cell(notebook: Any, error: Exception) -> None:
    """Write an error into the cell that was running when the kernel was lost."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    started = [cell for cell in code if cell.metadata.papermill.get("status") != "pending"]
    message = str(error).strip().splitlines()[0]
    output = new_output(  # type: ignore[no-untyped-call]
        "error", ename=type(error).__name__, evalue=message, traceback=[]
    )
    # papermill marks a cell completed even when the kernel dies in it: it is the last one started.
    for cell in started[-1:] or code[:1]:
        cell.outputs.append(output)


def quieten() -> None:
    """Set what kernels started from this process inherit, and silence papermill's own log.

    What goes wrong is told once, by the run's summary.
    """
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)


def tell_failures_in_short() -> None:
    """Make an uncaught failure of a notebook print our message and no traceback.

    The ``papermill`` command has no hook for how it reports a failure: it lets the exception run
    out of the process. Bad input should not end in a traceback there either, so the exception
    hook is wrapped; every other exception goes to the hook that was there.
    """
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if kind.__name__ == "PapermillExecutionError" and is_ours(getattr(error, "ename", "")):
            print(getattr(error, "evalue", error), file=sys.stderr)
        else:
            before(kind, error, trace)

    sys.excepthook = hook


tell_failures_in_short()
