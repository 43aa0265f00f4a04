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
        ("Bilag A – First", "Fra en tidligere kørsel"),
        ("Bilag B – Second", "Viser en fejl"),
        ("Method", "Ikke dannet endnu"),
    ],
)
def test_a_report_that_is_not_as_it_should_be_says_so(index: str, title: str, state: str) -> None:
    assert f"<span>{state}</span>" in line(index, title)


def test_that_all_pages_are_current_is_said_once(study: Study, index: str) -> None:
    assert '<p class="state"><span>' not in line(index, "Main")
    assert "ajour" not in index
    current = index_page(study, dict.fromkeys(ALL, Listed("current")), DANISH, ["da"])
    assert current.count("ajour") == 1
    assert "Alle sider er ajour med svarene." in current


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


def of_parts(folder: Path, changed: dict[str, Listed], number: int = BESIDE + 1) -> str:
    """The index of a study with a page for each of so many teams."""
    parts = {**REPORTS[0], "id": "part", "per": "team", "title": {"da": "Del"}}
    units = {f"u{n}": f"g{n}" for n in range(number)}
    study = of_many(make_project(folder, units, reports=[parts]), number)
    listed = {run.id: Listed("current", 2000) for run in study.runs()}
    return index_page(study, listed | {"tables": Listed("current")} | changed, DANISH, ["da"])


def test_many_pages_of_a_kind_are_listed_by_their_groups_with_their_members(
    tmp_path: Path,
) -> None:
    index = of_parts(tmp_path, {})
    assert "<p>Del: 7 hold.</p>" in index
    assert '<dt><a href="part-g3.html">G3</a></dt>' in index
    assert "<dd>S." in line(index, "G3")
    assert "PDF (2 kB)" in line(index, "G3")
    assert "ajour" not in line(index, "G3")


def test_of_many_pages_one_that_is_not_current_says_so(tmp_path: Path) -> None:
    index = of_parts(tmp_path, {"part-g2": Listed("missing")})
    assert "ajour" not in index
    assert "<span>Ikke dannet endnu</span>" in line(index, "G2")
    assert 'href="part-g2.html"' not in index.split("<main", 1)[1].split("<footer")[0]


def test_a_long_list_stands_in_parts_to_which_the_contents_lead(tmp_path: Path) -> None:
    index = of_parts(tmp_path, {"part-g2": Listed("failed")}, 61)
    contents, main = index.split('<div class="body">')
    for first, last in (("1", "G0 – G24"), ("26", "G25 – G49"), ("51", "G50 – G60")):
        assert f'<a href="#part-{first}">{last}</a>' in contents
        assert f'<h3 id="part-{first}">{last}</h3>' in main
    assert main.count('<li><a href="part-g') == 61
    assert "<dd>S." not in main
    assert main.count("<span>Viser en fejl</span>") == 1
    assert "PDF (2 kB)" in main.split(">G3</a>")[1].split("</li>")[0]
