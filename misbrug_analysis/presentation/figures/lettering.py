"""The texts of a chart: one font, one size, and how wide a text is in it."""

from __future__ import annotations

import re
import warnings
from functools import cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from misbrug_analysis.model.printable import printable
from misbrug_analysis.presentation.passages import unmarked

LINE = 17
"""From one line of text to the next, in px."""

HALF_CAPITAL = 4.7
"""Half the height of a capital letter: how far a baseline stands below the middle of its line."""

POINTS = 0.75
"""Points in a px."""

_SIZE = 10
_FAMILY = ["DejaVu Sans"]
# matplotlib measures in a font of its own; those that readers have are narrower by an eighth.
_NARROWER = 0.9
_ROUNDING = 1e-6
_BREAKS = re.compile(r"[\t-\r\x85\u2028\u2029]+")

PLAIN = FontProperties(family=_FAMILY, size=_SIZE)
BOLD = FontProperties(family=_FAMILY, size=_SIZE, weight="bold")


@cache
def shown(text: str) -> str:
    """The text on one line, without characters that a picture cannot hold."""
    return printable(_BREAKS.sub(" ", unmarked(text)))


@cache
def width(text: str, *, bold: bool = False) -> float:
    """How wide a text is, in px, a little on the safe side: its words and the spaces between."""
    words = shown(text).split(" ")
    return sum(_measured(word, bold) for word in words) + (len(words) - 1) * _measured(" ", bold)


@cache
def _measured(word: str, bold: bool) -> float:
    """How wide a word or a space is; matplotlib takes its time for each letter, so only once."""
    if not word:
        return 0
    with warnings.catch_warnings():
        # What matplotlib's font lacks, a reader's may have.
        warnings.filterwarnings("ignore", "Glyph .* missing")
        across, _, _ = text_to_path.get_text_width_height_descent(
            word, BOLD if bold else PLAIN, ismath=False
        )
    return float(across) / POINTS * _NARROWER


def wrapped(text: str, limit: float, *, bold: bool = False) -> list[str]:
    """A text in lines of at most ``limit`` px, broken between words; one word may be longer."""
    lines: list[str] = []
    for word in shown(text).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        # A limit made from the width of this very text can be less by a rounding.
        if lines and width(longer, bold=bold) <= limit + _ROUNDING:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
