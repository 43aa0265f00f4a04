"""docs/exports.md, followed to the letter: its files, its commands, and what they say."""

from __future__ import annotations

import re
import shlex
from contextlib import chdir
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from openpyxl import Workbook

from misbrug_analysis.cli import main
from misbrug_analysis.intake.bounds import EXPORT
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.exports.tables import TEXT
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import load_study
from tests.projects import ROOT, STUDY, copy_project
from tests.small import write_csv

GUIDE = (ROOT / "docs" / "exports.md").read_text("utf-8")
ROUND = "2026-runde"
FOLDER = Path("data/raw") / ROUND
UNITS = ["Faxe", "Næstved", "Greve", "Køge", "Lejre", "Roskilde", "Holbæk", "Slagelse", "Sorø"]

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
    sheet.append([1, None, None, "anonymous", None, "Lejre", "ja", "Også børnene"])
    book.save(project / FOLDER / "forms" / "forms.xlsx")


def complete(path: Path) -> None:
    """Step 1 of looking through: who answers is filled in."""
    text = path.read_text("utf-8")
    path.write_text(text.replace('# unit: "', 'unit: "'), encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which the guide was followed."""
    project = copy_project(tmp_path_factory.mktemp("exports"))
    write_csv(project / "kommuner.csv", [["Kommune"], *([unit] for unit in UNITS)])
    typed(project, f"misbrug new {ROUND} --instrument kl12 --units kommuner.csv --date 2026-03-01")
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
    before = {
        0: lambda: put(project, "bred.csv", "lang.csv"),
        1: lambda: put(project, "dataset.csv", "labels.csv", "structure.csv"),
        2: lambda: complete(path),
        3: lambda: put_forms(project),
        4: lambda: put(project, "lime.csv"),
    }
    log = []
    for place, line in enumerate(COMMANDS):
        before[place]()
        log.append(typed(project, line))
    return log


def test_the_commands_of_the_guide_do_what_it_says(said: list[tuple[int, str]]) -> None:
    assert [line.split()[1] for line in COMMANDS] == ["check", "map", "check", "map", "map"]
    assert [code for code, _ in said] == [0, 0, 0, 0, 0], said


def test_tables_with_known_headings_are_read_as_they_are(
    project: Path, said: list[tuple[int, str]]
) -> None:
    """Faxe and Næstved are in the wide file, Greve and Køge in the long one."""
    assert "4 af 9 kommuner har sendt skemaer." in said[0][1]


def test_the_answers_are_those_of_the_files(project: Path, said: list[tuple[int, str]]) -> None:
    for name in ("forms.xlsx", "lime.csv"):
        (project / FOLDER / "forms" / name).unlink()
    found = collect(load_study(Project(project), ROUND)).accepted().answers
    values = found.set_index(["unit", "item"])["value"].to_dict()
    assert {key: value for key, value in values.items() if key[0] in ("faxe", "greve")} == {
        ("faxe", "1.1"): "yes",
        ("faxe", "1.1.remark"): "Også børnene",
        ("faxe", "1.2"): "no",
        ("faxe", "1.d1"): "hjemmesiden; den første samtale",
        ("greve", "1.1"): "yes",
        ("greve", "1.2"): "no",
        ("greve", "1.2.remark"): "Kun for voksne",
    }
    assert {key: value for key, value in values.items() if key[0] in ("holbaek", "slagelse")} == {
        ("holbaek", "1.1"): "yes",
        ("holbaek", "1.1.remark"): "Også børnene",
        ("holbaek", "1.2"): "no",
        ("holbaek", "1.d1"): "hjemmesiden",
        ("slagelse", "1.1"): "no",
        ("slagelse", "1.2"): "yes",
        ("slagelse", "1.d1"): "den første samtale",
    }
    assert "soroe" not in set(found["unit"])


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


def test_codes_of_limesurvey_are_left_to_a_person(
    project: Path, said: list[tuple[int, str]]
) -> None:
    text = (project / "udkast-lime.yaml").read_text("utf-8")
    (export,) = yaml.safe_load(text)["exports"]
    assert export["items"] == {
        "1.1": "G01Q02. 1.1 Er familien en fast del af behandlingen?",
        "1.d1": {"hjemmesiden": "G01Q03[SQ001]. 1.d1 [hjemmesiden]"},
    }
    assert '# "N":' in text
    assert '# "Y":' in text


def test_words_of_the_guide_are_those_on_the_screen(said: list[tuple[int, str]]) -> None:
    assert "Skriv selv" in said[3][1]
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


def test_the_limits_are_those_of_the_code() -> None:
    assert f"{TEXT.rows:,} rows and {TEXT.columns:,} columns" in GUIDE
    assert f"{TEXT.bytes // 1_000_000} MB" in " ".join(GUIDE.split())
    assert f"{EXPORT.columns:,} columns and {EXPORT.cells:,} cells" in GUIDE
