"""A round written as an export: every question of the instrument, and the answers that were read.

Each function writes into the study's ``forms`` folder and returns the export as in
``mapping.yaml``. What survey systems write is in ``exported_systems`` and ``exported_xact``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml
from openpyxl import Workbook

from misbrug_analysis.model.instrument import REMARK, Item, in_language
from misbrug_analysis.model.study import Study

Export = dict[str, Any]


@dataclass(frozen=True)
class Response:
    """What one unit answered in one form: words, lists of option numbers (from 1), texts."""

    unit: str
    form: str
    said: Mapping[str, str | list[int]]


class Survey:
    """The answers of a round, as a survey system has them."""

    def __init__(self, answers: pd.DataFrame, study: Study) -> None:
        """``answers`` is the table of that name."""
        self.study = study
        self.items = study.instrument.items
        self.remarked = sorted(
            {item.removesuffix(REMARK) for item in answers["item"] if item.endswith(REMARK)}
        )
        self.words = {
            code: in_language(words.label, "da") for code, words in study.instrument.answers.items()
        }
        self.responses = [
            self._response(
                str(unit), str(form), dict(zip(rows["item"], rows["value"], strict=True))
            )
            for (unit, form), rows in answers.groupby(["unit", "form"], sort=False)
        ]
        answered = {response.unit for response in self.responses}
        units = [unit.label for unit in study.organisation.units]
        self.silent = [unit for unit in units if unit not in answered]

    def text(self, response: Response, item: Item) -> str:
        """An answer in words, options with a semicolon between them."""
        said = response.said.get(item.id, "")
        if isinstance(said, str):
            return said
        return "; ".join(labels(item)[option - 1] for option in said)

    def marks(self, response: Response, item: Item) -> list[bool]:
        """Whether each option of a question was chosen."""
        said = response.said.get(item.id, ())
        chosen = set() if isinstance(said, str) else set(said)
        return [place in chosen for place, _ in enumerate(item.options, 1)]

    def remark(self, response: Response, item: str) -> str:
        return str(response.said.get(item + REMARK, ""))

    def path(self, name: str) -> Path:
        return self.study.folder / "forms" / name

    def _response(self, unit: str, form: str, values: Mapping[str, str]) -> Response:
        said: dict[str, str | list[int]] = {}
        kinds = {item.id: item for item in self.items}
        for name, value in values.items():
            item = kinds.get(name)
            if item is None or item.type in ("text", "single"):
                said[name] = value
            elif item.type == "yes_no":
                said[name] = self.words[value]
            else:
                said[name] = sorted(labels(item).index(one) + 1 for one in value.split("; "))
        forms = {one.id: in_language(one.label, "da") for one in self.study.settings.forms}
        return Response(self.study.organisation.unit(unit).label, forms[form], said)


def labels(item: Item) -> list[str]:
    """The options of a question as they are stored."""
    return [next(iter(option.values())) for option in item.options]


def mapping(*exports: Export) -> str:
    """The text of ``mapping.yaml``."""
    return yaml.safe_dump({"exports": list(exports)}, allow_unicode=True, sort_keys=False)


def wide(
    survey: Survey, name: str = "bred.csv", separator: str = ";", encoding: str = "utf-8-sig"
) -> Export:
    """A row a response, a column a question, called by its number."""
    numbers = [item.id for item in survey.items]
    remarks = {item: f"{item} Bemærkning" for item in survey.remarked}
    rows = [["Enhed", "Skema", *numbers, *remarks.values()]]
    for one in survey.responses:
        answers = [survey.text(one, item) for item in survey.items]
        rows.append([one.unit, one.form, *answers, *(survey.remark(one, it) for it in remarks)])
    write(survey.path(name), rows, separator, encoding)
    tied = {"items": {number: number for number in numbers}, "remarks": remarks}
    return {"file": f"forms/{name}", "layout": "wide", "unit": "Enhed", "form": "Skema", **tied}


def long(survey: Survey, name: str = "lang.csv", separator: str = ",") -> Export:
    """A row an answer, the remark beside it."""
    rows = [["Enhed", "Skema", "Nr.", "Svar", "Bemærkning"]]
    for one in survey.responses:
        for item in survey.items:
            answer, remark = survey.text(one, item), survey.remark(one, item.id)
            if answer or remark:
                rows.append([one.unit, one.form, item.id, answer, remark])
    write(survey.path(name), rows, separator, "utf-8")
    columns = {"unit": "Enhed", "form": "Skema", "item": "Nr.", "answer": "Svar"}
    return {"file": f"forms/{name}", "layout": "long", **columns, "remark": "Bemærkning"}


def write(
    path: Path,
    rows: Iterable[Sequence[object]],
    separator: str,
    encoding: str,
    quoting: Any = csv.QUOTE_MINIMAL,
) -> None:
    """Write rows as delimited text; UTF-16 with the byte order of Windows, and its mark."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, quoting=quoting).writerows(rows)
    text = stream.getvalue()
    bytes_of = {"utf-16": lambda: b"\xff\xfe" + text.encode("utf-16-le")}
    path.write_bytes(bytes_of.get(encoding, lambda: text.encode(encoding))())


def write_sheets(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
    """Write rows as the sheets of a workbook, texts as texts whatever they begin with."""
    book = Workbook()
    for place, (name, rows) in enumerate(sheets.items()):
        sheet = book.active if place == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = name
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value not in ("", None):
                    cell = sheet.cell(number, column, value)  # type: ignore[arg-type]
                    cell.data_type = "s" if isinstance(value, str) else cell.data_type
    book.save(path)
