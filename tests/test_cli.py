"""The command: what it prints, its exit codes; bad input gets a message and no traceback."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from misbrug_analysis.cli import main
from tests.projects import STUDY, answer, command

FORMS = Path("data/raw") / STUDY / "forms"


def misbrug(project: Path, *arguments: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(main, [*arguments, "--project", str(project)])


def test_studies_lists_title_and_provenance(project: Path) -> None:
    result = misbrug(project, "studies")
    assert result.output == f"{STUDY}  Kvalitet og sammenhæng på misbrugsområdet (reconstructed)\n"


def test_a_study_that_cannot_be_read_is_listed_among_the_others(project: Path) -> None:
    folder = project / "data" / "raw" / "broken"
    folder.mkdir()
    (folder / "study.yaml").write_text("id: [", encoding="utf-8")
    result = misbrug(project, "studies")
    assert result.exit_code == 0
    assert [line.partition("  ")[0] for line in result.output.splitlines()] == [STUDY, "broken"]
    assert "broken  (kan ikke læses; kør misbrug check broken)" in result.output


@pytest.mark.parametrize("name", ["../raw/2014-sjaelland", "./2014-sjaelland", ""])
def test_a_study_is_one_of_those_listed(project: Path, name: str) -> None:
    result = misbrug(project, "check", name)
    assert result.exit_code == 1
    assert f"Der er ingen undersøgelse, der hedder »{name}«." in result.output


def closed(path: Path, *_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied", str(path))


def test_a_folder_where_nothing_can_be_made_is_told_in_the_language_of_the_command(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "mkdir", closed)
    result = misbrug(project, "new", "2026-round", "--instrument", "kl12")
    assert result.exit_code == 1
    path, _, words = result.output.partition(": ")
    assert path.startswith((project / "data" / "raw").as_posix())
    assert words.startswith("filen eller mappen kan ikke bruges: du har ikke adgang.\n")


def test_a_folder_that_cannot_be_read_is_no_traceback(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "glob", closed)
    result = misbrug(project, "studies")
    assert result.exit_code == 1
    assert "data/raw: the file or folder cannot be used: you have no permission." in result.output


def test_check_tells_who_has_sent_and_what_became_of_the_cells(project: Path) -> None:
    result = misbrug(project, "check", STUDY)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == "16 af 17 kommuner har sendt skemaer."
    assert "  Har ikke sendt noget (1): Stevns" in lines
    at = next(place for place, line in enumerate(lines) if line.startswith("20 filer har "))
    numbers = [int(line.split()[0].replace(".", "")) for line in lines[at + 1 : at + 6]]
    assert lines[at].split()[3] == f"{sum(numbers):,}".replace(",", ".")


def test_check_tells_every_fault_of_every_file_at_once(project: Path) -> None:
    forms = project / FORMS
    answer(forms / "syd-4_faelles.csv", "5.1", "måske")
    answer(forms / "syd-4_faelles.csv", "5.2", "aldrig")
    (forms / "oest-1_faelles.xlsx").write_bytes(b"not a workbook")
    result = misbrug(project, "check", STUDY)

    assert result.exit_code == 1
    lines = [line.strip() for line in result.output.splitlines()]
    at = lines.index("Syd 4: forms/syd-4_faelles.csv")
    assert lines[at + 1 : at + 3] == ["række 33, kolonne 3", "»måske« er ikke et svar på 5.1."]
    assert lines[at + 3].startswith("Spørgsmål: 5.1 ")
    assert "Forventet: ja / delvis / nej / ved ikke / ikke relevant eller en tom celle" in lines
    assert lines.count("Syd 4: forms/syd-4_faelles.csv") == 1
    assert "»aldrig« er ikke et svar på 5.2." in lines
    assert lines.index("forms/oest-1_faelles.xlsx") > at  # a file that cannot be read is nobody's
    assert lines[-1] == "3 fejl skal rettes, før siderne kan laves."
    assert "Traceback" not in result.output


def test_check_speaks_the_language_it_is_asked_for(project: Path) -> None:
    result = misbrug(project, "check", STUDY, "--language", "en")
    assert result.output.startswith("16 of 17 municipalities have sent forms.\n")


@pytest.mark.parametrize("command", ["check", "status"])
@pytest.mark.parametrize(
    ("language", "message"),
    [
        ((), "Der er ingen undersøgelse, der hedder »2014«"),
        (("--language", "en"), "no study called"),
    ],
)
def test_faults_on_the_way_are_told_in_the_language_of_the_rest(
    project: Path, command: str, language: tuple[str, ...], message: str
) -> None:
    result = misbrug(project, command, "2014", *language)
    assert result.exit_code == 1
    assert message in result.output


def test_a_study_file_that_is_faulty_still_names_its_language(project: Path) -> None:
    study = project / "data" / "raw" / STUDY / "study.yaml"
    text = study.read_text("utf-8").replace("language: da", "language: en")
    study.write_text(text.replace("\ninstrument:", "\ninstrumentt:"), "utf-8")
    assert "there is no setting called instrumentt" in misbrug(project, "check", STUDY).output


def test_a_unit_with_joint_and_separate_forms_is_a_warning(project: Path) -> None:
    form = project / FORMS / "syd-4_faelles.csv"
    text = form.read_text("utf-8-sig").replace("Skema;fælles", "Skema;alkohol")
    (project / FORMS / "syd-4_alkohol.csv").write_text(text, "utf-8-sig")
    result = misbrug(project, "check", STUDY)
    assert result.exit_code == 0
    assert "Syd 4" in result.output.partition("\nDet bør I se på\n")[2]


def test_the_rows_for_decisions_go_to_a_new_file_only(project: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    assert (
        "Der er intet at tage stilling til"
        in misbrug(project, "check", STUDY, "--decisions", str(rows)).output
    )
    assert not rows.exists()
    answer(project / FORMS / "syd-4_faelles.csv", "5.1", "måske")
    assert "1 linje er skrevet" in misbrug(project, "check", STUDY, "--decisions", str(rows)).output
    written = rows.read_bytes()
    again = misbrug(project, "check", STUDY, "--decisions", str(rows))
    assert "filen findes allerede" in again.output
    assert (again.exit_code, rows.read_bytes()) == (1, written)


def test_a_run_with_faults_says_where_to_see_them_file_by_file(project: Path) -> None:
    answer(project / FORMS / "syd-4_faelles.csv", "5.1", "måske")
    result = misbrug(project, "run", STUDY)
    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == (
        f"Run `misbrug check {STUDY}` to see them file by file."
    )


def test_status_says_who_has_sent_what_and_has_a_reminder_ready(project: Path) -> None:
    result = misbrug(project, "status", STUDY)
    assert result.exit_code == 0
    assert "Stevns   Klynge Syd   har ikke sendt noget" in result.output
    reminder = result.output.partition("--- Påmindelse til dem, der ikke har sendt noget ---")[2]
    assert "den skal sendes til:\n  Stevns)\n" in reminder
    assert "\n[dit navn]\n" in reminder


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "2014-sjaeland"), "Did you mean 2014-sjaelland?"),
        (("run", STUDY, "--only", "regionl"), "no report called “regionl”. Did you mean regional?"),
        (("run", STUDY, "--only", "regionl", "--only", "regional"), "no report called “regionl”"),
        (("run", STUDY, "--cluster", "nord"), "expected: one of: sjaelland, oest, syd, vest"),
        (("run", STUDY, "--language", "de"), "expected: one of: da, en"),
        (("trace", STUDY, "syd-9", "1.1", "--language", "en"), "no unit called “syd-9”"),
        (("trace", STUDY, "syd-1", "1.s1", "--language", "en"), "no indicator called “1.s1”"),
        (("trace", STUDY, "syd-1", "1.1", "--language", "en"), "has no processed tables yet"),
    ],
)
def test_an_unknown_name_lists_the_valid_ones(
    project: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = misbrug(project, *arguments)
    assert result.exit_code == 1
    assert message in result.output
    assert "next: " in result.output
    assert not isinstance(result.exception, (KeyError, ValueError))


def test_a_folder_that_is_no_project_says_what_was_looked_for(tmp_path: Path) -> None:
    result = misbrug(tmp_path, "studies")
    assert result.exit_code == 1
    assert "a folder that holds data/instruments and data/raw" in result.output


def test_trace_leads_to_the_cells_of_a_split_answer(made: Path) -> None:
    result = misbrug(made, "trace", STUDY, "syd-3", "10.1")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[1].startswith("Nej (")
    assert "  forms/syd-3_alkohol.xlsx, Svar!C70: 10.1 = »nej«" in lines
    assert "  forms/syd-3_stoffer.xlsx, Svar!C70: 10.1 = »ja«" in lines
    assert not [line for line in lines if "I cellen står" in line]


def test_trace_names_the_peers_of_a_partly_answer_with_their_cells(made: Path) -> None:
    result = misbrug(made, "trace", STUDY, "oest-2", "5.2", "--language", "en")
    lines = result.output.splitlines()
    assert "    Own share: 33%. Share of the others: 100% (1 to compare with)." in lines
    place = lines.index("  To compare with: Vest 6, alcohol, 100%")
    assert lines[place + 1] == "    forms/vest-6_alkohol.csv, row 34, column 3: 5.2 = “ja”"
    assert [line.split(": ")[1] for line in lines[place + 2 :]] == [
        f"5.s{number} = “ja”" for number in (2, 3, 4)
    ]


def imported(folder: Path, *arguments: str) -> set[str]:
    """The modules that a process has imported when a command has ended well."""
    code = f"import sys; from misbrug_analysis.cli import main; main({list(arguments)})"
    probe = (
        f"import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); {code}"
    )
    done, _, modules = command(Path(sys.executable).name, "-c", probe, cwd=folder)
    assert done == 0
    return set(modules.split())


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    heavy = {"pandas", "papermill", "pydantic", "yaml", "matplotlib"}
    assert not heavy & imported(tmp_path, "--help")


def test_check_imports_nothing_that_only_pages_need(project: Path) -> None:
    heavy = {"pandera", "jinja2", "papermill", "matplotlib", "seaborn"}
    assert not heavy & imported(project, "check", STUDY)


def test_a_notebook_that_does_not_exist_is_told_with_its_line(project: Path) -> None:
    study = project / "data" / "raw" / STUDY / "study.yaml"
    text = study.read_text("utf-8").replace("notebook: cluster_report", "notebook: cluster_raport")
    study.write_text(text, "utf-8")
    result = misbrug(project, "check", STUDY)
    assert result.exit_code == 1
    assert "study.yaml, linje " in result.output
    assert "cluster_raport" in result.output
    assert "Mente du cluster_report?" in result.output


def test_check_finds_a_ruling_on_a_form_that_was_not_sent(project: Path) -> None:
    rulings = project / "data" / "raw" / STUDY / "adjudications.csv"
    line = "syd-2,alcohol,12.1,no,Prøve,Os,2026-11-21\n"
    rulings.write_text(rulings.read_text("utf-8") + line, "utf-8")
    result = misbrug(project, "check", STUDY)
    assert result.exit_code == 1
    assert "syd-2, alcohol, 12.1" in result.output
    assert "adjudications.csv" in result.output


def test_an_empty_folder_of_forms_is_a_warning(project: Path) -> None:
    for form in (project / FORMS).iterdir():
        form.unlink()
    (project / "data" / "raw" / STUDY / "adjudications.csv").unlink()
    result = misbrug(project, "check", STUDY)
    assert result.exit_code == 0
    assert "  Har ikke sendt noget (17): Syd 1, " in result.output
    assert result.output.endswith("\nDer er endnu ikke kommet noget skema.\n")
