"""What pages show where groups are many: how they lie, and their sums, instead of each in a row.

The studies are small: what counts as many is set low.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from misbrug_analysis.presentation import need_view, sections, spreads
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Figure, Paragraphs, Table
from misbrug_analysis.presentation.html import View, block_html
from misbrug_analysis.presentation.judged_pages import JudgedPage
from misbrug_analysis.presentation.outline import Outline
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections import settlement, tallies
from misbrug_analysis.presentation.statements import Judged, Statement
from tests.needs import make_need_report
from tests.presentation.drawings import marks, texts
from tests.presentation.plainly import plainly
from tests.presentation.varied_reports import varied_report

DOT = "fill: #6d94b8"


@pytest.fixture(autouse=True)
def _two_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreads, "ONE_BY_ONE", 1)
    monkeypatch.setattr(need_view, "_CHARTED", 2)
    monkeypatch.setattr(tallies, "_UNFOLDED", 3)
    monkeypatch.setattr(settlement, "LISTED", 0)


def plain(value: object) -> str:
    return str(plainly(value)).replace("\u00a0", " ").replace("\u2060", "")


def rows(table: Table) -> list[list[str]]:
    return [[plain(cell) for cell in row] for row in table.rows]


def only(blocks: list[Block], kind: type[Block]) -> Block:
    (found,) = [block for block in blocks if isinstance(block, kind)]
    return found


def topic_chart(root: Path) -> Figure:
    """A and B are of Nord, C and D of Syd: A alone says yes to t.1, all to t.2."""
    shown = plainly(only(sections.region_topics(varied_report(root)), Figure))
    assert isinstance(shown, Figure)
    return shown


def test_a_topic_s_chart_has_a_dot_a_group_at_its_share(tmp_path: Path) -> None:
    svg = topic_chart(tmp_path).svg
    assert [t for t in texts(svg) if " af " in t] == ["1 af 4", "4 af 4", "1 af 4"]
    _, *dots = marks(svg, DOT)  # after the key
    across = sorted({round(x) for x, _ in dots})
    # Of t.1 and the topic a half in Nord and none in Syd, of t.2 both all: left, middle, right.
    assert len(dots) == 6
    assert len(across) == 3
    assert across[1] - across[0] == pytest.approx(across[2] - across[1], abs=8)


def test_the_table_behind_it_has_a_row_a_group_and_all_of_them_last(tmp_path: Path) -> None:
    table = topic_chart(tmp_path).table
    assert [column.label for column in table.columns][1:] == [
        "t.1 Følger I op?", "t.2 Skriver I det ned?", "Hele emnet",
    ]  # fmt: skip
    assert rows(table) == [
        ["Nord", "1 af 2", "2 af 2", "1 af 2"],
        ["Syd", "0 af 2", "2 af 2", "0 af 2"],
        ["Alle", "1 af 4", "4 af 4", "1 af 4"],
    ]
    assert table.totals == (2,)


def test_its_alternative_tells_the_ends_and_the_middle_of_every_indicator(tmp_path: Path) -> None:
    alt = plain(topic_chart(tmp_path).alt)
    assert (
        "Følger I op?: I ingen af de to hold siger over halvdelen af stederne ja. "
        "Andelen er størst i Nord (50 %) og mindst i Syd (0 %). I midten ligger den på 25 %."
    ) in alt
    assert "Skriver I det ned?: I begge hold siger alle steder ja." in alt


def test_the_sentence_on_groups_tells_how_they_lie(tmp_path: Path) -> None:
    said = [
        plain(text)
        for block in sections.region_topics(varied_report(tmp_path))
        if isinstance(block, Paragraphs)
        for text in block.texts
    ]
    assert any(text.startswith("I ingen af de to hold opfylder over halvdelen") for text in said)


def test_where_no_one_answered_an_indicator_its_strip_is_empty(tmp_path: Path) -> None:
    svg = only(
        sections.region_topics(varied_report(tmp_path, forms={"a": {"t.2": "ja"}})), Figure
    ).svg  # type: ignore[attr-defined]
    assert "–" in texts(svg)


@pytest.fixture
def need(tmp_path: Path) -> Report:
    return make_need_report(tmp_path)


def test_the_need_of_many_is_charted_by_group(need: Report) -> None:
    shown = plainly(only(sections.estimated_need(need), Figure))
    # Ask alone is Nord; Bøg and Dal together have 620 adults: 90 × 620 / 900.
    assert plain(shown.title).endswith("Pr. hold er det ca. 8–62 borgere med both")
    assert rows(shown.table) == [
        ["Nord", "ca. 8 (4–16)", "5–20"],
        ["Syd", "ca. 62 (31–120)", "21–84"],
        ["Alle steder", "ca. 70 (35–140)", "26–100"],
    ]
    assert shown.table.columns[0].label == "Hold"
    assert not {"Ask", "Bøg", "Dal"} & set(texts(shown.svg))


def test_the_long_tables_of_need_are_folded_and_those_of_groups_are_not(need: Report) -> None:
    blocks = [*sections.inhabitants(need), *sections.estimated_need(need)]
    long = [block for block in blocks if isinstance(block, Table)]
    assert [len(table.rows) for table in long] == [6, 6, 6]
    assert all(table.folded for table in long)
    assert not only(sections.estimated_need(need), Figure).table.folded  # type: ignore[attr-defined]


def test_on_the_map_of_many_groups_a_member_has_its_group_s_number(need: Report) -> None:
    shown = plainly(only(sections.group_map(need), Figure))
    assert plain(shown.alt) == "Kort. De tre steder er delt i to hold. 1 Nord og 2 Syd."
    assert plain(shown.subtitle).startswith("Holdene har numre, og navnene står under kortet.")
    assert [row[:2] for row in rows(shown.table)] == [
        ["Ask", "1"],
        ["Nord i alt", "1"],
        ["Bøg", "2"],
        ["Dal", "2"],
        ["Syd i alt", "2"],
        ["Alle steder", "1–2"],
    ]


def test_ranges_are_of_the_whole_with_the_number_of_groups_that_move(tmp_path: Path) -> None:
    table = only(sections.ranges_table(varied_report(tmp_path)), Table)
    assert isinstance(table, Table)
    # B alone has a partly: t.1 and the topic move in Nord, and so in all.
    assert [[row[0], row[1], row[2], row[-1]] for row in rows(table)] == [
        ["Emne t: Opfølgning", "1 af 4", "1–2", "1 af 2"],
        ["t.1 Følger I op?", "1 af 4", "1–2", "1 af 2"],
    ]


def test_of_many_pages_those_of_parts_have_a_folded_table_of_what_differs(tmp_path: Path) -> None:
    whole = varied_report(tmp_path)
    part_of = whole.run.report.model_copy(update={"per": "team"})
    part = replace(whole, run=replace(whole.run, report=part_of))
    statement = Statement(
        "Op: To siger ja.", "Emne", "n.html#e", (("t.1", "north"),), "statement-n"
    )
    judged = Judged(statement, "words", (1,), ("partly",), "Op: Alle siger ja.")
    gone = Judged(replace(statement, anchor="statement-g"), "words", (1,), ("partly",), "")
    pages = [JudgedPage(whole, [judged]), JudgedPage(part, [judged, gone])]
    found = [b for b in sections.dependent_statements(whole, pages) if isinstance(b, Table)]
    assert [(table.folded, len(table.columns)) for table in found] == [(False, 3), (True, 2)]
    assert [row[1] for row in rows(found[1])] == [
        "Alle siger ja. (delvise svar)",
        "Sætningen ville ikke stå der. (delvise svar)",
    ]
    assert found[1].row_anchors == ("statement-n", "statement-g")


def test_a_sentence_that_a_page_of_many_says_twice_is_one_row_with_both_anchors(
    tmp_path: Path,
) -> None:
    whole = varied_report(tmp_path)
    part_of = whole.run.report.model_copy(update={"per": "team"})
    part = replace(whole, run=replace(whole.run, report=part_of))

    def said(text: str, anchor: str, otherwise: str) -> Judged:
        statement = Statement(text, "Emne", "n.html#e", (("t.1", "north"),), anchor)
        return Judged(statement, "words", (1,), ("partly",), otherwise)

    judged = [
        said("Op: To siger ja.", "main", "Op: Alle siger ja."),
        said("t.1 Op: To siger ja.", "topic", "t.1 Op: Alle siger ja."),
        said("t.2 Op: To siger ja.", "other", "t.2 Op: Ingen siger ja."),
    ]
    pages = [JudgedPage(whole, []), JudgedPage(part, judged)]
    (table,) = [b for b in sections.dependent_statements(whole, pages) if isinstance(b, Table)]
    assert (table.row_anchors, table.second_anchors) == (("main", "other"), ("topic", ""))
    html = block_html(table, View(Outline(), whole.language))
    assert '<tr id="main">\n<th scope="row" id="topic">' in html
    assert html.count('<th scope="row"') == 2


def test_many_partly_answers_are_counted_by_indicator(tmp_path: Path) -> None:
    (table,) = [
        block
        for block in sections.partly_answers(varied_report(tmp_path))
        if isinstance(block, Table)
    ]
    assert table.anchor == tallies.PARTLY
    assert [row[:2] for row in rows(table)] == [["t.1 Følger I op?", "1"]]


def test_the_account_of_many_files_is_folded(tmp_path: Path) -> None:
    table = only(sections.ledger_sum(varied_report(tmp_path)), Table)
    assert isinstance(table, Table)
    assert table.folded
