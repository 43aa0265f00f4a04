"""A form as a workbook: guide, questions, lists to choose from, and the stamp; the same bytes
every time."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.instrument import in_language
from misbrug_analysis.model.organisation import Unit
from misbrug_analysis.model.stamp import LAYOUT, SHEET, FormStamp, digest_of
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.usual import FormName
from misbrug_analysis.presentation.archive import packed
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.page import DISTRIBUTION
from misbrug_analysis.presentation.questionnaire.answers import AnswerSheet, Head
from misbrug_analysis.presentation.questionnaire.choices import Choices
from misbrug_analysis.presentation.questionnaire.content import rows_of
from misbrug_analysis.presentation.questionnaire.guide import write_guide
from misbrug_analysis.presentation.questionnaire.look import LOOKS, PLAIN, Painter
from misbrug_analysis.presentation.questionnaire.paper import set_up
from misbrug_analysis.presentation.reuse import statement
from misbrug_analysis.presentation.sheets import cell_text, sheet_names

_LINE = 120
"""Characters of a line over the headings."""


@dataclass(frozen=True)
class LastTime:
    """An earlier round, and what the unit answered in it, by item and as it is shown."""

    study: Study
    answers: Mapping[str, str] = field(default_factory=dict)


def form_workbook(
    study: Study, unit: Unit, form: FormName, language: Language, last: LastTime | None = None
) -> bytes:
    """The form that a unit is to fill in; with ``last``, its last answers stand beside.

    Only the fields for answers, remarks and the date can be changed; the protection has no
    password, so whoever needs to can lift it.
    """
    book = _empty_book()
    parts = ("guide", "answers", "words")
    wanted = [language.text(f"questionnaire.sheet.{part}") for part in parts]
    guide, answers, words, stamp = (
        book.create_sheet(name) for name in sheet_names([*wanted, SHEET])
    )
    unit_name, form_name = _name(unit.label, unit.id), _name(_label(form, language), form.id)
    write_guide(guide, study, language, unit_name, form_name)
    choices = Choices(words, answers, language)
    sheet = AnswerSheet(answers, study.instrument, language, choices, last is not None)
    rows = rows_of(study.instrument, language, last.answers if last else None)
    sheet.write(_head(study, language, unit_name, form_name, last), rows)
    _stamp(stamp, study, unit, form)
    said = language.text("questionnaire.footer", unit=unit_name, form=form_name)
    for printed in (guide, answers):
        set_up(printed, said, language)
    for hidden in (words, stamp):
        hidden.sheet_state = "hidden"
    _protect(book)
    _describe(book, study, language, said)
    return packed(book)


def _empty_book() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    # Calibri, which openpyxl takes, is not on every machine, and then columns get too wide.
    book._fonts = IndexedList([PLAIN])  # type: ignore[attr-defined]
    book._named_styles["Normal"].font = copy(PLAIN)  # type: ignore[attr-defined]
    return book


def _head(study: Study, language: Language, unit: str, form: str, last: LastTime | None) -> Head:
    instrument, code = study.instrument, language.code
    title = in_language(study.settings.title, code)
    about = in_language(instrument.title, code)
    lines = [
        about if about != title else "",
        language.text("questionnaire.where", sheet=language.text("questionnaire.sheet.guide")),
        _about_last(last.study, language) if last else "",
    ]
    notices = _wrapped([statement(study, language)])
    asked = instrument.respondents
    roles = tuple(asked.role_labels(code).values()) if asked else ()
    return Head(title, _wrapped(lines), notices, unit, form, roles)


def _about_last(study: Study, language: Language) -> str:
    said = language.text(
        "questionnaire.about_last",
        last=Phrase("last_time").told(language.code),
        study=in_language(study.settings.title, language.code),
        year=study.settings.date.year,
    )
    return f"{said} {statement(study, language)}".strip()


def _wrapped(lines: list[str]) -> list[str]:
    return [part for line in lines for part in textwrap.wrap(line, _LINE)]


def _stamp(sheet: Worksheet, study: Study, unit: Unit, form: FormName) -> None:
    instrument = study.instrument
    stamp = FormStamp(
        LAYOUT,
        study.id,
        instrument.id,
        instrument.version,
        digest_of(instrument),
        unit.id,
        form.id,
    )
    painter = Painter(sheet)
    for row, pair in enumerate(stamp.rows(), 1):
        for column, text in enumerate(pair, 1):
            painter.put(row, column, text, LOOKS["value"])


def _protect(book: Workbook) -> None:
    """Lock sheets and workbook, but let people select, and make rows and columns fit."""
    for sheet in book.worksheets:
        sheet.protection.sheet = True
        # Here false allows it.
        sheet.protection.formatRows = sheet.protection.formatColumns = False
    book.security = WorkbookProtection(lockStructure=True)


def _describe(book: Workbook, study: Study, language: Language, said: str) -> None:
    properties = book.properties
    title = in_language(study.settings.title, language.code)
    properties.title = cell_text(title)
    properties.subject = cell_text(said)
    properties.description = cell_text(statement(study, language)) or None
    properties.language = language.code
    properties.creator = properties.lastModifiedBy = DISTRIBUTION


def _label(form: FormName, language: Language) -> str:
    return in_language(form.label, language.code)


def _name(label: str, name: str) -> str:
    """A label where a cell holds it as it is, else the id, which names the same one."""
    return label if cell_text(label) == label else name
