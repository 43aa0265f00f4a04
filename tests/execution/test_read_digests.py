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
from tests.needs import make_need_project
from tests.several_respondents import make_several, person
from tests.small import form_rows, load, write_form

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
    return {name for name in before if before[name] != now[name]}


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


def test_what_is_worked_out_of_all_answers_is_another_when_it_comes_out_otherwise(
    tmp_path: Path,
) -> None:
    folder = make_several(tmp_path, totals={})
    names = ("answers", "totals", "agreement", "role_gaps")

    def with_staff(**said: str) -> dict[str, str]:
        for number, role in enumerate(("chef", "chef", "medarbejder", "medarbejder")):
            given = {"t.1": "ja", "t.2": "nej", "t.d1": "et år"}
            # No two forms are alike: the second would count as a copy of the first.
            given |= {"t.s1": ("ja", "nej")[number % 2], "t.s2": ("ja", "nej")[number // 2]}
            given |= {item.replace("_", "."): word for item, word in said.items() if number == 3}
            write_form(folder / "forms" / f"{number}.csv", person("a", role, given))
        study = load(folder)
        found = ReadDigests(study, settle(study))
        return {name: found.of(name) for name in names}

    before = with_staff()
    assert changed(before, with_staff(t_d1="længere")) == {"answers"}
    assert changed(before, with_staff(t_1="nej")) == {"answers", "agreement", "role_gaps"}
    assert changed(before, with_staff(t_2="")) >= {"answers", "role_gaps"}


def test_answers_that_two_of_a_group_exchange_change_no_count_of_it(folder: Path) -> None:
    before = digests(folder)
    send(folder, "c", ANSWERS["d"])
    send(folder, "d", ANSWERS["c"])
    found = changed(before, digests(folder))
    assert "consolidated of team/south" in found
    assert "scores of unit/c" in found
    assert not [name for name in found if name.startswith(("scores of team", "scores of whole"))]


def test_a_ruling_changes_what_is_told_of_its_unit(folder: Path) -> None:
    def ruled(reason: str) -> dict[str, str]:
        row = f"d,,t.1,yes,{reason},Os,2026-01-02"
        columns = "unit,form,indicator,answer,reason,decided_by,date"
        (folder / "adjudications.csv").write_text(f"{columns}\n{row}\n", "utf-8")
        study = load(folder)
        found = ReadDigests(study, settle(study))
        names = ("rulings", "rulings of team/north", "rulings of team/south", *NAMES)
        return {name: found.of(name) for name in names}

    before = ruled("Aftalt")
    assert changed(before, ruled("Aftalt i marts")) == {"rulings", "rulings of team/south"}


def test_the_first_blank_answer_adds_ways_to_count_and_no_other_rules(folder: Path) -> None:
    def ways() -> dict[str, str]:
        study = load(folder)
        found = ReadDigests(study, settle(study))
        return {name: found.of(name) for name in ("other rules", "other ways to count")}

    before = ways()
    send(folder, "c", {"t.2": ""})
    assert changed(before, ways()) == {"other ways to count"}


def test_need_changes_its_own_digest(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    write_form(folder / "forms" / "a.csv", form_rows("a", {"t.1": "ja"}))

    def found() -> dict[str, str]:
        study = load(folder)
        digests = ReadDigests(study, settle(study))
        return {name: digests.of(name) for name in ("need", "everything", "answers", "rulings")}

    before = found()
    with (folder.parent / "reference" / "people.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert changed(before, found()) == {"need"}


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
    [
        "of a later version",
        "scores to t.1",
        "ledger of team/north",
        "sent under other rules",
        "totals under other rules",
    ],
)
def test_a_name_that_is_not_known_stands_for_everything(folder: Path, name: str) -> None:
    study = load(folder)
    found = ReadDigests(study, settle(study))
    assert found.of(name) == found.of("everything")


def _all(study: Study, results: Results) -> dict[str, str]:
    found = ReadDigests(study, results)
    return {name: found.of(name) for name in NAMES}
