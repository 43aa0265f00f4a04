"""Recommended actions on a page: under topics and themes, by actor; and links between topics."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.presentation import sections
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Definitions, Heading, Prose, Table
from misbrug_analysis.presentation.cells import Link
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.actions import topic_actions, topic_links
from tests.presentation.small_reports import small_report
from tests.small import make_project
from tests.small_actions import with_actions


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return small_report(with_actions(tmp_path))


@pytest.fixture
def bare(tmp_path: Path) -> Report:
    """A study that recommends nothing."""
    return small_report(make_project(tmp_path))


def tables(blocks: list[Block]) -> dict[str, Table]:
    return {block.title: block for block in blocks if isinstance(block, Table)}


def text(cell: object) -> str:
    """A cell as a reader sees it, with ordinary blanks."""
    shown = cell.text if isinstance(cell, Link) else str(cell)
    return shown.replace("\N{NO-BREAK SPACE}", " ")


def test_under_a_topic_stands_who_is_to_do_what_alone_and_together(report: Report) -> None:
    heading, who = topic_actions(report, report.study.instrument.topics[0])
    assert isinstance(heading, Heading)
    assert (heading.text, heading.anchor) == ("Det anbefales", "topic-t-recommended")
    assert isinstance(who, Definitions)
    assert who.entries == (
        ("Stederne", ("Følg op.",)),
        ("Stederne og rådet", ("Mål det. (Vores)",)),
    )


def test_an_authored_text_stands_before_the_actions(report: Report) -> None:
    path = report.study.folder / "texts" / "topics" / "t" / "recommended.md"
    path.parent.mkdir(parents=True)
    path.write_text("Kilden siger lidt.\n", encoding="utf-8")
    _, prose, who = topic_actions(report, report.study.instrument.topics[0])
    assert isinstance(prose, Prose)
    assert prose.markdown == "Kilden siger lidt.\n"
    assert isinstance(who, Definitions)


def test_a_topic_names_the_topics_it_hangs_together_with_and_why(report: Report) -> None:
    first, later = report.study.instrument.topics
    _, linked = topic_links(report, first)
    assert isinstance(linked, Definitions)
    ((target, reasons),) = linked.entries
    assert isinstance(target, Link)
    assert (text(target), target.href) == ("Emne later", "#topic-later")
    assert reasons == ("Det ene kræver det andet.",)
    assert "#topic-t" in str(topic_links(report, later)[1])


def test_topics_that_are_not_assessed_have_actions_too(report: Report) -> None:
    blocks = sections.region_topics(report)
    at = next(n for n, block in enumerate(blocks) if getattr(block, "anchor", "") == "topic-later")
    assert "Staten:\n- Giv penge." in [str(block) for block in blocks[at:]]


def test_a_theme_and_the_cooperation_have_actions_of_their_own(report: Report) -> None:
    heading, _, advised = sections.themes(report)
    assert (str(heading), str(advised)) == ("Unge", "Stederne:\n- Spørg de unge. (Vores)")
    assert str(sections.cooperation_status(report)[-1]) == "Rådet:\n- Mødes."


def test_one_table_shows_who_has_any_task_about_what(report: Report) -> None:
    table = tables(sections.recommended_actions(report))["Opgaver under de enkelte emner"]
    assert [column.label for column in table.columns] == ["Emne", "Stederne", "Rådet", "Staten"]
    assert [[text(cell) for cell in row] for row in table.rows] == [
        ["t Opfølgning", "● har opgaver", "● har opgaver", ""],
        ["later Noget, andre svarer for", "", "", "● har opgaver"],
        ["Unge", "● har opgaver", "", ""],
        ["Samarbejdet", "", "● har opgaver", ""],
    ]


def test_each_actor_has_a_table_with_subject_task_and_source(report: Report) -> None:
    found = tables(sections.recommended_actions(report))
    assert [[text(cell) for cell in row] for row in found["Det anbefales stederne"].rows] == [
        ["Emne t", "Følg op.", "kilden"],
        ["Emne t", "Sammen med rådet: Mål det.", "vores"],
        ["Unge", "Spørg de unge.", "vores"],
    ]
    assert [[text(cell) for cell in row] for row in found["Det anbefales staten"].rows] == [
        ["Emne later", "Giv penge.", "kilden"]
    ]


def test_the_page_says_what_the_sources_mean(report: Report) -> None:
    (origins,) = (
        block for block in sections.recommended_actions(report) if isinstance(block, Definitions)
    )
    assert origins.entries == (
        ("Kilden", ("Kilden anbefaler det.",)),
        ("Vores", ("Det er vores.",)),
    )


def test_links_between_topics_are_a_table(report: Report) -> None:
    (table,) = tables(sections.links(report)).values()
    assert [[text(cell) for cell in row] for row in table.rows] == [
        ["Emne t", "Emne later", "Det ene kræver det andet."]
    ]


def test_a_study_that_recommends_nothing_shows_nothing(bare: Report) -> None:
    assert sections.recommended_actions(bare) == []
    assert sections.links(bare) == []
    assert sections.themes(bare) == []
    assert topic_actions(bare, bare.study.instrument.topics[0]) == []
