"""Where all stand: every indicator with the fewest and the most that can say yes."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.presentation.figures.lettering import LINE, width, wrapped
from misbrug_analysis.presentation.figures.style import (
    LOOKS,
    RULE,
    STRONG,
    WIDTH,
    Drawing,
    Look,
    Points,
    box,
    legend,
    line,
    paragraph,
    styled,
    swatch,
)
from misbrug_analysis.presentation.language import Language

_BAR = 11
_SURE = Look(STRONG, STRONG)
_PARTLY = LOOKS["partly"]
_POSSIBLE = Look("#ffffff", STRONG, dashes=(4, 2.7))


@styled
def standing_bars(rows: pd.DataFrame, total: int, language: Language) -> str:
    """Indicators with their bounds: a solid bar to the fewest, dashed to the most that say yes.

    Between them are those that say partly, where that is kept. ``rows`` has the indicators' labels
    as index and the columns ``heading`` (shown where it changes), ``low``, ``high`` and, where any
    do, ``partly`` (numbers of units); ``total`` were asked, and are the whole width. Raises
    ValueError when there is nothing to draw, or nobody was asked.
    """
    if rows.empty or total <= 0:
        raise ValueError("a chart of where all stand needs at least one indicator and one unit")
    drawing = Drawing()
    rows = rows.assign(partly=rows.get("partly", 0))
    keys = [(language.text("chart.says_yes"), swatch(_SURE))]
    if rows["partly"].any():
        keys.append((language.text("chart.says_partly"), swatch(_PARTLY)))
    if (rows["low"] < rows["high"]).any():
        keys.append((language.text("chart.could_say_yes"), swatch(_POSSIBLE)))
    y = legend(drawing, keys)
    heading, per_unit = None, (WIDTH - 1.5) / total
    solid: list[Points] = []
    hatched: list[Points] = []
    dashed: list[Points] = []
    ends = []
    for label, row in zip(rows.index, rows.to_dict("records"), strict=True):
        if row["heading"] != heading:
            heading = row["heading"]
            y = paragraph(drawing, 0, y + LINE / 2 + 8, str(heading), bold=True) - LINE / 2
        low, high, partly = int(row["low"]), int(row["high"]), int(row["partly"])
        number = _number(low, high, total, partly, language)
        y = _line_above(drawing, y + 3, str(label), number) + 1
        pieces = ((low, solid), (partly, hatched), (high - low, dashed))
        x = 0.7
        for units, boxes in pieces:
            if units:
                boxes.append(box(x, y, units * per_unit, _BAR))
                x += units * per_unit
        ends.append(line((x, y + _BAR / 2), (WIDTH, y + _BAR / 2)))
        y += _BAR + 4
    drawing.lines(ends, RULE)
    drawing.areas(dashed, _POSSIBLE)
    drawing.areas(hatched, _PARTLY)
    drawing.areas(solid, _SURE)
    return drawing.svg(y + 2)


def _number(low: int, high: int, total: int, partly: int, language: Language) -> str:
    """``12 af 17``, or ``12–14 af 17``; with those that say partly in brackets."""
    span = language.span(language.number(low), language.number(high))
    number = language.text("table.of", n=span, total=language.number(total))
    if not partly:
        return number
    return language.text("table.with_partly", count=number, partly=language.number(partly))


def _line_above(drawing: Drawing, y: float, label: str, number: str) -> float:
    """The label, and the number at the right end of its last line; px where they end."""
    for part in wrapped(label, WIDTH - width(number) - 10):
        drawing.text(0, y + LINE / 2, part)
        y += LINE
    drawing.text(WIDTH, y - LINE / 2, number, anchor="right")
    return y
