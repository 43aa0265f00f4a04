"""Where all stand: the finding in words, the bounds, and everyone's answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation.blocks import Figure, Heading
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections import answer_matrix, standing
from tests.presentation.drawings import marks, texts
from tests.presentation.plainly import plainly
from tests.small import form_rows, load, make_project, write_form

FOLLOW_UP, WRITTEN = "t.1 Følger I op?", "t.2 Skriver I det ned?"
BOTH, NEITHER = {"t.1": "ja", "t.2": "ja"}, {"t.1": "nej", "t.2": "nej"}
ONLY_FIRST = {"t.1": "ja", "t.2": "nej"}


def report(folder: Path, answers: Mapping[str, Mapping[str, object]], language: str) -> Report:
    """The whole small study: A and B of Nord and C of Syd, those in ``answers`` with a form.

    Whoever else is named there belongs to Syd too.
    """
    units = {"a": "north", "b": "north", "c": "south"}
    study_folder = make_project(folder, units | dict.fromkeys(answers.keys() - units, "south"))
    for unit, given in answers.items():
        write_form(study_folder / "forms" / f"{unit}.csv", form_rows(unit, given))
    study = load(study_folder)
    return Report(study, settle(study), Language.load(language), study.runs()[0])


@pytest.fixture
def stand(tmp_path: Path):
    """The figure of ``standing`` for the answers of some units."""

    def make(language: str = "da", **answers: Mapping[str, object]) -> Figure:
        heading, figure = plainly(standing(report(tmp_path, answers, language)))
        assert isinstance(heading, Heading)
        assert isinstance(figure, Figure)
        return figure

    return make


@pytest.fixture
def overview(tmp_path: Path):
    """The figure of ``answer_matrix`` for the answers of some units."""

    def make(language: str = "da", **answers: Mapping[str, object]) -> Figure:
        heading, figure = plainly(answer_matrix(report(tmp_path, answers, language)))
        assert isinstance(heading, Heading)
        assert isinstance(figure, Figure)
        return figure

    return make


def test_the_finding_says_what_all_do_and_what_nobody_does(stand) -> None:
    figure = stand(a=ONLY_FIRST, b=ONLY_FIRST, c=ONLY_FIRST)
    assert figure.title == (
        f"Alle steder siger ja til én af de to indikatorer. Ingen steder siger ja til {WRITTEN}"
    )


def test_the_finding_says_where_fewest_do_with_the_count(stand) -> None:
    figure = stand(a=BOTH, b=ONLY_FIRST, c=NEITHER)
    assert figure.title == (
        "Der er ingen indikator, som alle steder siger ja til. "
        f"Færrest siger ja til {WRITTEN} (1 af 3)"
    )


def test_indicators_that_share_the_last_place_are_both_named(stand) -> None:
    figure = stand(a=BOTH, b=BOTH, c=NEITHER)
    assert figure.title.endswith(f"Færrest siger ja til {FOLLOW_UP} og {WRITTEN} (2 af 3)")


def test_equal_shares_of_different_numbers_are_named_without_a_count(stand) -> None:
    # Only A and B answer t.1, one of them yes; t.2 is yes from two of four.
    second = {"c": {"t.2": "ja"}, "d": {"t.2": "nej"}}
    figure = stand(a=BOTH, b=NEITHER, **second)
    assert figure.title.endswith(f"Færrest siger ja til {FOLLOW_UP} og {WRITTEN}")


def test_who_did_not_answer_is_said_with_all(stand) -> None:
    figure = stand(a=BOTH, b=BOTH)
    assert figure.title == "Alle steder, der svarede, siger ja til to af de to indikatorer"
    assert figure.alt.endswith("C deltog ikke.")


def test_where_nobody_answered_an_indicator_that_is_the_finding(stand) -> None:
    figure = stand(a={"t.s1": "ja"})
    assert figure.title == "Ingen steder har svaret"
    assert "0–3 af 3" in texts(figure.svg)


def test_where_nobody_answered_the_overview_says_so_too(overview) -> None:
    assert overview(a={"t.s1": "ja"}).title == "Ingen steder har svaret"


def test_the_whole_width_is_said_to_be_all_who_were_asked(stand) -> None:
    assert stand(a=BOTH, b=BOTH).subtitle == (
        "Antal steder, der siger ja. Hele bredden svarer til alle tre steder, der blev spurgt."
    )


def test_the_table_has_yes_answers_and_bounds(stand) -> None:
    figure = stand(a=ONLY_FIRST, b=ONLY_FIRST)
    assert figure.table.rows == (
        (FOLLOW_UP, "2", "2", "mindst to af tre"),
        (WRITTEN, "0", "2", "højst én af tre"),
    )
    assert {"2–3 af 3", "0–1 af 3"} <= set(texts(figure.svg))


def test_the_text_alternative_gives_every_bar(stand) -> None:
    figure = stand(a=ONLY_FIRST, b=ONLY_FIRST)
    assert "fra det laveste til det højeste mulige: t.1: 2–3; t.2: 0–1." in figure.alt


def test_certain_bars_are_told_without_a_range(stand) -> None:
    figure = stand(a=BOTH, b=BOTH, c=ONLY_FIRST)
    assert "Så mange af 3 siger ja: t.1: 3; t.2: 2." in figure.alt


def test_the_overview_says_how_far_apart_units_are(overview) -> None:
    figure = overview(a=BOTH, b=ONLY_FIRST, c=NEITHER)
    assert figure.title == "Stederne siger hver især ja til mellem nul og to af de to indikatorer"


def test_units_that_say_yes_to_as_many_are_told_in_one(overview) -> None:
    figure = overview(a=ONLY_FIRST, b={"t.1": "nej", "t.2": "ja"})
    assert figure.title == ("Stederne, der svarede, siger hver især ja til én af de to indikatorer")


def test_one_who_answered_is_told_alone(overview) -> None:
    figure = overview(b=ONLY_FIRST)
    assert figure.title == "Det eneste sted, der svarede, siger ja til én af de to indikatorer"
    assert figure.alt.endswith("A og C deltog ikke.")


def test_every_answer_is_a_mark_and_a_cell(overview) -> None:
    figure = overview(a=ONLY_FIRST, b=NEITHER)
    shown = texts(figure.svg)
    assert [text for text in shown if text in ("Nord", "A", "B", "Syd", "C")] == [
        "Nord", "Syd", "A", "B", "C",
    ]  # fmt: skip
    counted = {
        style: len(marks(figure.svg, style)) - 1  # one in the legend
        for style in ("fill: #12436d", "fill: #fde3d4", "stroke-dasharray")
    }
    assert counted == {"fill: #12436d": 1, "fill: #fde3d4": 3, "stroke-dasharray": 2}
    assert [str(cell) for cell in figure.table.rows[0]] == [
        FOLLOW_UP, "● ja", "○ nej", "· deltog ikke",
    ]  # fmt: skip


def test_the_english_page_says_the_same(stand) -> None:
    figure = stand("en", a=BOTH, b=ONLY_FIRST, c=NEITHER)
    assert figure.title.startswith("There is no indicator that all ")
    assert figure.title.endswith("(1 of 3)")
