"""How a table fits: whether it needs a scroll region, turned headings, a key to its symbols."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from misbrug_analysis.presentation.blocks import Table
from misbrug_analysis.presentation.cells import Cell, Lines, Link, Mark
from misbrug_analysis.presentation.passages import unmarked

# The narrowest screen we lay out for is 320 px; 280 of them are left for a table. The others are
# what the style sheet gives a character, the space around a cell and the first column on a phone.
_NARROWEST = 280
# As much of the narrowest screen on which cells are not put one below the other (40 rem).
_NARROWEST_BESIDE = 600
_CHARACTER = 10
_PADDING = 24
_HEADER_COLUMN = 112
_TURN_FROM = 8
_TURN_LONG_FROM = 5
_LONG_WORD = 10
# Lines of a table that is kept in one piece, and about how many characters a cell has on a line.
_SHORT = 9
_ON_A_LINE = 40
# Lines in a cell break anywhere, but not into shorter pieces than these on a phone.
_PIECE = 10
_KEY_ORDER = ("yes", "partly", "no", "unanswered", "withheld", "absent")


def has_turned_heads(table: Table) -> bool:
    """Whether the headings over symbols stand upright, so that many columns fit the page.

    Fewer columns do when a word in a heading is long: it makes its column wider than the symbols.
    """
    if table.dense:
        return False
    heads = [unmarked(column.label) for column in table.columns if column.align == "centre"]
    longest = max((len(word) for head in heads for word in head.split()), default=0)
    return len(heads) >= (_TURN_LONG_FROM if longest >= _LONG_WORD else _TURN_FROM)


def is_short(table: Table) -> bool:
    """Whether the table stays in one piece on paper without leaving much of a page empty."""
    return sum(map(_lines, table.rows)) <= _SHORT


def _lines(row: Sequence[Cell]) -> int:
    return max((math.ceil(len(_shown(cell)) / _ON_A_LINE) for cell in row), default=1)


def may_scroll(table: Table) -> bool:
    """Whether the table can be wider than a phone, so that the keyboard must reach its scrolling.

    An estimate on the safe side, in pixels: columns cannot get narrower than their longest word.
    """
    widths = [_narrowest(table, number) for number in range(len(table.columns))]
    if table.header_column:
        widths[0] = max(widths[0], _HEADER_COLUMN)
    return sum(widths) > (_NARROWEST_BESIDE if table.stacked else _NARROWEST)


def _narrowest(table: Table, number: int) -> int:
    column = table.columns[number]
    cells = [row[number] for row in table.rows]
    texts = [_shown(cell) for cell in cells if not isinstance(cell, Lines)]
    if column.align != "number":
        # Only numbers are kept on one line.
        texts = [word for text in texts for word in text.split()]
    if not (column.align == "centre" and has_turned_heads(table)):
        texts += unmarked(column.label).split()
    pieces = [_PIECE for cell in cells if isinstance(cell, Lines)]
    return max([*map(len, texts), *pieces], default=1) * _CHARACTER + _PADDING


def head_groups(table: Table) -> list[tuple[str | None, int]]:
    """The groups over the columns as (label, number of columns); label None where there is none."""
    runs = groupby(table.columns, key=lambda column: column.group)
    return [(label, len(list(columns))) for label, columns in runs]


def key(table: Table) -> list[Mark]:
    """The marks of a table, each once, in the order of the answers."""
    marks = [cell for row in table.rows for cell in row if isinstance(cell, Mark)]
    # A key explains and leads nowhere.
    return sorted(dict.fromkeys(replace(mark, href="") for mark in marks), key=_place)


def _place(mark: Mark) -> int:
    return _KEY_ORDER.index(mark.css) if mark.css in _KEY_ORDER else len(_KEY_ORDER)


def _shown(cell: Cell) -> str:
    if isinstance(cell, Mark):
        return cell.symbol
    if isinstance(cell, Lines):
        return " ".join(map(unmarked, cell.lines))
    return unmarked(cell.text if isinstance(cell, Link) else str(cell))
