"""Notebooks of studies whose levels have other names, or that have one level, or many."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from misbrug_analysis.execution.new_study import new_study
from misbrug_analysis.execution.processed import save, settle
from misbrug_analysis.execution.session import open_report
from misbrug_analysis.model.errors import ParameterError
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study_file import load_study
from tests.projects import copy_project
from tests.small import STUDY, Plain, load, make_project, write_csv

NAMED = {"notebook": "n", "title": {"da": "T"}, "summary": {"da": "S"}}
PER_TEAM = {"id": "each", "per": "team", **NAMED}
OF_ALL = {"id": "whole", **NAMED}
PER_WHOLE = {"id": "circle", "per": "whole", **NAMED}


def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *reports: Any, **given: str) -> str:
    """The page that a notebook makes which was given these parameters, of studies with teams."""
    folder = make_project(tmp_path, reports=list(reports))
    study = load(folder)
    save(study, settle(study))
    monkeypatch.chdir(tmp_path)
    return open_report("n", {"study": STUDY, "language": "", **given}).run.id


@pytest.mark.parametrize(
    ("given", "page"),
    [
        ({"team": "south"}, "each-south"),
        ({"group": "south"}, "each-south"),
        ({"group": "south", "cluster": "", "region": ""}, "each-south"),
        ({"group": "north", "team": "south"}, "each-south"),
        ({"group": "", "cluster": ""}, "each-north"),
    ],
)
def test_a_group_is_named_by_its_level_or_in_general(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], page: str
) -> None:
    assert opened(tmp_path, monkeypatch, PER_TEAM, **given) == page


def test_a_notebook_of_several_levels_is_run_for_the_group_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opened(tmp_path / "1", monkeypatch, PER_TEAM, PER_WHOLE, whole="all") == "circle"
    assert opened(tmp_path / "2", monkeypatch, PER_TEAM, PER_WHOLE, group="all") == "circle"
    assert opened(tmp_path / "3", monkeypatch, PER_WHOLE, PER_TEAM, team="south") == "each-south"


def test_without_a_group_the_report_of_all_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opened(tmp_path / "1", monkeypatch, PER_TEAM, OF_ALL, group="") == "whole"
    assert opened(tmp_path / "2", monkeypatch, OF_ALL, group="", cluster="", region="") == "whole"


def test_an_unknown_group_lists_those_that_have_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ParameterError, match=r"no team called “sout”(.|\n)*north, south"):
        opened(tmp_path, monkeypatch, PER_TEAM, group="sout")


def test_a_level_that_the_study_lacks_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ParameterError, match=r"no parameter called “cluster”"):
        opened(tmp_path, monkeypatch, PER_TEAM, cluster="south")


def test_a_new_study_has_a_report_for_every_level(tmp_path: Path) -> None:
    root = copy_project(tmp_path)
    file = root / "data" / "instruments" / "kl12.yaml"
    instrument = yaml.safe_load(file.read_text("utf-8"))
    cluster, region = instrument["usual"]["levels"]
    names = {"ward": "bydel", "north_south": "landsdel", "country": "land"}
    levels = [
        (region if name == "country" else cluster) | {"id": name, "headings": [heading]}
        for name, heading in names.items()
    ]
    instrument["usual"]["levels"] = levels
    text = yaml.dump(instrument, Dumper=Plain, allow_unicode=True, sort_keys=False)
    file.write_text(text, "utf-8")
    rows = ["Kommune;Bydel;Landsdel", "A;Havn;Nord", "B;Bakke;Nord", "C;Eng;Syd", "D;Skov;Syd"]
    units = write_csv(root / "list.csv", [row.split(";") for row in rows])
    new_study(Project.find(root), "wards", "kl12", day=date(2026, 3, 2), units=units)
    study = load_study(Project.find(root), "wards")
    made = [(report.id, report.notebook, report.per) for report in study.settings.reports]
    assert made[:3] == [
        ("regional", "regional_narrative", "country"),
        ("north-south-report", "regional_narrative", "north_south"),
        ("cluster", "cluster_report", "ward"),
    ]
    pages = [run.id for run in study.runs()][:7]
    assert pages == [
        *("regional", "north-south-report-nord", "north-south-report-syd"),
        *("cluster-havn", "cluster-bakke", "cluster-eng", "cluster-skov"),
    ]
