"""Counts that lead to the answers behind them: the mark, where it is put, and where it must not."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from misbrug_analysis.model.instrument import Noun
from misbrug_analysis.presentation import sections, tables
from misbrug_analysis.presentation.addresses import table_address, units_address
from misbrug_analysis.presentation.blocks import (
    Bullets,
    Figure,
    Heading,
    Page,
    Paragraphs,
    Prose,
    Table,
)
from misbrug_analysis.presentation.cells import Column, Link, Mark
from misbrug_analysis.presentation.html import View, block_html
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.live.markdown import Told, escaped
from misbrug_analysis.presentation.outline import Outline
from misbrug_analysis.presentation.page import render_page
from misbrug_analysis.presentation.passages import linked, links, marked, unlinked, unmarked
from misbrug_analysis.presentation.quantifiers import quantifier, short_quantifier
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.table_layout import key
from misbrug_analysis.presentation.wording import Counts, answered, status
from misbrug_analysis.presentation.wording_by_group import by_group
from tests.needs import make_need_report
from tests.pages.samples import SVG
from tests.presentation.small_reports import small_report
from tests.presentation.small_tables import tables_of
from tests.small import make_project
from tests.small_actions import with_actions

DANISH = Language.load("da")
PLACE = Noun(one="sted", the_one="stedet", many="steder", the_many="stederne", gender="neuter")
TEAM = Noun(one="hold", the_one="holdet", many="hold", the_many="holdene", gender="neuter")
AT = "method-5.html#count-5-2-syd"
SAID = linked("3 af 16", AT)
ANCHOR = f'<a href="{AT}">3 af 16</a>'


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """A and B answered, of Nord; C of Syd did not."""
    return small_report(make_project(tmp_path))


def shown(*blocks: object) -> str:
    head = Page(title="T", lang="da")
    return render_page(head, list(blocks), DANISH)  # type: ignore[arg-type]


def test_the_phrase_that_holds_a_count_is_the_link_and_the_comma_of_its_sentence_is_not() -> None:
    assert links(quantifier(DANISH, 3, 16, PLACE, at=AT)) == [("kun få steder (3 af 16)", AT)]
    told = quantifier(DANISH, 16, 16, PLACE, missing=1, at=AT)
    assert told == f"{linked('alle 16 steder, der svarede', AT)},"
    assert short_quantifier(DANISH, 4, 5, PLACE, at=AT) == linked("fire af de fem", AT)


def test_a_count_without_an_address_is_text() -> None:
    assert quantifier(DANISH, 3, 16, PLACE) == "kun få steder (3 af 16)"


def test_a_sentence_begins_with_a_capital_inside_its_link() -> None:
    told = status(DANISH, "5.2 Opfølgning", Counts(3, 16, at=AT), PLACE)
    assert unmarked(told) == "5.2 Opfølgning: Kun få steder (3 af 16) siger ja."
    assert links(told) == [("Kun få steder (3 af 16)", AT)]


def test_a_sentence_does_not_begin_with_a_figure_in_a_link() -> None:
    told = status(DANISH, "x", Counts(3, 20, partly=13, at=AT), PLACE)
    assert unmarked(told).endswith("I alt 13 steder svarer »delvis«.")
    assert links(told)[1] == ("13 steder", AT)


def test_each_group_leads_to_its_own_row() -> None:
    groups = {"Nord": Counts(2, 3, at="m.html#count-1-n"), "Syd": Counts(0, 2, 0, 1, "m.html#s")}
    told = by_group(DANISH, groups, PLACE, TEAM)
    assert unmarked(told) == (
        "I Nord siger to af de tre steder ja og i Syd ingen af de to. "
        "Ét sted i Syd har ikke svaret."
    )
    assert links(told) == [
        ("to af de tre steder", "m.html#count-1-n"),
        ("ingen af de to", "m.html#s"),
        ("Ét sted", "m.html#s"),
    ]


@pytest.mark.parametrize("yes", [0, 2])
def test_groups_that_are_told_in_one_lead_to_the_first_of_their_rows(yes: int) -> None:
    groups = {"Nord": Counts(yes, 2, at="m.html#n"), "Syd": Counts(yes, 2, at="m.html#s")}
    found = links(by_group(DANISH, groups, PLACE, TEAM))
    assert found
    assert {href for _, href in found} == {"m.html#n"}


def test_who_answered_leads_to_who_was_asked() -> None:
    assert links(answered(DANISH, 17, ["C"], PLACE, AT)) == [("17", AT), ("16", AT)]
    assert links(answered(DANISH, 3, 0, PLACE, AT)) == [("Alle tre steder", AT)]


def test_a_condition_of_a_text_sees_the_words_alone() -> None:
    told = Told.of("alle på nær én", AT)
    assert told == "alle på nær én"
    assert "på nær én" in told
    assert escaped(told) == linked("alle på nær én", AT)
    assert escaped(Told.of("tre", "")) == "tre"


def test_markdown_is_escaped_in_the_words_and_not_in_the_address() -> None:
    told = escaped(Told.of("*3* [af] 16", "a_b.html#count-1_2_3"))
    assert told == linked(r"\*3\* \[af\] 16", "a_b.html#count-1_2_3")
    html = block_html(Prose(f"_Her_ er {told}."), View(Outline(), DANISH))
    assert '<em>Her</em> er <a href="a_b.html#count-1_2_3">*3* [af] 16</a>.' in html


@pytest.mark.parametrize("source", [f"# En {SAID}\n\n## To\n\n## Tre\n\n## Fire"])
def test_a_heading_holds_the_link_and_the_contents_do_not(source: str) -> None:
    html = shown(Prose(source, level=2), Heading(f"Fem {SAID}", 2, "x"))
    assert f"En {ANCHOR}</h2>" in html
    assert '<a href="#en-3-af-16">En 3 af 16</a>' in html
    assert '<a href="#x">Fem 3 af 16</a>' in html


def test_no_link_stands_in_another() -> None:
    link = Link(f"Se {SAID}", "x.html")
    mark = Mark("●", f"ja {SAID}", "yes", "m.html#answer-1-a")
    table = Table("T", [Column("A"), Column("B")], [[link, mark]])
    html = shown(Prose(f"[Se {SAID}](x.html)"), Bullets([link]), table)
    assert html.count('<a href="x.html">Se 3 af 16</a>') == 3
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", html, re.DOTALL)


def test_a_chart_leads_somewhere_from_its_title_and_not_from_what_is_pressed_or_read_out() -> None:
    table = Table(f"Tal {SAID}", [Column("A")], [[SAID]])
    figure = Figure(f"Kun {SAID}", "", f"Alt {SAID}", SVG.format("1"), table)
    assert figure.alt == "Alt 3 af 16"
    html = shown(figure)
    summary = html[html.index("<summary>", html.index("<figure")) : html.rindex("</summary>")]
    assert f'<p class="finding">Kun {ANCHOR}</p>' in html
    assert "<a " not in summary
    assert f'<th scope="row">{ANCHOR}</th>' in html


def test_a_mark_leads_to_its_answer_and_the_key_does_not() -> None:
    mark = Mark("●", "ja", "yes", "m.html#answer-1-a")
    table = Table("T", [Column("A"), Column("B", "centre")], [["x", mark], ["y", mark]])
    assert key(table) == [Mark("●", "ja", "yes")]
    html = shown(table)
    assert html.count('<a href="m.html#answer-1-a"><span class="mark yes"') == 2
    assert '<span class="unseen">ja</span></a>' in html


def test_a_mark_leads_to_no_address_that_runs() -> None:
    with pytest.raises(ValueError, match="javascript"):
        Mark("●", "ja", "yes", "javascript:alert(1)")


def test_the_foot_says_what_dots_and_marks_mean_where_there_are_any() -> None:
    dots, marks = "Tal med prikket understregning", "Et mærke for et svar"
    number = shown(Paragraphs([SAID]))
    assert dots in number
    assert marks not in number
    mark = Mark("●", "ja", "yes", "m.html#answer-1-a")
    with_mark = shown(Table("T", [Column("A"), Column("B")], [["x", mark]]))
    assert marks in with_mark
    assert dots not in with_mark
    neither = shown(Paragraphs(["3 af 16"]), Bullets([Link("x", "x.html#topic-5")]))
    assert dots not in neither
    assert marks not in neither


def test_an_overview_leads_to_every_answer_and_a_count_to_its_group(report: Report) -> None:
    overview = tables.overview(report)
    marks = [cell.href for cell in overview.rows[0] if isinstance(cell, Mark)]
    assert marks == [f"method-t.html#answer-t-1-{unit}" for unit in "abc"]
    counts = [href for cell in tables.yes_table(report).rows[0][1:] for _, href in links(str(cell))]
    # Nobody of Syd answered, so there is no count.
    assert counts == ["method-t.html#count-t-1-north", "method-t.html#count-t-1-all"]


def test_who_was_asked_is_told_on_the_method_page_or_else_in_the_table(report: Report) -> None:
    assert units_address(report.study) == "tables.html#table-units"
    first = report.study.settings.reports[0].model_copy(update={"makes_tables": True})
    settings = report.study.settings.model_copy(update={"reports": [first]})
    method = replace(report.study, settings=settings)
    assert units_address(method) == f"{method.runs()[0].page}#who-answered"


@pytest.mark.parametrize("make", [make_project, with_actions])
def test_a_table_has_an_address_where_it_is_published(tmp_path: Path, make) -> None:
    study = small_report(make(tmp_path)).study
    published = tables_of(study)
    names = {"scores", "wishes", "feedback", "possible_counts", "need", "priorities", "members"}
    names |= {"rulings", "ratings", "cooperation_areas", "option_counts", "other_estimates"}
    names |= set(published)
    given = {name for name in names if table_address(study, name)}
    assert given == set(published)


def test_a_study_with_a_need_file_has_the_addresses_of_its_tables(tmp_path: Path) -> None:
    study = make_need_report(tmp_path).study
    for name in ("need", "need_groups", "population", "population_groups"):
        assert table_address(study, name) == f"tables.html#table-{name.replace('_', '-')}"


def test_tables_of_one_source_lead_to_it_from_their_note(tmp_path: Path) -> None:
    report = make_need_report(tmp_path)
    blocks = [*sections.inhabitants(report), *sections.estimated_need(report)]
    blocks += sections.typical_need(report)
    found = [block for block in blocks if isinstance(block, Table)]
    assert found
    leads = {block.anchor: [href for _, href in links(block.note or "")] for block in found}
    assert leads.pop("population") == ["tables.html#table-population"]
    assert leads.pop("typical-need") == ["tables.html#table-need-groups"]
    assert all(hrefs == ["tables.html#table-need"] for hrefs in leads.values())


def test_a_note_names_no_table_that_is_not_published(report: Report) -> None:
    assert tables.with_source(report, None, "wishes") is None
    assert tables.with_source(report, "Kilde.", "wishes") == "Kilde."


def test_a_text_without_its_links_keeps_the_languages_in_it() -> None:
    text = linked(f"to {marked('hold', 'da')}", AT)
    assert unlinked(text) == f"to {marked('hold', 'da')}"
