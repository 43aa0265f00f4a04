"""The method page shows which places of the forms a person decided how to read."""

from __future__ import annotations

from pathlib import Path

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation.blocks import Paragraphs, Table
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections import cell_decisions
from tests.small import cell, form_rows, load, make_project, write_csv, write_form

COLUMNS = ["source", "locator", "found", "reads_as", "reason", "decided_by", "date"]


def made(root: Path, *decisions: tuple[str, str, str, str], language: str = "da") -> Report:
    """A round of a workbook and a CSV file, with decisions."""
    folder = make_project(root)
    write_form(folder / "forms" / "a.xlsx", form_rows("a", {"t.1": "måske 12345678"}))
    write_form(folder / "forms" / "b.csv", form_rows("b", {"t.1": "ja", "t.2": "både og"}))
    (folder / "forms" / "c.xls").write_bytes(b"x")
    rows = [
        [*place, reads_as, "Ring 12345678", "Ole", "2024-05-02"] for *place, reads_as in decisions
    ]
    write_csv(folder / "decisions.csv", [COLUMNS, *rows], separator=",", encoding="utf-8")
    study = load(folder)
    return Report(study, settle(study), Language.load(language), study.runs()[0])


DECIDED = (
    ("forms/a.xlsx", cell("t.1"), "måske 12345678", "nej"),
    ("forms/b.csv", "row 10 column 3", "både og", "blank"),
    ("forms/c.xls", "file", "", "tom"),
)


def test_every_decision_is_shown_masked_with_who_and_why(tmp_path: Path) -> None:
    (table,) = [
        block for block in cell_decisions(made(tmp_path, *DECIDED)) if isinstance(block, Table)
    ]
    who = "Ole, 2. maj 2024"
    assert [list(map(str, row)) for row in table.rows] == [
        ["forms/a.xlsx", "Svar!C9", "måske [tlf.]", "nej", "Ring [tlf.]", who],
        ["forms/b.csv", "række 10 kolonne 3", "både og", "tomt", "Ring [tlf.]", who],
        ["forms/c.xls", "hele filen", "–", "tomt", "Ring [tlf.]", who],
    ]


def test_in_another_language_a_note_says_whose_words_they_are(tmp_path: Path) -> None:
    blocks = cell_decisions(made(tmp_path, *DECIDED, language="en"))
    notes = [block for block in blocks if isinstance(block, Paragraphs) and block.kind == "note"]
    assert len(notes) == 1
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert [str(row[1]) for row in table.rows] == ["Svar!C9", "row 10 column 3", "the whole file"]


def test_a_study_without_decisions_has_no_such_section(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    write_form(folder / "forms" / "a.xlsx", form_rows("a", {"t.1": "ja"}))
    study = load(folder)
    report = Report(study, settle(study), Language.load("da"), study.runs()[0])
    assert cell_decisions(report) == []
