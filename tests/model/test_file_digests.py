"""Digests of files."""

from __future__ import annotations

from pathlib import Path

from misbrug_analysis.model.file_digests import file_digests

OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_file_has_the_digest_of_its_bytes_and_what_cannot_be_read_has_none(
    tmp_path: Path,
) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    named = [tmp_path / "a", tmp_path / "gone", tmp_path]
    assert list(file_digests(named).values()) == [OF_ABC, "", ""]
