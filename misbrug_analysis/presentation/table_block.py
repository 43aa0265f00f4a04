"""A table as a block: checked columns, rows and anchors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.cells import (
    Cell,
    Column,
    checked_anchor,
    checked_anchors,
    checked_cell,
    checked_id,
    checked_items,
    checked_text,
    checked_texts,
)


@dataclass(frozen=True)
class Table(Block):
    """A table with its title as caption; the first cell of a row heads it (``header_column``).

    ``totals`` are the places of rows that sum up others, from 0; ``row_anchors`` has an anchor for
    each row, where rows have any, and ``second_anchors`` one more for each, empty where there is
    none. ``even`` columns are equally wide, as in the tables beside it. A
    ``stacked`` one shows the cells of a row one below the other on a phone, each with its heading:
    for tables whose last columns must not be out of sight. ``about`` is the id of what all rows
    tell of, which stands in the row that a link has led to. A ``dense`` one has many narrow columns
    and its headings stay in sight; its ``totals`` head the rows below them, and a mark is written
    as its words alone, of which the style sheet makes the symbol of the answer. A
    ``folded`` one is opened by its title. ``legend`` is what its headings stand for, one a line.
    """

    name = "table"
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: str | None = None
    anchor: str | None = None
    header_column: bool = True
    totals: Sequence[int] = ()
    row_anchors: Sequence[str] = ()
    even: bool = False
    stacked: bool = False
    about: str = ""
    dense: bool = False
    folded: bool = False
    second_anchors: Sequence[str] = ()
    legend: Sequence[str] = ()

    def __post_init__(self) -> None:
        checked_text(self.title, "the title of a table")
        what = f"the table {self.title!r}"
        columns = checked_items(self.columns, f"the columns of {what}")
        if not columns or not all(isinstance(column, Column) for column in columns):
            raise TypeError(f"{what} needs columns made with Column")
        if self.anchor is not None:
            checked_anchor(self.anchor, f"the anchor of {what}")
        if self.about:
            checked_id(self.about, f"what {what} is about")
        self.set_checked(legend=checked_texts(self.legend, f"the legend of {what}"))
        rows = checked_items(self.rows, f"the rows of {what}")
        anchors = checked_anchors(self.row_anchors, len(rows), f"the rows of {what}")
        self.set_checked(columns=columns, totals=tuple(self.totals), row_anchors=anchors)
        second = checked_items(self.second_anchors, f"the second anchors of {what}")
        if second and len(second) != len(rows):
            raise ValueError(f"{what} has {len(second)} second anchors for {len(rows)} rows")
        self.set_checked(second_anchors=tuple(one and checked_anchor(str(one)) for one in second))
        self.set_checked(
            rows=tuple(self._row(number, row) for number, row in enumerate(rows, start=1))
        )

    def _row(self, number: int, row: object) -> tuple[Cell, ...]:
        where = f"row {number} of the table {self.title!r}"
        cells = checked_items(row, where)  # type: ignore[arg-type]
        if len(cells) != len(self.columns):
            raise ValueError(f"{where} has {len(cells)} cells for {len(self.columns)} columns")
        return tuple(
            checked_cell(cell, f"{where}, column {column.label!r}")
            for cell, column in zip(cells, self.columns, strict=True)
        )

    def __str__(self) -> str:
        lines = [[column.label for column in self.columns], *self.rows]
        rows = [" | ".join(str(cell) for cell in line) for line in lines]
        return "\n".join([self.title, *rows, *([self.note] if self.note else []), *self.legend])
