"""Charts read back from their SVG: the texts and where they stand, and what is drawn how.

Places are px from the upper left corner, as the kinds of chart give them.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
PX = 4 / 3


class Words(NamedTuple):
    """A text: the x it is anchored at and its baseline."""

    text: str
    x: float
    y: float
    style: str


class Box(NamedTuple):
    """What an outline covers."""

    x: float
    y: float
    width: float
    height: float


def words(svg: str) -> list[Words]:
    """All texts in the order in which they are drawn."""
    return [
        Words(
            text.text or "",
            float(text.attrib["x"]) * PX,
            float(text.attrib["y"]) * PX,
            text.get("style", ""),
        )
        for text in ElementTree.fromstring(svg).iter(f"{SVG}text")
    ]


def texts(svg: str) -> list[str]:
    return [word.text for word in words(svg)]


def boxes(svg: str, style: str) -> list[Box]:
    """Every outline of the paths in whose style a text occurs, such as ``fill: #12436d``."""
    found = []
    for path in _paths(svg):
        if style in path.get("style", ""):
            found += [_box(part) for part in re.findall(r"M[^M]+", path.attrib["d"])]
    return found


def marks(svg: str, style: str) -> list[tuple[float, float]]:
    """The places of the marks in whose style a text occurs."""
    return [
        (float(use.attrib["x"]) * PX, float(use.attrib["y"]) * PX)
        for group in ElementTree.fromstring(svg).iter(f"{SVG}g")
        if style in group.get("style", "")
        for use in group.iter(f"{SVG}use")
    ]


def shape_of(svg: str, style: str) -> str:
    """The outline that the marks of a style share."""
    tree = ElementTree.fromstring(svg)
    shapes = {path.get("id"): path.attrib["d"] for path in tree.iter(f"{SVG}path")}
    groups = [group for group in tree.iter(f"{SVG}g") if style in group.get("style", "")]
    (link,) = {use.attrib[LINK] for group in groups[-1:] for use in group.iter(f"{SVG}use")}
    return shapes[link.removeprefix("#")]


def size(svg: str) -> tuple[float, float]:
    """Width and height."""
    root = ElementTree.fromstring(svg)
    across, high = (float(root.attrib[name].removesuffix("pt")) for name in ("width", "height"))
    return across * PX, high * PX


def _paths(svg: str) -> list[ElementTree.Element]:
    """What is drawn where it stands: no patterns, no shapes of marks."""
    tree = ElementTree.fromstring(svg)
    apart = {path for defs in tree.iter(f"{SVG}defs") for path in defs.iter(f"{SVG}path")}
    return [path for path in tree.iter(f"{SVG}path") if path not in apart]


def _box(part: str) -> Box:
    numbers = [float(number) * PX for number in re.findall(r"-?\d+(?:\.\d+)?", part)]
    xs, ys = numbers[::2], numbers[1::2]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
