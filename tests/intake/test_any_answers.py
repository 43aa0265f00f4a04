"""Answers of any instrument: their codes, marks and scripts, and what leaves a question open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.words import Words as Meanings
from tests.any_instrument import MISSING, NUMBERS, STARS, WORDED, Words, make_any
from tests.intake.one_form import one_form
from tests.several_rounds import change
from tests.small import cell, fates, faults, form_rows, load, write_csv


def asked(root: Path, answers: Words, **changes: Any) -> Path:
    """A study whose answers are these, with many ways to leave a question open."""
    return make_any(root, {"answers": answers, "missing": MISSING}, **changes)


@pytest.mark.parametrize(
    ("answers", "written", "value"),
    [
        (STARS, "●", "three"),
        (STARS, "◐", "two"),
        (STARS, "○.", "none"),
        (NUMBERS, 2, "full"),
        (NUMBERS, 1.0, "half"),
        (NUMBERS, "0", "none"),
        (NUMBERS, "2,0", "full"),
        (NUMBERS, "2 *", "full"),
        (NUMBERS, "２", "full"),
        (WORDED, "fully  achieved", "full"),
        (WORDED, "ΝΑΙ", "full"),
        (WORDED, "Да", "full"),
        (WORDED, "εν μέρει", "some"),
        (WORDED, "НЕТ.", "none"),
    ],
)
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_an_answer_is_stored_as_its_code_whatever_it_is_called(
    tmp_path: Path, answers: Words, written: object, value: str, name: str
) -> None:
    came_in = one_form(asked(tmp_path, answers), form_rows("a", {"t.1": written}), name)
    assert came_in.problems == ()
    assert list(came_in.answers["value"]) == [value]


@pytest.mark.parametrize("answers", [STARS, NUMBERS, WORDED])
@pytest.mark.parametrize("written", ["-", "–", "..", "…", "n/a", "NA", "N/A.", "nr", -9, "-9,0"])
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_mark_that_the_instrument_lists_leaves_a_question_open(
    tmp_path: Path, answers: Words, written: object, name: str
) -> None:
    label = next(iter(next(iter(answers.values()))["label"].values()))
    rows = form_rows("a", {"t.1": written, "t.d1": written, "t.2": label})
    came_in = one_form(asked(tmp_path, answers), rows, name)
    assert came_in.problems == ()
    assert list(came_in.answers["item"]) == ["t.2"]
    at = {"a.xlsx": cell("t.1"), "a.csv": "row 9 column 3"}[name]
    assert fates(came_in.ledger, f"forms/{name}")[at] == ("blank", "missing_word")


@pytest.mark.parametrize(
    ("answers", "written", "code"),
    [
        (NUMBERS, -1, "answer_number"),
        (NUMBERS, "– 2", "unknown_answer"),
        (NUMBERS, "2?", "unknown_answer"),
        (NUMBERS, "(2)", "unknown_answer"),
        (NUMBERS, 3, "answer_number"),
        (NUMBERS, "20 %", "answer_number"),
        (STARS, "*", "unknown_answer"),
        (STARS, "—", "unknown_answer"),
        (WORDED, "…?", "unknown_answer"),
        (WORDED, "#N/A", "answer_error"),
        (WORDED, 2, "answer_number"),
    ],
)
def test_what_is_no_word_of_the_instrument_is_asked_about(
    tmp_path: Path, answers: Words, written: object, code: str
) -> None:
    came_in = one_form(asked(tmp_path, answers), form_rows("a", {"t.1": written}))
    assert faults(came_in.problems)[:1] == [(f"forms/a.xlsx, {cell('t.1')}", code)]


def test_a_word_for_no_answer_that_counts_as_no_is_an_answer(tmp_path: Path) -> None:
    rows = form_rows("a", {"t.1": "dk", "t.d1": "DK", "t.2": "2"})
    came_in = one_form(asked(tmp_path, NUMBERS), rows)
    assert came_in.problems == ()
    assert came_in.answers[["item", "value", "raw"]].values.tolist() == [
        ["t.1", "dk", "dk"],
        ["t.2", "full", "2"],
    ]
    found = fates(came_in.ledger, "forms/a.xlsx")
    assert found[cell("t.1")] == ("used", "missing_as_no")
    assert found[cell("t.d1")] == ("blank", "missing_word")


def test_a_study_says_otherwise_what_a_word_counts_as(tmp_path: Path) -> None:
    folder = asked(tmp_path, NUMBERS, rules={"codes": {"dk": "out", "nr": "no"}})
    came_in = one_form(folder, form_rows("a", {"t.1": "DK", "t.2": "NR"}))
    assert came_in.answers[["item", "value"]].values.tolist() == [["t.2", "nr"]]


def test_a_ticked_column_of_a_word_that_counts_as_no_is_an_answer(tmp_path: Path) -> None:
    folder = asked(tmp_path, WORDED)
    rows: list[list[str | None]] = [
        ["Besvarelse fra", "A"],
        ["Skema", "fælles"],
        ["Nr.", "Spørgsmål", "Fully achieved", "Not achieved", "DK", "n/a"],
        ["t.1", "Følger I op?", None, None, "x", None],
        ["t.2", "Skriver I det ned?", None, None, None, "x"],
        ["t.s1", "Hver gang?", "x", None, None, None],
    ]
    came_in = one_form(folder, rows)
    assert came_in.problems == ()
    assert came_in.answers[["item", "value"]].values.tolist() == [["t.1", "dk"], ["t.s1", "full"]]
    found = fates(came_in.ledger, "forms/a.xlsx")
    assert found["Svar!E4"] == ("used", "missing_as_no")
    assert found["Svar!F5"] == ("blank", "missing_word")


def test_an_option_is_marked_by_what_counts_as_yes(tmp_path: Path) -> None:
    folder = asked(tmp_path, WORDED)
    yes: list[object] = ["t.d2/1", "samtale", "Fully achieved"]
    no: list[object] = ["t.d2/2", "brev", "Όχι"]
    came_in = one_form(folder, [*form_rows("a", {"t.1": "да"}), yes, no])
    assert came_in.problems == ()
    assert came_in.answers[["item", "value"]].values.tolist() == [
        ["t.1", "full"],
        ["t.d2", "samtale"],
    ]


def test_a_number_beside_an_option_is_no_answer_of_that_name(tmp_path: Path) -> None:
    rows = [*form_rows("a", {"t.1": "2"}), ["t.d2/1", "samtale", 0]]
    came_in = one_form(asked(tmp_path, NUMBERS), rows)
    assert [problem.code for problem in came_in.problems] == ["bad_mark"]


@pytest.mark.parametrize("layout", ["wide", "long", "table"])
@pytest.mark.parametrize(("answers", "yes"), [(STARS, "●"), (NUMBERS, "2"), (WORDED, "Ναι")])
def test_an_export_has_the_answers_of_any_instrument(
    tmp_path: Path, layout: str, answers: Words, yes: str
) -> None:
    folder, code = asked(tmp_path, answers), next(iter(answers))
    rows: dict[str, list[list[str]]] = {
        "wide": [
            ["Besvarelse fra", "Skema", "t.1", "t.2", "t.s1"],
            ["A", "fælles", yes, "DK", ".."],
            ["B", "fælles", "–", yes, "NA"],
        ],
        "long": [
            ["Besvarelse fra", "Skema", "Nr.", "Svar"],
            *(["A", "fælles", item, said] for item, said in (("t.1", yes), ("t.2", "DK"))),
            *(["B", "fælles", item, said] for item, said in (("t.1", "–"), ("t.2", yes))),
        ],
        "table": [
            ["unit", "form", "item", "value"],
            *(["a", "joint", item, said] for item, said in (("t.1", code), ("t.2", "dk"))),
            ["b", "joint", "t.2", code],
        ],
    }
    write_csv(folder / "forms" / "x.csv", rows[layout])
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert came_in.answers[["unit", "item", "value"]].values.tolist() == [
        ["a", "t.1", code],
        ["a", "t.2", "dk"],
        ["b", "t.2", code],
    ]


def test_a_code_of_the_answers_is_no_other_option_of_a_question(tmp_path: Path) -> None:
    """A table ``answers`` holds codes and, of questions with options, labels that can be equal."""
    answers = {
        "1": {"label": {"en": "Never"}, "counts_as": "yes"},
        "2": {"label": {"en": "Often"}, "counts_as": "no"},
    }
    known = make_any(tmp_path / "known", {})
    items = load(known).instrument.items
    single = [item.model_dump(mode="json", exclude_none=True) for item in items]
    single[6]["options"] = [{"da": "1"}, {"da": "2"}]
    folder = make_any(tmp_path / "asked", {"answers": answers, "items": single})
    rows = [["unit", "form", "item", "value"], ["a", "joint", "t.1", "2"]]
    write_csv(folder / "forms" / "x.csv", [*rows, ["a", "joint", "t.d1", "2"]])
    came_in = collect(load(folder))
    assert came_in.problems == ()
    assert list(came_in.answers["value"]) == ["2", "2"]


def test_words_that_are_the_same_when_cleaned_count_as_they_are_written() -> None:
    words = Meanings({"no": "no", "yes": "yes"}, apart=["(no)", "n/a"])
    assert words.means("no") == "no"
    assert words.means("yes.") == "yes"
    assert words.means("no.") is None
    assert Meanings({"-": "dash", "*": "star"}).means("–") is None


def test_numbers_are_the_same_where_they_are_equal_and_only_where_that_is_said() -> None:
    units = {"1.1": "first", "1.10": "tenth"}
    assert Meanings(units).means("1,10") is None
    assert Meanings({"1.1": "first"}).means("1.10") is None
    assert Meanings({"1.5": "some"}, numbers=True).means("1,50") == "some"
    assert Meanings({"50 %": "half"}, numbers=True).means("50,0%") == "half"
    assert Meanings({"50 %": "half"}, numbers=True).means("50") is None
    assert Meanings({"1": "one"}, numbers=True).means("-1") is None
    assert Meanings({"-1": "none"}, numbers=True).means("1") is None


def test_an_empty_cell_counts_as_no_where_the_study_says_so(tmp_path: Path) -> None:
    """Of what is scored; a word that leaves a question open stays out, and so does no row."""
    folder = asked(tmp_path, NUMBERS, rules={"codes": {"blank": "no"}})
    rows = form_rows("a", {"t.1": "", "t.2": "NR", "t.s1": "", "t.d1": "et år"})
    came_in = one_form(folder, rows)
    assert came_in.problems == ()
    assert came_in.answers[["item", "value", "raw", "locator"]].values.tolist() == [
        ["t.1", "blank", "", cell("t.1")],
        ["t.d1", "et år", "et år", cell("t.d1")],
    ]
    assert fates(came_in.ledger, "forms/a.xlsx")[cell("t.1")] == ("blank", "no_answer")
    without = [row for row in rows if row[:1] != ["t.1"]]
    assert list(one_form(folder, without).answers["item"]) == ["t.d1"]


def test_an_instrument_says_what_an_empty_cell_is_called(tmp_path: Path) -> None:
    missing = {"blank": {"label": {"en": "(empty)"}, "counts_as": "no"}}
    folder = make_any(tmp_path, {"answers": NUMBERS, "missing": missing})
    came_in = one_form(folder, form_rows("a", {"t.1": "(empty)", "t.2": ""}))
    assert came_in.answers[["item", "value", "raw"]].values.tolist() == [
        ["t.1", "blank", "(empty)"],
        ["t.2", "blank", ""],
    ]
    change(folder, rules={"codes": {"blank": "out"}})
    assert list(collect(load(folder)).answers["item"]) == []


@pytest.mark.parametrize("by", ["rows", "columns"])
def test_an_empty_cell_of_an_export_counts_as_no(tmp_path: Path, by: str) -> None:
    """B left t.1 blank; nobody was asked t.2 in the file, and C sent nothing."""
    folder = asked(tmp_path, NUMBERS, rules={"codes": {"blank": "no"}})
    wide = [["Besvarelse fra", "Skema", "t.1", "t.d1"], ["a", "fælles", "2", ""]]
    wide += [["b", "fælles", "", "et år"], ["c", "fælles", "", ""]]
    long = [["Besvarelse fra", "Skema", "Nr.", "Svar"], ["a", "fælles", "t.1", "2"]]
    long += [["b", "fælles", "t.d1", "et år"]]
    write_csv(folder / "forms" / "all.csv", wide if by == "columns" else long)
    came_in = collect(load(folder))
    assert came_in.problems == ()
    at = {"columns": "row 3 column 3", "rows": "row 3 question t.1"}[by]
    assert came_in.answers[["unit", "item", "value"]].values.tolist() == [
        ["a", "t.1", "full"],
        ["b", "t.1", "blank"],
        ["b", "t.d1", "et år"],
    ]
    assert came_in.answers["locator"].iloc[1] == at
    assert at in fates(came_in.ledger, "forms/all.csv")
