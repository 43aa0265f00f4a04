"""The process that kernels are forked from: it has imported what every notebook needs.

Started by ``warm_start`` with the numbers of a socket that listens and of its own process. A
request is a line of JSON with the kernel's arguments, folder and environment, and the study that it
reports on, which is loaded once for all of them; the answer is the new process with its pidfd. The
template ends with the process that started it, and a kernel with the
one that asked for it.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import importlib.util
import json
import os
import random
import select
import signal
import socket
import sys
import threading
from typing import NoReturn

IMPORTED = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipykernel.debugger",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "sqlite3",
    "tornado.platform.asyncio",
    "matplotlib_inline.config",
    "matplotlib.figure",
    "matplotlib.backends.backend_svg",
    "seaborn",
    "misbrug_analysis.execution.preloaded",
    "misbrug_analysis.execution.session",
    "misbrug_analysis.presentation.sections",
    "misbrug_analysis.presentation.display",
)
MAX_REQUEST = 1_000_000
_ON_END_OF_PARENT = 1
"""``PR_SET_PDEATHSIG`` of Linux, where alone kernels are forked (``warm_start.can_fork``)."""


def main(number: int, parent: int) -> None:
    """Serve kernels at a socket, by its file descriptor, as long as the parent lives."""
    _end_with_parent(parent)
    # What ipykernel sets before a notebook imports matplotlib.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    # An interrupt of the run ends the run, which ends this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=number) as listening:
        gc.disable()  # what imports make stays
        _warm()
        gc.enable()
        _keep()
        _serve(listening)


def _warm() -> None:
    for name in IMPORTED:
        importlib.import_module(name)
    from misbrug_analysis.execution.rehearsal import rehearse_pages
    from misbrug_analysis.presentation.figures import warm_up

    warm_up()
    rehearse_pages()


def _keep() -> None:
    """Have no kernel look through what is there, which would copy it."""
    gc.collect()
    gc.freeze()


def _threads() -> int:
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return threading.active_count()


def _serve(listening: socket.socket) -> None:
    kernels: dict[socket.socket, int] = {}
    ended: set[int] = set()
    # A fork has the thread that forked, and the locks of the others.
    while _threads() == 1:
        ready, _, _ = select.select([listening, sys.stdin.fileno(), *kernels], [], [])
        ended = {pid for pid in ended if not os.waitpid(pid, os.WNOHANG)[0]}
        for found in ready:
            if found is listening:
                asking, _ = listening.accept()
                kernels[asking] = 0
            elif isinstance(found, int):  # the run ended; the kernels do when this returns
                return
            elif kernels[found]:  # closed by the one that asked
                # Its number is nobody else's before it is waited for.
                pid = kernels.pop(found)
                _end(pid)
                ended.add(pid)
                found.close()
            else:
                kernels[found] = _kernel(found, listening, kernels)
                if not kernels[found]:
                    del kernels[found]
                    found.close()


def _kernel(
    asking: socket.socket, listening: socket.socket, others: dict[socket.socket, int]
) -> int:
    """Fork a kernel and tell of it; its process, or 0 where the request was none."""
    text = _request(asking)
    if not text:
        return 0
    request = json.loads(text)
    _preload(request)
    if _threads() > 1:
        return 0
    own = os.getpid()
    pid = os.fork()
    if not pid:
        listening.close()
        for other in others:
            other.close()
        _become_kernel(request, own)
    watched = os.pidfd_open(pid)
    try:
        socket.send_fds(asking, [json.dumps({"pid": pid}).encode()], [watched])
    except OSError:
        _end(pid)
        os.waitpid(pid, 0)
        return 0
    finally:
        os.close(watched)
    return pid


def _request(asking: socket.socket) -> bytes:
    text = b""
    while not text.endswith(b"\n") and len(text) < MAX_REQUEST:
        part = asking.recv(65536)
        if not part:
            return b""
        text += part
    return text


def _preload(request: dict[str, object]) -> None:
    """Load the study of a kernel. What is wrong with it is told by the kernel, which finds it too.

    Without one, and where it cannot be loaded, every report loads its own.
    """
    from misbrug_analysis.execution.preloaded import preload
    from misbrug_analysis.model.project import Project

    with contextlib.suppress(Exception):
        name = str(request.get("study", ""))
        if name and preload(Project.find(str(request["cwd"])), name):
            _keep()


def _become_kernel(request: dict[str, object], template: int) -> NoReturn:
    """What is left of the template goes, and an ordinary kernel starts in its place."""
    os.setsid()
    _end_with_parent(template)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.chdir(str(request["cwd"]))
    environment = request["env"]
    assert isinstance(environment, dict)
    os.environ.clear()
    os.environ.update(environment)
    arguments = request["arguments"]
    assert isinstance(arguments, list)
    sys.argv = [_launcher(), *arguments]
    random.seed()
    import numpy as np

    np.random.seed()
    from ipykernel.kernelapp import IPKernelApp

    try:
        IPKernelApp.launch_instance([*arguments, f"--IPKernelApp.parent_handle={template}"])
    except SystemExit:
        pass
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def _end_with_parent(parent: int) -> None:
    """Have the system kill this process when its parent ends, whatever it is doing then."""
    ctypes.CDLL(None).prctl(_ON_END_OF_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before
        os._exit(1)


def _launcher() -> str:
    """The file of the module that starts an ordinary kernel."""
    found = importlib.util.find_spec("ipykernel_launcher")
    return found.origin or "" if found else ""


def _end(pid: int) -> None:
    # Its group has all that the kernel started, but there is none before the kernel made it.
    for end in (os.killpg, os.kill):
        with contextlib.suppress(OSError):
            end(pid, signal.SIGKILL)


if __name__ == "__main__":
    # What cannot be imported here cannot be in a notebook either, and is told there.
    with contextlib.suppress(Exception):
        main(int(sys.argv[1]), int(sys.argv[2]))
