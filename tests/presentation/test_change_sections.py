"""What the page about several rounds says of small ones."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from misbrug_analysis.model.errors import DefinitionError
from misbrug_analysis.model.settings import Rules
from misbrug_analysis.presentation import sections
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Figure, Table
from misbrug_analysis.presentation.passages import links, unmarked
from misbrug_analysis.presentation.sections.change_rules import SETTINGS
from tests.several_rounds import OLDER, Said, change, opened, rounds_of, send, two_rounds
from tests.small import make_project

YES, NO = {"t.1": "ja", "t.2": "ja"}, {"t.1": "nej", "t.2": "nej"}
PARTLY = {"t.1": "delvis", "t.2": "nej"}


def text(blocks: Sequence[Block]) -> str:
    return unmarked("\n".join(str(block) for block in blocks))


def table(blocks: Sequence[Block], place: int = 0) -> list[tuple[str, ...]]:
    """The rows of a table as they are read."""
    found = [block for block in blocks if isinstance(block, Table)][place]
    return [tuple(unmarked(str(cell)) for cell in row) for row in found.rows]


def test_more_fewer_and_the_same_are_told_apart(tmp_path: Path) -> None:
    before = {"a": NO, "b": {"t.1": "nej", "t.2": "ja"}, "c": {"t.1": "ja", "t.2": "ja"}}
    now = {"a": {"t.1": "ja", "t.2": "nej"}, "b": YES, "c": {"t.1": "ja", "t.2": "nej"}}
    found = rounds_of(two_rounds(tmp_path), before, now)
    said = text(sections.changes_answer(found))
    assert "Alle tre steder kan sammenlignes, for der er svar fra både 2022 og 2024." in said
    assert (
        "Ved én af de to indikatorer, der kan sammenlignes, siger flere ja end i 2022 og ved én"
        " siger færre ja."
    ) in said
    assert "Denne indikator har flyttet sig mest:" in said
    assert "t.1 Følger I op?: To flere steder siger ja end i 2022 (fra 1 til 3 af 3)." in said
    assert "Svarene kunne kun gøres op på én måde." in said


def test_a_count_that_hides_that_others_say_it_says_so(tmp_path: Path) -> None:
    found = rounds_of(two_rounds(tmp_path), {"a": YES, "b": NO}, {"a": NO, "b": YES})
    assert "Ved alle to indikatorer siger lige så mange ja som i 2022." in text(
        sections.changes_answer(found)
    )
    (figure,) = [one for one in sections.changes_charts(found) if isinstance(one, Figure)]
    assert figure.title == "Lige så mange siger ja som i 2022, men ikke de samme"
    assert "lige mange, ikke de samme (1 af 2)" in figure.alt
    assert table(sections.changed_answers(found))[0] == (
        "A", "t.1 Følger I op?", "● ja", "○ nej", "ja"
    )  # fmt: skip


def test_gained_and_lost_are_both_told_of_one_indicator(tmp_path: Path) -> None:
    before, now = {"a": YES, "b": NO, "c": NO}, {"a": NO, "b": YES, "c": YES}
    found = rounds_of(two_rounds(tmp_path), before, now)
    said = text(sections.changes_answer(found))
    assert (
        "Ét sted mere siger ja end i 2022 (fra 1 til 2 af 3), for to er kommet til, og ét er"
        " faldet fra."
    ) in said
    rows = table(sections.changes_by_group(found))
    assert rows[0] == ("t.1 Følger I op?", "Nord", "1 af 2", "1 af 2", "1", "1")
    assert rows[1] == ("t.1 Følger I op?", "Syd", "0 af 1", "1 af 1", "1", "0")


def test_counts_lead_to_the_row_that_tells_who_is_counted(tmp_path: Path) -> None:
    found = rounds_of(two_rounds(tmp_path), {"a": NO}, {"a": YES})
    rows = [one for one in sections.changes_by_group(found) if isinstance(one, Table)][-1].rows
    (before, now) = (str(cell) for cell in rows[0][1:3])
    assert links(before) == [("0 af 1", "#count-t-1-all")]
    assert links(now) == [("1 af 1", "#count-t-1-all")]


def test_the_row_of_a_count_has_the_counted_alone(tmp_path: Path) -> None:
    """C sent nothing in 2022, and B left t.1 blank then."""
    before = {"a": NO, "b": {"t.2": "ja"}}
    found = rounds_of(two_rounds(tmp_path), before, {"a": YES, "b": YES, "c": YES})
    blocks = sections.changes_compared(found)
    (shown,) = [one for one in blocks if isinstance(one, Table)]
    assert [column.label for column in shown.columns][1:] == ["2022", "2024", "Svar 2022 → 2024"]
    rows = dict(zip(shown.row_anchors, table(blocks), strict=True))
    told = "nej → ja: A; ikke besvaret → ja (tæller ikke med): B"
    assert rows["count-t-1-all"] == ("t.1 Følger I op?", "0 af 1", "1 af 1", told)
    assert rows["count-t-2-all"][1:] == ("1 af 2", "2 af 2", "nej → ja: A; ja → ja: B")
    said = str(shown.rows[0][-1])
    assert links(said) == [
        ("A", "method-t.html#answer-t-1-a"),
        ("B", "method-t.html#answer-t-1-b"),
    ]


def test_several_groups_have_a_row_each_with_their_names(tmp_path: Path) -> None:
    before, now = {"a": NO, "b": NO, "c": YES}, {"a": YES, "b": NO, "c": YES}
    blocks = sections.changes_compared(rounds_of(two_rounds(tmp_path), before, now))
    (shown,) = [one for one in blocks if isinstance(one, Table)]
    rows = dict(zip(shown.row_anchors, table(blocks), strict=True))
    assert rows["count-t-1-all"][-1] == "nej → ja: 1; ja → ja: 1; nej → nej: 1"
    assert rows["count-t-1-north"] == ("t.1 Nord", "0 af 2", "1 af 2", "nej → ja: A; nej → nej: B")
    assert rows["count-t-1-south"] == ("t.1 Syd", "1 af 1", "1 af 1", "ja → ja: C")
    assert rows["count-t-north"][0] == "t Nord"
    assert "Nord:\n- A og B" in text(blocks)
    assert "Syd:\n- C" in text(blocks)


def test_every_count_of_the_page_has_its_row(tmp_path: Path) -> None:
    before, now = {"a": NO, "b": PARTLY, "c": YES}, {"a": YES, "b": NO, "c": {"t.1": "nej"}}
    found = rounds_of(two_rounds(tmp_path), before, now)
    parts = ("changes_answer", "changes_charts", "changes_by_group", "changes_compared")
    blocks = [block for part in parts for block in getattr(sections, part)(found)]
    said = "\n".join(str(block) for block in blocks)
    led = {href for _, href in links(said) if href.startswith("#count-")}
    there = {f"#{one}" for block in blocks if isinstance(block, Table) for one in block.row_anchors}
    assert led
    assert led <= there


def test_a_chart_says_in_which_direction_counts_have_moved(tmp_path: Path) -> None:
    def title(number: int, before: Said, now: Said, language: str = "da") -> str:
        found = rounds_of(two_rounds(tmp_path / str(number)), before, now, language)
        (figure,) = [one for one in sections.changes_charts(found) if isinstance(one, Figure)]
        return unmarked(figure.title)

    split = {"t.1": "ja", "t.2": "nej"}
    other = {"t.1": "nej", "t.2": "ja"}
    assert title(1, {"a": NO}, {"a": YES}) == "Flere siger ja end i 2022 ved begge indikatorer"
    assert title(2, {"a": YES}, {"a": NO}) == "Færre siger ja end i 2022 ved begge indikatorer"
    both = "Flere siger ja end i 2022 ved én indikator, færre ved én"
    assert title(3, {"a": split}, {"a": other}) == both
    one = "Følger I op?: Ét sted mere siger ja end i 2022 (fra 0 til 1 af 1)"
    assert title(4, {"a": NO}, {"a": split}) == one
    both = "More say yes than in 2022 on one indicator, fewer on one"
    assert title(5, {"a": split}, {"a": other}, "en") == both


def test_what_the_rules_could_have_made_is_told(tmp_path: Path) -> None:
    found = rounds_of(two_rounds(tmp_path), {"a": PARTLY, "b": NO}, {"a": YES, "b": NO})
    blocks = sections.changes_rules(found)
    # partly is a no for want of others to compare with; as yes, t.1 would be 1 both times
    assert table(blocks)[0] == (
        "t.1 Følger I op?", "+1", "0 til +1", "op til 1", "Ikke større end udsvinget"
    )  # fmt: skip
    assert table(blocks)[1] == (
        "t.2 Skriver I det ned?",
        "+1",
        "+1",
        "intet",
        "Større end udsvinget",
    )
    assert "Det gælder t.1." in text(blocks)
    assert [row[-1] for row in table(sections.changed_answers(found))] == [
        "afhænger af reglerne",
        "ja",
    ]


def test_no_change_has_none_to_explain(tmp_path: Path) -> None:
    found = rounds_of(two_rounds(tmp_path), {"a": PARTLY}, {"a": PARTLY})
    assert "Ingen antal har flyttet sig" in text(sections.changes_rules(found))
    assert "har et andet svar end før" in text(sections.changed_answers(found))
    assert "Ingen har ændret svar." in text(sections.changes_by_group(found))
    (figure,) = [one for one in sections.changes_charts(found) if isinstance(one, Figure)]
    assert figure.title == "Ingen ændring siden 2022"


def test_rules_that_were_others_are_named_with_what_they_made(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path)
    rules = {"partly": "as_yes", "split": "any", "peer_quantile": 0.25, "min_peers": 3}
    change(folder.parent / OLDER, rules=rules)
    found = rounds_of(folder, {"a": PARTLY, "b": NO}, {"a": YES})
    blocks = sections.changes_rules(found)
    said = text(blocks)
    assert "Delvise svar: I 2022 talte de som ja. I 2024 bliver de vurderet ud fra de" in said
    assert "I 2022 lå 25\N{NO-BREAK SPACE}% af de andres andele under den. I 2024 ligger" in said
    assert "Delte svar: I 2022 blev de til ja, når ét skema sagde ja. I 2024 bliver de til" in said
    assert "antal skemaer at sammenligne med: I 2022 var det 3. I 2024 er det 2." in said
    assert table(blocks, 1) == [("t.1 Følger I op?", "1 af 2", "0 af 2")]


def test_rules_that_make_no_difference_say_so(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path)
    change(folder.parent / OLDER, rules={"partly": "as_yes"})
    found = rounds_of(folder, {"a": YES}, {"a": YES})
    assert "Det ændrer ingen af de antal" in text(sections.changes_rules(found))


def test_every_setting_of_the_rules_can_be_told() -> None:
    assert set(SETTINGS) == set(Rules.model_fields)


def test_what_cannot_be_compared_is_listed_with_its_reason(tmp_path: Path) -> None:
    reason = {"da": "Spurgt med <b>andre</b> ord."}
    folder = two_rounds(
        tmp_path, {"a": "A", "b": "B", "x": "X"}, not_compared=[{"item": "t.2", "reason": reason}]
    )
    found = rounds_of(folder, {"a": YES, "x": YES}, {"a": YES, "b": {"t.2": "ja"}, "c": YES})
    said = text(sections.not_compared(found))
    assert "t.2 Skriver I det ned?: Svarene i 2022 kan ikke sammenlignes. Spurgt med <b>" in said
    assert "Emne t: Opfølgning: De spørgsmål, den bygger på" in said
    assert "C var ikke blandt dem, der blev spurgt i 2022." in said
    assert "B svarede ikke i 2022." in said
    assert "X blev spurgt i 2022, men ikke i 2024." in said


def test_a_blank_answer_is_told(tmp_path: Path) -> None:
    found = rounds_of(two_rounds(tmp_path), {"a": {"t.2": "ja"}}, {"a": YES})
    assert "A lod t.1 stå tomt i 2022." in text(sections.not_compared(found))


def test_everything_compared_is_nothing_left_out(tmp_path: Path) -> None:
    said = {"a": YES, "b": YES, "c": YES}
    found = rounds_of(two_rounds(tmp_path), said, said)
    assert "Alle spørgsmål og alle steder kan sammenlignes." in text(sections.not_compared(found))


def test_nobody_in_both_rounds_is_said_and_nothing_is_drawn(tmp_path: Path) -> None:
    found = rounds_of(two_rounds(tmp_path), {"a": YES}, {"b": YES})
    assert "Ingen steder har svaret i alle runderne" in text(sections.changes_answer(found))
    for section in ("changes_charts", "changed_answers", "changes_by_group", "changes_rules"):
        assert getattr(sections, section)(found) == []
    assert "A og C svarede ikke i 2024." in text(sections.not_compared(found))
    assert sections.changes_method(found)


def test_before_the_first_answer_the_page_stands(tmp_path: Path) -> None:
    found = rounds_of(two_rounds(tmp_path), {"a": YES}, {})
    assert "intet at sammenligne" in text(sections.changes_answer(found))


def test_rounds_of_one_year_go_by_their_days(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path)
    change(folder.parent / OLDER, date=date(2024, 1, 15))
    found = rounds_of(folder, {"a": NO}, {"a": YES})
    said = text(sections.changes_answer(found))
    assert "fra både 15. januar 2024 og 1. maj 2024" in said
    assert "flere ja end den 15. januar 2024" in said


def test_three_rounds_are_one_slope_a_row_and_changes_are_the_last(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path)
    oldest = folder.parent / "oldest"
    shutil.copytree(folder.parent / OLDER, oldest)
    change(oldest, id="oldest", date=date(2020, 5, 1))
    change(folder, earlier=[{"study": "oldest"}, {"study": OLDER}])
    send(oldest, {"a": YES, "b": NO})
    found = rounds_of(folder, {"a": NO, "b": NO}, {"a": YES, "b": YES})
    said = text(sections.changes_answer(found))
    assert "for der er svar fra alle tre runder (2020, 2022 og 2024)" in said
    assert "To flere steder siger ja end i 2022 (fra 0 til 2 af 2)" in said
    (figure,) = [one for one in sections.changes_charts(found) if isinstance(one, Figure)]
    rows = [tuple(unmarked(str(cell)) for cell in row) for row in figure.table.rows]
    assert rows[0] == ("t.1 Følger I op?", "1 af 2", "0 af 2", "2 af 2", "+2", "2", "0")
    assert [column.label for column in figure.table.columns][1:4] == ["2020", "2022", "2024"]
    assert table(sections.changed_answers(found))[0][2:5] == ("● ja", "○ nej", "● ja")


def test_answers_of_an_earlier_round_that_nobody_gave_say_so(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path)
    statement = {"da": "Svarene er opdigtet."}
    change(folder.parent / OLDER, provenance={"kind": "invented", "statement": statement})
    found = rounds_of(folder, {"a": YES}, {"a": YES})
    assert text(sections.changes_provenance(found)) == (
        "Det følgende gælder svarene i 2022. Svarene er opdigtet."
    )
    assert sections.changes_provenance(rounds_of(two_rounds(tmp_path / "other"), {}, {})) == []


def test_what_the_banner_says_already_is_not_said_again(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path)
    invented = {"kind": "invented", "statement": {"da": "Svarene er opdigtet."}}
    for study in (folder, folder.parent / OLDER):
        change(study, provenance=invented)
    assert sections.changes_provenance(rounds_of(folder, {"a": YES}, {"a": YES})) == []


def test_a_report_of_one_group_compares_that_group(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path)
    report = {"id": "r", "notebook": "n", "title": {"da": "T"}, "summary": {"da": "S"}}
    change(folder, reports=[report | {"per": "team"}])
    found = rounds_of(folder, {"a": NO, "c": YES}, {"a": YES, "c": NO})
    assert found.report.group.id == "north"
    assert [row[0] for row in table(sections.changed_answers(found))] == ["A", "A"]
    assert "(fra 0 til 1 af 1)" in text(sections.changes_answer(found))


def test_a_study_that_names_no_earlier_round_is_told_what_to_add(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="names no earlier rounds") as error:
        opened(make_project(tmp_path))
    (problem,) = error.value.problems
    assert problem.where.endswith("study.yaml")


def test_english_says_the_same(tmp_path: Path) -> None:
    found = rounds_of(two_rounds(tmp_path), {"a": NO, "b": NO}, {"a": YES, "b": NO}, "en")
    said = text(sections.changes_answer(found))
    assert "says yes than in 2022 (from 0 to 1 of 2)" in said


def test_words_that_counted_otherwise_before_are_told(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path)
    change(folder.parent / OLDER, rules={"codes": {"dont-know": "no", "blank": "no"}})
    found = rounds_of(folder, {"a": YES}, {"a": YES})
    said = text(sections.changes_rules(found))
    assert "I 2022 gjaldt det: »ved ikke« tæller som nej; »ikke udfyldt« tæller som nej." in said
    assert "I 2024 gælder det, spørgeskemaet selv siger." in said
