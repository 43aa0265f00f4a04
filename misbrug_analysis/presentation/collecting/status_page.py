"""Who has sent what as a page and as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from misbrug_analysis.intake.status import Standing
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import (
    Bullets,
    Heading,
    Paragraphs,
    Table,
)
from misbrug_analysis.presentation.cells import Column
from misbrug_analysis.presentation.collecting.reminder import Reminder, reminders
from misbrug_analysis.presentation.collecting.status_rows import (
    headings,
    nobodys,
    status_rows,
)
from misbrug_analysis.presentation.collecting.words import head, sent_sentence, state_list
from misbrug_analysis.presentation.data_files import BOM, guarded, separator
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.page import render_page
from misbrug_analysis.presentation.passages import unmarked

GROUP = 1
"""The place of the column that names the group."""

NOTHING = "–"


def status_page(standing: Standing, language: Language) -> str:
    """The page ``status.html``: the counts, a row for each unit, and the reminders."""
    title = language.text("status.title")
    page = head(standing.study, language, title, sent_sentence(standing, language))
    blocks: list[Block] = [
        state_list(standing, language),
        Heading(language.text("status.who"), 2, "who"),
        *_tables(standing, language),
    ]
    if files := nobodys(standing, language):
        blocks += [Heading(language.text("status.nobodys"), 2, "nobodys"), Bullets(files)]
    for number, reminder in enumerate(reminders(standing, language), 1):
        blocks += [Heading(reminder.heading, 2, f"reminder-{number}"), *_message(reminder)]
    return render_page(page, blocks, language, listed=False)


def _tables(standing: Standing, language: Language) -> Iterator[Table]:
    """A table for each group of units, so that each stays narrow and short."""
    rows = status_rows(standing, language)
    labels = [
        label for place, label in enumerate(headings(standing.study, language)) if place != GROUP
    ]
    for group in dict.fromkeys(row.group for row in rows):
        cells = [
            [cell or NOTHING for place, cell in enumerate(row.cells) if place != GROUP]
            for row in rows
            if row.group == group
        ]
        title = language.text("status.table", group=group)
        yield Table(title, [Column(label) for label in labels], cells, even=True)


def _message(reminder: Reminder) -> list[Block]:
    """A message as paragraphs, and below it who it is for."""
    lines = [line for part in reminder.text for line in part.split("\n")]
    return [
        Paragraphs(lines),
        Paragraphs([reminder.to], "note"),
        Bullets(list(reminder.who)),
    ]


def status_csv(standing: Standing, language: Language) -> bytes:
    """The rows for the Excel of a language: UTF-8 with BOM, CRLF, no text that it would run."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator(language), lineterminator="\r\n")
    writer.writerow([guarded(label) for label in headings(standing.study, language)])
    for row in status_rows(standing, language):
        writer.writerow([guarded(unmarked(cell)) for cell in row.cells])
    return (BOM + stream.getvalue()).encode("utf-8", "replace")
