"""The page on population and need, on a nation that can be worked out by hand (tests/needs.py)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from misbrug_analysis.model.project import Project
from misbrug_analysis.presentation import sections
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Figure, Paragraphs, Table
from misbrug_analysis.presentation.cells import Link
from misbrug_analysis.presentation.live.need import need_expressions
from misbrug_analysis.presentation.report import Report
from tests.model.spoiled import spoil
from tests.needs import make_need_project, make_need_report, report_of
from tests.small import load, make_project

ALL_SECTIONS: list[Callable[[Report], list[Block]]] = [
    sections.need_lead,
    sections.inhabitants,
    sections.group_map,
    sections.estimated_need,
    sections.typical_need,
    sections.need_sources,
]


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return make_need_report(tmp_path)


def plain(value: object) -> str:
    """A cell as a reader sees it, with ordinary spaces and no word joiners."""
    return str(value).replace("\u00a0", " ").replace("\u2060", "")


def rows(table: Table) -> list[list[str]]:
    return [[plain(cell) for cell in row] for row in table.rows]


def tables(blocks: list[Block]) -> dict[str | None, Table]:
    return {block.anchor: block for block in blocks if isinstance(block, Table)}


def figure(blocks: list[Block]) -> Figure:
    (found,) = [block for block in blocks if isinstance(block, Figure)]
    return found


def test_the_lead_says_how_many_live_there_and_what_the_estimates_come_to(report: Report) -> None:
    blocks = sections.need_lead(report)
    lead = next(block for block in blocks if isinstance(block, Paragraphs))
    # 300 of the nation's 1,000 people.
    assert plain(lead.texts[0]) == (
        "Den 1. januar 2014 boede der 300 borgere i de to steder. Det er 30,0 % af alle i landet."
    )
    (bullets,) = [block for block in blocks if isinstance(block, Bullets)]
    assert [plain(item) for item in bullets.items] == [
        "ca. 24 (12–48) borgere med both (Kilde both, tal fra 2005)",
        "20–80 borgere med span (Kilde span, udgivet 2012)",
    ]


def test_people_are_shown_by_age_with_sums_and_the_share_of_young(report: Report) -> None:
    blocks = sections.inhabitants(report)
    table = tables(blocks)["population"]
    assert [column.label for column in table.columns] == [
        "Sted", "Indbyggere", "0–17 år", "18+ år", "Andel 18–24 år",
    ]  # fmt: skip
    assert rows(table) == [
        ["Ask", "100", "20", "80", "10,0 %"],
        ["Nord i alt", "100", "20", "80", "10,0 %"],
        ["Bøg", "200", "40", "160", "15,0 %"],
        ["Syd i alt", "200", "40", "160", "15,0 %"],
        ["Alle steder", "300", "60", "240", "13,3 %"],
    ]
    assert plain(table.note) == "Kilde: Folketallet."
    text = next(block for block in blocks if isinstance(block, Paragraphs))
    assert plain(text.texts[0]) == (
        "Af indbyggerne er 13,3 % unge. Andelen er størst i Bøg (15,0 %) og mindst i Ask (10,0 %)."
    )


def test_the_map_says_where_most_people_live(report: Report) -> None:
    shown = figure(sections.group_map(report))
    assert shown.title == "Flest bor i Syd: 200 af 300 indbyggere"
    assert "Nord har 100 indbyggere og består af Ask." in shown.alt
    assert "Kortet; Folketallet" in shown.subtitle
    assert ">1</text>" in shown.svg or "1 Ask" in shown.svg


def test_estimates_stand_by_domain_with_what_their_sources_give(report: Report) -> None:
    blocks = sections.estimated_need(report)
    found = tables(blocks)
    assert rows(found["need-a"]) == [
        ["Ask", "ca. 8 (4–16)", "ca. 40"],
        ["Nord i alt", "ca. 8 (4–16)", "ca. 40"],
        ["Bøg", "ca. 16 (8–32)", "ca. 80"],
        ["Syd i alt", "ca. 16 (8–32)", "ca. 80"],
        ["Alle steder", "ca. 24 (12–48)", "ca. 120"],
    ]
    assert [row[1] for row in rows(found["need-b"])] == ["5–20", "5–20", "15–60", "15–60", "20–80"]


def test_the_chart_says_where_estimates_are_highest_and_lowest(report: Report) -> None:
    shown = figure(sections.estimated_need(report))
    assert shown.title == "Skønnene er højest i Bøg og lavest i Ask"
    assert "Kort both: fra ca. 8 (4–16) i Ask til ca. 16 (8–32) i Bøg." in plain(shown.alt)
    assert [column.label for column in shown.table.columns] == ["Sted", "Kort both", "Kort span"]


def test_places_that_are_alike_do_not_stand_out(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    people = Project.find(folder).reference / "people.csv"
    spoil(people, "200,40,30,130", "100,20,10,70")
    report = report_of(load(folder))
    assert figure(sections.estimated_need(report)).title == "Ingen steder skiller sig ud"
    assert figure(sections.group_map(report)).title.startswith("Flest bor i Nord og Syd: 200 af")
    text = next(block for block in sections.inhabitants(report) if isinstance(block, Paragraphs))
    assert plain(text.texts[0]) == "Af indbyggerne er 10,0 % unge."


def test_where_the_measures_disagree_the_chart_says_only_what_holds(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    people = Project.find(folder).reference / "people.csv"
    # More young people in Ask than in Bøg, and still fewer adults.
    spoil(people, "100,20,10,70", "100,20,50,30")
    title = figure(sections.estimated_need(report_of(load(folder)))).title
    assert title == "Skønnene er højest og lavest hvert sit sted"


def test_the_typical_place_has_the_median_of_each_figure(report: Report) -> None:
    blocks = sections.typical_need(report)
    assert [row[:2] for row in rows(tables(blocks)["typical-need"])] == [
        ["Kort both", "ca. 12 (6–24)"],
        ["Kort point", "ca. 60"],
        ["Kort span", "10–40"],
    ]
    # Half way between 100 and 200.
    assert "ca. 150 indbyggere" in plain(next(b for b in blocks if isinstance(b, Paragraphs)))


def test_every_source_is_listed_with_its_number_as_published_and_a_link(report: Report) -> None:
    blocks = sections.need_sources(report)
    listed = tables(blocks)["estimates"]
    assert [row[:4] for row in rows(listed)] == [
        ["Kort both", "90 (45–180)", "18 år og derover", "tal fra 2005"],
        ["Kort point", "450", "18 år og derover", "tal fra 2009"],
        ["Kort span", "50–200", "18–24 år", "udgivet 2012"],
    ]
    assert [row[4] for row in listed.rows] == [
        Link("Study A", "https://a.example/"),
        Link("Agency B", "https://b.example/"),
        Link("Study C", "https://c.example/"),
    ]
    assert [row[5] for row in rows(listed)][1] == "myndighedens egen side"
    assert rows(tables(blocks)["others"]) == [
        ["Senere", "99", "uden år", "Ny måde.", "Paper D (https://d.example/)"]
    ]


def test_every_table_and_figure_of_estimates_names_source_and_year(report: Report) -> None:
    blocks = sections.estimated_need(report)
    shown = figure(blocks)
    for text in (shown.subtitle, shown.table.note or ""):
        assert "Kilde both, tal fra 2005" in text
        assert "Kilde span, udgivet 2012" in text
    assert "Kilde both, tal fra 2005" in (tables(blocks)["need-a"].note or "")
    assert "Kilde point, tal fra 2009" in (tables(blocks)["need-a"].note or "")
    assert (tables(blocks)["need-b"].note or "").startswith("Kilde: Kilde span, udgivet 2012.")
    cited = [row[2] for row in rows(tables(sections.typical_need(report))["typical-need"])]
    assert [re.search(r"\d{4}$", text) is not None for text in cited] == [True] * 3


def test_a_study_without_a_need_file_shows_and_says_nothing(tmp_path: Path) -> None:
    report = report_of(load(make_project(tmp_path)))
    assert [section(report) for section in ALL_SECTIONS] == [[]] * len(ALL_SECTIONS)
    assert need_expressions(report) == {}


def test_without_boundaries_there_is_no_map(tmp_path: Path) -> None:
    report = make_need_report(tmp_path, boundaries=None, boundaries_origin=None)
    assert sections.group_map(report) == []


def test_what_data_say_stays_text(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    spoil(Project.find(folder).reference / "estimates.csv", "Study A", "<img src=x onerror=y>")
    spoil(folder / "organisation.yaml", "label: Ask", "label: <b>Ask</b>")
    report = report_of(load(folder))
    for section in ALL_SECTIONS:
        for block in section(report):
            assert "<img src=x" not in block._repr_mimebundle_()["text/html"]
            assert "<b>Ask" not in block._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        (("need", "m_both"), "ca. 12"),
        (("need", "m_both", "all"), "ca. 24"),
        (("need", "m_both", "south"), "ca. 16"),
        (("need_range", "m_both", "all"), "12–48"),
        (("need_range", "m_span"), "10–40"),
        (("population",), "300"),
        (("population", "typical"), "150"),
        (("population", "north"), "100"),
    ],
)
def test_a_text_can_name_a_figure(report: Report, call: tuple[str, ...], shown: str) -> None:
    name, *arguments = call
    assert plain(need_expressions(report)[name](*arguments)) == shown


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (("need", "both"), "there are m_both, m_point, m_span"),
        (("need", "m_both", "nowhere"), "there are all, typical, north, south"),
        (("need", "m_span"), "only an interval; use need_range"),
        (("need_range", "m_point"), "no interval; use need"),
    ],
)
def test_a_wrong_name_lists_the_valid_ones(
    report: Report, call: tuple[str, ...], told: str
) -> None:
    name, *arguments = call
    with pytest.raises(ValueError, match=re.escape(told)):
        need_expressions(report)[name](*arguments)
