"""Tables made by hand, and a study that is full of text which must not run anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.datasets import Dataset, Field, datasets
from misbrug_analysis.presentation.language import Language
from tests.small import form_rows, load, make_project, write_form

HOSTILE = (
    '=HYPERLINK("https://example.org","klik")',
    "+cmd|' /C calc'!A0",
    "@SUM(1,1)",
    "-1+1",
    "  =1+1",
    "<b>fed</b> & <script>alert(1)</script>",
    "#N/A",
    "_x0041_",
    "en 🙂 smiley",
)
TURNING = ("x;=1+1", "x,=1+1", "1E5", "50 %", "SAND", "(5)", "1. maj 2014", "[x]", "en ven")
"""Texts that run after a separator, or that spreadsheets and readers take for something else."""


def hand_made(
    values: Mapping[str, Sequence[Any]], fields: Sequence[Field] = (), **more: Any
) -> Dataset:
    """A table ``made``, with a text column for each of ``values`` unless ``fields`` say else."""
    described = fields or [Field(name, name.capitalize(), "Om den.") for name in values]
    usual = {"sheet": "Ark", "title": "En tabel", "about": "Om tabellen.", "note": ""}
    return Dataset(
        "made", **(usual | more), fields=described, key=(), frame=pd.DataFrame(dict(values))
    )


def small_study(folder: Path, **changes: Any) -> Study:
    """The small study, in which A and B answered and C did not."""
    place = make_project(folder, **changes)
    sent = {"t.1": "ja", "t.2": "nej", "t.d1": "et år", "t.d2": "brev; samtale"}
    write_form(place / "forms" / "a.csv", form_rows("a", sent | {"t.d3": "ja tak"}))
    write_form(place / "forms" / "b.csv", form_rows("b", {"t.1": "ja", "t.2": "ja"}))
    return load(place)


def hostile_study(folder: Path) -> Study:
    """The small study with a title, remarks and an answer that programs may take for commands."""
    place = make_project(folder, title={"da": "=1+1 [a]:*?/\\ & 'b'"})
    items = ("t.1", "t.2", "t.s1", "t.s2", "t.s3", "t.s4", "t.d1", "t.d2", "t.d3")
    answers = {"t.1": "ja", "t.2": "nej", "t.d3": "=2+2"}
    for unit, texts in (("a", HOSTILE), ("b", TURNING)):
        remarks = dict(zip(items, texts, strict=True))
        write_form(place / "forms" / f"{unit}.csv", form_rows(unit, answers, remarks=remarks))
    return load(place)


def tables_of(study: Study, language: str = "da") -> dict[str, Dataset]:
    """The study's tables by name."""
    return {table.name: table for table in datasets(study, settle(study), Language.load(language))}


def column(table: Dataset, name: str) -> list[Any]:
    """What readers see in a column."""
    return table.values(next(field for field in table.fields if field.name == name))
