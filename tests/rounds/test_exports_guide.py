"""docs/exports.md, followed to the letter: its files, its commands, and what they say."""

from __future__ import annotations

import csv
import re
import shlex
from collections.abc import Callable
from contextlib import chdir
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from openpyxl import Workbook

from misbrug_analysis.cli import main
from misbrug_analysis.execution.units_list import slug_of
from misbrug_analysis.intake.bounds import EXPORT, FORM
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.exports.tables import TEXT
from misbrug_analysis.model.csvfile import MAX_BYTES, MAX_ROWS
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study_file import load_study
from tests.projects import ROOT, STUDY, copy_project

MB = 1_000_000
GUIDE = (ROOT / "docs" / "exports.md").read_text("utf-8")
ROUND = "2026-runde"
FOLDER = Path("data/raw") / ROUND

COMMANDS = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.M | re.S)
    for line in block.splitlines()
]
FILES = dict(re.findall(r"`([\w.]+)`:\n\n```csv\n(.*?)^```$", GUIDE, re.M | re.S))
(MAPPING,) = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.M | re.S)


def put(project: Path, *names: str) -> None:
    for name in names:
        (project / FOLDER / "forms" / name).write_text(FILES[name], encoding="utf-8")


def put_forms(project: Path) -> None:
    """What Microsoft Forms would give."""
    book = Workbook()
    sheet = book.worksheets[0]
    system = ["ID", "Starttidspunkt", "Fuldførelsestidspunkt", "Mail", "Navn"]
    asked = ["1.1 Er familien en fast del af behandlingen?", "Bemærkning til 1.1"]
    sheet.append([*system, "Hvem svarer I for?", *asked])
    times = [datetime(2026, 3, 16, 10, minute) for minute in (0, 20)]
    sheet.append([1, *times, "anonymous", None, "Lindby", "ja", "Også børnene"])
    book.save(project / FOLDER / "forms" / "forms.xlsx")


