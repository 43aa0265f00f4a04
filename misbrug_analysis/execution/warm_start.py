"""Starts the process that kernels are forked from; light, so that a run can start it first."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

from misbrug_analysis.execution.temporary_folders import own_folder

ORDINARY = "MISBRUG_ORDINARY_KERNELS"
"""The variable that asks for ordinary kernels."""

QUIET = {
    # debugpy warns on standard error about frozen modules at every start of a kernel.
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    # One thread a kernel: two kernels run side by side, and arithmetic here is small.
    # What forks needs it too: nothing but the thread that forks is there after a fork.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
"""What kernels, and the processes that they are forked from, have in their environment."""

_PATIENCE = 5.0


def can_fork() -> bool:
    """Whether kernels can be forked here and be watched, and nobody asked for ordinary ones."""
    return hasattr(os, "pidfd_open") and hasattr(os, "fork") and not os.environ.get(ORDINARY)


def set_quiet() -> None:
    """Set what processes started from this one inherit, and numpy when it is imported here."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)


@contextlib.contextmanager
def kernel_template() -> Iterator[str]:
    """A template for the time of a run: its address, or nothing where kernels are ordinary.

    It is there at once; the first kernel waits until the template has imported everything.
    """
    if not can_fork():
        yield ""
        return
    with own_folder() as folder:
        address = str(folder / "template")
        with socket.socket(socket.AF_UNIX) as listening:
            try:
                listening.bind(address)
            except OSError:  # as where the folder for temporary files has a long name
                template = None
            else:
                listening.listen(64)
                template = _started(listening)
        if template is None:
            yield ""
            return
        with template:
            try:
                yield address
            finally:
                _end(template)


def _started(listening: socket.socket) -> subprocess.Popen[bytes]:
    number = listening.fileno()
    command = [sys.executable, "-P", "-m", "misbrug_analysis.execution.kernel_template"]
    command += [str(number), str(os.getpid())]
    return subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, pass_fds=[number], env=QUIET | os.environ
    )


def _end(template: subprocess.Popen[bytes]) -> None:
    """End the template, also one that still imports; a kernel of its own would end with it."""
    template.terminate()
    try:
        template.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        template.kill()
