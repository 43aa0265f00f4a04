"""What pages say of totals and ranks: who is first, the ties, and who has no total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation import sections
from misbrug_analysis.presentation.blocks import Figure, Heading, Paragraphs, Table
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from tests.presentation.drawings import texts
from tests.presentation.plainly import spaced
from tests.small import form_rows, load, make_project, write_form

NAMED = {"notebook": "n", "title": {"da": "T"}, "summary": {"da": "S"}}
HALF, ALL = {"t.1": "ja", "t.2": "nej"}, {"t.1": "ja", "t.2": "ja"}


def totals_of(
    tmp_path: Path,
    said: Mapping[str, Mapping[str, str]],
    units: Mapping[str, str] | None = None,
    page: str = "whole",
    language: str = "da",
    **settings: Any,
) -> list[Any]:
    """The blocks of a page of the small study, whose units earn a point a yes."""
    reports = [{"id": "whole", **NAMED}, {"id": "each", "per": "team", **NAMED}]
    folder = make_project(tmp_path, units, reports=reports, totals=settings)
    for unit, answers in said.items():
        write_form(folder / "forms" / f"{unit}.csv", form_rows(unit, answers))
    study = load(folder)
    run = next(run for run in study.runs() if run.id == page)
    report = Report(study, settle(study), Language.load(language), run)
    return [spaced(block) for block in sections.totals(report)]


def lead(blocks: list[Any]) -> str:
    heading, text = blocks[:2]
    assert isinstance(heading, Heading)
    assert isinstance(text, Paragraphs)
    return str(text.texts[0])


def test_a_study_that_adds_nothing_up_has_no_section(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    write_form(folder / "forms" / "a.csv", form_rows("a", ALL))
    study = load(folder)
    report = Report(study, settle(study), Language.load("da"), study.runs()[0])
    assert sections.totals(report) == []


def test_who_is_highest_and_lowest_and_who_has_no_total(tmp_path: Path) -> None:
    blocks = totals_of(tmp_path, {"a": HALF, "b": ALL})
    assert lead(blocks) == (
        "To af de tre steder har et samlet resultat. C har ikke. "
        "Højest ligger B med 100,0 %. Lavest ligger A med 50,0 %."
    )


def test_points_are_told_where_they_are_shown(tmp_path: Path) -> None:
    blocks = totals_of(tmp_path, {"a": HALF, "b": ALL}, shown="points", decimals=0, language="en")
    assert lead(blocks).endswith("B is highest at 2 points. A is lowest at 1 point.")


def test_those_who_share_a_place_are_named_together(tmp_path: Path) -> None:
    blocks = totals_of(tmp_path, {"a": ALL, "b": HALF, "c": ALL}, decimals=0)
    assert lead(blocks) == (
        "Alle tre steder har et samlet resultat. "
        "Højest ligger A og C med 100 % hver. Lavest ligger B med 50 %."
    )
    table = blocks[2].table
    assert [row[:2] for row in table.rows] == [("A", "1, delt"), ("C", "1, delt"), ("B", "3")]


def test_many_who_share_a_place_are_counted(tmp_path: Path) -> None:
    units = dict.fromkeys("abcde", "north")
    said = dict.fromkeys("abcd", ALL) | {"e": HALF}
    blocks = totals_of(tmp_path, said, units, decimals=0)
    assert "Højest ligger fire steder med 100 % hver." in lead(blocks)


def test_equal_totals_have_no_first_and_no_last(tmp_path: Path) -> None:
    blocks = totals_of(tmp_path, {"a": HALF, "b": HALF, "c": HALF}, decimals=0)
    assert lead(blocks) == "Alle tre steder har et samlet resultat. De ligger alle på 50 %."


def test_nobody_has_a_total(tmp_path: Path) -> None:
    blocks = totals_of(tmp_path, {"a": {"t.1": "ja"}, "b": {"t.1": "ja"}}, least=1)
    assert lead(blocks) == "Ingen steder har svaret på nok til et samlet resultat."
    assert len(blocks) == 2


def test_a_groups_page_has_ranks_among_all_and_the_whole_beside_it(tmp_path: Path) -> None:
    units = {"a": "north", "b": "north", "c": "south"}
    said = {"a": HALF, "b": {"t.1": "nej", "t.2": "nej"}, "c": ALL}
    _, _, figure, groups, *_ = totals_of(tmp_path, said, units, "each-north", decimals=0)
    assert isinstance(figure, Figure)
    assert [row[:3] for row in figure.table.rows] == [("A", "2", "50 %"), ("B", "3", "0 %")]
    assert "2. A" in spaced(texts(figure.svg))
    assert isinstance(groups, Table)
    # Nord has half and nothing, so a quarter; all have a half, nothing and the whole, so a half.
    assert groups.rows == (("Nord", 2, "25 %", "2"), ("Alle", 3, "50 %", "–"))


def test_many_units_are_dots_and_not_bars(tmp_path: Path) -> None:
    units = {f"u{n}": "north" if n % 2 else "south" for n in range(41)}
    said = {unit: ALL if unit == "u1" else HALF for unit in units}
    figure = totals_of(tmp_path, said, units, decimals=0)[2]
    # 21 in the south have half; of 20 in the north one has the whole: 52.5, rounded up.
    assert {"Nord", "Syd", "gennemsnit 50 %", "gennemsnit 53 %"} <= set(spaced(texts(figure.svg)))
    assert "1. U1" not in spaced(texts(figure.svg))
    assert len(figure.table.rows) == 41


def test_the_method_says_what_the_total_is_of(tmp_path: Path) -> None:
    note = totals_of(tmp_path, {"a": HALF, "b": ALL}, out_of="asked", least=0.8)[-1]
    (text,) = note.texts
    assert text == (
        "Pointene for alle indikatorer er lagt sammen. Procenten er af de point, der kunne opnås i "
        "alle spørgsmål. Et ubesvaret spørgsmål giver ingen point. Der skal være svaret på mindst "
        "80 % af spørgsmålene for at få et resultat."
    )


def test_topics_stand_by_chapter_beside_the_whole_study(tmp_path: Path) -> None:
    from tests.any_instrument import make_any

    def item(name: str, topic: str) -> dict[str, Any]:
        text = {"da": name}
        return {"id": name, "topic": topic, "kind": "indicator", "text": text, "label": text}

    chapters = [{"id": "A", "title": {"da": "Ude"}}, {"id": "B", "title": {"da": "Inde"}}]
    titles = {"t": ("Hegn", "A"), "v": ("Varme", "B")}
    topics = [
        {"id": name, "title": {"da": title}, "chapter": chapter}
        for name, (title, chapter) in titles.items()
    ]
    parts = {"chapters": chapters, "topics": topics}
    parts["items"] = [item("t.1", "t"), item("t.2", "t"), item("v.1", "v")]
    reports = [{"id": "whole", **NAMED}, {"id": "each", "per": "team", **NAMED}]
    folder = make_any(tmp_path, parts, reports=reports, totals={"decimals": 0})
    write_form(
        folder / "forms" / "a.csv", answers_to("a", {"t.1": "ja", "t.2": "nej", "v.1": "ja"})
    )
    write_form(
        folder / "forms" / "c.csv", answers_to("c", {"t.1": "ja", "t.2": "ja", "v.1": "nej"})
    )
    study = load(folder)
    report = Report(study, settle(study), Language.load("da"), study.runs()[1])
    profile = spaced(sections.totals(report))[-2]
    assert profile.title == "Højest er v Varme med 100 %, lavest t Hegn med 50 %"
    assert [column.label for column in profile.table.columns] == ["Emne", "Nord", "Alle"]
    assert profile.table.rows == (
        ("A Ude", "50 %", "75 %"),
        ("t Hegn", "50 %", "75 %"),
        ("B Inde", "100 %", "50 %"),
        ("v Varme", "100 %", "50 %"),
    )
    assert "A Ude" in spaced(texts(profile.svg))
    whole = replace(report, run=study.runs()[0])
    headings = [block.text for block in sections.region_topics(whole) if type(block) is Heading]
    assert [text for text in headings if text.startswith("Svar på")] == [
        "Svar på emnerne: A Ude",
        "Svar på emnerne: B Inde",
    ]


def answers_to(unit: str, said: Mapping[str, str]) -> list[list[object]]:
    rows: list[list[object]] = [["Besvarelse fra", unit.upper()], ["Skema", "fælles"]]
    return [*rows, ["Nr.", "Spørgsmål", "Svar"], *([item, item, said[item]] for item in said)]
