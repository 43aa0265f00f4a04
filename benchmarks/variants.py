"""All variants of the rules of a study as large as the nation, one far larger, and two rounds.

`.venv/bin/python -m benchmarks.variants` prints seconds and peak memory, each size in a process of
its own. Answers are invented, the same at every run.
"""

from __future__ import annotations

import argparse
import resource
import time
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
import pandas as pd

from misbrug_analysis.analysis.rounds import Settled
from misbrug_analysis.analysis.sensitivity import Sensitivity, sensitivity
from misbrug_analysis.analysis.trends import compare
from misbrug_analysis.model.instrument import Instrument, Item, Kind, Topic
from misbrug_analysis.model.instrument_file import load_instrument
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.rulings import RULING_COLUMNS
from misbrug_analysis.model.settings import Rules

SEED = 2014
MODEL = "kl12"
SUPPLEMENTARY = 2
"""Questions beside each indicator."""


@dataclass(frozen=True)
class Size:
    units: int
    groups: int
    indicators: int
    topics: int


SIZES = {
    "national": Size(units=98, groups=22, indicators=15, topics=8),
    "large": Size(units=10_000, groups=500, indicators=150, topics=50),
}
ROUNDS = "rounds"
COMPARED = Size(units=2_000, groups=14, indicators=15, topics=8)
"""What is compared with itself a round before, its answers being others."""

LEVELS = ["group", "whole"]


def instrument(size: Size) -> Instrument:
    """An instrument with as many questions, in the words of one that there is."""
    text = {"en": "A question?"}
    topics = [
        Topic(id=f"{topic}", title=text, addressed_to=text) for topic in range(1, size.topics + 1)
    ]
    items = []
    for number in range(size.indicators):
        topic, name = f"{number % size.topics + 1}", f"q.{number}"
        items.append(Item(id=name, topic=topic, kind=Kind.INDICATOR, text=text))
        items += [
            Item(id=f"{name}.{n}", topic=topic, kind=Kind.SUPPLEMENTARY, text=text, serves=[name])
            for n in range(SUPPLEMENTARY)
        ]
    known = load_instrument(Project.find().instruments, MODEL)
    return known.model_copy(update={"topics": topics, "items": items})


def answers(size: Size, asked: Instrument, seed: int = SEED) -> pd.DataFrame:
    """Of ten units one sends nothing, three send three forms; one answer in ten is left out."""
    random = np.random.default_rng(seed)
    sends = np.arange(size.units) % 10
    forms = np.repeat(np.arange(size.units), np.select([sends == 0, sends < 4], [0, 3], 1))
    nth = pd.Series(forms).groupby(forms).cumcount().to_numpy()
    items = np.array([item.id for item in asked.items], dtype=object)
    shape = (len(forms), len(items))
    said = random.choice(["yes", "partly", "no"], size=shape, p=[0.5, 0.2, 0.3])
    form, item = np.nonzero(random.random(shape) < 0.9)
    units = np.array([f"unit-{number}" for number in range(size.units)], dtype=object)
    names = np.array(["joint", "drugs", "youth"], dtype=object)
    table = {
        "study": "invented",
        "unit": units[forms[form]],
        "form": names[nth[form]],
        "respondent": "1",
        "item": items[item],
        "value": said[form, item].astype(object),
    }
    return pd.DataFrame(table).astype("str")


def rulings(size: Size, asked: Instrument) -> pd.DataFrame:
    """One of a hundred units' answers to the first indicator is ruled on."""
    rows = [
        {"unit": f"unit-{unit}", "form": None, "indicator": asked.indicator_ids[0], "answer": "no"}
        for unit in range(1, size.units, 100)
    ]
    return pd.DataFrame(rows, columns=RULING_COLUMNS, dtype="str")


def memory() -> float:
    """The most memory that the process has used, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def grouped(size: Size) -> pd.DataFrame:
    """The units, each in one of the groups and in the whole."""
    number = range(size.units)
    table = {
        "unit": [f"unit-{one}" for one in number],
        "group": [f"group-{one % size.groups}" for one in number],
        "whole": "whole",
    }
    return pd.DataFrame(table, dtype="str")


def measure_rounds() -> str:
    """What it takes to compare two rounds that are settled under all variants."""
    size = COMPARED
    asked, units, ruled = instrument(size), grouped(size), rulings(size, instrument(size))
    rounds = [
        Settled(
            name,
            asked,
            sensitivity(answers(size, asked, seed), units, LEVELS, asked, Rules(), ruled),
            {item: item for item in asked.indicator_ids},
            {unit: unit for unit in units["unit"]},
        )
        for name, seed in (("before", SEED - 1), ("now", SEED))
    ]
    before, began = memory(), time.perf_counter()
    found = compare(rounds, units, LEVELS, asked)
    compared, peak = time.perf_counter() - began, memory()
    return (
        f"{ROUNDS}: {size.units:,} units in two rounds, {len(found.variants)} variants, "
        f"{len(found.changes):,} changes\n"
        f"  compared in {compared:.2f} s, peak {peak:.0f} MB ({before:.0f} MB before)"
    )


def measure(name: str) -> str:
    """What it takes to settle a study of a size under all variants, and to make the scores."""
    if name == ROUNDS:
        return measure_rounds()
    size = SIZES[name]
    asked = instrument(size)
    came_in, ruled = answers(size, asked), rulings(size, asked)
    units = grouped(size)
    before, began = memory(), time.perf_counter()
    found: Sensitivity = sensitivity(came_in, units, LEVELS, asked, Rules(), ruled)
    settled, peak = time.perf_counter() - began, memory()
    began = time.perf_counter()
    for variant in found.variants.index:
        found.scores_under(variant)
    scored = time.perf_counter() - began
    return (
        f"{name}: {len(came_in):,} answers, {len(found.variants)} variants, "
        f"{len(found.ranges):,} counts\n"
        f"  settled and counted in {settled:.2f} s, peak {peak:.0f} MB ({before:.0f} MB before)\n"
        f"  scores of each variant in {scored:.2f} s more, peak {memory():.0f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    names = [*SIZES, ROUNDS]
    parser.add_argument("sizes", nargs="*", default=names, help=", ".join(names))
    for name in parser.parse_args().sizes:
        with get_context("spawn").Pool(1) as pool:
            print(pool.apply(measure, (name,)), flush=True)


if __name__ == "__main__":
    main()
