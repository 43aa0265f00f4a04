"""Boundaries of areas: outer rings out of a GeoJSON file, each fault told at its feature."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from misbrug_analysis.model.errors import DefinitionError, Phrase, Problem, shown
from misbrug_analysis.model.reading import content_of
from misbrug_analysis.model.unfit import UnfitValue, bad_value

MAX_BYTES = 5_000_000
MAX_POINTS = 200_000

Rings = list[np.ndarray]
"""Outer rings of an area, each an array of (longitude, latitude) in degrees."""

_CODE = "code"
_WORLD = (180, 90)
_FLAT = 1e-12
"""Square degrees (a few square centimetres) below which a ring is a point or a line."""


def read_boundaries(path: Path, named_in: str) -> dict[str, Rings]:
    """Outer rings by area code, out of a GeoJSON file of polygons in degrees.

    ``named_in`` is the file that names this one. Raises DefinitionError with every fault at its
    feature; a file without areas or with more than ``MAX_BYTES`` or ``MAX_POINTS`` is refused.
    """
    shapes: dict[str, Rings] = {}
    problems: list[Problem] = []
    for number, feature in enumerate(_features(path, named_in), start=1):
        where = f"{shown(path)}, feature {number}"
        try:
            code, rings = _code(feature), _rings(feature)
        except UnfitValue as fault:
            problems.append(_problem(where, fault.detail))
            continue
        if code in shapes:
            problems.append(Problem("repeated", where, {"name": _CODE, "value": code}))
        shapes[code] = rings
    points = sum(len(ring) for rings in shapes.values() for ring in rings)
    if points > MAX_POINTS:
        problems.append(
            _problem(
                shown(path), Phrase("too_many_points", {"points": points, "limit": MAX_POINTS})
            )
        )
    if problems:
        raise DefinitionError(problems)
    return shapes


def _features(path: Path, named_in: str) -> list[Any]:
    """The features of the file; raises DefinitionError where it holds none."""
    read = content_of(path, Phrase("a_geojson_file"), named_in, MAX_BYTES)
    try:
        content = json.loads(read.decode("utf-8"))
        features = _part(content, "features")
        if content.get("type") != "FeatureCollection" or not isinstance(features, list):
            raise UnfitValue(Phrase("no_collection"))
        if not features:
            raise UnfitValue(Phrase("no_area"))
    except UnicodeDecodeError:
        values: dict[str, object] = {"detail": Phrase("not_utf8")}
        raise DefinitionError([Problem("not_text", shown(path), values)]) from None
    except UnfitValue as fault:
        raise DefinitionError([_problem(shown(path), fault.detail)]) from None
    except (ValueError, RecursionError):
        raise DefinitionError([_problem(shown(path), Phrase("no_json"))]) from None
    return features


def _part(whole: Any, name: str) -> Any:
    if not isinstance(whole, dict) or name not in whole:
        raise UnfitValue(Phrase("field_gone", {"name": name}))
    return whole[name]


def _code(feature: Any) -> str:
    code = _part(_part(feature, "properties"), _CODE)
    if not isinstance(code, str) or not code:
        raise UnfitValue(Phrase("code_no_text"))
    return code


def _rings(feature: Any) -> Rings:
    """The outer ring of each polygon; holes are left out."""
    geometry = _part(feature, "geometry")
    kind = _part(geometry, "type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise UnfitValue(Phrase("no_polygon"))
    given = _part(geometry, "coordinates")
    polygons = [given] if kind == "Polygon" else given
    if not isinstance(polygons, list) or not polygons:
        raise UnfitValue(Phrase("no_outline"))
    return [_ring(polygon) for polygon in polygons]


def _ring(polygon: Any) -> np.ndarray:
    if not isinstance(polygon, list) or not polygon:
        raise UnfitValue(Phrase("no_outline"))
    outer = polygon[0]
    if not isinstance(outer, list) or len(outer) < 4:
        raise UnfitValue(Phrase("short_ring"))
    ring = np.array([list(_point(point)) for point in outer], dtype="float64")
    if _encloses(ring) < _FLAT:
        raise UnfitValue(Phrase("flat_ring"))
    return ring


def _point(point: Any) -> Iterator[float]:
    if not isinstance(point, list) or len(point) != len(_WORLD):
        raise UnfitValue(Phrase("no_point"))
    for degrees, limit in zip(point, _WORLD, strict=True):
        # JSON's true is a number to Python; not a number is in no range.
        if isinstance(degrees, bool) or not isinstance(degrees, int | float):
            raise UnfitValue(Phrase("coordinate_no_number"))
        if not -limit <= degrees <= limit:
            raise UnfitValue(Phrase("point_outside"))
        yield degrees


def _encloses(ring: np.ndarray) -> float:
    """The area inside a ring, in square degrees.

    Measured from its first point, so that the size of the numbers does not drown it.
    """
    x, y = (ring - ring[0]).T
    return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2)


def _problem(where: str, detail: Phrase) -> Problem:
    return bad_value(where, Phrase("the_shape"), detail, Phrase("polygons"))
