"""The files of the reconstructed study, read without the library."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from openpyxl import load_workbook

from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study

STUDY = Project.find(Path(__file__).parent).raw("2014-sjaelland")
RECONSTRUCTION = STUDY / "reconstruction"
CLUSTERS = ("syd", "oest", "vest")
ANSWERED = (5, 5, 6)
CSV_FORMS = {
    "oest-4_stoffer.csv": "utf-8-sig",
    "syd-4_faelles.csv": "utf-8-sig",
    "vest-3_faelles.csv": "cp1252",
    "vest-6_alkohol.csv": "utf-8-sig",
}

Grid = list[list[Any]]


def read_grid(path: Path) -> Grid:
    """A committed form as rows of four cells."""
    if path.suffix == ".csv":
        text = path.read_bytes().decode(CSV_FORMS[path.name])
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=";")]
    sheet = load_workbook(path)["Svar"]
    return [["" if v is None else v for v in row] for row in sheet.iter_rows(values_only=True)]


def form_cells(grid: Grid) -> dict[str, str]:
    """The answers of a form as written, by item."""
    return {row[0]: row[2] for row in grid[8:] if row[0]}


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of one of the enumeration's lists."""
    with (RECONSTRUCTION / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def counts(row: dict[str, str], of: str = "yes") -> tuple[int, ...]:
    """A row's counts per cluster."""
    return tuple(int(row[f"{cluster}_{of}"]) for cluster in CLUSTERS)


def feasible_sets(setting: str, indicator: str) -> list[tuple[int, ...]]:
    """The listed sets of yes per cluster that agree with words and digits."""
    return [
        counts(row)
        for row in rows_of("feasible_counts.csv")
        if (row["setting"], row["indicator"], row["both"]) == (setting, indicator, "yes")
    ]


def chosen_sets() -> dict[str, tuple[int, ...]]:
    """The chosen yes per cluster, by indicator."""
    rows = rows_of("feasible_counts.csv")
    return {row["indicator"]: counts(row) for row in rows if row["chosen"] == "yes"}


def as_sent(code: SimpleNamespace, study: Study, grids: dict[str, Grid]) -> Any:
    """The committed files as the independent rules take them."""
    words = {"ja": "yes", "nej": "no", "delvis": "partly"}
    labels = {unit.label: unit.id for unit in study.organisation.units}
    kinds = {"fælles": "joint", "alkohol": "alcohol", "stoffer": "drugs"}
    forms = {
        (labels[grid[3][1]], kinds[grid[4][1]]): {
            item: words.get(answer, "") for item, answer in form_cells(grid).items()
        }
        for grid in grids.values()
    }
    assert len(forms) == len(grids)
    built = code.build.as_round(study, [])
    return code.settle.Round(forms, built.serving, built.rulings)
