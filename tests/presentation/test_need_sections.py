"""The page on population and need, on a nation that can be worked out by hand (tests/needs.py)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from misbrug_analysis.model.project import Project
from misbrug_analysis.presentation import sections
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Figure, Paragraphs, Table
from misbrug_analysis.presentation.cells import Link
from misbrug_analysis.presentation.live.need import need_expressions
from misbrug_analysis.presentation.need_view import NeedView
from misbrug_analysis.presentation.report import Report
from tests.model.spoiled import spoil
from tests.needs import make_need_project, make_need_report, report_of, write_yaml
from tests.presentation.drawings import texts
from tests.presentation.plainly import plainly
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
    return str(plainly(value)).replace("\u00a0", " ").replace("\u2060", "")


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
    # 780 of the nation's 1,000 people.
    assert plain(lead.texts[0]) == (
        "Den 1. januar 2014 boede der 780 borgere i de tre steder. Det er 78,0 % af alle i landet."
    )
    (bullets,) = [block for block in blocks if isinstance(block, Bullets)]
    assert [plain(item) for item in bullets.items] == [
        "ca. 70 (35–140) borgere med both (Kilde both, tal fra 2005)",
        "26–100 borgere med span (Kilde span, udgivet 2012)",
    ]


def test_a_study_of_the_whole_country_is_told_as_such(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NeedView, "share_of_nation", lambda _view: 1.0)
    lead, comes_to, *_ = [b for b in sections.need_lead(report) if isinstance(b, Paragraphs)]
    assert plain(lead.texts[0]) == "Den 1. januar 2014 boede der 780 borgere i landets tre steder."
    assert comes_to.texts == ("De nationale skøn lyder på:",)


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
        ["Dal", "480", "20", "460", "2,5 %"],
        ["Syd i alt", "680", "60", "620", "6,2 %"],
        ["Alle steder", "780", "80", "700", "6,7 %"],
    ]
    assert plain(table.note) == "Kilde: Folketallet. Alle tallene som tabel."
    text = next(block for block in blocks if isinstance(block, Paragraphs))
    assert plain(text.texts[0]) == (
        "Af indbyggerne er 6,7 % unge. Andelen er størst i Bøg (15,0 %) og mindst i Dal (2,5 %)."
    )


def test_the_map_shows_the_groups_and_the_table_has_its_numbers(report: Report) -> None:
    shown = figure(sections.group_map(report))
    assert plain(shown.title) == "De tre steder er delt i to hold"
    assert plain(shown.alt) == (
        "Kort. De tre steder er delt i to hold. Nord: 1 Ask. Syd: 2 Bøg og 3 Dal."
    )
    assert shown.subtitle.endswith("Kilde: Kortet.")
    assert [plain(text) for text in texts(shown.svg)][-4:] == [
        "Nord",
        "1 Ask",
        "Syd",
        "2 Bøg, 3 Dal",
    ]
    assert [column.label for column in shown.table.columns] == ["Sted", "Nummer", "Indbyggere"]
    assert rows(shown.table) == [
        ["Ask", "1", "100"],
        ["Nord i alt", "1", "100"],
        ["Bøg", "2", "200"],
        ["Dal", "3", "480"],
        ["Syd i alt", "2–3", "680"],
        ["Alle steder", "1–3", "780"],
    ]
    assert list(shown.table.totals) == [1, 4, 5]
    assert plain(shown.table.note) == "Kilder: Kortet; Folketallet. Alle tallene som tabel."


def test_estimates_stand_by_domain_with_what_their_sources_give(report: Report) -> None:
    blocks = sections.estimated_need(report)
    found = tables(blocks)
    assert rows(found["need-a"]) == [
        ["Ask", "ca. 8 (4–16)", "ca. 40"],
        ["Nord i alt", "ca. 8 (4–16)", "ca. 40"],
        ["Bøg", "ca. 16 (8–32)", "ca. 80"],
        ["Dal", "ca. 46 (23–92)", "ca. 230"],
        ["Syd i alt", "ca. 62 (31–120)", "ca. 310"],
        ["Alle steder", "ca. 70 (35–140)", "ca. 350"],
    ]
    assert [row[1] for row in rows(found["need-b"])] == [
        "5–20", "5–20", "15–60", "6–24", "21–84", "26–100",
    ]  # fmt: skip


def test_the_chart_says_that_estimates_follow_the_population_and_ranks_nobody(
    report: Report,
) -> None:
    shown = figure(sections.estimated_need(report))
    # Adults: 90 × 80 / 900 in Ask, 90 × 460 / 900 in Dal. Of 18–24: 50 × 10 / 100 in Ask is the
    # lowest low, 200 × 30 / 100 in Bøg the highest high.
    assert plain(shown.title) == (
        "Skønnene følger indbyggertallet: Pr. sted er det ca. 8–46 borgere med both"
    )
    assert plain(shown.alt).endswith("Kort both: ca. 8–46 pr. sted. Kort span: 5–60 pr. sted.")
    assert not re.search("Ask|Bøg|Dal", shown.title + shown.alt)
    assert [column.label for column in shown.table.columns] == ["Sted", "Kort both", "Kort span"]


def test_the_chart_says_how_to_read_its_columns_and_why_one_has_no_bars(report: Report) -> None:
    subtitle = figure(sections.estimated_need(report)).subtitle
    assert plain(subtitle).startswith(
        "Skøn over antal borgere pr. sted. Hver kolonne har sin egen skala. "
        "En streg viser det spænd, som kilden oplyser. "
        "Hvor der ingen søjle er (Kort span), oplyser kilden kun et spænd. Kilder: "
    )


def test_a_chart_of_one_measure_with_only_a_point_needs_no_word_of_scales_or_intervals(
    tmp_path: Path,
) -> None:
    subtitle = figure(
        sections.estimated_need(make_need_report(tmp_path, chart=["m_point"]))
    ).subtitle
    assert plain(subtitle) == (
        "Skøn over antal borgere pr. sted. Kilde: Kilde point, tal fra 2009."
    )


def test_places_that_are_alike_have_one_figure_and_one_share(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    people = Project.find(folder).reference / "people.csv"
    spoil(people, "200,40,30,130", "100,20,10,70")
    spoil(people, "480,20,12,448", "100,20,10,70")
    report = report_of(load(folder))
    # 90 × 80 / 440: three times 80 adults, and 200 in the rest of the nation.
    title = figure(sections.estimated_need(report)).title
    assert plain(title).endswith("Pr. sted er det ca. 16 borgere med both")
    text = next(block for block in sections.inhabitants(report) if isinstance(block, Paragraphs))
    assert plain(text.texts[0]) == "Af indbyggerne er 10,0 % unge."


def test_of_a_single_group_and_member_nothing_is_compared(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    organisation = yaml.safe_load((folder / "organisation.yaml").read_text("utf-8"))
    _, south = organisation["levels"][0]["groups"]
    del south["members"]
    write_yaml(folder / "organisation.yaml", organisation)
    report = report_of(load(folder))
    assert figure(sections.group_map(report)).title == "Nord består af ét sted"
    assert figure(sections.estimated_need(report)).title == "Skøn over behovet i Ask"


def test_the_typical_place_has_the_median_of_each_figure(report: Report) -> None:
    blocks = sections.typical_need(report)
    assert [row[:2] for row in rows(tables(blocks)["typical-need"])] == [
        # Bøg has the middle number of adults (160), Dal that of 18–24 (12).
        ["Kort both", "ca. 16 (8–32)"],
        ["Kort point", "ca. 80"],
        ["Kort span", "6–24"],
    ]
    # Of 100, 200 and 480.
    assert "ca. 200 indbyggere" in plain(next(b for b in blocks if isinstance(b, Paragraphs)))


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


def test_a_source_is_named_in_english_on_an_english_page_where_the_file_has_it(
    tmp_path: Path,
) -> None:
    folder = make_need_project(tmp_path)
    estimates = Project.find(folder).reference / "estimates.csv"
    estimates.write_text(
        estimates.read_text("utf-8")
        .replace(",source,", ",source,source_en,")
        .replace(",Study A,", ",Undersøgelse A,Study A,")
        .replace(",Agency B,", ",Agency B,,")
        .replace(",Study C,", ",Study C,,")
        .replace(",Paper D,", ",Avisen D,Paper D,"),
        "utf-8",
    )
    named = {}
    for language in ("da", "en"):
        found = tables(sections.need_sources(report_of(load(folder), language)))
        links = [row[4] for name in ("estimates", "others") for row in found[name].rows]
        named[language] = [link.text for link in links if isinstance(link, Link)]
    assert named == {
        "da": ["Undersøgelse A", "Agency B", "Study C", "Avisen D"],
        "en": ["Study A", "Agency B", "Study C", "Paper D"],
    }


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


def typical_sources(report: Report) -> list[str]:
    table = tables(sections.typical_need(report))["typical-need"]
    return [row[2] for row in rows(table)]


def test_a_measure_names_the_source_of_the_estimate_it_uses(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    spoil(folder / "need.yaml", "estimate: both", "estimate: point")
    assert typical_sources(report_of(load(folder)))[0] == "Kilde point, tal fra 2009"


def test_a_source_is_named_in_english_where_the_file_has_it_so(tmp_path: Path) -> None:
    report = report_of(load(make_need_project(tmp_path)), "en")
    assert [text.split(",")[0] for text in typical_sources(report)] == [
        "Source both", "Kilde point", "Kilde span",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2009,reference", "2024,reference", "Ingen af skønnene er nyere end 2024. Her står"),
        ("2009,reference", "2025,reference", "Her står, hvad hvert af skønnene måler"),
        ("2009,reference", ",", "Her står, hvad hvert af skønnene måler"),
    ],
)
def test_that_no_estimate_is_later_than_the_study_is_said_only_where_it_is_so(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    folder = make_need_project(tmp_path)  # of 2024
    spoil(Project.find(folder).reference / "estimates.csv", old, new)
    blocks = sections.need_sources(report_of(load(folder)))
    text = next(block for block in blocks if isinstance(block, Paragraphs))
    assert plain(text.texts[0]).startswith(told)


def test_measures_of_the_same_short_name_are_drawn_side_by_side(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path, chart=["m_both", "m_point"])
    spoil(folder / "need.yaml", "Kort point", "Kort both")
    drawn = texts(figure(sections.estimated_need(report_of(load(folder)))).svg)
    assert drawn.count("Kort both") == 2


def test_a_member_of_two_groups_counts_once_in_all(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    organisation = yaml.safe_load((folder / "organisation.yaml").read_text("utf-8"))
    north, south = organisation["levels"][0]["groups"]
    north["members"].append(south["members"][0])
    write_yaml(folder / "organisation.yaml", organisation)
    said = need_expressions(report_of(load(folder)))
    # Bøg is one of the 100 + 200 in north and of the 200 + 480 in south.
    assert [said["population"](place) for place in ("north", "south", "all")] == [
        "300",
        "680",
        "780",
    ]
    assert plain(said["need"]("m_both", "all")) == "ca. 70"


def test_a_level_of_one_group_holds_all_members(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    spoil(folder / "organisation.yaml", "id: all", "id: shire")
    assert need_expressions(report_of(load(folder)))["population"]("shire") == "780"


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
        (("need", "m_both"), "ca. 16"),
        (("need", "m_both", "all"), "ca. 70"),
        (("need", "m_both", "south"), "ca. 62"),
        (("need_range", "m_both", "all"), "35–140"),
        (("need_range", "m_span"), "6–24"),
        (("need_source", "m_both"), "Kilde both, tal fra 2005"),
        (("population",), "780"),
        (("population", "typical"), "200"),
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
