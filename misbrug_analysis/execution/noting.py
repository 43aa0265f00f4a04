"""What of a study's results a report read, told from its kernel to the process that ran it.

The process names a file in the environment of the kernel (``NOTES``), and a report notes there what
it reads (``presentation.reads``). A report of which nothing is known has read everything.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from misbrug_analysis.execution.temporary_folders import own_folder
from misbrug_analysis.presentation.reads import ALL, NOTES


@contextmanager
def noting() -> Iterator[list[str]]:
    """Have the kernels that this process starts note what they read.

    The list holds, when they have run, the names of what was read, in order.
    """
    names: list[str] = []
    with own_folder() as folder:
        file = folder / "read"
        os.environ[NOTES] = str(file)
        try:
            yield names
        finally:
            del os.environ[NOTES]
        noted = file.read_text("utf-8").splitlines() if file.is_file() else list(ALL)
        names += sorted(set(noted))
