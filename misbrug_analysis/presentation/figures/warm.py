"""What the first chart of a process waits for, done beforehand."""

from __future__ import annotations

from misbrug_analysis.presentation.figures.lettering import width
from misbrug_analysis.presentation.figures.shapes import disc
from misbrug_analysis.presentation.figures.style import LOOKS, Drawing, box, line, styled


@styled
def warm_up() -> None:
    """Draw a small thing of what all kinds of charts share, and throw it away.

    matplotlib finds fonts, measures letters and loads what writes SVG when it first needs them. A
    process that others are forked from does that once for all of them.
    """
    drawing = Drawing()
    for bold in (False, True):
        drawing.text(0, 10, "Aa", bold=bold)
        width("Aa", bold=bold)
    for look in LOOKS.values():
        drawing.areas([box(0, 0, 10, 10)], look)
        drawing.marks([(5, 5)], disc(3), look)
    drawing.lines([line((0, 0), (10, 10))])
    drawing.svg(20)
