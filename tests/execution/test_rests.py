"""What a report rests on beside what it reads: which change is found in which part."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from misbrug_analysis.execution import rests
from misbrug_analysis.execution.editions import Edition
from misbrug_analysis.execution.manifest import sources_of
from misbrug_analysis.execution.rests import Rests, edition_rests, pdf_rests, report_rests
from misbrug_analysis.model.errors import DefinitionError
from misbrug_analysis.model.project import Project
from misbrug_analysis.presentation.language import Language
from tests.needs import make_need_project
from tests.projects import ROOT
from tests.small import load, make_project


def parts(folder: Path, language: str = "da") -> Rests:
    """What the first report rests on as a new process finds it."""
    for known in (rests._library, rests._code, rests._templates, rests._of_language):
        known.cache_clear()
    study = load(folder)
    return report_rests(Edition(study, Language.load(language)), study.runs()[0])


def changed(before: Rests, now: Rests) -> set[str]:
    return {name for name in before | now if before.get(name) != now.get(name)}


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the library, which digests are taken of; elsewhere and called otherwise."""
    copy = shutil.copytree(
        ROOT / "misbrug_analysis",
        tmp_path / "elsewhere",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    monkeypatch.setattr(rests, "LIBRARY", copy)
    return copy


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("study.yaml", {"study"}),
        ("units.csv", {"study"}),
        ("texts/conclusions.md", set()),
        ("forms/a.csv", set()),
        (".DS_Store", set()),
        ("README.md", set()),
        ("reconstruction/build.py", set()),
        ("interviews/counted.csv", {"study"}),
    ],
)
def test_of_the_study_all_counts_that_reports_do_not_note(
    tmp_path: Path, name: str, found: set[str]
) -> None:
    folder = make_project(tmp_path)
    before = parts(folder)
    (folder / name).parent.mkdir(exist_ok=True)
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert changed(before, parts(folder)) == found


@pytest.mark.parametrize(
    ("name", "danish", "english"),
    [
        ("analysis/scoring.py", {"code"}, {"code"}),
        ("presentation/templates/page.css", {"templates"}, {"templates"}),
        ("presentation/locale/en.yaml", set(), {"catalogue"}),
        ("model/messages/en.yaml", set(), {"catalogue"}),
        # The study is Danish, and what has no translation is told in its language.
        ("presentation/locale/da.yaml", {"catalogue"}, {"catalogue"}),
        ("execution/scaffold/whole.yaml", set(), set()),
        ("__pycache__/cli.pyc", set(), set()),
        ("presentation/.DS_Store", set(), set()),
    ],
)
def test_a_file_of_the_library_counts_for_the_pages_that_it_can_change(
    tmp_path: Path, library: Path, name: str, danish: set[str], english: set[str]
) -> None:
    folder = make_project(tmp_path)
    before = [parts(folder, code) for code in ("da", "en")]
    (library / name).parent.mkdir(exist_ok=True)
    with (library / name).open("a", encoding="utf-8") as file:
        file.write("\n# another line\n")
    now = [parts(folder, code) for code in ("da", "en")]
    assert [changed(*both) for both in zip(before, now, strict=True)] == [danish, english]


def test_the_name_of_a_language_counts_for_pages_that_lead_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_project(tmp_path)
    before = parts(folder)
    english = Language.load("en").texts
    assert isinstance(english, dict)
    monkeypatch.setitem(english, "language.name", "Anglo-Saxon")
    assert changed(before, parts(folder)) == {"catalogue"}


def test_of_a_notebook_the_kinds_tags_and_texts_of_cells_count(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    before = parts(folder)
    path = tmp_path / "notebooks" / "settled.ipynb"
    cell = {"cell_type": "code", "metadata": {}, "source": "1 + 1", "outputs": [], "id": "a"}
    path.write_text(json.dumps({"cells": [cell]}), "utf-8")
    with_cell = parts(folder)
    assert changed(before, with_cell) == {"notebook"}
    run = cell | {"metadata": {"collapsed": True}, "outputs": [{"x": 2}], "id": "b"}
    path.write_text(json.dumps({"cells": [run], "metadata": {"kernel": "x"}}), "utf-8")
    assert parts(folder) == with_cell


@pytest.mark.parametrize("name", ["people.csv", "estimates.csv", "map.geojson", "need.yaml"])
def test_need_and_reference_data_count_for_reports_that_note_them(
    tmp_path: Path, name: str
) -> None:
    folder = make_need_project(tmp_path)
    before, need = parts(folder), rests.need_digest(load(folder))
    assert rests.need_digest(load(folder)) == need
    path = (folder if name == "need.yaml" else Project.find(folder).reference) / name
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert rests.need_digest(load(folder)) != need
    assert parts(folder) == before


def test_a_notebook_that_gets_at_the_study_rests_on_all_of_its_files(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    cell = {"cell_type": "code", "source": "report.study.need"}
    for path in Project.find(folder).notebooks.glob("*.ipynb"):
        path.write_text(json.dumps({"cells": [cell]}), "utf-8")
    before = parts(folder)
    with (folder / "need.yaml").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert changed(before, parts(folder)) == {"files"}


def test_a_study_counts_as_it_was_when_it_was_loaded(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    study = load(folder)
    before, inputs = edition_rests(Edition(study, Language.load("da"))), sources_of(study)["inputs"]
    instrument = study.project.instruments / f"{study.settings.instrument}.yaml"
    for path in (folder / "study.yaml", folder / "units.csv", instrument):
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    (folder / "adjudications.csv").write_text("unit\n", "utf-8")
    assert edition_rests(Edition(study, Language.load("da"))) == before
    assert sources_of(study)["inputs"] == inputs
    assert f"data/raw/{study.id}/study.yaml" in inputs


def test_reference_data_do_not_count_where_nothing_uses_them(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    before = parts(folder)
    reference = Project.find(folder).reference
    reference.mkdir()
    (reference / "people.csv").write_text("code\n", "utf-8")
    assert parts(folder) == before


def test_a_pdf_rests_on_its_page_and_on_where_it_leads(tmp_path: Path) -> None:
    edition = Edition(load(make_project(tmp_path)), Language.load("da"))
    page = tmp_path / "page.html"
    page.write_text("one", "utf-8")
    before = pdf_rests(edition, page, ["a.pdf"])
    assert changed(before, pdf_rests(edition, page, ["a.pdf", "b.pdf"])) == {"neighbours"}
    page.write_text("two", "utf-8")
    assert changed(before, pdf_rests(edition, page, ["a.pdf"])) == {"page"}


def test_a_notebook_that_is_none_is_named(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    for one in Project.find(folder).notebooks.glob("*.ipynb"):
        one.write_text("<<<<<<< HEAD\n", "utf-8")
    with pytest.raises(DefinitionError, match=r"notebooks/\w+\.ipynb, line 1.*no JSON"):
        parts(folder)
