"""A round in the formats of several systems: what is drafted reads back to the same answers."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from misbrug_analysis.execution.draft_mapping import draft_mapping
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.presentation.language import Language
from tests.projects import STUDY, copy_project
from tests.rounds.exported import Export, Survey, long, wide
from tests.rounds.exported_systems import limesurvey, microsoft_forms
from tests.rounds.exported_xact import surveyxact, surveyxact_workbook

COLUMNS = ["unit", "form", "item", "value"]


def answers_of(study: Study) -> pd.DataFrame:
    """The answers that are read, by unit, form and item."""
    came_in = collect(study)
    assert came_in.problems == ()
    found = came_in.answers.sort_values(COLUMNS[:3])
    return found[COLUMNS].reset_index(drop=True)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(copy_project(tmp_path))


def completed(text: str) -> str:
    """The draft as a person completes it: what is proposed for the unit and the form holds."""
    return re.sub(r"^    # ((?:unit|form): )", r"    \1", text, flags=re.M)


def drafted(project: Project, write: Callable[[Survey], Export]) -> tuple[Study, pd.DataFrame]:
    """The study with one export in place of its forms and a draft of its mapping."""
    study = load_study(project, STUDY)
    before = answers_of(study)
    survey = Survey(collect(study).answers, study)
    shutil.rmtree(study.folder / "forms")
    (study.folder / "forms").mkdir()
    export = write(survey)
    files = [Path(export[name]) for name in ("file", "labels", "structure") if name in export]
    made = draft_mapping(study, files, Language.load("da"), to=None)
    assert [draft.missing for draft in made.drafts] == [[]]
    text = made.path.read_text("utf-8")
    made.path.write_text(completed(text), encoding="utf-8")
    return load_study(project, STUDY), before


@pytest.mark.parametrize("write", [wide, long, surveyxact, surveyxact_workbook, microsoft_forms])
def test_a_draft_reads_the_answers_that_were_exported(
    project: Project, write: Callable[[Survey], Export]
) -> None:
    study, before = drafted(project, write)
    assert len(before) > 1000
    pd.testing.assert_frame_equal(answers_of(study), before)


def test_codes_alone_are_tied_to_nothing(project: Project) -> None:
    """LimeSurvey calls questions ``G01Q01`` where it is not asked for their texts, too."""
    study = load_study(project, STUDY)
    export = limesurvey(Survey(collect(study).answers, study))
    made = draft_mapping(study, [Path(export["file"])], Language.load("da"), to=None)
    (draft,) = made.drafts
    assert len(draft.missing) == len(study.instrument.items)
    assert draft.columns == {"unit": "kommune", "form": "skema"}
