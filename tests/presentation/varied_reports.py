"""A small study in which the rules decide what its sentences say.

A and B are of Nord, C and D of Syd. A says yes to t.1, B partly, C and D no; to t.2 all say yes.
B has nobody to be measured by, so its partly becomes a no. With a yes of it, two of the four follow
up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from tests.small import form_rows, load, make_project, write_form

UNITS = {"a": "north", "b": "north", "c": "south", "d": "south"}
FORMS: dict[str, Mapping[str, str]] = {
    "a": {"t.1": "ja", "t.2": "ja"},
    "b": {"t.1": "delvis", "t.2": "ja"},
    "c": {"t.1": "nej", "t.2": "ja"},
    "d": {"t.1": "nej", "t.2": "ja"},
}
SHOWS = ['sections.text_section(report, "text")']


def varied_report(
    root: Path,
    text: str = "",
    *,
    forms: Mapping[str, Mapping[str, str]] = FORMS,
    shows: Sequence[str] = SHOWS,
    variants_page: bool = True,
    language: str = "da",
    **changes: Any,
) -> Report:
    """The whole study's report; a form is named by its unit, or ``unit-form``.

    ``shows`` are the sections that its notebook calls, one a cell.
    """
    named = {"title": {"da": "Rapport"}, "summary": {"da": "S"}}
    reports = [{"id": "told", "notebook": "n", **named}]
    if variants_page:
        title = {"da": "Hvor sikkert?", "en": "How sure?"}
        one = {"id": "sure", "notebook": "settled", **named, "title": title}
        reports.append({**one, "shows_variants": True})
    folder = make_project(root, UNITS, reports=reports, **changes)
    for name, given in forms.items():
        unit, _, form = name.partition("-")
        rows = form_rows(unit, given, form=form or "joint")
        write_form(folder / "forms" / f"{name}.csv", rows)
    (folder / "texts").mkdir()
    if text:
        (folder / "texts" / "text.md").write_text(text, "utf-8")
    show_sections(root, shows)
    study = load(folder)
    return Report(study, settle(study), Language.load(language), study.runs()[0])


def show_sections(root: Path, calls: Sequence[str]) -> None:
    """Write the report's notebook: a cell that shows each section."""
    cells = [
        {"cell_type": "code", "metadata": {}, "source": [f"show(*{call})\n"], "outputs": []}
        for call in calls
    ]
    (root / "notebooks" / "n.ipynb").write_text(json.dumps({"cells": cells}), "utf-8")
