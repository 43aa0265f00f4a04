"""``misbrug forms``: what it writes and says."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from misbrug_analysis.cli import main
from tests.small import STUDY, form_rows, make_project, write_form


@pytest.fixture
def project(tmp_path: Path) -> Path:
    make_project(tmp_path, units={"a": "north", "b": "north"})
    return tmp_path


def forms(project: Path, *options: str) -> Result:
    """The command, with the folder ``sent`` to write to."""
    to = ["--to", str(project / "sent"), "--project", str(project)]
    return CliRunner().invoke(main, ["forms", STUDY, *to, *options])


def test_it_lists_what_it_wrote_and_says_what_to_do_next(project: Path) -> None:
    done = forms(project)
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        f"2 skemaer er skrevet i {project / 'sent'}:",
        "  a_faelles.xlsx",
        "  b_faelles.xlsx",
        "Send skemaerne ud. Læg dem, der kommer tilbage, i data/raw/small-study/forms/, "
        "og kør: misbrug check small-study",
    ]
    assert sorted(path.name for path in (project / "sent").iterdir()) == [
        "a_faelles.xlsx",
        "b_faelles.xlsx",
    ]


def test_it_says_what_stood_there_and_what_is_shown_from_last_time(project: Path) -> None:
    write_form(project / "data" / "raw" / STUDY / "forms" / "a.csv", form_rows("a", {"t.1": "ja"}))
    first = forms(project, "--unit", "a", "--previous", STUDY)
    assert (
        first.output.splitlines()[2] == "Ét af dem viser, hvad der blev svaret i »En lille runde«."
    )
    again = forms(project, "--previous", STUDY)
    assert again.output.splitlines()[:3] == [
        f"Ét skema er skrevet i {project / 'sent'}:",
        "  b_faelles.xlsx",
        "Ét skema stod der i forvejen og er det samme.",
    ]


def test_it_speaks_the_language_that_is_asked_for(project: Path) -> None:
    done = forms(project, "--unit", "a", "--form", "youth", "--language", "en")
    assert done.output.splitlines()[:2] == [
        f"One form was written to {project / 'sent'}:",
        "  a_unge.xlsx",
    ]


def test_it_refuses_to_write_over_a_form_and_says_which(project: Path) -> None:
    (project / "sent").mkdir()
    (project / "sent" / "b_faelles.xlsx").write_bytes(b"filled in")
    done = forms(project)
    assert done.exit_code == 1
    assert "b_faelles.xlsx: her ligger allerede en fil med det navn" in done.output
    assert "Angiv en anden mappe med --to" in done.output
    assert [path.name for path in (project / "sent").iterdir()] == ["b_faelles.xlsx"]


@pytest.mark.parametrize("option", [("--unit", "z"), ("--form", "z"), ("--language", "zz")])
def test_a_name_that_does_not_exist_is_no_traceback(option: tuple[str, str], project: Path) -> None:
    done = forms(project, *option)
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)


@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_is_no_folder(name: str, project: Path) -> None:
    options = ["forms", STUDY, "--to", name, "--project", str(project)]
    done = CliRunner().invoke(main, options)
    assert done.exit_code == 1
    assert "Der står ingen mappe efter --to." in done.output


def test_a_form_that_is_closed_to_the_reader_is_told_with_its_path(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert forms(project).exit_code == 0
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "a_faelles.xlsx":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    done = forms(project)
    assert done.exit_code == 1
    assert "a_faelles.xlsx: filen eller mappen kan ikke bruges: du har ikke adgang." in done.output


def test_it_needs_a_folder_to_write_to(project: Path) -> None:
    done = CliRunner().invoke(main, ["forms", STUDY, "--project", str(project)])
    assert done.exit_code == 2
    assert "--to" in done.output
