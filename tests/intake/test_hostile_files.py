"""Files that are made to do harm are refused with a message; what is sound in others is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from misbrug_analysis.intake.bounds import UnreadableFile, content_of
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.model.errors import DefinitionError
from tests.hostile import contents, many, packages, stretched, texts
from tests.hostile.workbook import Case, form
from tests.small import faults, load

FORMS = (*packages.CASES, *contents.CASES, *stretched.CASES, *texts.FORMS, *many.CASES)


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case.name)
def test_a_hostile_file_is_told_and_a_harmless_one_is_read(folder: Path, case: Case) -> None:
    (folder / case.place).write_bytes(case.make(case.small))
    came_in = collect(load(folder))
    codes = [problem.code for problem in came_in.problems]
    assert codes == ([case.code] if case.code else [])
    if case.code != "answer_formula":
        read = came_in.answers.set_index("item")["value"].to_dict()
        assert read == ({} if case.code else {"t.1": "yes", "t.1.remark": "Godt"})
    for problem in (*came_in.problems, *came_in.warnings):
        assert problem.told("da") != problem.told("en")


@pytest.mark.parametrize("case", many.MAPPED, ids=lambda case: case.name)
def test_an_export_of_too_much_is_told_once(folder: Path, case: Case) -> None:
    (folder / case.place).write_bytes(case.make(case.small))
    (folder / "mapping.yaml").write_text(many.MAPPING[case.name])
    came_in = collect(load(folder))
    assert faults(came_in.problems) == [(case.place, case.code)]
    assert came_in.answers.empty
    for problem in came_in.problems:
        assert problem.told("da") != problem.told("en")


@pytest.mark.parametrize("case", many.FAULTY, ids=lambda case: case.name)
def test_of_very_many_faults_of_an_export_the_first_are_told(folder: Path, case: Case) -> None:
    (folder / case.place).write_bytes(case.make(case.small))
    came_in = collect(load(folder))
    assert case.code in {problem.code for problem in came_in.problems}
    assert len(came_in.problems) <= 201
    assert came_in.answers.empty
    rejected = came_in.ledger[came_in.ledger["fate"] == "rejected"]
    assert len(rejected) >= case.small


@pytest.mark.parametrize("case", texts.DEFINITIONS, ids=lambda case: case.name)
def test_a_hostile_definition_is_told(folder: Path, case: Case) -> None:
    (folder / case.place).write_bytes(case.make(case.small))
    with pytest.raises(DefinitionError) as refused:
        load(folder)
    assert case.code in {problem.code for problem in refused.value.problems}


@pytest.mark.parametrize("place", ["units.csv", "study.yaml"])
def test_of_very_many_faults_of_a_definition_the_first_are_told(folder: Path, place: str) -> None:
    name = {"units.csv": "faulty units", "study.yaml": "unknown settings"}[place]
    case = next(one for one in texts.DEFINITIONS if one.name == name)
    (folder / place).write_bytes(case.make(300))
    with pytest.raises(DefinitionError) as refused:
        load(folder)
    codes = [problem.code for problem in refused.value.problems]
    assert (len(codes), codes[-1]) == (201, "further_faults")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def folder_behind_a_link(path: Path) -> None:
    (path.parent.parent / "elsewhere").mkdir()
    path.symlink_to(path.parent.parent / "elsewhere")


def itself(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes and devices")
@pytest.mark.parametrize("make", [pipe, zeros, folder_behind_a_link])
def test_what_is_no_ordinary_file_is_not_opened(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    (tmp_path / "forms").mkdir()
    make(tmp_path / "forms" / "a.xlsx")
    with pytest.raises(UnreadableFile) as refused:
        content_of(tmp_path / "forms" / "a.xlsx")
    assert refused.value.code == "file_unusable"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("make", [zeros, itself])
def test_a_link_to_what_is_no_file_is_told(
    folder: Path, make: Callable[[Path], None], suffix: str
) -> None:
    make(folder / "forms" / f"a{suffix}")
    assert faults(collect(load(folder)).problems) == [(f"forms/a{suffix}", "file_unusable")]


def test_a_folder_called_like_a_form_is_a_folder(folder: Path) -> None:
    (folder / "forms" / "a.xlsx").mkdir()
    (folder / "forms" / "a.xlsx" / "b.xlsx").write_bytes(form())
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert set(came_in.answers["source"]) == {"forms/a.xlsx/b.xlsx"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb.xlsx", "forms/a�b.xlsx"),
        ("a\u202excod.xlsx", "forms/a�xcod.xlsx"),
        ("a\u200b.xlsx", "forms/a�.xlsx"),
        ("a\x1b[31m.xlsx", "forms/a�[31m.xlsx"),
        (os.fsdecode(b"a\xff.xlsx"), "forms/a�.xlsx"),
    ],
)
def test_a_name_with_signs_that_are_not_shown_is_told_and_the_file_not_used(
    folder: Path, name: str, shown: str
) -> None:
    try:
        (folder / "forms" / name).write_bytes(form())
    except (OSError, UnicodeEncodeError):
        pytest.skip("this system has no such names")
    came_in = collect(load(folder))
    assert faults(came_in.problems) == [(shown, "name_unfit")]
    assert set(came_in.ledger["source"]) == {shown}
    assert len(came_in.answers) == 0


@pytest.mark.parametrize("name", ["=cmd()", "-a", "@a", "+1", "a..b", "[x](y)", "a" * 240, "<b>"])
def test_an_odd_name_is_a_name(folder: Path, name: str) -> None:
    (folder / "forms" / f"{name}.xlsx").write_bytes(form())
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert set(came_in.answers["source"]) == {f"forms/{name}.xlsx"}
