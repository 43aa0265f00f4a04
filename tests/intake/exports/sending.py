"""Exports of the small study as they are sent in, and decisions on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.status import UnitStatus, standing
from misbrug_analysis.presentation.language import Language
from tests.small import (
    FORM_LABELS,
    ITEMS,
    load,
    write_csv,
)

HEADINGS = ["Kommune", "Skema", "Dato", *ITEMS, "t.1 remark"]
MAPPING = """\
exports:
  - file: forms/{name}
    layout: wide
    unit: Kommune
    form: Skema
    date: Dato
    items: {{{items}}}
    remarks: {{t.1: t.1 remark}}
"""
DANISH = Language.load("da")


def row(
    unit: str,
    answers: Mapping[str, str],
    *,
    form: str = "joint",
    day: str = "",
    remark: str = "",
) -> list[str]:
    """A row of the export, with the names that ``form_rows`` gives units and forms."""
    said = [answers.get(item, "") for item in ITEMS]
    return [unit.upper(), FORM_LABELS.get(form, form), day, *said, remark]


def send(folder: Path, *rows: Sequence[str], name: str = "round.csv") -> Path:
    """Write an export, and the mapping that names it."""
    items = ", ".join(f"{item}: {item}" for item in ITEMS)
    text = MAPPING.format(name=name, items=items)
    (folder / "mapping.yaml").write_text(text, encoding="utf-8")
    return write_csv(folder / "forms" / name, [HEADINGS, *rows])


def column(item: str) -> int:
    return HEADINGS.index(item) + 1


def of(folder: Path, unit: str) -> UnitStatus:
    study = load(folder)
    return next(one for one in standing(study, collect(study)).units if one.unit.id == unit)


def decide(folder: Path, rows: Sequence[Mapping[str, str]], *reads: str) -> None:
    """Write drafted decisions with what they read as; nothing leaves one open."""
    columns = ["source", "locator", "found", "reads_as", "reason", "decided_by", "date"]
    usual = {"reason": "Spurgt", "decided_by": "T", "date": "2024-05-02"}
    filled = [
        row | (usual | {"reads_as": said} if said else {})
        for row, said in zip(rows, reads, strict=True)
    ]
    written = [[row.get(column, "") for column in columns] for row in filled]
    write_csv(folder / "decisions.csv", [columns, *written])


SURVEY = """\
exports:
  - file: forms/dataset.csv
    layout: surveyxact
    labels: forms/labels.csv
    unit: sted
    form_is: joint
    items: {t.1: s_1}
"""


def survey(folder: Path, *rows: Sequence[object]) -> None:
    """An export of SurveyXact: the code of the unit, that of the answer, and the status."""
    status = [f"stato_{number}" for number in range(1, 6)]
    write_csv(folder / "forms" / "dataset.csv", [["sted", "s_1", *status], *rows])
    labels = [["sted", 1, "A"], ["sted", 2, "Æ by"], ["s_1", 1, "ja"], ["s_1", 2, "vist nok"]]
    write_csv(folder / "forms" / "labels.csv", labels)
    (folder / "mapping.yaml").write_text(SURVEY, encoding="utf-8")
