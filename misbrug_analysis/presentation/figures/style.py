"""One style for all charts: sizes, colours, looks, and the drawing that a kind of chart fills in.

A chart is drawn 370 px wide, so that its text (13.3 px) is still 12 px high on a phone that leaves
335 px for it; page.css shows it larger where there is room. Colour is never the only carrier:
looks differ by pattern, outline or shape too. Places are px from the upper left corner; whoever
draws need not know how high the picture becomes.

The pieces of one look are one path, and texts are placed by their baseline: that is what makes a
chart cheap to draw, since the time goes with the number of artists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from misbrug_analysis.presentation.figures.lettering import (
    BOLD,
    HALF_CAPITAL,
    LINE,
    PLAIN,
    POINTS,
    shown,
    width,
    wrapped,
)
from misbrug_analysis.presentation.figures.svg import svg_of

Points = npt.NDArray[np.floating[Any]]
"""Points as rows of x and y."""

Anchor = Literal["left", "center", "right"]

ANSWERS = ("yes", "partly", "no", "unanswered", "absent")
"""In the order in which a bar stacks them and a legend lists them."""

WIDTH = 370
INK = "#1a1a1a"
QUIET = "#595959"
RULE = "#8c8c8c"
STRONG = "#12436D"
MIDDLE = "#6d94b8"

_SWATCH = 16
_SIGN = _SWATCH + 6


@dataclass(frozen=True)
class Look:
    """How an area is filled and outlined; ``dashes`` are px of ink and of gap."""

    fill: str
    edge: str | None = None
    hatch: str = ""
    dashes: tuple[float, float] | None = None
    width: float = 1.3


LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "yes": Look(STRONG, STRONG),
        "partly": Look("#d9f0ee", "#1d7a72", "|||"),
        "no": Look("#fde3d4", "#b3430a", "////"),
        "unanswered": Look("#ffffff", QUIET),
        "absent": Look("#ffffff", QUIET, dashes=(4, 2.7)),
        "withheld": Look(RULE, QUIET),
    }
)
"""The answers, in bars and in marks alike, and what is withheld, in marks alone."""

PLATE = Look("#ffffff")
"""What lies under a number on a pattern."""

styled = mpl.rc_context(
    {
        "svg.fonttype": "none",
        "svg.hashsalt": "misbrug_analysis",
        "text.parse_math": False,
        "hatch.linewidth": 0.7,
    }
)
"""Decorates what draws a chart: the settings that matplotlib has no argument for."""


class Drawing:
    """A picture under way. Later pieces lie on top of earlier ones."""

    def __init__(self) -> None:
        self._canvas = Canvas(figsize=(WIDTH * POINTS / 72, 1), dpi=72)
        self._canvas.patch.set_visible(False)
        self._to_points = Affine2D()
        self._pieces = 0

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        anchor: Anchor = "left",
        bold: bool = False,
        colour: str = INK,
        turned: bool = False,
    ) -> None:
        """A line of text, y the middle of its height; ``turned`` reads upwards, x its middle."""
        down, aside = (0.0, HALF_CAPITAL) if turned else (HALF_CAPITAL, 0.0)
        self._add(
            _Line(
                x + aside,
                y + down,
                shown(text),
                color=colour,
                fontproperties=BOLD if bold else PLAIN,
                horizontalalignment=anchor,
                verticalalignment="baseline",
                rotation=90 if turned else 0,
                rotation_mode="anchor",
            ),
        )

    def areas(self, outlines: Sequence[Points], look: Look) -> None:
        """Closed areas of one look; none are fine."""
        if not outlines:
            return
        patch = PathPatch(
            _compound(outlines),
            facecolor=look.fill,
            edgecolor=look.edge or "none",
            hatch=look.hatch or None,
            linewidth=look.width * POINTS if look.edge else 0,
            joinstyle="miter",
        )
        if look.dashes:
            patch.set_linestyle((0, tuple(dash / look.width for dash in look.dashes)))
        self._add(patch)

    def lines(
        self,
        lines: Sequence[Points],
        colour: str = INK,
        width: float = 1,
    ) -> None:
        """Open lines of one colour; none are fine."""
        if not lines:
            return
        patch = PathPatch(
            _compound(lines, closed=False),
            fill=False,
            edgecolor=colour,
            linewidth=width * POINTS,
            capstyle="butt",
        )
        self._add(patch)

    def marks(
        self, places: Points | Sequence[tuple[float, float]], shape: Path, look: Look
    ) -> None:
        """A shape, in px around (0, 0), at every place; none are fine."""
        if len(places):
            self._add(_Marks(np.asarray(places, dtype=float), shape, look))

    def svg(self, height: float) -> str:
        """The picture as SVG text, ``height`` px high."""
        self._canvas.set_size_inches(WIDTH * POINTS / 72, height * POINTS / 72)
        self._to_points.clear().scale(POINTS, -POINTS).translate(0, height * POINTS)
        return svg_of(self._canvas)

    def _add(self, artist: Artist) -> None:
        self._pieces += 1
        artist.set_zorder(self._pieces)
        artist.set_transform(self._to_points)
        self._canvas.add_artist(artist)


class _Line(Text):
    """A line of text at its baseline. It needs no layout, for which matplotlib measures each."""

    def draw(self, renderer: RendererBase) -> None:
        if not self.get_text():
            return
        renderer.open_group("text")
        context = renderer.new_gc()
        context.set_foreground(self.get_color())
        x, y = self.get_transform().transform(self.get_unitless_position())
        _, height = renderer.get_canvas_width_height()
        font, angle = self.get_fontproperties(), self.get_rotation()
        renderer.draw_text(context, x, height - y, self.get_text(), font, angle, mtext=self)
        context.restore()
        renderer.close_group("text")


class _Marks(Artist):
    """One shape at many places: written once, then referred to."""

    def __init__(self, places: Points, shape: Path, look: Look) -> None:
        super().__init__()
        self._places, self._shape, self._look = Path(places), shape, look

    def draw(self, renderer: RendererBase) -> None:
        look, context = self._look, renderer.new_gc()
        context.set_linewidth(look.width * POINTS if look.edge else 0)
        context.set_foreground(look.edge or look.fill)
        context.set_joinstyle("miter")
        if look.dashes:
            context.set_dashes(0, [dash * POINTS for dash in look.dashes])
        scale = Affine2D().scale(POINTS, -POINTS)
        face: Any = to_rgb(look.fill)
        renderer.draw_markers(context, self._shape, scale, self._places, self.get_transform(), face)
        context.restore()


def box(x: float, y: float, width: float, height: float) -> Points:
    """The corners of a rectangle from its upper left one."""
    return np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])


def line(*places: tuple[float, float]) -> Points:
    """A line through places."""
    return np.array(places, dtype=float)


def paragraph(
    drawing: Drawing, x: float, y: float, text: str, limit: float = WIDTH, *, bold: bool = False
) -> float:
    """A text from the line whose middle is y, wrapped; the middle of the line after it."""
    for at in wrapped(text, limit - x, bold=bold):
        drawing.text(x, y, at, bold=bold)
        y += LINE
    return y


Key = tuple[str, Callable[[Drawing, float, float], None]]
"""A label of the legend, and what draws its sign, 16 px wide, from x with its middle at y."""


def legend(drawing: Drawing, keys: Sequence[Key]) -> float:
    """The keys in a row at the top, in more rows where they do not fit; px that they take."""
    x, y = 0.0, LINE / 2
    for label, draw in keys:
        lines = wrapped(label, WIDTH - _SIGN)
        needed = _SIGN + max(map(width, lines))
        if x and x + needed > WIDTH:
            x, y = 0, y + LINE + 2
        draw(drawing, x, y)
        for part in lines[:-1]:
            drawing.text(x + _SIGN, y, part)
            y += LINE
        drawing.text(x + _SIGN, y, lines[-1])
        x += needed + 14
    return y + LINE / 2 + 8


def swatch(look: Look) -> Callable[[Drawing, float, float], None]:
    """The sign of a look: a small area of it."""
    return lambda drawing, x, y: drawing.areas([box(x + 0.7, y - 5.5, _SWATCH - 1.4, 11)], look)


def sign(shape: Path, look: Look) -> Callable[[Drawing, float, float], None]:
    """The sign of a mark."""
    return lambda drawing, x, y: drawing.marks([(x + _SWATCH / 2, y)], shape, look)


def _compound(outlines: Sequence[Points], *, closed: bool = True) -> Path:
    """Several outlines as one path."""
    vertices, codes = [], []
    for outline in outlines:
        kinds = np.full(len(outline) + closed, Path.LINETO, dtype=np.uint8)
        kinds[0] = Path.MOVETO
        if closed:
            kinds[-1] = Path.CLOSEPOLY
            outline = np.vstack([outline, outline[:1]])
        vertices.append(outline)
        codes.append(kinds)
    return Path(np.vstack(vertices), np.concatenate(codes))
