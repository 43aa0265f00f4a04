"""A file that cannot be used is told with its path and why, and never as a traceback."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from misbrug_analysis.model.csvfile import read_rows
from misbrug_analysis.model.errors import DefinitionError, Problem
from misbrug_analysis.model.reading import problems_of, unusable
from misbrug_analysis.model.yamlfile import read_document


def refuse(path: Path) -> bytes:
    raise PermissionError(errno.EACCES, "Permission denied", str(path))


def only(error: pytest.ExceptionInfo[DefinitionError]) -> Problem:
    (problem,) = error.value.problems
    return problem


@pytest.mark.parametrize("read", [read_document, read_rows])
def test_a_definition_that_is_closed_to_the_reader_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: object
) -> None:
    path = tmp_path / "units.csv"
    path.touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DefinitionError) as error:
        read(path)  # type: ignore[operator]
    assert (
        only(error)
        .told("da")
        .startswith("units.csv: filen eller mappen kan ikke bruges: du har ikke adgang.\n")
    )


@pytest.mark.parametrize("read", [read_document, read_rows])
def test_a_folder_in_place_of_a_definition_is_called_a_folder(tmp_path: Path, read: object) -> None:
    (tmp_path / "study.yaml").mkdir()
    with pytest.raises(DefinitionError) as error:
        read(tmp_path / "study.yaml")  # type: ignore[operator]
    assert only(error).code == "folder_for_file"


def test_a_reason_of_the_system_is_said_in_plain_words_where_there_are_any() -> None:
    full = unusable(OSError(errno.ENOSPC, "No space left on device", "/x/a.csv"))
    assert (full.where, full.what) == (
        "/x/a.csv",
        "the file or folder cannot be used: there is no room on the disk.",
    )
    assert "Input/output error" in unusable(OSError(errno.EIO, "Input/output error")).what


def test_mistakes_of_the_program_and_closed_pipes_are_no_faults_of_files() -> None:
    assert problems_of(ValueError("x")) == ()
    assert problems_of(BrokenPipeError(errno.EPIPE, "Broken pipe")) == ()
    assert [one.code for one in problems_of(FileNotFoundError(2, "x", "y"))] == ["file_unusable"]
