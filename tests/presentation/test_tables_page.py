"""The page that describes the tables: what each column means, with the codes of its values."""

from __future__ import annotations

from pathlib import Path

from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.tables_page import tables_page
from tests.presentation.small_tables import small_study, tables_of


def test_a_code_that_its_label_begins_with_is_not_said_twice(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    page = tables_page(study, list(tables_of(study).values()), Language.load("da"))
    assert "Koder: t.1 Følger I op?; t.2 Skriver I det ned?; t = " in page
    assert "t.1 = t.1" not in page
