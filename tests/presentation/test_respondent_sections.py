"""What pages say of the persons behind the answers: how many, how far they agree, and where not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation import sections
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from tests.presentation.plainly import spaced
from tests.several_respondents import make_several, person
from tests.small import load, make_project, write_form

Persons = Sequence[tuple[str, str, str]]
"""Of each the role and the answers to both indicators."""


def said_of(
    tmp_path: Path, units: Mapping[str, Persons], *, smallest: int = 2, language: str = "da"
) -> list[Any]:
    folder = make_several(tmp_path)
    file = tmp_path / "data" / "instruments" / "small.yaml"
    instrument = yaml.safe_load(file.read_text("utf-8"))
    instrument["respondents"]["smallest"] = smallest
    file.write_text(yaml.safe_dump(instrument, allow_unicode=True, sort_keys=False), "utf-8")
    for unit, persons in units.items():
        for number, (role, *answers) in enumerate(persons):
            rows = person(unit, role, dict(zip(("t.1", "t.2"), answers, strict=True)))
            # Copies of a form are the same person's, so each has a remark of its own.
            rows[-1] = [*rows[-1][:3], f"nr. {number}"]
            write_form(folder / "forms" / f"{unit}{number}.csv", rows)
    study = load(folder)
    report = Report(study, settle(study), Language.load(language), study.runs()[0])
    return list(spaced(sections.respondents(report)))


AGREEING = [("leder", "ja", "nej"), ("medarbejder", "ja", "nej"), ("leder", "ja", "nej")]
ALL_YES = [("leder", "ja", "ja"), ("medarbejder", "ja", "ja")]


def test_an_instrument_without_respondents_has_no_section(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    study = load(folder)
    report = Report(study, settle(study), Language.load("da"), study.runs()[0])
    assert sections.respondents(report) == []


def test_persons_and_roles_are_counted(tmp_path: Path) -> None:
    units = {"a": [*AGREEING, ("medarbejder", "ja", "nej")], "b": ALL_YES}
    text = said_of(tmp_path, units)[1].texts[0]
    assert text == (
        "Seks personer har svaret for to steder. Efter rolle: leder: 3; medarbejder: 3. "
        "Svar fra færre end to personer er ikke vist og tæller ikke med."
    )


def test_full_agreement_is_good_and_equal_answers_have_none_to_measure(tmp_path: Path) -> None:
    blocks = said_of(tmp_path, {"a": AGREEING, "b": ALL_YES})
    assert blocks[3].texts[0] == (
        "Personer, der svarer for samme sted, er enige (Krippendorffs alfa er 1,00). "
        "Stederne efter enighed: god enighed (ét) og alle svar ens (ét)."
    )
    table = blocks[4]
    assert table.rows == (("A", "3", "1,00", "God enighed"), ("B", "2", "–", "Alle svar ens"))
    assert "[c]" not in table.note


def test_too_few_are_withheld_and_the_sign_is_explained(tmp_path: Path) -> None:
    table = said_of(tmp_path, {"a": AGREEING, "b": ALL_YES}, smallest=3)[4]
    assert table.rows[1] == ("B", "[c]", "[c]", "Ikke vist")
    assert "[c] betyder, at tallet er holdt tilbage" in table.note


def test_the_gap_between_roles_is_told(tmp_path: Path) -> None:
    leaders = [("leder", "ja", "ja")] * 3 + [("leder", "nej", "nej")]
    staff = [("medarbejder", "ja", "nej")] * 3 + [("medarbejder", "nej", "ja")]
    persons = leaders + staff
    blocks = said_of(tmp_path, {"a": persons})
    heading, total, _, largest, figure = blocks[-5:]
    assert heading.text == "Leder og medarbejder"
    # Three of four leaders have a yes to both; three of four staff to the first, one to the second.
    assert total.texts == (
        "Gennemsnittet er højere for leder end for medarbejder: 0,75 mod 0,50. "
        "Det bedste svar giver 1 point.",
    )
    assert largest.items == ("t.2 Skriver I det ned?: 0,75 (leder) mod 0,25 (medarbejder).",)
    assert [row[-1] for row in figure.table.rows] == ["0,00", "0,50"]


def test_means_at_the_end_of_the_scale_are_not_told(tmp_path: Path) -> None:
    persons = [("leder", "ja", "ja")] * 2 + [("medarbejder", "ja", "nej")] * 2
    heading, hidden = said_of(tmp_path, {"a": persons})[-2:]
    assert heading.text == "Leder og medarbejder"
    assert "ikke vist" in hidden.texts[0]
