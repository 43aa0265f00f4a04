"""What every system writes of one round reads as the same answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.exports.layouts import read_export
from tests.rounds.exported import Export, Survey, long, mapping, wide
from tests.rounds.exported_systems import limesurvey, microsoft_forms
from tests.rounds.exported_xact import surveyxact, surveyxact_workbook
from tests.small import form_rows, load, make_project, write_form

Said = set[tuple[str, str, str, str]]

ANSWERED = {"t.1": "ja", "t.2": "delvis", "t.d1": "længere", "t.d2": "samtale; brev"}
SAID = {
    *(("A", "fælles", item, answer) for item, answer in ANSWERED.items()),
    ("A", "fælles", "t.d3", "=1+1;\nÆrø"),
    ("A", "fælles", "t.1.remark", "Altid, »altid«"),
    ("B", "alkohol", "t.1", "nej"),
    ("B", "alkohol", "t.d2", "brev"),
}
OPTIONS = ["samtale", "brev"]


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The answers of a round of two forms; a third unit has not answered."""
    folder = make_project(tmp_path_factory.mktemp("round"))
    remarks = {"t.1": "Altid, »altid«"}
    rows = form_rows("a", ANSWERED | {"t.d3": "=1+1;\nÆrø"}, remarks=remarks)
    write_form(folder / "forms" / "a.csv", rows)
    rows = form_rows("b", {"t.1": "nej", "t.d2": "brev"}, form="alcohol")
    write_form(folder / "forms" / "b.csv", rows)
    return collect(load(folder)).accepted().answers


def said_by(export: Callable[[Survey], Export], survey: Survey) -> Said:
    """Unit, form, item and answer of all that an export says; options together."""
    folder = survey.study.folder
    (folder / "mapping.yaml").write_text(mapping(export(survey)), encoding="utf-8")
    study = load(folder)
    (mapped,) = study.exports
    exported = read_export(mapped, study)
    whose = exported.responses
    said: dict[tuple[str, str, str], list[str]] = {}
    for row in exported.given.itertuples():
        key = (whose.at[row.response, "unit"], whose.at[row.response, "form"], str(row.item))
        text = str(row.text)
        if row.part == "remark":
            key = (*key[:2], f"{row.item}.remark")
        elif row.part != "answer" and text != "0":
            text = OPTIONS[int(str(row.part)) - 1]
        if row.part in ("answer", "remark") or text != "0":
            said.setdefault(key, []).append(text)
    return {(*key, "; ".join(texts)) for key, texts in said.items()}


@pytest.mark.parametrize(
    "export",
    [
        wide,
        partial(wide, separator="\t", encoding="utf-16"),
        partial(wide, separator=",", encoding="cp1252"),
        long,
        partial(long, separator="\t"),
        surveyxact,
        partial(surveyxact, kind="comma"),
        partial(surveyxact, kind="tab"),
        surveyxact_workbook,
        partial(surveyxact_workbook, width=5),
        microsoft_forms,
        limesurvey,
    ],
)
def test_every_export_says_the_same(
    tmp_path: Path, collected: pd.DataFrame, export: Callable[[Survey], Export]
) -> None:
    study = load(make_project(tmp_path))
    assert said_by(export, Survey(collected, study)) == SAID
