"""A trace names whatever its answer rests on: its own cells, and those of its peers."""

from __future__ import annotations

import pandas as pd
import pytest

from misbrug_analysis.analysis.consolidation import consolidate, form_answers
from misbrug_analysis.analysis.tracing import Trace, trace
from misbrug_analysis.execution.processed import settle
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import Results
from tests.small import form_rows, load, make_project, write_form

# A is measured against B and one form of C. Of the others, D's yes has no supplementary answer and
# its other form says no, a person ruled on E, F says partly too, and G does not say anything.
# All supplementary questions serve t.1.
SENT = {
    ("a", "joint"): {"t.1": "delvis", "t.s1": "ja", "t.s2": "nej", "t.s3": "nej"},
    ("b", "joint"): {"t.1": "ja", "t.s1": "ja", "t.s2": "ja"},
    ("c", "alcohol"): {"t.1": "ja", "t.s1": "ja", "t.s2": "nej"},
    ("c", "drugs"): {"t.1": "nej", "t.s1": "ja"},
    ("d", "alcohol"): {"t.1": "ja"},
    ("d", "drugs"): {"t.1": "nej", "t.s2": "ja"},
    ("e", "joint"): {"t.1": "ja", "t.s1": "ja"},
    ("f", "joint"): {"t.1": "delvis", "t.s3": "ja"},
    ("g", "joint"): {"t.2": "ja", "t.s4": "ja"},
}
RULING = {"unit": "e", "form": "", "indicator": "t.1", "answer": "yes"}

Cells = set[tuple[str, str, str]]
"""Cells by unit, form and item."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    units = {unit: "north" for unit, _ in SENT}
    folder = make_project(tmp_path_factory.mktemp("small"), units, [RULING])
    for (unit, form), answers in SENT.items():
        rows = form_rows(unit, answers, form=form)
        write_form(folder / "forms" / f"{unit}_{form}.csv", rows)
    return load(folder)


@pytest.fixture(scope="module")
def results(study: Study) -> Results:
    return settle(study)


def of(study: Study, results: Results, unit: str, indicator: str = "t.1") -> Trace:
    return trace(results, study.instrument, study.adjudications, unit, indicator)


def own(one: Trace) -> Cells:
    return {(one.unit, form, item) for form, item in one.cells[["form", "item"]].to_numpy()}


def of_peers(one: Trace) -> Cells:
    return {tuple(row) for row in one.peer_cells[["unit", "form", "item"]].to_numpy()}


def test_a_partly_answer_rests_on_the_cells_of_its_peers(study: Study, results: Results) -> None:
    one = of(study, results, "a")
    assert (one.answer, one.rule) == ("no", "partly_below")
    assert one.forms.to_dict("records") == [
        {
            "form": "joint",
            "said": "partly",
            "answer": "no",
            "rule": "partly_below",
            "share": pytest.approx(1 / 3),
            "threshold": 0.75,
            "peers": 2,
        }
    ]
    assert one.peers.to_dict("records") == [
        {"unit": "b", "form": "joint", "share": 1.0},
        {"unit": "c", "form": "alcohol", "share": 0.5},
    ]
    assert own(one) == {("a", "joint", item) for item in ("t.1", "t.s1", "t.s2", "t.s3")}
    assert of_peers(one) == {
        *(("b", "joint", item) for item in ("t.1", "t.s1", "t.s2")),
        *(("c", "alcohol", item) for item in ("t.1", "t.s1", "t.s2")),
    }


def test_an_answer_that_is_not_partly_has_no_peers(study: Study, results: Results) -> None:
    one = of(study, results, "b")
    assert (len(one.peers), len(one.peer_cells)) == (0, 0)
    assert own(one) == {("b", "joint", "t.1")}


def test_a_cell_has_its_place_and_what_stands_in_it(study: Study, results: Results) -> None:
    cells = of(study, results, "a").cells.to_dict("records")
    assert cells[0] == {
        "form": "joint",
        "respondent": "1",
        "role": "",
        "source": "forms/a_joint.csv",
        "locator": "row 9 column 3",
        "item": "t.1",
        "raw": "delvis",
        "value": "partly",
        "stands": "delvis",
        "reason": "answer",
    }


def test_the_peers_of_a_unit_are_of_other_units(study: Study, results: Results) -> None:
    changed = replaced(results.answers, ("c", "drugs", "t.1"), "partly")
    one = of(study, resettled(study, results, changed), "c")
    assert list(one.peers["unit"]) == ["b"]
    assert {unit for unit, _, _ in of_peers(one)} == {"b"}


def test_rulings_are_part_of_a_trace(study: Study, results: Results) -> None:
    assert of(study, results, "e").rulings.to_dict("records") == [
        {
            "form": "",
            "answer": "yes",
            "reason": "set by a test",
            "decided_by": "T",
            "date": "2024-05-02",
        }
    ]
    assert of(study, results, "e", "t.2").rulings.empty
    assert of(study, results, "a").rulings.empty


def replaced(answers: pd.DataFrame, cell: tuple[str, str, str], value: str) -> pd.DataFrame:
    unit, form, item = cell
    is_it = (answers["unit"] == unit) & (answers["form"] == form) & (answers["item"] == item)
    assert is_it.sum() == 1
    return answers.assign(value=answers["value"].mask(is_it, value))


def resettled(study: Study, results: Results, answers: pd.DataFrame) -> Results:
    """What the rules make of other answers in the same cells."""
    instrument, rules, rulings = study.instrument, study.rules, study.adjudications
    forms = form_answers(answers, instrument, rules, rulings)
    units = study.organisation.frame()
    joint = consolidate(forms, answers, units, instrument, rules, rulings)
    return Results(answers, results.ledger, forms, joint, results.scores)


def outcomes(results: Results) -> dict[str, object]:
    """Each unit's answer to t.1, and the answer and evidence of each of its forms."""
    joint = results.consolidated.query("indicator == 't.1'").set_index("unit")["answer"]
    forms = results.form_answers.query("indicator == 't.1'").fillna(-1)
    told = forms.groupby("unit")[["form", "answer", "rule", "share", "threshold", "peers"]]
    return {str(unit): (joint[unit], rows.to_dict("records")) for unit, rows in told}


@pytest.fixture(scope="module")
def moving(study: Study, results: Results) -> dict[str, Cells]:
    """By unit: the cells of which another answer would change what is told of its t.1."""
    before = outcomes(results)
    found: dict[str, Cells] = {unit: set() for unit in before}
    for row in results.answers.to_dict("records"):
        cell = (row["unit"], row["form"], row["item"])
        for value in sorted({"yes", "no", "partly"} - {row["value"]}):
            changed = resettled(study, results, replaced(results.answers, cell, value))
            after = outcomes(changed)
            for unit in before:
                if after[unit] != before[unit]:
                    found[unit].add(cell)
    return found


@pytest.mark.parametrize("unit", ["a", "b", "c", "d", "e", "f"])
def test_a_trace_names_whatever_can_change_its_answer(
    study: Study, results: Results, moving: dict[str, Cells], unit: str
) -> None:
    """But for the cells that would make a peer of a form that is none as things stand."""
    one = of(study, results, unit)
    would_be_peers = {
        (other, form, "t.1")
        for (other, form), said in SENT.items()
        if other != unit and said.get("t.1") in ("nej", "delvis")
    }
    not_named = would_be_peers if unit in ("a", "f") else set()
    assert moving[unit] - not_named == own(one) | of_peers(one)
