"""Answers that are numbers: how they are written, their limits, and what is asked about."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.numerals import canonical, measured, numbers_in
from tests.any_instrument import MISSING, make_any, number_item
from tests.model.spoiled import problems_of
from tests.small import Rows, faults, form_rows, load, write_csv, write_form

AT = {"a.xlsx": "Svar!C18", "a.csv": "row 18 column 3"}
"""Where the form has the answer to the question."""


def form(answer: object) -> Rows:
    return [*form_rows("a", {"t.1": "ja"}), ["t.n", "Hvor mange?", answer]]


def asked(root: Path, **limits: Any) -> Path:
    return make_any(root, number_item(**limits) | {"missing": MISSING})


def read(folder: Path, answer: object, name: str) -> tuple[list[str], list[str]]:
    """What is stored as the answer, and the codes of all faults."""
    write_form(folder / "forms" / name, form(answer))
    came_in = collect(load(folder))
    found = came_in.answers.loc[came_in.answers["item"] == "t.n", "value"].tolist()
    assert [where for where, _ in faults(came_in.problems)] in ([], [f"forms/{name}, {AT[name]}"])
    return found, [problem.code for problem in came_in.problems]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (7, "7"),
        (1234.5, "1234.5"),
        (0.1 + 0.2, "0.3"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1234,50", "1234.5"),
        ("1 234", "1234"),
        ("1'234'567", "1234567"),
        ("0,125", "0.125"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        (" 12 ", "12"),
        ("007", "7"),
        ("-0", "0"),
        ("1e3", "1000"),
    ],
)
@pytest.mark.parametrize("name", AT)
def test_a_number_is_stored_in_one_way_however_it_is_written(
    tmp_path: Path, written: object, stored: str, name: str
) -> None:
    assert read(asked(tmp_path), written, name) == ([stored], [])


@pytest.mark.parametrize(
    ("written", "limits", "code"),
    [
        ("mange", {}, "no_number"),
        ("ca. 12", {}, "no_number"),
        ("12?", {}, "no_number"),
        ("3-5", {}, "no_number"),
        ("1,2,3", {}, "no_number"),
        ("12 %", {}, "no_number"),
        ("12 år", {"measure": {"da": "måneder"}}, "no_number"),
        ("nan", {}, "no_number"),
        (-1, {"minimum": 0}, "number_outside"),
        ("101", {"maximum": 100}, "number_outside"),
        ("1.234", {}, "number_unsure"),
        ("=1+1", {}, "answer_formula"),
    ],
)
def test_what_is_no_number_within_the_limits_is_asked_about(
    tmp_path: Path, written: object, limits: dict[str, Any], code: str
) -> None:
    assert read(asked(tmp_path, **limits), written, "a.xlsx") == ([], [code])


def test_a_mark_that_can_stand_before_thousands_is_read_where_the_limits_leave_one(
    tmp_path: Path,
) -> None:
    assert read(asked(tmp_path / "few", maximum=100), "1.234", "a.csv") == (["1.234"], [])
    assert read(asked(tmp_path / "many", minimum=100), "1.234", "a.csv") == (["1234"], [])
    assert read(asked(tmp_path / "cell"), 1.234, "a.xlsx") == (["1.234"], [])


@pytest.mark.parametrize("written", ["12,5 %", "12,5%", "12,5 pct.", "12,5 procent", "12.5"])
def test_the_measure_of_a_question_may_follow_its_number(tmp_path: Path, written: str) -> None:
    folder = asked(tmp_path, measure={"da": "procent", "en": "percent"})
    assert read(folder, written, "a.csv") == (["12.5"], [])


@pytest.mark.parametrize("written", ["-9", "n/a", "–", "DK"])
def test_what_leaves_a_question_open_is_no_number(tmp_path: Path, written: str) -> None:
    assert read(asked(tmp_path), written, "a.csv") == ([], [])


def test_a_fault_says_which_numbers_are_taken_in_each_language(tmp_path: Path) -> None:
    limits = {"minimum": 0.5, "maximum": 15000, "measure": {"da": "borgere", "en": "people"}}
    folder = asked(tmp_path, **limits)
    write_form(folder / "forms" / "a.csv", form("20000"))
    (problem,) = collect(load(folder)).problems
    assert "et tal fra 0,5 til 15.000 (borgere) eller en tom celle" in problem.told("da")
    assert "a number from 0.5 to 15,000 (borgere), or an empty cell" in str(problem)


def test_a_decision_says_which_number_is_meant(tmp_path: Path) -> None:
    folder = asked(tmp_path)
    write_form(folder / "forms" / "a.csv", form("1.234"))
    write_csv(
        folder / "decisions.csv",
        [
            ["source", "locator", "found", "reads_as", "reason", "decided_by", "date"],
            ["forms/a.csv", AT["a.csv"], "1.234", "1234", "ringet op", "T", "2024-05-02"],
        ],
        separator=",",
    )
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert came_in.answers["value"].tolist() == ["yes", "1234"]


@pytest.mark.parametrize("layout", ["wide", "long"])
def test_an_export_has_numbers_and_codes_for_no_answer(tmp_path: Path, layout: str) -> None:
    folder = asked(tmp_path, maximum=99)
    wide = [["Besvarelse fra", "Skema", "t.n"], ["A", "fælles", "1"], ["B", "fælles", "99,0"]]
    rows = [["Besvarelse fra", "Skema", "Nr.", "Svar"]]
    rows += [[unit, name, "t.n", said] for unit, name, said in wide[1:]]
    write_csv(folder / "forms" / "x.csv", wide if layout == "wide" else rows)
    fields = {"item": "Nr.", "answer": "Svar"} if layout == "long" else {"items": {"t.n": "t.n"}}
    lines = [
        "exports:",
        f"- {{file: forms/x.csv, layout: {layout}, unit: Besvarelse fra, form: Skema,",
        f"   codes: {{'99': NR, '1': ja}}, {str(fields)[1:-1]}}}",
    ]
    (folder / "mapping.yaml").write_text("\n".join(lines), encoding="utf-8")
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert came_in.answers[["unit", "value"]].values.tolist() == [["a", "1"]]


def test_numbers_that_a_text_can_be() -> None:
    assert numbers_in("1.234") == {Decimal(1234), Decimal("1.234")}
    assert numbers_in("0.123") == {Decimal("0.123")}
    assert numbers_in("12.34.567") == set()
    assert numbers_in("1.234.567,8") == {Decimal("1234567.8")}
    assert numbers_in("9" * 41) == set()
    assert measured("12 Pct.") == ("12", "%")
    assert measured("12 to 13") == ("12", "to 13")
    assert canonical(Decimal("1E+3")) == "1000"
    assert canonical(Decimal("-0.00")) == "0"


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ({"minimum": 5, "maximum": 1}, "wrong order"),
        ({"minimum": "few"}, "not a number"),
        ({"type": "text", "maximum": 5}, "only numbers have"),
        ({"kind": "indicator"}, "is answered with the answers of"),
    ],
)
def test_a_question_with_limits_that_do_not_fit_is_told(
    tmp_path: Path, item: dict[str, Any], told: str
) -> None:
    folder = asked(tmp_path, **item)
    (problem,) = problems_of(lambda: load(folder))
    assert told in str(problem)
    assert ", line " in problem.where
