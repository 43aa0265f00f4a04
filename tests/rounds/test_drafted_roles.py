"""Drafts of ``mapping.yaml`` where several of a unit answer: respondents and their roles."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.execution.draft_mapping import draft_mapping
from misbrug_analysis.presentation.language import Language
from tests.several_respondents import answers, came_in, make_several
from tests.small import load, make_project, write_csv

HEADINGS = ["Besvarelse fra", "ID", "Hvad er du?", "t.1"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_several(tmp_path)


def drafted(folder: Path, *rows: list[str]) -> str:
    write_csv(folder / "forms" / "x.csv", list(rows))
    made = draft_mapping(load(folder), [Path("x.csv")], Language.load("en"), form="joint", to=None)
    return made.path.read_text("utf-8")


def test_a_column_of_roles_is_known_by_what_stands_in_it(folder: Path) -> None:
    text = drafted(folder, HEADINGS, ["A", "1", "Chef", "ja"], ["A", "2", "medarbejder", "nej"])
    assert '    role: "Hvad er du?"\n' in text
    assert '    # respondent: "ID"\n' in text
    assert answers(came_in(folder)) == [
        ("a", "1", "role", "leader"),
        ("a", "1", "t.1", "yes"),
        ("a", "2", "role", "staff"),
        ("a", "2", "t.1", "no"),
    ]


def test_a_column_where_most_are_roles_is_proposed(folder: Path) -> None:
    rows = [["A", "1", "chef", "ja"], ["A", "2", "medarbejder", "nej"], ["A", "3", "vikar", "ja"]]
    assert '    # role: "Hvad er du?"\n' in drafted(folder, HEADINGS, *rows)


def test_codes_in_a_column_that_is_called_role_are_listed(folder: Path) -> None:
    headings = [*HEADINGS[:2], "Rolle", "t.1"]
    text = drafted(folder, headings, ["A", "1", "1", "ja"], ["A", "2", "2", "nej"])
    assert '    role: "Rolle"\n' in text
    assert '    roles:\n      # "1":\n      # "2":\n' in text


def test_names_of_respondents_stand_in_no_draft(folder: Path) -> None:
    headings = [*HEADINGS[:1], "Respondent", *HEADINGS[2:]]
    text = drafted(folder, headings, ["A", "Ida", "chef", "ja"], ["A", "Jens", "chef", "nej"])
    assert '    respondent: "Respondent"\n' in text
    assert "Ida" not in text


def test_without_respondents_nothing_is_said_of_them(tmp_path: Path) -> None:
    text = drafted(make_project(tmp_path), HEADINGS, ["A", "1", "chef", "ja"])
    assert "respondent" not in text
    assert "role" not in text
