"""The second instrument that ships, and the example made with it: invented, and said to be so."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

from misbrug_analysis.model.instrument import Instrument, Kind
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from tests.pages.checks import check_page
from tests.projects import ROOT, command
from tests.shared import made_once

EXAMPLE = "guidelines-example"
FOLDER = ROOT / "data" / "raw" / EXAMPLE
REFERENCE = ROOT / "data" / "raw" / "reference"
TITLES = json.loads((REFERENCE / "national_guidelines_titles.json").read_text("utf-8"))
EDITION = TITLES["edition_2020"]


@pytest.fixture(scope="module")
def example() -> Study:
    return load_study(Project.find(FOLDER), EXAMPLE)


@pytest.fixture(scope="module")
def instrument(example: Study) -> Instrument:
    return example.instrument


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The pages that the command makes of the example, in Danish and English."""

    def make(project: Path) -> None:
        for part in ("data/instruments", f"data/raw/{EXAMPLE}", "notebooks"):
            shutil.copytree(ROOT / part, project / part)
        code, _, errors = command("misbrug", "run", EXAMPLE, cwd=project)
        assert code == 0, errors

    project = made_once(tmp_path_factory, worker_id, EXAMPLE, make)
    return project / "outputs" / EXAMPLE / "html"


def test_titles_are_those_that_were_seen(instrument: Instrument) -> None:
    """Without the words that every title begins with, and with none beyond those seen."""

    def short(title: str) -> str:
        words = re.sub(r"^Retningslinjer? for ", "", title)
        return words[:1].upper() + words[1:]

    assert {one.id: one.title["da"] for one in instrument.topics} == {
        number: short(title) for number, title in EDITION["guidelines"]
    }
    chapters = {one.id: one.title["da"] for one in instrument.chapters}
    assert chapters.keys() == EDITION["chapters"].keys()
    for number, title in chapters.items():
        assert short(EDITION["chapters"][number]).startswith(title)
    for topic in instrument.topics:
        assert topic.id.startswith(f"{topic.chapter}.")
        assert topic.text is None  # what a guideline asks for was not seen


def test_it_says_what_is_ours_and_what_is_missing(instrument: Instrument) -> None:
    assert "vores egne" in instrument.origin["da"]
    assert "our own" in instrument.origin["en"]
    last = EDITION["guidelines"][-1][0]
    assert all(last in text for text in instrument.origin.values())
    assert [source.url for source in instrument.sources] == [EDITION["source"]]
    provenance = (REFERENCE / "PROVENANCE.md").read_text("utf-8")
    assert "national_guidelines_titles.json" in provenance
    assert f"nothing after {last}" in " ".join(provenance.split())


def test_every_guideline_has_statements_in_both_languages(instrument: Instrument) -> None:
    for topic in instrument.topics:
        assert 1 <= len(instrument.indicators_of(topic.id)) <= 3
    for item in instrument.items:
        assert item.text.keys() == {"da", "en"}
    for item in instrument.indicators:
        assert item.text["da"].endswith(".")
        assert item.label is not None
        assert item.label.keys() == {"da", "en"}
    described = [item.type for item in instrument.items if item.kind is Kind.DESCRIPTIVE]
    assert sorted(described) == ["multiple", "number", "single", "text"]


def test_a_site_that_agrees_on_average_meets_a_statement(instrument: Instrument) -> None:
    """0.75 of four points is three, which is to agree; the middle of the scale is a partly."""
    asked = instrument.respondents
    assert asked is not None
    best = instrument.best_points
    assert asked.yes_from * best == instrument.points_of["agree"]
    assert asked.partly_from * best == instrument.points_of["neither"]


def test_building_gives_the_committed_bytes(tmp_path: Path) -> None:
    script = FOLDER / "invented" / "build.py"
    subprocess.run([sys.executable, script, "--to", tmp_path], check=True, cwd=tmp_path)
    committed = FOLDER / "forms" / "svar.csv"
    assert (tmp_path / "forms" / "svar.csv").read_bytes() == committed.read_bytes()


def test_no_place_of_the_example_is_one_there_is(example: Study) -> None:
    rows = csv.DictReader((REFERENCE / "population_dk_2014.csv").read_text("utf-8").splitlines())
    real = {row["name"].casefold() for row in rows}
    groups = [group.label["da"] for level in example.organisation.levels for group in level.groups]
    names = [*groups, *(unit.label for unit in example.organisation.units)]
    words = {word.casefold() for name in names for word in name.split()}
    assert "slagelse" in real
    assert words & real == set()


def test_every_page_says_that_all_of_it_is_invented(pages: Path, example: Study) -> None:
    statement = example.settings.provenance.statement
    assert statement is not None
    made = [*pages.glob("*.html"), *(pages / "en").glob("*.html")]
    assert {path.name for path in made} >= {"regional.html", "municipality-engby.html"}
    for path in made:
        language = "en" if path.parent.name == "en" else "da"
        if path.name != "accessibility.html":
            assert statement[language] in path.read_text("utf-8"), path


def test_no_page_shows_a_code_of_an_answer(pages: Path, instrument: Instrument) -> None:
    """But for the page of tables, which explains the codes in them."""
    codes = [code for code in (*instrument.answers, *instrument.missing) if "-" in code]
    made = [*pages.glob("*.html"), *(pages / "en").glob("*.html")]
    for path in [path for path in made if path.name != "tables.html"]:
        text = re.sub(r"<[^>]*>", " ", path.read_text("utf-8"))
        assert [code for code in codes if code in text] == [], path


@pytest.mark.parametrize(
    ("name", "width"), [("regional", 375), ("municipality-skovby", 1280), ("guidelines", 375)]
)
def test_its_pages_are_whole(page: Page, pages: Path, name: str, width: int) -> None:
    check_page(page, pages / f"{name}.html", width, looks=("light",))
