"""Names of files come from outside: they are masked and told, and never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import inputs
from misbrug_analysis.intake.collect import collect
from tests.small import cell, fates, faults, form_rows, load, make_project, write_form


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Svar 010203-1234.xlsx", "forms/Svar [cpr].xlsx"),
        ("ole@greve.dk.csv", "forms/[e-mail]"),
        ("Ring 12 34 56 78.csv", "forms/Ring [tlf.].csv"),
        ("010203-1234/a.csv", "forms/[cpr]/a.csv"),
    ],
)
def test_a_file_whose_name_holds_personal_data_is_not_used(
    folder: Path, name: str, shown: str
) -> None:
    path = folder / "forms" / name
    path.parent.mkdir(exist_ok=True)
    write_form(path, form_rows("a", {"t.1": "ja"}))
    came_in = collect(load(folder))
    assert faults(came_in.problems) == [(shown, "name_personal")]
    assert set(came_in.ledger["source"]) == {shown}
    assert ("rejected", "name_personal") in fates(came_in.ledger, shown).values()
    assert len(came_in.answers) == 0


def test_names_that_are_masked_alike_are_told_apart(folder: Path) -> None:
    for name in ("a 010203-1234.csv", "a 020304-1234.csv", "a [cpr].csv"):
        write_form(folder / "forms" / name, form_rows("a", {"t.1": "ja"}, remarks={"t.1": name}))
    came_in = collect(load(folder))
    assert [problem.source for problem in came_in.problems if problem.code == "name_personal"] == [
        "forms/a [cpr].csv (2)",
        "forms/a [cpr].csv (3)",
    ]
    assert set(came_in.answers["source"]) == {"forms/a [cpr].csv"}


def test_a_name_with_personal_data_cannot_be_accepted(tmp_path: Path) -> None:
    accepted = {"source": "forms/[cpr].csv", "locator": "file", "reason": "no"}
    folder = make_project(tmp_path, accept=[accepted])
    write_form(folder / "forms" / "010203-1234.csv", form_rows("a", {"t.1": "ja"}))
    codes = [problem.code for problem in collect(load(folder)).problems]
    assert codes == ["name_personal", "stray_acceptance"]


def test_what_tables_rest_on_is_named_without_personal_data(folder: Path) -> None:
    write_form(folder / "forms" / "010203-1234.csv", form_rows("a", {"t.1": "ja"}))
    names = inputs(load(folder))
    assert f"data/raw/{folder.name}/forms/[cpr].csv" in names
    assert not any("010203" in name for name in names)


@pytest.mark.parametrize("name", ["20240305.csv", "greve_05032024.csv", "svar (1).csv", "a 1.csv"])
def test_days_and_small_numbers_in_a_name_are_nothing_personal(folder: Path, name: str) -> None:
    write_form(folder / "forms" / name, form_rows("a", {"t.1": "ja"}))
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert came_in.answers["source"].tolist() == [f"forms/{name}"]


def test_a_file_is_told_by_name_and_cell(folder: Path) -> None:
    write_form(folder / "forms" / "Æblerød, 1.xlsx", form_rows("a", {"t.1": "?", "t.2": "ja"}))
    problem = collect(load(folder)).problems[0]
    assert (problem.source, problem.locator) == ("forms/Æblerød, 1.xlsx", cell("t.1"))
