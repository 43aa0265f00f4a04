"""How points become totals, percentages and ranks: a study's choice (docs/scores.md)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from misbrug_analysis.model.yamlfile import Model

TOTAL = "total"
"""What the whole instrument is called where a table names an item; no question has that id."""


class Totals(Model):
    """The choices behind a total.

    ``adds``: the points of all ``items``, or the mean of each of the ``topics``. ``out_of``: the
    best that a unit could have earned on what it ``answered``, or on everything it was ``asked``.
    A unit that answered less than the share ``least`` (0 to 1) has no total. ``shown`` is what
    pages rank by and show first, with so many ``decimals``; units whose shown totals are equal are
    tied, and ``ranks`` names the rank they get as pandas does (``min``: 1, 2, 2, 4).
    """

    adds: Literal["items", "topics"] = "items"
    out_of: Literal["answered", "asked"] = "answered"
    least: Annotated[float, Field(ge=0, le=1)] = 0
    shown: Literal["points", "percent"] = "percent"
    decimals: Annotated[int, Field(ge=0, le=6)] = 1
    ranks: Literal["min", "max", "average", "dense"] = "min"
