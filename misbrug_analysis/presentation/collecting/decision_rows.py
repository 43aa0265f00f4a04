"""The cells of a round that wait for a decision, as rows for ``decisions.csv``."""

from __future__ import annotations

import csv
import io

from misbrug_analysis.intake.collect import Round
from misbrug_analysis.intake.ledger import FILE
from misbrug_analysis.model.decisions import DECISION_COLUMNS
from misbrug_analysis.presentation.data_files import BOM, guarded, separator
from misbrug_analysis.presentation.language import Language


def decision_rows(came_in: Round) -> list[dict[str, str]]:
    """A row for each rejected place with a fault; what the person who decides fills in is empty.

    ``found`` is left out where a spreadsheet would turn it into something else, since a decision
    holds only for what was found.
    """
    rejected = came_in.ledger[came_in.ledger["fate"] == "rejected"]
    raw = dict(
        zip(zip(rejected["source"], rejected["locator"], strict=True), rejected["raw"], strict=True)
    )
    rows = []
    for place in dict.fromkeys((one.source, one.locator) for one in came_in.problems):
        if place in raw:
            found = raw[place] if place[1] != FILE and guarded(raw[place]) == raw[place] else ""
            rows.append({"source": place[0], "locator": place[1], "found": found})
    return rows


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
