"""The columns of an export by their headings, over one sheet or several with the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from misbrug_analysis.intake.cleaning import bare, excerpt, named_once, near, plain
from misbrug_analysis.intake.exports.exported import UnreadableExport
from misbrug_analysis.intake.exports.tables import Numbers, Objects, Table, texts_of
from misbrug_analysis.model.errors import Phrase, name_list

_MOST_TOLD: Final = 20
_ALL: Final = slice(None)
_SHOWN: Final = 60
"""Letters of a heading in a list of them."""


class Spot(NamedTuple):
    """A column: which of the tables, and its place (from 0) in it."""

    table: int
    column: int


class Columns:
    """The columns of tables whose rows belong together by their numbers.

    ``numbers`` are those of the rows below the headings: one a response.
    """

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = list(tables)
        self.names = _named(self.tables)
        below = [table.below for table in self.tables]
        self.numbers: Numbers = _together(below)
        self._plain = _once((plain(name).casefold(), spot) for name, spot in self.names.items())
        self._bare = _once((bare(name), spot) for name, spot in self.names.items())

    @property
    def source(self) -> str:
        return self.tables[0].source

    def find(self, name: str) -> Spot | None:
        """The column with a heading: as it is written, else without case, else without marks."""
        return (
            self.names.get(name)
            or self._plain.get(plain(name).casefold())
            or self._bare.get(bare(name))
        )

    def require(self, names: Iterable[str]) -> dict[str, Spot]:
        """The columns of all names; raises UnreadableExport with those that are not there."""
        wanted = list(dict.fromkeys(names))
        found = {name: spot for name in wanted if (spot := self.find(name)) is not None}
        missing = [name for name in wanted if name not in found]
        if missing:
            raise UnreadableExport(
                self.source,
                "column_missing",
                columns=_told(missing),
                hint=_meant(missing, list(self.names)),
                valid=_told(self.names),
            )
        claimed = Counter(found.values())
        twice = [name for name, spot in found.items() if claimed[spot] > 1]
        if twice:
            raise UnreadableExport(self.source, "column_claimed_twice", columns=_told(twice))
        return found

    def named(self, known: Iterable[str]) -> set[Spot]:
        """The columns of those names that there are."""
        return {spot for name in known if (spot := self.find(name)) is not None}

    @cached_property
    def row_texts(self) -> Objects:
        """The numbers of the rows as texts."""
        if len(self.tables) == 1:
            return self.tables[0].row_texts[self.tables[0].head + 1 :]
        return texts_of(self.numbers)

    def rows(self, table: int) -> Numbers:
        """The response (from 0) of each row of a table, -1 for the headings and what is above."""
        numbers = self.tables[table].numbers
        found: Numbers = np.searchsorted(self.numbers, numbers).astype(np.int64)
        found[: self.tables[table].head + 1] = -1
        return found

    def texts(self, spot: Spot) -> Objects:
        """The texts of a column, one a response."""
        table = self.tables[spot.table]
        found: Objects = np.full(len(self.numbers), "", dtype=object)
        found[self.rows(spot.table)[table.head + 1 :]] = table.texts[table.column(spot.column)]
        return found

    def locators(self, spot: Spot, rows: Numbers | slice = _ALL) -> Objects:
        """Where the cells of a column stand, one a response or of some rows, empty ones too."""
        before, after = self.tables[spot.table].place(spot.column)
        found: Objects = before + self.row_texts[rows] + after
        return found

    def wholes(self, rows: Numbers | slice = _ALL) -> Objects:
        """Where the responses stand as a whole: their rows, in the first table."""
        sheet = self.tables[0].sheet
        start = f"{sheet}!" if sheet else "row "
        found: Objects = start + self.row_texts[rows]
        return found

    def filled(self) -> Iterable[tuple[str, Spot]]:
        """The columns that hold anything below their heading."""
        for name, spot in self.names.items():
            if self.tables[spot.table].column(spot.column).any():
                yield name, spot


def _named(tables: list[Table]) -> dict[str, Spot]:
    """The columns by names that are each used once."""
    headings = named_once(heading for table in tables for heading in table.headings)
    spots = [
        Spot(index, place)
        for index, table in enumerate(tables)
        for place in range(len(table.headings))
    ]
    return dict(zip(headings, spots, strict=True))


def _together(numbers: Sequence[Numbers]) -> Numbers:
    """The numbers of the rows of all tables, each once; those of one are in order."""
    if len(numbers) == 1:
        return numbers[0]
    return np.unique(np.concatenate(numbers)) if numbers else np.zeros(0, np.int64)


def _once(named: Iterable[tuple[str, Spot]]) -> dict[str, Spot]:
    """The columns by names that only one of them has."""
    pairs = list(named)
    counts = Counter(name for name, _ in pairs)
    return {name: spot for name, spot in pairs if name and counts[name] == 1}


def _told(names: Iterable[str]) -> str:
    """Headings as a message lists them, the first of many."""
    shown: list[str] = []
    for name in names:
        if len(shown) == _MOST_TOLD:
            return name_list([*shown, "…"])
        line = excerpt(name)
        shown.append(line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…")
    return name_list(shown)


def _meant(missing: list[str], headings: list[str]) -> Phrase | str:
    """The headings that may be meant by names that are not there."""
    found = [near(name, headings) for name in missing[:_MOST_TOLD]]
    meant = [str(one.values["near"]) for one in found if isinstance(one, Phrase)]
    return Phrase("did_you_mean", {"near": _told(dict.fromkeys(meant))}) if meant else ""
