"""Reference data: what is read, and that each fault is told at its row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from misbrug_analysis.model.project import Project
from misbrug_analysis.model.reference import (
    Ages,
    bands_of,
    read_estimates,
    read_population,
)
from tests.model.spoiled import at, problems_of
from tests.needs import ESTIMATES, POPULATION

REFERENCE = Project.find(Path(__file__)).reference
NATIONAL = REFERENCE / "national_need_estimates.csv"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(POPULATION, "utf-8")
    return path


@pytest.fixture
def estimates(tmp_path: Path) -> Path:
    path = tmp_path / "estimates.csv"
    path.write_text(ESTIMATES, "utf-8")
    return path


def replaced(path: Path, old: str, new: str) -> Path:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_people_stand_by_area_and_by_the_first_age_of_each_band(people: Path) -> None:
    population = read_population(people, "need.yaml")
    assert list(population.columns) == [0, 18, 25]
    assert population.loc["02"].tolist() == [40, 30, 130]


@pytest.mark.parametrize(
    ("ages", "bands"), [("0-17", [0]), ("18+", [18, 25]), ("0-24", [0, 18]), ("25+", [25])]
)
def test_an_age_group_is_made_of_whole_bands(people: Path, ages: str, bands: list[int]) -> None:
    assert bands_of(read_population(people, "need.yaml"), Ages.read(ages)) == bands


@pytest.mark.parametrize("ages", ["16+", "18-30", "15-24"])
def test_an_age_group_that_cuts_a_band_is_refused_with_the_limits(people: Path, ages: str) -> None:
    with pytest.raises(ValueError, match="bands begin at 0, 18, 25"):
        bands_of(read_population(people, "need.yaml"), Ages.read(ages))


@pytest.mark.parametrize("text", ["24-15", "15–24", "15", "-24", "<script>", ""])
def test_what_is_no_age_group_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no age group"):
        Ages.read(text)


@pytest.mark.parametrize(
    ("old", "new", "column", "told"),
    [
        ("200,40,30", "200,40,31", "", "add up to 201 and not to the total 200"),
        ("200,40,30", "200,-40,30", "age_0_17", "not a whole number"),
        ("200,40,30", "200,1e3,30", "age_0_17", "not a whole number"),
        ("200,40,30", "200,40.000,30", "age_0_17", "not a whole number"),
        ("200,40,30", "200,4_0,30", "age_0_17", "not a whole number"),
        ("200,40,30", "99999999999,40,30", "total", "too large"),
        ("200,40,30,130", "0,0,0,0", "", "nobody lives in this area"),
        ("02,Bøg", "=1+1,Bøg", "code", "not written in the way"),
    ],
)
def test_a_fault_in_the_population_names_its_cell(
    people: Path, old: str, new: str, column: str, told: str
) -> None:
    (problem,) = problems_of(lambda: read_population(replaced(people, old, new), "need.yaml"))
    assert problem.where == at(people, 3, column)
    assert told in problem.what


def test_an_area_that_stands_twice_is_a_fault(people: Path) -> None:
    (problem,) = problems_of(
        lambda: read_population(replaced(people, "03,Dal", "02,Dal"), "need.yaml")
    )
    assert (problem.where, problem.code) == (at(people, 4), "repeated")


@pytest.mark.parametrize(
    "heads",
    [
        "age_0_16,age_18_24,age_25_plus",
        "age_1_17,age_18_24,age_25_plus",
        "age_0_17,age_18_24,age_25_99",
    ],
)
def test_age_bands_follow_each_other_to_an_open_end(people: Path, heads: str) -> None:
    (problem,) = problems_of(
        lambda: read_population(
            replaced(people, "age_0_17,age_18_24,age_25_plus", heads), "need.yaml"
        )
    )
    assert "do not follow each other" in problem.what


def test_an_estimate_is_a_point_an_interval_or_both(estimates: Path) -> None:
    read = read_estimates(estimates, "need.yaml")
    assert (read["both"].low, read["both"].estimate, read["both"].high) == (45, 90, 180)
    assert (read["point"].low, read["point"].estimate) == (None, 450)
    assert (read["span"].estimate, read["span"].high) == (None, 200)
    assert read["later"].year is None


@pytest.mark.parametrize(
    ("old", "new", "column", "told"),
    [
        ("90,45,180", "90,45,", "", "both low and high"),
        ("90,45,180", "30,45,180", "", "not in this order"),
        ("90,45,180", ",,", "", "neither an estimate nor an interval"),
        ("90,45,180", "90.000,45,180", "estimate", "not a whole number"),
        ("90,45,180", "90,4_5,180", "low", "not a whole number"),
        ("90,45,180", "90,45,180.5", "high", "not a whole number"),
        ("90,45,180", "90,45,9999999999", "high", "too large"),
        ("90,45,180", "nan,45,180", "estimate", "not a whole number"),
        ("90,45,180", "inf,45,180", "estimate", "not a whole number"),
        ("90,45,180", "-5,45,180", "estimate", "not a whole number"),
        ("90,45,180", "=90,45,180", "estimate", "not a whole number"),
        ("2005,reference", "2005.0,reference", "year", "not a whole number"),
        ("2005,reference", "2005,", "", "year and year_is go together"),
        ("https://a.example/", "javascript:alert(1)", "url", "not written in the way"),
        ("https://a.example/", "https://a.example/ onclick=x", "url", "not written in the way"),
        ("abstract", "hearsay", "confidence", "not one of the choices"),
        ("both,a,both", "<b>,a,both", "id", "not written in the way"),
        ("Study A", "A" * 501, "source", "too long"),
        ("Kilde both", "", "cite", "cite is missing"),
    ],
)
def test_a_hostile_or_broken_estimate_names_its_cell(
    estimates: Path, old: str, new: str, column: str, told: str
) -> None:
    problems = problems_of(lambda: read_estimates(replaced(estimates, old, new), "need.yaml"))
    assert problems[0].where == at(estimates, 2, column)
    assert told in problems[0].what


def test_an_estimate_that_stands_twice_is_a_fault(estimates: Path) -> None:
    (problem,) = problems_of(
        lambda: read_estimates(replaced(estimates, "later,a", "both,a"), "need.yaml")
    )
    assert (problem.where, problem.code) == (at(estimates, 5), "repeated")


def test_the_nation_of_2014_is_98_areas_and_the_published_total() -> None:
    population = read_population(REFERENCE / "population_dk_2014.csv", "need.yaml")
    assert len(population) == 98
    # Statistics Denmark: 5,627,235 on 1 January 2014, of whom 90 on Christiansø.
    assert int(population.to_numpy().sum()) == 5_627_235 - 90


def test_every_national_estimate_names_its_source() -> None:
    for estimate in read_estimates(NATIONAL, "need.yaml").values():
        assert estimate.source
        assert estimate.url.startswith("https://")


@pytest.mark.parametrize("read", [read_population, read_estimates])
def test_a_file_that_is_not_there_sends_the_reader_to_where_it_is_named(
    tmp_path: Path, read: Callable[[Path, str], object]
) -> None:
    (problem,) = problems_of(lambda: read(tmp_path / "gone.csv", "the/need.yaml"))
    assert problem.where.endswith("gone.csv")
    assert problem.next_step == "Put the file there, or correct the name in the/need.yaml."
