"""Tables of many: groups and units as rows, indicators by number, every count as told elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation import sections, tables
from misbrug_analysis.presentation.blocks import Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Column, Link, Mark
from misbrug_analysis.presentation.html import View, block_html, style_sheet
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.outline import Outline
from misbrug_analysis.presentation.page import render_page
from misbrug_analysis.presentation.passages import links
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.table_layout import has_turned_heads
from misbrug_analysis.presentation.tables_by_group import answers_by_group, yes_by_group
from tests.pages.samples import sample_page
from tests.presentation.plainly import plainly
from tests.small import form_rows, load, make_project, write_form

BOTH, ONE = {"t.1": "ja", "t.2": "ja"}, {"t.1": "ja", "t.2": "nej"}
DANISH = Language.load("da")
MARKS = {
    **{"yes": "●", "no": "○", "partly": "◐"},
    **{"unanswered": "–", "withheld": "□", "absent": "·"},
}


def report(folder: Path, *more: str) -> Report:
    """A and B of Nord say yes to both and to one, C of Syd sent nothing; ``more`` are of Syd."""
    units = {"a": "north", "b": "north", "c": "south"} | dict.fromkeys(more, "south")
    forms = make_project(folder, units) / "forms"
    for unit, given in {"a": BOTH, "b": ONE, **dict.fromkeys(more, ONE)}.items():
        write_form(forms / f"{unit}.csv", form_rows(unit, given))
    study = load(forms.parent)
    return Report(study, settle(study), DANISH, study.runs()[0])


def symbols(row: tuple[object, ...]) -> str:
    return "".join(cell.symbol for cell in row if isinstance(cell, Mark))


def test_units_stand_below_their_group_which_counts_them(tmp_path: Path) -> None:
    table = answers_by_group(report(tmp_path))
    assert [row[0] for row in table.rows] == ["Nord", "A", "B", "Syd", "C"]
    assert table.totals == (0, 3)
    north, a, b, south, c = table.rows
    assert (north[1:], south[1:]) == (("2/2", "1/2", ""), ("–", "–", ""))
    assert [symbols(row) for row in (a, b, c)] == ["●●", "●○", "··"]
    assert [row[-1] for row in (a, b, c)] == ["2", "1", "–"]


def test_each_answer_leads_to_how_it_came_about(tmp_path: Path) -> None:
    _, a, *_ = answers_by_group(report(tmp_path)).rows
    hrefs = [cell.href for cell in a if isinstance(cell, Mark)]
    assert hrefs == ["method-t.html#answer-t-1-a", "method-t.html#answer-t-2-a"]


def test_a_group_leads_to_its_own_report(tmp_path: Path) -> None:
    named = {"title": {"da": "T"}, "summary": {"da": "S"}, "notebook": "n"}
    reports = [{"id": "all", **named}, {"id": "part", "per": "team", **named}]
    folder = make_project(tmp_path, reports=reports)
    write_form(folder / "forms" / "a.csv", form_rows("a", BOTH))
    study = load(folder)
    rows = answers_by_group(Report(study, settle(study), DANISH, study.runs()[0])).rows
    assert rows[0][0] == Link("Nord", "part-north.html")


def test_an_indicator_has_its_number_as_heading_and_its_name_to_be_heard(tmp_path: Path) -> None:
    table = answers_by_group(report(tmp_path))
    assert [column.label for column in table.columns] == ["Sted", "t.1", "t.2", "Ja i alt"]
    assert table.columns[1].meaning == "Følger I op?"
    assert plainly(table).legend == ("t.1 Følger I op?", "t.2 Skriver I det ned?")
    html = block_html(table, View(Outline(), DANISH))
    assert '<span title="Følger I op?">t.1<span class="unseen"> Følger I op?</span></span>' in html


def test_the_whole_stands_first_and_counts_lead_to_their_evidence(tmp_path: Path) -> None:
    table = yes_by_group(report(tmp_path))
    told = [plainly(row) for row in table.rows]
    assert told == [("Alle", "2/2", "1/2"), ("Nord", "2/2", "1/2"), ("Syd", "–", "–")]
    assert [links(str(cell)) for cell in table.rows[0][1:]] == [
        [("2/2", "method-t.html#count-t-1-all")],
        [("1/2", "method-t.html#count-t-2-all")],
    ]
    assert links(str(table.rows[2][1])) == []


def test_what_the_numbers_stand_for_is_listed_one_a_line(tmp_path: Path) -> None:
    html = block_html(yes_by_group(report(tmp_path)), View(Outline(), DANISH))
    listed = html.split('<ul class="legend">')[1].split("</ul>")[0]
    assert re.findall(r"<li>([^<]*)</li>", listed) == [
        "t.1 Følger I op?",
        "t.2 Skriver I det ned?",
    ]


def test_a_row_that_sums_up_heads_the_rows_below_it(tmp_path: Path) -> None:
    html = block_html(answers_by_group(report(tmp_path)), View(Outline(), DANISH))
    assert re.findall(r'<th scope="(\w+)">([^<]*)</th>', html) == [
        ("rowgroup", "Nord"),
        ("row", "A"),
        ("row", "B"),
        ("rowgroup", "Syd"),
        ("row", "C"),
    ]
    assert html.count("<tbody") == html.count("</tbody>") == 2


def test_a_mark_among_many_is_its_words_with_a_class_for_all_but_yes(tmp_path: Path) -> None:
    html = block_html(answers_by_group(report(tmp_path)), View(Outline(), DANISH))
    assert '<td><a href="method-t.html#answer-t-1-b">ja</a>' in html
    assert '<td class="no"><a href="method-t.html#answer-t-2-b">nej</a>' in html
    assert '<td class="absent"><a href="method-t.html#answer-t-1-c">deltog ikke</a>' in html


def test_the_keyboard_gets_past_a_table_of_links(tmp_path: Path) -> None:
    html = block_html(answers_by_group(report(tmp_path)), View(Outline(), DANISH))
    way, target = (
        '<a class="skip" href="#after-overview">Spring tabellen over</a>',
        "after-overview",
    )
    assert html.index(way) < html.index("<table") < html.index(f'id="{target}" tabindex="-1"')
    assert "skip" not in block_html(yes_by_group(report(tmp_path / "b")), View(Outline(), DANISH))


def test_what_stands_in_a_dense_table_is_escaped() -> None:
    mark = Mark("●", "<b>ja</b>", "yes", "m.html#answer-1-a")
    columns = [Column("<i>x</i>"), Column("1", "centre", meaning='"><script>')]
    html = block_html(Table("T", columns, [["<u>A</u>", mark]], dense=True), View(Outline()))
    assert not re.search(r"<(b|i|u|script)>", html)


@pytest.mark.parametrize("language", Language.codes())
def test_the_style_sheet_has_the_symbols_of_the_catalogue(language: str) -> None:
    text = Language.load(language).text
    assert {answer: text(f"answer.symbol.{answer}") for answer in MARKS} == MARKS
    sheet = style_sheet("many.css")
    for answer, symbol in MARKS.items():
        kind = "td" if answer == "yes" else f".{answer}"
        rule = sheet.split(f".marks {kind} > a::before {{", 1)[1].split("}")[0]
        assert f'content: "{symbol}"; content: "{symbol}" / "";' in rule


def test_only_a_page_that_has_such_a_table_has_its_style(tmp_path: Path) -> None:
    few, many = tables.overview(report(tmp_path)), answers_by_group(report(tmp_path / "many"))
    assert not has_turned_heads(many)
    assert ".marks" not in render_page(sample_page(), [few], DANISH)
    page = render_page(sample_page(), [many], DANISH)
    assert style_sheet("many.css") in page
    assert "Et mærke for et svar" in page


def test_more_units_than_stand_over_columns_have_the_table_by_group(tmp_path: Path) -> None:
    more = [f"u{n}" for n in range(tables.ACROSS - 2)]
    many = report(tmp_path, *more)
    assert len(many.units) == tables.ACROSS + 1
    for section in (sections.answer_matrix, sections.overview):
        heading, sentence, order, find, table = section(many)
        assert isinstance(heading, Heading)
        assert isinstance(sentence, Paragraphs)
        assert order == Paragraphs(["Stederne står hold for hold."], kind="note")
        assert isinstance(find, Paragraphs)
        assert find.kind == "screen"
        assert find.texts[0].startswith("Brug browserens søgning (Ctrl+F)")
        assert isinstance(table, Table)
        assert table == answers_by_group(many)
