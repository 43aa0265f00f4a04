"""Reads small exports, and shows them as a test wants to see them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from misbrug_analysis.intake.exports.exported import Exported
from misbrug_analysis.intake.exports.layouts import read_export
from misbrug_analysis.intake.exports.recognising import recognised
from misbrug_analysis.model.mapping import MappedExport
from tests.small import Rows, load, write_csv


def read(folder: Path, rows: Rows, name: str = "forms/x.csv", **mapping: Any) -> Exported:
    """Read rows as an export of the small study in a folder; ``mapping`` is that of the file."""
    write_csv(folder / name, rows)
    return read_export(MappedExport(file=name, **mapping), load(folder))


def known(folder: Path, rows: Rows, name: str = "x.csv") -> MappedExport | None:
    """What rows are recognised as."""
    path = write_csv(folder / "forms" / name, rows)
    return recognised(path, f"forms/{name}", load(folder))


def said(exported: Exported) -> list[tuple[int, str, str, str]]:
    """Response, item, part and text of everything given."""
    frame = exported.given[["response", "item", "part", "text"]]
    return list(frame.itertuples(index=False, name=None))


def roles(exported: Exported) -> dict[str, tuple[int, str]]:
    """Response and role of each cell by its place; each place once."""
    cells: pd.DataFrame = exported.cells
    assert not cells.duplicated(["source", "locator"]).any()
    pairs = zip(cells["response"].tolist(), cells["role"], strict=True)
    return dict(zip(cells["locator"], pairs, strict=True))
