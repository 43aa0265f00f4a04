"""After a change, that is made again which rests on it, and nothing else."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest
import yaml

from misbrug_analysis.execution import pipeline, plan
from misbrug_analysis.execution.clearing import clear_editions
from misbrug_analysis.execution.pipeline import run_study
from tests.in_process import run_in_process
from tests.incremental import ANSWERS, made_by_run, make_study, outputs, send
from tests.small import ITEMS, STUDY, load

ALL = {"all", "team-north", "team-south", "sure", "questions", "settled", "tables"}


@pytest.fixture(autouse=True)
def _without_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "run_job", run_in_process)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a study that was run."""
    root = tmp_path_factory.mktemp("made")
    make_study(root)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plan, "run_job", run_in_process)
        assert made_by_run(root) == ALL
    return root


@pytest.fixture
def folder(tmp_path: Path, made_once: Path) -> Path:
    """The folder of the study in a copy of the project."""
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data" / "raw" / STUDY


def test_where_nothing_changed_all_is_kept(tmp_path: Path, folder: Path) -> None:
    shutil.rmtree(tmp_path / "data" / "processed")  # what is read back is what was settled
    assert made_by_run(tmp_path) == set()
    assert folder.is_dir()


def test_an_answer_that_is_counted_makes_every_page_that_counts_it(
    tmp_path: Path, folder: Path
) -> None:
    send(folder, "d", {"t.2": "ja"})
    assert made_by_run(tmp_path) == ALL - {"questions"}


def test_a_remark_is_shown_in_its_group_and_where_answers_are_settled(
    tmp_path: Path, folder: Path
) -> None:
    send(folder, "d", {}, remarks={"t.1": "Ikke endnu"})
    assert made_by_run(tmp_path) == {"team-south", "settled", "tables"}


def test_forms_that_two_of_a_group_exchange_leave_other_groups_as_they_are(
    tmp_path: Path, folder: Path
) -> None:
    send(folder, "c", ANSWERS["d"])
    send(folder, "d", ANSWERS["c"])
    assert made_by_run(tmp_path) == ALL - {"team-north", "questions"}


def test_a_form_that_comes_in_makes_what_tells_of_its_unit(tmp_path: Path, folder: Path) -> None:
    send(folder, "e", {"t.d3": "Tid"})  # which is counted nowhere
    assert made_by_run(tmp_path) == ALL - {"questions"}


def test_a_text_makes_the_pages_that_show_it(tmp_path: Path, folder: Path) -> None:
    with (folder / "texts" / "conclusions.md").open("a", encoding="utf-8") as file:
        file.write("\nEn sætning til.\n")
    assert made_by_run(tmp_path) == {"all", "sure"}
    (folder / "texts" / "method_cluster.md").write_text("Sådan gjorde vi.\n", "utf-8")
    assert made_by_run(tmp_path) == {"team-north", "team-south", "sure"}
    (folder / "texts" / "of_no_page.md").write_text("Ingen viser det.\n", "utf-8")
    assert made_by_run(tmp_path) == set()


def test_a_translated_text_makes_pages_in_its_language_alone(tmp_path: Path) -> None:
    folder = make_study(tmp_path, also_in=["en"])
    made_by_run(tmp_path)
    (folder / "texts" / "en").mkdir()
    (folder / "texts" / "en" / "conclusions.md").write_text("# Conclusions\nWell.\n", "utf-8")
    assert made_by_run(tmp_path) == {"en/all", "en/sure"}


def rule(folder: Path, unit: str, answer: str, reason: str) -> None:
    """Put a ruling on a unit's joint answer to T.1 into the study, in place of any other."""
    lines = ["unit,form,indicator,answer,reason,decided_by,date"]
    lines.append(f"{unit},,t.1,{answer},{reason},Os,2026-01-02")
    (folder / "adjudications.csv").write_text("\n".join(lines) + "\n", "utf-8")


