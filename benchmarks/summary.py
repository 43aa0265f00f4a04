"""A result in words and tables, as Markdown: what it prints, and what stands in the READMEs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill

import numpy as np

from benchmarks.results import Result, Size
from benchmarks.ways import SCORES

COMMAND, FLOOR, FLOOR_ONCE = "misbrug", "floor", "floor-once"
COMPARED = (COMMAND, FLOOR, FLOOR_ONCE)
"""The ways that others are compared with."""

NAMES = {
    COMMAND: "`misbrug run`",
    "ordinary": "`misbrug run` with ordinary kernels",
    "loop": "shell loop: `papermill`, `jupyter nbconvert`",
    "process": "one Python process: papermill, nbconvert",
    "snakemake": "Snakemake: both commands as rules",
    "rmarkdown": "R Markdown: as many charts and tables",
    FLOOR: "floor",
    FLOOR_ONCE: "floor, loading once",
}
FEWEST = 3
"""Sizes of which a line can be told."""


@dataclass(frozen=True)
class Line:
    """A straight line by least squares, and how well it goes through the points.

    ``distance`` is the largest one of a point from the line, as a part of the line's height there.
    """

    start: float
    slope: float
    r_squared: float
    distance: float


def line_through(x: Sequence[float], y: Sequence[float]) -> Line:
    """The line through points, of which there are at least three at different places."""
    across, up = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    slope, start = np.polyfit(across, up, 1)
    fitted = start + slope * across
    left = float(((up - fitted) ** 2).sum() / ((up - up.mean()) ** 2).sum())
    return Line(float(start), float(slope), 1 - left, float(np.abs(up / fitted - 1).max()))


def grown(result: Result) -> list[tuple[str, Size]]:
    """The studies beside the one asked for that were run, and their floor; the smallest first."""
    both = {COMMAND, FLOOR}
    others = [one for one in result.sizes.items() if one[0] != result.study]
    found = [one for one in others if both <= set(result.ways(one[0]))]
    return sorted(found, key=lambda one: one[1].clusters)


def scored(result: Result) -> list[tuple[str, Size]]:
    """The studies of which only the way to scores was measured."""
    return [one for one in result.sizes.items() if SCORES in result.ways(one[0])]


def growth_lines(result: Result) -> dict[str, Line]:
    """The lines of the command and of the floor over clusters; none where sizes are too few."""
    sizes = grown(result)
    if len(sizes) < FEWEST:
        return {}
    clusters = [size.clusters for _, size in sizes]
    return {
        way: line_through(clusters, [result.seconds(study, way) for study, _ in sizes])
        for way in (COMMAND, FLOOR)
    }


def ways_table(result: Result) -> list[str]:
    """A row for every way: medians, and medians of the ratios within rounds; fastest first."""
    study = result.study
    ways = sorted(result.ways(study), key=lambda way: result.seconds(study, way))
    compared = [way for way in COMPARED if way in ways]
    heads = ["way", "seconds", *(f"÷ {NAMES[way]}" for way in compared)]
    lines = head([*heads, "processor seconds", "peak memory, MB"])
    for way in ways:
        each = result.each(study, way)
        ratios = [f"{result.ratio(study, way, to):.2f}" for to in compared]
        processor = float(np.median([one.processor for one in each]))
        memory = max(one.memory for one in each)
        told = [f"{processor:.1f}", _mb(memory)]
        lines.append(row([NAMES[way], f"{result.seconds(study, way):.1f}", *ratios, *told]))
    return lines


def growth_table(result: Result) -> list[str]:
    """A row for every size."""
    lines = head(["clusters", "places", "reports", "seconds", "floor", "÷ floor"])
    for study, size in grown(result):
        counted = [f"{number:,}" for number in (size.clusters, size.units, size.pages)]
        seconds = [f"{result.seconds(study, way):.1f}" for way in (COMMAND, FLOOR)]
        ratio = f"{result.ratio(study, COMMAND, FLOOR):.2f}"
        lines.append(row([*counted, *seconds, ratio]))
    return lines


def scores_table(result: Result) -> list[str]:
    """A row for every study that was only settled, in a process of its own."""
    lines = head(["study", "clusters", "places", "seconds to scores", "peak memory, MB"])
    for study, size in scored(result):
        memory = max(one.memory for one in result.each(study, SCORES))
        counted = [f"{size.clusters:,}", f"{size.units:,}"]
        lines.append(
            row([f"`{study}`", *counted, f"{result.seconds(study, SCORES):.1f}", _mb(memory)])
        )
    return lines


def measured_what(result: Result) -> str:
    """Which study, how large it is, and that from its forms all was made."""
    size = result.sizes[result.study]
    counts = [counted(size.units, "place"), counted(size.clusters, "cluster")]
    languages = ", ".join(result.languages)
    less = " (R Markdown: from the scores)" if "rmarkdown" in result.ways(result.study) else ""
    return (
        f"`{result.study}` (answers **{result.provenance}**): {' in '.join(counts)}, "
        f"{counted(size.pages, 'report')} ({languages}), each way from the raw forms{less} to the "
        f"pages. Medians of {counted(len(result.rounds), 'round')}, ratios within rounds, the "
        "largest memory."
    )


def floors_told(result: Result) -> str:
    """What the floors are, as far as they were measured."""
    ways = result.ways(result.study)
    told = [
        "The floor is the same work in one process that keeps all processors busy: everything is "
        "imported once, the answers are settled once, and no kernel is started."
    ]
    if FLOOR_ONCE in ways:
        told.append(
            "In it every report loads the study, as its notebook says; in the stricter one, as in "
            "a run, the study is loaded once."
        )
    return " ".join(told) if FLOOR in ways else ""


def growth_told(result: Result) -> str:
    """What the lines through the sizes say."""
    sizes, lines = grown(result), growth_lines(result)
    if not lines:
        return ""
    run, least = lines[COMMAND], lines[FLOOR]
    few, many = sizes[0][1].clusters, sizes[-1][1].clusters
    return (
        f"From {few} to {many} clusters a run takes {run.start:.1f} s and {run.slope:.2f} s for "
        "every cluster, by the straight line through the medians; R² is "
        f"{run.r_squared:.4f}, and no size lies further than {run.distance:.1%} from the line. "
        f"The floor is {least.start:.1f} s and "
        f"{least.slope:.2f} s for every cluster (R² {least.r_squared:.4f}; {least.distance:.1%}). "
        "These studies leave out the report on need: beyond 22 clusters places are invented, too."
    )


def measured_how(result: Result) -> str:
    """When, on what and with what."""
    machine = result.machine
    versions = ", ".join(f"{name} {number}" for name, number in result.versions.items())
    return (
        f"Measured {result.began[:10]} with {machine['processors']} processors "
        f"({machine['processor']}, {machine['memory_gb']} GB, {machine['system']}; load "
        f"{machine['load_before']} before); {versions}."
    )


def summary(result: Result) -> list[str]:
    """All that there is to say of a result, as paragraphs of Markdown without a picture."""
    tables = {
        measured_what(result): ways_table(result),
        floors_told(result): growth_table(result) if len(grown(result)) > 1 else [],
        growth_told(result): scores_table(result) if scored(result) else [],
        measured_how(result): [],
    }
    parts = [part for told, table in tables.items() for part in (wrapped(told), "\n".join(table))]
    return [part for part in parts if part]


def counted(number: int, noun: str) -> str:
    """So many of what has an s in the plural."""
    return f"{number} {noun}{'s' * (number != 1)}"


def wrapped(text: str) -> str:
    """A paragraph in lines of the width of our texts."""
    return fill(text, 110, break_long_words=False, break_on_hyphens=False)


def _mb(memory: float) -> str:
    return f"{memory:,.0f}" if memory else "not told here"


def head(cells: Sequence[str]) -> list[str]:
    """The first two lines of a table; all but the first column are numbers."""
    return [row(cells), row(["---", *("--:" for _ in cells[1:])])]


def row(cells: Sequence[str]) -> str:
    """A line of a table."""
    return f"| {' | '.join(cells)} |"
