"""``misbrug run --why``: for each report in words why it is made or kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from misbrug_analysis.execution.last_run import left_by_last_run
from misbrug_analysis.execution.manifest import Made, read_manifest
from misbrug_analysis.execution.tasks import Outcome, Task
from misbrug_analysis.execution.why import Why
from misbrug_analysis.model.study import Study
from tests.commanded import misbrug
from tests.short_runs import answer
from tests.small import STUDY, load

OUTPUTS = Path("outputs") / STUDY
MANIFEST = OUTPUTS / "manifest.json"


def why(root: Path, *arguments: str) -> dict[str, str]:
    """What a run says of each report before it begins, by report."""
    result = misbrug(root, "run", "--why", *arguments)
    assert result.exit_code == 0, result.output
    said = [line for line in result.output.splitlines() if line.split()[0] in ("make", "keep")]
    lines = [line.split(": ", 1) for line in said]
    return {name.split()[1]: f"{name.split()[0]}: {said}" for name, said in lines}


def test_where_nothing_changed_each_report_is_kept_for_that(root: Path) -> None:
    kept = "keep: nothing that it rests on has changed"
    ids = ("tables", "team-north", "team-south", "whole")
    assert why(root) == dict.fromkeys(ids, kept)
    assert why(root, "--only", "team") == dict.fromkeys(("team-north", "team-south"), kept)


def test_a_changed_form_is_named_with_whose_answers_are_others(root: Path) -> None:
    answer(root, "a", "nej")
    said = why(root)
    assert said["team-south"] == "keep: nothing that it rests on has changed"
    assert said["team-north"].startswith("make: changed: ")
    assert " of Nord" in said["team-north"]
    assert said["team-north"].endswith(" (forms/a.csv)")


def test_what_is_new_or_forced_or_failed_is_told(root: Path) -> None:
    forced = "make: everything is made anew (--force)"
    assert why(root, "--force", "--only", "whole") == {"whole": forced}
    path = root / MANIFEST
    manifest = json.loads(path.read_text("utf-8"))
    manifest["made"]["team-north"]["failed"] = True
    del manifest["made"]["team-south"]
    path.write_text(json.dumps(manifest), "utf-8")
    assert why(root, "--only", "team") == {
        "team-north": "make: it failed last time",
        "team-south": "make: it has not been made before",
    }


def test_a_changed_notebook_and_files_that_are_gone_or_others_are_told(root: Path) -> None:
    notebook = root / "notebooks" / "whole.ipynb"
    notebook.write_text(notebook.read_text("utf-8").replace("report)", "report )"), "utf-8")
    (root / OUTPUTS / "html" / "team-north.html").unlink()
    (root / OUTPUTS / "html" / "team-south.html").write_text("by hand", "utf-8")
    said = why(root)
    assert said["whole"].startswith("make: its notebook was changed")
    assert said["team-north"] == "make: missing in outputs: html/team-north.html"
    assert said["team-south"] == "make: changed in outputs since it was made: html/team-south.html"


def test_files_of_the_study_and_the_instrument_are_named(root: Path) -> None:
    for name in (f"data/raw/{STUDY}/units.csv", "data/instruments/small.yaml"):
        with (root / name).open("a", encoding="utf-8") as file:
            file.write("\n")
    said = why(root)["team-south"]
    assert "the study's own files were changed (units.csv)" in said
    assert "the instrument was changed (data/instruments/small.yaml)" in said


def told(study: Study, rests_on: dict[str, str], made: Made) -> str:
    """What is said of a report that rests on this, and was ``made`` from something else."""
    lines: list[str] = []
    left = left_by_last_run(study.project, study.id)
    task = Task("one", rests_on, Outcome, ())
    Why(study, lines.append, left).of(task, {"one": made}, lambda name: "now")
    return lines[0].split("one: ")[1]


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("code", "the library was changed (code)"),
        ("catalogue", "the library was changed (texts of its language)"),
        ("packages", "a package has another version"),
        ("earlier", "an earlier round was changed"),
        ("files", "files of the study, which its notebook gets at, were changed"),
        ("moon", "another part of it was changed: moon"),
    ],
)
def test_each_part_has_words_and_one_that_is_not_known_its_name(
    ran: Path, part: str, words: str
) -> None:
    study = load(ran / "data" / "raw" / STUDY)
    assert told(study, {part: "b"}, {"rests_on": {part: "a"}, "read": {}, "files": {}}) == words


def test_a_package_is_told_with_its_versions(root: Path) -> None:
    path = root / MANIFEST
    manifest = json.loads(path.read_text("utf-8"))
    now = manifest["versions"]["pandas"]
    path.write_text(json.dumps(manifest | {"versions": manifest["versions"] | {"pandas": "1.0"}}))
    study = load(root / "data" / "raw" / STUDY)
    made = read_manifest(study)["whole"]
    assert f"pandas went from 1.0 to {now}" in told(study, {"packages": "b"}, made)


@pytest.mark.parametrize(
    ("read", "words"),
    [
        ("everything", "answers"),
        ("scores of team/south", "counts of Syd"),
        ("consolidated of unit/a under other rules", "settled answers of A under other rules"),
        ("answers to t.1 of team/gone", "answers to t.1 of gone"),
        ("rulings of team/south", "answers that a person settled of Syd"),
        ("need", "need or population"),
        ("moon", "moon"),
    ],
)
def test_what_was_read_is_told_in_words(ran: Path, read: str, words: str) -> None:
    study = load(ran / "data" / "raw" / STUDY)
    made: Made = {"rests_on": {}, "read": {read: "before"}, "files": {}}
    assert told(study, {}, made) == f"changed: {words}"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("another", "its page was changed"),
        ("as before", "it was changed in outputs, or is missing there"),
    ],
)
def test_a_pdf_that_was_removed_to_be_made_anew_is_not_told_as_the_first(
    root: Path, page: str, words: str
) -> None:
    path = root / MANIFEST
    manifest = json.loads(path.read_text("utf-8"))
    manifest["made"]["whole.pdf"] = {"rests_on": {"page": "as before"}, "files": {}}
    path.write_text(json.dumps(manifest), "utf-8")
    study = load(root / "data" / "raw" / STUDY)
    lines: list[str] = []
    task = Task("whole.pdf", {"page": page}, Outcome, ())
    Why(study, lines.append, left_by_last_run(study.project, STUDY)).of(task, {}, str)
    assert lines == [f"    make  whole.pdf: {words}"]


def test_what_is_another_is_not_told_again_under_other_rules(ran: Path) -> None:
    study = load(ran / "data" / "raw" / STUDY)
    names = ("scores of team/south", "scores of team/south under other rules")
    made: Made = {"rests_on": {}, "read": dict.fromkeys(names, "before"), "files": {}}
    assert told(study, {}, made) == "changed: counts of Syd"


def test_long_lists_are_cut(ran: Path) -> None:
    study = load(ran / "data" / "raw" / STUDY)
    read = {f"answers to t.{number}": "before" for number in range(5)}
    made: Made = {"rests_on": {}, "read": {**read, "text head": "before"}, "files": {}}
    assert told(study, {}, made) == (
        "the text head was changed; changed: answers to t.0, answers to t.1, answers to t.2 "
        "and 2 more"
    )
