"""How a table fits: whether it needs a scroll region, turned headings, a key to its symbols."""

from __future__ import annotations

from itertools import groupby

from misbrug_analysis.presentation.blocks import Table
from misbrug_analysis.presentation.cells import Cell, Link, Mark

# The narrowest screen we lay out for is 320 px; 280 of them are left for a table.
_NARROWEST = 280
_CHARACTER = 10
_PADDING = 16
_TURN_FROM = 8
_SHORT = 6
_KEY_ORDER = ("yes", "partly", "no", "unanswered", "absent")


def has_turned_heads(table: Table) -> bool:
    """Whether the headings over symbols stand upright, so that many columns fit the page."""
    return sum(column.align == "centre" for column in table.columns) >= _TURN_FROM


def is_short(table: Table) -> bool:
    """Whether the table stays in one piece on paper without leaving much of a page empty."""
    return len(table.rows) <= _SHORT


def may_scroll(table: Table) -> bool:
    """Whether the table can be wider than a phone, so that the keyboard must reach its scrolling.

    An estimate from the longest word of every column, on the safe side.
    """
    turned = has_turned_heads(table)
    width = 0
    for number, column in enumerate(table.columns):
        words = [word for row in table.rows for word in _shown(row[number]).split()]
        if not (turned and column.align == "centre"):
            words += column.label.split()
        width += max((len(word) for word in words), default=1) * _CHARACTER + _PADDING
    return width > _NARROWEST


def head_groups(table: Table) -> list[tuple[str | None, int]]:
    """The groups over the columns as (label, number of columns); label None where there is none."""
    runs = groupby(table.columns, key=lambda column: column.group)
    return [(label, len(list(columns))) for label, columns in runs]


def key(table: Table) -> list[Mark]:
    """The marks of a table, each once, in the order of the answers."""
    marks = dict.fromkeys(cell for row in table.rows for cell in row if isinstance(cell, Mark))
    return sorted(marks, key=_place)


def _place(mark: Mark) -> int:
    return _KEY_ORDER.index(mark.css) if mark.css in _KEY_ORDER else len(_KEY_ORDER)


def _shown(cell: Cell) -> str:
    if isinstance(cell, Mark):
        return cell.symbol
    return cell.text if isinstance(cell, Link) else str(cell)
