"""The shapes of marks, in px around (0, 0)."""

from __future__ import annotations

from matplotlib.path import Path
from matplotlib.transforms import Affine2D

SQUARE = Path([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)], closed=True)
_DIAMOND = Path([(0, -1), (1, 0), (0, 1), (-1, 0), (0, -1)], closed=True)


def disc(radius: float) -> Path:
    """A filled circle."""
    return scaled(Path.unit_circle(), radius)


def square(half: float) -> Path:
    """A square from half of its side."""
    return scaled(SQUARE, half)


def diamond(half: float) -> Path:
    """A square on its corner, from half of its width."""
    return scaled(_DIAMOND, half)


def scaled(shape: Path, across: float, upright: float | None = None) -> Path:
    """A shape so many times as large; ``upright`` where it is another number than ``across``."""
    return shape.transformed(Affine2D().scale(across, upright))
