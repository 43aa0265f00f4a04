"""How notebooks are run: papermill's engine with quiet kernels, and failures told in short.

papermill finds the engine by its entry point, so ``papermill --engine misbrug`` uses it too.
"""

from __future__ import annotations

import copy
import logging
import os
import sys
from collections import Counter
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from nbclient.exceptions import CellExecutionComplete, CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args
from traitlets.config import Config

from misbrug_analysis.execution.temporary_folders import own_folder
from misbrug_analysis.execution.warm_kernels import answers, warm
from misbrug_analysis.execution.warm_start import set_quiet
from misbrug_analysis.model.errors import Problem, ReportError, is_ours

ENGINE = "misbrug"

_PATIENCE = 60
"""Seconds that what a cell has shown may take to arrive after it ended: nbclient's four are too few
for a machine that has much to do, and for megabytes."""

_MOST_OF_AN_ADDRESS = 100
"""Characters that the path of a socket may have (104 on macOS, 108 on Linux)."""


_MOST_SHOWN = 20_000_000
"""Characters that a cell may show; the largest pages have a million in all."""

_PER_MESSAGE = 500
"""Characters that each thing shown counts for besides its own: many small ones take memory, too."""


class TooMuchShownError(RuntimeError):
    """A cell has shown more than any page can hold; its kernel is ended."""


class ModestClient(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's own client, which ends a cell before what it shows fills the memory."""

    def execute(self, **kwargs: Any) -> Any:
        """Run the notebook; raises TooMuchShownError, and what papermill's does."""
        self._shown: Counter[int] = Counter()
        try:
            return super().execute(**kwargs)
        except DeadKernelError:
            if max(self._shown.values(), default=0) > _MOST_SHOWN:
                raise TooMuchShownError from None
            raise

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        """Take what the kernel tells, until a cell has shown too much."""
        self._shown[cell_index] += len(str(msg["content"])) + _PER_MESSAGE
        if self._shown[cell_index] > _MOST_SHOWN:
            # As where a kernel has died: nobody waits for an answer of the cell any more.
            self.task_poll_for_reply.cancel()
            raise CellExecutionComplete
        return super().process_message(msg, cell, cell_index)


class QuietEngine(NBClientEngine):  # type: ignore[misc]
    """papermill's own engine with kernels that are quiet and reached over sockets of files.

    A TCP port can be taken between its choice and its use when many kernels start; a file in a
    folder of our own cannot. Windows has no such sockets and keeps TCP.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        kernels: str = "",
        kept: list[Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Run a notebook; ``kernels`` is the address of a template to fork its kernel from.

        The notebook is put into ``kept``, where a caller has it also when a cell fails.
        """
        if kept is not None:
            kept.append(nb_man.nb)
        # At shutdown the client interrupts an idle kernel, which logs that as an error.
        kwargs.setdefault("extra_arguments", ["--log-level=CRITICAL"])
        # A kernel that has shown its last cell has nothing left to do.
        kwargs.setdefault("shutdown_kernel", "immediate")
        kwargs.setdefault("iopub_timeout", _PATIENCE)
        given = copy.deepcopy(nb_man.nb.cells)
        try:
            return cls._execute(nb_man, kernel_name, kernels, **kwargs)
        except (RuntimeError, CellTimeoutError) as error:
            problem = _lost(error, kwargs)
            if kernels and isinstance(error, RuntimeError) and not answers(kernels):
                # Its kernels went with the template, and the notebook is not to blame.
                nb_man.nb.cells = given
                return cls.execute_managed_notebook(nb_man, kernel_name, **kwargs)
            # A lost kernel leaves no trace in the notebook by itself; as a cell's error, papermill
            # saves the copy and reports it like any other failure.
            _mark_running_cell(nb_man.nb, problem)
            return None

    @classmethod
    def _execute(cls, nb_man: Any, kernel_name: str, kernels: str, **kwargs: Any) -> Any:
        if sys.platform == "win32":
            return cls._client(nb_man, kernel_name, **kwargs).execute()
        with own_folder() as runtime:
            settings = Config()
            warm(settings, kernels, _study(nb_man.nb))
            connection = str(runtime / "kernel.json")
            if len(os.fsencode(connection)) + len("-ipc-5") < _MOST_OF_AN_ADDRESS:
                settings.KernelManager.transport = "ipc"
            settings.ConnectionFileMixin.connection_file = connection
            return cls._client(nb_man, kernel_name, config=settings, **kwargs).execute()

    @staticmethod
    def _client(
        nb_man: Any,
        kernel_name: str,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        **kwargs: Any,
    ) -> ModestClient:
        """Our client, with the settings that papermill's engine gives to its own."""
        settings = merge_kwargs(
            remove_args(["input_path", "timeout", "startup_timeout"], **kwargs),
            timeout=execution_timeout or kwargs.get("timeout"),
            startup_timeout=start_timeout,
            kernel_name=kernel_name,
            log=logger,
        )
        return ModestClient(nb_man, **settings)


def _study(notebook: Any) -> str:
    """The study that a notebook is run for; nothing where it has no such parameter."""
    given = notebook.metadata.get("papermill", {}).get("parameters", {})
    return str(given.get("study", ""))


def _lost(error: Exception, settings: Mapping[str, Any]) -> Problem:
    """What to tell of a kernel that was stopped, or ended; raises what is another error."""
    if isinstance(error, TooMuchShownError):
        return Problem("cell_too_much", "", {"megabytes": _MOST_SHOWN // 1_000_000})
    # nbclient and jupyter_client tell by words alone what has timed out.
    late = isinstance(error, CellTimeoutError)
    if late and "IOPub" not in str(error):
        return Problem("cell_too_long", "", {"seconds": settings.get("execution_timeout", 0)})
    if late or isinstance(error, DeadKernelError) or str(error).startswith("Kernel "):
        return Problem("kernel_lost")
    raise error


def _mark_running_cell(notebook: Any, problem: Problem) -> None:
    """Write an error into the cell that was running when the kernel was lost."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    started = [cell for cell in code if cell.metadata.papermill.get("status") != "pending"]
    output = new_output(  # type: ignore[no-untyped-call]
        "error", ename=ReportError.__name__, evalue=str(problem), traceback=[]
    )
    # papermill marks a cell completed even when the kernel dies in it: it is the last one started.
    for cell in started[-1:] or code[:1]:
        cell.outputs.append(output)


def quieten() -> None:
    """Set what kernels started from this process inherit, and silence papermill's own log.

    What goes wrong is told once, by the run's summary.
    """
    for name in ("papermill", "asyncio"):  # which tells of what waited for a kernel that was ended
        logging.getLogger(name).setLevel(logging.CRITICAL)
    set_quiet()


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
