"""Locks on files, which end with the processes that hold them, however those end.

A worker that is forked while its run holds a lock holds it too, so that nobody else begins before
the workers of a killed run are gone. The package ``filelock`` lets go of a lock in forked
processes, which is why it is not used here.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_HELD_ELSEWHERE = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}
_PAUSE = 0.05

_LOCKED_BYTE = 100
"""Behind the number of the process, since Windows lets nobody read what is locked."""


@contextmanager
def locked(path: Path, waiting: Callable[[str], None] = lambda holder: None) -> Iterator[None]:
    """Hold a lock; waits for the process that has it, and says so once, with its number.

    The file stays: were it removed, two could hold what they take for the same lock.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if not take(file):
            time.sleep(_PAUSE)  # who has just got it writes its number
            os.lseek(file, 0, os.SEEK_SET)
            waiting(os.read(file, 20).decode("ascii", "replace").strip())
            while not take(file):
                time.sleep(_PAUSE)
        os.lseek(file, 0, os.SEEK_SET)
        with suppress(OSError):  # the disk is full, which the run tells when it matters
            os.write(file, f"{os.getpid():<20}\n".encode())
        yield
    finally:
        os.close(file)


def take(file: int) -> bool:
    """Lock an open file unless another process has it locked.

    Where the file system knows no locks, as on some network drives, everybody gets it.
    """
    try:
        if sys.platform == "win32":
            os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _HELD_ELSEWHERE
    return True
