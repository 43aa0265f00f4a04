"""Reports of a study that has little yet: no answers, or one group that is all there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation import sections, tables
from misbrug_analysis.presentation.blocks import Heading, Paragraphs
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from tests.presentation.plainly import plainly
from tests.presentation.small_reports import small_report
from tests.small import load, make_project

ONE_LEVEL = """\
unit_noun:
  da: {one: sted, many: steder, the_one: stedet, the_many: stederne, gender: neuter}
levels:
  - id: whole
    noun: {da: {one: kreds, many: kredse, the_one: kredsen, the_many: kredsene}}
    groups: [{id: all, label: {da: Alle}}]
"""


def one_level(folder: Path) -> Path:
    (folder / "organisation.yaml").write_text(ONE_LEVEL, encoding="utf-8")
    units = "id,label\na,A\nb,B\nc,C\n"
    (folder / "units.csv").write_text(units, encoding="utf-8")
    return folder


def empty_report(folder: Path) -> Report:
    study = load(folder)
    return Report(study, settle(study), Language.load("da"), study.runs()[0])


def test_a_group_without_answers_has_no_count(tmp_path: Path) -> None:
    table = plainly(tables.yes_table(small_report(make_project(tmp_path))))
    assert [column.label for column in table.columns][1:] == ["Nord", "Syd", "Alle"]
    assert table.rows[0][1:] == ("2 af 2", "–", "2 af 2")
    assert table.rows[1][1:] == ("0 af 2", "–", "0 af 2")


def test_the_only_group_stands_once(tmp_path: Path) -> None:
    report = small_report(one_level(make_project(tmp_path)))
    table = tables.yes_table(report)
    assert [column.label for column in table.columns][1:] == ["Alle"]
    paragraphs = [block for block in sections.region_topics(report) if type(block) is Paragraphs]
    assert not [text for block in paragraphs for text in block.texts if text.startswith("I Alle")]


def test_before_the_first_answer_a_report_says_that_it_waits(tmp_path: Path) -> None:
    report = empty_report(make_project(tmp_path))
    heading, lead = sections.regional_overview(report)
    assert isinstance(heading, Heading)
    assert isinstance(lead, Paragraphs)
    (text,) = lead.texts
    assert text == "Ingen steder har svaret. Siden bliver fyldt ud, når det første skema er kommet."


@pytest.mark.parametrize(
    "section",
    [
        *("standing", "answer_matrix", "overview", "missing", "region_topics", "group_topics"),
        *("settled_answers", "split_answers", "partly_answers", "blank_answers", "rulings"),
        "ledger_sum",
    ],
)
def test_before_the_first_answer_nothing_is_counted(tmp_path: Path, section: str) -> None:
    empty = empty_report(make_project(tmp_path / "empty"))
    assert getattr(sections, section)(empty) == []
    answered = small_report(make_project(tmp_path / "answered"))
    assert getattr(sections, section)(answered) != []


def test_before_the_first_form_none_is_counted(tmp_path: Path) -> None:
    _, text = sections.asked_and_answered(empty_report(make_project(tmp_path)))
    assert isinstance(text, Paragraphs)
    assert text.texts[0].endswith("Der er ikke kommet nogen skemaer endnu.")
