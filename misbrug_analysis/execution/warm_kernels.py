"""Kernels forked from a process that has imported everything, where the system can.

jupyter_client asks a *provisioner* for a kernel. Ours has it forked from the template of the run
(``kernel_template``); where there is none, where it does not answer, and for the kernel of another
Python, it starts an ordinary one. The results are the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Any

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Unicode
from traitlets.config import Config

PROVISIONER = "misbrug-warm"
ORDINARY = "MISBRUG_ORDINARY_KERNELS"
"""The variable that asks for ordinary kernels."""

QUIET = {
    # debugpy warns on standard error about frozen modules at every start of a kernel.
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    # One thread a kernel: two kernels run side by side, and arithmetic here is small.
    # A template needs it too: nothing but the thread that forks is there after a fork.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}

_PATIENCE = 60.0
_LAUNCHER = ["-m", "ipykernel_launcher"]


def can_fork() -> bool:
    """Whether kernels can be forked here and be watched, and nobody asked for ordinary ones."""
    return hasattr(os, "pidfd_open") and hasattr(os, "fork") and not os.environ.get(ORDINARY)


@contextlib.contextmanager
def kernel_template() -> Iterator[str]:
    """A template for the time of a run: its address, or nothing where kernels are ordinary."""
    if not can_fork():
        yield ""
        return
    with tempfile.TemporaryDirectory(prefix="misbrug-") as folder:
        address = os.path.join(folder, "template")
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(address)
            listening.listen(64)
            template = _started(listening)
        with template:
            try:
                yield address
            finally:
                assert template.stdin is not None
                template.stdin.close()
                template.wait(_PATIENCE)


def warm(settings: Config, address: str) -> None:
    """Settings of a kernel manager, so that its kernel is forked from the template at an address.

    As they are where the package was installed before it had a provisioner.
    """
    if address and entry_points(group=KernelProvisionerFactory.GROUP_NAME, name=PROVISIONER):
        KernelProvisionerFactory.instance().default_provisioner_name = PROVISIONER
        settings.WarmProvisioner.address = address


def _started(listening: socket.socket) -> subprocess.Popen[bytes]:
    number = listening.fileno()
    command = [sys.executable, "-P", "-m", "misbrug_analysis.execution.kernel_template"]
    environment = QUIET | os.environ
    return subprocess.Popen(  # noqa: S603
        [*command, str(number)], stdin=subprocess.PIPE, pass_fds=[number], env=environment
    )


class ForkedKernel:
    """A kernel that is no child of ours, with what jupyter_client asks of a process."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, watched: int, asked: socket.socket) -> None:
        self.pid = pid
        self._watched, self._asked = watched, asked

    def poll(self) -> int | None:
        """Nothing while it runs; how it ended cannot be known, so 1."""
        if self._watched < 0:
            return 1
        ended, _, _ = select.select([self._watched], [], [], 0)
        return 1 if ended else None

    def wait(self) -> int:
        if self._watched >= 0:
            select.select([self._watched], [], [])
            self.close()
        return 1

    def send_signal(self, number: int) -> None:
        if self._watched >= 0:
            signal.pidfd_send_signal(self._watched, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def close(self) -> None:
        """Let go of it; a kernel that still runs is ended by the template."""
        if self._watched >= 0:
            os.close(self._watched)
            self._watched = -1
        self._asked.close()


class WarmProvisioner(LocalProvisioner):
    """Has kernels of this Python forked from the run's template; starts others as ever."""

    address = Unicode(config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        arguments = _arguments(cmd)
        if not self.address or arguments is None:
            return await super().launch_kernel(cmd, **kwargs)
        request = {
            "arguments": arguments,
            "cwd": str(kwargs.get("cwd") or os.getcwd()),
            "env": kwargs.get("env") or dict(os.environ),
        }
        loop = asyncio.get_running_loop()
        try:
            process = await loop.run_in_executor(None, _forked, self.address, request)
        except (OSError, ValueError):
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process  # type: ignore[assignment]
        self.pid = self.pgid = process.pid
        self.cwd = kwargs.get("cwd")
        return self.connection_info

    async def cleanup(self, restart: bool = False) -> None:
        if isinstance(self.process, ForkedKernel):
            self.process.close()
        await super().cleanup(restart)


def _arguments(cmd: list[str]) -> list[str] | None:
    """What the kernel itself is told, where the command starts an ordinary one of this Python."""
    if os.path.abspath(cmd[0]) != os.path.abspath(sys.executable):
        return None
    rest = [one for one in cmd[1:] if one != "-Xfrozen_modules=off"]
    return rest[2:] if rest[:2] == _LAUNCHER else None


def _forked(address: str, request: dict[str, object]) -> ForkedKernel:
    """Raises OSError or ValueError where the template does not answer."""
    asked = socket.socket(socket.AF_UNIX)
    try:
        asked.settimeout(_PATIENCE)
        asked.connect(address)
        asked.sendall(json.dumps(request).encode() + b"\n")
        answer, watched, _, _ = socket.recv_fds(asked, 4096, 1)
        if not watched:
            raise ValueError("the template answered without a process")
        return ForkedKernel(int(json.loads(answer)["pid"]), watched[0], asked)
    except BaseException:
        asked.close()
        raise
