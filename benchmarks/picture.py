"""A picture of a result: how long the ways take, and how a run grows with the clusters."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.results import Result
from benchmarks.summary import COMMAND, FLOOR, FLOOR_ONCE, NAMES, grown, growth_lines
from misbrug_analysis.presentation.figures import as_svg
from misbrug_analysis.presentation.figures.style import INK, MIDDLE, QUIET, RULE, STRONG

COLOURS = {COMMAND: STRONG, FLOOR: QUIET, FLOOR_ONCE: RULE}
"""Of bars and lines; the other ways have one colour."""

MARKS = {COMMAND: "o", FLOOR: "s"}


def picture(result: Result) -> str:
    """SVG text: bars of the ways, and beside them points and lines over clusters, if measured."""
    lines = growth_lines(result)
    figure = Figure(figsize=(10 if lines else 6, 3.6), layout="constrained")
    axes = figure.subplots(1, 2 if lines else 1, squeeze=False)[0]
    title = f"{result.study}, {result.began[:10]}: answers {result.provenance}"
    figure.suptitle(title, x=0.01, horizontalalignment="left", color=INK, fontsize=10)
    _ways(axes[0], result)
    if lines:
        _growth(axes[1], result)
    return as_svg(figure)


def alternative(result: Result) -> str:
    """What the picture shows, for those who do not see it."""
    study = result.study
    ways = sorted(result.ways(study), key=lambda way: result.seconds(study, way))
    told = "; ".join(f"{_plain(way)} {result.seconds(study, way):.1f}" for way in ways)
    text = f"Seconds of each way: {told}."
    if growth_lines(result):
        sizes = ", ".join(
            f"{size.clusters} clusters {result.seconds(name, COMMAND):.1f}"
            for name, size in grown(result)
        )
        text += f" Seconds of a run by size: {sizes}."
    return text


def _ways(axes: Axes, result: Result) -> None:
    study = result.study
    ways = sorted(result.ways(study), key=lambda way: -result.seconds(study, way))
    seconds = [result.seconds(study, way) for way in ways]
    names = [_plain(way) for way in ways]
    bars = axes.barh(names, seconds, color=[COLOURS.get(way, MIDDLE) for way in ways])
    axes.bar_label(bars, [f"{one:.1f}" for one in seconds], padding=3, color=INK, fontsize=10)
    axes.margins(x=0.12)
    _plainly(axes, "Seconds, medians")
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)


def _growth(axes: Axes, result: Result) -> None:
    sizes = grown(result)
    clusters = np.array([size.clusters for _, size in sizes])
    for way, line in growth_lines(result).items():
        for nth, (name, size) in enumerate(sizes):
            each = [one.seconds for one in result.each(name, way)]
            label = "" if nth else _plain(way)
            axes.plot(
                [size.clusters] * len(each),
                each,
                MARKS[way],
                color=COLOURS[way],
                markersize=4,
                label=label,
            )
        axes.plot(clusters, line.start + line.slope * clusters, color=COLOURS[way], linewidth=1)
    axes.set_ylim(bottom=0)
    axes.set_xlim(left=0)
    axes.set_xticks(clusters)
    axes.set_xlabel("clusters", color=INK, fontsize=10)
    axes.legend(frameon=False, fontsize=10, labelcolor=INK)
    _plainly(axes, "Seconds of every round, by clusters")


def _plainly(axes: Axes, title: str) -> None:
    axes.set_title(title, loc="left", color=INK, fontsize=10, fontweight="bold")
    axes.tick_params(labelsize=10, labelcolor=INK, color=RULE, length=3)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(RULE)


def _plain(way: str) -> str:
    return NAMES[way].replace("`", "").partition(":")[0]
