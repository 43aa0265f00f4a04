"""``mapping.yaml``: which columns of an export answer which questions, and its faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.model.mapping import MappedExport
from tests.model.spoiled import at, problems_of
from tests.small import load, make_project

WIDE = """\
exports:
  - file: forms/Svar fra Ærø 2026.csv
    layout: wide
    unit: Hvem
    form_is: joint
    date: Dato
    items:
      t.1: q1
      t.2: "1.10"
      t.d2: {samtale: q9_1, "2": q9_2}
    remarks:
      t.1: q1b
    codes: {Y: ja, 1: no, 9: længere, 99: ved ikke}
    unused: [id]
"""
LONG = """\
exports:
  - file: forms/a.csv
    layout: long
    unit: Hvem
    form: Hvilket
    item: Nr
    answer: Svar
    remark: Note
    items:
      t.1: Q1
      t.2: Q2
"""
SURVEYXACT = """\
exports:
  - file: forms/dataset.csv
    layout: surveyxact
    labels: forms/labels.csv
    structure: forms/structure.csv
    unit: kommune
    form_is: joint
    items: {t.1: s_1}
"""
WORKBOOK = """\
exports:
  - file: forms/a.xlsx
    layout: surveyxact
    sheet: Dataset
    unit: kommune
    form_is: joint
    items: {t.1: s_1}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path) / "mapping.yaml"


def exports(path: Path, text: str) -> tuple[MappedExport, ...]:
    path.write_text(text, encoding="utf-8")
    return load(path.parent).exports


def test_a_study_without_the_file_has_no_exports(path: Path) -> None:
    assert load(path.parent).exports == ()


def test_a_wide_export_ties_questions_and_options_to_columns(path: Path) -> None:
    (export,) = exports(path, WIDE)
    assert export.files == ("forms/Svar fra Ærø 2026.csv",)
    assert export.items == {
        "t.1": "q1",
        "t.2": "1.10",
        "t.d2": {"samtale": "q9_1", "2": "q9_2"},
    }
    assert export.codes == {"Y": "ja", "1": "no", "9": "længere", "99": "ved ikke"}


@pytest.mark.parametrize("name", ["joint", "fælles", "Fælles"])
def test_the_form_of_all_is_called_by_its_id_or_its_label(path: Path, name: str) -> None:
    (export,) = exports(path, WIDE.replace("form_is: joint", f"form_is: {name}"))
    assert export.form_is == "joint"


def test_an_export_in_three_files_names_the_answers_first(path: Path) -> None:
    (export,) = exports(path, SURVEYXACT)
    assert export.files == ("forms/dataset.csv", "forms/labels.csv", "forms/structure.csv")


@pytest.mark.parametrize("text", [LONG, WORKBOOK])
def test_each_layout_has_its_own_fields(path: Path, text: str) -> None:
    assert len(exports(path, text)) == 1


def test_a_section_of_comments_alone_is_an_empty_one(path: Path) -> None:
    text = WIDE.replace(
        "    codes: {Y: ja, 1: no, 9: længere, 99: ved ikke}", "    codes:\n    # Y:"
    )
    (export,) = exports(path, text.replace("unused: [id]", "unused:"))
    assert (export.codes, export.unused) == ({}, [])


@pytest.mark.parametrize(
    "file",
    [
        "a.csv",
        "forms",
        "forms/",
        "forms/../units.csv",
        "forms/./a.csv",
        "forms//a.csv",
        "../forms/a.csv",
        "/forms/a.csv",
        "C:/forms/a.csv",
        '"forms\\\\a.csv"',
        '"forms/a\\nb.csv"',
    ],
)
def test_an_export_is_a_file_among_the_forms(path: Path, file: str) -> None:
    text = WIDE.replace("forms/Svar fra Ærø 2026.csv", file)
    (problem,) = problems_of(lambda: exports(path, text))
    assert (problem.code, problem.where) == ("bad_value", at(path, 2))
    assert "not a file in the folder forms" in problem.what


