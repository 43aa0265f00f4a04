"""Which digests a changed answer changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import load as load_tables
from misbrug_analysis.execution.processed import save, settle
from misbrug_analysis.execution.read_digests import ReadDigests
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import Results
from tests.incremental import ANSWERS, make_study, send
from tests.small import load

NAMES = (
    "everything",
    "answers",
    "answers of team/north",
    "answers of team/south",
    "answers of unit/d",
    "answers to t.1",
    "answers to t.2",
    "answers to t.2 of team/north",
    "answers to t.2 of team/south",
    "form_answers of team/north",
    "form_answers of team/south",
    "consolidated of team/north",
    "consolidated of team/south",
    "consolidated of team/north under other rules",
    "consolidated of team/south under other rules",
    "scores of team/north",
    "scores of team/south",
    "scores of whole/all",
    "scores of unit/c",
    "scores of team/north under other rules",
    "scores of team/south under other rules",
    "sensitivity",
    "sent",
    "sent of team/north",
    "sent of team/south",
    "ledger",
    "text conclusions",
    "text missing",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_study(tmp_path)


def digests(folder: Path) -> dict[str, str]:
    study = load(folder)
    found = ReadDigests(study, settle(study))
    return {name: found.of(name) for name in NAMES}


def changed(before: dict[str, str], now: dict[str, str]) -> set[str]:
    return {name for name in NAMES if before[name] != now[name]}


def test_an_answer_changes_what_is_told_of_its_unit_and_of_all(folder: Path) -> None:
    before = digests(folder)
    send(folder, "d", {"t.2": "ja"})  # a no before
    assert changed(before, digests(folder)) == {
        "everything",
        "ledger",
        "answers",
        "answers of team/south",
        "answers of unit/d",
        "answers to t.2",
        "answers to t.2 of team/south",
        "form_answers of team/south",
        "consolidated of team/south",
        "consolidated of team/south under other rules",
        "scores of team/south",
        "scores of whole/all",
        "scores of team/south under other rules",
        "sensitivity",
    }


def test_a_remark_changes_no_count(folder: Path) -> None:
    before = digests(folder)
    send(folder, "d", {}, remarks={"t.1": "Ikke endnu"})
    assert changed(before, digests(folder)) == {
        "everything", "ledger", "answers", "answers of team/south", "answers of unit/d"
    }  # fmt: skip


def test_answers_that_two_of_a_group_exchange_change_no_count_of_it(folder: Path) -> None:
    before = digests(folder)
    send(folder, "c", ANSWERS["d"])
    send(folder, "d", ANSWERS["c"])
    found = changed(before, digests(folder))
    assert "consolidated of team/south" in found
    assert "scores of unit/c" in found
    assert not [name for name in found if name.startswith(("scores of team", "scores of whole"))]


def test_a_form_that_comes_in_changes_who_has_sent(folder: Path) -> None:
    before = digests(folder)
    send(folder, "e", {"t.1": "nej"})
    found = changed(before, digests(folder))
    assert {"sent", "sent of team/south"} <= found
    assert "sent of team/north" not in found


def test_a_text_changes_its_own_digest_alone(folder: Path) -> None:
    before = digests(folder)
    (folder / "texts" / "missing.md").write_text("Nu er den her.", "utf-8")
    assert changed(before, digests(folder)) == {"text missing"}


def test_a_text_counts_as_it_was_when_the_run_began(folder: Path) -> None:
    study = load(folder)
    found = ReadDigests(study, settle(study))
    before = digests(folder)["text conclusions"]
    (folder / "texts" / "conclusions.md").write_text("Ny.", "utf-8")
    assert found.of("text conclusions") == before


def test_tables_that_are_read_back_have_the_digests_of_those_just_settled(folder: Path) -> None:
    study = load(folder)
    settled = settle(study)
    save(study, settled)
    assert _all(study, load_tables(study)) == _all(study, settled)


def test_the_order_of_rows_counts(folder: Path) -> None:
    study = load(folder)
    settled = settle(study)
    turned = settled.with_tables(answers=settled.answers.iloc[::-1])
    assert _all(study, settled)["answers"] != _all(study, turned)["answers"]


@pytest.mark.parametrize(
    "name",
    ["of a later version", "scores to t.1", "ledger of team/north", "sent under other rules"],
)
def test_a_name_that_is_not_known_stands_for_everything(folder: Path, name: str) -> None:
    study = load(folder)
    found = ReadDigests(study, settle(study))
    assert found.of(name) == found.of("everything")


def _all(study: Study, results: Results) -> dict[str, str]:
    found = ReadDigests(study, results)
    return {name: found.of(name) for name in NAMES}
