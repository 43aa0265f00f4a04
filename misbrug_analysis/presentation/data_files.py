"""The tables as CSV: for a double click in the Excel of a language, and for machines.

A file for machines has the library's names and codes, points for decimals and empty fields; a file
for Excel has what a reader of the language expects. A spreadsheet runs a text that begins like a
formula and turns ``0320``, ``1.1`` or ``maj 2014`` into something else, so such texts get an
apostrophe there. A file may be opened with other separators than its own, so what stands after a
separator inside a text counts as a beginning too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from misbrug_analysis.model.printable import printable
from misbrug_analysis.model.table_files import write_table
from misbrug_analysis.presentation.datasets import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    SUPPRESSED,
    Dataset,
    Field,
)
from misbrug_analysis.presentation.datasets.description import Value
from misbrug_analysis.presentation.language import Language

BOM = "\ufeff"
"""By this Excel knows that a file is UTF-8."""

_SEPARATORS = {",": ";"}
"""What stands between fields where a decimal comma cannot; a comma everywhere else."""

# Where a formula or a command can begin: a cell, and what wrong separators would make one of.
_RUNS = re.compile(r"""(^|[;,|\t\r\n])(?=[\s"']*[=+\-@＝＋－＠])""")
# Whole numbers that a spreadsheet shows as they are written; it shows longer ones with an E.
_STAYS = re.compile(r"0|[1-9][0-9]{0,10}", re.ASCII)
_LETTERS = re.compile(r"[^\W\d_]+")
_TIME = re.compile(r"[\d\-/.]+T[\d:.,]+Z?", re.IGNORECASE)
_ERROR = "#"
"""With it the values begin by which a spreadsheet tells of an error: #N/A, #REF!."""

_IN_NUMBERS = ("e", "kr", "dkk", "eur", "usd", "gbp")
"""Letters that an amount or a number with an exponent can have."""


def excel_csv(table: Dataset, language: Language) -> bytes:
    """The table for the Excel of a language: UTF-8 with BOM, CRLF, labels, words, shorthand."""
    fields = table.reader_fields
    columns = [_readable(table, column, language.decimal_mark) for column in fields]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator(language), lineterminator="\r\n")
    writer.writerow(headings(fields))
    writer.writerows(zip(*columns, strict=True))
    return (BOM + stream.getvalue()).encode("utf-8", "replace")


def machine_csv(table: Dataset) -> bytes:
    """The table for machines: UTF-8, comma, line feeds, names and codes, empty where nothing is."""
    stream = io.BytesIO()
    write_table(table.frame, stream)
    return stream.getvalue()


def separator(language: Language) -> str:
    """What stands between the fields of a CSV file for Excel, by the language's decimal sign."""
    return _SEPARATORS.get(language.decimal_mark, ",")


def headings(fields: Sequence[Field]) -> list[str]:
    """The labels of the columns, each once: a number is added where two are the same.

    They stand here as in the file.
    """
    found: list[str] = []
    for column in fields:
        label, number = guarded(column.label), 1
        while label in found:
            number += 1
            label = guarded(f"{column.label} ({number})")
        found.append(label)
    return found


@lru_cache(maxsize=4096)  # most columns hold few texts, many times
def guarded(text: str) -> str:
    """The text with an apostrophe where a spreadsheet would run it or turn it into something else.

    One stands before a formula, at the start and after every separator in the text, and before a
    whole text that would become a number, a date, a logical value, an error or the shorthand for a
    missing value. One stands before an apostrophe, too. Control characters that no program shows
    are replaced.
    """
    plain = printable(text.replace("\r\n", "\n").replace("\r", "\n"))
    safe = _RUNS.sub(r"\1'", plain)
    if _RUNS.match(plain):
        return safe
    # An apostrophe that somebody wrote would be taken for ours when the text is read back.
    begins = text[:1] in ("\t", "\r", "'")
    return f"'{safe}" if begins or (safe == plain and _turns(plain)) else safe


def _turns(text: str) -> bool:
    """Whether a spreadsheet in any of the languages would make something else of the whole text."""
    bare = text.strip().casefold()
    shorthand = (NOT_AVAILABLE, NOT_APPLICABLE, SUPPRESSED)
    if bare in shorthand or bare in _logical() or bare.startswith(_ERROR):
        return True
    if _STAYS.fullmatch(text) or not any(character.isdigit() for character in bare):
        return False
    return bool(_TIME.fullmatch(bare)) or set(_LETTERS.findall(bare)) <= _words()


@cache
def _logical() -> frozenset[str]:
    """What spreadsheets call true and false in the languages of the pages."""
    words = (language.text("data.logical") for language in _languages())
    return frozenset(word.casefold() for said in words for word in said.split())


@cache
def _words() -> frozenset[str]:
    """Words that dates, clocks and amounts can have: names of months and days, and parts of a day.

    A name is known by its first three letters too, as Excel takes it.
    """
    from babel import Locale

    found = set(_IN_NUMBERS)
    for language in _languages():
        locale = Locale.parse(language.text("language.locale"))
        for names in (locale.months, locale.days):
            for widths in names.values():
                for width in ("wide", "abbreviated"):
                    for name in widths.get(width, {}).values():
                        found |= {name.casefold().strip("."), name.casefold()[:3]}
    return frozenset({*found, "a", "p", "am", "pm"})


def _languages() -> Iterator[Language]:
    return (Language.load(code) for code in Language.codes())


def _readable(table: Dataset, column: Field, decimal_mark: str) -> list[str]:
    values = zip(table.values(column), table.without_value(column), strict=True)
    return [str(value) if empty else _written(value, decimal_mark) for value, empty in values]


def _written(value: Value, decimal_mark: str) -> str:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, float):
        return f"{value:.12g}".replace(".", decimal_mark)
    return str(value)
