"""The head of a page: where it leads, in which languages it is to be had, what it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.addresses import in_edition, workbook
from misbrug_analysis.presentation.cells import Link
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.navigation import BESIDE, page_head, run_head
from tests.small import load, make_project

DANISH, ENGLISH = Language.load("da"), Language.load("en")
REPORTS = [
    {"id": name, "notebook": "n", "title": {"da": name.title()}, "summary": {"da": "S."}, **more}
    for name, more in (
        ("main", {"tables": ["scores", "form_answers"]}),
        ("second", {"annex": "B"}),
        ("first", {"annex": "A"}),
        ("method", {"makes_tables": True, "tables": ["answers"]}),
    )
]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return load(make_project(tmp_path, reports=REPORTS, also_in=["en"]))


def run(study: Study, name: str) -> object:
    return next(run for run in study.runs() if run.id == name)


@pytest.mark.parametrize(
    ("here", "there", "address"),
    [
        ("da", "da", "main.html"),
        ("da", "en", "en/main.html"),
        ("en", "da", "../main.html"),
        ("en", "en", "../en/main.html"),
    ],
)
def test_an_address_leads_from_one_edition_to_another(
    study: Study, here: str, there: str, address: str
) -> None:
    assert in_edition(study, here, there, "main.html") == address


def test_neighbours_are_those_in_the_list_of_pages(study: Study) -> None:
    pages = {one.id: run_head(study, one, DANISH) for one in study.runs()}
    ways = {
        name: tuple(link.href if link else None for link in (page.previous, page.next))
        for name, page in pages.items()
    }
    assert ways == {
        "main": (None, "first.html"),
        "first": ("main.html", "second.html"),
        "second": ("first.html", "method.html"),
        "method": ("second.html", None),
    }
    assert pages["main"].next == Link("Bilag A – First", "first.html")


def rests_on(study: Study, name: str) -> list[str]:
    return [link.href for link in run_head(study, run(study, name), DANISH).rests_on]


def test_a_page_rests_on_the_tables_that_the_study_names(study: Study) -> None:
    named = ["tables.html#table-scores", "tables.html#table-form-answers"]
    everything = ["tables.html", workbook(study, "da")]
    assert rests_on(study, "main") == ["method.html", *named, *everything]
    links = run_head(study, run(study, "main"), DANISH).rests_on
    assert Link("Tabel: Skemaernes svar", named[1]) in links


def test_a_page_that_rests_on_no_answers_does_not_lead_to_the_method(study: Study) -> None:
    assert rests_on(study, "second") == ["tables.html", workbook(study, "da")]


def test_the_method_does_not_rest_on_itself(study: Study) -> None:
    assert "method.html" not in rests_on(study, "method")


def test_a_page_leads_to_its_other_languages_in_their_own_words(study: Study) -> None:
    assert run_head(study, run(study, "main"), DANISH).editions == (
        ("English", "en/main.html", "en"),
    )
    assert run_head(study, run(study, "main"), ENGLISH).editions == (
        ("Dansk", "../main.html", "da"),
    )


def test_the_statement_leads_everywhere_but_to_itself(study: Study) -> None:
    assert page_head(study, DANISH, "tables.html", "T", "D").statement == "accessibility.html"
    assert page_head(study, DANISH, "accessibility.html", "T", "D").statement == ""


def test_only_editions_that_are_there_are_named_where_they_are_known(study: Study) -> None:
    assert page_head(study, DANISH, "index.html", "T", "D", editions=["da"]).editions == ()


def test_the_list_of_pages_shows_where_one_is(study: Study) -> None:
    page = run_head(study, run(study, "first"), DANISH)
    assert ("Bilag A", page.here) in page.links
    assert page.here == "first.html"


def test_the_index_has_no_second_list_of_pages_at_its_head(study: Study) -> None:
    assert page_head(study, DANISH, "index.html", "T", "D").links == ()
    assert ("Bilag A", "first.html") in page_head(study, DANISH, "tables.html", "T", "D").links


def of_many(folder: Path, number: int) -> Study:
    """A study with a page of its own, and one for each of so many teams."""
    organisation = folder / "organisation.yaml"
    groups = "".join(f"      - {{id: g{n}, label: {{da: G{n}}}}}\n" for n in range(number))
    north = "      - {id: north, label: {da: Nord}}\n      - {id: south, label: {da: Syd}}\n"
    organisation.write_text(organisation.read_text("utf-8").replace(north, groups), "utf-8")
    return load(folder)


@pytest.mark.parametrize(
    ("number", "ways"),
    [
        (BESIDE, [f"part-g{n}.html" for n in range(BESIDE)]),
        (BESIDE + 1, ["index.html#groups"]),
    ],
)
def test_many_pages_of_a_kind_are_one_way_to_their_list(
    tmp_path: Path, number: int, ways: list[str]
) -> None:
    parts = {**REPORTS[0], "id": "part", "per": "team", "title": {"da": "Del"}}
    units = {f"u{n}": f"g{n}" for n in range(number)}
    study = of_many(make_project(tmp_path, units, reports=[REPORTS[0], parts]), number)
    head = page_head(study, DANISH, "main.html", "T", "D")
    assert [href for _, href in head.links] == ["index.html", "main.html", *ways]
    assert [label for label, href in head.links if "#" in href] == ["Del: 7 hold"] * (
        "#" in ways[0]
    )


def test_one_of_many_pages_is_named_on_itself(tmp_path: Path) -> None:
    parts = {**REPORTS[0], "id": "part", "per": "team", "title": {"da": "Del"}}
    number = BESIDE + 1
    units = {f"u{n}": f"g{n}" for n in range(number)}
    study = of_many(make_project(tmp_path, units, reports=[parts]), number)
    head = page_head(study, DANISH, "part-g3.html", "T", "D")
    assert head.links == (
        ("Alle rapporter", "index.html"),
        ("Del: 7 hold", "index.html#groups"),
        ("Del: G3", "part-g3.html"),
    )
