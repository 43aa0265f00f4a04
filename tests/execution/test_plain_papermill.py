"""papermill by itself, as design.md shows it, on a clean checkout.

What else it can be told to do wrong: test_session.py.
"""

from __future__ import annotations

from pathlib import Path

from tests.projects import STUDY, answer, command, copy_project

CSV_FORM = Path("data/raw") / STUDY / "forms" / "syd-4_faelles.csv"


def papermill(project: Path, notebook: str, *parameters: str) -> tuple[int, str]:
    """Exit code and errors of the plain command, the output in the project's folder."""
    code, _, errors = command(
        "papermill",
        *(f"notebooks/{notebook}.ipynb", "out.ipynb", "--no-progress-bar"),
        *parameters,
        cwd=project,
    )
    return code, errors


def test_consolidation_then_a_cluster_report_and_its_page(tmp_path: Path, made: Path) -> None:
    project = copy_project(tmp_path)
    assert papermill(project, "consolidation", "-p", "study", STUDY)[0] == 0
    code, _ = papermill(project, "cluster_report", "-p", "study", STUDY, "-p", "cluster", "syd")
    assert code == 0
    code, _, errors = command("jupyter", "nbconvert", "--to", "misbrug", "out.ipynb", cwd=project)
    assert code == 0, errors
    page = (project / "out.html").read_bytes()
    assert page == (made / "outputs" / STUDY / "html" / "cluster-syd.html").read_bytes()


def test_a_page_in_another_language_is_that_of_its_edition(tmp_path: Path, made: Path) -> None:
    project = copy_project(tmp_path)
    parameters = ("-p", "study", STUDY, "-p", "language", "en")
    assert papermill(project, "consolidation", *parameters)[0] == 0
    code, _, errors = command("jupyter", "nbconvert", "--to", "misbrug", "out.ipynb", cwd=project)
    assert code == 0, errors
    page = (project / "out.html").read_bytes()
    assert b'<html lang="en"' in page
    assert page == (made / "outputs" / STUDY / "html" / "en" / "consolidation.html").read_bytes()


def test_a_misspelt_parameter_is_one_message_with_the_near_name(project: Path) -> None:
    code, errors = papermill(project, "cluster_report", "-p", "study", STUDY, "-p", "clster", "syd")
    assert code == 1
    assert "There is no parameter called “clster”. Did you mean cluster?" in errors
    assert "Traceback" not in errors


def test_bad_answers_are_all_told_at_once(project: Path) -> None:
    answer(project / CSV_FORM, "5.1", "måske")
    answer(project / CSV_FORM, "6.1", "tja")
    code, errors = papermill(project, "consolidation")
    assert code == 1
    assert "“måske” is not an answer to 5.1" in errors
    assert "“tja” is not an answer to 6.1" in errors
    assert "Traceback" not in errors
    assert not (project / "data" / "processed").exists()
