"""How long what was made took, logged outside the outputs, which are equal from run to run.

``.misbrug/<study>/durations.csv`` has a row for each thing made, and one named ``(run)`` for each
run: ``started`` (UTC), ``name``, ``seconds`` (by the wall clock, side by side with ``jobs - 1``
others). Nothing rests on it but the order in which things are made.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from misbrug_analysis.execution.files import write_whole
from misbrug_analysis.model.study import Study

WHOLE_RUN = "(run)"

_COLUMNS = ("started", "jobs", "name", "seconds")
_MOST_ROWS = 2000


def durations_file(study: Study) -> Path:
    """The log of a study."""
    return study.project.hidden(study.id) / "durations.csv"


def last_durations(study: Study) -> dict[str, float]:
    """Seconds that each thing took when it was made last; empty where there is no log."""
    found = {}
    for row in _rows(durations_file(study)):
        with suppress(ValueError):
            found[row[2]] = float(row[3])
    return found


def log_durations(
    study: Study, seconds: Mapping[str, float], *, jobs: int, whole: float, started: datetime
) -> None:
    """Add what a run made, by name, and how long the ``whole`` run took; the oldest rows go.

    A log that cannot be written is no reason for a run to fail.
    """
    when = started.astimezone(UTC).isoformat(timespec="seconds")
    told = {**seconds, WHOLE_RUN: whole}
    path = durations_file(study)
    rows = [*_rows(path), *([when, str(jobs), name, f"{told[name]:.3f}"] for name in told)]
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([_COLUMNS, *rows[-_MOST_ROWS:]])
    with suppress(OSError):
        write_whole(path, stream.getvalue().encode())


def _rows(path: Path) -> list[list[str]]:
    """The rows of the log but for its head; none where it cannot be read."""
    try:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError, csv.Error):
        return []
    return [row for row in rows[1:] if len(row) == len(_COLUMNS)]
