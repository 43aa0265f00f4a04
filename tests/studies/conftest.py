"""The reconstruction's own scripts, its study and its forms."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from tests.studies.reconstructed import RECONSTRUCTION, STUDY, Grid, read_grid


@pytest.fixture(scope="module")
def code() -> Iterator[SimpleNamespace]:
    """The modules of the reconstruction, which are scripts and no package."""
    names = ("feasible", "feasible_joint", "published", "settle", "spread_answers", "build")
    names += ("possible_counts",)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(RECONSTRUCTION))
        yield SimpleNamespace(**{name: importlib.import_module(name) for name in names})


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study(Project.find(STUDY), "2014-sjaelland")


@pytest.fixture(scope="module")
def grids() -> dict[str, Grid]:
    """Every committed form as rows of four cells, read without the library."""
    return {path.name: read_grid(path) for path in sorted((STUDY / "forms").iterdir())}