def complete(path: Path) -> None:
    """Step 1 of looking through: who answers is filled in."""
    text = path.read_text("utf-8")
    path.write_text(text.replace('# unit: "', 'unit: "'), encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which the guide was followed."""
    project = copy_project(tmp_path_factory.mktemp("exports"))
    (project / "kommuner.csv").write_text(FILES["kommuner.csv"], encoding="utf-8")
    return project


def typed(project: Path, line: str) -> tuple[int, str]:
    name, *arguments = shlex.split(line)
    assert name == "misbrug"
    with chdir(project):
        result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def said(project: Path) -> list[tuple[int, str]]:
    """Exit code and output of each command, with what people do before it."""
    path = project / FOLDER / "mapping.yaml"
    before: dict[int, Callable[[], None]] = {
        0: lambda: None,
        1: lambda: put(project, "bred.csv", "lang.csv"),
        2: lambda: put(project, "dataset.csv", "labels.csv", "structure.csv"),
        3: lambda: complete(path),
        4: lambda: put_forms(project),
        5: lambda: put(project, "lime.csv"),
    }
    log = []
    for place, line in enumerate(COMMANDS):
        before[place]()
        log.append(typed(project, line))
    return log


def test_the_commands_of_the_guide_do_what_it_says(said: list[tuple[int, str]]) -> None:
    steps = ["new", "check", "map", "check", "map", "map"]
    assert [line.split()[1] for line in COMMANDS] == steps
    assert [code for code, _ in said] == [0] * 6, said


def test_tables_with_known_headings_are_read_as_they_are(
    project: Path, said: list[tuple[int, str]]
) -> None:
    """Fjordby and Nordby are in the wide file, Grønby and Kærby in the long one."""
    assert "4 af 9 kommuner har sendt skemaer." in said[1][1]


def test_the_answers_are_those_of_the_files(project: Path, said: list[tuple[int, str]]) -> None:
    for name in ("forms.xlsx", "lime.csv"):
        (project / FOLDER / "forms" / name).unlink()
    found = collect(load_study(Project(project), ROUND)).accepted().answers
    values = found.set_index(["unit", "item"])["value"].to_dict()
    assert {key: value for key, value in values.items() if key[0] in ("fjordby", "groenby")} == {
        ("fjordby", "1.1"): "yes",
        ("fjordby", "1.1.remark"): "Også børnene",
        ("fjordby", "1.2"): "no",
        ("fjordby", "1.d1"): "hjemmesiden; den første samtale",
        ("groenby", "1.1"): "yes",
        ("groenby", "1.2"): "no",
        ("groenby", "1.2.remark"): "Kun for voksne",
    }
    assert {key: value for key, value in values.items() if key[0] in ("havby", "slotsby")} == {
        ("havby", "1.1"): "yes",
        ("havby", "1.1.remark"): "Også børnene",
        ("havby", "1.2"): "no",
        ("havby", "1.d1"): "hjemmesiden",
        ("slotsby", "1.1"): "no",
        ("slotsby", "1.2"): "yes",
        ("slotsby", "1.d1"): "den første samtale",
    }
    assert "soenderby" not in set(found["unit"])


def test_the_draft_is_the_one_that_the_guide_shows(
    project: Path, said: list[tuple[int, str]]
) -> None:
    shown = yaml.safe_load(MAPPING)
    drafted = yaml.safe_load((project / FOLDER / "mapping.yaml").read_text("utf-8"))
    assert drafted == shown
    text = " ".join((project / FOLDER / "mapping.yaml").read_text("utf-8").split())
    assert '# "skriftligt materiale":' in text


def test_questions_that_begin_with_their_number_are_found_in_forms(
    project: Path, said: list[tuple[int, str]]
) -> None:
    (export,) = yaml.safe_load((project / "udkast-forms.yaml").read_text("utf-8"))["exports"]
    assert export["items"] == {"1.1": "1.1 Er familien en fast del af behandlingen?"}
    assert export["remarks"] == {"1.1": "Bemærkning til 1.1"}
    assert {"Starttidspunkt", "Mail", "Navn"} <= set(export["unused"])
    text = (project / "udkast-forms.yaml").read_text("utf-8")
    assert '# date: "Fuldførelsestidspunkt"' in text
    assert '# date: "Starttidspunkt' not in text


def test_codes_of_limesurvey_are_left_to_a_person(
    project: Path, said: list[tuple[int, str]]
) -> None:
    text = (project / "udkast-lime.yaml").read_text("utf-8")
    (export,) = yaml.safe_load(text)["exports"]
    asked = "1.d1 Hvordan hører borgeren om det?"
    assert export["items"] == {
        "1.1": "G01Q02. 1.1 Er familien en fast del af behandlingen?",
        "1.2": "G01Q05. 1.2 Tager I familien med?",
        "1.d1": {
            "hjemmesiden": f"G01Q04[SQ001]. {asked} [hjemmesiden]",
            "den første samtale": f"G01Q04[SQ002]. {asked} [den første samtale]",
        },
    }
    assert export["remarks"] == {
        "1.1": "G01Q03. Bemærkning til 1.1",
        "1.2": "G01Q05[comment]. 1.2 Tager I familien med? [Kommentar]",
    }
    assert export["unused"] == ["id", "startdate"]
    assert '# date: "submitdate"' in text
    assert '# "N":' in text
    assert '# "Y":' in text


def test_words_of_the_guide_are_those_on_the_screen(said: list[tuple[int, str]]) -> None:
    assert "Skriv selv" in said[4][1]
    assert "Skriv selv" in GUIDE


def test_the_example_of_a_mapping_is_one(tmp_path: Path) -> None:
    """The one among the files of a study, with every field that a wide export has."""
    reference = (ROOT / "docs" / "study.md").read_text("utf-8")
    (example,) = re.findall(r"^```yaml\n(exports:.*?)^```$", reference, re.M | re.S)
    project = Project(copy_project(tmp_path))
    (project.raw(STUDY) / "mapping.yaml").write_text(example, encoding="utf-8")
    (export,) = load_study(project, STUDY).exports
    assert export.items == {
        "1.1": "Q1",
        "1.d1": {"hjemmesiden": "Q4[SQ001]", "2": "Q4[SQ002]"},
    }


@pytest.mark.parametrize("guide", ["exports.md", "collecting.md"])
def test_no_guide_says_what_a_real_municipality_answered(guide: str) -> None:
    path = ROOT / "data" / "raw" / "reference" / "population_dk_2014.csv"
    real = {row["name"] for row in csv.DictReader(path.read_text("utf-8-sig").splitlines())}
    names = {name.casefold() for name in real} | {slug_of(name) for name in real}
    assert "slagelse" in names
    words = re.findall(r"\w+", (ROOT / "docs" / guide).read_text("utf-8").casefold())
    assert names & set(words) == set()


def test_the_limits_are_those_of_the_code() -> None:
    threats = (ROOT / "docs" / "threats.md").read_text("utf-8")
    for name, bounds, size in (
        ("text", TEXT, f"{TEXT.bytes // MB} MB"),
        ("workbook", EXPORT, f"{EXPORT.bytes // MB} MB, {EXPORT.unpacked // MB} MB unpacked"),
    ):
        (row,) = re.findall(rf"^\| {name} \| (.*) \|$", GUIDE, re.M)
        told = [size, f"{bounds.rows:,}", f"{bounds.columns:,}", f"{bounds.cells:,}"]
        assert all(
            cell.startswith(limit) for cell, limit in zip(row.split(" | "), told, strict=True)
        )
        (row,) = re.findall(rf"^\| an export in (?:a )?{name} \| (.*) \|$", threats, re.M)
        assert row.startswith(f"{size}, {bounds.rows:,} rows by {bounds.columns:,} columns")
        assert f"{bounds.cells:,} cells" in row
    (row,) = re.findall(r"^\| a form \| (.*) \|$", threats, re.M)
    assert row.startswith(f"{FORM.bytes // MB} MB, {FORM.unpacked // MB} MB unpacked")
    assert f"{FORM.rows:,} rows by {FORM.columns:,} columns, {FORM.cells:,} cells" in row
    (row,) = re.findall(r"^\| `units.csv`[^|]* \| (.*) \|$", threats, re.M)
    assert row == f"{MAX_BYTES // MB} MB, {MAX_ROWS:,} rows"
