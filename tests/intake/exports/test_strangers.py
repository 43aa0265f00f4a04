"""An export of many whom nobody asked is refused with one fault; a few are told one by one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.exports import strangers
from tests.small import faults, load

HEAD = "Besvarelse fra;Skema;t.1;t.2\n"
LONG = "Besvarelse fra;Skema;Nr.;Svar\n"


@pytest.fixture
def most_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strangers, "MOST_FAULTS", 2)
    monkeypatch.setattr(strangers, "MOST", 2)


@pytest.mark.usefixtures("most_two")
@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (HEAD + "X;fælles;ja;ja\nY;fælles;ja;ja\n", ["unknown_unit"] * 2),
        (HEAD + "X;fælles;ja;ja\nY;fælles;ja;ja\nX;fælles;ja;ja\n", ["units_unknown"]),
        (HEAD + "X;fælles;ja;ja\nY;fælles;ja;ja\nZ;fælles;;\n", ["unknown_unit"] * 2),
        (HEAD + "X;fælles;ja;ja\nY;fælles;ja;ja\n;fælles;ja;ja\n", ["units_unknown"]),
        (HEAD + "A;x;ja;ja\nB;y;ja;ja\nC;;ja;ja\n", ["forms_unknown"]),
        (LONG + "A;fælles;x;ja\nA;fælles;y;ja\nA;fælles;t.1;ja\n", ["unknown_item"] * 2),
        (LONG + "A;fælles;x;ja\nA;fælles;y;ja\nA;fælles;z;ja\n", ["items_unknown"]),
        (HEAD + "A;fælles;ja;ja\nA;fælles;ja;ja\nA;fælles;ja;ja\n", ["responses_repeated"]),
    ],
)
def test_more_strangers_than_can_be_told_refuse_the_whole_export(
    folder: Path, content: str, codes: list[str]
) -> None:
    (folder / "forms" / "a.csv").write_text(content, encoding="utf-8")
    came_in = collect(load(folder))
    assert [problem.code for problem in came_in.problems] == codes
    whole = came_in.ledger["locator"] == "file"
    assert whole.any() == codes[0].endswith(("s_unknown", "repeated"))


@pytest.mark.usefixtures("most_two")
def test_the_column_and_the_first_names_are_told(folder: Path) -> None:
    rows = "X;fælles;ja;ja\nY;fælles;ja;ja\nX;fælles;ja;ja\nZ 010190-1234;fælles;ja;ja\n"
    (folder / "forms" / "a.csv").write_text(HEAD + rows, encoding="utf-8")
    told = collect(load(folder)).problems[0].told("en")
    assert "more than 2 responses" in told
    assert "“Besvarelse fra”" in told
    assert "X, Y, Z" in told
    assert "010190" not in told


def test_of_two_responses_of_one_day_in_a_workbook_the_later_counts(folder: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Besvarelse fra", "Skema", "Udfyldt den", "t.1", "t.2"])
    book.active.append(["A", "fælles", datetime(2024, 5, 1, 15, 30), "nej", "nej"])
    book.active.append(["A", "fælles", datetime(2024, 5, 1, 9), "ja", "ja"])
    book.save(folder / "forms" / "a.xlsx")
    came_in = collect(load(folder))
    assert faults(came_in.problems) == []
    assert came_in.answers.set_index("item")["value"].to_dict() == {"t.1": "no", "t.2": "no"}
    assert [one.code for one in came_in.warnings].count("superseded") == 1
