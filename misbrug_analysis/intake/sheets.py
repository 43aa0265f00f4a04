"""Which sheet of a form has the answers, and which others have some as well."""

from __future__ import annotations

from dataclasses import dataclass

from misbrug_analysis.intake.answers import AnswerWords
from misbrug_analysis.intake.grid import Cell, Sheet
from misbrug_analysis.intake.layout import Layout, find_layouts
from misbrug_analysis.intake.questions import Questions
from misbrug_analysis.intake.strays import answers_among, last_time_columns
from misbrug_analysis.model.instrument import Instrument

_FEWEST = 2
"""Rows that make a sheet without our headings one with answers."""


@dataclass(frozen=True)
class Tables:
    """The table that is read, and what else is filled in.

    ``answered`` are all sheets with answers, in their order, with or without headings;
    ``remarks`` stand on sheets that are not read.
    """

    layout: Layout
    answered: list[Sheet]
    remarks: list[Cell]


def find_tables(sheets: list[Sheet], instrument: Instrument, words: AnswerWords) -> Tables | None:
    """The tables of answers among the sheets; None where no sheet has the headings of one.

    The one that is read has answers, else remarks, else it is the first.
    """
    layouts = find_layouts(sheets, instrument.form, words)
    if not layouts:
        return None
    questions = Questions(instrument)
    tables = {layout.sheet.name: layout for layout in layouts}
    answered = [
        sheet
        for sheet in sheets
        if (sheet.name in tables and _filled(tables[sheet.name], questions, "answer"))
        or _rows_with_answers(sheet, tables.get(sheet.name), questions, words) >= _FEWEST
    ]
    names = {sheet.name for sheet in answered}
    chosen = [layout for layout in layouts if layout.sheet.name in names]
    remarked = [layout for layout in layouts if _filled(layout, questions, "remark")]
    layout = (chosen or remarked or layouts)[0]
    remarks = [
        cell for one in remarked if one is not layout for cell in _filled(one, questions, "remark")
    ]
    return Tables(layout, answered, remarks)


def _filled(layout: Layout, questions: Questions, name: str) -> list[Cell]:
    """What is filled in beside questions: their answers, or else their remarks."""
    remark = layout.columns.get("remark", 0)
    columns = layout.answer_columns if name == "answer" else [remark]
    return [
        cells[column]
        for _, cells in layout.other_rows()
        if questions.is_question(layout.text_in(cells, "item"), layout.text_in(cells, "question"))
        for column in columns
        if column in cells
    ]


def _rows_with_answers(
    sheet: Sheet, layout: Layout | None, questions: Questions, words: AnswerWords
) -> int:
    """How many rows answer a question, wherever the answer stands; not those of last time."""
    aside = last_time_columns(layout) if layout else ()
    rows = [
        [cell for column, cell in cells.items() if column not in aside]
        for cells in sheet.rows().values()
    ]
    return sum(bool(answers_among(cells, questions, words)) for cells in rows)
