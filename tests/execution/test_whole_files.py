"""Files and folders are whole or not there: nothing half-written, nothing lost."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from misbrug_analysis.execution.files import (
    first_folder,
    remove_staged,
    write_folder,
    write_or_tell,
    write_whole,
)
from misbrug_analysis.model.errors import ReportError


def test_a_file_with_the_same_content_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "page.html"
    write_whole(path, b"one")
    before = path.stat()
    write_whole(path, b"one")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    write_whole(path, b"one")
    reader = path.open("rb")  # someone who reads the old one meanwhile
    write_whole(path, b"two")
    with reader:
        assert reader.read() == b"one"
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_replaced_stays_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.mkdir()
    with pytest.raises(OSError, match=r"page\.html"):
        write_whole(path, b"two")
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_holds_what_is_written_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "old" / "deep").mkdir(parents=True)
    (tmp_path / "old" / "deep" / "a.csv").touch()
    write_folder(tmp_path, {"data/a.csv": b"a", "index.json": b"{}"})
    names = [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))]
    assert names == ["data", "data/a.csv", "index.json"]


def test_files_of_a_folder_that_hold_the_same_are_not_touched(tmp_path: Path) -> None:
    write_folder(tmp_path, {"a": b"a", "b": b"b"})
    before = (tmp_path / "a").stat().st_ino
    write_folder(tmp_path, {"a": b"a", "b": b"c"})
    assert (tmp_path / "a").stat().st_ino == before
    assert (tmp_path / "b").read_bytes() == b"c"


def test_a_folder_that_cannot_be_written_to_the_end_keeps_its_index_and_every_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(tmp_path, {"a": b"old", "b": b"old", "index": b"old"})
    fill_the_disk(monkeypatch, after=1)
    with pytest.raises(OSError, match=r"No space left on device: '.*/b'"):
        write_folder(tmp_path, {"a": b"new", "b": b"new", "index": b"new"})
    left = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert left == {"a": b"new", "b": b"old", "index": b"old"}


def test_a_full_disk_leaves_the_file_that_was_there_and_is_told_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.html"
    write_whole(path, b"one")
    fill_the_disk(monkeypatch, after=0)
    with pytest.raises(OSError, match="No space left") as error:
        write_whole(path, b"two")
    assert (error.value.errno, error.value.filename) == (errno.ENOSPC, str(path))
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"page.html": b"one"}


def fill_the_disk(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Of the files written from now on, those after the first ones find half the room."""
    write, written = Path.write_bytes, []

    def fail(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) <= after:
            return write(path, content)
        write(path, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))  # a full disk names no file

    monkeypatch.setattr(Path, "write_bytes", fail)


def test_what_killed_processes_began_to_write_is_removed_and_nothing_else(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = tmp_path / "html" / f".{gone.pid}-page.html"
    kept = [tmp_path / name for name in (f".{os.getpid()}-a", ".gitkeep", ".2014-a.d", "1-a")]
    left.parent.mkdir()
    for path in (left, *kept[:2], kept[3]):
        path.touch()
    kept[2].mkdir()
    remove_staged(tmp_path)
    assert not left.exists()
    assert all(path.exists() for path in kept)


def test_the_second_of_two_who_make_a_folder_at_once_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "round"
    slow = first_folder(folder)
    (slow.__enter__() / "slow.csv").touch()
    with first_folder(folder) as quick:
        (quick / "quick.csv").touch()
    with pytest.raises(FileExistsError):
        slow.__exit__(None, None, None)
    assert [path.name for path in folder.iterdir()] == ["quick.csv"]
    assert list(tmp_path.iterdir()) == [folder]


def codes(path: Path) -> list[tuple[str, str]]:
    """Place and code of what is told when a file cannot be written."""
    with pytest.raises(ReportError) as error:
        write_or_tell(path, b"new")
    return [(problem.where, problem.code) for problem in error.value.problems]


def test_a_file_that_another_program_holds_is_to_be_closed_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"old")

    def refuse(_: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    assert codes(path) == [(path.as_posix(), "not_written")]
    assert codes(tmp_path / "new.xlsx") == [((tmp_path / "new.xlsx").as_posix(), "file_unusable")]


def test_a_folder_that_cannot_be_made_is_no_file_to_close(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "form.xlsx"
    assert codes(path) == [(path.as_posix(), "file_unusable")]
