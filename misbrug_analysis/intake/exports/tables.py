"""The files of an export as tables of cells, a number for each distinct text."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import union_categoricals

from misbrug_analysis.intake.bounds import (
    EXPORT,
    MAX_TEXT,
    Bounds,
    check_place,
    too_many,
)
from misbrug_analysis.intake.cleaning import named_once
from misbrug_analysis.intake.delimited import records
from misbrug_analysis.intake.exports.exported import CELLS, ROLES
from misbrug_analysis.intake.grid import CellKind, Merge, address, visible

if TYPE_CHECKING:  # it takes a while to import
    from misbrug_analysis.intake.workbooks import RawSheet

TEXT: Final = replace(EXPORT, bytes=60_000_000, rows=2_000_000, columns=2_000, cells=6_500_000)
"""What a file of text holds at the most; here ``cells`` are all places, empty ones too: those of a
million and a half of answers, a row each, with the date or the form in a fourth column."""

HEAD_ROWS: Final = 10
"""Rows among which the headings stand; a title and a date can be above them."""

MAX_TEXTS: Final = 1_000_000
"""Distinct texts of a file."""

Numbers = NDArray[np.int64]
Objects = NDArray[np.object_]


@dataclass(frozen=True)
class Table:
    """The rows of a sheet, or of a file without sheets, that hold anything.

    ``numbers`` are those of the rows; ``codes`` are rows by columns: where each cell's text stands
    among the distinct ``texts`` (and its kind among ``kinds``). 0 is an empty cell. ``head`` is the
    place (from 0) of the row with the headings; a title stands above it. ``merges`` are the cells
    of a sheet that are merged.
    """

    source: str
    sheet: str
    numbers: Numbers
    codes: NDArray[np.int32]
    texts: Objects
    kinds: Objects
    merges: tuple[Merge, ...] = ()
    head: int = 0

    @cached_property
    def headings(self) -> list[str]:
        """The columns' names, each once: of equal ones the second is ``Heading (2)``.

        A column without a heading is called by its number (``#3``).
        """
        said = self.texts[self.codes[self.head]] if len(self.codes) else []
        return named_once(text or f"#{column}" for column, text in enumerate(said, 1))

    @cached_property
    def row_texts(self) -> Objects:
        """The numbers of the rows as texts."""
        return texts_of(self.numbers)

    @property
    def below(self) -> Numbers:
        """The numbers of the rows below the headings."""
        return self.numbers[self.head + 1 :]

    def column(self, place: int) -> NDArray[np.int32]:
        """The codes of a column (from 0) below the headings."""
        below: NDArray[np.int32] = self.codes[self.head + 1 :, place]
        return below

    def distinct(self, place: int) -> list[str]:
        """The texts of a column (from 0) below the headings, each once, in their order."""
        return [self.texts[code] for code in pd.unique(self.column(place)) if code]

    def place(self, column: int) -> tuple[str, str]:
        """What stands before and after a row's number in the locators of a column (from 0)."""
        if self.sheet:
            return f"{self.sheet}!{address(1, column + 1)[:-1]}", ""
        return "row ", f" column {column + 1}"

    @cached_property
    def filled(self) -> tuple[Numbers, Numbers]:
        """The rows and columns (from 0) of the non-empty cells, by rows."""
        rows, columns = np.nonzero(self.codes)
        return rows, columns

    @cached_property
    def locators(self) -> Objects:
        """How a person finds the non-empty cells, by rows."""
        rows, columns = self.filled
        if not len(rows):
            return np.zeros(0, dtype=object)
        places = [self.place(column) for column in range(self.codes.shape[1])]
        before, after = (np.array(part, dtype=object) for part in zip(*places, strict=True))
        parts = zip(before[columns], self.row_texts[rows], after[columns], strict=True)
        return np.fromiter(map("".join, parts), dtype=object, count=len(rows))

    @cached_property
    def positions(self) -> NDArray[np.int32]:
        """Where each non-empty cell stands among all of them."""
        found: NDArray[np.int32] = np.cumsum(self.codes != 0, dtype=np.int32) - 1
        return found.reshape(self.codes.shape)

    def cells(self, roles: Sequence[str], responses: Numbers, heading: str) -> pd.DataFrame:
        """The non-empty cells in the columns ``CELLS``, by rows and columns.

        What stands above the headings has the role of one. ``roles`` are those of the columns,
        ``responses`` those of all rows (the headings too).
        """
        rows, columns = self.filled
        codes = self.codes[rows, columns]
        role = np.array([ROLES.index(role) for role in roles], dtype=np.int8)[columns]
        role[rows <= self.head] = ROLES.index(heading)
        return cell_table(
            source=_alike(np.array([self.source], dtype=object), np.zeros(len(rows), np.int32)),
            locator=self.locators,
            text=_alike(self.texts, codes),
            kind=_alike(self.kinds, codes),
            response=responses[rows],
            role=pd.Categorical.from_codes(role, pd.Index(ROLES)),
        )

    def aside(self, role: str) -> pd.DataFrame:
        """All cells as ones of no response, in one role."""
        width = self.codes.shape[1]
        return self.cells([role] * width, np.full(len(self.numbers), -1), role)

    def rows(self) -> Iterable[list[str]]:
        """The texts of each row, the first one too."""
        for row in self.codes:
            yield list(self.texts[row])


def headed(table: Table) -> Table:
    """The table with the first of its first rows that can be its headings, as far as rows tell.

    What stands above them, such as a title or the names of groups of columns, fills fewer than
    half as many cells as the fullest of these rows.
    """
    filled = (table.codes[:HEAD_ROWS] > 0).sum(axis=1)
    return replace(table, head=int(np.argmax(2 * filled >= filled.max(initial=0))))


def texts_of(numbers: Numbers) -> Objects:
    """Numbers as texts."""
    return np.array([str(number) for number in numbers.tolist()], dtype=object)


def repeated(text: str, size: int) -> Objects:
    """One text many times over; ``np.full`` would make a text of its own of each."""
    found: Objects = np.empty(size, dtype=object)
    found.fill(text)
    return found


def _alike(texts: Objects, codes: NDArray[np.int32]) -> pd.Categorical[str]:
    """The texts at some places, each different one kept once."""
    places, different = pd.factorize(texts)
    return pd.Categorical.from_codes(places[codes], pd.Index(different, dtype="str"))


def cell_table(**parts: Any) -> pd.DataFrame:
    """Cells in the columns ``CELLS``; of texts that come again, each is kept once."""
    made = pd.DataFrame({name: parts[name] for name in CELLS}, copy=False)
    again = dict.fromkeys(("source", "text", "kind"), "category")
    return made.astype({"locator": "str", **again, "role": pd.CategoricalDtype(list(ROLES))})


def cells_joined(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Tables of cells below each other."""
    if len(tables) == 1:
        return tables[0]
    again = {
        name: union_categoricals([table[name] for table in tables])
        for name in ("source", "text", "kind", "role")
    }
    others = ["locator", "response"]
    below = pd.concat([table[others] for table in tables], ignore_index=True)
    return below.assign(**again)[list(CELLS)]


def frame(columns: Sequence[str], **parts: Any) -> pd.DataFrame:
    """A frame of some columns in their order, texts as such."""
    made = pd.DataFrame({name: parts[name] for name in columns}, copy=False)
    texts = [name for name in columns if made[name].dtype == object]
    return made.astype(dict.fromkeys(texts, "str"))


def text_table(content: bytes, source: str, bounds: Bounds = TEXT) -> Table:
    """A file of delimited text.

    Raises UnreadableFile for what is no text or too large.
    """
    known: defaultdict[str, int] = defaultdict(count(1).__next__, {"": 0})
    flat, widths = array("i"), array("i")
    width, most = 0, bounds.rows
    for number, record in enumerate(records(content), 1):
        if len(record) > width:
            if len(record) > bounds.columns:
                record = _without_empty_end(record)
            width = max(width, len(record))
            most = min(bounds.rows, bounds.cells // max(width, 1))
        if number > most or width > bounds.columns:
            check_place(number, width, bounds)
            raise too_many("of_places", bounds.cells)
        flat.extend(map(known.__getitem__, record))
        widths.append(len(record))
        if len(known) > MAX_TEXTS:
            raise too_many("of_different_texts", MAX_TEXTS)
    codes = np.zeros((len(widths), width), dtype=np.int32)
    lengths = np.frombuffer(widths, dtype=np.int32) if widths else np.zeros(0, dtype=np.int32)
    codes[np.arange(width) < lengths[:, None]] = np.frombuffer(flat, np.int32) if flat else 0
    kinds: list[CellKind] = ["text"] * len(known)
    return _table(source, "", np.arange(1, len(widths) + 1), codes, list(known), kinds)


def sheet_table(sheet: RawSheet, source: str) -> Table:
    """A sheet of a workbook.

    Raises UnreadableFile where its cells stand too far apart.
    """
    known: defaultdict[tuple[str, CellKind], int] = defaultdict(count(1).__next__)
    known["", "text"] = 0
    numbers = np.array(sorted({row for row, _, _, _ in sheet.cells}), dtype=np.int64)
    width = max((column for _, column, _, _ in sheet.cells), default=0)
    if len(numbers) * width > TEXT.cells:
        raise too_many("of_places", TEXT.cells)
    codes = np.zeros((len(numbers), width), dtype=np.int32)
    if sheet.cells:
        rows = np.searchsorted(numbers, [row for row, _, _, _ in sheet.cells])
        columns = [column - 1 for _, column, _, _ in sheet.cells]
        codes[rows, columns] = [known[text, kind] for _, _, text, kind in sheet.cells]
    texts = [text for text, _ in known]
    table = _table(source, sheet.name, numbers, codes, texts, [kind for _, kind in known])
    return replace(table, merges=sheet.merges)


def _without_empty_end(record: list[str]) -> list[str]:
    full = [place for place, text in enumerate(record, 1) if text.strip()]
    return record[: max(full, default=0)]


def _table(
    source: str,
    sheet: str,
    numbers: Numbers,
    codes: NDArray[np.int32],
    texts: list[str],
    kinds: list[CellKind],
) -> Table:
    """A table with its texts cleaned, without rows in which nothing shows."""
    cleaned = [visible(text) for text in texts]
    if max(map(len, texts)) > MAX_TEXT:
        raise too_many("of_letters_in_a_cell", MAX_TEXT)
    shows = np.array([bool(text) for text in cleaned])
    codes[~shows[codes]] = 0
    full = codes.any(axis=1)
    return Table(
        source,
        sheet,
        numbers[full],
        codes[full],
        np.array(cleaned, dtype=object),
        np.array(kinds, dtype=object),
    )
