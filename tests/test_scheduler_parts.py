"""What many workers would take, worked out from what few did."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.publish import filled
from benchmarks.scheduler_summary import Found, Parts, Round, Run, load, parts, save, summary

FEW = Run(tasks=2, seconds=5.0, own=3.0, scheduler=1.0, in_tasks=2.0)
WHOLE = Run(tasks=52, seconds=30.0, own=4.0, scheduler=1.5, in_tasks=50.0)


def found() -> Found:
    """One round on one worker: 3 s once, 0.52 s a task; and one on two, which takes 17.5 s."""
    one = Round(1, FEW, Run(tasks=50, seconds=29.0, own=3.96, scheduler=2.92, in_tasks=25.0))
    two = Round(2, FEW, Run(tasks=50, seconds=17.5, own=3.96, scheduler=2.92, in_tasks=28.0))
    machine: dict[str, float | str] = {
        "system": "Linux",
        "processor": "one",
        "processors": 2,
        "memory_gb": 8,
        "load_before": 0.1,
    }
    return Found(
        began="2026-11-23T10:00:00+00:00",
        study="nation",
        provenance="invented",
        clusters=22,
        units=98,
        languages=["da", "en"],
        reports=48,
        bundle=1.3,
        report=0.38,
        largest=2.76,
        machine=machine,
        versions={"Python": "3.11.7"},
        rounds=[one, two],
    )


def test_a_task_takes_of_the_run_what_more_tasks_took_more() -> None:
    # Two tasks on two workers took 1 s, so that 4 s of the five are taken once.
    assert parts(Round(2, FEW, WHOLE)) == Parts(
        worker=26 * 2 / 52, own=0.02, scheduler=0.01, once=4.0
    )


@pytest.mark.parametrize(
    ("workers", "seconds", "pace"),
    [(1, 4.0 + 1000, "the workers"), (10, 4.0 + 100, "the workers"), (100, 4.0 + 20, "the run")],
)
def test_workers_share_the_work_until_the_one_run_sets_the_pace(
    workers: int, seconds: float, pace: str
) -> None:
    taken = Parts(worker=1.0, own=0.02, scheduler=0.01, once=4.0)
    assert taken.seconds(1000, workers) == seconds
    assert taken.pace(workers) == pace


def test_the_tables_say_what_was_measured_and_what_is_calculated() -> None:
    what, measured, _, each, _, calculated = summary(found())
    what = what.replace("\n", " ")
    assert "answers **invented**; 98 places in 22 clusters; da, en" in what
    assert "50 tasks, of which 48 are a report each" in what
    # 50 tasks of 0.52 s: 3 + 26 on one worker, 3 + 13 on two.
    assert measured.splitlines()[2:] == ["| 1 | 29.0 | 103 | 29.0 |", "| 2 | 17.5 | 171 | 16.0 |"]
    assert "| … of the scheduler | 0.040 s of a processor |" in each
    # 10,000 tasks: 5,203 s; 523 s; and 403 s, for all go by the scheduler.
    assert calculated.splitlines()[2:] == [
        "| 1 | 86.7 | 115 | the workers |",
        "| 10 | 8.7 | 1,147 | the workers |",
        "| 100 | 6.7 | 1,489 | the scheduler |",
    ]


def test_what_was_found_is_read_as_it_was_written_and_shown_where_a_text_wants_it(
    tmp_path: Path,
) -> None:
    text = "A\n<!-- benchmark: scheduler -->\n<!-- end of benchmark -->\nB\n"
    assert filled(text, tmp_path, tmp_path) == text
    path = save(found(), tmp_path / "scheduler")
    assert path.name == "2026-11-23-nation.json"
    assert load(path) == found()
    full = filled(text, tmp_path, tmp_path)
    assert "\n\n".join(summary(found())) in full
    assert filled(full, tmp_path, tmp_path) == full
