"""What a run records of itself."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from misbrug_analysis import __version__
from misbrug_analysis.execution import pipeline
from misbrug_analysis.execution.manifest import read_whole, write_manifest
from tests.commanded import misbrug
from tests.needs import make_need_project
from tests.short_runs import answer
from tests.small import STUDY, load, write_csv

OUTPUTS = Path("outputs") / STUDY


def manifest(root: Path) -> dict[str, Any]:
    return dict(json.loads((root / OUTPUTS / "manifest.json").read_text("utf-8")))


def test_every_input_stands_with_its_sha_256(ran: Path) -> None:
    raw = f"data/raw/{STUDY}"
    names = [
        "data/instruments/small.yaml",
        *(f"{raw}/forms/{unit}.csv" for unit in "abc"),
        *(f"{raw}/{name}" for name in ("organisation.yaml", "study.yaml", "units.csv")),
    ]
    inputs = manifest(ran)["inputs"]
    expected = {name: hashlib.sha256((ran / name).read_bytes()).hexdigest() for name in names}
    assert inputs == expected


def test_a_name_that_holds_personal_data_is_masked(root: Path) -> None:
    write_csv(root / "data" / "raw" / STUDY / "texts-22334455.csv", [["a"]])
    misbrug(root, "run")
    text = (root / OUTPUTS / "manifest.json").read_text("utf-8")
    assert "22334455" not in text
    assert "texts-[tlf.].csv" in text


def test_it_tells_what_the_run_was_made_with(ran: Path) -> None:
    told = manifest(ran)
    assert told["study"] == STUDY
    assert told["settings"] == {"languages": ["da"], "only": [], "group": None, "pdf": False}
    assert set(told["notebooks"]) == {"each", "whole"}
    assert told["library"]["version"] == __version__
    assert {"python", "pandas", "matplotlib", "nbformat", "pyyaml"} <= set(told["versions"])
    assert set(told["environment"]) == {"implementation", "machine", "system"}
    assert set(told["made"]) == {"tables", "team-north", "team-south", "whole"}
    assert (told["old"], told["pdf"], told["ended"]) == ([], [], True)


def test_it_is_equal_to_the_byte_after_another_run_of_all(ran: Path, root: Path) -> None:
    misbrug(root, "run", "--force", "--jobs", "1")
    written = (root / OUTPUTS / "manifest.json").read_bytes()
    assert written == (ran / OUTPUTS / "manifest.json").read_bytes()
    assert str(root) not in written.decode()


def test_settings_are_those_of_the_last_run_that_made_something(root: Path) -> None:
    misbrug(root, "run", "--only", "whole")
    assert manifest(root)["settings"]["only"] == []
    misbrug(root, "run", "--only", "whole", "--force")
    assert manifest(root)["settings"]["only"] == ["whole"]


def test_durations_are_logged_beside_the_outputs_and_only_of_what_was_made(root: Path) -> None:
    log = root / ".misbrug" / STUDY / "durations.csv"
    shutil.rmtree(log.parent)
    misbrug(root, "run", "--only", "whole")
    assert not log.exists()
    misbrug(root, "run", "--only", "whole", "--force")
    names = [row.split(",")[2] for row in log.read_text("utf-8").splitlines()]
    assert names == ["name", "whole", "(run)"]


def test_what_is_recorded_during_a_run_says_that_it_has_not_ended(root: Path) -> None:
    before = manifest(root)
    study = load(root / "data" / "raw" / STUDY)
    write_manifest(study, {"whole": before["made"]["whole"]})
    now = manifest(root)
    assert (now["ended"], set(now["made"])) == (False, {"whole"})
    # Those of the run before: --why tells what has changed since.
    assert now["inputs"] == before["inputs"]


def test_by_a_manifest_nothing_is_removed_outside_of_the_outputs(root: Path) -> None:
    path = root / "outputs" / STUDY / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    form = root / "data" / "raw" / STUDY / "forms" / "a.csv"
    for name in (f"../../data/raw/{STUDY}/forms/a.csv", form.as_posix()):
        manifest["made"]["no-report"] = {"files": {name: ""}}
        path.write_text(json.dumps(manifest), "utf-8")
        assert misbrug(root, "run").exit_code == 0
        assert form.is_file()


def test_reference_data_are_inputs_where_a_study_uses_them(tmp_path: Path) -> None:
    study = load(make_need_project(tmp_path))
    assert read_whole(study) == [f"data/raw/{study.id}", "data/raw/reference"]


def test_what_changes_during_a_run_is_seen_by_the_next_one(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = root / "data" / "raw" / STUDY / "forms" / "a.csv"
    recorded_end = pipeline.record_end

    def with_a_form_that_comes_late(*arguments: Any) -> None:
        answer(root, "a", "nej")
        recorded_end(*arguments)

    before = hashlib.sha256(form.read_bytes()).hexdigest()
    monkeypatch.setattr(pipeline, "record_end", with_a_form_that_comes_late)
    misbrug(root, "run", "--force")
    monkeypatch.undo()
    assert manifest(root)["inputs"][f"data/raw/{STUDY}/forms/a.csv"] == before
    assert "made  team-north" in misbrug(root, "run").output
