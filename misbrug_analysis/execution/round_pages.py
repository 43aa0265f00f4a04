"""The pages of a round under way, in ``outputs/<study>/round/``: never among those published."""

from __future__ import annotations

from pathlib import Path

from misbrug_analysis.execution.files import write_or_tell
from misbrug_analysis.intake.status import Standing
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.collecting.check_page import check_page
from misbrug_analysis.presentation.collecting.status_page import status_csv, status_page
from misbrug_analysis.presentation.collecting.unit_page import (
    to_mend,
    unit_page,
    unit_page_name,
)
from misbrug_analysis.presentation.language import Language


def round_folder(study: Study) -> Path:
    return study.project.outputs(study.id) / "round"


def write_check(standing: Standing, language: Language) -> Path:
    """Write the page of the whole check and one for each unit that has something to mend.

    Pages of units that are fine by now are removed. Returns the page of the whole check.
    """
    folder = round_folder(standing.study)
    pages = {
        unit_page_name(status.unit.id): unit_page(standing, status, language)
        for status in to_mend(standing)
    }
    for page in folder.glob(unit_page_name("*")):
        if page.name not in pages:
            page.unlink()
    for name, page_text in pages.items():
        write_or_tell(folder / name, page_text.encode())
    whole = folder / "check.html"
    write_or_tell(whole, check_page(standing, language).encode())
    return whole


def write_status(standing: Standing, language: Language) -> Path:
    """Write who has sent what as a page and as a CSV file; returns the page."""
    folder = round_folder(standing.study)
    write_or_tell(folder / "status.csv", status_csv(standing, language))
    page = folder / "status.html"
    write_or_tell(page, status_page(standing, language).encode())
    return page
