"""The tables as CSV: for a double click in the Excel of a language, and for machines.

A file for machines has the library's names and codes, points for decimals and empty fields; a file
for Excel has what a reader of the language expects. A spreadsheet runs a text that begins like a
formula and turns ``0320`` and ``1.1`` into something else, so such texts get an apostrophe there.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from misbrug_analysis.model.tables import write_table
from misbrug_analysis.presentation.datasets import Dataset, Field
from misbrug_analysis.presentation.datasets.description import Value
from misbrug_analysis.presentation.html import printable
from misbrug_analysis.presentation.language import Language

BOM = "\ufeff"
"""By this Excel knows that a file is UTF-8."""

_SEPARATORS = {",": ";"}
"""What stands between fields where a decimal comma cannot; a comma everywhere else."""

# What Excel takes for a formula or a command, also after spaces.
_RUNS = re.compile(r"\s*[=+\-@]|[\t\r]")
# Digits with other signs (a date, a version, a clock) and figures that begin with 0.
_TURNS = re.compile(r"\s*(?:0\d+|\d+(?:\s*[.,:/\-]\s*\d+)+)\s*%?\s*")


def excel_csv(table: Dataset, language: Language) -> bytes:
    """The table for the Excel of a language: UTF-8 with BOM, CRLF, labels, words, shorthand."""
    fields = table.reader_fields
    columns = [_readable(table, column, language.decimal_mark) for column in fields]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator(language), lineterminator="\r\n")
    writer.writerow([guarded(label) for label in headings(fields)])
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
    """The labels of the columns, each once: a number is added where two are the same."""
    found: list[str] = []
    for column in fields:
        label, number = column.label, 1
        while label in found:
            number += 1
            label = f"{column.label} ({number})"
        found.append(label)
    return found


def guarded(text: str) -> str:
    """The text with an apostrophe where a spreadsheet would run it or turn it into something else.

    Control characters that no program shows are replaced.
    """
    runs = _RUNS.match(text) or _TURNS.fullmatch(text)
    plain = printable(text.replace("\r\n", "\n").replace("\r", "\n"))
    return f"'{plain}" if runs else plain


def _readable(table: Dataset, column: Field, decimal_mark: str) -> list[str]:
    return [_written(value, decimal_mark) for value in table.values(column)]


def _written(value: Value, decimal_mark: str) -> str:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, float):
        return f"{value:.12g}".replace(".", decimal_mark)
    return str(value)
