"""What ``make fuzz`` asks for, and where it leaves the files that made a test fail."""

from __future__ import annotations

import os

from tests.projects import ROOT

EXAMPLES = "FUZZ_EXAMPLES"
"""The environment variable by which ``make fuzz`` asks for so many in all."""

KEPT = ROOT / "build" / "fuzz"


def asked() -> int:
    """How many examples ``make fuzz`` asks for; 0 in ``make test``."""
    return int(os.environ.get(EXAMPLES, "0"))


def keep(name: str, content: bytes) -> None:
    """Leave the file of a failure where a person can open it; the last one is the smallest."""
    if asked():
        KEPT.mkdir(parents=True, exist_ok=True)
        test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition("::")[2].partition(" ")[0]
        (KEPT / f"{test}-{name}").write_bytes(content)
