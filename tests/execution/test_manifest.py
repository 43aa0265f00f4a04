"""What a report's key covers."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.execution import manifest
from misbrug_analysis.execution.editions import Edition
from misbrug_analysis.model.errors import DefinitionError
from misbrug_analysis.model.project import Project
from misbrug_analysis.presentation.language import Language
from tests.needs import make_need_project
from tests.small import load, make_project


def key(folder: Path) -> str:
    """The key of the first report as a new process finds it."""
    manifest._folder_digest.cache_clear()
    study = load(folder)
    return manifest.report_key(Edition(study, Language.load("da")), study.runs()[0])


@pytest.mark.parametrize("name", ["people.csv", "estimates.csv", "map.geojson"])
def test_reference_data_count_where_the_study_uses_them(tmp_path: Path, name: str) -> None:
    folder = make_need_project(tmp_path)
    before = key(folder)
    assert key(folder) == before
    path = Project.find(folder).reference / name
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert key(folder) != before


def test_reference_data_do_not_count_where_nothing_uses_them(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    before = key(folder)
    reference = Project.find(folder).reference
    reference.mkdir()
    (reference / "people.csv").write_text("code\n", "utf-8")
    assert key(folder) == before


def test_a_notebook_that_is_none_is_named(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    for one in Project.find(folder).notebooks.glob("*.ipynb"):
        one.write_text("<<<<<<< HEAD\n", "utf-8")
    with pytest.raises(DefinitionError, match=r"notebooks/\w+\.ipynb, line 1.*no JSON"):
        key(folder)
