"""What a published table is: its columns in words, and its values as readers know them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

import pandas as pd

from misbrug_analysis.presentation.addresses import table_anchor
from misbrug_analysis.presentation.language import significant

Kind = Literal["text", "code", "boolean", "integer", "year", "number", "share", "estimate", "date"]
"""``code`` is one of a list, or points to another table; ``boolean`` is the code ``true`` or
``false``; ``share`` goes from 0 to 1; ``estimate`` is a number that means no more than its first
two digits."""

Source = tuple[str, str | None]
"""What a table rests on, with an address where there is one."""

Value = str | int | float | date

NOT_AVAILABLE, NOT_APPLICABLE, SUPPRESSED = "[x]", "[z]", "[c]"
"""What stands in a cell without a value (Analysis Function, Government of the United Kingdom)."""


@dataclass(frozen=True)
class Field:
    """One column: its name in files for machines; label and meaning in the edition's language.

    ``codes`` are the labels of the values, ``explained`` says more of those that need it, and
    ``measure`` is what a number counts. ``points_to`` is the table and column that has the value as
    well. An ``optional`` column can have empty cells, and
    one that is not for ``readers`` is in the files for machines only. ``decimals`` are those that
    readers see of a number, or of a share in percent.
    """

    name: str
    label: str
    about: str
    kind: Kind = "text"
    codes: Mapping[str, str] = field(default_factory=dict)
    explained: Mapping[str, str] = field(default_factory=dict)
    closed: bool = True
    measure: str = ""
    points_to: tuple[str, str] | None = None
    optional: bool = False
    readers: bool = True
    decimals: int = 0


@dataclass(frozen=True, eq=False)
class Dataset:
    """A table that is published: its columns, the columns that make a row unique, its values.

    ``frame`` has the columns of ``fields``, with codes as values and an empty text or a missing
    number where there is nothing; ``not_applicable`` tells in which rows a column says nothing,
    whatever is stored, and ``suppressed`` where nothing is stored since it would tell what few
    persons said. ``shown`` has what readers see in a column where its codes alone do not say it.
    ``note`` says whose words or choices the table holds, where that is not plain, and
    ``of_answers`` whether it rests on the answers at all. It may be used under ``licence``, an
    identifier of the SPDX list, and on ``terms`` in words.
    """

    name: str
    sheet: str
    title: str
    about: str
    note: str
    fields: Sequence[Field]
    key: Sequence[str]
    frame: pd.DataFrame
    not_applicable: Mapping[str, Sequence[bool]] = field(default_factory=dict)
    suppressed: Mapping[str, Sequence[bool]] = field(default_factory=dict)
    shown: Mapping[str, Sequence[str]] = field(default_factory=dict)
    of_answers: bool = True
    sources: Sequence[Source] = ()
    licence: str | None = None
    terms: Sequence[str] = ()

    @property
    def anchor(self) -> str:
        """Where the page of all tables describes this one."""
        return table_anchor(self.name)

    @property
    def reader_fields(self) -> list[Field]:
        return [column for column in self.fields if column.readers]

    def values(self, column: Field) -> list[Value]:
        """The column as readers see it: codes in words, shorthand in place of what is missing."""
        stored = self.frame[column.name].tolist()
        shown = self.shown.get(column.name, stored)
        nowhere = self.not_applicable.get(column.name, [False] * len(stored))
        withheld = self.suppressed.get(column.name, [False] * len(stored))
        return [
            NOT_APPLICABLE
            if without
            else (SUPPRESSED if hidden else NOT_AVAILABLE)
            if is_missing(value)
            else _readable(words, column)
            for value, words, without, hidden in zip(stored, shown, nowhere, withheld, strict=True)
        ]

    def without_value(self, column: Field) -> list[bool]:
        """In which rows readers see shorthand in place of a value."""
        stored = self.frame[column.name].tolist()
        nowhere = self.not_applicable.get(column.name, [False] * len(stored))
        return [
            without or is_missing(value) for value, without in zip(stored, nowhere, strict=True)
        ]


def is_missing(value: object) -> bool:
    """Whether there is no value: an empty text or a missing number."""
    return value is None or value is pd.NA or value != value or value == ""


def _readable(value: Value, column: Field) -> Value:
    if column.kind == "estimate":
        return int(significant(Decimal(str(value))))
    return column.codes.get(value, value) if isinstance(value, str) else value
