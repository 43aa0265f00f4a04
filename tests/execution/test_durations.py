"""The log of how long things took."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from misbrug_analysis.execution import durations
from misbrug_analysis.execution.durations import durations_file, last_durations, log_durations
from misbrug_analysis.model.study import Study
from tests.small import load, make_project

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return load(make_project(tmp_path))


def log(study: Study, **seconds: float) -> None:
    log_durations(study, seconds, jobs=2, whole=sum(seconds.values()), started=NOON)


def test_a_run_adds_a_row_for_each_thing_made_and_one_for_itself(study: Study) -> None:
    log(study, regional=2.5, tables=1)
    assert durations_file(study).read_text("utf-8") == (
        "started,jobs,name,seconds\n"
        "2024-05-01T12:00:00+00:00,2,regional,2.500\n"
        "2024-05-01T12:00:00+00:00,2,tables,1.000\n"
        "2024-05-01T12:00:00+00:00,2,(run),3.500\n"
    )
    assert study.project.root in durations_file(study).parents
    assert study.project.outputs(study.id) not in durations_file(study).parents


def test_the_last_time_counts(study: Study) -> None:
    assert last_durations(study) == {}
    log(study, regional=2.5, tables=1)
    log(study, regional=4)
    assert last_durations(study) == {"regional": 4.0, "tables": 1.0, "(run)": 4.0}


def test_the_log_does_not_grow_for_ever(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durations, "_MOST_ROWS", 3)
    for number in range(5):
        log(study, regional=number)
    rows = durations_file(study).read_text("utf-8").splitlines()[1:]
    assert [row.split(",", 2)[2] for row in rows] == [
        "(run),3.000",
        "regional,4.000",
        "(run),4.000",
    ]


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"a,b\n1\n", b"h,h,h,h\n1,2,regional,long\n"]
)
def test_a_log_that_is_none_is_begun_anew(study: Study, content: bytes) -> None:
    path = durations_file(study)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert last_durations(study) == {}
    log(study, regional=1)
    assert last_durations(study)["regional"] == 1.0


def test_a_log_that_cannot_be_written_stops_nothing(study: Study) -> None:
    (study.project.root / ".misbrug").write_text("a file in its place", "utf-8")
    log(study, regional=1)
    assert last_durations(study) == {}
