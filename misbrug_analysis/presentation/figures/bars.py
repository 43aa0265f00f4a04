"""Stacked bars of counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from misbrug_analysis.presentation.figures.lettering import LINE, width, wrapped
from misbrug_analysis.presentation.figures.style import (
    ANSWERS,
    INK,
    LOOKS,
    PLATE,
    WIDTH,
    Drawing,
    Points,
    box,
    legend,
    paragraph,
    styled,
    swatch,
)
from misbrug_analysis.presentation.language import Language

_ROW = 27
_BAR = 21
_LABELS = 113
_LONGEST_LABEL = 165


@dataclass(frozen=True)
class Panel:
    """Bars under one heading: ``counts`` has a row a bar (its index the label) and a column an
    answer, numbers of units."""

    heading: str
    counts: pd.DataFrame


@dataclass
class _Segments:
    """The pieces of all bars by answer, and their numbers where they have room."""

    boxes: dict[str, list[Points]] = field(default_factory=lambda: defaultdict(list))
    numbers: list[tuple[float, float, str, str]] = field(default_factory=list)


@styled
def count_bars(panels: Sequence[Panel], language: Language) -> str:
    """Stacked bars of counts, each as long as all who were asked, with the numbers in the bars.

    A number that is wider than its piece of the bar is left out. Raises ValueError when there is
    nothing to draw.
    """
    if not panels or all(panel.counts.empty for panel in panels):
        raise ValueError("a chart of counts needs at least one bar")
    tables = [panel.counts.reindex(columns=list(ANSWERS), fill_value=0) for panel in panels]
    used = [answer for answer in ANSWERS if any((table[answer] > 0).any() for table in tables)]
    drawing, segments = Drawing(), _Segments()
    y = legend(
        drawing,
        [(language.text(f"answer.label.{answer}"), swatch(LOOKS[answer])) for answer in used],
    )
    left = _left(tables)
    for panel, table in zip(panels, tables, strict=True):
        y = paragraph(drawing, 0, y + LINE / 2, panel.heading, bold=True) - LINE / 2 + 3
        for label, counts in zip(table.index, table.to_numpy(), strict=True):
            _label(drawing, y + _ROW / 2, str(label), left)
            _add_bar(
                segments, left, y + _ROW / 2, dict(zip(ANSWERS, counts, strict=True)), language
            )
            y += _ROW
        y += 7
    _draw(drawing, segments)
    return drawing.svg(y)


def _left(tables: Sequence[pd.DataFrame]) -> float:
    """Where the bars begin: the same in most charts, further in where labels are long."""
    widest = max(width(str(label)) for table in tables for label in table.index)
    return min(max(_LABELS, widest + 10), _LONGEST_LABEL)


def _label(drawing: Drawing, y: float, label: str, left: float) -> None:
    lines = wrapped(label, left - 10)
    y -= (len(lines) - 1) * _ROW / 4
    for part in lines:
        drawing.text(0, y, part)
        y += _ROW / 2


def _add_bar(
    segments: _Segments, left: float, y: float, counts: dict[str, int], language: Language
) -> None:
    total = sum(counts.values())
    x = left
    for answer, count in counts.items():
        if count:
            long = (WIDTH - 1 - left) * count / total
            segments.boxes[answer].append(box(x, y - _BAR / 2, long, _BAR))
            number = language.number(count)
            if width(number) <= long:
                segments.numbers.append((x + long / 2, y, number, answer))
            x += long


def _draw(drawing: Drawing, segments: _Segments) -> None:
    for answer, boxes in segments.boxes.items():
        drawing.areas(boxes, LOOKS[answer])
    plates = [
        box(x - width(number) / 2 - 2, y - 7.5, width(number) + 4, 15)
        for x, y, number, answer in segments.numbers
        if LOOKS[answer].hatch
    ]
    drawing.areas(plates, PLATE)
    for x, y, number, answer in segments.numbers:
        colour = "#ffffff" if answer == "yes" else INK
        drawing.text(x, y, number, anchor="center", colour=colour)
