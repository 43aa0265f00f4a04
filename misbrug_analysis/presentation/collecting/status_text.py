"""What ``misbrug status`` prints: a table of the units, and reminders ready to paste."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from misbrug_analysis.intake.status import Standing
from misbrug_analysis.presentation.collecting.reminder import Reminder, reminders
from misbrug_analysis.presentation.collecting.status_rows import (
    headings,
    nobodys,
    status_rows,
)
from misbrug_analysis.presentation.collecting.words import (
    deadline,
    plain_line,
    sent_sentence,
    states,
    wrapped,
)
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import unmarked

WIDEST = (24, 24, 20, 44, 48)
"""Signs that a column takes at most; what is longer goes on below."""

BETWEEN = "  "
RULE = "-"


def status_lines(standing: Standing, language: Language) -> list[str]:
    """The lines of the status in a language."""
    lines = [sent_sentence(standing, language)]
    day = deadline(standing.study, language)
    lines += [language.text("reminder.deadline", date=day)] if day else []
    rows = [row.parts for row in status_rows(standing, language, short=True)]
    labels = [(label,) for label in headings(standing.study, language)]
    lines += ["", *_table([labels, *rows]), ""]
    for word, n, _ in states(standing, language):
        lines.append(f"{language.number(n):>5}  {word.lower()}")
    if files := nobodys(standing, language):
        lines += ["", language.text("status.nobodys"), *(f"{BETWEEN}{file}" for file in files)]
    for reminder in reminders(standing, language):
        lines += ["", *_message(reminder)]
    return [plain_line(line) for line in lines]


def _message(reminder: Reminder) -> Iterator[str]:
    """A reminder to paste, and below it the lines that are for whoever sends it."""
    yield from (f"--- {reminder.heading} ---", "")
    yield from "\n\n".join(reminder.text).splitlines()
    yield from ("", f"({reminder.to}")
    for number, line in enumerate(reminder.who, 1):
        yield from wrapped(line + (")" if number == len(reminder.who) else ""), BETWEEN)


def _table(rows: Sequence[Sequence[tuple[str, ...]]]) -> Iterator[str]:
    """The rows as columns of text, each part of a cell on lines of its own, a rule on top."""
    widths = [
        min(widest, max((len(unmarked(part)) for cell in column for part in cell), default=0))
        for widest, column in zip(WIDEST, zip(*rows, strict=True), strict=True)
    ]
    for number, row in enumerate(rows):
        cells = [
            [line for part in cell for line in textwrap.wrap(unmarked(part), width)]
            for cell, width in zip(row, widths, strict=True)
        ]
        for at in range(max(map(len, cells))):
            parts = [cell[at] if at < len(cell) else "" for cell in cells]
            line = BETWEEN.join(
                f"{part:<{width}}" for part, width in zip(parts, widths, strict=True)
            )
            yield line.rstrip()
        if number == 0:
            yield BETWEEN.join(RULE * width for width in widths)
