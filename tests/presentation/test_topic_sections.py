"""A topic's chart: its indicators, and what they come to together; remarks and rulings after it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Figure, Paragraphs, Quotes, Table
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import unmarked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections import group_topics, region_topics, rulings
from tests.presentation.drawings import texts
from tests.presentation.plainly import plainly
from tests.small import form_rows, load, make_project, write_form

FOLLOW_UP, WRITTEN = "t.1 Følger I op?", "t.2 Skriver I det ned?"
# A and B are of Nord, C and D of Syd; D sends nothing. Both questions get two yes, the topic one.
ANSWERS = {
    "a": {"t.1": "ja", "t.2": "ja"},
    "b": {"t.1": "ja", "t.2": "nej"},
    "c": {"t.1": "nej", "t.2": "ja"},
}
WHOLE = [("Nord", "1", "1", "0"), ("Syd", "0", "1", "1"), ("Alle", "1", "2", "1")]


@pytest.fixture
def report(tmp_path: Path) -> Report:
    folder = make_project(tmp_path, {"a": "north", "b": "north", "c": "south", "d": "south"})
    for unit, given in ANSWERS.items():
        write_form(folder / "forms" / f"{unit}.csv", form_rows(unit, given))
    study = load(folder)
    return Report(study, settle(study), Language.load("da"), study.runs()[0])


@pytest.fixture
def figure(report: Report) -> Figure:
    (found,) = [block for block in region_topics(report) if isinstance(block, Figure)]
    return plainly(found)


def test_the_title_s_count_stands_in_the_chart_the_alternative_and_the_table(
    figure: Figure,
) -> None:
    assert figure.title == "Ét af de tre steder, der svarede, opfylder emne t"
    shown = texts(figure.svg)
    whole = shown.index("Hele emnet")
    assert shown[whole:][:4] == ["Hele emnet", "Nord", "Syd", "Alle"]
    assert "Hele emnet: I Nord opfylder" in figure.alt
    assert "I Alle opfylder ét af de tre steder emne t." in figure.alt
    assert figure.table.rows[-3:] == tuple(("Hele emnet", *row) for row in WHOLE)


def test_the_indicators_stand_before_the_whole(figure: Figure) -> None:
    heads = [text for text in texts(figure.svg) if text in (FOLLOW_UP, WRITTEN, "Hele emnet")]
    assert heads == [FOLLOW_UP, WRITTEN, "Hele emnet"]
    assert [row[0] for row in figure.table.rows[::3]] == heads
    # Both of Nord say yes to the first question, one to the second.
    assert figure.table.rows[0][1:] == ("Nord", "2", "0", "0")
    assert figure.table.rows[3][1:] == ("Nord", "1", "1", "0")


def test_a_group_s_own_page_has_the_whole_too(report: Report) -> None:
    (found,) = [block for block in group_topics(report) if isinstance(block, Figure)]
    assert "Hele emnet" in texts(found.svg)


def written(root: Path, language: str) -> Report:
    """A study in Danish with a remark and two rulings: on the unit as a whole, on a form."""
    made = [
        {"unit": "a", "indicator": "t.1", "answer": "no", "reason": "Kun på papiret."},
        {"unit": "b", "form": "joint", "indicator": "t.2", "answer": "yes", "reason": "Den står."},
    ]
    folder = make_project(root, {"a": "north", "b": "north"}, made)
    for unit in ("a", "b"):
        remarks = {"t.1": "Vi er i gang."} if unit == "a" else {}
        rows = form_rows(unit, ANSWERS[unit], remarks=remarks)
        write_form(folder / "forms" / f"{unit}.csv", rows)
    study = load(folder)
    return Report(study, settle(study), Language.load(language), study.runs()[0])


def before(blocks: list[Block], kind: type[Block]) -> list[Block]:
    """The blocks that stand right before those of a kind."""
    return [one for one, block in pairwise(blocks) if isinstance(block, kind)]


def notes(blocks: list[Block]) -> list[str]:
    found = (block for block in blocks if isinstance(block, Paragraphs) and block.kind == "note")
    return [text for block in found for text in block.texts]


def test_before_remarks_and_rulings_in_another_language_a_note_says_so(tmp_path: Path) -> None:
    report = written(tmp_path, "en")
    ruled = (
        "The reasons, and who settled the answers, are given in Danish and have not been "
        "translated."
    )
    remarked = "The remarks are in Danish and have not been translated."
    topics = group_topics(report)
    assert notes(topics) == [ruled, remarked]
    assert notes(before(topics, Quotes)) == [remarked]
    assert notes(before(topics, Bullets)) == [ruled]
    assert notes(before(rulings(report), Table)) == [ruled]


def test_in_the_language_they_were_written_in_they_need_none(tmp_path: Path) -> None:
    report = written(tmp_path, "da")
    assert any(isinstance(block, Quotes) for block in group_topics(report))
    assert notes([*group_topics(report), *rulings(report)]) == []


def test_a_ruling_says_whether_it_is_on_a_form_or_on_the_whole(tmp_path: Path) -> None:
    lists = [block for block in group_topics(written(tmp_path, "en")) if isinstance(block, Bullets)]
    assert [unmarked(str(item)) for item in lists[-1].items] == [
        "A, t.1 Do you follow up?: The joint answer was settled as no by a person. "
        "Kun på papiret. (T, 2 May 2024)",
        "B, t.2 Is it written down?: One form was settled as yes by a person. "
        "Den står. (T, 2 May 2024)",
    ]
