"""A report as it would be under other rules, and what is worked out once for all of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation import known_variants
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from tests.small import form_rows, load, make_project, write_form


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """A's forms differ on t.1, B says partly, C's no is a yes by ruling, D sent nothing."""
    folder = make_project(
        tmp_path,
        {"a": "north", "b": "north", "c": "south", "d": "south"},
        [{"unit": "c", "indicator": "t.1", "answer": "yes"}],
    )
    for unit, form, said in (
        ("a", "alcohol", "ja"),
        ("a", "drugs", "nej"),
        ("b", "joint", "delvis"),
        ("c", "joint", "nej"),
    ):
        rows = form_rows(unit, {"t.1": said, "t.2": "ja"}, form=form)
        write_form(folder / "forms" / f"{unit}-{form}.csv", rows)
    study = load(folder)
    return Report(study, settle(study), Language.load("da"), study.runs()[0])


def numbered(report: Report, **choices: object) -> int:
    """The variant with these choices and, but for them, those of the study."""
    table = report.sensitivity.variants
    wanted = dict(table.iloc[0]) | choices
    columns = ["partly", "split", "adjudications"]
    (number,) = [
        int(str(number))
        for number, row in table.iterrows()
        if all(row[column] == wanted[column] for column in columns)
    ]
    return number


def test_variant_0_is_the_report_itself(report: Report) -> None:
    own = report.under(0)
    assert own.study == report.study
    published = report.scores[report.scores["level"] != "unit"].reset_index(drop=True)
    assert_frame_equal(own.scores[published.columns], published, check_exact=True)
    columns = ["study", "unit", "indicator", "answer"]
    assert_frame_equal(own.consolidated[columns], report.consolidated[columns])


@pytest.mark.parametrize(
    ("choices", "yes"),
    [
        ({}, 1),
        ({"partly": "as_yes"}, 2),
        ({"split": "any"}, 2),
        ({"adjudications": False}, 0),
        ({"partly": "as_yes", "split": "any"}, 3),
    ],
)
def test_counts_are_those_of_the_variant(
    report: Report, choices: dict[str, object], yes: int
) -> None:
    """By ruling C says yes; B does where partly is a yes, A where any yes is enough."""
    other = report.under(numbered(report, **choices))
    counts = other.counts("t.1")
    assert (counts.yes, counts.n, counts.missing) == (yes, 3, 1)
    said = other.consolidated.set_index(["unit", "indicator"])["answer"]
    assert (said.xs("t.1", level="indicator") == "yes").sum() == yes


def test_a_variant_has_its_rules_and_its_rulings(report: Report) -> None:
    other = report.under(numbered(report, partly="as_yes", split="any", adjudications=False))
    assert (other.study.rules.partly, other.study.rules.split) == ("as_yes", "any")
    assert other.study.rulings == ()
    assert len(report.study.rulings) == 1
    assert report.under(numbered(report, split="any")).study.rulings == report.study.rulings


def test_a_variant_is_settled_as_a_study_with_its_rules(report: Report) -> None:
    number = numbered(report, partly="as_yes", split="any")
    anew = settle(report.study.with_rules(partly="as_yes", split="any")).scores
    anew = anew[anew["level"] != "unit"].reset_index(drop=True)
    assert_frame_equal(report.under(number).scores[anew.columns], anew, check_exact=True)


def test_those_who_did_not_answer_can_be_counted(report: Report) -> None:
    ways = report.sensitivity.absences
    counts = {
        way: report.counting(int(str(number))).counts("t.1")
        for number, way in ways["absent"].items()
    }
    assert {way: (one.yes, one.n, one.missing) for way, one in counts.items()} == {
        "out": (1, 3, 1),
        "as_no": (1, 4, 0),
        "as_yes": (2, 4, 0),
    }


def test_sensitivity_is_worked_out_once(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    found = report.sensitivity

    def again(*_: object) -> None:
        raise AssertionError("worked out again")

    monkeypatch.setattr(known_variants, "sensitivity", again)
    other = replace(report, language=Language.load("en"))
    assert other.sensitivity is found
    assert other.under(1).sensitivity is found
    assert other.counting(1).sensitivity is found
    assert replace(other.under(1), language=Language.load("da")).sensitivity is found
    with pytest.raises(AssertionError, match="again"):
        _ = replace(report, tables=report.tables.with_tables()).sensitivity


def test_what_a_variant_makes_is_worked_out_once(report: Report) -> None:
    other = replace(report, language=Language.load("en"))
    assert other.under(1).scores is report.under(1).scores
    assert other.under(1).scores is not report.under(2).scores
    assert other.counting(1).scores is report.counting(1).scores


def test_a_variant_that_there_is_not_is_an_error(report: Report) -> None:
    with pytest.raises(KeyError):
        report.under(len(report.sensitivity.variants))
    with pytest.raises(KeyError):
        report.counting(len(report.sensitivity.absences))
