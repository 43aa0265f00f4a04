"""Columns of an export without a mapping that say the same: nobody can see which of them counts."""

from __future__ import annotations

from misbrug_analysis.intake.cleaning import bare, excerpt
from misbrug_analysis.intake.exports import long, wide
from misbrug_analysis.intake.exports.exported import UnreadableExport
from misbrug_analysis.intake.exports.recognising import parts_named
from misbrug_analysis.intake.exports.tables import Table
from misbrug_analysis.model.errors import name_list
from misbrug_analysis.model.mapping import Layout
from misbrug_analysis.model.study import Study


def check_alike(table: Table, layout: Layout, study: Study) -> None:
    """Raise UnreadableExport where several columns with anything in them say the same.

    These are equal headings, and a question that has a column and one for each option.
    """
    found = _by_meaning(table, layout, study)
    for (name, part), places in found.items():
        whole = found.get((name, "answer"), []) if part.isdigit() else []
        if name and len(places) + len(whole) > 1:
            heading = table.texts[table.codes[table.head, places[0]]]
            columns = name_list(_at(table, place) for place in sorted([*places, *whole]))
            told = {"item": excerpt(heading), "columns": columns}
            raise UnreadableExport(table.source, "columns_alike", **told)


def _by_meaning(table: Table, layout: Layout, study: Study) -> dict[tuple[str, str], list[int]]:
    """The columns with anything in them, by the question and the part, or by the field they are."""
    words = study.instrument.form
    names = wide.FIELDS if layout == "wide" else long.FIELDS
    beside = () if study.instrument.respondents else ("respondent", "role")
    asked = [name for name in names if name not in beside]
    fields = {bare(word): name for name in asked for word in words.called(name)}
    named = parts_named(study)
    found: dict[tuple[str, str], list[int]] = {}
    for place, code in enumerate(table.codes[table.head]):
        heading = table.texts[code]
        if heading and table.column(place).any():
            said = named(heading) if layout == "wide" else None
            found.setdefault(said or (fields.get(bare(heading), ""), ""), []).append(place)
    return found


def _at(table: Table, place: int) -> str:
    """Where the heading of a column stands."""
    before, after = table.place(place)
    return f"{before}{table.row_texts[table.head]}{after}"
