"""What is answered to the questions that are answered with a number, counted as pages count it."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.analysis.disclosure import counted_by
from misbrug_analysis.analysis.numbers import numbers_given, summarised
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.datasets.description import Dataset
from misbrug_analysis.presentation.datasets.naming import Naming
from misbrug_analysis.presentation.datasets.results import GROUPS, ITEMS
from misbrug_analysis.presentation.respondents_view import countable

_COUNTS, _NUMBERS = ("answered", "differing"), ("median", "lowest", "highest")
_ENDS = _NUMBERS[1:]


def number_counts(naming: Naming, results: Results) -> Dataset | None:
    """The middle and the ends of the numbers that each group gave; None without such questions.

    Where several of a unit respond, no number of a single person is told.
    """
    study, make = naming.study, naming.field
    units, by = study.organisation.frame().set_index("unit"), counted_by(study.instrument)
    persons = study.instrument.respondents is not None
    found = []
    for item in study.instrument.items:
        if item.type != "number":
            continue
        shown, given = countable(study, results, item.id), numbers_given(results.answers, item, by)
        for level in study.organisation.levels:
            table = summarised(given, units[level.id]).reset_index()
            fits = [(level.id, group) in shown for group in table["group"]]
            found.append(table.assign(level=level.id, item=item.id, shown=fits))
    if not found:
        return None
    frame = pd.concat(found, ignore_index=True)
    frame[list(_COUNTS)] = frame[list(_COUNTS)].astype("Int64").where(frame["shown"])
    frame[list(_NUMBERS)] = frame[list(_NUMBERS)].where(frame["shown"])
    hidden: dict[str, list[bool]] = {}
    if persons:
        frame[list(_ENDS)] = float("nan")
        hidden = dict.fromkeys((*_COUNTS, "median"), (~frame["shown"]).tolist())
        hidden |= dict.fromkeys(_ENDS, [True] * len(frame))
    measure = "people" if persons else "units"
    fields = [
        make("level", "code", codes=naming.levels),
        make("group", "code", codes=naming.all_groups, points_to=GROUPS),
        make("item", "code", codes=naming.items, points_to=ITEMS),
        make("answered", "integer", measure=measure, optional=persons),
        *(make(name, "number", f"number_{name}", optional=True, decimals=2) for name in _NUMBERS),
        make("differing", "integer", measure=measure, optional=persons),
    ]
    return naming.table(
        "number_counts",
        fields,
        ("level", "group", "item"),
        frame,
        naming.own_words.practice,
        naming.own_words.units,
        shown={"group": naming.grouped(frame["level"], frame["group"])},
        suppressed=hidden,
    )
