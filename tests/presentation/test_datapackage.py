"""The data package: what it says of the files, and that a library finds them so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

from misbrug_analysis.execution.data_files import write_data_files
from misbrug_analysis.execution.processed import settle
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.presentation.language import Language
from tests.presentation.small_tables import hostile_study, small_study
from tests.projects import STUDY


def written(study: Study, folder: Path, language: str = "da") -> Path:
    """The data package of an edition that was written to a folder."""
    write_data_files(study, settle(study), Language.load(language), folder)
    return folder / "tables" / "datapackage.json"


def faults(package: Path) -> list[Any]:
    """What the library finds wrong in a package and its files."""
    report = Package(str(package)).validate()
    assert report.stats["tasks"] == len(json.loads(package.read_text("utf-8"))["resources"])
    return report.flatten(["name", "rowNumber", "fieldName", "type", "note"])


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    return written(small_study(folder, licence="CC-BY-4.0"), folder / "html")


def resource(package: Path, name: str) -> dict[str, Any]:
    resources = json.loads(package.read_text("utf-8"))["resources"]
    return next(found for found in resources if found["name"] == name)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_files_of_2014_are_as_described(settled: Path, tmp_path: Path, language: str) -> None:
    study = load_study(Project.find(settled), STUDY)
    assert faults(written(study, tmp_path, language)) == []


def test_the_files_of_a_hostile_study_are_as_described(tmp_path: Path) -> None:
    assert faults(written(hostile_study(tmp_path), tmp_path / "html")) == []


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("data/consolidated.csv", ",yes,", ",maybe,"),
        ("data/scores.csv", ",1.0,", ",1.5,"),
        ("excel/consolidated.csv", ";ja;", ";måske;"),
        ("data/consolidated.csv", ",a,t.1,", ",b,t.1,"),
        ("data/consolidated.csv", ",a,t.1,", ",nobody,t.1,"),
    ],
)
def test_a_value_that_is_not_as_described_is_found(
    tmp_path: Path, path: str, before: str, after: str
) -> None:
    """A code, a share and a label that cannot be; a key that stands twice, one that leads nowhere.

    The package is told the new size of the file, so that it is the value that is wrong.
    """
    package = written(small_study(tmp_path), tmp_path / "html")
    file = package.parent / path
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")
    content = json.loads(package.read_text("utf-8"))
    for found in content["resources"]:
        del found["bytes"], found["hash"]
    package.write_text(json.dumps(content), "utf-8")
    assert {fault[3] for fault in faults(package)} & {
        "constraint-error",
        "primary-key",
        "foreign-key",
    }


def test_a_file_that_was_changed_is_found(tmp_path: Path) -> None:
    package = written(small_study(tmp_path), tmp_path / "html")
    with (package.parent / "data" / "units.csv").open("a", encoding="utf-8") as file:
        file.write("d,D,,north,all\n")
    assert {fault[3] for fault in faults(package)} == {"hash-count", "byte-count"}


def test_both_files_of_a_table_and_the_workbook_are_described(package: Path) -> None:
    resources = json.loads(package.read_text("utf-8"))["resources"]
    paths = {found["path"] for found in resources}
    files = (found for found in package.parent.rglob("*") if found.is_file() and found != package)
    assert paths == {found.relative_to(package.parent).as_posix() for found in files}


def test_a_file_for_excel_is_described_as_its_readers_write(package: Path) -> None:
    found = resource(package, "scores-excel")
    share = next(field for field in found["schema"]["fields"] if field["name"] == "Andel ja")
    assert found["dialect"]["delimiter"] == ";"
    assert share["decimalChar"] == ","
    assert found["schema"]["missingValues"] == ["", "[x]", "[z]"]


def test_a_file_for_machines_has_keys_types_and_codes(package: Path) -> None:
    schema = resource(package, "consolidated")["schema"]
    assert schema["primaryKey"] == ["unit", "indicator"]
    assert [key["reference"] for key in schema["foreignKeys"]] == [
        {"resource": "units", "fields": ["unit"]},
        {"resource": "items", "fields": ["item"]},
    ]
    answer = next(field for field in schema["fields"] if field["name"] == "answer")
    assert answer["constraints"]["enum"] == ["yes", "partly", "no", "unanswered", "absent"]


def test_the_package_says_whose_it_is_and_tells_no_time_of_its_own(package: Path) -> None:
    content = json.loads(package.read_text("utf-8"))
    assert not {"created", "version"} & set(content)
    assert "2024" in content["description"]
    assert "maj" not in content["description"]
    assert content["licenses"] == [
        {"name": "CC-BY-4.0", "path": "https://spdx.org/licenses/CC-BY-4.0.html"}
    ]
    questions = resource(package, "items")
    assert questions["licenses"][0]["name"] == "EUPL-1.2"


def test_a_study_without_a_licence_has_none(tmp_path: Path) -> None:
    content = json.loads(written(small_study(tmp_path), tmp_path / "html").read_text("utf-8"))
    assert "licenses" not in content


@pytest.fixture(scope="module")
def of_2014(settled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    study = load_study(Project.find(settled), STUDY)
    return written(study, tmp_path_factory.mktemp("2014"), "en")


def test_every_file_says_by_itself_that_the_answers_are_reconstructed(of_2014: Path) -> None:
    for found in json.loads(of_2014.read_text("utf-8"))["resources"]:
        assert "The answers are reconstructed" in found["description"], found["name"]
    assert "holds no answers" in resource(of_2014, "population")["description"]
    assert "holds no answers" not in resource(of_2014, "scores")["description"]


def test_figures_of_others_are_under_their_terms_and_not_the_studys(of_2014: Path) -> None:
    terms = resource(of_2014, "population")["licenses"]
    assert [found.get("name") for found in terms] == [None]
    assert terms[0]["path"] == "README.txt"
    assert [found.get("name") for found in resource(of_2014, "need")["licenses"]] == [
        "EUPL-1.2",
        None,
        None,
    ]


def test_sources_have_an_address_where_they_have_one(of_2014: Path) -> None:
    report, *_ = resource(of_2014, "possible-counts")["sources"]
    assert "Kvalitet og sammenhæng i Region Sjælland" in report["title"]
    assert "path" not in report
    assert resource(of_2014, "population")["sources"][0]["path"].startswith("https://")


def test_codes_come_with_their_labels(of_2014: Path) -> None:
    fields = {
        found["name"]: found for found in resource(of_2014, "consolidated")["schema"]["fields"]
    }
    assert {"value": "split", "label": "Joint no"} in fields["rule"]["categories"]
    assert "Joint no: The forms answer differently." in fields["rule"]["description"]


def test_yes_or_no_is_a_logical_value_for_machines(of_2014: Path) -> None:
    package = Package(str(of_2014))
    leads = [row["leads"] for row in package.get_resource("members").read_rows()]
    assert set(leads) == {True, False}


@pytest.mark.parametrize(
    ("name", "field", "reference"),
    [
        ("need", "area", ("members", "code")),
        ("population", "area", ("members", "code")),
        ("possible-counts", "item", ("scores", "item")),
        ("priorities", "group", ("groups", "group")),
        ("wishes", "group", ("groups", "group")),
        ("feedback", "group", ("groups", "group")),
        ("groups", "lead", ("members", "member")),
    ],
)
def test_tables_name_the_tables_they_point_to(
    of_2014: Path, name: str, field: str, reference: tuple[str, str]
) -> None:
    keys = resource(of_2014, name)["schema"]["foreignKeys"]
    found = {key["fields"][0]: key["reference"] for key in keys}
    assert found[field] == {"resource": reference[0], "fields": [reference[1]]}
    assert resource(of_2014, "wishes")["schema"]["primaryKey"] == ["group", "topic"]
