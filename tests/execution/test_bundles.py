"""What a report needs of a project, as bytes that make a project elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from misbrug_analysis.execution.bundles import bundle_of, unpack
from misbrug_analysis.execution.processed import load, save, settle
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from tests.projects import digests
from tests.short_runs import answer, short_study
from tests.small import STUDY


@pytest.fixture
def study(tmp_path: Path) -> Study:
    study = load_study(Project.find(short_study(tmp_path / "project")), STUDY)
    save(study, settle(study))
    return study


def test_a_bundle_makes_a_project_in_which_nothing_has_to_be_settled(
    tmp_path: Path, study: Study
) -> None:
    unpack(bundle_of(study), tmp_path / "there")
    there = load_study(Project.find(tmp_path / "there"), STUDY)
    assert len(load(there).consolidated) == len(load(study).consolidated) > 0
    names = {path.name for path in (tmp_path / "there" / "notebooks").iterdir()}
    assert names == {"whole.ipynb", "each.ipynb"}  # those of the study's reports
    for folder in (f"data/raw/{STUDY}", f"data/processed/{STUDY}"):
        assert digests(there.project.root / folder) == digests(study.project.root / folder)


def test_equal_files_make_an_equal_bundle_and_others_another_one(study: Study) -> None:
    before = bundle_of(study)
    for path in study.project.root.rglob("*.csv"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    assert bundle_of(study) == before
    answer(study.project.root, "b", "nej")
    assert bundle_of(study) != before


def test_neither_outputs_nor_other_studies_travel(tmp_path: Path, study: Study) -> None:
    root = study.project.root
    for name in ("outputs/small-study/a.html", "data/raw/other/study.yaml", "data/raw/.DS_Store"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    unpack(bundle_of(study), tmp_path / "there")
    assert {path.name for path in (tmp_path / "there").iterdir()} == {"data", "notebooks"}
    assert [path.name for path in (tmp_path / "there/data/raw").iterdir()] == [STUDY]
