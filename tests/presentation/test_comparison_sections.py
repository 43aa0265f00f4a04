"""What pages say of units of different kinds: counts, and no more than they bear."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation import sections
from misbrug_analysis.presentation.blocks import Bullets, Figure, Paragraphs, Table
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from tests.presentation.drawings import texts
from tests.presentation.plainly import spaced
from tests.small import form_rows, load, make_project, write_form

NAMED = {"notebook": "n", "title": {"da": "T"}, "summary": {"da": "S"}}
OWNER = {
    "attribute": "owner",
    "label": {"da": "Ejer"},
    "values": {"town": {"da": "kommunale"}, "private": {"da": "private"}},
}


def compared(
    tmp_path: Path, said: Mapping[str, str], owners: Mapping[str, str], page: str = "whole"
) -> list[Any]:
    """The blocks of a page on units by their owner, by what each says to the first indicator."""
    reports = [{"id": "whole", "per": "whole", **NAMED}, {"id": "each", "per": "team", **NAMED}]
    folder = make_project(tmp_path, dict.fromkeys(owners, ""), reports=reports, compare_by=[OWNER])
    organisation = folder / "organisation.yaml"
    text = organisation.read_text("utf-8") + "unit_attributes: [owner]\n"
    organisation.write_text(text, "utf-8")
    rows = [f"{unit},{unit.upper()},{_team(unit)},{owner}" for unit, owner in owners.items()]
    (folder / "units.csv").write_text("\n".join(["id,label,team,owner", *rows, ""]), "utf-8")
    for unit, answer in said.items():
        answers = {"t.1": answer, "t.2": "ja"}
        write_form(folder / "forms" / f"{unit}.csv", form_rows(unit, answers))
    study = load(folder)
    run = next(run for run in study.runs() if run.id == page)
    return list(spaced(sections.comparison(Report(study, settle(study), Language.load("da"), run))))


def _team(unit: str) -> str:
    return "north" if unit < "d" else "south"


OWNERS = dict.fromkeys("abc", "town") | dict.fromkeys("def", "private") | {"g": ""}
SAID = dict.fromkeys("abc", "ja") | {"d": "ja", "e": "nej", "f": "nej"}


def test_a_study_that_compares_nothing_has_no_section(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    write_form(folder / "forms" / "a.csv", form_rows("a", {"t.1": "ja"}))
    study = load(folder)
    report = Report(study, settle(study), Language.load("da"), study.runs()[0])
    assert sections.comparison(report) == []


def test_the_largest_difference_is_told_in_counts(tmp_path: Path) -> None:
    heading, owner, who, intro, largest, note, figure = compared(tmp_path, SAID, OWNERS)
    assert (heading.text, owner.text) == ("Stederne sammenlignet", "Ejer")
    assert who.texts == (
        "Så mange af stederne har svaret: kommunale 3 af 3; private 3 af 3; Ikke oplyst 0 af 1.",
    )
    assert intro.texts == ("Andelen, der siger ja, er mest forskellig her:",)
    assert isinstance(largest, Bullets)
    assert largest.items == ("t.1 Følger I op?: 3 af 3 (kommunale) mod 1 af 3 (private).",)
    assert note.texts[0].startswith("Nogle af grupperne er små, så ét svar flytter meget.")
    assert isinstance(figure, Figure)
    assert {"kommunale", "private", "0 %", "100 %"} <= set(spaced(texts(figure.svg)))
    assert "Ikke oplyst" not in spaced(texts(figure.svg))
    assert figure.table.rows[0] == ("t.1 Følger I op?", "3 af 3", "1 af 3", "–")


def test_of_too_few_only_counts_are_told(tmp_path: Path) -> None:
    owners = {"a": "town", "b": "town", "d": "private", "e": "private"}
    *_, text, table = compared(tmp_path, dict.fromkeys(owners, "ja"), owners)
    assert isinstance(text, Paragraphs)
    assert text.texts[0].startswith("Der er for få i hver gruppe")
    assert isinstance(table, Table)
    assert table.rows[0][1:] == ("2 af 2", "2 af 2")


def test_the_same_in_all_is_no_difference(tmp_path: Path) -> None:
    *_, text, _ = compared(tmp_path, dict.fromkeys("abcdef", "ja"), OWNERS)
    assert text.texts == ("Der er ingen forskel i andelen, der siger ja.",)


def test_percent_stand_where_no_group_is_small(tmp_path: Path) -> None:
    units = [f"a{n}" for n in range(10)] + [f"d{n}" for n in range(10)]
    owners = {unit: "town" if unit[0] == "a" else "private" for unit in units}
    said = {unit: "nej" if unit in ("a0", "d0", "d1") else "ja" for unit in units}
    *_, note, figure = compared(tmp_path, said, owners)
    assert figure.table.rows[0][1:] == (
        "9 af 10 (90 %)",
        "8 af 10 (80 %)",
    )
    assert note.texts == ("Tallene viser, hvor der er forskel, men ikke hvorfor.",)


def test_a_groups_page_leaves_it_to_the_page_of_all(tmp_path: Path) -> None:
    assert compared(tmp_path, SAID, OWNERS, "each-north") == []
