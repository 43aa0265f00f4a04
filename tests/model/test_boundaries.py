"""Boundaries: outer rings by code, and that each fault is told at its feature in plain words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from misbrug_analysis.model.boundaries import Rings, read_boundaries
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.reference import read_population
from tests.model.spoiled import problems_of
from tests.needs import square

REFERENCE = Project.find(Path(__file__)).reference


def read(path: Path) -> dict[str, Rings]:
    return read_boundaries(path, "need.yaml")


def shapes(path: Path, *features: object) -> Path:
    content = {"type": "FeatureCollection", "features": list(features)}
    path.write_text(json.dumps(content), "utf-8")
    return path


def of_kind(kind: str, coordinates: object) -> dict[str, object]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"code": "02"}, "geometry": geometry}


def ring(*points: object) -> dict[str, object]:
    return of_kind("Polygon", [list(points)])


def test_boundaries_are_outer_rings_by_code(tmp_path: Path) -> None:
    outer = [[12, 55], [12.5, 55], [12.5, 55.5], [12, 55]]
    hole = [[12.3, 55.1], [12.4, 55.1], [12.4, 55.2], [12.3, 55.1]]
    islet = [[13, 55], [13.1, 55], [13.1, 55.1], [13, 55]]
    island = of_kind("MultiPolygon", [[outer, hole], [islet]])
    found = read(shapes(tmp_path / "m.geojson", square("01", 11), island))
    assert {code: len(rings) for code, rings in found.items()} == {"01": 1, "02": 2}
    assert found["02"][0].tolist() == outer
    assert found["02"][1].tolist() == islet


@pytest.mark.parametrize(
    ("feature", "told"),
    [
        ("no feature", "the field properties is missing"),
        ({"properties": None, "geometry": None}, "the field code is missing"),
        ({"properties": {}, "geometry": None}, "the field code is missing"),
        ({"properties": {"code": "2"}}, "the field geometry is missing"),
        ({"properties": {"code": "2"}, "geometry": None}, "the field type is missing"),
        ({"properties": {"code": "2"}, "geometry": {"type": "Polygon"}}, "coordinates is missing"),
        ({"properties": {"code": 2}, "geometry": {"type": "Polygon"}}, "code is no text"),
        ({"properties": {"code": "2"}, "geometry": {"type": "Point"}}, "neither Polygon nor"),
        (of_kind("MultiPolygon", []), "it has no outline"),
        (of_kind("MultiPolygon", [[]]), "it has no outline"),
        (of_kind("MultiPolygon", None), "it has no outline"),
        (of_kind("Polygon", []), "it has no outline"),
        (of_kind("Polygon", "ring"), "it has no outline"),
        (of_kind("Polygon", [7]), "fewer than four points"),
        (ring([1, 2], [3, 4], [1, 2]), "fewer than four points"),
        (ring([1, 2], [1, 2], [1, 2], [1, 2]), "encloses no area"),
        (ring([1, 2], [2, 3], [3, 4], [1, 2]), "encloses no area"),
        (ring([1, 2], [3, 400], [5, 6], [1, 2]), "outside the degrees"),
        (ring([1, 2], [181, 4], [5, 6], [1, 2]), "outside the degrees"),
        (ring([1, 2], [10**400, 4], [5, 6], [1, 2]), "outside the degrees"),
        (ring([1, 2], [3, float("nan")], [5, 6], [1, 2]), "outside the degrees"),
        (ring([1, 2], [3, float("inf")], [5, 6], [1, 2]), "outside the degrees"),
        (ring([1, 2], ["3", "4"], [5, 7], [1, 2]), "a coordinate is no number"),
        (ring([1, 2], [True, False], [5, 7], [1, 2]), "a coordinate is no number"),
        (ring([1, 2], [3], [5, 6], [1, 2]), "not two numbers, longitude and latitude"),
        (ring([1, 2, 0], [3, 4, 0], [5, 7, 0], [1, 2, 0]), "not two numbers"),
        (ring(1, 2, 3, 4), "not two numbers"),
        (square("01", 12), "01 stands more than once"),
    ],
)
def test_a_broken_shape_names_its_feature(tmp_path: Path, feature: object, told: str) -> None:
    path = shapes(tmp_path / "m.geojson", square("01", 11), feature)
    (problem,) = problems_of(lambda: read(path))
    assert problem.where.endswith("m.geojson, feature 2")
    assert told in problem.what


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "cannot be read as JSON"),
        ("[", "cannot be read as JSON"),
        ("[" * 100_000, "cannot be read as JSON"),
        ("[]", "the field features is missing"),
        ('{"type": "Feature"}', "the field features is missing"),
        ('{"features": []}', "no FeatureCollection"),
        ('{"type": "FeatureCollection", "features": {}}', "no FeatureCollection"),
        ('{"type": "FeatureCollection", "features": []}', "it holds no area"),
    ],
)
def test_what_is_no_map_is_a_fault_and_no_crash(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "m.geojson"
    path.write_text(text, "utf-8")
    (problem,) = problems_of(lambda: read(path))
    assert problem.code == "bad_value"
    assert told in problem.what


def test_a_map_that_is_not_there_sends_the_reader_to_where_it_is_named(tmp_path: Path) -> None:
    (problem,) = problems_of(lambda: read_boundaries(tmp_path / "m.geojson", "the/need.yaml"))
    assert problem.next_step == "Put the file there, or correct the name in the/need.yaml."


def test_a_map_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = shapes(tmp_path / "m.geojson", square("01", 11), square("02", 12))
    monkeypatch.setattr("misbrug_analysis.model.boundaries.MAX_POINTS", 9)
    (problem,) = problems_of(lambda: read(path))
    assert "10 points, more than 9" in problem.what
    monkeypatch.setattr("misbrug_analysis.model.boundaries.MAX_BYTES", 100)
    (problem,) = problems_of(lambda: read(path))
    assert problem.code == "file_too_large"


def test_every_area_on_the_map_is_in_the_population() -> None:
    population = read_population(REFERENCE / "population_dk_2014.csv", "need.yaml")
    found = read(REFERENCE / "boundaries_sjaelland.geojson")
    assert set(found) <= set(population.index)
    assert all(np.isfinite(ring).all() for rings in found.values() for ring in rings)
