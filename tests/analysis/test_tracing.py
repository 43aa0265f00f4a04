"""Every published answer leads back to cells that say it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from pathlib import Path

import pytest
from openpyxl.utils import coordinate_to_tuple

from misbrug_analysis.analysis.tracing import trace
from misbrug_analysis.execution.processed import settle
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study, load_study
from misbrug_analysis.model.tables import Results
from tests.small import form_rows, load, make_project, write_form
from tests.studies.reconstructed import STUDY, Grid, read_grid

WORDS = {"yes": "ja", "no": "nej", "partly": "delvis"}


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study(Project.find(STUDY), STUDY.name)


@pytest.fixture(scope="module")
def results(study: Study) -> Results:
    return settle(study)


@pytest.fixture(scope="module")
def grids() -> dict[str, Grid]:
    return {f"forms/{path.name}": read_grid(path) for path in (STUDY / "forms").iterdir()}


def text_at(grid: Grid, locator: str) -> tuple[str, str]:
    """The item's number and the text at a place of a raw file."""
    if locator.startswith("row "):
        _, row, _, column = locator.split()
        place = int(row), int(column)
    else:
        sheet, _, name = locator.partition("!")
        assert sheet == "Svar"
        place = coordinate_to_tuple(name)
    line = grid[place[0] - 1]
    return str(line[0]), str(line[place[1] - 1]).strip()


def place(row: Mapping[Hashable, str]) -> tuple[str, str]:
    """Where an answer stands."""
    return row["source"], row["locator"]


def test_every_answer_of_2014_leads_to_cells_that_say_it(
    study: Study, results: Results, grids: dict[str, Grid]
) -> None:
    serving = study.instrument.serving()
    stands = {
        (one["unit"], f"{one['form']}/{one['respondent']}/{one['item']}"): place(one)
        for one in results.answers.to_dict("records")
    }
    for row in results.consolidated.to_dict("records"):
        found = trace(results, row["unit"], row["indicator"])
        assert (found.answer, found.rule) == (row["answer"], row["rule"])
        named = row["inputs"].split("; ") if row["inputs"] else []
        cells = found.cells.to_dict("records")
        assert sorted(map(place, cells)) == sorted(stands[row["unit"], name] for name in named)
        for cell in cells:
            item, text = text_at(grids[cell["source"]], cell["locator"])
            assert item == cell["item"]
            assert masked(text) == cell["raw"]
            assert text.casefold() == WORDS[cell["value"]]
            assert item == row["indicator"] or (item, row["indicator"]) in serving


def test_an_agreed_answer_is_what_its_cells_say(results: Results) -> None:
    agreed = results.consolidated[results.consolidated["rule"].isin(["agreed", "incomplete"])]
    assert len(agreed) > 200
    for row in agreed.to_dict("records"):
        cells = trace(results, row["unit"], row["indicator"]).cells
        assert set(cells["value"]) == {row["answer"]}


def test_a_judged_answer_shows_its_evidence(results: Results) -> None:
    found = trace(results, "syd-1", "5.1")
    assert (found.answer, found.rule) == ("yes", "partly_on_par")
    form = found.forms.iloc[0]
    assert form["share"] >= form["threshold"]
    own = found.cells[found.cells["item"] != "5.1"]["value"]
    assert form["share"] == (own == "yes").mean()


def test_an_absent_unit_has_no_cells(results: Results) -> None:
    found = trace(results, "stevns", "1.1")
    assert (found.answer, len(found.forms), len(found.cells)) == ("absent", 0, 0)


def test_an_answer_is_traced_in_its_own_unit_alone(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    for unit in ("a", "b"):
        write_form(folder / "forms" / f"{unit}.csv", form_rows(unit, {"t.1": "ja"}))
    results = settle(load(folder))
    assert list(results.consolidated.query("indicator == 't.1'")["inputs"]) == [
        "joint/1/t.1",
        "joint/1/t.1",
        "",
    ]
    assert list(trace(results, "b", "t.1").cells["source"]) == ["forms/b.csv"]


def test_a_file_name_may_hold_what_separates_cells(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    for name in ("Svar; alkohol, A.xlsx", "a.csv"):
        form = "alcohol" if "alkohol" in name else "drugs"
        write_form(folder / "forms" / name, form_rows("a", {"t.1": "ja"}, form=form))
    found = trace(settle(load(folder)), "a", "t.1")
    assert sorted(found.cells["source"]) == ["forms/Svar; alkohol, A.xlsx", "forms/a.csv"]


@pytest.mark.parametrize(("unit", "indicator"), [("nobody", "1.1"), ("syd-1", "3.1")])
def test_what_was_not_asked_has_no_trace(results: Results, unit: str, indicator: str) -> None:
    with pytest.raises(KeyError):
        trace(results, unit, indicator)
