"""One table a question: the counts of every group, and below each group its units' answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from misbrug_analysis.presentation.addresses import answer_anchor, count_anchor
from misbrug_analysis.presentation.blocks import Table
from misbrug_analysis.presentation.cells import Cell, Column, Lines
from misbrug_analysis.presentation.evidence.gathered import Gathered
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.tables import NOTHING

Two = tuple[Cell, Cell]
"""What a row tells: the answer or the counts, and what that rests on."""


def rows_of_all(
    gathered: Gathered,
    item: str,
    title: str,
    heads: Sequence[str],
    count: Callable[[str, str], Two],
    answer: Callable[[str], Two],
) -> Table:
    """The table of an item or a topic.

    ``heads`` are the labels of its columns; ``count`` tells the row of a group from its level and
    id, ``answer`` that of a unit. Groups of the smallest level have their units below them.
    """
    smallest = gathered.study.organisation.smallest.id
    rows: list[tuple[Cell, ...]] = []
    anchors: list[str] = []
    totals: list[int] = []
    for level, group in gathered.places:
        totals.append(len(rows))
        anchors.append(count_anchor(item, group.id))
        rows.append((gathered.naming.say(group.label), *count(level, group.id)))
        for unit in gathered.units_of[group.id] if level == smallest else ():
            anchors.append(answer_anchor(item, unit))
            rows.append((gathered.naming.units[unit], *answer(unit)))
    who, said, why = heads
    columns = [Column(who), Column(said), Column(why)]
    return Table(title, columns, rows, totals=totals, row_anchors=anchors, about=item)


def share_of(language: Language, n: int, total: int) -> str:
    """``3 af 16`` on one line; nothing to tell where there is none of them."""
    if not total:
        return NOTHING
    return language.of(n, total).replace(" ", "\N{NO-BREAK SPACE}")


def lines(texts: Sequence[str]) -> Cell:
    """Texts as a cell, one below the other; an empty one where there are none."""
    return Lines(tuple(texts)) if texts else ""
