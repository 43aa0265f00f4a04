"""An export in one shape, whatever system and layout it came in.

``layouts`` make it from files, ``reading`` makes answers and a ledger of it. Both work on whole
columns: an export can have a million answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import pandas as pd

from misbrug_analysis.intake.bounds import UnreadableFile
from misbrug_analysis.model.errors import Problem

CELLS: Final = ("source", "locator", "text", "kind", "response", "role")
"""Every non-empty cell of the export's files, in the order of the files.

``kind`` is a ``CellKind``; ``response`` is the number of the response that it belongs to, -1 for
what belongs to none; ``role`` is one of ``ROLES``.
"""

ROLES: Final = (
    *("heading", "codebook", "unit", "form", "date", "respondent", "role"),
    *("item", "answer", "remark", "unused", "untied", "other_row"),
)
"""What a cell is: of an ``item`` is the cell of a long file that says which question is answered;
the codebook is what says what variables and codes mean. What is ``unused`` answers no question, and
nobody has said what is ``untied``: the text of both is kept nowhere, since it can be a name. So is
that of an ``other_row``, which is of another round, and of a ``respondent``, which only tells
responses apart."""

ASIDE: Final = ("unused", "untied", "other_row")
"""The roles of cells that say nothing of a response."""

UNKEPT: Final = (*ASIDE, "respondent")
"""The roles of cells whose text is kept nowhere."""

RESPONSES: Final = (
    *("at", "row", "unit", "unit_at", "form", "form_at", "date", "date_at"),
    *("respondent", "role", "role_at", "begun"),
)
"""One row a response, by its number (from 0): where it stands as a whole (``row 5``) with the
number of that row, the texts that say whose it is, which form, and when it was filled in, each with
its place (empty where the file has no such cell; that of a role stands there without one, too,
where the file has roles). ``respondent`` tells those of one unit and form apart. ``begun`` is false
where the system says that nothing was answered yet, or that whoever answered has dropped out."""

GIVEN: Final = ("response", "item", "part", "text", "raw", "kind", "locator")
"""One row a non-empty cell that answers something. ``part`` is ``answer``, ``remark``, or the
number (``1``, ``2`` …) of the option that a cell of its own stands for; ``text`` is what is said,
with codes replaced by what they stand for; ``raw`` is that too, as the respondent saw it: the label
of a code, never the code. In a long file an ``item`` that the instrument does not have is the text
of its cell, and the same part of an item can stand twice in a response."""


class UnreadableExport(UnreadableFile):
    """An export that cannot be read; ``source`` is the file in which something is wrong."""

    def __init__(self, source: str, code: str, **values: object) -> None:
        super().__init__(code, **values)
        self.source = source


@dataclass(frozen=True)
class Exported:
    """An export as read from its files; the frames have the columns above.

    ``files`` are the sources, that with the answers first. ``asked`` are the items that the export
    has a place for; ``untied`` are columns with something in them that nothing is said of.
    ``places`` are what stands before and after the row's number in the locator of an item's answer,
    where each item has a column (``("row ", " column 3")``, ``("Svar!C", "")``); of options in
    columns of their own it is the first one's. ``digest`` is that of the bytes;
    ``warnings`` say what a person should know of the files.
    """

    files: tuple[str, ...]
    cells: pd.DataFrame
    responses: pd.DataFrame
    given: pd.DataFrame
    asked: frozenset[str]
    untied: tuple[str, ...] = ()
    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    saved: datetime | None = None
    digest: str = ""
    warnings: tuple[Problem, ...] = ()
