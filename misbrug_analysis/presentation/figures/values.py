"""Values on a scale that begins at nothing: a bar a row, and beside it what it is compared with."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.presentation.figures.lettering import LINE, width, wrapped
from misbrug_analysis.presentation.figures.shapes import diamond
from misbrug_analysis.presentation.figures.style import (
    INK,
    RULE,
    STRONG,
    WIDTH,
    Drawing,
    Look,
    box,
    legend,
    line,
    paragraph,
    sign,
    styled,
    swatch,
)

_BAR = 11
_ROW = 21
_LINE_OF_LABEL = 15
_LONGEST_LABEL = 165
_VALUE = Look(STRONG, STRONG)
_BESIDE = Look("#ffffff", INK, width=1.6)
_DIAMOND = diamond(6)


@styled
def value_bars(rows: pd.DataFrame, most: float, value: str, beside: str = "") -> str:
    """Rows with a bar each, as long as its value, and a diamond where the value beside it lies.

    ``rows`` has labels as index and the columns ``heading`` (shown where it changes; empty for
    none), ``value``, ``beside`` (both from 0 to ``most``, missing for none) and ``told`` (what
    stands at the right end). ``value`` and ``beside`` are their names in the legend, which is left
    out where nothing is compared. Raises ValueError when there is nothing to draw.
    """
    if rows.empty or most <= 0:
        raise ValueError("a chart of values needs at least one row and a scale")
    drawing = Drawing()
    keys = [(value, swatch(_VALUE)), (beside, sign(_DIAMOND, _BESIDE))]
    y = legend(drawing, keys) if beside else 4.0
    labels = [str(label) for label in rows.index]
    left = min(max(map(width, labels)) + 11, _LONGEST_LABEL)
    scale = (WIDTH - left - max(width(str(told)) for told in rows["told"]) - 10) / most
    heading, bars, rests, marks = "", [], [], []
    for label, row in zip(labels, rows.to_dict("records"), strict=True):
        if row["heading"] != heading:
            heading = str(row["heading"])
            y = paragraph(drawing, 0, y + LINE / 2 + 6, heading, bold=True) - LINE / 2 + 2
        lines = wrapped(label, left - 10)
        high = max(_ROW, len(lines) * _LINE_OF_LABEL + 6)
        middle = y + high / 2
        for at, part in enumerate(lines):
            drawing.text(0, middle + (at - (len(lines) - 1) / 2) * _LINE_OF_LABEL, part)
        drawing.text(WIDTH, middle, str(row["told"]), anchor="right")
        rests.append(line((left, middle), (left + most * scale, middle)))
        if row["value"] > 0:
            bars.append(box(left, middle - _BAR / 2, row["value"] * scale, _BAR))
        if beside and not pd.isna(row["beside"]):
            marks.append((left + row["beside"] * scale, middle))
        y += high
    drawing.lines(rests, RULE)
    drawing.areas(bars, _VALUE)
    drawing.marks(marks, _DIAMOND, _BESIDE)
    return drawing.svg(y + 2)
