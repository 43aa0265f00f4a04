"""The index: a line for each page with its state, and the forms in which it can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.index import Listed, index_page
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.navigation import BESIDE
from tests.presentation.test_navigation import REPORTS, of_many
from tests.small import load, make_project

DANISH = Language.load("da")
ALL = {
    "main": Listed("current", 140_400),
    "first": Listed("old"),
    "second": Listed("failed"),
    "method": Listed("missing"),
    "tables": Listed("current", 999),
}


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return load(make_project(tmp_path, reports=REPORTS))


@pytest.fixture
def index(study: Study) -> str:
    return index_page(study, ALL, DANISH, ["da"])


def line(index: str, title: str) -> str:
    """What stands in the index about a page, from its title to the next one."""
    return index.split("<main", 1)[1].split(f">{title}<", 1)[1].split("<dt>", 1)[0]


@pytest.mark.parametrize(
    ("title", "state"),
    [
        ("Main", "Ajour med svarene"),
        ("Bilag A – First", "Fra en tidligere kørsel"),
        ("Bilag B – Second", "Viser en fejl"),
        ("Method", "Ikke dannet endnu"),
    ],
)
def test_every_report_has_a_line_with_its_state(index: str, title: str, state: str) -> None:
    assert f"<span>{state}</span>" in line(index, title)


def test_a_page_that_was_not_made_is_no_link(index: str) -> None:
    main = index.split("<main", 1)[1].split("</main>")[0]
    assert 'href="main.html"' in main
    assert 'href="method.html"' not in main


def test_a_pdf_is_a_link_with_its_size_that_makes_sense_alone(index: str) -> None:
    link = '<a href="main.pdf">PDF (140 kB)<span class="unseen">: Main</span></a>'
    assert link in line(index, "Main")
    assert "PDF (1 kB)" in line(index, "Alle tabeller")
    assert "PDF" not in line(index, "Bilag A – First")


def test_failed_and_old_pages_are_named_above_the_list(index: str) -> None:
    above = index.split("<h2", 1)[0]
    assert "en fejl i stedet for et resultat: Bilag B – Second." in above
    assert "tidligere kørsel og er ikke opdateret: Bilag A – First." in above


def test_the_workbook_is_named_only_where_there_are_tables(study: Study, index: str) -> None:
    assert f'href="tables/{study.id}-da.xlsx"' in line(index, "Alle tabeller")
    without = index_page(study, ALL | {"tables": Listed("missing")}, DANISH, ["da"])
    assert ".xlsx" not in line(without, "Alle tabeller").split("<footer")[0].split("</main>")[0]


def of_parts(folder: Path, changed: dict[str, Listed]) -> str:
    """The index of a study with a page for each of seven teams."""
    number = BESIDE + 1
    parts = {**REPORTS[0], "id": "part", "per": "team", "title": {"da": "Del"}}
    units = {f"u{n}": f"g{n}" for n in range(number)}
    study = of_many(make_project(folder, units, reports=[parts]), number)
    listed = {run.id: Listed("current", 2000) for run in study.runs()}
    return index_page(study, listed | {"tables": Listed("current")} | changed, DANISH, ["da"])


def test_many_pages_of_a_kind_are_listed_by_their_groups_and_their_state_is_said_once(
    tmp_path: Path,
) -> None:
    index = of_parts(tmp_path, {})
    assert "<p>Del: 7 hold. Alle siderne er ajour med svarene.</p>" in index
    assert '<dt><a href="part-g3.html">G3</a></dt>' in index
    assert "PDF (2 kB)" in line(index, "G3")
    assert "Ajour med svarene" not in line(index, "G3")


def test_of_many_pages_one_that_is_not_current_says_so(tmp_path: Path) -> None:
    index = of_parts(tmp_path, {"part-g2": Listed("missing")})
    assert "Alle siderne er ajour" not in index
    assert "<span>Ikke dannet endnu</span>" in line(index, "G2")
    assert 'href="part-g2.html"' not in index.split("<main", 1)[1].split("<footer")[0]
