"""Exports with several respondents of each unit: a row each, or told apart by a column."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.model.errors import DefinitionError
from tests.several_respondents import answers, came_in, make_several, survey
from tests.small import fates, faults, load, make_project, write_csv

ROLE = {"role": "Stilling"}
WHO = {"respondent": "Id"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_several(tmp_path)


def test_each_row_is_a_respondent_with_a_role(folder: Path) -> None:
    rows = [["A", "leder", "ja"], ["A", "chef", "nej"], ["B", "medarbejder", "ja"]]
    survey(folder, ["Sted", "Stilling", "t.1"], *rows, **ROLE)
    found = came_in(folder)
    assert not found.problems
    assert answers(found) == [
        ("a", "1", "role", "leader"),
        ("a", "1", "t.1", "yes"),
        ("a", "2", "role", "leader"),
        ("a", "2", "t.1", "no"),
        ("b", "1", "role", "staff"),
        ("b", "1", "t.1", "yes"),
    ]
    assert fates(found.ledger, "forms/survey.csv")["row 3 column 2"] == ("used", "role")


def test_a_role_leads_back_to_its_cell_in_an_export(folder: Path) -> None:
    survey(folder, ["Sted", "Stilling", "t.1"], ["A", "1", "ja"], **ROLE, roles={"1": "chef"})
    row = came_in(folder).answers.iloc[0]
    assert (row["value"], row["raw"], row["locator"]) == ("leader", "1", "row 2 column 2")


def test_one_role_can_be_said_of_a_whole_file(folder: Path) -> None:
    survey(folder, ["Sted", "t.1"], ["A", "ja"], ["B", "nej"], role_is="Medarbejder")
    roles = [one for one in answers(came_in(folder)) if one[2] == "role"]
    assert roles == [("a", "1", "role", "staff"), ("b", "1", "role", "staff")]


def test_a_file_that_does_not_ask_for_roles_is_told_and_used(folder: Path) -> None:
    survey(folder, ["Sted", "t.1"], ["A", "ja"], ["A", "nej"])
    found = came_in(folder)
    assert not found.problems
    assert answers(found) == [("a", "1", "t.1", "yes"), ("a", "2", "t.1", "no")]
    assert "roles_unasked" in [one.code for one in found.warnings]


def test_missing_and_unknown_roles_are_faults_of_their_cells(folder: Path) -> None:
    survey(folder, ["Sted", "Stilling", "t.1"], ["A", "", "ja"], ["A", "gæst", "ja"], **ROLE)
    found = came_in(folder)
    assert faults(found.problems) == [
        ("forms/survey.csv, row 2 column 2", "role_missing"),
        ("forms/survey.csv, row 3 column 2", "unknown_role"),
    ]
    assert fates(found.ledger, "forms/survey.csv")["row 2 column 2"] == ("rejected", "role_missing")


def test_what_respondents_are_called_is_kept_nowhere(folder: Path) -> None:
    rows = [["A", "Jens Olsen", "ja"], ["A", "Ida Holm", "nej"], ["A", "010180-1234", "ja"]]
    survey(folder, ["Sted", "Id", "t.1"], *rows, **WHO)
    found = came_in(folder)
    assert not found.problems  # a number nobody stores stops nothing
    kept = found.answers.to_csv() + found.ledger.to_csv()
    assert not [one for one in ("Jens", "Olsen", "Ida", "010180") if one in kept]
    cells = found.ledger.set_index("locator")
    assert cells.loc["row 2 column 2", ["raw", "fate", "reason"]].tolist() == [
        "[…]",
        "used",
        "respondent",
    ]
    assert answers(found)[2] == ("a", "3", "t.1", "yes")


def test_one_respondent_twice_in_a_file_counts_as_of_the_later_date(folder: Path) -> None:
    rows = [["A", "7", "01-05-2024", "ja"], ["A", "7", "02-05-2024", "nej"], ["A", "8", "", "ja"]]
    survey(folder, ["Sted", "Id", "Dato", "t.1"], *rows, **WHO, date="Dato")
    found = came_in(folder)
    assert not found.problems
    assert answers(found) == [("a", "1", "t.1", "no"), ("a", "2", "t.1", "yes")]


def test_one_respondent_twice_without_a_date_is_for_a_person_to_settle(folder: Path) -> None:
    survey(folder, ["Sted", "Id", "t.1"], ["A", "7", "ja"], ["A", " 7", "nej"], **WHO)
    assert faults(came_in(folder).problems) == [
        ("forms/survey.csv, row 2", "respondent_twice"),
        ("forms/survey.csv, row 3", "respondent_twice"),
    ]


def test_a_newer_export_beside_the_older_one_counts_nobody_twice(folder: Path) -> None:
    first, second = ["A", "7", "ja"], ["A", "8", "nej"]
    survey(folder, ["Sted", "Id", "t.1"], first, name="1.csv", **WHO)
    survey(folder, ["Sted", "Id", "t.1"], first, second, name="2.csv", **WHO)
    found = came_in(folder)
    assert faults(found.problems) == [("forms/2.csv", "responses_again")]
    assert answers(found) == [("a", "1", "t.1", "yes")]


def test_without_names_the_time_and_the_answers_show_a_newer_export(folder: Path) -> None:
    first, second = ["A", "2024-05-01 10:11:12", "ja"], ["A", "2024-05-02 10:11:12", "ja"]
    survey(folder, ["Sted", "Tid", "t.1"], first, name="1.csv", date="Tid")
    survey(folder, ["Sted", "Tid", "t.1"], first, second, name="2.csv", date="Tid")
    assert faults(came_in(folder).problems) == [("forms/2.csv", "responses_again")]


def test_the_same_export_twice_is_superseded(folder: Path) -> None:
    for name in ("1.csv", "2.csv"):
        survey(folder, ["Sted", "Id", "t.1"], ["A", "7", "ja"], name=name, **WHO)
    found = came_in(folder)
    assert not found.problems
    assert answers(found) == [("a", "1", "t.1", "yes")]


def test_a_long_file_tells_respondents_apart_by_a_column(folder: Path) -> None:
    rows = [
        ["A", "7", "leder", "t.1", "ja"],
        ["A", "8", "medarbejder", "t.1", "nej"],
        ["A", "7", "leder", "t.2", "nej"],
    ]
    long = {"layout": "long", "item": "Nr", "answer": "Svar", "items": {}}
    survey(folder, ["Sted", "Id", "Stilling", "Nr", "Svar"], *rows, **long, **WHO, **ROLE)
    found = came_in(folder)
    assert not found.problems
    assert answers(found) == [
        ("a", "1", "role", "leader"),
        ("a", "1", "t.1", "yes"),
        ("a", "1", "t.2", "no"),
        ("a", "2", "role", "staff"),
        ("a", "2", "t.1", "no"),
    ]


def test_two_roles_of_one_respondent_in_a_long_file_are_a_fault(folder: Path) -> None:
    rows = [["A", "7", "leder", "t.1", "ja"], ["A", "7", "medarbejder", "t.2", "nej"]]
    long = {"layout": "long", "item": "Nr", "answer": "Svar", "items": {}}
    survey(folder, ["Sted", "Id", "Stilling", "Nr", "Svar"], *rows, **long, **WHO, **ROLE)
    assert faults(came_in(folder).problems) == [
        ("forms/survey.csv, row 3 column 3", "role_differs")
    ]


def test_the_table_answers_is_read_again_with_roles(folder: Path, tmp_path: Path) -> None:
    rows = [["A", "leder", "ja"], ["A", "medarbejder", "nej"]]
    survey(folder, ["Sted", "Stilling", "t.1"], *rows, **ROLE)
    first = came_in(folder)
    again = make_several(tmp_path / "again")
    first.answers.to_csv(again / "forms" / "answers.csv", index=False)
    second = came_in(again)
    assert not second.problems
    assert answers(second) == answers(first)


def test_headings_of_roles_and_respondents_need_no_mapping(folder: Path) -> None:
    headings = ["Besvarelse fra", "Skema", "Rolle", "Respondent", "t.1"]
    rows = [["A", "fælles", "leder", "x1", "ja"], ["A", "fælles", "chef", "x2", "ja"]]
    write_csv(folder / "forms" / "wide.csv", [headings, *rows])
    found = came_in(folder)
    assert not found.problems
    assert [one[1:] for one in answers(found) if one[2] == "role"] == [
        ("1", "role", "leader"),
        ("2", "role", "leader"),
    ]
    assert "x1" not in found.ledger.to_csv()


def test_codes_of_roles_in_surveyxact_have_labels(folder: Path) -> None:
    status = [f"stato_{number}" for number in range(1, 6)]
    done = [0, 0, 0, 1, 0]
    rows = [["A", 1, 1, *done], ["A", 2, 1, *done]]
    labels = [["s_0", 1, "Leder"], ["s_0", 2, "Medarbejder"], ["s_1", 1, "ja"]]
    write_csv(folder / "forms" / "labels.csv", labels)
    xact = {"layout": "surveyxact", "labels": "forms/labels.csv", "items": {"t.1": "s_1"}}
    survey(folder, ["Sted", "s_0", "s_1", *status], *rows, **xact, role="s_0")
    found = came_in(folder)
    assert not found.problems
    assert [one[3] for one in answers(found) if one[2] == "role"] == ["leader", "staff"]


def test_more_of_one_unit_than_a_thousand_are_no_strangers(folder: Path) -> None:
    rows = [["A", "leder", "ja"]] * 1_100
    survey(folder, ["Sted", "Stilling", "t.1"], *rows, **ROLE)
    found = came_in(folder)
    assert not found.problems
    assert found.answers["respondent"].nunique() == 1_100


@pytest.mark.parametrize(
    ("mapping", "part"),
    [
        ({"role": "S", "role_is": "leder"}, "role_is"),
        ({"role_is": "gæst"}, "gæst"),
        ({"role": "S", "roles": {"1": "gæst"}}, "gæst"),
        ({"layout": "long", "item": "N", "answer": "A", "items": {}}, "respondent"),
    ],
)
def test_a_mapping_that_contradicts_itself_is_told(
    folder: Path, mapping: dict[str, object], part: str
) -> None:
    survey(folder, ["Sted", "S", "t.1"], ["A", "1", "ja"], **mapping)
    with pytest.raises(DefinitionError, match=part):
        load(folder)


def test_an_instrument_with_one_respondent_has_no_use_for_the_fields(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    survey(folder, ["Sted", "S", "t.1"], ["A", "1", "ja"], respondent="S")
    with pytest.raises(DefinitionError, match="respondent"):
        load(folder)
