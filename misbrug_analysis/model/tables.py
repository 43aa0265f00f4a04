"""The tables that flow through the library: their columns, their checks and their files.

A table is checked at each floor's edge (``checked``). pandera is imported when the first table is
checked, so that commands which check none do not wait for it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import pandas as pd

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

TableName = Literal["answers", "ledger", "form_answers", "consolidated", "scores"]

PUBLISHED = (
    "scores",
    "option_counts",
    "number_counts",
    "totals",
    "comparisons",
    "agreement",
    "role_gaps",
    "sensitivity",
    "consolidated",
    "form_answers",
    "answers",
    "rulings",
    "possible_counts",
    "topics",
    "items",
    "units",
    "groups",
    "members",
    "priorities",
    "ratings",
    "cooperation_areas",
    "wishes",
    "feedback",
    "actions",
    "need",
    "need_groups",
    "population",
    "population_groups",
    "estimates",
    "other_estimates",
    "ledger",
)
"""Every table that a study can publish, as a report names what it rests on."""

FATES = ("used", "blank", "context", "rejected", "superseded")

RULES = (
    "adjudicated",
    "split",
    "adjudicated_form",
    "partly_undecided",
    "partly_below",
    "partly_on_par",
    "partly_set",
    "kept",
    "incomplete",
    "merged",
    "agreed",
    "left_open",
    "too_few",
    "unanswered",
    "absent",
)
"""What can settle an answer; of those that apply, the first one names a consolidated answer."""

COLUMNS: dict[TableName, dict[str, str]] = {
    "answers": {
        "study": "str",
        "unit": "str",
        "form": "str",
        "respondent": "str",
        "item": "str",
        "value": "str",
        "raw": "str",
        "source": "str",
        "locator": "str",
    },
    "ledger": {
        "source": "str",
        "locator": "str",
        "raw": "str",
        "fate": "str",
        "reason": "str",
    },
    "form_answers": {
        "study": "str",
        "unit": "str",
        "form": "str",
        "indicator": "str",
        "answer": "str",
        "rule": "str",
        "share": "float64",
        "threshold": "float64",
        "peers": "int64",
    },
    "consolidated": {
        "study": "str",
        "unit": "str",
        "indicator": "str",
        "answer": "str",
        "rule": "str",
        "inputs": "str",
    },
    "scores": {
        "study": "str",
        "level": "str",
        "group": "str",
        "item": "str",
        "yes": "int64",
        "partly": "int64",
        "no": "int64",
        "unanswered": "int64",
        "absent": "int64",
        "n": "int64",
        "share": "float64",
        "degree": "float64",
        "low": "float64",
        "high": "float64",
    },
}

_KEYS: dict[TableName, list[str]] = {
    "answers": ["unit", "form", "respondent", "item"],
    "ledger": ["source", "locator"],
    "form_answers": ["unit", "form", "indicator"],
    "consolidated": ["unit", "indicator"],
    "scores": ["level", "group", "item"],
}

_ALLOWED: dict[str, tuple[str, ...]] = {
    "fate": FATES,
    "rule": RULES,
    "answer": ("yes", "no", "partly", "unanswered", "absent"),
}

_SHARES = ("share", "threshold", "degree", "low", "high")


@cache
def schema(name: TableName) -> DataFrameSchema:
    """The pandera schema of a table: its columns and types, its key, the values allowed."""
    import pandera.pandas as pa

    columns = {}
    for column, kind in COLUMNS[name].items():
        checks = []
        if column in _ALLOWED:
            checks.append(pa.Check.isin(_ALLOWED[column]))
        if column in _SHARES:
            checks.append(pa.Check.in_range(0, 1))
        elif kind == "int64":
            checks.append(pa.Check.ge(0))
        columns[column] = pa.Column(kind, checks, nullable=column in _SHARES)
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=_KEYS[name], name=name)


def shaped(name: TableName, frame: pd.DataFrame) -> pd.DataFrame:
    """The table with its columns in order and of their types, its values not looked at."""
    kinds = COLUMNS[name]
    return frame[list(kinds)].astype(kinds).reset_index(drop=True)


def checked(name: TableName, frame: pd.DataFrame) -> pd.DataFrame:
    """The table as ``shaped`` makes it, after a look at every value.

    Raises pandera's SchemaErrors when a column, a type, a value or the key does not hold; that is
    a fault of the library, never of what people sent in.
    """
    return schema(name).validate(shaped(name, frame), lazy=True)


def empty(name: TableName) -> pd.DataFrame:
    """A table without rows."""
    kinds = COLUMNS[name]
    return pd.DataFrame({column: pd.Series(dtype=kind) for column, kind in kinds.items()})


def write_table(frame: pd.DataFrame, path: Path | BinaryIO) -> None:
    """Write a table as CSV: UTF-8, comma, line feeds, numbers in full."""
    frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def read_table(name: TableName, path: Path | BinaryIO) -> pd.DataFrame:
    """Read a table that ``write_table`` wrote; empty text cells stay empty texts."""
    kinds = COLUMNS[name]
    texts = {column: "str" for column, kind in kinds.items() if kind == "str"}
    frame = pd.read_csv(path, dtype=texts, encoding="utf-8", na_values={}, keep_default_na=False)
    numbers = {column: kind for column, kind in kinds.items() if kind != "str"}
    for column in numbers:
        frame[column] = pd.to_numeric(frame[column])
    return frame.astype(numbers)[list(kinds)]


Row = Mapping[Hashable, Any]
"""A row of a table, by column."""


@dataclass(frozen=True)
class Results:
    """What the rules made of a study: its five tables."""

    answers: pd.DataFrame
    ledger: pd.DataFrame
    form_answers: pd.DataFrame
    consolidated: pd.DataFrame
    scores: pd.DataFrame

    @cached_property
    def score_rows(self) -> dict[tuple[str, str, str], Row]:
        """The rows of ``scores`` by level, group and item."""
        rows = self.scores.to_dict("records")
        return {(row["level"], row["group"], row["item"]): row for row in rows}
