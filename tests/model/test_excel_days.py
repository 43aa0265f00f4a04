"""Days and rows of CSV files as a Danish Excel leaves them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from misbrug_analysis.model.decisions import DECISION_COLUMNS, load_decisions
from misbrug_analysis.model.errors import DefinitionError
from tests.small import faults, load, make_project, write_csv

WRITTEN = ["2026-04-01", "01-04-2026", "1.4.2026", "1/4/2026"]
PLACE = ["forms/a.csv", "row 9 column 3", "måske"]


@pytest.mark.parametrize("day", WRITTEN)
def test_the_day_of_a_decision_and_of_a_ruling_is_read(tmp_path: Path, day: str) -> None:
    ruling = {"unit": "a", "indicator": "t.1", "answer": "yes", "date": day}
    folder = make_project(tmp_path, adjudications=[ruling])
    write_csv(folder / "decisions.csv", [DECISION_COLUMNS, [*PLACE, "ja", "Aftalt", "Ida", day]])
    study = load(folder)
    assert [one.date for one in (*study.decisions, *study.rulings)] == [date(2026, 4, 1)] * 2


@pytest.mark.parametrize("day", ["31-02-2026", "1-4.2026", "01-04-26", "2026"])
def test_what_is_no_day_is_told_with_its_line(tmp_path: Path, day: str) -> None:
    path = tmp_path / "decisions.csv"
    write_csv(path, [DECISION_COLUMNS, [*PLACE, "ja", "Aftalt", "Ida", day]])
    with pytest.raises(DefinitionError) as error:
        load_decisions(path)
    ((where, code),) = faults(error.value.problems)
    assert (where.endswith("line 2, column date"), code) == (True, "bad_value")


def test_blank_rows_and_rows_that_nobody_has_decided_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    blank = [""] * len(DECISION_COLUMNS)
    decided = [*PLACE, "ja", "Aftalt", "Ida", "2026-04-01"]
    write_csv(path, [DECISION_COLUMNS, blank, [*PLACE, *blank[3:]], decided, blank])
    assert [one.line for one in load_decisions(path)] == [4]


@pytest.mark.parametrize("column", [3, 4, 5])
def test_a_row_that_is_begun_has_to_be_whole(tmp_path: Path, column: int) -> None:
    path = tmp_path / "decisions.csv"
    row = [*PLACE, "", "", "", ""]
    row[column] = "ja"
    write_csv(path, [DECISION_COLUMNS, row])
    with pytest.raises(DefinitionError) as error:
        load_decisions(path)
    assert {code for _, code in faults(error.value.problems)} == {"missing_field"}


def test_blank_rows_among_the_units_are_left_out(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    rows = [["id", "label", "team"], ["a", "A", "north"], ["", "", ""], ["b", "B", "south"]]
    write_csv(folder / "units.csv", rows)
    assert list(load(folder).organisation.unit_ids) == ["a", "b"]
