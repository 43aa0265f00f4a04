"""Files and folders are whole or not there: nothing half-written, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.execution.files import new_folder, write_whole


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
