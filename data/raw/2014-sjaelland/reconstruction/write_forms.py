"""A filled-in form as the file that arrives: an Excel workbook, or the CSV a Danish Excel saves.

The same form gives the same bytes: no clock, no compression library and no optional XML library
has a say in them.
"""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

# openpyxl writes other bytes where lxml is installed; it asks the environment when imported.
os.environ["OPENPYXL_LXML"] = "False"

from fill_forms import Form
from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from misbrug_analysis.model.instrument import Instrument, Item, in_language

Row = tuple[str | date, ...]

NOTICE = "Rekonstrueret besvarelse, ikke en kommunes eget svar."
INSTRUCTION = (
    "Skriv ja, nej eller delvis i kolonnen Svar. Hvor der er svarmuligheder, skrives én eller "
    "flere af dem, adskilt af semikolon. Bemærkninger er velkomne."
)
HEAD_ROW = 8
WIDTHS = {"A": 16, "B": 66, "C": 22, "D": 52}
STAMP = datetime(2014, 6, 1)
ZIP_STAMP = (2014, 6, 1, 0, 0, 0)
TOPIC_FILL = PatternFill("solid", fgColor="E3ECEF")
LINE = Border(bottom=Side(style="thin", color="C4CDD1"))


@dataclass(frozen=True)
class Layout:
    """What every form of a round has in common, and the labels of units and forms."""

    instrument: Instrument
    unit_labels: Mapping[str, str]
    form_labels: Mapping[str, str]

    def rows(self, form: Form) -> list[Row]:
        """The form as a grid of four columns; a topic's title stands in column B alone."""
        names = self.instrument.form
        rows: list[Row] = [
            (in_language(self.instrument.title, "da"), "", "", ""),
            (f"{NOTICE} {INSTRUCTION}", "", "", ""),
            ("", "", "", ""),
            (names.unit[0], self.unit_labels[form.unit], "", ""),
            (names.form[0], self.form_labels[form.form], "", ""),
            (names.date[0], form.day, "", ""),
            ("", "", "", ""),
            (names.item[0], names.question[0], names.answer[0], names.remark[0]),
        ]
        for topic in self.instrument.assessed_topics:
            rows.append(("", in_language(topic.title, "da"), "", ""))
            rows += [
                (item.id, question(item), form.answers[item.id], form.remarks.get(item.id, ""))
                for item in self.instrument.items
                if item.topic == topic.id
            ]
        return rows

    def file_name(self, form: Form) -> str:
        """``syd-1_faelles``, without the ending."""
        label = self.form_labels[form.form]
        for letter, plain in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
            label = label.replace(letter, plain)
        return f"{form.unit}_{label}"

    def choices(self) -> dict[str, list[str]]:
        """The words that may be chosen for each item that takes one of them."""
        answers = self.instrument.answer_labels("da")
        return {
            item.id: [in_language(option, "da") for option in item.options] or answers
            for item in self.instrument.items
            if item.type in ("yes_no", "single")
        }


def question(item: Item) -> str:
    """The question, with its options where it has any."""
    text = in_language(item.text, "da")
    if not item.options:
        return text
    lead = "Vælg én" if item.type == "single" else "Vælg en eller flere"
    return f"{text} {lead}: {', '.join(in_language(option, 'da') for option in item.options)}."


def csv_bytes(layout: Layout, form: Form, encoding: str) -> bytes:
    """The grid with semicolons, dates as dd-mm-yyyy and the line ends of Windows."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    for row in layout.rows(form):
        writer.writerow([f"{c:%d-%m-%Y}" if isinstance(c, date) else c for c in row])
    return stream.getvalue().encode(encoding)


def workbook_bytes(layout: Layout, form: Form) -> bytes:
    """The grid as the sheet "Svar" of a workbook, with lists to choose from."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Svar"
    for number, row in enumerate(layout.rows(form), 1):
        for column, value in enumerate(row, 1):
            if value != "":
                sheet.cell(number, column, value)
        _style(sheet, number, is_item=number > HEAD_ROW and bool(row[0]))
    _arrange(sheet)
    _offer_choices(sheet, layout.choices())
    workbook.properties = DocumentProperties(
        creator="Rekonstruktion",
        title=in_language(layout.instrument.title, "da"),
        description=NOTICE,
        language="da",
        created=STAMP,
        modified=STAMP,
    )
    return _packed(workbook)


def _style(sheet: Worksheet, number: int, is_item: bool) -> None:
    for cell in sheet[number]:
        bold = number in (1, HEAD_ROW) or (number < HEAD_ROW and cell.column == 1)
        topic = number > HEAD_ROW and not is_item
        cell.font = Font(name="Calibri", size=14 if number == 1 else 11, bold=bold or topic)
        wrap = number >= HEAD_ROW
        cell.alignment = Alignment(vertical="top", horizontal="left", wrap_text=wrap)
        if number == HEAD_ROW or topic:
            cell.fill = TOPIC_FILL
        if number >= HEAD_ROW:
            cell.border = LINE
        if is_item and cell.column == 1:
            cell.number_format = "@"
        if isinstance(cell.value, date):
            cell.number_format = "dd-mm-yyyy"


def _arrange(sheet: Worksheet) -> None:
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.merge_cells("A2:D2")
    sheet["A2"].alignment = Alignment(vertical="top", wrap_text=True)
    sheet.row_dimensions[2].height = 32
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"


def _offer_choices(sheet: Worksheet, choices: Mapping[str, list[str]]) -> None:
    lists: dict[str, DataValidation] = {}
    for number in range(HEAD_ROW + 1, sheet.max_row + 1):
        words = choices.get(str(sheet.cell(number, 1).value))
        if words is None:
            continue
        formula = f'"{",".join(words)}"'
        if formula not in lists:
            lists[formula] = DataValidation(type="list", formula1=formula, allow_blank=True)
            sheet.add_data_validation(lists[formula])
        lists[formula].add(sheet.cell(number, 3))


def _packed(workbook: Workbook) -> bytes:
    """The workbook's parts in an archive without a clock, and stored as they are.

    ``Workbook.save`` would stamp the time; compressed bytes differ between zlib and its heirs.
    """
    written = io.BytesIO()
    ExcelWriter(workbook, zipfile.ZipFile(written, "w")).save()
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(parts.namelist()):
            part = zipfile.ZipInfo(name, ZIP_STAMP)
            part.create_system = 0
            archive.writestr(part, parts.read(name))
    return packed.getvalue()
