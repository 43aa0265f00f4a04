"""All outputs are equal to the byte, whatever else differs between two runs."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from misbrug_analysis.execution.warm_start import ORDINARY
from tests.commanded import copied
from tests.projects import command, digests
from tests.short_runs import short_study
from tests.small import STUDY

IDS = ("tables", "whole", "team-north", "team-south")


@dataclass(frozen=True)
class Way:
    """How a study is run: from where, with what in the environment, and where it stands."""

    options: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    elsewhere: bool = False
    folder: str = "project"
    slowest: tuple[str, ...] = ()
    """What is said to have taken longest before, since that is done first."""


WAYS = {
    "ordinary kernels": Way(environment={ORDINARY: "1"}),
    "one at a time, elsewhere on earth, from another folder, in one with spaces and letters": Way(
        ("--jobs", "1"),
        environment={
            "TZ": "Asia/Tokyo",
            "LC_ALL": "da_DK.UTF-8",
            "LANG": "da_DK.UTF-8",
            "SOURCE_DATE_EPOCH": "86400",
            "PYTHONHASHSEED": "7",
        },
        elsewhere=True,
        folder="Ærø og Læsø {2024}/mit projekt",
        slowest=tuple(reversed(IDS)),
    ),
    "all at once, in another order, in a locale of plain letters": Way(
        ("--jobs", "4"),
        environment={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        slowest=(IDS[2], IDS[0], *IDS[3:]),
    ),
}
"""A run takes seconds, so each differs in several things; what makes a difference is soon found."""


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def say_slowest(project: Path, names: tuple[str, ...]) -> None:
    log = project / ".misbrug" / STUDY / "durations.csv"
    log.parent.mkdir(parents=True)
    rows = [f"2024-01-01T00:00:00+00:00,2,{name},{9 - place}" for place, name in enumerate(names)]
    log.write_text("\n".join(["started,jobs,name,seconds", *rows, ""]), "utf-8")


@pytest.fixture(scope="module")
def usual_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was run in the usual way; do not change it."""
    project = short_study(tmp_path_factory.mktemp("usual"))
    code, _, errors = command("misbrug", "run", STUDY, cwd=project)
    assert (code, errors) == (0, "")
    return project


@pytest.fixture(scope="module")
def usual(usual_project: Path) -> dict[str, str]:
    return made(usual_project)


def made(project: Path) -> dict[str, str]:
    tables = {f"processed {name}": one for name, one in digests(project / "data/processed").items()}
    return digests(project / "outputs") | tables


@pytest.mark.parametrize("name", WAYS)
def test_outputs_are_equal_to_the_byte(usual: dict[str, str], tmp_path: Path, name: str) -> None:
    way = WAYS[name]
    project = short_study(tmp_path / way.folder)
    if way.slowest:
        say_slowest(project, way.slowest)
    cwd = tmp_path if way.elsewhere else project
    options = (*way.options, *(("--project", way.folder) if way.elsewhere else ()))
    code, output, errors = command("misbrug", "run", STUDY, *options, cwd=cwd, **way.environment)
    assert (code, errors) == (0, "")
    assert output.count("made  ") == len(IDS)
    assert made(project) == usual


@pytest.mark.skipif(os.name == "nt", reason="files have no such modes there")
def test_who_may_read_what_is_made_is_for_the_user_to_say(
    usual: dict[str, str], tmp_path: Path
) -> None:
    mask = 0o027  # neither what is usual, nor what temporary files have
    with umask(mask):
        project = short_study(tmp_path)
        assert command("misbrug", "run", STUDY, cwd=project)[0] == 0
    for folder in ("outputs", "data/processed"):
        for path in (project / folder).rglob("*"):
            open_to_all = 0o777 if path.is_dir() else 0o666
            assert stat.S_IMODE(path.stat().st_mode) == open_to_all & ~mask, path
    assert made(project) == usual


def test_a_forced_run_touches_no_file_that_it_would_write_the_same(
    usual_project: Path, tmp_path: Path
) -> None:
    project = copied(usual_project, tmp_path)
    before = times(project)
    code, output, _ = command("misbrug", "run", STUDY, "--force", cwd=project)
    assert (code, output.count("made  ")) == (0, len(IDS))
    assert times(project) == before


def times(project: Path) -> dict[Path, int]:
    """When each file that tells nothing of the run itself was written."""
    made = [path for folder in ("outputs", "data") for path in (project / folder).rglob("*.*")]
    return {path: path.stat().st_mtime_ns for path in made if path.name != "manifest.json"}
