"""A reconstruction says which counts are chosen and which words are ours; a collected study not."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.model.possible import PossibleCount
from misbrug_analysis.presentation import sections
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Heading, Paragraphs, Quotes, Table
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.live.figures import LiveFigures
from misbrug_analysis.presentation.live.possible import possible
from misbrug_analysis.presentation.report import Report
from tests.presentation.plainly import plainly
from tests.small import form_rows, load, make_project, write_form

COUNTS = """\
item,group,fewest,most
t.1,north,1,2
t.2,north,0,0
t,north,0,1
t.1,all,2,2
"""
PROVENANCE = {
    "kind": "reconstructed",
    "statement": {"da": "Rekonstrueret."},
    "possible": {
        "counts": "possible.csv",
        "title": {"da": "Det, kilden siger"},
        "explains": {"da": "Nogle cifre mangler."},
    },
    "own_words": {
        "focus_areas": {"da": "Begrundelserne er vores."},
        "feedback": {"da": "Udsagnene er vores."},
        "remarks": {"da": "Bemærkningerne er vores."},
    },
}
COOPERATION = """\
level: team
questions:
  - {id: gain, text: {da: "Får I noget ud af det?"}}
focus_areas:
  - {group: north, topic: t, reason: {da: "Det haster"}}
answers:
  - {group: north, question: gain, answer: yes, remark: {da: "Ja, meget"}}
"""


def report_of(root: Path, group: str = "north", **changes: Any) -> Report:
    """A report on a group of the small study: A says yes to t.1, B and all to t.2 no, C nothing."""
    reports = [
        {"id": level, "notebook": "n", "per": level, "title": {"da": "T"}, "summary": {"da": "S"}}
        for level in ("team", "whole")
    ]
    folder = make_project(root, cooperation="cooperation.yaml", reports=reports, **changes)
    (folder / "cooperation.yaml").write_text(COOPERATION, encoding="utf-8")
    (folder / "possible.csv").write_text(COUNTS, encoding="utf-8")
    for unit, said in (("a", "ja"), ("b", "nej")):
        rows = form_rows(unit, {"t.1": said, "t.2": "nej"}, remarks={"t.1": f"Sådan gør {unit}"})
        write_form(folder / "forms" / f"{unit}.csv", rows)
    study = load(folder)
    run = next(run for run in study.runs() if run.group and run.group.id == group)
    return Report(study, settle(study), Language.load("da"), run)


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return report_of(tmp_path, provenance=PROVENANCE)


def notes(blocks: list[Block]) -> list[str]:
    return [
        text
        for block in blocks
        if isinstance(block, Paragraphs) and block.kind == "note"
        for text in block.texts
    ]


def test_chosen_counts_stand_beside_those_that_the_source_leaves_open(report: Report) -> None:
    heading, explained, table = plainly(sections.possible_counts(report))
    assert isinstance(heading, Heading)
    assert (heading.text, heading.anchor) == ("Det, kilden siger", "possible")
    assert isinstance(explained, Paragraphs)
    assert explained.texts == ("Nogle cifre mangler.",)
    assert isinstance(table, Table)
    assert [column.label for column in table.columns] == [
        "Indikator",
        "Valgt antal",
        "Mulige antal",
    ]
    assert table.rows == (
        ("t.1 Følger I op?", "1 af 2", "1–2"),
        ("t.2 Skriver I det ned?", "0 af 2", "0"),
        ("Emne t som helhed", "0 af 2", "0–1"),
    )
    assert table.totals == (2,)


def test_a_report_on_another_group_shows_its_own_counts(tmp_path: Path) -> None:
    whole = report_of(tmp_path, "all", provenance=PROVENANCE)
    table = plainly(sections.possible_counts(whole))[2]
    assert isinstance(table, Table)
    assert table.rows == (("t.1 Følger I op?", "1 af 2", "2"),)


def test_charts_are_told_of_only_where_a_count_is_chosen_among_several(tmp_path: Path) -> None:
    north = report_of(tmp_path / "north", provenance=PROVENANCE)
    (note,) = notes(sections.possible_note(north))
    assert "De mulige antal står under »Det, kilden siger«." in note
    whole = report_of(tmp_path / "whole", "all", provenance=PROVENANCE)
    assert sections.possible_note(whole) == []


def test_nothing_is_told_of_a_group_that_the_source_says_nothing_of(tmp_path: Path) -> None:
    south = report_of(tmp_path, "south", provenance=PROVENANCE)
    assert sections.possible_counts(south) == []
    assert sections.possible_note(south) == []


def test_words_that_are_ours_are_told_where_they_stand(report: Report) -> None:
    assert notes(sections.focus_areas(report)) == ["Begrundelserne er vores."]
    given = sections.feedback(report)
    assert notes(given) == ["Udsagnene er vores.", "Bemærkningerne er vores."]
    remarks = [place for place, block in enumerate(given) if isinstance(block, Quotes)]
    assert str(given[remarks[0] - 1]) == "Bemærkningerne er vores."
    assert "Udsagnene er vores." in notes(sections.cooperation_status(report))
    topics = sections.group_topics(report)
    (quotes,) = [place for place, block in enumerate(topics) if isinstance(block, Quotes)]
    assert str(topics[quotes - 1]) == "Bemærkningerne er vores."


def test_what_groups_wrote_in_another_language_has_a_note(tmp_path: Path) -> None:
    english = replace(report_of(tmp_path), language=Language.load("en"))
    reasons = "The reasons are in Danish and have not been translated."
    remarks = "The remarks are in Danish and have not been translated."
    assert notes(sections.focus_areas(english)) == [reasons]
    assert notes(sections.feedback(english)) == [remarks]


def test_a_collected_study_says_nothing_of_it(tmp_path: Path) -> None:
    collected = report_of(tmp_path)
    assert sections.possible_counts(collected) == []
    assert sections.possible_note(collected) == []
    shown = [
        *sections.focus_areas(collected),
        *sections.feedback(collected),
        *sections.group_topics(collected),
    ]
    assert len([block for block in shown if isinstance(block, Quotes)]) == 2
    assert notes(shown) == []


def test_only_the_places_that_the_study_names_have_a_note(tmp_path: Path) -> None:
    only = PROVENANCE | {"own_words": {"remarks": {"da": "Bemærkningerne er vores."}}}
    report = report_of(tmp_path, provenance=only)
    assert notes(sections.focus_areas(report)) == []
    assert notes(sections.feedback(report)) == ["Bemærkningerne er vores."]


@pytest.mark.parametrize(
    ("item", "group", "said"),
    [("t.1", None, "fra ét til to"), ("t.2", "north", "nul"), ("t.1", "all", "to")],
)
def test_a_text_can_say_what_the_source_leaves_open(
    report: Report, item: str, group: str | None, said: str
) -> None:
    assert LiveFigures(report).expressions()["possible"](item, group) == said


def test_figures_and_words_are_not_mixed(report: Report) -> None:
    count = PossibleCount(item="t.1", group="north", fewest=9, most=14)
    study = replace(report.study, possible={("t.1", "north"): count})
    assert possible(replace(report, study=study), "t.1") == "fra 9 til 14"


@pytest.mark.parametrize(
    ("item", "group", "told"),
    [("t.3", None, "there is no item 't.3'; there are t.1, t.2, t"), ("t.1", "south", "'south'")],
)
def test_what_the_file_says_nothing_of_is_named(
    report: Report, item: str, group: str | None, told: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        possible(report, item, group)


def test_a_text_of_a_collected_study_has_no_such_expression(tmp_path: Path) -> None:
    assert "possible" not in LiveFigures(report_of(tmp_path)).expressions()
