"""Charts that a notebook's author draws, with seaborn or matplotlib."""

from __future__ import annotations

from matplotlib.figure import Figure as Canvas

from misbrug_analysis.presentation.figures.style import styled
from misbrug_analysis.presentation.figures.svg import svg_of


@styled
def as_svg(canvas: Canvas) -> str:
    """A figure of matplotlib as SVG text like the charts of the pages: text stays text.

    The same figure gives the same bytes. Give it a width of about 3.9 inches, so that its text
    can be read on a phone.
    """
    return svg_of(canvas)
