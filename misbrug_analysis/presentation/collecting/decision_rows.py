"""The cells of a round that wait for a decision, as rows for ``decisions.csv``."""

from __future__ import annotations

import csv
import io
from typing import Final

from misbrug_analysis.intake.collect import Round
from misbrug_analysis.intake.ledger import FILE
from misbrug_analysis.model.decisions import DECISION_COLUMNS, NOTHING
from misbrug_analysis.presentation.data_files import BOM, guarded, separator
from misbrug_analysis.presentation.language import Language

TWICE: Final = ("form_twice", "later_has_less")
"""Faults of a file as a whole that one can decide on: the file is left out, or another one is."""


def decision_rows(came_in: Round) -> list[dict[str, str]]:
    """A row for each rejected place with a fault; what the person who decides fills in is empty.

    ``found`` is what stands there, or the sign for nothing, since a decision holds for no other; of
    a response it begins with whose it is.
    A response is a place of its own where its fault is of the whole of it; so is a file that was
    sent twice. A file under a name that nobody may see cannot be decided on.
    """
    problems = (*came_in.problems, *came_in.untold)
    ledger = came_in.ledger
    told = ledger["locator"].isin({one.locator for one in problems})
    rejected = ledger[(ledger["fate"] == "rejected") & told]
    raw = dict(
        zip(zip(rejected["source"], rejected["locator"], strict=True), rejected["raw"], strict=True)
    )
    raw |= {
        (one.source, one.locator): ""
        for form in came_in.forms
        for one in form.ledger.problems
        if one.locator == form.at and (one.locator != FILE or one.code in TWICE)
    }
    raw |= {
        (form.source, one.locator): form.ledger.found(one.locator)
        for form in came_in.forms
        if form.ledger.owner
        for one in form.ledger.problems
        if (form.source, one.locator) in raw
    }
    unnamed = {one.source for one in problems if one.code == "name_personal"}
    places = dict.fromkeys((one.source, one.locator) for one in problems)
    return [
        {
            "source": source,
            "locator": locator,
            "found": "" if locator == FILE else found or NOTHING[0],
        }
        for source, locator in places
        if source not in unnamed and (found := raw.get((source, locator))) is not None
    ]


def decision_file(came_in: Round, language: Language) -> bytes:
    """The rows for the Excel of a language, in the columns of ``decisions.csv``."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(
        stream, DECISION_COLUMNS, "", delimiter=separator(language), lineterminator="\r\n"
    )
    writer.writeheader()
    for row in decision_rows(came_in):
        writer.writerow({name: guarded(value) for name, value in row.items()})
    return (BOM + stream.getvalue()).encode("utf-8", "replace")
