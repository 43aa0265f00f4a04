"""CPU time and size of every kind of chart, at the size that the study of 2014 has.

Once warm, and the first of each in a process that has imported everything: bare, and after
``figures.warm_up``.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
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
    Strip,
    answer_matrix,
    change_dumbbells,
    change_slopes,
    count_bars,
    estimate_columns,
    group_map,
    rank_intervals,
    specification,
    standing_bars,
    tinted_map,
    value_bars,
    value_dots,
    value_strips,
    warm_up,
)
from misbrug_analysis.presentation.language import Language

GROUPS = {"Klynge Syd": 6, "Klynge Øst": 5, "Klynge Vest": 6}
INDICATORS = 15
TOPICS = 8
VARIANTS = 30
SETTINGS = ("Delvis", "Delte svar", "Mangler")
SCALE = [(0.0, "0 %"), (50.0, "50 %"), (100.0, "100 %")]
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


def tinted(boundaries: Mapping[str, Sequence[np.ndarray]]) -> Callable[[], str]:
    """The same areas in the tints and numbers of their groups."""
    groups = [group for group, _ in units()]
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups), 1)}
    shapes = [
        Shape(unit, numbers[group], group, rings)
        for (group, unit), rings in zip(units(), boundaries.values(), strict=True)
    ]
    return lambda: tinted_map(shapes, "Forstørret", DANISH)


def variants() -> str:
    """A count under every variant, with three settings of three options each."""
    at = np.arange(VARIANTS)
    options = np.array(["som aftalt", "regnet som nej", "regnet som ja"])
    choices = {name: pd.Categorical(options[at // 3**n % 3]) for n, name in enumerate(SETTINGS)}
    return specification(pd.Series(at % 12), pd.DataFrame(choices), "Svar, der er ja", DANISH)


def dumbbells() -> str:
    before = np.arange(INDICATORS)
    rows = pd.DataFrame({"before": before, "after": (before + 3) % 17, "n": 17, "told": "3 flere"})
    return change_dumbbells(rows.set_axis(labels(INDICATORS)), ["2014", "2017"], DANISH)


def slopes() -> str:
    """Four rounds."""
    counts = {n: (np.arange(INDICATORS) + 3 * n) % 17 for n in range(4)}
    rows = pd.DataFrame({**counts, "n": 17, "told": "3 flere"}).set_axis(labels(INDICATORS))
    return change_slopes(rows, ["2014", "2017", "2020", "2023"], DANISH)


def values() -> str:
    shares = np.linspace(0, 100, len(units()))
    headings = [group for group, _ in units()]
    rows = pd.DataFrame(
        {"heading": headings, "value": shares, "beside": shares[::-1], "told": "50 %"}
    )
    return value_bars(rows.set_axis([unit for _, unit in units()]), 100, "Kommunen", "Alle")


def strips() -> str:
    shares = np.linspace(0, 100, len(units())).tolist()
    return value_strips(
        [Strip(group, "50 %", shares, 50.0) for group in GROUPS],
        SCALE,
        "En kommune",
        "Den midterste",
    )


def dots() -> str:
    shares = np.linspace(0, 100, INDICATORS * len(GROUPS)).reshape(INDICATORS, -1)
    return value_dots(pd.DataFrame(shares, labels(INDICATORS), list(GROUPS)), SCALE)


def labels(number: int) -> list[str]:
    return [f"{n}.1 Systematisk opfølgning på behandlingen" for n in range(1, number + 1)]


def every_kind() -> dict[str, Callable[[], str]]:
    reference = Project.find(Path(__file__)).reference
    boundaries = read_boundaries(reference / BOUNDARIES, "need.yaml")
    return {
        "count_bars": bars,
        "answer_matrix": matrix,
        "standing_bars": standing,
        "rank_intervals": ranks,
        "estimate_columns": estimates,
        "group_map": area(boundaries),
        "tinted_map": tinted(boundaries),
        "specification": variants,
        "change_dumbbells": dumbbells,
        "change_slopes": slopes,
        "value_bars": values,
        "value_strips": strips,
        "value_dots": dots,
    }


def taken(draw: Callable[[], object]) -> float:
    """Milliseconds of CPU."""
    start = time.process_time()
    draw()
    return 1000 * (time.process_time() - start)


def first(name: str, *, warm: bool) -> float:
    """The same for the first chart of a process of its own."""
    command = [sys.executable, __file__, "--first", name, *(["--warm"] if warm else [])]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--first", metavar="CHART", help="draw only this one, once")
    parser.add_argument("--warm", action="store_true", help="after warm_up; for --first")
    arguments, kinds = parser.parse_args(), every_kind()
    if arguments.first:
        DANISH.number(1234.5, 1)  # what a language reads first is no chart's
        if arguments.warm:
            warm_up()
        print(taken(kinds[arguments.first]))
        return
    print(f"{'chart':18}{'CPU ms':>8}{'largest':>9}{'first':>8}{'warmed':>8}{'KB':>7}")
    for name, draw in kinds.items():
        size = len(draw().encode()) / 1024
        times = [taken(draw) for _ in range(arguments.rounds)]
        firsts = [first(name, warm=warm) for warm in (False, True)]
        print(
            f"{name:18}{statistics.median(times):8.1f}{max(times):9.1f}"
            f"{firsts[0]:8.1f}{firsts[1]:8.1f}{size:7.1f}"
        )


if __name__ == "__main__":
    main()