@pytest.mark.parametrize(
    ("text", "old", "new", "line", "code", "told"),
    [
        (
            WIDE,
            "    unit: Hvem\n",
            "",
            2,
            "missing_field",
            "unit (forms/Svar fra Ærø 2026.csv) is missing",
        ),
        (WIDE, "unit: Hvem", "unit:", 4, "bad_value", "unit (forms/Svar fra Ærø 2026.csv): this"),
        (WIDE, "wide", "brede", 3, "bad_value", "one of: wide, long, surveyxact"),
        (WIDE, "date: Dato", "datum: Dato", 6, "unknown_field", "Did you mean date?"),
        (WIDE, "date: Dato", "item: Nr", 6, "bad_value", "not used where layout is wide"),
        (WIDE, "date: Dato", "labels: forms/l.csv", 6, "bad_value", "where layout is wide"),
        (WIDE, "date: Dato", "sheet: Ark1", 6, "bad_value", "only a workbook (.xlsx) has sheets"),
        (WIDE, "form_is: joint", "form_is: joit", 5, "dangling", "Did you mean joint?"),
        (WIDE, "form_is: joint", "form_is: Fælled", 5, "dangling", "one of: joint, alcohol"),
        (
            WIDE,
            "  - file: forms/Svar fra Ærø 2026.csv\n    l",
            "  - l",
            2,
            "missing_field",
            "exports.1",
        ),
        (WIDE, "    date: Dato", "\tdate: Dato", 6, "yaml_syntax", "indented by a tab"),
        (WIDE, "    form_is: joint\n", "", 2, "bad_value", "which form the answers belong to"),
        (WIDE, "date: Dato", "form: Skema", 5, "bad_value", "one of form and form_is"),
        (WIDE, "t.2:", "t.22:", 9, "dangling", "Did you mean t.2?"),
        (WIDE, "      t.1: q1b", "      t1: q1b", 12, "dangling", "Did you mean t.1?"),
        (WIDE, '"1.10"', "1.10", 9, "bad_value", "one that looks like a number stands in quotes"),
        (WIDE, '"1.10"', "q1", 9, "repeated", "column q1 stands more than once"),
        (WIDE, "q1b", "Hvem", 12, "repeated", "column Hvem stands more than once"),
        (WIDE, "[id]", "[id, q9_2]", 14, "repeated", "column q9_2 stands more than once"),
        (WIDE, '"2": q9_2', "snak: q9_2", 10, "dangling", "t.d2 points to snak"),
        (WIDE, '"2": q9_2', '"3": q9_2', 10, "dangling", "one of: samtale, brev"),
        (WIDE, '"2": q9_2', "Talk: q9_2", 10, "repeated", "option Talk stands more than once"),
        (WIDE, '"1.10"', "{yes: a}", 9, "bad_value", "the heading of one column"),
        (WIDE, "Y: ja", "Y: jaa", 13, "dangling", "Did you mean ja?"),
        (WIDE, "Y: ja", "Y: ", 13, "bad_value", "codes.Y (forms/Svar fra Ærø 2026.csv): this"),
        (LONG, "    item: Nr\n", "", 2, "missing_field", "item (forms/a.csv) is missing"),
        (LONG, "    answer: Svar\n", "", 2, "missing_field", "answer (forms/a.csv) is missing"),
        (LONG, "remark: Note", "remarks: {t.1: x}", 8, "bad_value", "where layout is long"),
        (LONG, "t.2: Q2", "t.2: Q1", 11, "repeated", "question Q1 stands more than once"),
        (LONG, "t.2: Q2", "t.d2: {brev: Q2}", 11, "bad_value", "what the file calls the question"),
        (LONG, "remark: Note", "remark: Svar", 8, "repeated", "column Svar"),
        (
            SURVEYXACT,
            "    labels: forms/labels.csv\n",
            "",
            2,
            "missing_field",
            "labels (forms/dataset.csv)",
        ),
        (
            SURVEYXACT,
            "    items: {t.1: s_1}\n",
            "",
            2,
            "missing_field",
            "items (forms/dataset.csv)",
        ),
        (
            SURVEYXACT,
            "items: {t.1: s_1}",
            "items:",
            2,
            "missing_field",
            "items (forms/dataset.csv)",
        ),
        (SURVEYXACT, "forms/structure", "forms/labels", 5, "repeated", "file forms/labels.csv"),
        (WORKBOOK, "sheet: Dataset", "labels: forms/l.csv", 4, "bad_value", "sheets of its own"),
    ],
)
def test_a_fault_is_told_at_its_line(
    path: Path, text: str, old: str, new: str, line: int, code: str, told: str
) -> None:
    assert text.count(old) == 1
    (problem,) = problems_of(lambda: exports(path, text.replace(old, new)))
    assert (problem.code, problem.where) == (code, at(path, line))
    assert told in str(problem)


def test_a_file_is_part_of_one_export(path: Path) -> None:
    (problem,) = problems_of(lambda: exports(path, WIDE + WIDE.removeprefix("exports:\n")))
    assert (problem.code, problem.where) == ("repeated", at(path, 15))


def test_every_fault_is_told_at_once(path: Path) -> None:
    text = WIDE.replace("t.2:", "t.9:").replace("Y: ja", "Y: jaa").replace("joint", "none")
    assert [one.code for one in problems_of(lambda: exports(path, text))] == ["dangling"] * 3
