"""A run that has nothing to do says so at once and touches nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from misbrug_analysis.execution import last_run
from misbrug_analysis.execution.last_run import Left
from misbrug_analysis.execution.unchanged import asked_for, unchanged
from misbrug_analysis.model.project import Project
from tests.commanded import everything, misbrug
from tests.projects import command
from tests.short_runs import answer
from tests.small import STUDY

OUTPUTS = Path("outputs") / STUDY
RAW = Path("data/raw") / STUDY
SAID = f"Nothing has changed since the last run. Open outputs/{STUDY}/html/index.html\n"


def is_unchanged(root: Path, *languages: str, pdf: bool = False) -> bool:
    return unchanged(Project.find(root), STUDY, languages=languages, pdf=pdf) is not None


def test_why_tells_of_what_was_asked_for_and_of_nothing_else(tmp_path: Path) -> None:
    made = ("whole", "whole.pdf", "en/whole")
    left = Left(Project(tmp_path), STUDY, {"languages": ["da", "en"], "made": dict.fromkeys(made)})
    assert asked_for(left) == ["whole", "en/whole"]
    assert asked_for(left, ["en"]) == ["en/whole"]
    assert asked_for(left, ["da"], pdf=True) == ["whole", "whole.pdf"]


def test_a_second_run_says_so_in_a_line_and_touches_nothing(root: Path) -> None:
    before = everything(root)
    result = misbrug(root, "run")
    assert (result.exit_code, result.output) == (0, SAID)
    assert everything(root) == before


def test_it_imports_nothing_heavy(ran: Path) -> None:
    probe = (
        "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
        f"from misbrug_analysis.cli import main; main(['run', '{STUDY}'])"
    )
    code, output, modules = command("python", "-c", probe, cwd=ran)
    assert (code, output) == (0, SAID)
    heavy = {"pandas", "numpy", "matplotlib", "pydantic", "jinja2", "papermill", "openpyxl"}
    assert not heavy & set(modules.split())


def test_where_all_is_looked_at_nothing_is_touched_either(root: Path) -> None:
    def told() -> dict[str, tuple[int, bytes]]:
        return {name: one for name, one in everything(root).items() if ".misbrug" not in name}

    before = told()
    result = misbrug(root, "run", "--only", "team")
    assert result.output.splitlines()[:2] == ["    kept  team-north", "    kept  team-south"]
    assert told() == before


def test_contents_count_and_not_when_files_were_written(root: Path) -> None:
    for path in root.rglob("*"):
        os.utime(path, ns=(0, 0))
    assert is_unchanged(root)


def test_outputs_and_ids_of_a_notebook_do_not_count(root: Path) -> None:
    path = root / "notebooks" / "each.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"][0] |= {"outputs": [], "execution_count": 7, "id": "another"}
    path.write_text(json.dumps(notebook, indent=3), "utf-8")
    assert is_unchanged(root)
    notebook["cells"][1]["source"] += "\n# another code"
    path.write_text(json.dumps(notebook), "utf-8")
    assert not is_unchanged(root)


@pytest.mark.parametrize(
    "name",
    [
        RAW / "forms" / "a.csv",
        RAW / "units.csv",
        "data/instruments/small.yaml",
        f"data/processed/{STUDY}/scores.csv",
        OUTPUTS / "html" / "index.html",
        OUTPUTS / "html" / "team-south.html",
        OUTPUTS / "html" / "tables" / "datapackage.json",
        OUTPUTS / "notebooks" / "whole.ipynb",
    ],
)
@pytest.mark.parametrize("how", ["changed", "removed"])
def test_a_file_that_is_read_or_made_counts(root: Path, name: Path, how: str) -> None:
    path = root / name
    if how == "removed":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes() + b"\n")
    assert not is_unchanged(root)


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        (RAW / "forms" / "d.csv", True),
        (RAW / "decisions.csv", True),
        (RAW / "forms" / "~$a.xlsx", False),
        (RAW / "forms" / ".DS_Store", False),
        ("data/raw/reference/people.csv", False),  # the study uses no reference data
        ("notebooks/another.ipynb", False),
        (OUTPUTS / "html" / "en" / "index.html", False),
        (OUTPUTS / "html" / "stray.pdf", True),
        (OUTPUTS / "html" / ".4711-index.html", True),
        (OUTPUTS / "html" / "Thumbs.db", False),
        (OUTPUTS / "round" / "check.html", False),
    ],
)
def test_a_new_file_counts_where_a_run_reads_or_removes_it(
    root: Path, name: Path, counts: bool
) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).touch()
    assert is_unchanged(root) is not counts


def test_the_library_and_the_versions_of_packages_count(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(last_run, "code_digests", lambda folder: {})
        assert not is_unchanged(root)
    with monkeypatch.context() as patch:
        patch.setattr(last_run, "versions", lambda *, pdf: {"pandas": "9.9"})
        assert not is_unchanged(root)
    assert is_unchanged(root)


def test_what_was_not_asked_for_last_time_is_not_covered(root: Path) -> None:
    assert is_unchanged(root, "da")
    assert not is_unchanged(root, "en")
    assert not is_unchanged(root, pdf=True)


def test_a_run_of_some_reports_leaves_the_others_to_be_made(root: Path) -> None:
    answer(root, "a", "nej")
    misbrug(root, "run", "--only", "whole")
    assert not is_unchanged(root)
    assert "made  team-north" in misbrug(root, "run").output
    assert misbrug(root, "run").output == SAID


def test_a_run_of_some_reports_after_one_of_all_leaves_nothing_to_do(root: Path) -> None:
    misbrug(root, "run", "--only", "whole", "--force")
    assert is_unchanged(root)


def test_an_edition_that_a_run_would_remove_counts(root: Path) -> None:
    assert misbrug(root, "run", "--language", "en").exit_code == 0
    assert is_unchanged(root, "en")
    assert not is_unchanged(root)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"made": {}}',
        '{"made": 1}',
        '{"made": {"a": 1}}',
        '{"made": {}, "ended": true, "languages": ["da"], "folders": [1]}',
    ],
)
def test_a_manifest_that_is_none_or_of_before_leaves_all_to_be_looked_at(
    root: Path, content: str
) -> None:
    (root / OUTPUTS / "manifest.json").write_text(content, "utf-8")
    assert not is_unchanged(root)


def test_a_run_that_was_stopped_leaves_all_to_be_looked_at(root: Path) -> None:
    path = root / OUTPUTS / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"ended": true', '"ended": false'), "utf-8")
    assert not is_unchanged(root)


def test_a_study_that_does_not_exist_is_told_by_the_run(root: Path) -> None:
    assert unchanged(Project.find(root), "../raw") is None
