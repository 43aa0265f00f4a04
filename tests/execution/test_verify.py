"""``misbrug verify``: all that no longer matches, at once and by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from misbrug_analysis.execution import last_run
from misbrug_analysis.execution.verify import verify
from misbrug_analysis.model.project import Project
from tests.commanded import everything, misbrug
from tests.projects import command
from tests.short_runs import answer, short_study
from tests.small import STUDY

OUTPUTS = Path("outputs") / STUDY
RAW = Path("data/raw") / STUDY


def found(root: Path) -> dict[str, tuple[str, ...]]:
    findings, _ = verify(Project.find(root), STUDY)
    return {finding.code: finding.names for finding in findings}


def test_outputs_that_match_are_told_with_how_many_files_they_are(root: Path) -> None:
    before = everything(root)
    result = misbrug(root, "verify", "--language", "en")
    number = len(last_run.left_by_last_run(Project.find(root), STUDY).expected)  # type: ignore[union-attr]
    assert number > 20
    assert (result.exit_code, result.output) == (
        0,
        f"The outputs of {STUDY} match: {number} files are as the runs left them, and the inputs, "
        "the notebooks, the library and the packages are the same.\n",
    )
    assert everything(root) == before


def test_all_is_told_at_once_in_the_language_of_the_study(root: Path) -> None:
    answer(root, "a", "nej")
    (root / RAW / "forms" / "b.csv").unlink()
    (root / RAW / "forms" / "22334455.csv").write_text("x", "utf-8")
    (root / OUTPUTS / "html" / "team-south.html").write_text("by hand", "utf-8")
    (root / OUTPUTS / "notebooks" / "whole.ipynb").unlink()
    (root / OUTPUTS / "html" / "notes.txt").touch()
    (root / OUTPUTS / "round").mkdir()
    (root / OUTPUTS / "round" / "check.html").touch()  # made by `misbrug check --html`
    notebook = root / "notebooks" / "each.ipynb"
    notebook.write_text(notebook.read_text("utf-8").replace("who_answered", "headline"), "utf-8")

    assert found(root) == {
        "inputs_changed": (f"{RAW.as_posix()}/forms/a.csv",),
        "inputs_new": (f"{RAW.as_posix()}/forms/[tlf.].csv",),
        "inputs_gone": (f"{RAW.as_posix()}/forms/b.csv",),
        "notebooks_changed": ("notebooks/each.ipynb",),
        "outputs_changed": (f"{OUTPUTS.as_posix()}/html/team-south.html",),
        "outputs_gone": (f"{OUTPUTS.as_posix()}/notebooks/whole.ipynb",),
        "outputs_unknown": (f"{OUTPUTS.as_posix()}/html/notes.txt",),
    }
    result = misbrug(root, "verify")
    assert result.exit_code == 1
    assert result.output.startswith(
        "Disse filer er ændret siden den seneste kørsel.\n"
        f"      {RAW.as_posix()}/forms/a.csv\n"
        "    Forventet: de filer, som den seneste kørsel læste\n"
        f"    Gør sådan: Kør `misbrug run {STUDY}`, eller læg filerne tilbage, som de var.\n"
    )
    assert result.output.count("Gør sådan: ") == 7


def test_another_library_and_other_packages_are_named(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = last_run.versions()
    monkeypatch.setattr(last_run, "code_digests", lambda folder: {})
    monkeypatch.setattr(last_run, "versions", lambda *, pdf: now | {"pandas": "9.9"})
    assert found(root) == {
        "packages_changed": (f"pandas: {now['pandas']} → 9.9",),
        "library_changed": (),
    }


def test_processed_tables_that_were_changed_are_outputs_that_were(root: Path) -> None:
    table = root / "data" / "processed" / STUDY / "scores.csv"
    before = table.read_bytes()
    table.write_bytes(before.replace(b",1,", b",2,"))
    assert found(root) == {"outputs_changed": (f"data/processed/{STUDY}/scores.csv",)}
    assert misbrug(root, "run").exit_code == 0  # which settles the answers anew
    assert (table.read_bytes(), found(root)) == (before, {})


def test_what_a_run_of_some_reports_has_left_old_is_named(root: Path) -> None:
    answer(root, "a", "nej")
    misbrug(root, "run", "--only", "whole")
    assert found(root) == {"reports_old": ("tables", "team-north")}


def test_a_report_that_failed_is_named_and_not_as_old(root: Path) -> None:
    path = root / OUTPUTS / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["made"]["team-north"]["failed"] = True
    manifest["old"] = ["team-north"]
    path.write_text(json.dumps(manifest), "utf-8")
    assert found(root) == {"reports_failed": ("team-north",)}


def test_a_run_that_was_stopped_is_told(root: Path) -> None:
    path = root / OUTPUTS / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"ended": true', '"ended": false'), "utf-8")
    assert found(root) == {"run_unfinished": ()}
    (path.parent / "html" / "made-by-it.html").write_text("whole", "utf-8")
    assert found(root) == {"run_unfinished": ()}


def test_a_study_that_was_never_run_says_to_run_it(tmp_path: Path) -> None:
    short_study(tmp_path)
    result = misbrug(tmp_path, "verify")
    assert result.exit_code == 1
    assert f"next: Run `misbrug run {STUDY}`." in result.output


def test_a_manifest_that_cannot_be_read_is_told_and_a_run_mends_it(root: Path) -> None:
    (root / OUTPUTS / "manifest.json").write_text("{", "utf-8")
    assert found(root) == {"manifest_unreadable": ()}
    assert misbrug(root, "run").exit_code == 0
    assert found(root) == {}


def test_a_study_that_does_not_exist_is_told_with_those_that_do(tmp_path: Path) -> None:
    short_study(tmp_path)
    code, _, errors = command("misbrug", "verify", "smal-study", cwd=tmp_path)
    assert code == 1
    assert f"Did you mean {STUDY}?" in errors


def test_it_imports_nothing_heavy(ran: Path) -> None:
    probe = (
        "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
        f"from misbrug_analysis.cli import main; main(['verify', '{STUDY}'])"
    )
    code, _, modules = command("python", "-c", probe, cwd=ran)
    assert code == 0
    assert not {"pandas", "matplotlib", "pydantic", "jinja2"} & set(modules.split())
