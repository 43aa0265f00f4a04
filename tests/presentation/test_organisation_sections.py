"""The organisation on a page: members and leads, roles and bodies, tasks in the cooperation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from misbrug_analysis.presentation import sections
from misbrug_analysis.presentation.blocks import Bullets, Definitions, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Link
from misbrug_analysis.presentation.report import Report
from tests.presentation.plainly import plainly
from tests.presentation.small_reports import small_report
from tests.small import make_project
from tests.small_actions import with_actions


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return small_report(with_actions(tmp_path))


def test_groups_stand_with_their_members_and_the_lead_is_marked(report: Report) -> None:
    heading, took_part, table = plainly(sections.members(report))
    assert isinstance(heading, Heading)
    assert heading.text == "Holdene"
    assert isinstance(took_part, Paragraphs)
    assert took_part.texts == ("Af de tre steder har to svaret. C deltog ikke.",)
    assert isinstance(table, Table)
    assert [column.label for column in table.columns] == ["Hold", "Medlemmer", "Steder"]
    assert table.rows == (("Nord", "Aa og Bb (tovholder)", 2), ("Syd", "Cc og Dd", 2))


def test_an_actor_has_its_role_and_a_body_who_appointed_it(report: Report) -> None:
    _, own, _, partners_heading, partners = sections.roles(report)
    assert isinstance(own, Definitions)
    assert own.entries == (
        ("Stederne", ("Behandler.",)),
        ("Rådet", ("Bestemmer.", "Udpeget af ministeren.")),
    )
    assert isinstance(partners_heading, Heading)
    assert partners_heading.text == "Samarbejdspartnere"
    assert isinstance(partners, Definitions)
    assert partners.entries == (("Staten", ("Betaler.",)),)


def test_who_sits_in_a_body_stands_by_the_group_they_come_from(report: Report) -> None:
    table = sections.roles(report)[2]
    assert isinstance(table, Table)
    assert table.title == "Rådet: medlemmer"
    assert table.rows == (("Nord", "Aa og Bb (tovholder)"), ("Syd", "Cc"))


def test_a_body_is_told_of_where_the_study_recommends_nothing(tmp_path: Path) -> None:
    folder = with_actions(tmp_path)
    path = folder / "study.yaml"
    path.write_text(path.read_text("utf-8").replace("actions: actions.yaml\n", ""), "utf-8")
    own = sections.roles(small_report(folder))[1]
    assert isinstance(own, Definitions)
    assert own.entries == (("Rådet", ("Bestemmer.", "Udpeget af ministeren.")),)


def test_tasks_in_the_cooperation_and_the_topics_with_tasks(report: Report) -> None:
    _, _, duties, topics = sections.duties(report)
    assert str(duties) == "Rådet:\n- Mødes."
    assert isinstance(topics, Table)
    assert topics.rows == (("Stederne", "t"), ("Rådet", "t"), ("Staten", "later"))


def test_the_page_leads_to_where_every_task_stands(report: Report) -> None:
    settings = report.study.settings
    page = settings.reports[0].model_copy(update={"id": "told", "notebook": "regional_narrative"})
    settings = settings.model_copy(update={"reports": [*settings.reports, page]})
    blocks = sections.duties(replace(report, study=replace(report.study, settings=settings)))
    (link,) = (block.items[0] for block in blocks if isinstance(block, Bullets))
    assert isinstance(link, Link)
    file, _, anchor = link.href.partition("#")
    assert file == "told.html"
    headings = [one for one in sections.recommended_actions(report) if isinstance(one, Heading)]
    assert headings[0].anchor == anchor


def test_a_study_that_names_nobody_shows_nothing(tmp_path: Path) -> None:
    bare = small_report(make_project(tmp_path))
    assert sections.members(bare) == []
    assert sections.roles(bare) == []
    assert sections.duties(bare) == []
