"""What a page on other rules says first, and where words stay while counts move."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation.blocks import Bullets, Figure, Paragraphs, Table
from misbrug_analysis.presentation.judged_pages import JudgedPage
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import unmarked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.robustness import Robustness
from misbrug_analysis.presentation.sections import absence_apart, look_first, ranges_table
from tests.presentation.varied_reports import FORMS, varied_report
from tests.small import form_rows, load, make_project, write_form

UNITS = {f"u{number}": "north" for number in range(1, 21)}
FOLLOW_UP, WRITTEN = "t.1 Følger I op?", "t.2 Skriver I det ned?"


def twenty(root: Path, yes: Sequence[int], partly: Sequence[int], sent: int = 20) -> Report:
    """So many of 20 say yes to t.1 and to t.2, and so many partly; all others say no.

    Nobody's partly can be measured: it is a no, unless every partly is a yes.
    """
    folder = make_project(root, UNITS)
    for place, unit in enumerate(list(UNITS)[:sent]):
        said = {}
        for item, sure, half in zip(("t.1", "t.2"), yes, partly, strict=True):
            said[item] = "ja" if place < sure else "delvis" if place < sure + half else "nej"
        write_form(folder / "forms" / f"{unit}.csv", form_rows(unit, said))
    study = load(folder)
    return Report(study, settle(study), Language.load("da"), study.runs()[0])


def the_table(blocks: Sequence[object]) -> Table:
    (table,) = [block for block in blocks if isinstance(block, Table)]
    return table


def cells(table: Table) -> list[tuple[str, ...]]:
    return [tuple(unmarked(str(cell)) for cell in row) for row in table.rows]


def test_words_that_change_stand_before_a_count_that_moves_further(tmp_path: Path) -> None:
    # 2 to 4 of 20 are few all the time; with 5 they are a quarter, and few no longer.
    found = Robustness(twenty(tmp_path, yes=(2, 4), partly=(2, 1))).first
    assert [(one.item, one.low, one.high) for one in found] == [("t.2", 4, 5), ("t.1", 2, 4)]
    assert [bool(one.others) for one in found] == [True, False]


def test_the_first_of_those_that_move_have_a_chart_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("misbrug_analysis.presentation.sections.variants._CHARTED", 1)
    blocks = look_first(twenty(tmp_path, yes=(2, 4), partly=(2, 1)))
    (bullets,) = [block for block in blocks if isinstance(block, Bullets)]
    assert len(bullets.items) == 2
    (figure,) = [block for block in blocks if isinstance(block, Figure)]
    assert figure.title == f"{WRITTEN}: Mellem 4 og 5 siger ja, alt efter reglerne"


def test_where_some_words_change_every_row_says_whether_its_own_do(tmp_path: Path) -> None:
    table = the_table(ranges_table(twenty(tmp_path, yes=(2, 4), partly=(2, 1))))
    assert table.columns[-1].label == "Ordene"
    assert table.note is None
    of_indicators = [row for row in cells(table) if row[0].startswith("t.")]
    assert [(row[0], row[2], row[-1]) for row in of_indicators] == [
        (f"{FOLLOW_UP}, Nord", "2–4", "er de samme"),
        (f"{FOLLOW_UP}, Alle", "2–4", "er de samme"),
        (f"{WRITTEN}, Nord", "4–5", "skifter"),
        (f"{WRITTEN}, Alle", "4–5", "skifter"),
    ]


def test_where_no_words_change_it_is_said_once(tmp_path: Path) -> None:
    table = the_table(ranges_table(twenty(tmp_path, yes=(2, 20), partly=(2, 0))))
    assert [column.label for column in table.columns][-1] == "Det afgør tallet"
    assert table.note == "Ordene er de samme ved dem alle."


def test_words_that_are_the_same_at_either_end_are_told_once(tmp_path: Path) -> None:
    # U20 did not answer: 2 or 3 of 20 are few, 4 or 5 are not the same.
    report = twenty(tmp_path, yes=(2, 4), partly=(0, 0), sent=19)
    assert cells(the_table(absence_apart(report, []))) == [
        (FOLLOW_UP, "2 af 19", "2–3 af 20", "kun få steder"),
        (WRITTEN, "4 af 19", "4–5 af 20", "kun få steder eller under halvdelen af stederne"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # Without D one of three says yes to t.1; with D it is one or two of four.
        ("{{ Quantifier('t.1') }} følger op. {{ '%d' % (share('t.1') * 100) }} % er få.", "én"),
        ("{{ '%d' % (share('t.1') * 100) }} % er få.", ""),
    ],
)
def test_only_sentences_that_get_other_words_are_counted_as_resting_on_absence(
    tmp_path: Path, text: str, told: str
) -> None:
    forms = {unit: said for unit, said in FORMS.items() if unit != "d"}
    report = varied_report(tmp_path, text, forms=forms)
    blocks = absence_apart(report, [JudgedPage(report, [])])
    last = [str(block) for block in blocks if isinstance(block, Paragraphs)][-1]
    assert ("sætning" in last) == bool(told)
    assert f"På siden »Rapport« ville {told} sætning få andre ord" in last or not told
