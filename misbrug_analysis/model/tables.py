"""The tables that flow through the library: their columns and their checks.

A table is checked at each floor's edge (``checked``). pandera is imported when the first table is
checked, so that commands which check none do not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
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
    table = shaped(name, frame)
    return table if _holds(name, table) else schema(name).validate(table, lazy=True)


def _holds(name: TableName, table: pd.DataFrame) -> bool:
    """Whether nothing at all is wrong with a table; the schema finds out what is.

    It looks at the same as the schema does, at a tenth of the time in tables of millions of rows.
    """
    return all(_is_allowed(table[column]) for column in table) and _is_unique(table[_KEYS[name]])


def _is_allowed(column: pd.Series) -> bool:
    if column.name in _SHARES:
        return bool((column.isna() | column.between(0, 1)).all())
    if column.dtype == "int64":
        return bool((column >= 0).all())
    allowed = _ALLOWED.get(str(column.name))
    return not column.hasnans if allowed is None else set(column.tolist()) <= {*allowed}


def _is_unique(rows: pd.DataFrame) -> bool:
    """Whether no row comes twice. Equal rows have equal hashes; so can, rarely, other ones."""
    texts = zip(*(rows[name].tolist() for name in rows), strict=True)
    hashes = np.fromiter(map(hash, texts), dtype=np.int64, count=len(rows))
    hashes.sort()
    return not (hashes[1:] == hashes[:-1]).any()


def empty(name: TableName) -> pd.DataFrame:
    """A table without rows."""
    kinds = COLUMNS[name]
    return pd.DataFrame({column: pd.Series(dtype=kind) for column, kind in kinds.items()})


Row = Mapping[Hashable, Any]
"""A row of a table, by column."""


Given = pd.DataFrame | Callable[[], pd.DataFrame]
"""A table, or what reads it."""


class Results:
    """What the rules made of a study: its five tables.

    One that is given as a function is read when it is first asked for.
    """

    def __init__(
        self, answers: Given, ledger: Given, form_answers: Given, consolidated: Given, scores: Given
    ) -> None:
        self._given: dict[str, Given] = {
            "answers": answers,
            "ledger": ledger,
            "form_answers": form_answers,
            "consolidated": consolidated,
            "scores": scores,
        }

    @cached_property
    def answers(self) -> pd.DataFrame:
        return self._table("answers")

    @cached_property
    def ledger(self) -> pd.DataFrame:
        return self._table("ledger")

    @cached_property
    def form_answers(self) -> pd.DataFrame:
        return self._table("form_answers")

    @cached_property
    def consolidated(self) -> pd.DataFrame:
        return self._table("consolidated")

    @cached_property
    def scores(self) -> pd.DataFrame:
        return self._table("scores")

    @cached_property
    def score_rows(self) -> dict[tuple[str, str, str], Row]:
        """The rows of ``scores`` by level, group and item."""
        rows = self.scores.to_dict("records")
        return {(row["level"], row["group"], row["item"]): row for row in rows}

    def with_tables(self, **others: pd.DataFrame) -> Results:
        """The same results with other tables in place of some, by name."""
        return Results(**{**self._given, **others})

    def whole(self) -> Results:
        """The same results, of which every table is read by now."""
        return Results(*(getattr(self, name) for name in COLUMNS))

    def _table(self, name: str) -> pd.DataFrame:
        given = self._given[name]
        return given() if callable(given) else given
