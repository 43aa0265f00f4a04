"""Delimited text (CSV) as records and as a grid, in the ways that programs write it."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from misbrug_analysis.intake.bounds import FORM, Bounds, Tally, UnreadableFile, content_of, too_many
from misbrug_analysis.intake.encodings import doubts, encoding_of, encoding_of_beginning
from misbrug_analysis.intake.grid import Cell, Grid, Sheet, locator, visible
from misbrug_analysis.model.errors import Phrase

SUFFIXES: Final = (".csv", ".tsv", ".txt")
"""What files of delimited text are called."""

SEPARATORS: Final = ";\t,|"
"""In order of preference: what a Danish Excel writes comes first."""

MAX_LINES: Final = 2_000_000
"""Lines of a file, those within quotes too."""

MAX_LINE: Final = 1_000_000
"""Bytes of a line."""

_SAMPLE = 1 << 16
"""Bytes in which the separator shows."""

_FEW = 200
"""Records from which the separator is found."""

_LONGEST = 131_072
"""So many characters has no cell: the limit that csv has of its own."""

_LINE_BREAK = re.compile("\r\n|\r|\n")


def read_delimited(path: Path, bounds: Bounds = FORM) -> Grid:
    """The file as one sheet without a name, with its non-empty cells.

    Raises UnreadableFile for what is no text or too large to be a form.
    """
    return delimited_grid(content_of(path, bounds), bounds)


def delimited_grid(content: bytes, bounds: Bounds = FORM) -> Grid:
    """The same of a file's content.

    Raises UnreadableFile as ``read_delimited`` does.
    """
    cells = []
    tally = Tally(bounds)
    for row, values in enumerate(records(content), 1):
        for column, value in enumerate(values, 1):
            if text := visible(value):
                cell = Cell(row, column, text, locator("", row, column))
                tally.add(row, column, value.strip())
                cells.append(cell)
    return Grid([Sheet("", tuple(cells))], remarks=doubts(content))


def records(content: bytes) -> Iterator[list[str]]:
    """The records of a file, their texts as they were typed.

    The separator is that of a first line ``sep=;``, which is no record, else the one that stands in
    most records, in most of them equally often. Raises UnreadableFile for what is no text, for too
    many lines or too long ones, and for a quote that does not end where a cell does, or that has
    swallowed other records.
    """
    _check_lines(content)
    encoding = encoding_of(content)
    stream = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
    sample = _beginning(content[:_SAMPLE], encoding)
    is_cut = len(content) > _SAMPLE
    separator = _declared(sample)
    line = 0
    try:
        if separator:
            line += bool(stream.readline())
        separator = separator or _separator(sample, is_cut)
        if b'"' not in content:
            yield from _unquoted(stream, separator, line)
            return
        yield from _parsed(stream, separator, _width(sample, separator, is_cut), line)
    except UnicodeDecodeError:
        raise UnreadableFile("not_text", detail=Phrase("not_text_inside")) from None


def first_records(beginning: bytes, most: int = 1) -> list[list[str]]:
    """The first records that hold anything in the beginning of a file, ``most`` of them.

    What cannot be read ends them.
    """
    sample = _beginning(beginning, encoding_of_beginning(beginning))
    separator = _declared(sample)
    stream = io.StringIO(sample, newline="")
    if separator:
        stream.readline()
    found = csv.reader(stream, delimiter=separator or _separator(sample, is_cut=True))
    kept: list[list[str]] = []
    with suppress(csv.Error):
        kept += islice((record for record in found if any(map(str.strip, record))), most)
    return kept


def _check_lines(content: bytes) -> None:
    """Raise UnreadableFile for more lines, or longer ones, than there can be."""
    lines = max(content.count(b"\n"), content.count(b"\r"))
    if lines > MAX_LINES:
        raise too_many("of_lines", MAX_LINES)
    start = 0
    while start + MAX_LINE < len(content):
        stretch = start, start + MAX_LINE
        end = max(content.rfind(b"\n", *stretch), content.rfind(b"\r", *stretch))
        if end < 0:
            raise too_many("of_letters_in_a_row", MAX_LINE)
        start = end + 1


def _beginning(content: bytes, encoding: str) -> str:
    """What a file begins with; half a letter at the end is left out."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(content)
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _declared(sample: str) -> str:
    """The separator that Excel was told of in a first line ``sep=;``; nothing where there is none.

    A spreadsheet that saves the file again fills that line up (``sep=;;;;;``), with a separator of
    its own if it uses another one (``sep=,;;;;``). Another sign than one of the known separators is
    not taken.
    """
    first = next(iter(sample.splitlines()), "")
    begins, marks = first.lstrip('"')[:4].lower(), first.lstrip('"')[4:].replace('"', "")
    rest = set(marks[1:]) or set(marks)
    return marks[-1] if begins == "sep=" and len(rest) == 1 and rest <= set(SEPARATORS) else ""


def _separator(sample: str, is_cut: bool) -> str:
    """The separator of a text, of which the last record ``is_cut``."""

    def agreement(mark: str) -> tuple[int, int, int]:
        several = _widths(sample, mark, is_cut)
        width, agreeing = max(several.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        return several.total(), agreeing, width

    return max(SEPARATORS, key=agreement)


def _width(sample: str, separator: str, is_cut: bool) -> int:
    """How many cells most records of a text have, or the first ones; 0 where none has several."""
    several = _widths(sample, separator, is_cut)
    return max(several, key=lambda width: several[width], default=0)


def _widths(sample: str, separator: str, is_cut: bool) -> Counter[int]:
    """How many of the first records have how many cells, of those that have several."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    widths: list[int] = []
    with suppress(csv.Error):
        widths.extend(len(record) for record in islice(reader, _FEW))
    if is_cut and len(widths) > 1:
        widths.pop()
    return Counter(width for width in widths if width > 1)


def _unquoted(lines: Iterable[str], separator: str, line: int) -> Iterator[list[str]]:
    """The same of lines without a quote, each of which is a record."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error:
        raise UnreadableFile("stray_quote", line=line + reader.line_num) from None


def _parsed(lines: Iterable[str], separator: str, width: int, line: int) -> Iterator[list[str]]:
    """The records of lines, before which there was another ``line`` or none."""
    taken: list[str] = []
    reader = csv.reader(_noted(lines, taken), delimiter=separator, strict=True)
    try:
        for record in reader:
            if len(taken) > 1 and _has_swallowed(record, taken, separator, width):
                break
            yield record
            line += len(taken)
            taken.clear()
    except csv.Error:
        pass
    if taken:
        raise UnreadableFile("stray_quote", line=line + 1)


def _noted(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _has_swallowed(record: list[str], lines: list[str], separator: str, width: int) -> bool:
    """Whether a quote that was never meant as one has made several records look like this one.

    A text with line breaks is one of somebody's, and may hold separators. Here a line in it holds
    as many as a whole record; or its first and last lines would be whole records without the
    quotes; or the record is too wide.
    """
    if any(len(cell) > _LONGEST for cell in record):  # csv's own limit is anybody's to change
        return True
    if width < 2:
        return False
    inside = [0] * len(lines)
    place = 0
    for cell in record:
        first, *others = _LINE_BREAK.split(cell)
        inside[place] += first.count(separator)
        for text in others:
            place += 1
            inside[place] += text.count(separator)
    whole = width - 1
    ends = [lines[0].count(separator), lines[-1].count(separator)]
    return (
        any(marks >= whole for marks in inside[1:])
        or (inside[-1] > 0 and ends == [whole, whole])
        or (sum(inside) > 0 and len(record) > width)
    )
