"""A drawing of matplotlib as a small SVG text, the same bytes from run to run."""

from __future__ import annotations

import io
import re
import warnings

from matplotlib.figure import Figure as Canvas

_FONTS = "Arial,'Liberation Sans',Helvetica,'DejaVu Sans',sans-serif"
_BEFORE = re.compile(r"^.*?(?=<svg)|\s*<metadata>.*?</metadata>", re.S)
_BREAKS = re.compile(r"\s*\n\s*")
_STYLE = re.compile(r"(?<=<style type=\"text/css\">)")
_DEFAULTS = f"text{{font-family:{_FONTS};font-size:10px;fill:#1a1a1a}}"

# matplotlib escapes what texts and attributes hold, so this is a tag from end to end.
_TAG = re.compile(r"<[^<>]*>")
_SPARE = [
    (re.compile(r" (?:transform=\"rotate\(-0|clip-path=\"|id=\"[a-z]+_\d)[^\"]*\""), ""),
    (
        re.compile(
            r"(?:font-family: [^;\"]*|font-size: 10px|text-anchor: start|(?<=; )fill: #1a1a1a)"
            r"(?:; |(?=\"))"
        ),
        "",
    ),
    (re.compile(r"; (?=\")"), ""),
    (re.compile(r" style=\"\""), ""),
    (re.compile(r"(\d\.\d\d)\d+"), r"\1"),
]
"""What matplotlib writes into tags and a picture of ours can do without."""

_LINES = re.compile(r"M(?: [-\d.]+){2}(?:\nL(?: [-\d.]+){2})+")
_ALONE = re.compile(r"<g>\n(<path [^<>]*/>|<text [^<>]*>[^<>]*</text>)\n</g>")
_NAME = re.compile(r"(?<=[\"#])[hm][0-9a-f]{10}(?=[\")])")
_MARKS = re.compile(r"<g>\n((?:<use [^<>]*/>\n)+)</g>")
_LOOK = re.compile(r" style=\"([^\"]*)\"(?=/>)")


def svg_of(canvas: Canvas) -> str:
    """The picture as SVG without prolog, metadata or clipping, in one font for all texts."""
    stream = io.StringIO()
    with warnings.catch_warnings():
        # What matplotlib's font lacks, a reader's may have.
        warnings.filterwarnings("ignore", "Glyph .* missing")
        canvas.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    svg = _BREAKS.sub("\n", _BEFORE.sub("", stream.getvalue()))
    svg = _ALONE.sub(r"\1", _MARKS.sub(_look_once, _TAG.sub(_small, svg)))
    names: dict[str, str] = {}
    svg = _TAG.sub(lambda tag: _named_briefly(tag[0], names), svg)
    return _STYLE.sub(_DEFAULTS, svg)


def _small(tag: re.Match[str]) -> str:
    """A tag in fewer bytes."""
    text = tag[0]
    for pattern, replacement in _SPARE:
        text = pattern.sub(replacement, text)
    # Points that follow the first one of a path are lines without being called so.
    return _LINES.sub(lambda lines: lines[0].replace("\nL", ""), text)


def _named_briefly(tag: str, names: dict[str, str]) -> str:
    """A tag in which marks and patterns are called by their number; ``names`` has those so far."""
    return _NAME.sub(lambda name: names.setdefault(name[0], f"{name[0][0]}{len(names)}"), tag)


def _look_once(marks: re.Match[str]) -> str:
    """Marks of one look with the look written once, on what holds them."""
    look = _LOOK.search(marks[1])
    style = f' style="{look[1]}"' if look else ""
    return f"<g{style}>\n{_LOOK.sub('', marks[1])}</g>"
