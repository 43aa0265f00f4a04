"""What goes wrong with text in rows and columns, before and after it becomes bytes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

from hypothesis import strategies as st

from tests.fuzz.broken_cells import WORDS
from tests.fuzz.invariants import PERSONAL

TextBreaker = Callable[[st.DrawFn, str], str]

ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp850"]
SIGNS = ['"', '""', ";", ",", "\t", "\n", "\r", "\r\n", "'", "\\", "\0", "\x1b[31m", "\ufeff", "=1"]
KNOWN = st.sampled_from([*WORDS, *PERSONAL, "=cmd|'/c calc'!A0", "<script>", "x" * 40_000])
"""What a cell can say; never two personal data beside each other, which could hide one."""


def encoded(draw: st.DrawFn, text: str) -> bytes:
    """Most often UTF-8 as Excel writes it."""
    encoding = draw(st.just("utf-8-sig") | st.sampled_from(ENCODINGS))
    return text.encode(encoding, "replace")


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True) or [""]


def line_deleted(draw: st.DrawFn, text: str) -> str:
    lines = _lines(text)
    del lines[draw(st.integers(0, len(lines) - 1))]
    return "".join(lines)


def line_repeated(draw: st.DrawFn, text: str) -> str:
    lines = _lines(text)
    at, to = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines)))
    return "".join([*lines[:to], lines[at] * draw(st.sampled_from([1, 2, 50])), *lines[to:]])


def lines_swapped(draw: st.DrawFn, text: str) -> str:
    lines = _lines(text)
    one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def line_cut(draw: st.DrawFn, text: str) -> str:
    lines = _lines(text)
    at = draw(st.integers(0, len(lines) - 1))
    lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
    return "".join(lines)


def sign_inserted(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.sampled_from(SIGNS)) + text[at:]


def letters_inserted(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    letters = st.characters(exclude_categories=("Cs", "Nd"))
    return text[:at] + draw(st.text(letters, min_size=1, max_size=10)) + text[at:]


def separator_changed(draw: st.DrawFn, text: str) -> str:
    """Everywhere, or in some lines."""
    lines = _lines(text)
    first = draw(st.integers(0, len(lines)))
    other = draw(st.sampled_from([",", "\t", "|", " ", ";;"]))
    return "".join(lines[:first]) + "".join(lines[first:]).replace(";", other)


def line_breaks_changed(draw: st.DrawFn, text: str) -> str:
    return re.sub(r"\r?\n", draw(st.sampled_from(["\n", "\r", "\r\n", "\n\r", "\u2028"])), text)


def quotes_changed(draw: st.DrawFn, text: str) -> str:
    return text.replace('"', draw(st.sampled_from(["", "'", "”", '""'])))


def cell_changed(draw: st.DrawFn, text: str) -> str:
    rows = _rows(text)
    row = rows[draw(st.integers(0, len(rows) - 1))]
    if row:
        row[draw(st.integers(0, len(row) - 1))] = draw(KNOWN)
    return _text(rows)


def column_moved(draw: st.DrawFn, text: str) -> str:
    """One column to another place, or away."""
    rows = _rows(text)
    at, to = draw(st.integers(0, 6)), draw(st.integers(0, 6))
    gone = draw(st.booleans())
    for row in rows:
        if at < len(row):
            cell = row.pop(at)
            if not gone:
                row.insert(to, cell)
    return _text(rows)


def column_doubled(draw: st.DrawFn, text: str) -> str:
    rows = _rows(text)
    at = draw(st.integers(0, 6))
    return _text([row + row[at : at + 1] for row in rows])


def _rows(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=";")) or [[]]
    except csv.Error:  # it was broken before
        return [line.split(";") for line in text.splitlines()] or [[]]


def _text(rows: list[list[str]]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows(rows)
    return stream.getvalue()


TEXT_BREAKERS: tuple[TextBreaker, ...] = (
    line_deleted,
    line_repeated,
    lines_swapped,
    line_cut,
    sign_inserted,
    letters_inserted,
    separator_changed,
    line_breaks_changed,
    quotes_changed,
    cell_changed,
    column_moved,
    column_doubled,
)
