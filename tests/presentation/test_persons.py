"""Where several persons of a unit answer, what any one of them said is nowhere to be seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from misbrug_analysis.analysis.consolidation import consolidate, form_answers
from misbrug_analysis.analysis.scoring import score
from misbrug_analysis.execution.processed import settle
from misbrug_analysis.model.study import Run, Study
from misbrug_analysis.model.tables import Results, checked
from misbrug_analysis.presentation.blocks import Paragraphs
from misbrug_analysis.presentation.cells import Mark
from misbrug_analysis.presentation.datasets import Dataset, datasets
from misbrug_analysis.presentation.evidence import evidence_pages
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.live.figures import LiveFigures
from misbrug_analysis.presentation.quantifiers import quantifier
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.evidence import answer_by_answer
from misbrug_analysis.presentation.sections.settlement import blank_answers
from misbrug_analysis.presentation.sections.tallies import settled_answers
from misbrug_analysis.presentation.tables import overview
from tests.analysis.staff import answers_of, five, instrument
from tests.presentation.small_tables import column, small_study, tables_of
from tests.projects import ROOT
from tests.several_respondents import make_several, survey
from tests.small import load, make_project

SECRET = "Zebraskriget"
"""Stands in whatever one person wrote."""

SAID = {
    ("a", "joint"): {
        "t.1": five("443100"),
        "t.2": five("44"),
        "t.s1": five("444444"),
        "t.d1": ["et år", "et år", "et år", "et år", "længere", "længere"],
        "t.d3": [f"{SECRET} {n}" for n in range(6)],
        "t.1.remark": ["Vi følger op", "", "", "", "", ""],
        "t.2.remark": [SECRET, ""],
    },
    ("b", "joint"): {"t.1": five("444"), "t.2": five("444"), "t.d1": ["længere"]},
}
ROLES = {"a": ["leader"] * 3 + ["staff"] * 3, "b": ["leader", "staff", "staff"]}


def settled(folder: Path) -> tuple[Study, Results]:
    study = load(make_project(folder))
    study = replace(study, instrument=instrument()).with_rules(partly="keep")
    answers = answers_of(SAID, ROLES).assign(raw=lambda table: SECRET + " " + table["value"])
    organisation, rulings = study.organisation, study.adjudications
    units, levels = organisation.frame(), [level.id for level in organisation.levels]
    asked, rules = study.instrument, study.rules
    forms = form_answers(answers, asked, rules, rulings)
    answer = consolidate(forms, answers, units, asked, rules, rulings)
    places = answers[["source", "locator", "raw"]]
    ledger = checked("ledger", places.assign(fate="used", reason="answer"))
    scores = score(answer, units, levels, asked, rules)
    return study, Results(answers, ledger, forms, answer, scores)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Results]:
    return settled(tmp_path_factory.mktemp("persons"))


@pytest.fixture(scope="module", params=["da", "en"])
def tables(found: tuple[Study, Results], request: pytest.FixtureRequest) -> dict[str, Dataset]:
    return {table.name: table for table in datasets(*found, Language.load(request.param))}


@pytest.fixture(scope="module")
def danish(found: tuple[Study, Results]) -> dict[str, Dataset]:
    return {table.name: table for table in datasets(*found, Language.load("da"))}


@pytest.fixture(scope="module")
def report(found: tuple[Study, Results]) -> Report:
    study, results = found
    return Report(
        study, results, Language.load("da"), Run("settled", study.settings.reports[0], None, {})
    )


def rows(table: Dataset, *names: str) -> list[tuple[object, ...]]:
    return list(zip(*(column(table, name) for name in names), strict=True))


def test_nothing_that_one_person_wrote_is_in_a_published_table(tables: dict[str, Dataset]) -> None:
    for name, table in tables.items():
        for field in table.fields:
            stored = table.frame[field.name].astype("str")
            assert not stored.str.contains(SECRET).any(), (name, field.name)
            shown = [str(value) for value in table.values(field)]
            assert SECRET not in " ".join(shown), (name, field.name)


def test_nothing_that_one_person_wrote_is_on_an_evidence_page(
    found: tuple[Study, Results],
) -> None:
    for page in evidence_pages(*found, Language.load("da")).values():
        assert SECRET not in page
        assert "staff.csv" not in page
        assert "hvor mange personer der står bag." in page
        assert "hvor det står" not in page


def test_an_answer_that_too_few_gave_is_told_as_withheld_not_as_left_out(tmp_path: Path) -> None:
    folder = make_several(tmp_path, roles=False)
    survey(folder, ["Sted", "t.1"], ["A", "ja"], ["A", "ja"], ["B", "ja"])
    study, danish = load(folder), Language.load("da")
    results = settle(study)
    (_, *shown), *_ = overview(Report(study, results, danish, study.runs()[0])).rows
    words = [cell.words for cell in shown if isinstance(cell, Mark)]
    assert words == ["ja", "holdt tilbage", "deltog ikke"]
    page = evidence_pages(study, results, danish)["method-t.html"]
    row = page.split('<tr id="answer-t-1-b">')[1].split("</tr>")[0]
    assert "holdt tilbage" in row
    assert "ikke besvaret" not in row
    assert "1 ja · 1 uden svar at vise · 1 deltog ikke" in page
    (told,) = [one for one in datasets(study, results, danish) if one.name == "scores"]
    labels = {field.name: field.label for field in told.fields}
    assert labels["unanswered"] == "Uden svar at vise"


def test_the_answers_have_a_row_a_form_and_question_with_what_is_merged(
    danish: dict[str, Dataset],
) -> None:
    table = danish["answers"]
    assert list(table.key) == ["unit", "form", "item"]
    told = {
        row[:2]: row[2:] for row in rows(table, "unit", "item", "value", "points", "respondents")
    }
    # 4, 4, 3, 1, 0 and 0 are 12 points, 2 in the mean: half of the best.
    assert told["A", "t.1 Følger I op?"] == ("neither", 2, 6)
    assert told["A", "t.2 Skriver I det ned?"] == ("[c]", "[c]", "[c]")
    assert told["A", "t.d1 Hvor længe?"] == ("[z]", "[z]", 6)
    assert told["B", "t.d1 Hvor længe?"] == ("[z]", "[z]", "[c]")


def test_options_are_counted_over_persons_where_they_are_enough(danish: dict[str, Dataset]) -> None:
    """Six of a and one of b are in team north: less those of a, it is the one of b."""
    table = danish["option_counts"]
    told = {
        (group, option): counts
        for group, item, option, *counts in rows(
            table, "group", "item", "option", "chose", "answered"
        )
        if item == "t.d1 Hvor længe?"
    }
    assert told["Nord", "et år"] == ["[c]", "[c]"]
    assert told["Syd", "et år"] == [0, 0]


def test_the_ledger_tells_how_many_cells_met_each_fate_and_not_which(
    tables: dict[str, Dataset],
) -> None:
    fates = [row[1] for row in rows(tables["ledger"], "fate", "cells")]
    said = sum(bool(value) for items in SAID.values() for one in items.values() for value in one)
    assert fates == [said + len(ROLES["a"]) + len(ROLES["b"]), 0, 0, 0, 0]


def test_gaps_and_agreement_are_withheld_where_few_answered(tables: dict[str, Dataset]) -> None:
    gaps = {row[:2]: row[2:] for row in rows(tables["role_gaps"], "group", "item", "gap", "role_n")}
    (told,) = (row for key, row in gaps.items() if key[0] == "A" and key[1].startswith("t.1 "))
    assert told == (pytest.approx(11 / 3 - 1 / 3), 3)
    (told,) = (row for key, row in gaps.items() if key[0] == "B" and key[1].startswith("t.1 "))
    assert told == ("[c]", "[c]")
    alphas = dict(rows(tables["agreement"], "group", "respondents"))
    assert (alphas["A"], alphas["B"]) == (6, 3)


def test_answers_left_open_or_of_few_are_listed_and_no_page_shows_the_code_of_a_rule(
    report: Report,
) -> None:
    shown = repr([*blank_answers(report), *settled_answers(report)])
    assert "too_few" not in shown
    assert "Vises ikke, fordi for få har svaret" in shown


def test_quotes_stand_without_the_person_and_only_where_enough_answered(report: Report) -> None:
    remarks = report.answers[report.answers["item"].str.endswith(".remark")]
    assert remarks[["item", "value", "respondent"]].to_numpy().tolist() == [
        ["t.1.remark", "Vi følger op", ""]
    ]


def test_the_way_to_the_answers_promises_no_cells_and_no_persons(report: Report) -> None:
    (_, said, _) = answer_by_answer(report)
    assert isinstance(said, Paragraphs)
    assert "Hvad den enkelte person svarede, bliver ikke vist." in said.texts[0]
    assert "celle" not in said.texts[0]


def test_texts_count_persons_where_they_are_enough(report: Report) -> None:
    told = LiveFigures(report)
    assert told.answered("t.d1") == 7
    assert told.answered("t.d1", group="south") == 0
    assert "personer" in str(told.describes("t.d1", "et år").told)


def test_who_answered_and_is_withheld_is_not_said_to_be_silent(report: Report) -> None:
    told = [
        quantifier(report.language, n, 8, report.unit_noun, missing=2, at_end=at_end)
        for n in (1, 8)
        for at_end in (True, False)
    ]
    assert all("med et svar at vise" in one for one in told), told
    assert "der svarede" not in " ".join(told)


def test_trace_of_a_merged_answer_names_the_answer_that_is_published(
    found: tuple[Study, Results],
) -> None:
    table = found[1].consolidated.set_index(["unit", "indicator"])
    assert table.loc[("a", "t.1"), "inputs"] == "joint/t.1"
    assert table.loc[("a", "t.2"), "rule"] == "too_few"


def test_an_instrument_of_one_respondent_speaks_of_no_persons(tmp_path: Path) -> None:
    names = set(tables_of(small_study(tmp_path)))
    assert "answers" in names
    assert not names & {"agreement", "role_gaps"}


COUNTED_ONLY = {
    "datasets/__init__.py",  # names the function that describes the table
    "datasets/numbers.py",
    "datasets/results.py",
    "evidence/gathered.py",
    "evidence/persons.py",
    "evidence/practice.py",
    "known_variants.py",
    "live/figures.py",
    "live/groups.py",
    "report.py",
    "respondents_view.py",
    "rounds.py",
    "scored_view.py",
}
"""Modules that take what came in itself; none shows it where several of a unit respond."""


def test_pages_and_tables_take_what_is_shown_and_not_what_came_in() -> None:
    pages = ROOT / "misbrug_analysis" / "presentation"
    taking = {
        str(path.relative_to(pages))
        for path in pages.rglob("*.py")
        if "results.answers" in path.read_text("utf-8")
    }
    assert taking <= COUNTED_ONLY
