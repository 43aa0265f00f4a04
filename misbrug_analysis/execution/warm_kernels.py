"""Kernels forked from a process that has imported everything, where the system can.

jupyter_client asks a *provisioner* for a kernel. Ours has it forked from the template of the run
(``kernel_template``); where there is none, where it does not answer, and for the kernel of another
Python, it starts an ordinary one. The results are the same.
"""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Unicode
from traitlets.config import Config

PROVISIONER = "misbrug-warm"

_PATIENCE = 60.0
_MOMENT = 1.0
_LAUNCHER = ["-m", "ipykernel_launcher"]


def warm(settings: Config, address: str, study: str = "") -> None:
    """Settings of a kernel manager, so that its kernel is forked from the template at an address.

    The template loads the ``study`` first, if it has not done so. As they are where the package was
    installed before it had a provisioner.
    """
    if address and _is_installed():
        KernelProvisionerFactory.instance().default_provisioner_name = PROVISIONER
        settings.WarmProvisioner.address = address
        settings.WarmProvisioner.study = study
        settings.KernelManager.client_class = f"{__name__}.{PromptClient.__name__}"


@cache
def _is_installed() -> bool:
    """Whether jupyter_client finds the provisioner; to look takes a hundred files."""
    return bool(entry_points(group=KernelProvisionerFactory.GROUP_NAME, name=PROVISIONER))


def answers(address: str) -> bool:
    """Whether the template at an address is there."""
    with socket.socket(socket.AF_UNIX) as asking:
        return asking.connect_ex(address) == 0


class PromptClient(AsyncKernelClient):
    """Ready as soon as its kernel is, without a fifth of a second to hear whether more comes."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel tells of itself, and on every channel.

        Raises RuntimeError where it ends first, and where it takes longer, as nbclient expects.
        """
        try:
            async with asyncio.timeout(timeout):
                while not await self._told():
                    if not await self.is_alive():
                        raise RuntimeError("Kernel died before replying to kernel_info")
        except TimeoutError:
            raise RuntimeError(f"Kernel didn't respond in {timeout} seconds") from None

    async def _told(self) -> bool:
        """Ask the kernel what it is; whether it has answered, and said that it is idle again."""
        asked = self.kernel_info()
        try:
            while (told := await self.get_shell_msg(timeout=1))["parent_header"]["msg_id"] != asked:
                pass
            # What it says before it is listened to is lost, and then it has to be asked again.
            while not _is_idle_after(asked, await self.get_iopub_msg(timeout=0.05)):
                pass
        except Empty:
            return False
        self._handle_kernel_info_reply(told)
        return True


def _is_idle_after(asked: str, message: Mapping[str, Any]) -> bool:
    is_of_it = message["parent_header"].get("msg_id") == asked
    return bool(is_of_it and message["content"].get("execution_state") == "idle")


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

    def await_end(self, seconds: float) -> None:
        """Return when it has ended, or after some seconds."""
        if self._watched >= 0:
            select.select([self._watched], [], [], seconds)

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
    study = Unicode(config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        arguments = _arguments(cmd)
        if not self.address or arguments is None:
            return await super().launch_kernel(cmd, **kwargs)
        request = {
            "arguments": arguments,
            "cwd": str(kwargs.get("cwd") or os.getcwd()),
            "env": kwargs.get("env") or dict(os.environ),
            "study": self.study,
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

    async def kill(self, restart: bool = False) -> None:
        await super().kill(restart)
        # Whoever asked looks ten times a second whether it has ended, which it has in a moment.
        if isinstance(self.process, ForkedKernel):
            self.process.await_end(_MOMENT)

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
