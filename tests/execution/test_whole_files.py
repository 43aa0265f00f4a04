"""Files and folders are whole or not there: nothing half-written, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.execution.files import first_folder, new_folder, write_or_tell, write_whole
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


def test_a_folder_takes_the_place_of_the_old_one_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "old.csv").touch()
    with new_folder(folder) as beside:
        (beside / "new.csv").touch()
        assert [path.name for path in folder.iterdir()] == ["old.csv"]
    assert [path.name for path in folder.iterdir()] == ["new.csv"]
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_that_cannot_be_filled_leaves_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "old.csv").touch()
    with pytest.raises(OSError, match="disk is full"), new_folder(folder):
        raise OSError("disk is full")
    assert [path.name for path in folder.iterdir()] == ["old.csv"]
    assert list(tmp_path.iterdir()) == [folder]


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


def test_a_folder_that_cannot_take_its_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "old.csv").touch()
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise PermissionError("a program has a file of it open")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError), new_folder(folder):
        pass
    assert [path.name for path in folder.iterdir()] == ["old.csv"]
