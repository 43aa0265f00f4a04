"""Digests of what reports read of a study, by the names that they note.

The names are those of ``presentation.reads``. Rows count by what stands in them and their order;
what a name that is not known stands for is everything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from misbrug_analysis.analysis.sensitivity import Sensitivity
from misbrug_analysis.execution.digests import digest
from misbrug_analysis.execution.rests import need_digest
from misbrug_analysis.model.file_digests import file_digest
from misbrug_analysis.model.organisation import UNIT
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import COLUMNS, Results
from misbrug_analysis.presentation.known_variants import variants_of
from misbrug_analysis.presentation.reads import (
    EVERYTHING,
    NEED,
    OTHER_COUNTS,
    OTHER_RULES,
    ROWS,
    RULINGS,
    SENSITIVITY,
    TEXT,
    TEXTS,
)
from misbrug_analysis.presentation.respondents_view import agreement_of, role_gaps_of
from misbrug_analysis.presentation.scored_view import totals_of

_DIGITS = 12
"""So many decimals of shares under other rules count; tables are published with no more."""

_WORKED_OUT: Mapping[str, Callable[[Study, Results], pd.DataFrame]] = {
    "agreement": agreement_of,
    "role_gaps": role_gaps_of,
    "totals": totals_of,
}
"""What is worked out of all answers, and is the same after many changes of one."""

_Places = NDArray[np.intp]

_NONE: _Places = np.zeros(0, dtype=np.intp)


class ReadDigests:
    """Digests of parts of what a study has; each is worked out once."""

    def __init__(self, study: Study, results: Results) -> None:
        self._study = study
        self._results = results
        self._known: dict[str, str] = {}
        # All of them now: what is changed while the run is under way is then found by the next one.
        self._need = need_digest(study)
        self._texts = {path: file_digest(path) for path in (study.folder / TEXTS).rglob("*.md")}

    def of(self, name: str) -> str:
        """The digest of what is noted under a name, the same in every process."""
        if name not in self._known:
            self._known[name] = self._of(name)
        return self._known[name]

    def _of(self, name: str) -> str:
        if name.startswith(TEXT):
            return self._text(name.removeprefix(TEXT))
        if name == NEED:
            return self._need
        if name == OTHER_RULES:
            return digest(_hashed(self._sensitivity.variants))
        if name == OTHER_COUNTS:
            return digest(_hashed(self._sensitivity.absences))
        if name == SENSITIVITY:
            ways = self.of(OTHER_RULES) + self.of(OTHER_COUNTS)
            return digest(ways.encode() + self._varied_answers(self._units("", "")))
        parts = ROWS.fullmatch(name)
        rows = self._rows(**parts.groupdict("")) if parts and name != EVERYTHING else None
        if rows is None:
            return digest(b"".join(found.hashed(found.all) for found in self._tables.values()))
        return digest(rows)

    def _text(self, name: str) -> str:
        return self._texts.get(self._study.folder / TEXTS / f"{name}.md", "none")

    def _rows(self, table: str, item: str, level: str, group: str, varied: str) -> bytes | None:
        """What stands in the rows that are meant; None for a name that is not known."""
        if varied and not item:
            if table == "consolidated":
                return self._varied_answers(self._units(level, group))
            return self._varied_scores(level, group) if table == "scores" else None
        if table in _WORKED_OUT and not (varied or item or level):
            return _hashed(_WORKED_OUT[table](self._study, self._results))
        if table == RULINGS and not (varied or item):
            return self._rulings(self._units(level, group))
        if varied or table not in (*COLUMNS, "sent") or (item and table != "answers"):
            return None
        found = self._tables["answers" if table == "sent" else table]
        if table == "scores":
            return found.hashed(found.of_group(level, group) if level else found.all)
        rows = found.all
        if level:
            if "unit" not in found.table:  # nothing says of whom a cell of the ledger is
                return None
            rows = found.of_units(self._units(level, group))
        rows = np.intersect1d(rows, found.of_item(item), assume_unique=True) if item else rows
        if table == "sent":
            return "\n".join(sorted(set(found.table["unit"].iloc[rows]))).encode()
        return found.hashed(rows)

    def _rulings(self, units: pd.Series) -> bytes:
        """The rulings on answers of some units, in their order."""
        table = self._study.adjudications
        return _hashed(table[table["unit"].isin(units)])

    def _units(self, level: str, group: str) -> pd.Series:
        """The units of a group, or all of them."""
        frame = self._frame
        if level == UNIT:
            return frame.loc[frame["unit"] == group, "unit"]
        if level not in frame:
            return frame["unit"] if not level else frame["unit"].iloc[:0]
        return frame.loc[frame[level] == group, "unit"]

    def _varied_answers(self, units: pd.Series) -> bytes:
        asked = self._sensitivity.units.isin(units)
        codes = self._sensitivity.codes[:, asked]
        return f"{codes.shape} {codes.dtype}".encode() + codes.tobytes()

    def _varied_scores(self, level: str, group: str) -> bytes:
        return b"".join(
            found.hashed(found.of_group(level, group) if level else found.all)
            for found in self._varied
        )

    @cached_property
    def _tables(self) -> dict[str, _Hashed]:
        return {name: _Hashed(getattr(self._results, name)) for name in COLUMNS}

    @cached_property
    def _varied(self) -> list[_Hashed]:
        found = self._sensitivity
        # A mean can differ in its last digits when two units exchange their answers.
        return [_Hashed(one.round(_DIGITS)) for one in (found.scores, found.absence_scores)]

    @cached_property
    def _frame(self) -> pd.DataFrame:
        return self._study.organisation.frame()

    @cached_property
    def _sensitivity(self) -> Sensitivity:
        return variants_of(self._study, self._results)


class _Hashed:
    """A table, a hash of each of its rows, and where the rows of a group, unit or item are.

    All of it is worked out once: what a report costs does not grow with all others. Rows are told
    by their places in the table, in its order.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table

    def hashed(self, rows: _Places) -> bytes:
        """The hashes of some rows; their numbers in the table do not count."""
        return self._hashes[rows].tobytes()

    @property
    def all(self) -> _Places:
        return np.arange(len(self.table))

    def of_group(self, level: str, group: str) -> _Places:
        return self._of_groups.get((level, group), _NONE)

    def of_item(self, item: str) -> _Places:
        return self._of_items.get(item, _NONE)

    def of_units(self, units: pd.Series) -> _Places:
        found = [self._of_units[unit] for unit in set(units) if unit in self._of_units]
        return np.sort(np.concatenate(found)) if found else _NONE

    @cached_property
    def _hashes(self) -> NDArray[np.uint64]:
        return np.asarray(pd.util.hash_pandas_object(self.table, index=False), dtype=np.uint64)

    @cached_property
    def _of_groups(self) -> dict[tuple[str, str], _Places]:
        return _places_by(self.table, ["level", "group"])

    @cached_property
    def _of_items(self) -> dict[str, _Places]:
        return _places_by(self.table, "item")

    @cached_property
    def _of_units(self) -> dict[str, _Places]:
        return _places_by(self.table, "unit")


def _places_by(table: pd.DataFrame, by: str | list[str]) -> dict[Any, _Places]:
    return {key: np.asarray(rows) for key, rows in table.groupby(by).indices.items()}


def _hashed(table: pd.DataFrame) -> bytes:
    rows = _Hashed(table)
    return rows.hashed(rows.all)
