"""The folder of tables: whole or not at all, equal from run to run, and the page about it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from misbrug_analysis.execution import data_files
from misbrug_analysis.execution.data_files import write_data_files
from misbrug_analysis.execution.processed import settle
from misbrug_analysis.intake.ledger import OF_SOME, REASONS
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.presentation.language import Language
from tests.presentation.small_tables import small_study
from tests.projects import ROOT, STUDY, digests

DANISH = Language.load("da")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return small_study(tmp_path_factory.mktemp("study"))


def test_all_files_are_written_and_listed(study: Study, tmp_path: Path) -> None:
    files = write_data_files(study, settle(study), DANISH, tmp_path)
    assert sorted(files) == sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert {path.relative_to(tmp_path).as_posix() for path in files} >= {
        "tables.html",
        "tables/small-study-da.xlsx",
        "tables/datapackage.json",
        "tables/README.txt",
        "tables/data/scores.csv",
        "tables/excel/scores.csv",
    }


def test_the_text_beside_the_files_says_what_they_are(tmp_path: Path) -> None:
    provenance = {"kind": "reconstructed", "statement": {"da": "Svarene er rekonstrueret."}}
    made = small_study(tmp_path / "study", provenance=provenance, licence="CC-BY-4.0")
    write_data_files(made, settle(made), DANISH, tmp_path / "html")
    content = (tmp_path / "html" / "tables" / "README.txt").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    text = content.decode("utf-8-sig")
    assert text.splitlines()[:3] == ["EN LILLE RUNDE: TABELLER", "", "Svarene er rekonstrueret."]
    assert "CC-BY-4.0" in text
    for file in (tmp_path / "html" / "tables" / "data").iterdir():
        assert f"\n{file.name}: " in text


def test_files_are_equal_from_run_to_run(study: Study, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_data_files(study, settle(study), DANISH, tmp_path / name)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_what_was_there_before_is_replaced(study: Study, tmp_path: Path) -> None:
    old = tmp_path / "tables" / "data" / "old.csv"
    old.parent.mkdir(parents=True)
    old.write_text("old", "utf-8")
    write_data_files(study, settle(study), DANISH, tmp_path)
    assert not old.exists()
    assert not list(tmp_path.glob(".*"))


def test_nothing_is_replaced_when_a_file_cannot_be_made(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_data_files(study, settle(study), DANISH, tmp_path)
    before = digests(tmp_path)

    def fail(*_: object) -> bytes:
        raise OSError("no space left")

    monkeypatch.setattr(data_files, "excel_csv", fail)
    with pytest.raises(OSError, match="no space left"):
        write_data_files(study, settle(study), Language.load("en"), tmp_path)
    assert digests(tmp_path) == before


def test_the_page_leads_to_every_file(study: Study, tmp_path: Path) -> None:
    files = write_data_files(study, settle(study), DANISH, tmp_path)
    page = (tmp_path / "tables.html").read_text("utf-8")
    links = set(re.findall(r'href="(tables/[^"]+)"', page))
    assert links == {
        path.relative_to(tmp_path).as_posix() for path in files if path.suffix != ".html"
    }


def test_every_topic_with_questions_has_a_page_of_answers(study: Study, tmp_path: Path) -> None:
    files = write_data_files(study, settle(study), DANISH, tmp_path)
    assert [path.name for path in files if path.suffix == ".html"] == [
        "tables.html",
        "method-t.html",
    ]


def test_the_page_of_a_topic_that_is_gone_goes_too(study: Study, tmp_path: Path) -> None:
    for name in ("method-gone.html", "methods.html"):
        (tmp_path / name).write_text("old", "utf-8")
    write_data_files(study, settle(study), DANISH, tmp_path)
    assert sorted(path.name for path in tmp_path.glob("meth*")) == ["method-t.html", "methods.html"]


def test_every_table_has_an_anchor_that_lasts(study: Study, tmp_path: Path) -> None:
    write_data_files(study, settle(study), DANISH, tmp_path)
    page = (tmp_path / "tables.html").read_text("utf-8")
    names = {path.stem.replace("_", "-") for path in (tmp_path / "tables" / "data").glob("*.csv")}
    assert set(re.findall(r'id="table-([^"]+)"', page)) == names


def test_the_page_says_what_every_reason_of_the_ledger_means(study: Study, tmp_path: Path) -> None:
    write_data_files(study, settle(study), DANISH, tmp_path)
    page = (tmp_path / "tables.html").read_text("utf-8")
    told = [reason for reason in REASONS if f"{reason} = " in page]
    assert told == [reason for reason in REASONS if reason not in OF_SOME]


def test_what_the_guide_tells_programs_to_do_works(
    settled: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    study = load_study(Project.find(settled), STUDY)
    write_data_files(study, settle(study), DANISH, tmp_path)
    monkeypatch.chdir(tmp_path / "tables")
    guide = (ROOT / "docs" / "tables.md").read_text("utf-8")
    counting, reading = re.findall(r"```python\n(.*?)```", guide, re.S)
    exec(counting, {})
    # Indicator 1.2: sixteen say yes and one took no part.
    assert re.search(r"^1\.2 +1 +0 +16$", capsys.readouterr().out, re.M)
    names: dict[str, object] = {}
    exec(reading, names)
    assert len(names["scores"]) == len(settle(study).scores)  # type: ignore[arg-type]
