"""Reference data: what is read, and that each fault is told at its row."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from misbrug_analysis.model.project import Project
from misbrug_analysis.model.reference import (
    Ages,
    bands_of,
    read_boundaries,
    read_estimates,
    read_population,
)
from tests.model.spoiled import at, problems_of
from tests.needs import ESTIMATES, POPULATION, square

REFERENCE = Project.find(Path(__file__)).reference


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
    population = read_population(people)
    assert list(population.columns) == [0, 18, 25]
    assert population.loc["02"].tolist() == [40, 30, 130]


@pytest.mark.parametrize(
    ("ages", "bands"), [("0-17", [0]), ("18+", [18, 25]), ("0-24", [0, 18]), ("25+", [25])]
)
def test_an_age_group_is_made_of_whole_bands(people: Path, ages: str, bands: list[int]) -> None:
    assert bands_of(read_population(people), Ages.read(ages)) == bands


@pytest.mark.parametrize("ages", ["16+", "18-30", "15-24"])
def test_an_age_group_that_cuts_a_band_is_refused_with_the_limits(people: Path, ages: str) -> None:
    with pytest.raises(ValueError, match="bands begin at 0, 18, 25"):
        bands_of(read_population(people), Ages.read(ages))


@pytest.mark.parametrize("text", ["24-15", "15–24", "15", "-24", "<script>", ""])
def test_what_is_no_age_group_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no age group"):
        Ages.read(text)


@pytest.mark.parametrize(
    ("old", "new", "column", "told"),
    [
        ("200,40,30", "200,40,31", "the row", "add up to 201 and not to the total 200"),
        ("200,40,30", "200,-40,30", "age_0_17", "greater than or equal to 0"),
        ("200,40,30", "200,1e3,30", "age_0_17", "valid integer"),
        ("200,40,30", "99999999999,40,30", "total", "less than or equal"),
        ("02,Bøg", "=1+1,Bøg", "code", "match pattern"),
    ],
)
def test_a_fault_in_the_population_names_its_cell(
    people: Path, old: str, new: str, column: str, told: str
) -> None:
    (problem,) = problems_of(lambda: read_population(replaced(people, old, new)))
    assert problem.where == at(people, 3, column)
    assert told in problem.what


def test_an_area_that_stands_twice_is_a_fault(people: Path) -> None:
    (problem,) = problems_of(lambda: read_population(replaced(people, "03,Resten", "02,Resten")))
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
        lambda: read_population(replaced(people, "age_0_17,age_18_24,age_25_plus", heads))
    )
    assert "do not follow each other" in problem.what


def test_an_estimate_is_a_point_an_interval_or_both(estimates: Path) -> None:
    read = read_estimates(estimates)
    assert (read["both"].low, read["both"].estimate, read["both"].high) == (45, 90, 180)
    assert (read["point"].low, read["point"].estimate) == (None, 450)
    assert (read["span"].estimate, read["span"].high) == (None, 200)
    assert read["later"].year is None


@pytest.mark.parametrize(
    ("old", "new", "column", "told"),
    [
        ("90,45,180", "90,45,", "the row", "both low and high"),
        ("90,45,180", "30,45,180", "the row", "not in this order"),
        ("90,45,180", ",,", "the row", "neither an estimate nor an interval"),
        ("90,45,180", "nan,45,180", "estimate", "finite"),
        ("90,45,180", "inf,45,180", "estimate", "finite"),
        ("90,45,180", "-5,45,180", "estimate", "greater than or equal"),
        ("90,45,180", "=90,45,180", "estimate", "valid number"),
        ("2005,reference", "2005,", "the row", "year and year_is go together"),
        ("https://a.example/", "javascript:alert(1)", "url", "match pattern"),
        ("https://a.example/", "https://a.example/ onclick=x", "url", "match pattern"),
        ("abstract", "hearsay", "confidence", "'official'"),
        ("both,a,both", "<b>,a,both", "id", "match pattern"),
        ("Study A", "A" * 501, "source", "at most 500"),
    ],
)
def test_a_hostile_or_broken_estimate_names_its_cell(
    estimates: Path, old: str, new: str, column: str, told: str
) -> None:
    problems = problems_of(lambda: read_estimates(replaced(estimates, old, new)))
    assert problems[0].where == at(estimates, 2, column)
    assert told in problems[0].what


def test_an_estimate_that_stands_twice_is_a_fault(estimates: Path) -> None:
    (problem,) = problems_of(lambda: read_estimates(replaced(estimates, "later,a", "both,a")))
    assert (problem.where, problem.code) == (at(estimates, 5), "repeated")


def shapes(path: Path, *features: object) -> Path:
    content = {"type": "FeatureCollection", "features": list(features)}
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_boundaries_are_outer_rings_by_code(tmp_path: Path) -> None:
    island = square("02", 12)
    hole = [[11.04, 55.04], [11.06, 55.04], [11.06, 55.06], [11.04, 55.04]]
    island["geometry"] = {
        "type": "MultiPolygon",
        "coordinates": [[square("", 12)["geometry"]["coordinates"][0], hole]],  # type: ignore[index]
    }
    read = read_boundaries(shapes(tmp_path / "m.geojson", square("01", 11), island))
    assert [len(rings) for rings in read.values()] == [1, 1]
    assert read["02"][0][1].tolist() == pytest.approx([12.1, 55.0])


def ring(*points: object) -> dict[str, object]:
    geometry = {"type": "Polygon", "coordinates": [list(points)]}
    return {"type": "Feature", "properties": {"code": "02"}, "geometry": geometry}


@pytest.mark.parametrize(
    ("feature", "told"),
    [
        ({"properties": {}, "geometry": None}, "it has no 'code'"),
        ({"properties": {"code": 2}, "geometry": {"type": "Polygon"}}, "code is no text"),
        ({"properties": {"code": "2"}, "geometry": {"type": "Point"}}, "neither Polygon nor"),
        (ring([1, 2], [3, 4], [1, 2]), "at least four points"),
        (ring([1, 2], [3, 400], [5, 6], [1, 2]), "outside the degrees"),
        (ring([1, 2], [3, float("nan")], [5, 6], [1, 2]), "outside the degrees"),
        (ring([1, 2], [3], [5, 6], [1, 2]), ""),
        ("no feature", ""),
        (square("01", 12), "01 stands more than once"),
    ],
)
def test_a_broken_shape_names_its_feature(tmp_path: Path, feature: object, told: str) -> None:
    path = shapes(tmp_path / "m.geojson", square("01", 11), feature)
    (problem,) = problems_of(lambda: read_boundaries(path))
    assert problem.where.endswith("m.geojson, feature 2")
    assert told in problem.what


@pytest.mark.parametrize("text", ["", "[", "[]", '{"type": "Feature"}', "[" * 100_000])
def test_what_is_no_map_is_a_fault_and_no_crash(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.geojson"
    path.write_text(text, "utf-8")
    (problem,) = problems_of(lambda: read_boundaries(path))
    assert problem.code == "bad_value"


def test_a_map_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = shapes(tmp_path / "m.geojson", square("01", 11), square("02", 12))
    monkeypatch.setattr("misbrug_analysis.model.reference.MAX_POINTS", 9)
    (problem,) = problems_of(lambda: read_boundaries(path))
    assert "10 points, more than 9" in problem.what
    monkeypatch.setattr("misbrug_analysis.model.reference.MAX_BYTES", 100)
    (problem,) = problems_of(lambda: read_boundaries(path))
    assert problem.code == "file_too_large"


def test_the_nation_of_2014_is_98_areas_and_the_published_total() -> None:
    population = read_population(REFERENCE / "population_dk_2014.csv")
    assert len(population) == 98
    # Statistics Denmark: 5,627,235 on 1 January 2014, of whom 90 on Christiansø.
    assert int(population.to_numpy().sum()) == 5_627_235 - 90


def test_every_area_on_the_map_is_in_the_population() -> None:
    population = read_population(REFERENCE / "population_dk_2014.csv")
    read = read_boundaries(REFERENCE / "boundaries_sjaelland.geojson")
    assert set(read) <= set(population.index)
    assert all(np.isfinite(found).all() for rings in read.values() for found in rings)


def test_every_national_estimate_names_its_source() -> None:
    for estimate in read_estimates(REFERENCE / "national_need_estimates.csv").values():
        assert estimate.source
        assert estimate.url.startswith("https://")
