"""The same round, sent as workbooks or as any export, gives the same processed tables."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.model.mapping import FILE_NAME
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.model.table_files import write_table
from tests.projects import STUDY, copy_project
from tests.rounds.exported import Export, Survey, long, mapping, wide
from tests.rounds.exported_systems import limesurvey, microsoft_forms
from tests.rounds.exported_xact import surveyxact, surveyxact_workbook

FORMATS: dict[str, Callable[[Survey], Export]] = {
    "wide, as a Danish Excel writes it": wide,
    "wide, with commas, Windows-1252": partial(wide, separator=",", encoding="cp1252"),
    "wide, with tabs, UTF-16": partial(wide, separator="\t", encoding="utf-16"),
    "long": long,
    "SurveyXact, semicolon": surveyxact,
    "SurveyXact, comma": partial(surveyxact, kind="comma"),
    "SurveyXact, tab": partial(surveyxact, kind="tab"),
    "SurveyXact, one workbook": surveyxact_workbook,
    "SurveyXact, split in two sheets": partial(surveyxact_workbook, width=60),
    "Microsoft Forms": microsoft_forms,
    "LimeSurvey": limesurvey,
}
ALIKE = ("form_answers", "consolidated", "scores")
OWN_PLACES = ["source", "locator"]
"""Where an answer stands is the one thing that a format has of its own."""


def written(study: Study) -> dict[str, bytes]:
    """The processed tables of a study as they are written; the answers without their places."""
    results = settle(study)
    frames = {name: getattr(results, name) for name in ALIKE}
    frames["answers"] = results.answers.drop(columns=OWN_PLACES)
    content = {}
    for name, frame in frames.items():
        write_table(frame, stream := BytesIO())
        content[name] = stream.getvalue()
    return content


@pytest.fixture(scope="module")
def of_forms(settled: Path) -> dict[str, bytes]:
    """The tables of the round of 2014 that came in as workbooks."""
    return written(load_study(Project.find(settled), STUDY))


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS)
def test_a_round_in_another_format_gives_the_same_tables(
    write: Callable[[Survey], Export], of_forms: dict[str, bytes], tmp_path: Path
) -> None:
    project = Project.find(copy_project(tmp_path / "project"))
    study = load_study(project, STUDY)
    came_in = collect(study).accepted()
    survey = Survey(came_in.answers, study)
    shutil.rmtree(study.folder / "forms")
    (study.folder / "forms").mkdir()
    text = mapping(write(survey))
    (study.folder / FILE_NAME).write_text(text, encoding="utf-8")

    tables = written(load_study(project, STUDY))

    for name, content in of_forms.items():
        assert tables[name] == content, name
