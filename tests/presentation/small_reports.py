"""Reports of the small study, made without a notebook."""

from __future__ import annotations

from pathlib import Path

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from tests.small import form_rows, load, write_form


def small_report(folder: Path, language: str = "da") -> Report:
    """A report of the whole small study, in which A and B answered and C did not."""
    for unit in ("a", "b"):
        write_form(folder / "forms" / f"{unit}.csv", form_rows(unit, {"t.1": "ja", "t.2": "nej"}))
    study = load(folder)
    return Report(study, settle(study), Language.load(language), study.runs()[0])
