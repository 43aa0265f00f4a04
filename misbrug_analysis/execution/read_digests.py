"""Digests of what reports read of a study's results and texts, by the names that they note.

The names are those of ``presentation.reads``. Rows count by what stands in them and their order;
what a name that is not known stands for is everything.
"""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from misbrug_analysis.analysis.sensitivity import Sensitivity
from misbrug_analysis.execution.digests import digest, file_digest
from misbrug_analysis.model.organisation import UNIT
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import COLUMNS, Results
from misbrug_analysis.presentation.known_variants import variants_of
from misbrug_analysis.presentation.reads import (
    EVERYTHING,
    OTHER_RULES,
    ROWS,
    SENSITIVITY,
    TEXT,
    TEXTS,
)

_DIGITS = 12
"""So many decimals of shares under other rules count; tables are published with no more."""


class ReadDigests:
    """Digests of parts of a study's results and texts; each is worked out once."""

    def __init__(self, study: Study, results: Results) -> None:
        self._study = study
        self._results = results
        self._known: dict[str, str] = {}
        # All of them now: what is changed while the run is under way is then found by the next one.
        self._texts = {path: file_digest(path) for path in (study.folder / TEXTS).rglob("*.md")}

    def of(self, name: str) -> str:
        """The digest of what is noted under a name, the same in every process."""
        if name not in self._known:
            self._known[name] = self._of(name)
        return self._known[name]

    def _of(self, name: str) -> str:
        if name.startswith(TEXT):
            return self._text(name.removeprefix(TEXT))
        if name == OTHER_RULES:
            return digest(_hashed(self._sensitivity.variants) + _hashed(self._sensitivity.absences))
        if name == SENSITIVITY:
            return digest(self.of(OTHER_RULES).encode() + self._varied_answers(self._units("", "")))
        parts = ROWS.fullmatch(name)
        rows = self._rows(**parts.groupdict("")) if parts and name != EVERYTHING else None
        if rows is None:
            return digest(b"".join(_hashed(getattr(self._results, table)) for table in COLUMNS))
        return digest(rows)

    def _text(self, name: str) -> str:
        return self._texts.get(self._study.folder / TEXTS / f"{name}.md", "none")

    def _rows(self, table: str, item: str, level: str, group: str, varied: str) -> bytes | None:
        """What stands in the rows that are meant; None for a name that is not known."""
        if varied and not item:
            if table == "consolidated":
                return self._varied_answers(self._units(level, group))
            return self._varied_scores(level, group) if table == "scores" else None
        if varied or table not in (*COLUMNS, "sent") or (item and table != "answers"):
            return None
        if table == "scores":
            return _hashed(_of_place(self._results.scores, level, group))
        found: pd.DataFrame = getattr(self._results, "answers" if table == "sent" else table)
        if level:
            if "unit" not in found:  # nothing says of whom a cell of the ledger is
                return None
            found = found[found["unit"].isin(self._units(level, group))]
        found = found[found["item"] == item] if item else found
        if table == "sent":
            return "\n".join(sorted(set(found["unit"]))).encode()
        return _hashed(found)

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
        found = self._sensitivity
        parts = [_of_place(table, level, group) for table in (found.scores, found.absence_scores)]
        # A mean can differ in its last digits when two units exchange their answers.
        return b"".join(_hashed(part.round(_DIGITS)) for part in parts)

    @cached_property
    def _frame(self) -> pd.DataFrame:
        return self._study.organisation.frame()

    @cached_property
    def _sensitivity(self) -> Sensitivity:
        return variants_of(self._study, self._results)


def _of_place(scores: pd.DataFrame, level: str, group: str) -> pd.DataFrame:
    if not level:
        return scores
    return scores[(scores["level"] == level) & (scores["group"] == group)]


def _hashed(table: pd.DataFrame) -> bytes:
    """The rows in their order; their numbers in the table do not count."""
    return pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes()
