"""Running a study: all pages, equal bytes, failures told, nothing half made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from nbformat import read

from tests.commanded import run_here
from tests.projects import (
    EVIDENCE,
    PAGES,
    STUDY,
    answer,
    command,
    copy_project,
    digests,
    insert_cell,
    keep_reports,
)

OUTPUTS = Path("outputs") / STUDY
CSV_FORM = Path("data/raw") / STUDY / "forms" / "syd-4_faelles.csv"


@pytest.mark.parametrize("edition", ["", "en"])
def test_a_run_makes_every_page_under_400_kb_in_every_language_of_the_study(
    made: Path, edition: str
) -> None:
    pages = list((made / OUTPUTS / "html" / edition).glob("*.html"))
    assert sorted(path.name for path in pages) == sorted([*PAGES, *EVIDENCE])
    assert max(path.stat().st_size for path in pages) < 400_000


def test_two_forced_runs_are_equal_to_the_byte_and_say_nothing_on_standard_error(
    made: Path, tmp_path: Path
) -> None:
    project = copy_project(tmp_path / "again")
    code, _, errors = command(
        "misbrug",
        *("run", STUDY, "--force", "--jobs", "1", "--project", str(project)),
        cwd=tmp_path,
        TZ="Asia/Tokyo",
        LC_ALL="C",
        PYTHONHASHSEED="7",
    )
    assert (code, errors) == (0, "")
    assert digests(project / "outputs") == digests(made / "outputs")
    assert digests(project / "data" / "processed") == digests(made / "data" / "processed")


def test_a_run_changes_nothing_in_raw(made: Path, tmp_path: Path) -> None:
    assert digests(made / "data" / "raw") == digests(copy_project(tmp_path) / "data" / "raw")


def test_a_second_run_keeps_what_is_up_to_date(made: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (made / "outputs").rglob("*.*")}
    code, output, _ = command("misbrug", "run", STUDY, "--why", cwd=made)
    assert code == 0
    assert output.count("nothing that it rests on has changed") == 22
    # That is ten reports and the tables, in two languages.
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_executed_notebooks_hold_no_paths_times_or_random_ids(made: Path) -> None:
    notebooks = list((made / OUTPUTS / "notebooks").rglob("*.ipynb"))
    assert len(notebooks) == 20
    for path in notebooks:
        text = path.read_text(encoding="utf-8")
        assert str(made) not in text
        notebook = json.loads(text)
        assert "papermill" not in notebook["metadata"]
        assert not any({"papermill", "execution"} & set(c["metadata"]) for c in notebook["cells"])


@pytest.fixture
def failing(project: Path) -> Path:
    """A project whose cluster report divides by zero for one of the clusters."""
    notebook = project / "notebooks" / "cluster_report.ipynb"
    insert_cell(notebook, 4, "if cluster == 'oest':\n    1 / 0")
    return project


def test_a_failing_notebook_leaves_its_copy_and_a_page_and_the_rest_run(failing: Path) -> None:
    keep_reports(failing, "organisation", "cluster", "consolidation")
    code, output, errors = command("misbrug", "run", STUDY, cwd=failing)

    assert code == 1
    assert "failed  cluster-oest" in output
    said = f"Pages: 5 made, 1 failed. Open {OUTPUTS}/html/index.html"
    assert output.splitlines()[-1] == said
    assert "cluster-oest stopped in cell 5: ZeroDivisionError: division by zero" in errors
    assert "Traceback" not in errors
    html = failing / OUTPUTS / "html"
    assert {path.stem for path in html.glob("*.html")} == {
        "index", "tables", "accessibility",
        "organisation", "cluster-oest", "cluster-syd", "cluster-vest", "consolidation",
        *(page.removesuffix(".html") for page in EVIDENCE),
    }  # fmt: skip
    page = (html / "cluster-oest.html").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in page
    assert "1 / 0" in page
    assert "Svarene er rekonstrueret" in page
    assert 'href="cluster-syd.html" rel="next"' in page
    executed = read(failing / OUTPUTS / "notebooks" / "cluster-oest.ipynb", as_version=4)
    assert any(
        output.output_type == "error" for c in executed.cells for output in c.get("outputs", [])
    )
    index = (html / "index.html").read_text(encoding="utf-8")
    assert "Bilag A – Klyngerapport: Klynge Øst" in index.split("<h2", 1)[0]
    assert index.count("<span>Viser en fejl</span>") == 1
    assert index.count('<p class="state"><span>') == 1  # not of the other reports and the tables

    mended = failing / "notebooks" / "cluster_report.ipynb"
    mended.write_text(mended.read_text(encoding="utf-8").replace("1 / 0", "1 / 1"), "utf-8")
    code, output, _ = command("misbrug", "run", STUDY, cwd=failing)
    assert code == 0
    assert "made  cluster-oest" in output
    assert "kept  organisation" in output


def test_nothing_is_made_while_an_answer_is_rejected(project: Path) -> None:
    answer(project / CSV_FORM, "5.1", "måske")
    code, _, errors = run_here(project, STUDY)

    assert code == 1
    assert "forms/syd-4_faelles.csv, row " in errors
    assert "“måske” is not an answer to 5.1" in errors
    assert "expected: ja / delvis / nej" in errors
    assert "Traceback" not in errors
    assert not (project / "outputs").exists()
    assert not (project / "data" / "processed").exists()


def test_a_report_that_the_study_no_longer_lists_disappears(project: Path) -> None:
    run_here(project, STUDY, "--only", "organisation")
    study = project / "data" / "raw" / STUDY / "study.yaml"
    text = study.read_text("utf-8").replace("- id: organisation", "- id: whole")
    study.write_text(text, "utf-8")
    code, _, _ = run_here(project, STUDY, "--only", "whole")

    assert code == 0
    names = [path.name for path in (project / OUTPUTS).rglob("*.*")]
    assert {"whole.html", "whole.ipynb"} <= set(names)
    assert not {"organisation.html", "organisation.ipynb"} & set(names)


def test_a_chosen_report_is_made_alone_from_tables_that_are_settled_first(project: Path) -> None:
    code, output, _ = run_here(project, STUDY, "--cluster", "vest")
    assert code == 0
    *made, last = output.splitlines()
    assert [line.split() for line in made] == [["made", "cluster-vest"]]
    assert last == f"Pages: 1 made. Open {OUTPUTS}/html/index.html"
    assert (project / "data" / "processed" / STUDY / "scores.csv").is_file()


def test_an_output_that_cannot_stand_on_a_page_leaves_its_copy_and_a_page(project: Path) -> None:
    notebook = project / "notebooks" / "consolidation.ipynb"
    insert_cell(notebook, 4, "object()")
    code, output, errors = command("misbrug", "run", STUDY, "--only", "consolidation", cwd=project)

    assert code == 1
    assert "failed  consolidation" in output
    assert "consolidation stopped: consolidation, cell 5" in errors
    assert "the output is only the name of an object" in errors
    assert "Traceback" not in errors
    page = (project / OUTPUTS / "html" / "consolidation.html").read_text("utf-8")
    assert "the output is only the name of an object" in page
    assert (project / OUTPUTS / "notebooks" / "consolidation.ipynb").is_file()
