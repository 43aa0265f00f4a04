"""Whether processes are gone that a test had started."""

from __future__ import annotations

import time
from pathlib import Path


def ended(pid: int | str) -> bool:
    """Whether a process is gone, or is within half a minute; one that nobody waits for is."""
    for _ in range(300):
        if not _runs(pid):
            return True
        time.sleep(0.1)
    return False


def _runs(pid: int | str) -> bool:
    try:
        stands = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return False
    return stands.rpartition(") ")[2][:1] not in ("Z", "X")
