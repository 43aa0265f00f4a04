"""Exports before they are broken: one round of two units, in each way that it can come in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from misbrug_analysis.model.mapping import MappedExport
from tests.fuzz.archives import Parts
from tests.fuzz.invariants import PERSONAL
from tests.fuzz.whole_forms import saved

Rows = Sequence[Sequence[object]]

CPR, MAIL, PHONE = PERSONAL
WORDS = ("ja", "nej", "delvis")

WIDE: Rows = [
    ["Besvarelse fra", "Skema", "Udfyldt den", "t.1", "t.2", "t.d2", "t.d3", "t.1 Bemærkning"],
    ["a", "fælles", "2024-03-14", "ja", "nej", "brev; samtale", f"Ro, {MAIL}", ""],
    ["b", "fælles", "2024-03-15", "delvis", "", "brev", f"Spørg {PHONE}", f"Ja, {CPR}"],
]
LONG: Rows = [
    ["Besvarelse fra", "Skema", "Nr.", "Svar", "Bemærkning"],
    *(["a", "fælles", item, "ja", ""] for item in ("t.1", "t.2", "t.s1", "t.s2")),
    *(["b", "fælles", item, "nej", "Måske."] for item in ("t.1", "t.s1")),
    ["b", "fælles", "t.d3", f"Ring til {PHONE}", ""],
]
SURVEY: Rows = [
    ["respondent", "sted", "v1", "v2", "v3_1", "v3_2", "v4", "mail", "stato_1", "stato_4"],
    ["1", "A", "1", "2", "0", "1", "Ro", MAIL, "0", "1"],
    ["2", "B", "3", "", "1", "1", f"Ring {PHONE}", MAIL, "0", "1"],
    ["3", "", "", "", "", "", "", MAIL, "1", "0"],
]
MARKS = {"0": "Nej", "1": "Ja"}
LABELS: Rows = [
    *([name, code, word] for name in ("v1", "v2") for code, word in zip("123", WORDS, strict=True)),
    *([name, mark, word] for name in ("v3_1", "v3_2") for mark, word in MARKS.items()),
]
STRUCTURE: Rows = [
    [
        "questionName",
        "variableName",
        "questionType",
        "subType",
        "questionText",
        "choiceValue",
        "choiceText",
    ],
    ["q1", "v1", "single", "Single", "Følger I op?", "", ""],
    ["q3", "v3_1", "multiple", "Multiple", "Hvordan?", "1", "samtale"],
    ["q3", "v3_2", "multiple", "Multiple", "Hvordan?", "2", "brev"],
]


@dataclass(frozen=True)
class WholeExport:
    """The tables of an export by the names of their files, and the mapping where it needs one."""

    files: dict[str, Rows]
    mapping: MappedExport | None = None

    def texts(self) -> dict[str, str]:
        """The files as text with semicolons."""
        return {f"{name}.csv": as_text(rows) for name, rows in self.files.items()}

    def book(self) -> Workbook:
        """The files as sheets of one workbook, called by the names of the files."""
        book = Workbook()
        for place, (name, rows) in enumerate(self.files.items()):
            sheet = book.active if place == 0 else book.create_sheet()
            assert isinstance(sheet, Worksheet)
            sheet.title = name.capitalize()
            for row in rows:
                sheet.append(list(row))
        return book

    def parts(self) -> Parts:
        return saved(self.book())


def as_text(rows: Rows) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows(rows)
    return stream.getvalue()


def _survey(file: str, **more: Any) -> MappedExport:
    return MappedExport(
        file=f"forms/{file}",
        layout="surveyxact",
        unit="sted",
        form_is="joint",
        items={"t.1": "v1", "t.2": "v2", "t.d2": {"1": "v3_1", "brev": "v3_2"}, "t.d3": "v4"},
        unused=["respondent", "mail"],
        **more,
    )


_SURVEY_FILES = {"dataset": SURVEY, "labels": LABELS, "structure": STRUCTURE}
EXPORTS: dict[str, WholeExport] = {
    "wide": WholeExport({"wide": WIDE}),
    "long": WholeExport({"long": LONG}),
    "surveyxact": WholeExport(
        _SURVEY_FILES,
        _survey("dataset.csv", labels="forms/labels.csv", structure="forms/structure.csv"),
    ),
}
BOOKS: dict[str, WholeExport] = {
    "wide": EXPORTS["wide"],
    "long": EXPORTS["long"],
    "surveyxact": WholeExport(_SURVEY_FILES, _survey("book.xlsx")),
}
