"""The questionnaire on a page: topics at a glance, kinds of questions, every question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from misbrug_analysis.presentation import sections
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Definitions, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Link
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from tests.model.spoiled import spoil
from tests.presentation.small_reports import small_report
from tests.small import make_project

LATER = 'title: {da: "Noget, andre svarer for", en: "What others answer for"}\n'


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return small_report(make_project(tmp_path))


@pytest.fixture
def described(tmp_path: Path) -> Report:
    """The second topic says what it asks for, the first what its character is."""
    folder = make_project(tmp_path)
    path = tmp_path / "data" / "instruments" / "small.yaml"
    spoil(path, LATER, f'{LATER}    text: {{da: "Andre skal gøre noget."}}\n')
    spoil(path, 'en: "the site"}\n', 'en: "the site"}\n    character: {da: taktisk}\n')
    return small_report(folder)


def table(blocks: list[Block], title: str) -> Table:
    (found,) = (block for block in blocks if isinstance(block, Table) and block.title == title)
    return found


def texts(blocks: list[Block]) -> list[str]:
    return [text for block in blocks if isinstance(block, Paragraphs) for text in block.texts]


def test_topics_at_a_glance_say_whom_they_address_and_whether_units_are_asked(
    report: Report,
) -> None:
    _, found = sections.instrument_overview(report)
    assert isinstance(found, Table)
    assert [column.label for column in found.columns] == ["Emne", "Rettet til", "Spurgt?"]
    assert found.rows == (
        (Link("t Opfølgning", "#topic-t"), "stedet", "ja"),
        (Link("later Noget, andre svarer for", "#topic-later"), "andre", "nej, kun beskrevet"),
    )


def test_the_character_is_said_to_be_a_reading_of_ours(described: Report) -> None:
    _, found = sections.instrument_overview(described)
    assert isinstance(found, Table)
    assert found.columns[-1].label == "Karakter (vores læsning)"
    assert [row[-1] for row in found.rows] == ["taktisk", "–"]


def test_each_kind_of_question_is_counted_and_explained(report: Report) -> None:
    _, intro, kinds = sections.question_kinds(report)
    assert isinstance(intro, Paragraphs)
    assert intro.texts == ("Skemaet stiller ni spørgsmål. De er af tre slags:",)
    assert isinstance(kinds, Definitions)
    assert [term for term, _ in kinds.entries] == [
        "Indikatorer (2)",
        "Supplerende (4)",
        "Beskrivende (3)",
    ]
    assert "Svaret er ja, delvis eller nej." in str(kinds)


def test_a_topic_says_what_it_asks_for_and_whom_it_addresses(described: Report) -> None:
    blocks = sections.questions(described)
    assert texts(blocks) == [
        "Rettet til stedet.",
        "Andre skal gøre noget.",
        "Rettet til andre. Stederne er ikke spurgt om den.",
    ]
    headings = [block for block in blocks if isinstance(block, Heading) and block.level == 3]
    assert [heading.muted for heading in headings] == [False, True]


def test_questions_stand_by_kind_with_what_that_kind_has_besides(report: Report) -> None:
    blocks = sections.questions(report)
    assert table(blocks, "Indikatorer, emne t").rows[0] == ("t.1 Følger I op?", "Følger I op?")
    assert table(blocks, "Supplerende spørgsmål, emne t").rows[-1] == (
        "t.s4 I samme system?",
        "t.1 og t.2",
    )
    assert table(blocks, "Beskrivende spørgsmål, emne t").rows == (
        ("t.d1 Hvor længe?", "et år eller længere (ét svar)"),
        ("t.d2 Hvordan?", "samtale og brev (gerne flere svar)"),
        ("t.d3 Hvad er vigtigst?", "frit svar"),
    )


def test_every_question_of_the_instrument_is_shown_once(report: Report) -> None:
    shown = [
        str(row[0]).partition(" ")[0]
        for block in sections.questions(report)
        if isinstance(block, Table)
        for row in block.rows
    ]
    assert sorted(shown) == sorted(item.id for item in report.study.instrument.items)


def test_the_page_says_where_the_questions_come_from(report: Report) -> None:
    assert texts(sections.instrument_origin(report)) == ["Lavet til afprøvning."]


def test_the_page_is_in_the_readers_language(report: Report) -> None:
    english = replace(report, language=Language.load("en"))
    assert texts(sections.instrument_origin(english)) == ["Made for testing."]
    assert "no, only described" in str(sections.instrument_overview(english)[1])
