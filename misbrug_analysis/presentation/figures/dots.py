"""Several values a row on one scale, each with a shape of its own, and how far they are apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.path import Path

from misbrug_analysis.presentation.figures.lettering import LINE, width, wrapped
from misbrug_analysis.presentation.figures.shapes import diamond, disc, square
from misbrug_analysis.presentation.figures.style import (
    INK,
    MIDDLE,
    QUIET,
    RULE,
    STRONG,
    WIDTH,
    Drawing,
    Look,
    legend,
    line,
    sign,
    styled,
)

_MARGIN = 8
_BAND = 18
_TRIANGLE = Path([(0, -6.5), (6, 5), (-6, 5), (0, -6.5)], closed=True)

SIGNS: tuple[tuple[Path, Look], ...] = (
    (disc(5.5), Look(STRONG, STRONG, width=1)),
    (diamond(7), Look("#ffffff", INK, width=1.6)),
    (square(5), Look("#fde3d4", "#b3430a", width=1.4)),
    (_TRIANGLE, Look("#d9f0ee", "#1d7a72", width=1.4)),
)
"""What values are drawn as, the first of a row first."""


@styled
def value_dots(rows: pd.DataFrame, scale: Sequence[tuple[float, str]]) -> str:
    """A row of values under its label, a sign a column, joined from the least to the most.

    ``rows`` has labels as index and a column for each of at most four things that are compared, its
    name as it stands in the legend; missing values are left out. ``scale`` are the marked places
    with their labels, the least and the most at its ends. Raises ValueError when there is nothing
    to draw, or too many things are compared.
    """
    if rows.empty or not 0 < len(rows.columns) <= len(SIGNS) or len(scale) < 2:
        raise ValueError("a chart of dots needs rows, a scale, and one to four columns")
    drawing = Drawing()
    keys = [(str(name), sign(*drawn)) for name, drawn in zip(rows.columns, SIGNS, strict=False)]
    y = legend(drawing, keys)
    least, most = scale[0][0], scale[-1][0]
    per = (WIDTH - 2 * _MARGIN) / (most - least)
    y = _scale(drawing, y, scale, per)
    rules, spans = [], []
    places: list[list[tuple[float, float]]] = [[] for _ in rows.columns]
    for label, values in zip(rows.index, rows.to_numpy(dtype=float), strict=True):
        for part in wrapped(str(label), WIDTH):
            drawing.text(0, y + LINE / 2 + 3, part)
            y += LINE
        middle = y + _BAND / 2 + 3
        across = _MARGIN + (values - least) * per
        known = across[~np.isnan(across)]
        rules.append(line((_MARGIN, middle), (WIDTH - _MARGIN, middle)))
        if len(known) > 1:
            spans.append(line((known.min(), middle), (known.max(), middle)))
        for of, x in zip(places, across, strict=True):
            if not np.isnan(x):
                of.append((float(x), middle))
        y += _BAND + 6
    drawing.lines(rules, RULE, 0.7)
    drawing.lines(spans, MIDDLE, 4)
    for of, (shape, look) in zip(places, SIGNS, strict=False):
        drawing.marks(of, shape, look)
    return drawing.svg(y + 2)


def _scale(drawing: Drawing, y: float, scale: Sequence[tuple[float, str]], per: float) -> float:
    for place, label in scale:
        x = _MARGIN + (place - scale[0][0]) * per
        at = min(max(x, width(label) / 2), WIDTH - width(label) / 2)
        drawing.text(at, y + LINE / 2, label, anchor="center", colour=QUIET)
    return y + LINE
