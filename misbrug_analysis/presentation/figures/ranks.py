"""How firm an order is: intervals of ranks."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.path import Path

from misbrug_analysis.presentation.figures.lettering import LINE, wrapped
from misbrug_analysis.presentation.figures.shapes import diamond
from misbrug_analysis.presentation.figures.style import (
    INK,
    MIDDLE,
    QUIET,
    RULE,
    STRONG,
    WIDTH,
    Drawing,
    Key,
    Look,
    box,
    legend,
    line,
    sign,
    styled,
)
from misbrug_analysis.presentation.language import Language

_BAR = 10
_MARGIN = 12
_INNER = Look(MIDDLE, STRONG, width=1)
_RANK = Look("#ffffff", INK, width=1.6)
_MARKED = Look("#b3430a", "#b3430a", width=1)
_DIAMOND = diamond(6.5)


@styled
def rank_intervals(rows: pd.DataFrame, language: Language, source: str | None = None) -> str:
    """Ranks under many weightings, rank 1 at the left: the whole interval, its middle, one rank.

    ``rows`` has labels as index and the columns ``best``, ``worst`` (the whole interval),
    ``inner_best``, ``inner_worst`` (the middle 80 %), ``rank`` (at equal weights; halves where
    ranks are tied) and ``marked`` (whether ``source``, a conclusion, picked it out). Raises
    ValueError when there is nothing to draw, or rows are marked and no source is named.
    """
    if rows.empty:
        raise ValueError("a chart of ranks needs at least one row")
    if rows["marked"].any() and not source:
        raise ValueError("a chart of ranks with marked rows needs the source that marked them")
    last = max(len(rows), int(rows["worst"].max()))
    step = (WIDTH - 2 * _MARGIN) / max(last - 1, 1)
    drawing = Drawing()
    y = legend(drawing, _keys(language, source if rows["marked"].any() else None))
    y = _scale(drawing, y, last, step, language)
    middles = []
    for label, marked in zip(rows.index, rows["marked"], strict=True):
        y = _label(drawing, y + 5, str(label), marked=bool(marked))
        middles.append(y + 8)
        y += 17
    _draw(drawing, rows, _MARGIN - step, step, middles, last)
    return drawing.svg(y + 2)


def _keys(language: Language, source: str | None) -> list[Key]:
    def whole(drawing: Drawing, x: float, y: float) -> None:
        drawing.lines([line((x, y), (x + 16, y))], INK, 1.6)

    def inner(drawing: Drawing, x: float, y: float) -> None:
        drawing.areas([box(x + 0.5, y - _BAR / 2, 15, _BAR)], _INNER)

    keys = {"rank": sign(_DIAMOND, _RANK), "rank_inner": inner, "rank_whole": whole}
    told: list[Key] = [(language.text(f"chart.{name}"), draw) for name, draw in keys.items()]
    if source:
        told.append((language.text("chart.rank_marked", source=source), sign(_STAR, _MARKED)))
    return told


def _scale(drawing: Drawing, y: float, last: int, step: float, language: Language) -> float:
    """The ranks over their places; only some of them where there are many."""
    every = int(np.ceil(22 / step))
    for rank in range(1, last + 1, every):
        x = _MARGIN + (rank - 1) * step
        drawing.text(x, y + LINE / 2, language.number(rank), anchor="center", colour=QUIET)
    return y + LINE


def _label(drawing: Drawing, y: float, label: str, *, marked: bool) -> float:
    """The label of a row, with a star where it is marked; px where it ends."""
    if marked:
        drawing.marks([(7, y + LINE / 2)], _STAR, _MARKED)
    for part in wrapped(label, WIDTH - 18):
        drawing.text(18 if marked else 0, y + LINE / 2, part)
        y += LINE
    return y


def _draw(
    drawing: Drawing,
    rows: pd.DataFrame,
    left: float,
    step: float,
    middles: list[float],
    last: int,
) -> None:
    """All rows at once, ``left`` the place of rank 0."""
    ranks = {
        name: left + rows[name].to_numpy(dtype=float) * step
        for name in ("best", "worst", "inner_best", "inner_worst", "rank")
    }
    ticks = left + step * np.arange(1, last + 1)
    drawing.lines([line((x, y - 3), (x, y + 3)) for y in middles for x in ticks], RULE)
    ends = zip(middles, ranks["best"], ranks["worst"], strict=True)
    drawing.lines(
        [line((best, y), (worst, y)) for y, best, worst in ends if best < worst], INK, 1.6
    )
    ends = zip(middles, ranks["inner_best"], ranks["inner_worst"], strict=True)
    drawing.areas(
        [box(best - 2, y - _BAR / 2, worst - best + 4, _BAR) for y, best, worst in ends], _INNER
    )
    drawing.marks(np.column_stack([ranks["rank"], middles]), _DIAMOND, _RANK)


def _star() -> Path:
    """A star of five points, 6.5 px from its middle."""
    turns = np.arange(11) * np.pi / 5
    radius = np.where(np.arange(11) % 2, 2.7, 6.5)
    return Path(np.column_stack([radius * np.sin(turns), radius * np.cos(turns)]), closed=True)


_STAR = _star()
