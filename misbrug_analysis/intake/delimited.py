"""Delimited text (CSV) as records and as a grid, in the ways that programs write it."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import Final

from misbrug_analysis.intake.bounds import FORM, Bounds, Tally, UnreadableFile, content_of, too_many
from misbrug_analysis.intake.grid import Cell, Grid, Sheet, cell_text, locator
from misbrug_analysis.model.errors import Phrase

SUFFIXES: Final = (".csv", ".tsv", ".txt")
"""What files of delimited text are called."""

SEPARATORS: Final = ";\t,|"
"""In order of preference: what a Danish Excel writes comes first."""

MAX_LINES: Final = 2_000_000
"""Lines of a file, those within quotes too."""

MAX_LINE: Final = 1_000_000
"""Bytes of a line."""

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
"""Bytes in which the encoding and the separator show."""

_FEW = 200
"""Records from which the separator is found."""

_END = "end of the file"
"""A record after the last one: an open quote would swallow it."""


def read_delimited(path: Path, bounds: Bounds = FORM) -> Grid:
    """The file as one sheet without a name, with its non-empty cells.

    Raises UnreadableFile for what is no text or too large to be a form.
    """
    cells = []
    tally = Tally(bounds)
    for row, values in enumerate(records(content_of(path, bounds)), 1):
        for column, value in enumerate(values, 1):
            if value.strip():
                cell = Cell(row, column, cell_text(value), locator("", row, column))
                tally.add(row, column, value.strip())
                cells.append(cell)
    return Grid([Sheet("", tuple(cells))])


def records(content: bytes) -> Iterator[list[str]]:
    """The records of a file, their texts as they were typed.

    UTF-8 with or without BOM, UTF-16 (without BOM where every second byte is zero), else
    Windows-1252. The separator is that of a first line ``sep=;``, which is no record, else the one
    that stands in most records, in most of them equally often. Raises UnreadableFile for what is
    no text, for too many lines or too long ones, and for a quote that never ends.
    """
    _check_lines(content)
    encoding = _encoding(content)
    stream = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
    sample = _beginning(content[:_SAMPLE], encoding)
    separator = _declared(sample)
    try:
        if separator:
            stream.readline()
        yield from _parsed(stream, separator or _separator(sample, len(content) > _SAMPLE))
    except UnicodeDecodeError:
        raise _no_text("not_text_inside") from None
    except csv.Error:
        raise _no_text("no_table_inside") from None


def first_record(beginning: bytes) -> list[str]:
    """The first record that holds anything in the beginning of a file.

    Raises UnreadableFile where none can be read.
    """
    sample = _beginning(beginning, _encoding_of(beginning))
    separator = _declared(sample)
    stream = io.StringIO(sample, newline="")
    if separator:
        stream.readline()
    try:
        found = csv.reader(stream, delimiter=separator or _separator(sample, is_cut=True))
        return next((record for record in found if any(map(str.strip, record))), [])
    except csv.Error:
        raise _no_text("no_table_inside") from None


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


def _encoding(content: bytes) -> str:
    encoding = _encoding_of(content[:_SAMPLE])
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), _CHUNK):
            if "\0" in decoder.decode(content[start : start + _CHUNK]):
                raise _no_text("not_text_inside")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        if encoding != "utf-8-sig" or b"\0" in content:
            raise _no_text("not_text_inside") from None
        return "cp1252"
    return encoding


def _beginning(content: bytes, encoding: str) -> str:
    """What a file begins with; half a letter at the end is left out."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(content)
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _encoding_of(beginning: bytes) -> str:
    """The encoding that a file begins in; what says nothing of it may be UTF-8."""
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    zeros = [beginning[place::2].count(0) for place in (0, 1)]
    for place, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if zeros[place] > len(beginning) / 4 and not zeros[1 - place]:
            return encoding
    return "utf-8-sig"


def _declared(sample: str) -> str:
    """The separator that Excel was told of in a first line ``sep=;``; nothing where there is none.

    Another letter than one of the known separators is not taken.
    """
    first = next(iter(sample[:10].splitlines()), "").strip('"')
    return first[4] if first[:4].lower() == "sep=" and first[4:] in set(SEPARATORS) else ""


def _separator(sample: str, is_cut: bool) -> str:
    """The separator of a text, of which the last record ``is_cut``."""

    def agreement(mark: str) -> tuple[int, int, int]:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=mark)
        widths: list[int] = []
        with suppress(csv.Error):
            widths.extend(len(record) for record in islice(reader, _FEW))
        if is_cut and len(widths) > 1:
            widths.pop()
        several = Counter(width for width in widths if width > 1)
        width, agreeing = max(several.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        return several.total(), agreeing, width

    return max(SEPARATORS, key=agreement)


def _parsed(lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    previous: list[str] | None = None
    for record in csv.reader(chain(lines, [_END]), delimiter=separator):
        if previous is not None:
            yield previous
        previous = record
    if previous != [_END]:
        raise _no_text("no_table_inside")


def _no_text(detail: str) -> UnreadableFile:
    return UnreadableFile("not_text", detail=Phrase(detail))
