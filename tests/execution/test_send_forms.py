"""Forms as files: which ones are written, what they are called, and what is never written over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from misbrug_analysis.execution.send_forms import write_forms
from misbrug_analysis.model.errors import IntakeError, MisbrugError, ParameterError, ReportError
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.language import Language
from tests.projects import digests
from tests.small import form_rows, load, make_project, write_form


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return load(make_project(tmp_path / "project"))


def named(study: Study, folder: Path, **chosen: Any) -> list[str]:
    """The names of the files that are written."""
    return [path.name for path in write_forms(study, folder, **chosen).written]


def code_of(error: MisbrugError) -> str:
    (problem,) = error.problems
    assert str(problem)
    assert problem.told("da")
    return problem.code


def asked_for(root: Path, wanted: dict[str, str], **changes: Any) -> Study:
    """The small study whose units are asked for the forms they are listed with."""
    place = make_project(root, **changes)
    lines = [f"{unit},{unit.upper()},north,{names}" for unit, names in wanted.items()]
    (place / "units.csv").write_text("\n".join(["id,label,team,forms", *lines]), "utf-8")
    return load(place)


def test_every_unit_gets_the_form_that_covers_all(study: Study, tmp_path: Path) -> None:
    assert named(study, tmp_path / "new" / "sent") == [
        "a_faelles.xlsx",
        "b_faelles.xlsx",
        "c_faelles.xlsx",
    ]


def test_a_unit_gets_the_forms_it_is_asked_for(tmp_path: Path) -> None:
    study = asked_for(tmp_path / "project", {"a": "alcohol drugs", "b": ""})
    assert named(study, tmp_path / "sent") == [
        "a_alkohol.xlsx",
        "a_stoffer.xlsx",
        "b_faelles.xlsx",
    ]


def test_without_a_form_that_covers_all_every_form_is_written(tmp_path: Path) -> None:
    forms = [{"id": "young", "label": {"da": "Unge"}}, {"id": "old", "label": {"da": "Ældre"}}]
    study = asked_for(tmp_path / "project", {"a": ""}, forms=forms)
    assert named(study, tmp_path / "sent") == ["a_unge.xlsx", "a_aeldre.xlsx"]


def test_units_and_forms_can_be_chosen(study: Study, tmp_path: Path) -> None:
    chosen = named(study, tmp_path / "sent", units=["c", "a"], forms=["youth"])
    assert chosen == ["c_unge.xlsx", "a_unge.xlsx"]


def test_forms_with_labels_that_make_one_name_are_called_by_their_ids(tmp_path: Path) -> None:
    forms = [{"id": "one", "label": {"da": "Et hold!"}}, {"id": "two", "label": {"da": "et-hold"}}]
    study = asked_for(tmp_path / "project", {"a": ""}, forms=forms)
    assert named(study, tmp_path / "sent") == ["a_one.xlsx", "a_two.xlsx"]


def test_the_language_can_be_chosen(study: Study, tmp_path: Path) -> None:
    write_forms(study, tmp_path / "sent", units=["a"], language=Language.load("en"))
    book = load_workbook(tmp_path / "sent" / "a_faelles.xlsx")
    assert book.sheetnames[:2] == ["Instructions", "Answers"]


def test_what_stands_there_already_is_left_as_it_is(study: Study, tmp_path: Path) -> None:
    write_forms(study, tmp_path, units=["a"])
    before = digests(tmp_path)
    done = write_forms(study, tmp_path, units=["a", "b"])
    assert [path.name for path in done.kept] == ["a_faelles.xlsx"]
    assert [path.name for path in done.written] == ["b_faelles.xlsx"]
    assert before.items() <= digests(tmp_path).items()


def test_a_file_that_differs_is_never_written_over(study: Study, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    for name in ("a_faelles.xlsx", "c_faelles.xlsx"):
        (folder / name).write_bytes(b"filled in")
    before = digests(folder)
    with pytest.raises(ReportError) as raised:
        write_forms(study, folder)
    found = [(problem.code, Path(problem.where).name) for problem in raised.value.problems]
    assert found == [("form_in_the_way", "a_faelles.xlsx"), ("form_in_the_way", "c_faelles.xlsx")]
    assert digests(folder) == before


@pytest.mark.parametrize("chosen", [{"units": ["aa"]}, {"forms": ["jount"]}])
def test_a_name_that_does_not_exist_is_told(
    chosen: dict[str, list[str]], study: Study, tmp_path: Path
) -> None:
    with pytest.raises(ParameterError) as raised:
        write_forms(study, tmp_path / "sent", **chosen)  # type: ignore[arg-type]
    assert code_of(raised.value) == "unknown_name"
    assert not (tmp_path / "sent").exists()


def test_a_file_is_no_folder_to_write_to(study: Study, tmp_path: Path) -> None:
    (tmp_path / "sent").write_text("x", "utf-8")
    with pytest.raises(ParameterError) as raised:
        write_forms(study, tmp_path / "sent")
    assert code_of(raised.value) == "not_a_folder"


def test_a_folder_below_a_file_is_told_and_not_a_traceback(study: Study, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(ReportError) as raised:
        write_forms(study, tmp_path / "file" / "sent")
    assert {problem.code for problem in raised.value.problems} == {"file_unusable"}


def test_a_folder_where_a_form_would_be_written_is_in_the_way(study: Study, tmp_path: Path) -> None:
    (tmp_path / "a_faelles.xlsx").mkdir()
    with pytest.raises(ReportError) as raised:
        write_forms(study, tmp_path, units=["a"])
    assert code_of(raised.value) == "form_in_the_way"


@pytest.mark.parametrize("below", ["", "sent"])
def test_empty_forms_are_not_put_among_those_that_came_in(below: str, study: Study) -> None:
    with pytest.raises(ParameterError) as raised:
        write_forms(study, study.folder / "forms" / below)
    assert code_of(raised.value) == "forms_among_answers"


@pytest.mark.parametrize("other", ["another", "not-there-yet"])
def test_nor_among_those_of_another_round(other: str, study: Study) -> None:
    rounds = study.folder.parent
    (rounds / "another" / "forms").mkdir(parents=True)
    with pytest.raises(ParameterError) as raised:
        write_forms(study, rounds / other / "forms" / "new")
    assert code_of(raised.value) == "forms_among_answers"


@pytest.mark.parametrize("linked", ["target", "forms"])
def test_nor_by_way_of_a_link(linked: str, study: Study, tmp_path: Path) -> None:
    forms, target = study.folder / "forms", tmp_path / "elsewhere"
    if linked == "target":
        target.symlink_to(forms, target_is_directory=True)
    else:
        target.mkdir()
        forms.rmdir()
        forms.symlink_to(target, target_is_directory=True)
    with pytest.raises(ParameterError) as raised:
        write_forms(study, target)
    assert code_of(raised.value) == "forms_among_answers"


def test_last_times_answers_stand_in_the_forms_of_who_gave_them(
    study: Study, tmp_path: Path
) -> None:
    place = make_project(tmp_path / "before", units={"a": "north", "gone": "south"})
    write_form(place / "forms" / "a.csv", form_rows("a", {"t.1": "ja"}))
    write_form(place / "forms" / "gone.csv", form_rows("gone", {"t.2": "nej"}))
    done = write_forms(study, tmp_path / "sent", units=["a", "b"], previous=load(place))
    assert done.with_last == 1
    shown = {
        path.name: [row[2].value for row in load_workbook(path)["Svar"].iter_rows() if row[2].value]
        for path in done.written
    }
    assert shown == {"a_faelles.xlsx": ["Svar sidst", "ja"], "b_faelles.xlsx": ["Svar sidst"]}


def test_an_earlier_round_with_faults_is_not_shown(study: Study, tmp_path: Path) -> None:
    place = make_project(tmp_path / "before")
    write_form(place / "forms" / "a.csv", form_rows("a", {"t.1": "måske"}))
    with pytest.raises(IntakeError):
        write_forms(study, tmp_path / "sent", previous=load(place))
    assert not (tmp_path / "sent").exists()
