"""The tables of totals and comparisons: what readers see, and what the files say of them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from frictionless import Package

from misbrug_analysis.execution.data_files import write_data_files
from misbrug_analysis.execution.processed import settle
from misbrug_analysis.model.instrument import Chapter
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.datasets import Dataset
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from tests.presentation.small_tables import column, small_study, tables_of
from tests.projects import ROOT
from tests.small import form_rows, load, make_project, write_csv, write_form

SIZES = {"large": {"da": "Store steder", "en": "Large sites"}, "small": {"da": "Små steder"}}


def study_with(folder: Path, **changes: Any) -> Study:
    """A (large): yes and partly. B (large): yes and no. C (unsaid): no. D (small): nothing."""
    compared = [{"attribute": "size", "label": {"da": "Størrelse"}, "values": SIZES}]
    usual = {"rules": {"partly": "keep"}, "totals": {}, "compare_by": compared}
    place = make_project(folder, **(usual | changes))
    organisation = place / "organisation.yaml"
    told = organisation.read_text("utf-8") + "unit_attributes: [size]\n"
    organisation.write_text(told, encoding="utf-8")
    rows = [["a", "A", "north", "large"], ["b", "B", "north", "large"], ["c", "C", "south", ""]]
    head = ["id", "label", "team", "size"]
    write_csv(place / "units.csv", [head, *rows, ["d", "D", "south", "small"]], separator=",")
    for unit, said in (("a", ("ja", "delvis")), ("b", ("ja", "nej")), ("c", ("nej", ""))):
        answers = {"t.1": said[0], "t.2": said[1] or None}
        write_form(place / "forms" / f"{unit}.csv", form_rows(unit, answers))
    return load(place)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return study_with(tmp_path_factory.mktemp("totals"))


def seen(table: Dataset, *names: str) -> list[tuple[Any, ...]]:
    """The rows of a table as readers see them, in some columns."""
    return list(zip(*(column(table, name) for name in names), strict=True))


def test_totals_are_published_with_the_names_of_units_groups_and_topics(study: Study) -> None:
    table = tables_of(study)["totals"]
    names = ("level", "group", "item", "points", "possible", "share", "answered", "asked", "units")
    rows = seen(table, *names, "rank", "tied")
    topic = "Emne t: Opfølgning"
    assert rows[:8:2] == [
        ("Sted", "A", topic, 1.5, 2, 0.75, 2, 2, 1, 1, 0),
        ("Sted", "B", topic, 1, 2, 0.5, 2, 2, 1, 2, 0),
        ("Sted", "C", topic, 0, 1, 0, 1, 2, 1, 3, 0),
        ("Sted", "D", topic, "[x]", "[x]", "[x]", 0, 2, 0, "[x]", "[z]"),
    ]
    assert ("Hold", "Nord", "I alt", 1.25, 2, 0.625, 4, 4, 2, 1, 0) in rows
    assert ("Hold", "Syd", "I alt", 0, 1, 0, 1, 4, 1, 2, 0) in rows
    assert ("Kreds", "Alle", "I alt", *rows[-1][3:]) == rows[-1]


def test_chapters_are_named_by_their_titles(study: Study) -> None:
    chapter = Chapter(id="k", title={"da": "Det første kapitel"})
    topics = [one.model_copy(update={"chapter": "k"}) for one in study.instrument.topics]
    asked = study.instrument.model_copy(update={"chapters": [chapter], "topics": topics})
    study = replace(study, instrument=asked)
    assert "k Det første kapitel" in column(tables_of(study)["totals"], "item")


@pytest.mark.parametrize(
    ("settings", "decimals"),
    [
        ({}, (2, 1, 0)),
        ({"decimals": 3}, (2, 3, 0)),
        ({"shown": "points", "decimals": 0, "ranks": "average"}, (0, 1, 1)),
    ],
)
def test_what_is_shown_first_has_the_decimals_of_the_study(
    tmp_path: Path, settings: dict[str, Any], decimals: tuple[int, int, int]
) -> None:
    table = tables_of(study_with(tmp_path, totals=settings))["totals"]
    fields = {field.name: field.decimals for field in table.fields}
    assert (fields["points"], fields["share"], fields["rank"]) == decimals


def test_comparisons_are_published_in_the_order_of_the_study(study: Study) -> None:
    table = tables_of(study)["comparisons"]
    rows = seen(table, "attribute", "value", "item", "yes", "no", "absent", "n")
    assert [row for row in rows if row[2].startswith("t.1")] == [
        ("Størrelse", "Store steder", "t.1 Følger I op?", 2, 0, 0, 2),
        ("Størrelse", "Små steder", "t.1 Følger I op?", 0, 0, 1, 0),
        ("Størrelse", "[x]", "t.1 Følger I op?", 0, 1, 0, 1),
    ]


def test_a_value_without_a_name_of_its_own_is_shown_as_it_stands(tmp_path: Path) -> None:
    compared = [{"attribute": "size", "label": {"da": "Størrelse"}}]
    table = tables_of(study_with(tmp_path, compare_by=compared))["comparisons"]
    assert list(dict.fromkeys(column(table, "value"))) == ["large", "small", "[x]"]


def test_a_study_that_declares_neither_has_neither(tmp_path: Path) -> None:
    plain = small_study(tmp_path)
    assert not {"totals", "comparisons"} & tables_of(plain).keys()
    report = Report(plain, settle(plain), Language.load("da"), plain.runs()[0])
    assert report.totals.empty
    assert report.comparisons.empty
    assert "rank" in report.totals
    assert "yes" in report.comparisons


def test_a_report_has_the_totals_of_its_own_rules(study: Study) -> None:
    report = Report(study, settle(study), Language.load("da"), study.runs()[0])
    assert report.totals is report.totals
    variants = report.sensitivity.variants
    (as_yes, *_) = variants.index[(variants["partly"] == "as_yes") & (variants["split"] == "no")]
    shares = []
    for one in (report, report.under(as_yes), report.counting(_as_no(report))):
        whole = one.totals[(one.totals["level"] == "whole") & (one.totals["item"] == "total")]
        shares.append((whole["units"].item(), whole["share"].item()))
    # Of A, B and C ¾, ½ and 0; had A's partly been a yes, 1, ½ and 0; with D, and what C left out,
    # as no throughout.
    expected = [(3, 1.25 / 3), (3, 1.5 / 3), (4, 1.25 / 4)]
    assert shares == [(units, pytest.approx(share)) for units, share in expected]


def _as_no(report: Report) -> int:
    """Which way to count those who did not answer takes all of them for a no."""
    ways = report.sensitivity.absences
    (way,) = ways.index[(ways["absent"] == "as_no") & (ways["missing"] == "as_no")]
    return int(way)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_files_are_as_described_and_are_read_as_the_guide_says(
    study: Study, tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_data_files(study, settle(study), Language.load(language), tmp_path)
    found = Package(str(tmp_path / "tables" / "datapackage.json")).validate()
    assert found.flatten(["name", "rowNumber", "fieldName", "type", "note"]) == []
    guide = (ROOT / "docs" / "scores.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", guide, re.S)
    monkeypatch.chdir(tmp_path / "tables")
    told: dict[str, Any] = {}
    exec(code, told)
    units: pd.DataFrame = told["units"]
    assert units["points"].tolist()[:3] == [1.5, 1, 0]
    assert units["rank"].tolist()[:3] == [1, 2, 3]
    assert units.loc["d"].isna()[["points", "rank"]].all()
