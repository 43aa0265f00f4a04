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


def test_check_sums_the_ledger_and_counts_the_units(project: Path) -> None:
    result = misbrug(project, "check", STUDY)
    assert result.exit_code == 0
    assert "16 of 17 units sent forms." in result.output
    numbers = [int(line.split()[0]) for line in result.output.splitlines()[1:6]]
    assert f"20 files, {sum(numbers)} cells:" in result.output


def test_check_tells_every_fault_of_every_file_at_once(project: Path) -> None:
    forms = project / FORMS
    answer(forms / "syd-4_faelles.csv", "5.1", "måske")
    answer(forms / "vest-6_alkohol.csv", "1.1", "tja")
    (forms / "oest-1_faelles.xlsx").write_bytes(b"not a workbook")
    result = misbrug(project, "check", STUDY)

    assert result.exit_code == 1
    assert (
        "forms/syd-4_faelles.csv, row 33 column 3: 'måske' is not an answer to 5.1" in result.output
    )
    assert "'tja' is not an answer to 1.1" in result.output
    assert "forms/oest-1_faelles.xlsx: the file is not a workbook that can be read" in result.output
    assert "3 faults; see above." in result.output
    assert "Traceback" not in result.output


def test_a_unit_with_joint_and_separate_forms_is_a_warning(project: Path) -> None:
    form = project / FORMS / "syd-4_faelles.csv"
    text = form.read_text("utf-8-sig").replace("Skema;fælles", "Skema;alkohol")
    (project / FORMS / "syd-4_alkohol.csv").write_text(text, "utf-8-sig")
    result = misbrug(project, "check", STUDY)
    assert result.exit_code == 0
    assert "Syd 4 sent a form for everything (joint) and separate ones (alcohol)" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "2014-sjaeland"), "Did you mean 2014-sjaelland?"),
        (("run", STUDY, "--only", "regionl"), "no report called regionl. Did you mean regional?"),
        (("run", STUDY, "--cluster", "nord"), "expected: one of: sjaelland, oest, syd, vest"),
        (("run", STUDY, "--language", "de"), "expected: one of: da, en"),
        (("trace", STUDY, "syd-9", "1.1"), "no unit called syd-9"),
        (("trace", STUDY, "syd-1", "1.s1"), "no indicator called 1.s1"),
        (("trace", STUDY, "syd-1", "1.1"), "has no processed tables yet"),
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
    assert "no (split)" in result.output
    assert "forms/syd-3_alkohol.xlsx, Svar!C70: 10.1 = 'nej'" in result.output
    assert "forms/syd-3_stoffer.xlsx, Svar!C70: 10.1 = 'ja'" in result.output


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = "import sys; from misbrug_analysis.cli import main; main(['--help'])"
    probe = (
        f"import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); {code}"
    )
    done, _, modules = command(Path(sys.executable).name, "-c", probe, cwd=tmp_path)
    assert done == 0
    assert not {"pandas", "papermill", "pydantic", "yaml", "matplotlib"} & set(modules.split())


def test_a_notebook_that_does_not_exist_is_told_with_its_line(project: Path) -> None:
    study = project / "data" / "raw" / STUDY / "study.yaml"
    text = study.read_text("utf-8").replace("notebook: cluster_report", "notebook: cluster_raport")
    study.write_text(text, "utf-8")
    result = misbrug(project, "check", STUDY)
    assert result.exit_code == 1
    assert "study.yaml, line " in result.output
    assert "points to cluster_raport, which is not among" in result.output
    assert "Did you mean cluster_report?" in result.output


def test_check_finds_a_ruling_on_a_form_that_was_not_sent(project: Path) -> None:
    rulings = project / "data" / "raw" / STUDY / "adjudications.csv"
    line = "syd-2,alcohol,12.1,no,Prøve,Os,2026-11-21\n"
    rulings.write_text(rulings.read_text("utf-8") + line, "utf-8")
    result = misbrug(project, "check", STUDY)
    assert result.exit_code == 1
    assert "a ruling on syd-2, alcohol, 12.1, where no form was sent to rule on." in result.output


def test_an_empty_folder_of_forms_is_a_warning(project: Path) -> None:
    for form in (project / FORMS).iterdir():
        form.unlink()
    (project / "data" / "raw" / STUDY / "adjudications.csv").unlink()
    result = misbrug(project, "check", STUDY)
    assert "no form with answers has come in" in result.output
