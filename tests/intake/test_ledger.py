"""The ledger adds up: every cell is in it once, by a count that does not use the library."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.ledger import REASONS, fates_by_source
from misbrug_analysis.model.errors import faults
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.model.tables import FATES
from tests.small import ITEMS, form_rows, load, make_project, write_form
from tests.studies.reconstructed import STUDY, form_cells, read_grid


def filled(path: Path) -> int:
    """The number of non-empty cells of a file, counted without the library."""
    if path.suffix == ".csv":
        text = path.read_text(encoding="utf-8-sig")
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=";"))
        return sum(bool(value.strip()) for row in rows for value in row)
    book = load_workbook(path)
    return sum(
        cell.value is not None and bool(str(cell.value).strip())
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    )


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study(Project.find(STUDY), STUDY.name)


def test_every_cell_of_2014_is_in_the_ledger_once(study: Study) -> None:
    found = fates_by_source(collect(study).accepted().ledger)
    expected = {}
    for path in sorted((STUDY / "forms").iterdir()):
        grid = read_grid(path)
        answers = form_cells(grid)
        assert set(answers) == {item.id for item in study.instrument.items}
        blank = sum(not answer for answer in answers.values())
        filled = sum(bool(str(value).strip()) for row in grid for value in row)
        expected[f"forms/{path.name}"] = filled + blank
    assert found["cells"].to_dict() == expected
    assert (found[list(FATES)].sum(axis=1) == found["cells"]).all()


def test_used_cells_are_the_answers_and_what_names_the_form(study: Study) -> None:
    came_in = collect(study).accepted()
    used = came_in.ledger[came_in.ledger["fate"] == "used"]
    told = set(zip(came_in.answers["source"], came_in.answers["locator"], strict=True))
    named = used["reason"].isin(["unit", "form", "date"])
    assert set(zip(used["source"], used["locator"], strict=True)) >= told
    assert len(used) == len(told) + named.sum()
    assert set(used["reason"]) == {"unit", "form", "date", "answer", "remark"}


words = st.sampled_from(["ja", "nej", "delvis", "måske", " ja ", "", "   ", None])
"""What stands in a cell of answers: right, wrong, and blank in all its ways."""


@st.composite
def sent(draw: st.DrawFn) -> list[list[object]]:
    """A form with anything in its cells, rows missing, twice or strange, and notes beside."""
    answers = {item: draw(words) for item in ITEMS}
    unit = draw(st.sampled_from(["a", "b", "nobody", ""]))
    day = draw(st.sampled_from([None, "01-03-2024", "02-03-2024", "snart"]))
    remarks = draw(st.dictionaries(st.sampled_from(ITEMS), st.sampled_from(["Godt", "12345678"])))
    rows = form_rows(unit, answers, day=day, remarks=remarks)
    extra: list[list[object]] = [
        ["t.1", "igen", "ja"],
        ["t.9", None, None],
        [None, None, "ja"],
        [None, "En overskrift"],
        [None, None, None, None, "en note"],
        ["", " ", None],
    ]
    rows += draw(st.lists(st.sampled_from(extra), max_size=3))
    missing = draw(st.sets(st.sampled_from(ITEMS), max_size=2))
    return [row for row in rows if not row or row[0] not in missing]


@hypothesis_settings(max_examples=30, deadline=None)
@given(forms=st.lists(sent(), min_size=1, max_size=3))
def test_the_ledger_adds_up_whatever_is_sent(
    tmp_path_factory: pytest.TempPathFactory, forms: list[list[list[object]]]
) -> None:
    folder = make_project(tmp_path_factory.mktemp("sent"))
    paths = [
        write_form(folder / "forms" / f"{place}{'.csv' if place % 2 else '.xlsx'}", rows)
        for place, rows in enumerate(forms)
    ]
    came_in = collect(load(folder))
    ledger = came_in.ledger
    assert set(ledger["fate"]) <= set(FATES)
    assert set(ledger["reason"]) <= set(REASONS) | set(faults())
    for path, rows in zip(paths, forms, strict=True):
        of_file = ledger[ledger["source"] == f"forms/{path.name}"]
        first: dict[object, object] = {}
        for row in rows[8:]:
            if row and row[0] in ITEMS:
                first.setdefault(row[0], row[2])
        answered = {str(item) for item, said in first.items() if said and str(said).strip()}
        assert len(of_file) == filled(path) + len(set(ITEMS) - answered)
    used = ledger[ledger["fate"] == "used"]
    told = set(zip(came_in.answers["source"], came_in.answers["locator"], strict=True))
    places = used.loc[used["reason"].isin(["answer", "remark"]), ["source", "locator"]]
    assert set(places.itertuples(index=False, name=None)) == told
    assert bool(came_in.problems) == ("rejected" in set(ledger["fate"]))
