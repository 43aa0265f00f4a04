"""Who is compared and who is not told of on the page of a group; what is named and what counted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from misbrug_analysis.presentation import sections
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Figure
from misbrug_analysis.presentation.change_wording import change_in_words
from misbrug_analysis.presentation.passages import unmarked
from tests.several_rounds import change, rounds_of, two_rounds

YES, NO = {"t.1": "ja", "t.2": "ja"}, {"t.1": "nej", "t.2": "nej"}
PER_TEAM = {
    "id": "r", "notebook": "n", "title": {"da": "T"}, "summary": {"da": "S"}, "per": "team"
}  # fmt: skip


def text(blocks: Sequence[Block]) -> str:
    return unmarked("\n".join(str(block) for block in blocks))


def test_who_sent_something_in_every_round_is_compared(tmp_path: Path) -> None:
    found = rounds_of(two_rounds(tmp_path), {"a": NO, "b": YES}, {"a": YES, "c": YES})
    assert found.compared == ["a"]
    assert "Ét af de tre steder kan sammenlignes" in text(sections.changes_answer(found))


def test_a_group_is_not_told_of_blanks_of_others_nor_of_who_is_no_longer_asked(
    tmp_path: Path,
) -> None:
    folder = two_rounds(tmp_path, {"a": "A", "c": "C", "x": "X"})
    change(folder, reports=[PER_TEAM])
    blank = {"t.2": "ja"}
    found = rounds_of(folder, {"a": blank, "c": blank, "x": YES}, {"a": YES, "c": YES})
    assert found.report.group.id == "north"
    said = text(sections.not_compared(found))
    assert "A lod t.1 stå tomt i 2022." in said
    assert "B var ikke blandt dem, der blev spurgt i 2022." in said
    assert "C lod" not in said
    assert "X blev spurgt" not in said


def test_as_many_that_are_not_the_same_have_changed(tmp_path: Path) -> None:
    found = rounds_of(two_rounds(tmp_path), {"a": YES, "b": NO}, {"a": NO, "b": YES})
    assert unmarked(change_in_words(found, "t.1")) == (
        "lige så mange siger ja som i 2022 (1 af 2), men ikke de samme, for ét er kommet til, og "
        "ét er faldet fra"
    )


def test_the_same_that_say_the_same_have_not(tmp_path: Path) -> None:
    said = {"a": YES, "b": NO}
    found = rounds_of(two_rounds(tmp_path), said, said)
    assert unmarked(change_in_words(found, "t.1")) == "ingen ændring siden 2022 (1 af 2 siger ja)"


def test_a_topic_of_one_indicator_is_not_told_twice(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path)
    path = tmp_path / "data" / "instruments" / "small.yaml"
    definition = path.read_text("utf-8").replace("    assessed: false\n", "")
    definition = definition.replace("id: t.2, topic: t,", "id: t.2, topic: later,")
    path.write_text(definition, "utf-8")
    found = rounds_of(folder, {"a": NO}, {"a": YES})
    charts = [one for one in sections.changes_charts(found) if isinstance(one, Figure)]
    told = [[unmarked(str(row[0])) for row in one.table.rows] for one in charts]
    assert told == [["t.1 Følger I op?"], ["t.2 Skriver I det ned?"]]
    both = rounds_of(two_rounds(tmp_path / "both"), {"a": NO}, {"a": YES})
    (chart,) = [one for one in sections.changes_charts(both) if isinstance(one, Figure)]
    assert len(chart.table.rows) == 3


@pytest.mark.parametrize(("named", "told"), [(2, "Disse indikatorer"), (1, "To indikatorer")])
def test_as_many_as_can_be_named_are_and_more_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: int, told: str
) -> None:
    monkeypatch.setattr("misbrug_analysis.presentation.sections.changes._NAMED", named)
    found = rounds_of(two_rounds(tmp_path), {"a": NO}, {"a": YES})
    assert f"{told} har flyttet sig mest" in text(sections.changes_answer(found))
