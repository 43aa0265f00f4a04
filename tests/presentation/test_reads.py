"""What a report notes of what it reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation.judging import shows_marks
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.live.figures import LiveFigures
from misbrug_analysis.presentation.reads import NOTES, Reads
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.texts import prose
from tests.incremental import make_study
from tests.presentation.varied_reports import varied_report
from tests.small import load

READS = {
    "results": ["everything"],
    "consolidated": ["consolidated"],
    "given": ["answers"],
    "answers": ["answers"],
    "form_answers": ["form_answers"],
    "scores": ["scores"],
    "group_scores": ["scores of whole/all"],
    "absent": ["sent"],
    "sensitivity": ["sensitivity"],
    "totals": [],  # the study adds none up
    "comparisons": [],
    "agreement": ["agreement"],
    "role_gaps": ["role_gaps"],
    "units": [],
}


def report_of_a_group(root: Path) -> Report:
    """The report of Nord."""
    study = load(make_study(root))
    run = next(run for run in study.runs() if run.id == "team-north")
    return Report(study, settle(study), Language.load("da"), run)


@pytest.mark.parametrize("name", READS)
def test_a_property_notes_the_table_that_it_reads(tmp_path: Path, name: str) -> None:
    report = varied_report(tmp_path)
    getattr(report, name)
    assert list(report.reads.names) == READS[name]


def test_of_a_group_its_own_rows_are_noted(tmp_path: Path) -> None:
    report = report_of_a_group(tmp_path)
    _ = report.consolidated, report.answers, report.form_answers, report.absent
    report.score_row("t.1")
    report.score_row("t.1", "whole", "all")
    assert report.reads.names == (
        "answers of team/north",
        "consolidated of team/north",
        "form_answers of team/north",
        "scores of team/north",
        "scores of whole/all",
        "sent of team/north",
    )


def test_a_question_that_a_text_asks_is_noted_with_the_units_meant(tmp_path: Path) -> None:
    report = report_of_a_group(tmp_path)
    LiveFigures(report).answered("t.d1")
    assert report.reads.names == ("answers to t.d1 of team/north",)
    LiveFigures(report).answered("t.d2", group="south")
    assert report.reads.names == ("answers to t.d1 of team/north", "answers to t.d2")


def test_what_is_read_under_a_variant_is_noted_as_such(tmp_path: Path) -> None:
    report = varied_report(tmp_path)
    under = report.under(1)
    _ = under.consolidated, under.answers
    under.score_row("t.1")
    assert report.reads.names == (
        "answers",
        "consolidated under other rules",
        "other rules",
        "other ways to count",
        "scores of whole/all under other rules",
    )


def test_counting_otherwise_leaves_what_is_settled_as_it_is(tmp_path: Path) -> None:
    report = varied_report(tmp_path)
    counting = report.counting(0)
    _ = counting.consolidated
    counting.score_row("t.1")
    assert "consolidated" in report.reads.names
    assert "scores of whole/all under other rules" in report.reads.names


def test_a_sentence_that_is_held_against_other_rules_rests_on_all_of_them(tmp_path: Path) -> None:
    report = varied_report(tmp_path)
    assert shows_marks(report)
    report.under_other_rules.told(lambda one: str(one.counts("t.1")))
    report.under_other_rules.told(lambda one: str(len(one.consolidated)))
    assert {
        "other rules",
        "other ways to count",
        "scores of whole/all",
        "scores of whole/all under other rules",
        "consolidated",
        "consolidated under other rules",
    } <= set(report.reads.names)


def test_a_text_is_noted_where_it_is_looked_for(tmp_path: Path) -> None:
    report = varied_report(tmp_path, "Tekst.", language="en")
    prose(report, "text")
    prose(report, "missing")
    assert report.reads.names == (
        "text en/missing",
        "text en/text",
        "text missing",
        "text text",
    )


def test_names_are_written_once_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "read"
    monkeypatch.setenv(NOTES, str(file))
    reads = Reads()
    assert file.read_text("utf-8") == ""  # nothing was read, which is known
    reads.table("answers", "team/north", "t.1")
    reads.table("answers", "team/north", "t.1")
    reads.under_other_rules("scores").table("scores")
    assert file.read_text("utf-8").splitlines() == [
        "answers to t.1 of team/north",
        "other rules",
        "other ways to count",
        "scores under other rules",
    ]
