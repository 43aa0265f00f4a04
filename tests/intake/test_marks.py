"""Answers that are ticked: in a column for each answer, or in a row for each option."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.intake.collect import collect
from tests.intake.one_form import one_form
from tests.small import fates, faults, load, make_project, write_form

HEAD: list[list[object]] = [["Besvarelse fra", "A"], ["Skema", "fælles"]]
TICKS = ["Nr.", "Spørgsmål", "Ja", "Delvis", "Nej", "Ved ikke"]


def ticked(*rows: list[object], heading: list[str] = TICKS) -> list[list[object]]:
    """A form with a column for each answer; its first question stands in row 4."""
    return [*HEAD, list(heading), *rows]


def options(typed: object, *marks: object, item: str = "t.d2") -> list[list[object]]:
    """A form with a question of choice in row 4 and its options in the rows below."""
    labels = {"t.d1": ["et år", "længere"], "t.d2": ["samtale", "brev"]}[item]
    rows = [[f"{item}/{n}", labels[n - 1], mark] for n, mark in enumerate(marks, 1)]
    return [*HEAD, ["Nr.", "Spørgsmål", "Svar", "Bemærkning"], [item, "?", typed], *rows]


def test_a_mark_answers_with_the_heading_of_its_column(folder: Path) -> None:
    came_in = one_form(
        folder,
        ticked(
            ["t.1", "?", "x"],
            ["t.2", "?", None, "X"],
            ["t.s1", "?", None, None, "✓."],
            ["t.s2", "?", None, None, None, "x"],
            ["t.s3", "?"],
        ),
    )
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!E6", "bad_mark")]
    assert came_in.answers[["item", "value", "raw"]].values.tolist() == [
        ["t.1", "yes", "x"],
        ["t.2", "partly", "X"],
    ]
    found = fates(came_in.ledger, "forms/a.xlsx")
    assert found["Svar!C4"] == found["Svar!D5"] == ("used", "ticked")
    assert found["Svar!F7"] == ("blank", "missing_word")
    assert found["Svar!C8"] == ("blank", "no_answer")


@pytest.mark.parametrize("mark", ["x.", "[x]", "ja", "Ja.", True, "=TRUE()"])
def test_a_mark_may_be_the_word_itself_or_a_box_that_is_ticked(folder: Path, mark: object) -> None:
    came_in = one_form(folder, ticked(["t.1", "?", mark]))
    assert came_in.problems == ()
    assert list(came_in.answers["value"]) == ["yes"]
    assert fates(came_in.ledger, "forms/a.xlsx")["Svar!C4"] == ("used", "normalised")


def test_a_box_that_is_not_ticked_is_no_mark(folder: Path) -> None:
    came_in = one_form(folder, ticked(["t.1", "?", False, True, False]))
    assert came_in.problems == ()
    assert list(came_in.answers["value"]) == ["partly"]
    assert fates(came_in.ledger, "forms/a.xlsx")["Svar!C4"] == ("blank", "normalised")


def test_two_marks_in_a_row_are_asked_about(folder: Path) -> None:
    came_in = one_form(folder, ticked(["t.1", "?", "x", "x"], ["t.2", "?", "x"]))
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!C4", "two_marks")]
    assert "Svar!C4, Svar!D4" in str(came_in.problems[0])
    assert fates(came_in.ledger, "forms/a.xlsx")["Svar!D4"] == ("rejected", "two_marks")


@pytest.mark.parametrize("text", ["måske", "nej", "1", "?", "(x)"])
def test_what_is_no_mark_in_a_column_for_marks_is_asked_about(folder: Path, text: str) -> None:
    came_in = one_form(folder, ticked(["t.1", "?", text], ["t.2", "?", "x"]))
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!C4", "bad_mark")]


def test_an_answer_in_words_beside_the_marks_must_say_the_same(folder: Path) -> None:
    heading = ["Nr.", "Svar", "Ja", "Nej"]
    rows = ticked(["t.1", "ja", "x"], ["t.2", "ja", None, "x"], ["t.s1", "nej"], heading=heading)
    came_in = one_form(folder, rows)
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!B5", "marks_differ")]
    assert came_in.answers[["item", "value", "locator"]].values.tolist() == [
        ["t.1", "yes", "Svar!B4"],
        ["t.s1", "no", "Svar!B6"],
    ]
    found = fates(came_in.ledger, "forms/a.xlsx")
    assert found["Svar!C4"] == ("used", "ticked")
    assert found["Svar!D5"] == ("rejected", "marks_differ")


def test_one_column_with_an_answer_for_heading_is_no_table_of_marks(folder: Path) -> None:
    came_in = one_form(folder, ticked(["t.1", "?", "x"], heading=["Nr.", "Spørgsmål", "Ja"]))
    assert faults(came_in.problems) == [("forms/a.xlsx", "header_missing")]


def test_a_mark_beside_a_question_that_takes_words_is_asked_about(folder: Path) -> None:
    came_in = one_form(folder, ticked(["t.d3", "?", "x"], ["t.1", "?", "x"]))
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!C4", "misplaced_mark")]


def test_marked_options_are_one_answer(folder: Path) -> None:
    came_in = one_form(folder, options(None, "x", "X"))
    assert came_in.problems == ()
    row = came_in.answers.iloc[0]
    assert (row["item"], row["value"], row["raw"]) == ("t.d2", "samtale; brev", "samtale; brev")
    assert row["locator"] == "Svar!C5"
    found = fates(came_in.ledger, "forms/a.xlsx")
    assert found["Svar!C5"] == found["Svar!C6"] == ("used", "ticked")
    assert "Svar!C4" not in found
    assert found["Svar!A5"] == ("context", "label")


def test_options_without_a_mark_are_one_blank_answer(folder: Path) -> None:
    rows = [*options(None, None, "nej"), ["t.1", "?", "ja"]]
    came_in = one_form(folder, rows)
    assert came_in.problems == ()
    found = fates(came_in.ledger, "forms/a.xlsx")
    assert found["Svar!C4"] == ("blank", "no_answer")
    assert found["Svar!C6"] == ("blank", "normalised")
    assert "Svar!C5" not in found
    assert "question t.d2" not in found


@pytest.mark.parametrize("mark", ["ja", "Yes!", "brev", True])
def test_yes_beside_an_option_is_a_mark(folder: Path, mark: object) -> None:
    came_in = one_form(folder, options(None, None, mark))
    assert list(came_in.answers["value"]) == ["brev"]
    assert fates(came_in.ledger, "forms/a.xlsx")["Svar!C6"] == ("used", "normalised")


@pytest.mark.parametrize("mark", ["delvis", "samtale", "2 gange"])
def test_what_is_no_mark_beside_an_option_is_asked_about(folder: Path, mark: str) -> None:
    came_in = one_form(folder, options(None, "x", mark))
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!C6", "bad_mark")]


def test_options_may_be_typed_and_marked_when_both_say_the_same(folder: Path) -> None:
    came_in = one_form(folder, options("brev; samtale", "x", "x"))
    assert came_in.problems == ()
    assert came_in.answers[["value", "locator"]].values.tolist() == [["brev; samtale", "Svar!C4"]]


def test_options_that_are_typed_and_marked_otherwise_are_asked_about(folder: Path) -> None:
    came_in = one_form(folder, options("brev", "x", None))
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!C4", "marks_differ")]
    assert fates(came_in.ledger, "forms/a.xlsx")["Svar!C5"] == ("rejected", "marks_differ")


def test_one_of_several_options_takes_one_mark(folder: Path) -> None:
    came_in = one_form(folder, options(None, "x", "x", item="t.d1"))
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!C5", "two_marks")]


def test_marked_options_without_the_row_of_their_question_are_read(folder: Path) -> None:
    rows = [row for row in options(None, "x", None) if row[0] != "t.d2"]
    came_in = one_form(folder, rows)
    assert came_in.answers[["item", "value"]].values.tolist() == [["t.d2", "samtale"]]


@pytest.mark.parametrize("number", ["t.d2/0", "t.d2/3", "t.d2/x", "t.d2/", "t.1/1", "t.d2/1/1"])
def test_an_option_that_is_none_is_told(folder: Path, number: str) -> None:
    came_in = one_form(folder, [*options(None, "x", None), [number, "?", "x"]])
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!A7", "unknown_item")]


def test_an_option_that_stands_twice_is_told(folder: Path) -> None:
    came_in = one_form(folder, [*options(None, "x", None), ["t.d2/1", "samtale", "x"]])
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!A7", "item_twice")]


@pytest.mark.parametrize("label", ["brev", "Letter.", "Andet: avisen"])
def test_a_marked_option_with_the_text_of_another_is_asked_about(folder: Path, label: str) -> None:
    rows = options(None, "x", "x")
    rows[4][1] = label
    came_in = one_form(folder, rows)
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!A5", "option_differs")]
    assert list(came_in.answers["value"]) == ["brev"]
    assert fates(came_in.ledger, "forms/a.xlsx")["Svar!C5"] == ("rejected", "option_differs")


def test_options_whose_texts_were_exchanged_are_asked_about_and_can_be_decided(
    folder: Path,
) -> None:
    rows = options(None, "x", None)
    rows[4][1], rows[5][1] = "brev", "samtale"
    came_in = one_form(folder, rows)
    assert [problem.code for problem in came_in.problems] == ["option_differs"] * 2
    text = "source,locator,found,reads_as,reason,decided_by,date\n"
    for place, found, reads_as in (("A5", "t.d2/1", "t.d2/2"), ("A6", "t.d2/2", "t.d2/1")):
        text += f"forms/a.xlsx,Svar!{place},{found},{reads_as},Sorteret,T,2024-05-02\n"
    (folder / "decisions.csv").write_text(text, encoding="utf-8")
    came_in = collect(load(folder)).accepted()
    assert list(came_in.answers["value"]) == ["brev"]


@pytest.mark.parametrize("label", [None, "Talk", "SAMTALE:"])
def test_an_option_may_have_its_text_in_any_language_or_none(folder: Path, label: object) -> None:
    rows = options(None, "x", None)
    rows[4][1] = label
    assert list(one_form(folder, rows).accepted().answers["value"]) == ["samtale"]


def test_an_option_with_another_text_is_only_told_where_it_is_not_marked(folder: Path) -> None:
    rows = options(None, None, "x")
    rows[3][1], rows[4][1] = "Hvordan?", "Andet"
    came_in = one_form(folder, rows)
    assert came_in.problems == ()
    assert faults(came_in.warnings) == [("forms/a.xlsx, Svar!B5", "question_changed_wording")]


def test_a_mark_beside_a_word_for_no_answer_is_asked_about(folder: Path) -> None:
    heading = ["Nr.", "Svar", "Ja", "Nej"]
    rows = ticked(["t.1", "ved ikke", "x"], ["t.2", "ja"], heading=heading)
    came_in = one_form(folder, rows)
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!B4", "marks_differ")]
    assert list(came_in.answers["item"]) == ["t.2"]


def test_remarks_beside_options_are_remarks_on_their_question(folder: Path) -> None:
    rows = options(None, "x", "x")
    rows[4].append("Altid")
    rows[5].append("Somme tider")
    answers = one_form(folder, rows).answers.set_index("item")
    assert answers.loc["t.d2.remark", "value"] == "Altid\nSomme tider"
    assert answers.loc["t.d2.remark", "locator"] == "Svar!D5"


def test_a_decision_on_a_mark_is_the_answer_to_the_question(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    write_form(folder / "forms" / "a.xlsx", ticked(["t.1", "?", None, "måske"]))
    text = "source,locator,found,reads_as,reason,decided_by,date\n"
    text += "forms/a.xlsx,Svar!D4,måske,nej,Sagt i telefonen,T,2024-05-02\n"
    (folder / "decisions.csv").write_text(text, encoding="utf-8")
    came_in = collect(load(folder)).accepted()
    assert came_in.answers[["value", "raw"]].values.tolist() == [["no", "måske"]]
