"""Exports in a round: beside forms, sent twice, left out, and with much that is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from misbrug_analysis.execution.processed import inputs, settle
from misbrug_analysis.intake import collect as collecting
from misbrug_analysis.intake import superseding
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.status import SentFile, standing
from misbrug_analysis.model.tables import COLUMNS
from misbrug_analysis.presentation.collecting.check_page import check_page
from misbrug_analysis.presentation.collecting.check_text import check_lines
from misbrug_analysis.presentation.collecting.decision_rows import decision_rows
from misbrug_analysis.presentation.collecting.tally import read_as
from misbrug_analysis.presentation.collecting.unit_page import unit_page
from tests.intake.exports.sending import (
    DANISH,
    column,
    of,
    row,
    send,
)
from tests.small import (
    fates,
    faults,
    form_rows,
    load,
    make_project,
    write_csv,
    write_form,
)


def test_rows_and_files_are_forms_alike(folder: Path) -> None:
    send(folder, row("c", {"t.1": "ja"}), row("a", {"t.1": "nej"}, form="drugs"))
    write_form(folder / "forms" / "b.xlsx", form_rows("b", {"t.1": "delvis"}))
    came_in = collect(load(folder)).accepted()
    assert came_in.answers[["unit", "form", "value", "source", "locator"]].values.tolist() == [
        ["a", "drugs", "no", "forms/round.csv", "row 3 column 4"],
        ["b", "joint", "partly", "forms/b.xlsx", "Svar!C9"],
        ["c", "joint", "yes", "forms/round.csv", "row 2 column 4"],
    ]
    assert list(came_in.ledger["source"].unique()) == ["forms/b.xlsx", "forms/round.csv"]


def test_one_round_in_forms_and_in_an_export_gives_the_same_tables(tmp_path: Path) -> None:
    said = {
        ("a", "joint"): {"t.1": "delvis", "t.s1": "ja", "t.s4": "nej", "t.d2": "samtale; brev"},
        ("b", "alcohol"): {"t.1": "ja", "t.s1": "ja", "t.2": "nej"},
        ("b", "drugs"): {"t.1": "nej", "t.s1": "ja", "t.d3": "Tid"},
        ("c", "joint"): {"t.1": "ja", "t.s1": "nej", "t.s2": "ja"},
    }
    single = make_project(tmp_path / "single")
    for number, ((unit, form), answers) in enumerate(said.items()):
        rows = form_rows(unit, answers, form=form, remarks={"t.1": "Godt"})
        write_form(single / "forms" / f"{9 - number}.{'csv' if number % 2 else 'xlsx'}", rows)
    wide = make_project(tmp_path / "wide")
    send(wide, *(row(unit, one, form=form, remark="Godt") for (unit, form), one in said.items()))
    one, other = settle(load(single)), settle(load(wide))
    for name in COLUMNS:
        if name not in ("answers", "ledger"):
            pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    places = ["source", "locator"]
    pd.testing.assert_frame_equal(
        one.answers.drop(columns=places), other.answers.drop(columns=places)
    )
    assert one.consolidated["inputs"].iloc[0] == "joint/1/t.1; joint/1/t.s1; joint/1/t.s4"


def test_of_two_rows_of_a_unit_the_later_counts(folder: Path) -> None:
    send(
        folder,
        row("a", {"t.1": "ja"}, day="2024-03-02 09:30"),
        row("a", {"t.1": "nej"}, day="2024-03-02 09:05"),
    )
    came_in = collect(load(folder)).accepted()
    assert list(came_in.answers["value"]) == ["yes"]
    assert faults(came_in.warnings) == [("forms/round.csv, row 3", "superseded")]
    assert "I stedet bruges forms/round.csv, række 2, fordi" in came_in.warnings[0].told("da")
    found = fates(came_in.ledger, "forms/round.csv")
    assert found[f"row 3 column {column('t.1')}"] == ("superseded", "later_form")
    assert found[f"row 3 column {column('t.2')}"] == ("superseded", "later_form")
    assert found[f"row 2 column {column('t.1')}"] == ("used", "answer")


@pytest.mark.parametrize(("day", "value"), [("2024-03-01", "yes"), ("2024-03-03", "no")])
def test_a_row_and_a_file_of_one_form_are_compared_by_their_days(
    folder: Path, day: str, value: str
) -> None:
    send(folder, row("a", {"t.1": "nej"}, day=day))
    write_form(folder / "forms" / "a.csv", form_rows("a", {"t.1": "ja"}, day="2024-03-02"))
    assert list(collect(load(folder)).accepted().answers["value"]) == [value]


def test_rows_that_nothing_tells_apart_are_asked_about(folder: Path) -> None:
    send(folder, row("a", {"t.1": "ja"}), row("a", {"t.1": "nej"}), row("b", {"t.1": "ja"}))
    came_in = collect(load(folder))
    assert faults(came_in.problems) == [
        ("forms/round.csv, row 2", "response_twice"),
        ("forms/round.csv, row 3", "response_twice"),
    ]
    said = came_in.problems[0].told("da")
    assert "A har besvaret skemaet fælles mere end én gang (også forms/round.csv, række 3)" in said
    assert "skriv `row 2` i kolonnen locator" in said
    assert list(came_in.answers["unit"]) == ["b"]


def test_of_very_many_rows_of_one_unit_none_is_taken_for_the_latest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(superseding, "MOST", 2)
    send(folder, *(row("a", {"t.1": "ja"}, day=f"2024-03-0{day}") for day in (1, 2, 3)))
    codes = [one.code for one in collect(load(folder)).problems]
    assert codes == ["response_twice"] * 3


def test_an_export_that_came_twice_counts_once(folder: Path) -> None:
    path = send(folder, row("a", {"t.1": "ja"}, day="2024-03-01"))
    shutil.copy(path, folder / "forms" / "again.csv")
    text = (folder / "mapping.yaml").read_text("utf-8")
    again = text.removeprefix("exports:\n").replace("round.csv", "again.csv")
    (folder / "mapping.yaml").write_text(text + again, encoding="utf-8")
    came_in = collect(load(folder)).accepted()
    assert list(came_in.answers["source"]) == ["forms/again.csv"]
    at = f"row 2 column {column('t.1')}"
    assert fates(came_in.ledger, "forms/round.csv")[at] == ("superseded", "same_file")


def test_the_faults_of_a_row_are_those_of_its_unit_alone(folder: Path) -> None:
    send(
        folder,
        row("a", {"t.1": "måske"}),
        row("b", {"t.1": "ja"}, remark="010203-1234"),
        row("c", {"t.1": "ja"}),
    )
    found = {unit: of(folder, unit) for unit in "abc"}
    assert {unit: [one.code for one in status.problems] for unit, status in found.items()} == {
        "a": ["unknown_answer"],
        "b": ["cpr_found"],
        "c": [],
    }
    assert [found[unit].state for unit in "abc"] == ["rejected", "rejected", "gaps"]


def test_what_a_row_says_of_its_form_is_shown(folder: Path) -> None:
    send(folder, row("a", {"t.1": "ja", "t.2": "ved ikke"}, day="2024-03-01"))
    (file,) = of(folder, "a").files
    assert isinstance(file, SentFile)
    assert (file.at, file.form, file.use, file.answered, file.left) == (
        "row 2",
        "joint",
        "used",
        1,
        1,
    )
    assert file.blank == ("t.s1", "t.s2", "t.s3", "t.s4")


def test_a_row_is_shown_with_its_number_on_every_page(folder: Path) -> None:
    send(folder, row("a", {"t.1": "måske"}), row("b", {"t.1": "ja", "t.2": "Ja."}))
    study = load(folder)
    now = standing(study, collect(study))
    assert "  A: forms/round.csv, række 2" in check_lines(now, DANISH)
    assert "A: round.csv, række 2" in check_page(now, DANISH)
    page = unit_page(now, now.units[0], DANISH)
    assert "Jeres besvarelse (fælles)" in page
    assert "Hos os står den i round.csv, række 2." in page
    assert "kolonne" not in page
    assert "række 3" not in page
    assert "Åbn den fil, I sendte" not in page
    assert read_as(now, DANISH, "normalised") == [("Ja.", "ja", 1)]


def test_rejected_cells_of_rows_wait_for_decisions(folder: Path) -> None:
    send(folder, row("a", {"t.1": "måske"}), row("x", {"t.1": "ja"}))
    assert [(one["locator"], one["found"]) for one in decision_rows(collect(load(folder)))] == [
        ("row 2 column 4", "A: måske"),
        ("row 3 column 1", "X"),
    ]


def test_many_faults_are_counted_and_each_is_told_to_its_unit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "TOLD", 1)
    send(folder, *(row(unit, {"t.1": "måske", "t.2": "hvad?"}) for unit in "ab"))
    study = load(folder)
    came_in = collect(study)
    assert faults(came_in.problems) == [
        ("forms/round.csv, row 2 column 4", "unknown_answer"),
        ("forms/round.csv", "more_faults"),
    ]
    assert came_in.problems[-1].values == {"number": 3}
    assert [one.faults for one in standing(study, came_in).units] == [2, 2, 0]
    assert len(decision_rows(came_in)) == 4


def test_a_file_that_the_mapping_names_and_that_is_missing_is_told_of(folder: Path) -> None:
    send(folder, row("a", {"t.1": "ja"})).rename(folder / "forms" / "runde.txt")
    (folder / "forms" / "runde.txt").rename(folder / "forms" / "rounds.csv")
    problems = collect(load(folder)).problems
    assert problems[0].code == "export_missing"
    assert problems[0].where.endswith("mapping.yaml")
    assert "Did you mean forms/rounds.csv?" in str(problems[0])


def test_a_file_of_an_export_that_is_not_whole_is_not_used(folder: Path) -> None:
    send(folder, row("a", {"t.1": "ja"}))
    path = folder / "mapping.yaml"
    text = path.read_text("utf-8").replace("layout: wide", "layout: surveyxact")
    lacking = "    labels: forms/labels.csv\n    structure: forms/structure.csv\n"
    path.write_text(text + lacking, encoding="utf-8")
    came_in = collect(load(folder))
    assert [one.code for one in came_in.problems] == [
        "export_missing",
        "export_missing",
        "export_incomplete",
    ]
    assert fates(came_in.ledger, "forms/round.csv") == {"file": ("rejected", "export_incomplete")}


def test_an_export_that_cannot_be_read_is_told_of_and_the_rest_is_read(folder: Path) -> None:
    send(folder, row("a", {"t.1": "ja"})).write_bytes(b"\x00\x01\x02")
    write_form(folder / "forms" / "b.csv", form_rows("b", {"t.1": "ja"}))
    came_in = collect(load(folder))
    assert [one.source for one in came_in.problems] == ["forms/round.csv"]
    assert list(came_in.answers["unit"]) == ["b"]
    assert {fate for fate, _ in fates(came_in.ledger, "forms/round.csv").values()} == {"rejected"}


@pytest.mark.parametrize("content", [b"", b"\x00\x01"])
def test_an_export_can_be_accepted_as_a_whole(tmp_path: Path, content: bytes) -> None:
    accepted = {"source": "forms/round.csv", "locator": "file", "reason": "asked"}
    folder = make_project(tmp_path, accept=[accepted])
    path = send(folder, row("a", {"t.1": "ja", "t.2": "måske"}), row("x", {"t.1": "ja"}))
    path.write_bytes(content or path.read_bytes())
    came_in = collect(load(folder)).accepted()
    found = fates(came_in.ledger, "forms/round.csv")
    assert {fate for fate, _ in found.values()} <= {"blank", "context"}
    assert len(came_in.answers) == 0


def test_a_decision_on_what_is_not_rejected_in_a_row_is_a_fault(folder: Path) -> None:
    send(folder, row("a", {"t.1": "ja"}), row("b", {}))
    columns = ["source", "locator", "found", "reads_as", "reason", "decided_by", "date"]
    places = ["row 2 column 4", "row 3"]
    said = [["forms/round.csv", one, "ja", "tom", "Spurgt", "T", "2024-05-02"] for one in places]
    write_csv(folder / "decisions.csv", [columns, *said])
    assert [one.code for one in collect(load(folder)).problems] == ["stray_decision"] * 2


def test_tables_are_older_than_a_mapping_that_changes(folder: Path) -> None:
    send(folder, row("a", {"t.1": "ja"}))
    before = inputs(load(folder))
    path = folder / "mapping.yaml"
    path.write_text(path.read_text("utf-8") + "    unused: [navn]\n", encoding="utf-8")
    after = inputs(load(folder))
    changed = {name for name in before if before[name] != after[name]}
    assert [name.rpartition("/")[2] for name in changed] == ["mapping.yaml"]


def test_a_mapped_file_whose_name_is_personal_is_not_used(folder: Path) -> None:
    send(folder, row("a", {"t.1": "ja"}), name="010203-1234.csv")
    came_in = collect(load(folder))
    assert faults(came_in.problems) == [("forms/[cpr].csv", "name_personal")]
    assert came_in.answers.empty
