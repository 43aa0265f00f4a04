"""The sheet with the questions: what is filled in, what can be, and how rows are laid out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.instrument import Instrument, Item
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.questionnaire.choices import Choices
from misbrug_analysis.presentation.questionnaire.content import Row, RowKind, option_labels
from misbrug_analysis.presentation.questionnaire.guide import (
    answer_words,
    missing_words,
    role_heading,
)
from misbrug_analysis.presentation.questionnaire.look import LOOKS, Painter, dated
from misbrug_analysis.presentation.questionnaire.paper import Block, break_pages

_NUMBER, _QUESTION, _LAST, _ANSWER, _REMARK = 13, 44, 18, 17, 30
_ANSWER_IN_WORDS = 28
"""Widths of the columns in characters; the answers have more room where some are texts."""

_HEADINGS: tuple[RowKind, ...] = ("topic", "about", "group")
_BEGINNING: tuple[RowKind, ...] = ("topic", "group", "question")


@dataclass(frozen=True)
class Head:
    """What stands above the headings: title, lines, and the fields with their values.

    ``roles`` are those that whoever fills in the form can have.
    """

    title: str
    lines: list[str]
    notices: list[str]
    unit: str
    form: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Column:
    name: str
    heading: str
    width: float


class AnswerSheet:
    """Writes the sheet that is filled in; ``shows_last`` gives last time's answers a column."""

    def __init__(
        self,
        sheet: Worksheet,
        instrument: Instrument,
        language: Language,
        choices: Choices,
        shows_last: bool,
    ) -> None:
        self._sheet = sheet
        self._instrument = instrument
        self._language = language
        self._choices = choices
        self._painter = Painter(sheet)
        self._columns = _columns(instrument, language, shows_last)
        self._place = {column.name: at for at, column in enumerate(self._columns, 1)}
        self._width = {column.name: column.width for column in self._columns}

    def write(self, head: Head, rows: list[Row]) -> None:
        """Write the whole sheet: head, headings, rows, and where its pages begin."""
        for at, column in enumerate(self._columns, 1):
            self._sheet.column_dimensions[get_column_letter(at)].width = column.width
        heading, above = self._write_head(head)
        for at, column in enumerate(self._columns, 1):
            self._painter.put(heading, at, column.heading, LOOKS["heading"])
        headings = [(column.heading, column.width, LOOKS["heading"]) for column in self._columns]
        repeated = self._painter.fit(heading, *headings)
        self._sheet.print_title_rows = f"{heading}:{heading}"
        self._sheet.freeze_panes = f"A{heading + 1}"
        blocks = self._write_rows(rows, heading + 1)
        break_pages(self._sheet, blocks, above, repeated, sum(self._width.values()))

    def _write_head(self, head: Head) -> tuple[int, float]:
        """Returns the row of the headings, and the height of what stands above it."""
        form = self._instrument.form
        lines = [("title", head.title), *(("line", line) for line in head.lines)]
        lines += [("notice", line) for line in head.notices]
        wide = sum(self._width.values())
        height = 0.0
        for row, (look, text) in enumerate(lines, 1):
            self._painter.put(row, 1, text, LOOKS[look])
            height += self._painter.fit(row, (text, wide, LOOKS[look]))
        row = len(lines)
        for label, value in ((form.unit[0], head.unit), (form.form[0], head.form)):
            row += 1
            self._painter.put(row, 1, label, LOOKS["label"])
            self._painter.put(row, 2, value, LOOKS["value"])
            height += self._painter.fit(row, (value, self._columns[1].width, LOOKS["value"]))
        if head.roles:
            row += 1
            height += self._write_role(row, head.roles)
        if form.date:
            row += 1
            self._painter.put(row, 1, form.date[0], LOOKS["label"])
            pattern = self._language.text("questionnaire.date_format")
            self._painter.put(row, 2, "", dated(LOOKS["field"], pattern))
            height += self._painter.fit(row, (form.date[0], wide, LOOKS["label"]))
            self._choices.ask_date(f"B{row}")
        return row + 1, height

    def _write_role(self, row: int, roles: Sequence[str]) -> float:
        """The field for the role of whoever fills in the form; returns its height."""
        label = role_heading(self._instrument, self._language)
        self._painter.put(row, 1, label, LOOKS["label"])
        self._painter.put(row, 2, "", LOOKS["field"])
        self._choices.offer(f"B{row}", "role", roles)
        return self._painter.fit(row, (label, sum(self._width.values()), LOOKS["label"]))

    def _write_rows(self, rows: list[Row], first: int) -> list[Block]:
        """Returns what the printer keeps together: a question, and the headings before it."""
        blocks: list[Block] = []
        before = None
        for at, row in enumerate(rows, first):
            height = self._write_row(at, row)
            begins = row.kind in _BEGINNING and before not in _HEADINGS
            if begins or not blocks:
                blocks.append(Block(at, height))
            else:
                blocks[-1] = Block(blocks[-1].row, blocks[-1].height + height)
            before = row.kind
        return blocks

    def _write_row(self, at: int, row: Row) -> float:
        for column in range(1, len(self._columns) + 1):
            self._painter.put(at, column, "", LOOKS[row.kind])
        self._put(at, "item", row.number, row.kind)
        self._put(at, "question", row.text, row.kind)
        texts = [(row.text, self._width["question"], LOOKS[row.kind])]
        if "last" in self._place:
            self._put(at, "last", row.last, "last" if row.last else row.kind)
            texts.append((row.last, self._width["last"], LOOKS["last"]))
        if row.item is not None:
            self._write_fields(at, row, row.item)
        return self._painter.fit(at, *texts)

    def _write_fields(self, at: int, row: Row, item: Item) -> None:
        """The answer and the remark, as far as the row takes any."""
        several = item.type == "multiple" and row.kind == "question"
        typed = "number" if item.type == "number" else "field"
        self._put(at, "answer", "", "closed" if several else typed)
        if row.kind == "question" and "remark" in self._place:
            self._put(at, "remark", "", "field")
        coordinate = f"{get_column_letter(self._place['answer'])}{at}"
        language, instrument = self._language, self._instrument
        if row.kind == "option":
            self._choices.offer(coordinate, "mark", instrument.form.mark[:1])
        elif item.type == "yes_no":
            words = [*answer_words(instrument, language), *missing_words(instrument, language)]
            self._choices.offer(coordinate, "answer", words)
        elif item.type == "single":
            self._choices.offer(coordinate, "choice", option_labels(item, language))
        elif item.type == "number":
            self._choices.ask_number(coordinate, item)

    def _put(self, at: int, column: str, text: str, look: str) -> None:
        self._painter.put(at, self._place[column], text, LOOKS[look])


def _columns(instrument: Instrument, language: Language, shows_last: bool) -> list[_Column]:
    form = instrument.form
    in_words = any(item.type == "text" for item in instrument.items)
    question = form.question[0] if form.question else language.text("questionnaire.question")
    columns = [
        _Column("item", form.item[0], _NUMBER),
        _Column("question", question, _QUESTION - (8 if shows_last else 0)),
    ]
    if shows_last:
        columns.append(_Column("last", Phrase("last_time").told(language.code), _LAST))
    columns.append(_Column("answer", form.answer[0], _ANSWER_IN_WORDS if in_words else _ANSWER))
    if form.remark:
        columns.append(_Column("remark", form.remark[0], _REMARK))
    return columns
