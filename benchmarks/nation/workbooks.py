"""A filled-in form as the workbook that arrives."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from benchmarks.nation.answers import LANGUAGE, Form
from misbrug_analysis.model.instrument import Instrument, in_language

NOTICE = "Opdigtet besvarelse: ingen kommune har givet disse svar."


def write_form(asked: Instrument, form: Form, label: str, to: Path) -> None:
    """Write the questions, answers and remarks of a form; ``label`` says which form it is."""
    names = asked.form
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Svar")
    sheet.append([in_language(asked.title, LANGUAGE)])
    sheet.append([NOTICE])
    sheet.append([names.unit[0], form.place.label])
    sheet.append([names.form[0], label])
    sheet.append([names.date[0], f"{form.day:%d-%m-%Y}"])
    sheet.append([])
    sheet.append([names.item[0], names.question[0], names.answer[0], names.remark[0]])
    for item in asked.items:
        text = in_language(item.text, LANGUAGE)
        remark = form.remarks.get(item.id)
        sheet.append([item.id, text, form.answers[item.id] or None, remark])
    workbook.save(to)
