"""Processed tables: equal after a round trip, equal bytes, and never stale without a word."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from misbrug_analysis.execution import processed
from misbrug_analysis.execution.locks import locked
from misbrug_analysis.execution.processed import load, opened, save, settle, settled
from misbrug_analysis.model.errors import IntakeError, StaleError
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import COLUMNS, Results
from tests.small import (
    STUDY,
    faults,
    form_rows,
    make_project,
    write_form,
)
from tests.small import load as load_small


@pytest.fixture
def study(tmp_path: Path) -> Study:
    folder = make_project(tmp_path, {"a": "north", "b": "north", "c": "south", "d": "south"})
    remarks = {"t.1": 'Han sagde "ja",\nog så; nej', "t.2": "NA"}
    sent = {
        "a.xlsx": form_rows("a", {"t.1": "delvis", "t.s1": "ja", "t.d3": "1e5"}, remarks=remarks),
        "b.csv": form_rows("b", {"t.1": "ja", "t.s1": "ja", "t.s2": "nej", "t.s3": "nej"}),
        "c.csv": form_rows("c", {"t.1": "ja", "t.s1": "nej", "t.d3": " null"}),
    }
    for name, rows in sent.items():
        write_form(folder / "forms" / name, rows)
    return load_small(folder)


def test_tables_come_back_as_they_were_saved(study: Study) -> None:
    made = settle(study)
    folder = save(study, made)
    assert folder == study.project.root / "data" / "processed" / STUDY
    back = load(study)
    for name in COLUMNS:
        assert_frame_equal(getattr(made, name), getattr(back, name), check_exact=True)


def test_two_saves_give_the_same_bytes(study: Study) -> None:
    def saved() -> dict[str, bytes]:
        folder = save(study, settle(study))
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    first = saved()
    assert set(first) == {*(f"{name}.csv" for name in COLUMNS), "inputs.json"}
    assert saved() == first


def test_saving_leaves_nothing_beside_the_tables(study: Study) -> None:
    save(study, settle(study))
    save(study, settle(study))
    assert [path.name for path in study.project.processed("x").parent.iterdir()] == [STUDY]


def answer_otherwise(study: Study) -> None:
    write_form(study.folder / "forms" / "b.csv", form_rows("b", {"t.1": "nej"}))


def remove_a_form(study: Study) -> None:
    (study.folder / "forms" / "b.csv").unlink()


def send_another(study: Study) -> None:
    write_form(study.folder / "forms" / "d.csv", form_rows("d", {"t.1": "nej"}))


def rule(study: Study) -> None:
    lines = "unit,form,indicator,answer,reason,decided_by,date\na,,t.1,no,r,d,2024-01-01\n"
    (study.folder / "adjudications.csv").write_text(lines, encoding="utf-8")


def append(path: str) -> Callable[[Study], None]:
    def change(study: Study) -> None:
        file = study.project.root / path
        file.write_text(file.read_text(encoding="utf-8") + "\n# new\n", encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (answer_otherwise, f"data/raw/{STUDY}/forms/b.csv"),
        (remove_a_form, f"data/raw/{STUDY}/forms/b.csv"),
        (send_another, f"data/raw/{STUDY}/forms/d.csv"),
        (rule, f"data/raw/{STUDY}/adjudications.csv"),
        (append(f"data/raw/{STUDY}/study.yaml"), f"data/raw/{STUDY}/study.yaml"),
        (append(f"data/raw/{STUDY}/organisation.yaml"), f"data/raw/{STUDY}/organisation.yaml"),
        (append("data/instruments/small.yaml"), "data/instruments/small.yaml"),
    ],
)
def test_tables_are_stale_when_what_they_rest_on_changes(
    study: Study, change: Callable[[Study], None], named: str
) -> None:
    save(study, settle(study))
    load(study)
    change(study)
    with pytest.raises(StaleError) as error:
        load(load_small(study.folder))
    assert [problem.code for problem in error.value.problems] == ["processed_stale"]
    assert f"what they rest on: {named}." in str(error.value)
    assert f"misbrug run {STUDY}" in str(error.value)


def test_tables_are_fresh_again_when_they_are_made_again(study: Study) -> None:
    save(study, settle(study))
    answer_otherwise(study)
    save(study, settle(study))
    answers = load(study).consolidated.set_index(["unit", "indicator"])["answer"]
    assert answers["b", "t.1"] == "no"


def test_a_touched_file_and_an_open_spreadsheet_make_nothing_stale(study: Study) -> None:
    save(study, settle(study))
    form = study.folder / "forms" / "b.csv"
    form.write_bytes(form.read_bytes())
    (study.folder / "forms" / "~$a.xlsx").write_bytes(b"owner")
    assert len(load(study).answers) > 0


def nothing_saved(study: Study) -> None:
    """The study as it came."""


def a_table_removed(study: Study) -> None:
    (save(study, settle(study)) / "scores.csv").unlink()


def a_broken_list_of_inputs(study: Study) -> None:
    (save(study, settle(study)) / "inputs.json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize("state", [nothing_saved, a_table_removed, a_broken_list_of_inputs])
def test_missing_tables_are_told_with_the_command_that_makes_them(
    study: Study, state: Callable[[Study], None]
) -> None:
    state(study)
    with pytest.raises(StaleError) as error:
        load(study)
    assert faults(error.value.problems) == [("", "processed_missing")]
    assert f"misbrug run {STUDY}" in str(error.value)
    assert "papermill notebooks/consolidation.ipynb" in str(error.value)


def test_nothing_is_made_while_a_cell_is_rejected(study: Study) -> None:
    write_form(study.folder / "forms" / "d.csv", form_rows("d", {"t.1": "måske"}))
    with pytest.raises(IntakeError):
        settle(study)


def test_a_ruling_on_who_sent_nothing_is_a_fault(study: Study) -> None:
    rule(study)
    path = study.folder / "adjudications.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("a,,", "d,,"), encoding="utf-8")
    with pytest.raises(IntakeError, match=r"a ruling on d, t\.1"):
        settle(load_small(study.folder))


def test_a_round_before_its_first_form_is_a_round(tmp_path: Path) -> None:
    study = load_small(make_project(tmp_path / "empty"))
    made = settle(study)
    save(study, made)
    back = load(study)
    assert set(back.consolidated["answer"]) == {"absent"}
    assert set(back.consolidated["study"]) == set(back.scores["study"]) == {STUDY}
    assert back.scores["share"].isna().all()
    for name in COLUMNS:
        assert_frame_equal(getattr(made, name), getattr(back, name), check_exact=True)


def test_saving_the_same_tables_touches_nothing(study: Study) -> None:
    folder = save(study, settle(study))
    before = {path: path.stat().st_mtime_ns for path in (folder, *folder.iterdir())}
    save(study, settle(study))
    assert {path: path.stat().st_mtime_ns for path in (folder, *folder.iterdir())} == before


@pytest.mark.parametrize("name", [*(f"{name}.csv" for name in COLUMNS), "inputs.json"])
def test_tables_of_which_not_all_are_written_are_stale(
    study: Study, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    save(study, settle(study))
    send_another(study)
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target.name == name:
            raise OSError(errno.EIO, "killed here")
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(OSError, match="killed here"):
            save(study, settle(study))
    with pytest.raises(StaleError):
        load(study)
    assert settled(study).answers["unit"].isin(["d"]).any()
    load(study)


def test_opened_tables_are_the_saved_ones_and_are_read_when_asked_for(study: Study) -> None:
    made = settle(study)
    folder = save(study, made)
    back = opened(study)
    (folder / "ledger.csv").unlink()
    for name in ("answers", "form_answers", "consolidated", "scores"):
        assert_frame_equal(getattr(made, name), getattr(back, name), check_exact=True)
    with pytest.raises(StaleError) as error:
        _ = back.ledger
    assert faults(error.value.problems) == [("", "processed_missing")]


def test_a_table_that_is_another_one_by_the_time_it_is_read_is_named(study: Study) -> None:
    folder = save(study, settle(study))
    back = opened(study)
    answer_otherwise(study)
    save(study, settle(study))
    with pytest.raises(StaleError, match=f"{folder.name}/answers.csv"):
        _ = back.answers


def test_tables_that_were_changed_by_hand_are_named(study: Study) -> None:
    scores = save(study, settle(study)) / "scores.csv"
    scores.write_text(scores.read_text("utf-8").replace("yes", "no"), "utf-8")
    with pytest.raises(StaleError, match=f"data/processed/{STUDY}/scores.csv"):
        load(study)


def test_what_changes_while_forms_are_read_makes_the_tables_old(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(study: Study) -> Results:
        results = settle(study)
        answer_otherwise(study)
        return results

    monkeypatch.setattr(processed, "settle", slow)
    settled(study)
    with pytest.raises(StaleError, match=r"b\.csv"):
        load(study)


def test_a_reader_waits_for_tables_that_are_being_written(study: Study) -> None:
    folder = save(study, settle(study))
    scores = folder / "scores.csv"
    whole = scores.read_bytes()
    answers: list[int] = []
    reader = threading.Thread(target=lambda: answers.append(len(load(study).answers)))
    with locked(study.project.hidden(study.id) / "tables.lock"):
        scores.write_bytes(b"new")  # the others are not
        reader.start()
        reader.join(0.5)
        assert not answers
        scores.write_bytes(whole)
    reader.join()
    assert answers == [len(load(study).answers)]
