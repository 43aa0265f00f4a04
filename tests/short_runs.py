"""A small study whose runs are short: two groups, a page each, and one of all."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from tests.small import form_rows, make_project, write_form

NAMED = {"title": {"da": "T"}, "summary": {"da": "S"}}
OPEN = "from misbrug_analysis import {open}, sections, show\nreport = {open}('{name}', globals())"
TEAM = "team = ''"


def short_study(root: Path) -> Path:
    """A project with the study; ``misbrug run small-study`` takes some seconds."""
    reports = [
        {"id": "whole", "notebook": "whole", "per": "whole", "makes_tables": True, **NAMED},
        {"id": "team", "notebook": "each", "per": "team", **NAMED},
    ]
    make_project(root, reports=reports)
    for unit, said in (("a", "ja"), ("b", "delvis"), ("c", "nej")):
        answer(root, unit, said)
    write_cells(root, "whole", "show(*sections.who_answered(report))", parameter="whole = ''")
    write_cells(root, "each", "show(*sections.who_answered(report))", parameter=TEAM)
    return root


def answer(root: Path, unit: str, said: str) -> None:
    """Have a unit answer the first question so, in the only form that it sends."""
    forms = root / "data" / "raw" / "small-study" / "forms"
    given = {"t.1": said, "t.s1": "ja", "t.s2": "nej", "t.2": "nej"}
    write_form(forms / f"{unit}.csv", form_rows(unit, given))


def write_cells(root: Path, name: str, *cells: str, parameter: str = TEAM) -> None:
    """Make a notebook that opens its report, shows the head of its page and runs cells."""
    opens = "settle_report" if name == "whole" else "open_report"
    lines = [OPEN.format(open=opens, name=name), "show(*sections.page(report))", *cells]
    start = new_code_cell(
        f"study = 'small-study'\nlanguage = ''\n{parameter}", metadata={"tags": ["parameters"]}
    )
    notebook = new_notebook(cells=[start, *map(new_code_cell, lines)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "P", "language": "python"}
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
    nbformat.write(notebook, root / "notebooks" / f"{name}.ipynb")
