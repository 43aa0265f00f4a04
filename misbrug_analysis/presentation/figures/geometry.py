"""The geometry of a map at the size of a chart: projected, simplified, with places for numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.path import Path

from misbrug_analysis.presentation.figures.style import Points

_TOLERANCE = 0.7
_SMALLEST = 3.0
_FINENESS = 10
_STEP = 6


def projected(rings: Sequence[Points], width: float, tallest: float) -> tuple[list[Points], float]:
    """Rings of longitude and latitude (degrees) in px, at most so wide and so high; their height.

    Equirectangular, with the parallels shortened as they are in the middle of the map.
    """
    everything = np.vstack(rings)
    west, south = everything.min(axis=0)
    east, north = everything.max(axis=0)
    shortened = np.cos(np.radians((south + north) / 2))
    scale = min(width / ((east - west) * shortened), tallest / (north - south))
    moved = (width - (east - west) * shortened * scale) / 2
    placed = [
        np.column_stack(
            [moved + (ring[:, 0] - west) * shortened * scale, (north - ring[:, 1]) * scale]
        )
        for ring in rings
    ]
    return placed, float((north - south) * scale)


def drawable(rings: Sequence[Points], tolerance: float = _TOLERANCE) -> list[Points]:
    """The rings that can be seen, without points that cannot; the largest one always stays."""
    largest = max(rings, key=area)
    seen = [ring for ring in rings if ring is largest or area(ring) >= _SMALLEST]
    return [simplified(ring, tolerance) for ring in seen]


def area(ring: Points) -> float:
    """The area of a ring, in its unit squared."""
    x, y = ring.T
    around = x[:-1] @ y[1:] - y[:-1] @ x[1:] + x[-1] * y[0] - y[-1] * x[0]
    return float(abs(around) / 2)


def simplified(ring: Points, tolerance: float = _TOLERANCE) -> Points:
    """A closed ring with as few of its points as keep it within the tolerance.

    Douglas and Peucker (1973), on the two halves between the first point and the one farthest away.
    """
    if np.array_equal(ring[0], ring[-1]):
        ring = ring[:-1]
    # As complex numbers, what lies beside a line is the imaginary part of one product.
    places = np.append(ring[:, 0] + 1j * ring[:, 1], complex(*ring[0]))
    far = int(np.argmax(np.abs(places - places[0])))
    keep = np.zeros(len(places), dtype=bool)
    keep[[0, far, -1]] = True
    pieces = [(0, far), (far, len(places) - 1)]
    while pieces:
        first, last = pieces.pop()
        if last - first < 2:
            continue
        along = places[last] - places[first]
        aside = places[first + 1 : last] - places[first]
        off = abs((aside * along.conjugate()).imag) if along else abs(aside)
        farthest = int(off.argmax())
        if off[farthest] > tolerance * (abs(along) or 1):
            split = first + 1 + farthest
            keep[split] = True
            pieces += [(first, split), (split, last)]
    return ring[keep[:-1]]


def middle(ring: Points) -> tuple[float, float]:
    """A point well inside a ring: of a raster over it, the one farthest from its border."""
    x, y, _ = roomiest(ring)
    return x, y


def roomiest(ring: Points) -> tuple[float, float, float]:
    """The ``middle`` of a ring, and how far it is from the border: 0 where none is inside."""
    low, high = ring.min(axis=0), ring.max(axis=0)
    steps = (np.arange(_FINENESS) + 0.5) / _FINENESS
    raster = np.stack(np.meshgrid(*(low + (high - low) * steps[:, None]).T), axis=-1).reshape(-1, 2)
    inside = raster[Path(ring).contains_points(raster)]
    if not len(inside):
        x, y = ring.mean(axis=0)
        return float(x), float(y), 0.0
    room = _clearances(inside, ring)
    x, y = inside[np.argmax(room)]
    return float(x), float(y), float(room.max())


def _clearances(points: Points, ring: Points) -> Points:
    """How far each point is from the nearest edge of a ring."""
    edges = np.roll(ring, -1, axis=0) - ring
    lengths = np.maximum((edges**2).sum(axis=1), 1e-12)
    aside = points[:, None, :] - ring[None, :, :]
    share = np.clip((aside * edges).sum(axis=2) / lengths, 0, 1)
    return np.asarray(np.sqrt(((aside - share[..., None] * edges) ** 2).sum(axis=2)).min(axis=1))


def free_place(
    wanted: Points, size: tuple[float, float], taken: Sequence[Points], bounds: tuple[float, float]
) -> tuple[float, float]:
    """The middle of a box of a size, near a place and on nothing that is taken, if there is room.

    ``taken`` are outlines, ``bounds`` the width and height of the picture.
    """
    half = np.array(size) / 2
    steps = [
        np.arange(h, max(bound - h, h) + 1, _STEP) for h, bound in zip(half, bounds, strict=True)
    ]
    places = np.stack(np.meshgrid(*steps), axis=-1).reshape(-1, 2)
    places = places[np.argsort(((places - wanted) ** 2).sum(axis=1), kind="stable")]
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half
    paths = [Path(outline) for outline in taken]
    ends = np.array([[*outline.min(axis=0), *outline.max(axis=0)] for outline in taken])
    ends = ends.reshape(-1, 4)
    for place in places:
        outline = Path(place + corners)
        near = (ends[:, :2] < place + half).all(axis=1) & (ends[:, 2:] > place - half).all(axis=1)
        if not any(paths[at].intersects_path(outline) for at in np.flatnonzero(near)):
            return float(place[0]), float(place[1])
    return float(wanted[0]), float(wanted[1])
