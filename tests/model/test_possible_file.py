"""The counts that a source leaves open: read, and checked against the study."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.model.spoiled import at, problems_of
from tests.small import load, make_project

HEAD = "item,group,fewest,most\n"
RECONSTRUCTED = {
    "kind": "reconstructed",
    "statement": {"da": "Rekonstrueret."},
    "possible": {"counts": "possible.csv", "title": {"da": "T"}, "explains": {"da": "E"}},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_project(tmp_path, provenance=RECONSTRUCTED)


def test_counts_stand_by_item_and_group_of_any_level(folder: Path) -> None:
    lines = "t.1,north,0,2\nt.1,all,1,3\nt,all,2,2\n"
    (folder / "possible.csv").write_text(HEAD + lines, encoding="utf-8")
    possible = load(folder).possible
    assert list(possible) == [("t.1", "north"), ("t.1", "all"), ("t", "all")]
    assert [count.is_open for count in possible.values()] == [True, True, False]
    assert (possible["t.1", "all"].fewest, possible["t.1", "all"].most) == (1, 3)


def test_a_study_that_names_no_such_file_leaves_nothing_open(tmp_path: Path) -> None:
    assert load(make_project(tmp_path)).possible == {}


@pytest.mark.parametrize(
    ("line", "column", "code", "told"),
    [
        ("t.9,north,0,2", "item", "dangling", "Did you mean t.2?"),
        ("t.s1,north,0,2", "item", "dangling", "one of: t.1, t.2, t"),
        ("t.1,nord,0,2", "group", "dangling", "Did you mean north?"),
        ("t.1,north,2,1", "", "bad_value", "fewest is 2 and most only 1"),
        ("t.1,north,-1,1", "fewest", "bad_value", "too small"),
        ("t.1,north,0,3", "most", "bad_value", "at most 2"),
        ("t.1,north,,2", "fewest", "missing_field", "fewest is missing"),
        ("t.1,all,0,1", "", "repeated", "row t.1, all"),
    ],
)
def test_a_fault_is_told_with_line_and_column(
    folder: Path, line: str, column: str, code: str, told: str
) -> None:
    path = folder / "possible.csv"
    path.write_text(f"{HEAD}t.1,all,0,3\n{line}\n", encoding="utf-8")
    (problem,) = problems_of(lambda: load(folder))
    assert (problem.code, problem.where) == (code, at(path, 3, column))
    assert told in str(problem)


def test_a_file_that_is_named_must_be_there(folder: Path) -> None:
    (problem,) = problems_of(lambda: load(folder))
    assert problem.code == "file_missing"
