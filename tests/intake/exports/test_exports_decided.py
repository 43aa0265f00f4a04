"""What is decided on responses: left out, read by a code, withdrawn, named as it is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.presentation.collecting.decision_rows import decision_rows
from misbrug_analysis.presentation.collecting.words import cell_place
from misbrug_analysis.presentation.language import Language
from tests.intake.exports.sending import (
    HEADINGS,
    decide,
    of,
    row,
    send,
    survey,
)
from tests.small import (
    form_rows,
    load,
    make_project,
    write_form,
)


def test_a_row_that_stands_twice_is_drafted_and_decided_on_alone(folder: Path) -> None:
    send(folder, row("a", {"t.1": "ja"}), row("a", {"t.1": "nej"}), row("b", {"t.1": "ja"}))
    drafted = decision_rows(collect(load(folder)))
    assert [(one["locator"], one["found"]) for one in drafted] == [("row 2", "A"), ("row 3", "A")]
    decide(folder, drafted, "", "tom")
    came_in = collect(load(folder)).accepted()
    assert came_in.answers[["unit", "value"]].values.tolist() == [["a", "yes"], ["b", "yes"]]
    assert came_in.warnings == ()


def test_a_decision_holds_for_no_other_unit_that_comes_to_stand_in_the_row(folder: Path) -> None:
    send(folder, row("a", {"t.1": "måske"}), row("c", {"t.1": "ja"}))
    decide(folder, decision_rows(collect(load(folder))), "ja")
    send(folder, row("b", {"t.1": "måske"}), row("c", {"t.1": "ja"}))
    came_in = collect(load(folder))
    assert [(one.code, one.locator) for one in came_in.problems] == [
        ("decision_outdated", "row 2 column 4")
    ]
    assert "»A: måske«" in came_in.problems[0].told("da")
    assert "»B: måske«" in came_in.problems[0].told("da")


def test_a_row_is_not_left_out_when_another_unit_comes_to_stand_in_it(folder: Path) -> None:
    send(folder, row("a", {"t.1": "nej"}), row("a", {"t.1": "ja"}))
    drafted = decision_rows(collect(load(folder)))
    decide(folder, drafted, "tom", "")
    send(folder, row("b", {"t.1": "nej"}), row("a", {"t.1": "ja"}))
    came_in = collect(load(folder))
    assert sorted(came_in.answers["unit"]) == ["a", "b"]
    assert [one.code for one in came_in.problems] == ["stray_decision"]


def test_files_that_are_sent_twice_are_drafted_too(folder: Path) -> None:
    for name in ("one", "two"):
        write_form(folder / "forms" / f"{name}.csv", form_rows("a", {"t.1": "ja", "t.d3": name}))
    drafted = decision_rows(collect(load(folder)))
    assert [(one["source"], one["locator"], one["found"]) for one in drafted] == [
        ("forms/one.csv", "file", ""),
        ("forms/two.csv", "file", ""),
    ]
    decide(folder, drafted, "tom", "")
    assert list(collect(load(folder)).accepted().answers["source"].unique()) == ["forms/two.csv"]


def test_leaving_out_a_file_with_many_is_warned_of(folder: Path) -> None:
    send(folder, row("a", {"t.1": "ja"}), row("a", {"t.1": "nej"}), row("b", {"t.1": "ja"}))
    decide(folder, [{"source": "forms/round.csv", "locator": "hele filen"}], "tom")
    came_in = collect(load(folder)).accepted()
    (warned,) = [one for one in came_in.warnings if one.code == "export_left_out"]
    assert "hele filen udelades, med de 3 besvarelser i den" in warned.told("da")
    assert "`row 2`" in warned.told("da")


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_place_can_be_written_as_it_is_shown(tmp_path: Path, language: str) -> None:
    words = Language.load(language)
    cpr = f"row 2 column {len(HEADINGS)}"
    known = {"source": "forms/round.csv", "locator": cell_place(cpr, words), "reason": "Opdigtet"}
    folder = make_project(tmp_path, personal_data=[known])
    send(folder, row("a", {"t.1": "måske"}, remark="010203-1234"))
    drafted = decision_rows(collect(load(folder)))
    decide(folder, [drafted[0] | {"locator": cell_place(drafted[0]["locator"], words)}], "ja")
    assert list(collect(load(folder)).accepted().answers["value"].iloc[:1]) == ["yes"]


def test_who_dropped_out_is_absent_and_who_waits_counts_with_answers(folder: Path) -> None:
    survey(folder, [1, 1, 0, 0, 0, 0, 1])
    came_in = collect(load(folder))
    assert came_in.answers.empty
    assert "dropped_out" in [one.code for one in came_in.warnings]
    assert of(folder, "a").state == "absent"
    survey(folder, [1, 1, 0, 1, 0, 0, 0])
    assert list(collect(load(folder)).accepted().answers["value"]) == ["yes"]


@pytest.mark.parametrize("found", [("2", "2"), ("Æ by", "vist nok")])
def test_a_decision_on_a_code_holds_for_the_code_and_for_its_label(
    folder: Path, found: tuple[str, str]
) -> None:
    survey(folder, [2, 2, 0, 0, 0, 1, 0])
    drafted = decision_rows(collect(load(folder)))
    assert [(one["locator"], one["found"]) for one in drafted] == [
        ("row 2 column 1", "2"),
        ("row 2 column 2", "2"),
    ]
    decided = [one | {"found": stands} for one, stands in zip(drafted, found, strict=True)]
    decide(folder, decided, "B", "nej")
    came_in = collect(load(folder)).accepted()
    assert came_in.answers[["unit", "value"]].values.tolist() == [["b", "no"]]
    decide(folder, [drafted[0] | {"found": "1"}, drafted[1]], "B", "nej")
    assert "decision_outdated" in [one.code for one in collect(load(folder)).problems]
