"""Every published answer leads back to cells that say it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from openpyxl.utils import coordinate_to_tuple

from misbrug_analysis.analysis.tracing import Traces, trace, traces
from misbrug_analysis.execution.processed import settle
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.model.tables import Results
from tests.small import form_rows, load, make_project, write_form
from tests.studies.reconstructed import STUDY, Grid, read_grid

UNSETTLED = ("partly_undecided", "adjudicated_form")
WORDS = {"yes": "ja", "no": "nej", "partly": "delvis"}


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study(Project.find(STUDY), STUDY.name)


@pytest.fixture(scope="module")
def results(study: Study) -> Results:
    return settle(study)


@pytest.fixture(scope="module")
def found(study: Study, results: Results) -> Traces:
    return traces(results, study.instrument, study.adjudications)


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
    study: Study, results: Results, found: Traces, grids: dict[str, Grid]
) -> None:
    serving = study.instrument.serving()
    stands = {
        (one["unit"], f"{one['form']}/{one['respondent']}/{one['item']}"): place(one)
        for one in results.answers.to_dict("records")
    }
    for row in results.consolidated.to_dict("records"):
        one = found.of(row["unit"], row["indicator"])
        assert (one.answer, one.rule) == (row["answer"], row["rule"])
        named = row["inputs"].split("; ") if row["inputs"] else []
        cells = one.cells.to_dict("records")
        # What was measured in vain, or before a person settled it, is no input of the answer.
        vain = set(one.forms.loc[one.forms["rule"].isin(UNSETTLED), "form"])
        inputs = [
            cell for cell in cells if cell["form"] not in vain or cell["item"] == row["indicator"]
        ]
        assert sorted(map(place, inputs)) == sorted(stands[row["unit"], name] for name in named)
        for cell in cells:
            item, text = text_at(grids[cell["source"]], cell["locator"])
            assert item == cell["item"]
            assert masked(text) == cell["raw"]
            assert text.casefold() == WORDS[cell["value"]]
            assert item == row["indicator"] or (item, row["indicator"]) in serving


def test_an_agreed_answer_is_what_its_cells_say(results: Results, found: Traces) -> None:
    agreed = results.consolidated[results.consolidated["rule"].isin(["agreed", "incomplete"])]
    assert len(agreed) > 200
    for row in agreed.to_dict("records"):
        cells = found.of(row["unit"], row["indicator"]).cells
        assert set(cells["value"]) == {row["answer"]}


def test_a_judged_answer_shows_its_evidence(found: Traces) -> None:
    one = found.of("syd-1", "5.1")
    assert (one.answer, one.rule) == ("yes", "partly_on_par")
    form = one.forms.iloc[0]
    assert form["share"] >= form["threshold"]
    own = one.cells[one.cells["item"] != "5.1"]["value"]
    assert form["share"] == (own == "yes").mean()


def test_every_partly_answer_has_the_peers_that_it_was_measured_against(found: Traces) -> None:
    partly = found.forms[found.forms["said"] == "partly"].to_dict("records")
    assert len(partly) > 5
    for form in partly:
        one = found.of(form["unit"], form["indicator"])
        assert len(one.peers) == form["peers"]
        assert np.median(one.peers["share"]) == pytest.approx(form["threshold"])
        served = one.peer_cells[one.peer_cells["item"] != form["indicator"]]
        shares = (served["value"] == "yes").groupby([served["unit"], served["form"]]).mean()
        assert shares.to_dict() == one.peers.set_index(["unit", "form"])["share"].to_dict()


def test_an_absent_unit_has_no_cells(found: Traces) -> None:
    one = found.of("stevns", "1.1")
    assert (one.answer, len(one.forms), len(one.cells)) == ("absent", 0, 0)


def test_one_trace_is_that_of_all_traces(study: Study, results: Results, found: Traces) -> None:
    alone = trace(results, study.instrument, study.adjudications, "syd-1", "5.1")
    for name in ("forms", "cells", "peers", "peer_cells", "rulings"):
        pd.testing.assert_frame_equal(getattr(alone, name), getattr(found.of("syd-1", "5.1"), name))


def test_an_answer_is_traced_in_its_own_unit_alone(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    for unit in ("a", "b"):
        write_form(folder / "forms" / f"{unit}.csv", form_rows(unit, {"t.1": "ja"}))
    study = load(folder)
    results = settle(study)
    assert list(results.consolidated.query("indicator == 't.1'")["inputs"]) == [
        "joint/1/t.1",
        "joint/1/t.1",
        "",
    ]
    one = trace(results, study.instrument, study.adjudications, "b", "t.1")
    assert list(one.cells["source"]) == ["forms/b.csv"]


def test_a_file_name_may_hold_what_separates_cells(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    for name in ("Svar; alkohol, A.xlsx", "a.csv"):
        form = "alcohol" if "alkohol" in name else "drugs"
        write_form(folder / "forms" / name, form_rows("a", {"t.1": "ja"}, form=form))
    study = load(folder)
    one = trace(settle(study), study.instrument, study.adjudications, "a", "t.1")
    assert sorted(one.cells["source"]) == ["forms/Svar; alkohol, A.xlsx", "forms/a.csv"]


@pytest.mark.parametrize(("unit", "indicator"), [("nobody", "1.1"), ("syd-1", "3.1")])
def test_what_was_not_asked_has_no_trace(found: Traces, unit: str, indicator: str) -> None:
    with pytest.raises(KeyError):
        found.of(unit, indicator)
