"""Files with several rounds: which rows are of this one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from misbrug_analysis.intake.collect import Round, collect
from misbrug_analysis.model.errors import DefinitionError
from misbrug_analysis.model.privacy import NOT_KEPT
from tests.small import Rows, fates, faults, load, write_csv, write_workbook

WIDE: Rows = [
    ["Sted", "Year", "Navn", "t.1", "t.2"],
    ["A", "2017", "Ib", "ja", "nej"],
    ["A", "2018", "Bo", "nej", "nej"],
    ["B", "2017.0", "Eva", "ja", ""],
    ["Z", "2019", "", "måske", "nej"],
]


def came_in(folder: Path, rows: Rows, only: object, name: str = "x.csv", **more: Any) -> Round:
    """The round when this export is all that came in, of which some rows count."""
    (write_workbook if name.endswith(".xlsx") else write_csv)(folder / "forms" / name, rows)
    items = {"items": {"t.1": "t.1", "t.2": "t.2"}}
    export = {"file": f"forms/{name}", "layout": "wide", "unit": "Sted", "form_is": "joint"}
    mapping = {"exports": [{**export, "only": only, **(more or items)}]}
    (folder / "mapping.yaml").write_text(yaml.safe_dump(mapping), encoding="utf-8")
    return collect(load(folder))


@pytest.mark.parametrize("year", [2017, "2017", [2017, 2016]])
@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_rows_of_other_rounds_are_context(folder: Path, year: object, name: str) -> None:
    found = came_in(folder, WIDE, {"Year": year}, name)
    assert found.problems == ()
    assert found.answers[["unit", "item", "value"]].values.tolist() == [
        ["a", "t.1", "yes"],
        ["a", "t.2", "no"],
        ["b", "t.1", "yes"],
    ]
    assert [form.unit for form in found.forms] == ["a", "b"]
    at = fates(found.ledger, f"forms/{name}")
    others = ("row 3 column 1", "row 5 column 4") if name == "x.csv" else ("Svar!A3", "Svar!D5")
    assert {at[place] for place in others} == {("context", "other_row")}
    years = ("row 2 column 2", "row 4 column 2") if name == "x.csv" else ("Svar!B2", "Svar!B4")
    assert {at[place] for place in years} == {("context", "unused_column")}


def test_no_text_of_another_round_is_kept(folder: Path) -> None:
    ledger = came_in(folder, WIDE, {"Year": 2017}).ledger
    assert set(ledger.loc[ledger["reason"] == "other_row", "raw"]) == {NOT_KEPT}


def test_it_is_said_how_many_rows_are_left_out_and_what_they_have(folder: Path) -> None:
    told = [one for one in came_in(folder, WIDE, {"Year": 2017}).warnings if one.values]
    (one,) = [one for one in told if one.code == "rows_of_others"]
    assert (one.values["number"], one.values["columns"]) == (2, "Year")
    assert "2 rækker" in one.told("da")
    assert "2018, 2019" in one.told("da")


def test_rows_are_of_this_round_where_all_columns_say_so(folder: Path) -> None:
    rows = [*WIDE, ["C", "2017", "Per", "nej", "nej"]]
    found = came_in(folder, rows, {"Year": 2017, "Navn": ["Eva", "PER"]})
    assert list(found.answers["unit"]) == ["b", "c", "c"]


def test_a_long_file_has_rows_of_other_rounds_too(folder: Path) -> None:
    rows = [
        ["Sted", "Runde", "Nr.", "Svar"],
        ["A", "1", "t.1", "ja"],
        ["A", "2", "t.1", "nej"],
    ]
    found = came_in(folder, rows, {"Runde": 2}, layout="long", item="Nr.", answer="Svar")
    assert found.problems == ()
    assert list(found.answers["value"]) == ["no"]


def test_a_column_or_a_round_that_is_not_there_is_told(folder: Path) -> None:
    found = came_in(folder, WIDE, {"Year": 2020})
    assert faults(found.problems) == [("forms/x.csv", "only_nothing")]
    assert "2017, 2018, 2017.0, 2019" in str(found.problems[0])
    found = came_in(folder, WIDE, {"Aar": 2020})
    assert faults(found.problems) == [("forms/x.csv", "column_missing")]


@pytest.mark.parametrize("only", [["Year"], {"Year": []}, {"Year": [""]}, {"Year": {"a": 1}}])
def test_what_names_no_rows_is_told_at_its_line(folder: Path, only: object) -> None:
    with pytest.raises(DefinitionError) as caught:
        came_in(folder, WIDE, only)
    assert all("mapping.yaml, line" in problem.where for problem in caught.value.problems)


def test_every_cell_has_one_fate(folder: Path) -> None:
    ledger = came_in(folder, WIDE, {"Year": 2018}).ledger
    assert not ledger.duplicated(["source", "locator"]).any()
    filled = sum(bool(text) for row in WIDE for text in row)
    blanks = (ledger["reason"].isin(["no_row", "no_answer"])).sum()
    assert len(ledger) == filled + blanks
