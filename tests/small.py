"""Small projects with real forms, in a folder of a test's own."""

from __future__ import annotations

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import yaml
from openpyxl import Workbook

from misbrug_analysis.model.errors import Problem
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study

CASES = Path(__file__).parent / "cases"
STUDY = "small-study"
WORDINGS: dict[str, str] = {
    item["id"]: item["text"]["da"]
    for item in yaml.safe_load((CASES / "instrument.yaml").read_text("utf-8"))["items"]
}
ITEMS = tuple(WORDINGS)
FORM_LABELS = {"joint": "fælles", "alcohol": "alkohol", "drugs": "stoffer", "youth": "unge"}

Rows = Sequence[Sequence[Any]]

_ORGANISATION = """\
unit_noun:
  da: {one: sted, many: steder, the_one: stedet, the_many: stederne, gender: neuter}
levels:
  - id: team
    noun: {da: {one: hold, many: hold, the_one: holdet, the_many: holdene, gender: neuter}}
    groups:
      - {id: north, label: {da: Nord}}
      - {id: south, label: {da: Syd}}
  - id: whole
    noun: {da: {one: kreds, many: kredse, the_one: kredsen, the_many: kredsene}}
    groups: [{id: all, label: {da: Alle}}]
"""


class Plain(yaml.SafeDumper):
    """Writes a value out wherever it stands, since definitions hold no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def settings(**changes: object) -> dict[str, object]:
    """``study.yaml`` of the small study as data."""
    return {
        "id": STUDY,
        "title": {"da": "En lille runde"},
        "date": date(2024, 5, 1),
        "instrument": "small",
        "provenance": {"kind": "collected"},
        "forms": [
            {"id": name, "label": {"da": label}, "covers_all": name == "joint"}
            for name, label in FORM_LABELS.items()
        ],
        "reports": [
            {"id": "settled", "notebook": "settled", "title": {"da": "T"}, "summary": {"da": "S"}}
        ],
    } | changes


def make_project(
    root: Path,
    units: Mapping[str, str] | None = None,
    adjudications: Sequence[Mapping[str, str]] = (),
    **changes: Any,
) -> Path:
    """A project with the small study; ``units`` maps unit to team. Returns the study's folder.

    A unit is called by its id in capitals in forms. ``changes`` replace parts of ``study.yaml``.
    """
    instruments = root / "data" / "instruments"
    instruments.mkdir(parents=True)
    shutil.copy(CASES / "instrument.yaml", instruments / "small.yaml")
    folder = root / "data" / "raw" / STUDY
    (folder / "forms").mkdir(parents=True)
    (root / "notebooks").mkdir()
    for name in ("settled", "n"):  # the notebooks that small study files name
        (root / "notebooks" / f"{name}.ipynb").write_text('{"cells": []}', encoding="utf-8")
    text = yaml.dump(settings(**changes), Dumper=Plain, allow_unicode=True, sort_keys=False)
    (folder / "study.yaml").write_text(text, encoding="utf-8")
    (folder / "organisation.yaml").write_text(_ORGANISATION, encoding="utf-8")
    asked = units if units is not None else {"a": "north", "b": "north", "c": "south"}
    write_csv(
        folder / "units.csv",
        [["id", "label", "team"], *([unit, unit.upper(), team] for unit, team in asked.items())],
        separator=",",
    )
    if adjudications:
        columns = ["unit", "form", "indicator", "answer", "reason", "decided_by", "date"]
        usual = {"form": "", "reason": "set by a test", "decided_by": "T", "date": "2024-05-02"}
        rows = [[({**usual, **ruling})[column] for column in columns] for ruling in adjudications]
        write_csv(folder / "adjudications.csv", [columns, *rows], separator=",")
    return folder


def load(folder: Path) -> Study:
    """The study that stands in a folder of a project."""
    return load_study(Project.find(folder), folder.name)


def form_rows(
    unit: str,
    answers: Mapping[str, object],
    *,
    form: str = "joint",
    day: object = None,
    remarks: Mapping[str, str] | None = None,
) -> list[list[object]]:
    """A filled-in form, row by row: what is not answered is left blank."""
    said = remarks or {}
    return [
        ["En lille runde"],
        [],
        ["Besvarelse fra", unit.upper()],
        ["Skema", FORM_LABELS.get(form, form)],
        ["Udfyldt den", day],
        [],
        ["Nr.", "Spørgsmål", "Svar", "Bemærkning"],
        [None, "Opfølgning"],
        *([item, WORDINGS[item], answers.get(item), said.get(item)] for item in ITEMS),
    ]


def cell(item: str, column: str = "C", sheet: str = "Svar") -> str:
    """Where ``form_rows`` puts an item in a workbook: its answer, or another column."""
    return f"{sheet}!{column}{ITEMS.index(item) + 9}"


def write_workbook(
    path: Path, rows: Rows, more: Mapping[str, Rows] | None = None, saved: str = ""
) -> Path:
    """Write rows as the sheet ``Svar`` of a workbook, and other sheets after it.

    The workbook says that it was ``saved`` then (``2024-03-01T12:00:00Z``), or nothing of it.
    """
    book = Workbook()
    for place, (name, content) in enumerate([("Svar", rows), *(more or {}).items()]):
        sheet = book.active if place == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = name
        for number, row in enumerate(content, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(number, column, value)
    book.save(path)
    say_saved(path, saved)
    return path


def say_saved(path: Path, saved: str) -> None:
    """Change when a workbook says that it was saved; openpyxl writes the time of now."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    core = parts["docProps/core.xml"].decode()
    told = f'<dcterms:modified xsi:type="dcterms:W3CDTF">{saved}</dcterms:modified>'
    known = re.sub(r"<dcterms:modified.*</dcterms:modified>", told if saved else "", core)
    parts["docProps/core.xml"] = known.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def write_csv(path: Path, rows: Rows, *, encoding: str = "utf-8-sig", separator: str = ";") -> Path:
    """Write rows as delimited text, as a Danish Excel does unless told otherwise."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows(rows)
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def write_form(path: Path, rows: Rows) -> Path:
    """Write a form as the kind of file that its name says."""
    return write_workbook(path, rows) if path.suffix == ".xlsx" else write_csv(path, rows)


def faults(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    """Place and code of each fault; every message can be told."""
    found = list(problems)
    assert all(str(problem) for problem in found)
    return [(problem.where, problem.code) for problem in found]


def fates(ledger: pd.DataFrame, source: str) -> dict[str, tuple[str, str]]:
    """Fate and reason of every cell of a file, by where it stands."""
    rows = ledger[ledger["source"] == source]
    return dict(zip(rows["locator"], zip(rows["fate"], rows["reason"], strict=True), strict=True))
