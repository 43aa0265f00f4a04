"""Charts as SVG texts: few kinds, one style, the same bytes from run to run.

A chart is drawn 420 px wide, so that its text is readable on a phone, and shown larger where there
is room. Colour is never the only carrier: answers differ by pattern and outline too, and every
segment has its number.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch

from misbrug_analysis.presentation.language import Language

ANSWERS = ("yes", "partly", "no", "unanswered", "absent")
"""In the order in which a bar stacks them."""

INK = "#1a1a1a"

_STYLE: dict[str, dict[str, Any]] = {
    "yes": {"facecolor": "#12436D", "edgecolor": "#12436D"},
    "partly": {"facecolor": "#d9f0ee", "edgecolor": "#1d7a72", "hatch": "|||"},
    "no": {"facecolor": "#fde3d4", "edgecolor": "#b3430a", "hatch": "////"},
    "unanswered": {"facecolor": "#ffffff", "edgecolor": "#595959"},
    "absent": {"facecolor": "#ffffff", "edgecolor": "#595959", "linestyle": (0, (3, 2))},
}

_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "misbrug_analysis",
    "text.parse_math": False,
    "font.family": ["DejaVu Sans"],
    "font.size": 10,
    "hatch.linewidth": 0.7,
}

_FONTS = "Arial,'Liberation Sans',Helvetica,'DejaVu Sans',sans-serif"

_SPARE = [
    (re.compile(r"^.*?(?=<svg)|\s*<metadata>.*?</metadata>", re.S), ""),
    (re.compile(r" font-family: [^;\"]*;?"), ""),
    (re.compile(r"(?<=<style type=\"text/css\">)"), f"text{{font-family:{_FONTS}}}"),
    (
        re.compile(r" (?:transform=\"rotate\(-0|clip-path=\"|id=\"[a-z]+_\d)[^\"<>]*\"(?=[^<>]*>)"),
        "",
    ),
    (re.compile(r"\s*\n\s*"), "\n"),
    (re.compile(r"(\d\.\d\d)\d+(?=[^<>]*>)"), r"\1"),
]
"""What the SVG backend of matplotlib writes and a picture of ours can do without; the last three
look ahead to the end of the tag, so that they leave texts alone."""

_POINTS = 72
_WIDTH = 420 * 0.75 / _POINTS
_ROW = 0.285
_HEAD = 0.30
_LEGEND = 0.34
_LABELS = 0.27


@dataclass(frozen=True)
class Panel:
    """Bars under one heading: ``counts`` has a row a bar (its index the label) and a column an
    answer, numbers of units."""

    heading: str
    counts: pd.DataFrame


def count_bars(panels: Sequence[Panel], language: Language) -> str:
    """Stacked bars of counts, each as long as all who were asked; the numbers stand in the bars.

    Raises ValueError when there is nothing to draw.
    """
    if not panels or all(panel.counts.empty for panel in panels):
        raise ValueError("a chart of counts needs at least one bar")
    rows, headings, height = _layout(panels)
    used = [answer for answer in ANSWERS if (rows[answer] > 0).any()]
    with mpl.rc_context(_SETTINGS):
        canvas = Canvas(figsize=(_WIDTH, height + _LEGEND))
        share = height / (height + _LEGEND)
        axes = canvas.add_axes((_LABELS, 0, 1 - _LABELS - 0.01, share))
        _draw_bars(axes, rows, used)
        axes.set(xlim=(0, 1), ylim=(height / _ROW, 0))
        axes.axis("off")
        _write(axes, rows, headings)
        _legend(canvas, used, language)
        return _svg(canvas)


def _layout(panels: Sequence[Panel]) -> tuple[pd.DataFrame, list[tuple[float, str]], float]:
    """Every bar with its place from the top (in rows), the headings' places, inches of height."""
    place = 0.0
    headings, tables = [], []
    for panel in panels:
        headings.append((place + 0.62 * _HEAD / _ROW, panel.heading))
        place += _HEAD / _ROW
        counts = panel.counts.reindex(columns=list(ANSWERS), fill_value=0)
        tables.append(counts.assign(label=counts.index, place=place + 0.5 + np.arange(len(counts))))
        place += len(counts) + 0.25
    return pd.concat(tables, ignore_index=True), headings, place * _ROW


def _draw_bars(axes: Axes, rows: pd.DataFrame, used: list[str]) -> None:
    counts = rows[list(ANSWERS)]
    shares = counts.div(counts.sum(axis=1).where(lambda total: total > 0, 1), axis=0)
    tidy = shares.assign(place=rows["place"]).melt(
        "place", value_vars=used, var_name="answer", value_name="share"
    )
    # histplot stacks the first level of hue on top, that is farthest from the axis.
    sns.histplot(
        tidy,
        y="place",
        weights="share",
        hue="answer",
        hue_order=used[::-1],
        multiple="stack",
        bins=_edges(rows["place"]),
        shrink=0.78,
        legend=False,
        ax=axes,
    )
    for answer, bars in zip(used, axes.containers, strict=True):
        for bar in bars:
            bar.set(alpha=1, linewidth=1, **_STYLE[answer])
            if bar.get_width() == 0:
                bar.set_visible(False)


def _edges(places: pd.Series) -> list[float]:
    """Bin edges that give every bar a bin of its own height, and the gaps bins of theirs."""
    edges = sorted({round(float(place) + half, 6) for place in places for half in (-0.5, 0.5)})
    return edges


def _write(axes: Axes, rows: pd.DataFrame, headings: list[tuple[float, str]]) -> None:
    left = -_LABELS / (1 - _LABELS - 0.01)
    for place, heading in headings:
        axes.text(left, place, heading, weight="bold", va="center", color=INK, clip_on=False)
    for label, place in zip(rows["label"], rows["place"], strict=True):
        axes.text(left, place, label, va="center", color=INK, clip_on=False)
    counts = rows[list(ANSWERS)]
    totals = counts.sum(axis=1).where(lambda total: total > 0, 1)
    ends = counts.div(totals, axis=0).cumsum(axis=1)
    middles = ends - counts.div(totals, axis=0) / 2
    for answer in ANSWERS:
        for place, middle, count in zip(
            rows["place"], middles[answer], counts[answer], strict=True
        ):
            if count:
                _number(axes, middle, place, int(count), on_dark=answer == "yes")


def _number(axes: Axes, x: float, y: float, count: int, *, on_dark: bool) -> None:
    plate = None if on_dark else {"boxstyle": "round,pad=0.12", "fc": "white", "ec": "none"}
    colour = "white" if on_dark else INK
    axes.text(x, y, str(count), ha="center", va="center", color=colour, bbox=plate)


def _legend(canvas: Canvas, used: list[str], language: Language) -> None:
    handles = [
        Patch(label=language.text(f"answer.label.{answer}"), linewidth=1, **_STYLE[answer])
        for answer in used
    ]
    canvas.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0, 1),
        ncols=len(handles),
        frameon=False,
        borderpad=0.1,
        borderaxespad=0,
        handlelength=1.2,
        handleheight=0.9,
        columnspacing=1.1,
        handletextpad=0.45,
        labelcolor=INK,
    )


def _svg(canvas: Canvas) -> str:
    stream = io.StringIO()
    canvas.savefig(stream, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return _compact(stream.getvalue())


def _compact(svg: str) -> str:
    """The same picture in fewer bytes: one font for all texts, no prolog, metadata or clipping."""
    for pattern, replacement in _SPARE:
        svg = pattern.sub(replacement, svg)
    return svg
