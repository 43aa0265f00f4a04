"""The addresses that docs/publishing.md tells readers to link to are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.projects import ROOT, STUDY

GUIDE = (ROOT / "docs" / "publishing.md").read_text("utf-8")
LINKS = sorted(set(re.findall(r"`([a-z-]+\.html)#([a-z0-9-]+)`", GUIDE)))


def test_the_guide_gives_examples() -> None:
    assert len(LINKS) > 8


@pytest.mark.parametrize(("name", "anchor"), LINKS)
def test_an_anchor_that_the_guide_names_is_on_its_page(made: Path, name: str, anchor: str) -> None:
    page = made / "outputs" / STUDY / "html" / name
    assert f' id="{anchor}"' in page.read_text("utf-8")
