"""CPU time and size of every kind of chart, at the size that the study of 2014 has, once warm."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from misbrug_analysis.model.boundaries import read_boundaries
from misbrug_analysis.model.project import Project
from misbrug_analysis.presentation.figures import (
    Panel,
    Shape,
    answer_matrix,
    count_bars,
    estimate_columns,
    group_map,
    rank_intervals,
    standing_bars,
)
from misbrug_analysis.presentation.language import Language

GROUPS = {"Klynge Syd": 6, "Klynge Øst": 5, "Klynge Vest": 6}
INDICATORS = 15
TOPICS = 8
BOUNDARIES = "boundaries_sjaelland.geojson"
DANISH = Language.load("da")


def units() -> list[tuple[str, str]]:
    return [(group, f"Kommune {n}") for group, size in GROUPS.items() for n in range(1, size + 1)]


def bars() -> str:
    """A topic with three indicators and as a whole, by group and for all groups."""
    labels = [*GROUPS, "Region Sjælland"]
    counts = pd.DataFrame({"yes": [4, 3, 5, 12], "no": [1, 2, 1, 4], "absent": [1, 0, 0, 1]})
    panels = [Panel(f"{n} Systematisk opfølgning", counts.set_axis(labels)) for n in range(4)]
    return count_bars(panels, DANISH)


def matrix() -> str:
    shape = (INDICATORS, len(units()))
    answers = np.where(np.arange(shape[0] * shape[1]) % 3, "yes", "no").reshape(shape)
    columns = pd.MultiIndex.from_tuples(units())
    return answer_matrix(pd.DataFrame(answers, labels(INDICATORS), columns), DANISH)


def standing() -> str:
    low = np.arange(INDICATORS) + 1
    headings = [f"Anbefaling {n // 2 + 1}: Systematisk opfølgning" for n in range(INDICATORS)]
    rows = pd.DataFrame({"heading": headings, "low": low, "high": low + 1})
    return standing_bars(rows.set_axis(labels(INDICATORS)), len(units()), DANISH)


def ranks() -> str:
    rank = np.arange(TOPICS) + 1
    rows = pd.DataFrame(
        {
            "best": np.maximum(rank - 2, 1),
            "worst": np.minimum(rank + 2, TOPICS),
            "inner_best": rank,
            "inner_worst": np.minimum(rank + 1, TOPICS),
            "rank": rank,
            "marked": rank % 2 == 0,
        }
    )
    return rank_intervals(rows.set_axis(labels(TOPICS)), DANISH, "kilden")


def estimates() -> str:
    """Three measures of which one has only a point and one only an interval."""
    people = 1000.0 * (np.arange(len(units())) + 20)
    rows = pd.DataFrame(
        {
            ("Skadeligt alkoholforbrug", "value"): people / 9,
            ("Skadeligt alkoholforbrug", "low"): people / 12,
            ("Skadeligt alkoholforbrug", "high"): people / 6,
            ("Stofmisbrug", "value"): people / 170,
            ("Unge med behov for en indsats", "low"): people / 200,
            ("Unge med behov for en indsats", "high"): people / 160,
        }
    )
    names = [f"{unit} {group}" for group, unit in units()]
    return estimate_columns(
        rows.set_axis(names), DANISH, pd.Series([group for group, _ in units()], names)
    )


def area(boundaries: Mapping[str, Sequence[np.ndarray]]) -> Callable[[], str]:
    shapes = [
        Shape(unit, number, group, rings)
        for number, ((group, unit), rings) in enumerate(
            zip(units(), boundaries.values(), strict=True), 1
        )
    ]
    return lambda: group_map(shapes, DANISH)


def labels(number: int) -> list[str]:
    return [f"{n}.1 Systematisk opfølgning på behandlingen" for n in range(1, number + 1)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    reference = Project.find(Path(__file__)).reference
    kinds = {
        "count_bars": bars,
        "answer_matrix": matrix,
        "standing_bars": standing,
        "rank_intervals": ranks,
        "estimate_columns": estimates,
        "group_map": area(read_boundaries(reference / BOUNDARIES, "need.yaml")),
    }
    print(f"{'chart':18}{'CPU ms':>8}{'largest':>9}{'KB':>7}")
    for name, draw in kinds.items():
        size = len(draw().encode()) / 1024
        times = []
        for _ in range(rounds):
            start = time.process_time()
            draw()
            times.append(1000 * (time.process_time() - start))
        print(f"{name:18}{statistics.median(times):8.1f}{max(times):9.1f}{size:7.1f}")


if __name__ == "__main__":
    main()