def test_the_reason_of_a_ruling_is_shown_in_its_group_and_where_answers_are_settled(
    tmp_path: Path, folder: Path
) -> None:
    rule(folder, "d", "yes", "Aftalt")
    made_by_run(tmp_path)
    rule(folder, "d", "yes", "Aftalt i marts")
    assert made_by_run(tmp_path) == {"team-south", "settled", "tables"}
    rule(folder, "d", "no", "Aftalt i marts")  # what was counted for yes before
    assert made_by_run(tmp_path) == ALL - {"questions"}


def test_what_changes_after_a_study_was_loaded_is_found_by_the_next_run(
    tmp_path: Path, folder: Path
) -> None:
    path, study = folder / "study.yaml", load(folder)
    changed = yaml.safe_load(path.read_text("utf-8"))
    changed["rules"] = changed.get("rules", {}) | {"partly": "as_no", "missing": "as_no"}
    path.write_text(yaml.safe_dump(changed, allow_unicode=True), "utf-8")
    run_study(study, jobs=2, force=True)  # reports that load it anew say that tables are older
    made_by_run(tmp_path)
    forced = tmp_path / "forced"
    for name in ("data", "notebooks"):
        shutil.copytree(tmp_path / name, forced / name)
    made_by_run(forced, force=True)
    assert outputs(tmp_path) == outputs(forced)


def test_the_code_of_a_notebook_counts_and_its_outputs_do_not(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "notebooks" / "cluster_report.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"other-{number}"
        cell["metadata"]["collapsed"] = True
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["x"]}]
    path.write_text(json.dumps(notebook), "utf-8")
    assert made_by_run(tmp_path) == set()
    notebook["cells"][-1]["source"] += "\n# another word"
    path.write_text(json.dumps(notebook), "utf-8")
    # The page on other rules lists the sentences of this one.
    assert made_by_run(tmp_path) == {"team-north", "team-south", "sure"}
    assert folder.is_dir()


def test_a_report_that_is_no_longer_in_the_study_file_disappears(
    tmp_path: Path, folder: Path
) -> None:
    file = folder / "study.yaml"
    study = yaml.safe_load(file.read_text("utf-8"))
    study["reports"] = [one for one in study["reports"] if one["id"] != "team"]
    file.write_text(yaml.safe_dump(study, allow_unicode=True), "utf-8")
    made_by_run(tmp_path)
    assert not [name for name in outputs(tmp_path) if "team" in name]


def test_a_language_goes_when_no_index_leads_to_it_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_study(tmp_path, also_in=["en"])
    made_by_run(tmp_path)
    html = tmp_path / "outputs" / STUDY / "html"
    led: list[bool] = []

    def noted(*arguments: object) -> None:
        led.append("en/index.html" in (html / "index.html").read_text("utf-8"))
        clear_editions(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "clear_editions", noted)
    made_by_run(tmp_path)
    file = folder / "study.yaml"
    study = yaml.safe_load(file.read_text("utf-8"))
    del study["also_in"]
    file.write_text(yaml.safe_dump(study, allow_unicode=True), "utf-8")
    made_by_run(tmp_path)
    assert led == [True, False]
    assert not (html / "en").exists()


def changed_anywhere(folder: Path, chosen: random.Random) -> str:
    """Change one cell of a form to another answer that it can hold; says which."""
    unit, item = chosen.choice(sorted(ANSWERS)), chosen.choice(ITEMS)
    fitting = {"t.d1": ["et år", "længere"], "t.d2": ["samtale", "brev"], "t.d3": ["Tid", "Ro"]}
    said = chosen.choice([*fitting.get(item, ["ja", "nej", "delvis"]), ""])
    remark = {item: f"Om {chosen.random()}"} if chosen.random() < 0.3 else None
    send(folder, unit, {item: said}, remark)
    return f"{unit} says {said!r} to {item}, {remark or 'no remark'}"


def test_after_any_change_outputs_are_those_of_a_forced_run(tmp_path: Path, folder: Path) -> None:
    chosen = random.Random(2014)
    for number in range(6):
        change = changed_anywhere(folder, chosen)
        made_by_run(tmp_path)
        forced = tmp_path / f"forced-{number}"
        for name in ("data", "notebooks"):
            shutil.copytree(tmp_path / name, forced / name)
        assert made_by_run(forced, force=True) == ALL
        assert outputs(tmp_path) == outputs(forced), change
