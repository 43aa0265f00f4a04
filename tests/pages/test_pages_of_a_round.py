"""The pages of a round under way in a real browser, narrow and wide, in print and in the dark."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page

from misbrug_analysis.execution.round_pages import write_check, write_status
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.status import standing
from misbrug_analysis.presentation.language import Language
from tests.collecting import round_folder
from tests.pages.checks import LOOKS, Look, check_page
from tests.small import load


@pytest.mark.parametrize(
    ("code", "width", "looks"),
    [("da", 1280, LOOKS), ("da", 375, ["light"]), ("da", 320, ["light"]), ("en", 375, ["light"])],
)
def test_every_page_keeps_what_pages_promise(
    page: Page, tmp_path: Path, code: str, width: int, looks: Sequence[Look]
) -> None:
    study, language = load(round_folder(tmp_path)), Language.load(code)
    now = standing(study, collect(study))
    folder = write_check(now, language).parent
    write_status(now, language)
    for name in ("check.html", "check-b.html", "check-c.html", "status.html"):
        check_page(page, folder / name, width, lang=code, looks=looks)
