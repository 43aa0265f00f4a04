"""Files as they come: encodings, separators, damaged workbooks, and what is no form at all."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.datavalidation import DataValidation

from misbrug_analysis.intake import forms
from misbrug_analysis.intake.bounds import FORM, Bounds, UnreadableFile, content_of
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.delimited import read_delimited
from misbrug_analysis.intake.exports import source_files
from misbrug_analysis.intake.forms import read_form
from misbrug_analysis.intake.grid import locator
from misbrug_analysis.intake.workbooks import read_workbook
from misbrug_analysis.model.errors import Problem
from tests.small import (
    faults,
    form_rows,
    load,
    make_project,
    write_csv,
    write_form,
    write_workbook,
)

ANSWERS = {"t.1": "ja", "t.d3": "Én, to; tre"}


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimited_text_is_read_as_programs_write_it(
    folder: Path, encoding: str, separator: str
) -> None:
    rows = form_rows("a", ANSWERS, form="fælles")
    path = write_csv(folder / "forms" / "a.csv", rows, encoding=encoding, separator=separator)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert came_in.ledger["raw"].iloc[0] == "En lille runde"
    assert came_in.answers.set_index("item")["value"].to_dict() == {
        "t.1": "yes",
        "t.d3": "Én, to; tre",
    }


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending_is_read(folder: Path, ending: str) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", lineterminator=ending).writerows(form_rows("a", ANSWERS))
    (folder / "forms" / "a.csv").write_bytes(stream.getvalue().encode())
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert came_in.answers["locator"].iloc[0] == "row 9 column 3"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"Nr.;Svar\nt.1;ja\n", "not_a_workbook"),
        ("a.xlsx", b"", "not_a_workbook"),
        ("a.csv", b"", "header_missing"),
        ("a.csv", b"\n\n\n", "header_missing"),
        ("a.csv", b"Nr.;Svar\n\0;ja\n", "not_text"),
        ("a.csv", b"\xff\xfeN\x00r", "not_text"),
        ("a.csv", b"Nr.;Svar\nt.1;\x81\n", "not_text"),
        ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "header_missing"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "other_spreadsheet"),
        ("a.ods", b"PK", "other_spreadsheet"),
        ("a.NUMBERS", b"PK", "other_spreadsheet"),
        ("a.xlsb", b"PK", "other_spreadsheet"),
        ("a.xlsm", b"PK", "macro_workbook"),
        ("a.zip", b"PK", "archive_sent"),
        ("a.json", b"{}", "unknown_format"),
        ("a.sav", b"$FL2", "unknown_format"),
        ("a.jpg", b"\xff\xd8", "unknown_format"),
        ("a.docx", b"PK", "unknown_format"),
        ("a.pdf", b"%PDF", "unknown_format"),
        ("svar", b"ja", "unknown_format"),
    ],
)
def test_what_is_no_form_is_a_fault_and_stands_in_the_ledger(
    folder: Path, name: str, content: bytes, code: str
) -> None:
    (folder / "forms" / name).write_bytes(content)
    came_in = collect(load(folder))
    assert faults(came_in.problems) == [(f"forms/{name}", code)]
    assert set(came_in.ledger["source"]) == {f"forms/{name}"}
    assert set(came_in.ledger["fate"]) == {"rejected"}
    assert len(came_in.answers) == 0


def test_a_zip_file_that_holds_no_workbook_is_none(folder: Path) -> None:
    with zipfile.ZipFile(folder / "forms" / "a.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert faults(collect(load(folder)).problems) == [("forms/a.xlsx", "not_a_workbook")]


def test_a_workbook_without_cells_has_no_headings(folder: Path) -> None:
    write_workbook(folder / "forms" / "a.xlsx", [])
    assert faults(collect(load(folder)).problems) == [("forms/a.xlsx", "header_missing")]


def test_what_programs_leave_beside_a_form_is_no_form(folder: Path) -> None:
    left = ("~$a.xlsx", ".~lock.a.xlsx#", ".DS_Store", ".gitkeep")
    for name in (*left, "Thumbs.db", "desktop.ini", "Desktop.ini", "a.xlsx.tmp", "1A2B.TMP"):
        (folder / "forms" / name).write_bytes(b"x")
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert len(came_in.ledger) == 0


READERS = {".csv": read_delimited, ".xlsx": read_workbook}


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize("bound", [one.name for one in fields(Bounds)])
def test_what_is_beyond_a_bound_is_not_read(tmp_path: Path, suffix: str, bound: str) -> None:
    rows = form_rows("a", ANSWERS, remarks={"t.d3": "yderst"})  # in row 17, column 4
    path = write_form(tmp_path / f"a{suffix}", rows)
    texts = [str(value) for row in rows for value in row if value is not None]
    holds = {
        "bytes": path.stat().st_size,
        "unpacked": _unpacked(path) if suffix == ".xlsx" else None,
        "scanned": sum(map(any, rows)) + len(texts) if suffix == ".xlsx" else None,
        "rows": 17,
        "columns": 4,
        "cells": len(texts),
        "letters": sum(map(len, texts)),
    }[bound]
    if holds is None:  # a bound of workbooks alone
        return
    read = READERS[suffix]
    assert len(read(path, replace(FORM, **{bound: holds})).cells) == len(texts)
    with pytest.raises(UnreadableFile) as refused:
        read(path, replace(FORM, **{bound: holds - 1}))
    assert refused.value.code == "file_too_large"
    assert f"{holds - 1:,}" in str(Problem(refused.value.code, "a", refused.value.values))


def _unpacked(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return sum(part.file_size for part in archive.infolist())


def test_borders_and_colours_far_out_are_no_cells(folder: Path) -> None:
    path = write_workbook(folder / "forms" / "a.xlsx", _rows())
    book = load_workbook(path)
    for place in ("C5200", "IA3"):
        book["Svar"][place].border = Border(left=Side(style="thin"))
    book.save(path)
    came_in = collect(load(folder))
    assert (came_in.problems, len(came_in.answers)) == ((), len(ANSWERS))


def _rows() -> list[list[object]]:
    return form_rows("a", ANSWERS)


def rewrite_part(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change one part inside a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert part in parts
    changed = change(parts[part].decode())
    assert changed.encode() != parts[part]
    parts[part] = changed.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_workbook_that_is_wrong_about_its_own_size_is_read_in_full(folder: Path) -> None:
    path = write_workbook(folder / "forms" / "a.xlsx", _rows())
    rewrite_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda text: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', text),
    )
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert len(came_in.answers) == len(ANSWERS)


def test_drop_down_lists_do_not_disturb(folder: Path) -> None:
    path = write_workbook(folder / "forms" / "a.xlsx", _rows())
    book = load_workbook(path)
    choices = DataValidation(type="list", formula1='"ja,delvis,nej"')
    choices.add("C9:C17")
    book["Svar"].add_data_validation(choices)
    book.save(path)
    extension = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        "<x14:dataValidations/></ext></extLst></worksheet>"
    )
    rewrite_part(
        path, "xl/worksheets/sheet1.xml", lambda text: text.replace("</worksheet>", extension)
    )
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert len(came_in.answers) == len(ANSWERS)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound workbook in a project."""
    folder = make_project(tmp_path_factory.mktemp("sound"))
    return write_workbook(folder / "forms" / "a.xlsx", _rows())


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_told_and_never_a_crash(
    sound: Path, tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(sound.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.sampled_from([len(content), len(content) // 2, 30]))
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(content[:end]))
    form = read_form(path, "forms/a.xlsx", load(sound.parent.parent))
    assert form.answers or form.ledger.problems
    assert faults(form.ledger.problems) is not None


@pytest.mark.parametrize(
    ("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (703, "AAA")]
)
def test_places_are_named_as_a_person_finds_them(column: int, letters: str) -> None:
    assert locator("Svar", 14, column) == f"Svar!{letters}14"
    assert locator("", 14, column) == f"row 14 column {column}"


@pytest.mark.parametrize("broken", ["a\r\nb", "a\rb", "a\nb"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_lines_in_a_cell_are_broken_in_one_way(folder: Path, suffix: str, broken: str) -> None:
    write_form(folder / "forms" / f"a{suffix}", form_rows("a", {"t.d3": broken}))
    assert collect(load(folder)).answers["value"].tolist() == ["a\nb"]


def test_a_line_break_as_excel_stores_it_is_one(folder: Path) -> None:
    write_form(folder / "forms" / "a.xlsx", form_rows("a", {"t.d3": "a_x000D_\nb"}))
    assert collect(load(folder)).answers["value"].tolist() == ["a\nb"]


@pytest.mark.parametrize("name", ["round.csv", "round.xlsx"])
@pytest.mark.parametrize("reader", [forms, source_files])
def test_a_file_is_read_in_one_go(
    folder: Path, monkeypatch: pytest.MonkeyPatch, reader: ModuleType, name: str
) -> None:
    table = [["Besvarelse fra", "Skema", "t.1"], ["A", "fælles", "ja"]]
    rows = form_rows("a", ANSWERS) if reader is forms else table
    write_form(folder / "forms" / name, rows)

    def gone_then(path: Path, *bounds: Bounds) -> bytes:
        content = content_of(path, *bounds)
        path.unlink()
        return content

    monkeypatch.setattr(reader, "content_of", gone_then)
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert all(form.digest for form in came_in.forms)
    assert set(came_in.answers["unit"]) == {"a"}
