"""A round of one form."""

from __future__ import annotations

from pathlib import Path

from misbrug_analysis.intake.collect import Round, collect
from tests.small import Rows, load, write_form

FULL: dict[str, object] = {
    "t.1": "ja",
    "t.2": "Nej",
    "t.s1": "delvis",
    "t.d1": "et år",
    "t.d2": "brev; talk",
    "t.d3": "Tiden",
}
"""An answer of every kind."""


def one_form(folder: Path, rows: Rows, name: str = "a.xlsx") -> Round:
    """The round when this is its only form."""
    write_form(folder / "forms" / name, rows)
    return collect(load(folder))
