"""What tests have the workers of a cluster do; those import it, and so know it by its name here."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from misbrug_analysis.execution.tasks import Outcome
from tests.small import STUDY


def make(project: str, name: str) -> Outcome:
    """A file with the number of forms of the study that are there; any worker can do it."""
    forms = list(Path(project, "data", "raw", STUDY, "forms").iterdir())
    path = Path(project, "outputs", STUDY, name)
    path.parent.mkdir(parents=True)
    path.write_text(str(len(forms)), "utf-8")
    return Outcome(name, (str(path),))


def die() -> Outcome:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def linger(mark: str) -> Outcome:
    """Say that this is under way, and take longer than any test."""
    Path(mark).touch()
    time.sleep(300)
    raise AssertionError
