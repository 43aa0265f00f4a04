"""Answers as people write them: what is read, what is left blank, and what is asked about."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from misbrug_analysis.intake.cleaning import bare, excerpt, near
from tests.intake.one_form import one_form
from tests.small import cell, fates, faults, form_rows


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("ja.", "yes"),
        ("Ja!", "yes"),
        ("Nej*", "no"),
        ("nej **)", "no"),
        ("nej¹", "no"),
        ('"ja"', "yes"),
        ("»ja«", "yes"),
        ("– ja", "yes"),
        ("j\u00ada", "yes"),
        ("ja\u200b", "yes"),
        ("\ufeffNEJ", "no"),
        ("ｊａ", "yes"),
        ("[ja]", "yes"),
    ],
)
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_an_answer_with_signs_around_it_is_read_and_recorded(
    folder: Path, written: str, value: str, name: str
) -> None:
    came_in = one_form(folder, form_rows("a", {"t.1": written}), name)
    assert came_in.problems == ()
    assert came_in.answers[["value", "raw"]].values.tolist() == [[value, written.strip()]]
    assert ("used", "normalised") in fates(came_in.ledger, f"forms/{name}").values()


@pytest.mark.parametrize("written", ["Ja", "JA ", "\u00a0ja", "yes"])
def test_case_and_space_around_an_answer_are_as_it_is_usually_written(
    folder: Path, written: str
) -> None:
    came_in = one_form(folder, form_rows("a", {"t.1": written}))
    assert fates(came_in.ledger, "forms/a.xlsx")[cell("t.1")] == ("used", "answer")


@pytest.mark.parametrize("written", ["Ved ikke", "ved  ikke.", "don’t know"])
def test_a_word_for_no_answer_is_blank_and_kept_in_the_ledger(folder: Path, written: str) -> None:
    came_in = one_form(folder, form_rows("a", {"t.1": written, "t.2": "ja", "t.d1": "ved ikke"}))
    assert came_in.problems == ()
    assert list(came_in.answers["item"]) == ["t.2"]
    assert fates(came_in.ledger, "forms/a.xlsx")[cell("t.1")] == ("blank", "missing_word")
    assert fates(came_in.ledger, "forms/a.xlsx")[cell("t.d1")] == ("blank", "missing_word")
    assert came_in.ledger.set_index("locator")["raw"][cell("t.1")] == written


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("ja, men kun i hverdagen", "ja"),
        ("ja/nej", "ja"),
        ("Delvis – se bemærkning", "delvis"),
        ("nej 1)", "nej"),
        ("ja?", "ja"),
        ("ja\nnej", "ja"),
        ("ved ikke, måske ja", "ved ikke"),
        ("(ja)", "ja"),
        ("ja...", "ja"),
        ("delvis …", "delvis"),
        ("(ved ikke)", "ved ikke"),
    ],
)
def test_an_answer_with_more_is_asked_about(folder: Path, written: str, word: str) -> None:
    came_in = one_form(folder, form_rows("a", {"t.1": written, "t.2": "ja"}))
    assert faults(came_in.problems) == [(f"forms/a.xlsx, {cell('t.1')}", "answer_with_more")]
    assert f"begins with “{word}”" in str(came_in.problems[0])
    assert f"begynder med »{word}«" in came_in.problems[0].told("da")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (1, "answer_number"),
        (0.5, "answer_number"),
        ("100 %", "answer_number"),
        (datetime(2026, 3, 1), "answer_date"),
        ("1-3", "unknown_answer"),
        ("01-03-2026", "answer_date"),
        ("03-jan", "answer_date"),
        (True, "answer_truth"),
        ("FALSK", "answer_truth"),
        ("=TRUE()", "answer_truth"),
        ("#REF!", "answer_error"),
        ("#I/T", "answer_error"),
        ("=A1", "answer_formula"),
    ],
)
@pytest.mark.parametrize("item", ["t.1", "t.d1", "t.d2"])
def test_what_a_spreadsheet_made_of_an_answer_is_told_as_such(
    folder: Path, written: object, code: str, item: str
) -> None:
    came_in = one_form(folder, form_rows("a", {item: written, "t.2": "ja"}))
    assert faults(came_in.problems) == [(f"forms/a.xlsx, {cell(item)}", code)]
    assert fates(came_in.ledger, "forms/a.xlsx")[cell(item)] == ("rejected", code)


def test_an_error_is_no_text_and_a_number_is(folder: Path) -> None:
    rows = form_rows("a", {"t.d3": "#VALUE!", "t.2": "ja"}, remarks={"t.2": "2024"})
    came_in = one_form(folder, rows)
    assert faults(came_in.problems) == [(f"forms/a.xlsx, {cell('t.d3')}", "answer_error")]
    assert list(came_in.answers["value"]) == ["yes", "2024"]


def test_what_somebody_wrote_about_an_error_is_a_text(folder: Path) -> None:
    came_in = one_form(folder, form_rows("a", {"t.d3": "#VALUE!"}), "a.csv")
    assert list(came_in.answers["value"]) == ["#VALUE!"]


@pytest.mark.parametrize(("written", "meant"), [("jaa", "ja"), ("delivs", "delvis")])
def test_a_word_that_is_nearly_an_answer_is_hinted_at_and_not_read(
    folder: Path, written: str, meant: str
) -> None:
    came_in = one_form(folder, form_rows("a", {"t.1": written, "t.2": "ja"}))
    assert faults(came_in.problems) == [(f"forms/a.xlsx, {cell('t.1')}", "unknown_answer")]
    assert f"Did you mean {meant}?" in str(came_in.problems[0])
    assert f"Mente du {meant}?" in came_in.problems[0].told("da")


def test_a_letter_of_another_script_is_not_taken_for_one_of_ours(folder: Path) -> None:
    came_in = one_form(folder, form_rows("a", {"t.1": "jа", "t.2": "ja"}))  # a Cyrillic a
    assert [problem.code for problem in came_in.problems] == ["unknown_answer"]


@pytest.mark.parametrize(("name", "at"), [("a.xlsx", cell("t.1")), ("a.csv", "row 9 column 3")])
def test_a_cell_that_shows_nothing_is_an_empty_one(folder: Path, name: str, at: str) -> None:
    came_in = one_form(folder, form_rows("a", {"t.1": "\u200b", "t.2": "ja"}), name)
    assert came_in.problems == ()
    assert fates(came_in.ledger, f"forms/{name}")[at] == ("blank", "no_answer")
    assert set(came_in.ledger.loc[came_in.ledger["locator"] == at, "raw"]) == {""}


def test_options_may_stand_on_lines_of_their_own(folder: Path) -> None:
    came_in = one_form(folder, form_rows("a", {"t.d1": "Et år.", "t.d2": "Brev\nsamtale\nbrev"}))
    assert came_in.problems == ()
    assert list(came_in.answers["value"]) == ["et år", "brev; samtale"]
    found = fates(came_in.ledger, "forms/a.xlsx")
    assert found[cell("t.d1")] == found[cell("t.d2")] == ("used", "normalised")


def test_words_in_several_styles_are_one_text(folder: Path) -> None:
    styled = CellRichText("j", TextBlock(InlineFont(b=True), "a"))
    came_in = one_form(folder, form_rows("a", {"t.1": styled}))
    assert list(came_in.answers["value"]) == ["yes"]


def test_a_long_text_is_shown_in_a_line_of_120_letters(folder: Path) -> None:
    came_in = one_form(folder, form_rows("a", {"t.1": "mås\nke " * 100, "t.2": "ja"}))
    shown = str(came_in.problems[0].values["value"])
    assert (len(shown), shown[:14], shown[-1]) == (120, "mås ke mås ke ", "…")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Guldborgsund Kommune", "Guldborgsund"),
        ("faxe kommune", "Faxe"),
        ("NAESTVED", "Næstved"),
        ("Koege", "Køge"),
        ("Sorö", "Sorø"),
        ("Holbek", "Holbæk"),
        ("Grewe", "Greve"),
    ],
)
def test_the_name_that_is_nearly_written_is_hinted_at(written: str, meant: str) -> None:
    names = ["Faxe", "Greve", "Guldborgsund", "Holbæk", "Køge", "Næstved", "Sorø"]
    assert str(near(written, names)) == f" Did you mean {meant}?"


def test_a_name_like_no_other_is_not_hinted_at() -> None:
    assert near("Aabenraa", ["Faxe", "Greve"]) == ""
    assert near("", ["Faxe"]) == ""
    assert near("A og B", ["A", "B"]) == ""


@given(st.text(max_size=300))
def test_cleaning_takes_any_text_and_says_the_same_the_second_time(text: str) -> None:
    assert bare(bare(text)) == bare(text)
    assert len(excerpt(text)) <= 120
    assert "\n" not in excerpt(text)
