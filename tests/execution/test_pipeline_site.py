"""What a run makes around the reports: languages, index, tables and PDFs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commanded import run_here
from tests.projects import STUDY, answer, change_study, command, keep_reports

OUTPUTS = Path("outputs") / STUDY
CSV_FORM = Path("data/raw") / STUDY / "forms" / "syd-4_faelles.csv"


def test_each_language_is_run_by_itself_where_asked_for(project: Path) -> None:
    keep_reports(project, "organisation", "consolidation")
    change_study(project, also_in=["en"])
    code, output, _ = run_here(project, STUDY, "--language", "en")

    assert code == 0
    *made, last = output.splitlines()
    assert [line.split() for line in made] == [
        ["made", "en/tables"],
        ["made", "en/organisation"],
        ["made", "en/consolidation"],
    ]
    assert last.endswith(f"Open {(OUTPUTS / 'html' / 'en' / 'index.html').as_posix()}")
    html = project / OUTPUTS / "html"
    assert [path.name for path in html.iterdir()] == ["en"]
    index = (html / "en" / "index.html").read_text("utf-8")
    assert "Dansk" not in index  # there is no Danish index to lead to

    code, output, _ = run_here(project, STUDY)
    assert "kept  en/organisation" in output
    assert "made  organisation" in output
    assert 'href="../index.html" lang="da"' in (html / "en" / "index.html").read_text("utf-8")
    assert 'href="en/index.html" lang="en"' in (html / "index.html").read_text("utf-8")


def test_the_studys_own_language_has_no_folder(project: Path) -> None:
    keep_reports(project, "organisation", "consolidation")
    change_study(project, language="en")
    code, _, errors = run_here(project, STUDY, "--only", "organisation")

    assert code == 0, errors
    page = (project / OUTPUTS / "html" / "organisation.html").read_text("utf-8")
    assert '<html lang="en">' in page
    assert "Terms of reference" in page


def test_an_unknown_language_is_an_error_with_the_valid_ones(project: Path) -> None:
    code, _, errors = run_here(project, STUDY, "--language", "sv")
    assert code == 1
    assert "language called “sv”" in errors
    assert "one of: da, en" in errors
    assert not (project / "outputs").exists()


def test_the_index_says_what_was_not_made_and_what_is_old(project: Path) -> None:
    keep_reports(project, "organisation", "recommendations", "consolidation")
    index = project / OUTPUTS / "html" / "index.html"
    run_here(project, STUDY, "--only", "consolidation")
    text = index.read_text("utf-8")
    assert text.count("<span>Ikke dannet endnu</span>") == 3  # the other two and the tables
    assert 'href="recommendations.html"' not in text.split("<main", 1)[1].split("<footer", 1)[0]

    answer(project / CSV_FORM, "5.1", "nej")
    run_here(project, STUDY, "--only", "organisation")
    text = index.read_text("utf-8")
    assert text.count("<span>Fra en tidligere kørsel</span>") == 1
    assert "ikke opdateret: Sådan er svarene gjort op" in text


@pytest.mark.usefixtures("pdf_libraries")
def test_pdfs_come_beside_their_pages_and_go_when_a_page_changes(project: Path) -> None:
    keep_reports(project, "organisation", "consolidation")
    html = project / OUTPUTS / "html"
    code, output, errors = run_here(project, STUDY, "--pdf")
    assert (code, errors) == (0, "")
    pages = {"organisation", "consolidation", "tables", "accessibility", "index"}
    assert {path.stem for path in html.glob("*.pdf")} == pages
    assert 'href="organisation.pdf"' in (html / "index.html").read_text("utf-8")

    _, output, _ = run_here(project, STUDY, "--pdf")
    assert output.startswith("Nothing has changed since the last run.")

    answer(project / CSV_FORM, "5.1", "nej")
    run_here(project, STUDY, "--only", "consolidation")
    assert not (html / "consolidation.pdf").exists()
    assert (html / "organisation.pdf").exists()
    assert 'href="consolidation.pdf"' not in (html / "index.html").read_text("utf-8")


def test_tables_that_cannot_be_written_stop_nothing_else(project: Path) -> None:
    keep_reports(project, "organisation", "consolidation")
    html = project / OUTPUTS / "html"
    (html / "tables.html").mkdir(parents=True)  # where a file should go
    code, output, errors = run_here(project, STUDY)

    assert code == 1
    assert "failed  tables" in output
    assert "made  organisation" in output
    assert "tables could not be made" in errors
    assert "Traceback" not in errors
    assert "<span>Ikke dannet endnu</span>" in (html / "index.html").read_text("utf-8")
    assert "organisation" in json.loads((html.parent / "manifest.json").read_text("utf-8"))["made"]


def test_an_interrupted_manifest_makes_no_page_a_failure(project: Path) -> None:
    keep_reports(project, "organisation", "recommendations", "consolidation")
    run_here(project, STUDY)
    (project / OUTPUTS / "manifest.json").unlink()
    run_here(project, STUDY, "--only", "organisation")
    index = (project / OUTPUTS / "html" / "index.html").read_text("utf-8")
    assert "Viser en fejl" not in index
    # The recommendations, how the answers were settled, and the tables.
    assert index.count("<span>Fra en tidligere kørsel</span>") == 3


def test_without_what_pdfs_need_all_else_is_made_and_one_message_says_so(project: Path) -> None:
    keep_reports(project, "organisation", "consolidation")
    hidden = project / "hidden"
    hidden.mkdir()
    (hidden / "weasyprint.py").write_text("raise OSError('cannot load library libpango')", "utf-8")
    code, output, errors = command(
        "misbrug", "run", STUDY, "--pdf", cwd=project, PYTHONPATH=str(hidden)
    )
    assert code == 1
    assert "made  organisation" in output
    assert errors.count("expected:") == 1
    assert "pango" in errors.lower()
    assert "Traceback" not in errors
    assert not list((project / OUTPUTS / "html").glob("*.pdf"))
