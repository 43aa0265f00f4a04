"""The places of the invented country: real municipalities, in the clusters of 2022.

`health_clusters_2022.csv` has for every municipality its cluster and how far that is known.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from misbrug_analysis.presentation.outline import slug

POPULATION = "population_dk_2014.csv"
CLUSTERS_OF_2022 = "health_clusters_2022.csv"


@dataclass(frozen=True)
class Cluster:
    id: str
    label: str


@dataclass(frozen=True)
class Place:
    """A municipality; one of a further country has no code, since no such place exists."""

    id: str
    label: str
    code: str
    region: str
    cluster: Cluster


def places(reference: Path, clusters: int) -> list[Place]:
    """The municipalities of so many clusters, in the order of their codes, cluster by cluster.

    Where more are wanted than the country has, the country stands there again, numbered.
    """
    country = _country(reference)
    known = list(dict.fromkeys(place.cluster for place in country))
    found = []
    for number in range(clusters):
        nth, which = divmod(number, len(known))
        own = [place for place in country if place.cluster == known[which]]
        found += [_numbered(place, nth + 1) for place in own] if nth else own
    return found


def clusters_of(some: Sequence[Place]) -> list[Cluster]:
    """The clusters of places, each once."""
    return list(dict.fromkeys(place.cluster for place in some))


def _country(reference: Path) -> list[Place]:
    given = _rows(reference / CLUSTERS_OF_2022)
    clusters = {row["code"]: Cluster(row["cluster"], row["label"]) for row in given}
    return [
        Place(
            slug(row["name"]), row["name"], row["code"], slug(row["region"]), clusters[row["code"]]
        )
        for row in _rows(reference / POPULATION)
    ]


def _numbered(place: Place, number: int) -> Place:
    cluster = Cluster(f"{place.cluster.id}-{number}", f"{place.cluster.label} {number}")
    return Place(f"{place.id}-{number}", f"{place.label} {number}", "", place.region, cluster)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
