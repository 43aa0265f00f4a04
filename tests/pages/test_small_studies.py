"""Runs of studies that have little: whole pages, each there, and no link without an end."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.commanded import run_here
from tests.pages.test_counts_traced import dead_links
from tests.presentation.test_bare_reports import ONE_LEVEL
from tests.projects import ROOT
from tests.small import STUDY, form_rows, make_project, write_form

NAMED = {"title": {"da": "T"}, "summary": {"da": "S"}}
SURE = {"t.1": "ja", "t.2": "nej"}
PARTLY = {"t.1": "delvis", "t.s1": "ja", "t.s2": "nej", "t.2": "ja"}


@dataclass(frozen=True)
class Little:
    """A study by its units (with their team; None for a study of one level) and their forms."""

    forms: Mapping[str, Mapping[str, str]]
    units: tuple[str, ...] = ("a", "b", "c")
    team: str | None = "north"
    changes: Mapping[str, Any] = field(default_factory=dict)


STUDIES = {
    "one level, one unit": Little({"a": SURE}, ("a",), None),
    "one unit, partly": Little({"a": PARTLY}, ("a",)),
    "no partly and none split": Little({"a": SURE, "b": SURE}),
    "partly kept": Little(
        {"a": PARTLY, "b.alcohol": SURE, "b.drugs": {"t.1": "nej"}},
        changes={"rules": {"partly": "keep"}},
    ),
    "a round under way": Little({"a": SURE}, changes={"collecting": True}),
    "nobody answered": Little({}, changes={"collecting": True}),
    "points added up": Little({"a": SURE, "b": PARTLY}, changes={"totals": {"decimals": 0}}),
}


def project_of(root: Path, little: Little) -> Path:
    reports = [
        {"id": "regional", "notebook": "regional_narrative", "per": "whole", **NAMED},
        {"id": "sure", "notebook": "sensitivity", "shows_variants": True, **NAMED},
        {"id": "method", "notebook": "consolidation", "makes_tables": True, **NAMED},
    ]
    if little.team:
        reports.append({"id": "cluster", "notebook": "cluster_report", "per": "team", **NAMED})
    units = dict.fromkeys(little.units, little.team or "north")
    folder = make_project(root, units, reports=reports, **little.changes)
    if not little.team:
        (folder / "organisation.yaml").write_text(ONE_LEVEL, "utf-8")
    rows = [f"{unit},{unit.upper()}{f',{little.team}' if little.team else ''}" for unit in units]
    heads = "id,label,team" if little.team else "id,label"
    (folder / "units.csv").write_text("\n".join([heads, *rows, ""]), "utf-8")
    for name, answers in little.forms.items():
        unit, _, form = name.partition(".")
        form_file = folder / "forms" / f"{name}.csv"
        write_form(form_file, form_rows(unit, answers, form=form or "joint"))
    shutil.copytree(ROOT / "notebooks", root / "notebooks", dirs_exist_ok=True)
    return root


@pytest.mark.parametrize("name", STUDIES)
def test_every_page_is_made_whole_and_no_link_is_dead(tmp_path: Path, name: str) -> None:
    little = STUDIES[name]
    project = project_of(tmp_path, little)
    code, _, errors = run_here(project, STUDY)
    assert code == 0, errors
    html = project / "outputs" / STUDY / "html"
    pages = {page.name: page.read_text("utf-8") for page in html.glob("*.html")}
    wanted = {"index.html", "regional.html", "sure.html", "method.html", "method-t.html"}
    assert wanted | ({"cluster-north.html"} if little.team else set()) <= set(pages)
    for page in pages.values():
        assert page.rstrip().endswith("</html>")
        assert not any(bad in page for bad in ("Traceback", "{{", ">nan<", "None<"))
    assert dead_links(html) == []
