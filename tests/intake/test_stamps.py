"""The hidden sheet that a form is sent out with: whose it is, of which round and version."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from misbrug_analysis.intake.collect import Round, collect
from misbrug_analysis.model.stamp import LAYOUT, FormStamp, digest_of
from misbrug_analysis.model.study import Study
from tests.small import Rows, cell, fates, faults, form_rows, load, write_csv, write_workbook


@pytest.fixture
def study(folder: Path) -> Study:
    return load(folder)


@pytest.fixture
def stamp(study: Study) -> FormStamp:
    """The stamp of a form of unit a in the small study."""
    asked = study.instrument
    return FormStamp(LAYOUT, study.id, asked.id, asked.version, digest_of(asked), "a", "joint")


def sent(study: Study, stamp: Rows, unit: str = "a", form: str = "joint") -> Round:
    """The round of one form with a stamp."""
    rows = form_rows(unit, {"t.1": "ja"}, form=form)
    write_workbook(study.folder / "forms" / "a.xlsx", rows, {"misbrug": stamp})
    return collect(load(study.folder))


def with_sheets(study: Study, sheets: dict[str, Rows]) -> Round:
    """The round of one form of unit a with sheets beside the one with the answers."""
    write_workbook(study.folder / "forms" / "a.xlsx", form_rows("a", {"t.1": "ja"}), sheets)
    return collect(load(study.folder))


def test_a_form_that_is_what_its_stamp_says_is_read(study: Study, stamp: FormStamp) -> None:
    came_in = sent(study, stamp.rows())
    assert (came_in.problems, came_in.warnings) == ((), ())
    assert came_in.forms[0].stamp == stamp
    assert fates(came_in.ledger, "forms/a.xlsx")["misbrug!B2"] == ("context", "stamp")


def test_a_form_of_another_round_is_not_used(study: Study, stamp: FormStamp) -> None:
    came_in = sent(study, replace(stamp, study="runde-2019", unit="b").rows())
    assert faults(came_in.problems) == [("forms/a.xlsx", "other_round")]
    assert "(runde-2019); this is small-study" in str(came_in.problems[0])
    assert fates(came_in.ledger, "forms/a.xlsx")[cell("t.1")] == ("rejected", "other_round")


@pytest.mark.parametrize("change", [{"instrument": "kl12"}, {"version": "0"}])
def test_a_form_for_other_questions_is_not_used(
    study: Study, stamp: FormStamp, change: dict[str, str]
) -> None:
    came_in = sent(study, replace(stamp, **change).rows())
    assert faults(came_in.problems) == [("forms/a.xlsx", "other_version")]
    assert len(came_in.answers) == 0


def test_questions_that_were_changed_in_silence_are_warned_of(
    study: Study, stamp: FormStamp
) -> None:
    came_in = sent(study, replace(stamp, questions="0123456789ab").rows())
    assert came_in.problems == ()
    assert faults(came_in.warnings) == [("forms/a.xlsx", "questions_changed")]
    assert len(came_in.answers) == 1


def test_a_form_that_was_filled_in_by_another_unit_is_asked_about(
    study: Study, stamp: FormStamp
) -> None:
    came_in = sent(study, stamp.rows(), unit="b")
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!B3", "stamp_differs")]
    assert "says “B”, but it was sent out to be filled in as “A”" in str(came_in.problems[0])
    assert len(came_in.answers) == 0


def test_a_form_that_was_filled_in_as_another_form_is_asked_about(
    study: Study, stamp: FormStamp
) -> None:
    came_in = sent(study, replace(stamp, form="drugs").rows(), form="alcohol")
    assert faults(came_in.problems) == [("forms/a.xlsx, Svar!B4", "stamp_differs")]
    assert "sent out to be filled in as “stoffer”" in str(came_in.problems[0])


@pytest.mark.parametrize("unit", ["a", "b"])
def test_whose_it_is_can_be_decided(study: Study, stamp: FormStamp, unit: str) -> None:
    text = "source,locator,found,reads_as,reason,decided_by,date\n"
    text += f"forms/a.xlsx,Svar!B3,B,{unit},Spurgt,T,2024-05-02\n"
    (study.folder / "decisions.csv").write_text(text, encoding="utf-8")
    came_in = sent(study, stamp.rows(), unit="b").accepted()
    assert list(came_in.answers["unit"]) == [unit]
    assert fates(came_in.ledger, "forms/a.xlsx")["Svar!B3"] == ("used", "decided")


@pytest.mark.parametrize("lost", ["study", "unit", "questions"])
def test_a_damaged_stamp_is_warned_of_and_the_form_read(
    study: Study, stamp: FormStamp, lost: str
) -> None:
    came_in = sent(study, [row for row in stamp.rows() if row[0] != lost])
    assert came_in.problems == ()
    assert faults(came_in.warnings) == [("forms/a.xlsx", "stamp_damaged")]
    assert came_in.forms[0].stamp is None


def test_a_sheet_is_no_stamp_by_its_name(study: Study) -> None:
    came_in = sent(study, form_rows("b", {"t.1": "nej"}))
    assert faults(came_in.problems) == [("forms/a.xlsx", "two_tables")]


@pytest.mark.parametrize("name", ["Misbrug", "misbrug (2)", "Ark3"])
def test_a_stamp_is_known_by_what_it_says(study: Study, stamp: FormStamp, name: str) -> None:
    another = replace(stamp, study="runde-2019")
    came_in = with_sheets(study, {name: another.rows()})
    assert faults(came_in.problems) == [("forms/a.xlsx", "other_round")]
    assert fates(came_in.ledger, "forms/a.xlsx")[f"{name}!B2"] == ("context", "stamp")


def test_two_stamps_that_differ_are_asked_about(study: Study, stamp: FormStamp) -> None:
    sheets = {"misbrug": stamp.rows(), "misbrug (2)": replace(stamp, unit="b").rows()}
    came_in = with_sheets(study, sheets)
    assert faults(came_in.problems) == [("forms/a.xlsx", "two_stamps")]
    assert "(misbrug, misbrug (2))" in str(came_in.problems[0])
    assert len(came_in.answers) == 0


def test_a_copy_of_the_stamp_is_no_other_stamp(study: Study, stamp: FormStamp) -> None:
    came_in = with_sheets(study, {"misbrug": stamp.rows(), "misbrug (2)": stamp.rows()})
    assert (came_in.problems, came_in.warnings) == ((), ())
    assert came_in.forms[0].stamp == stamp


def test_a_field_with_two_values_damages_a_stamp(study: Study, stamp: FormStamp) -> None:
    came_in = sent(study, [*stamp.rows(), ("unit", "b")])
    assert faults(came_in.warnings) == [("forms/a.xlsx", "stamp_damaged")]


def test_a_workbook_without_a_stamp_among_others_with_one_is_warned_of(
    study: Study, stamp: FormStamp
) -> None:
    forms = study.folder / "forms"
    write_workbook(forms / "b.xlsx", form_rows("b", {"t.1": "ja"}))
    write_csv(forms / "c.csv", form_rows("c", {"t.1": "ja"}))
    assert collect(study).warnings == ()
    came_in = sent(study, stamp.rows())
    assert faults(came_in.warnings) == [("forms/b.xlsx", "no_stamp")]


NAMES = [
    ("Kgre", "joint", "Svar!B3", "B", "misbrug!B6", "a", "unit"),
    ("a", "alkohol og stoffer", "Svar!B4", "stoffer", "misbrug!B7", "joint", "form"),
]


@pytest.mark.parametrize(("unit", "form", "at", "said", "stamped_at", "stamped", "field"), NAMES)
def test_a_decision_against_the_stamp_is_asked_about(
    study: Study,
    stamp: FormStamp,
    unit: str,
    form: str,
    at: str,
    said: str,
    stamped_at: str,
    stamped: str,
    field: str,
) -> None:
    decided = "source,locator,found,reads_as,reason,decided_by,date\n"
    stands = unit.upper() if field == "unit" else form
    decided += f"forms/a.xlsx,{at},{stands},{said},Spurgt,T,2024-05-02\n"
    (study.folder / "decisions.csv").write_text(decided, encoding="utf-8")
    came_in = sent(study, stamp.rows(), unit=unit, form=form)
    assert faults(came_in.problems) == [(f"forms/a.xlsx, {stamped_at}", "stamp_contradicted")]
    assert len(came_in.answers) == 0
    decided += f"forms/a.xlsx,{stamped_at},{stamped},{said},Spurgt igen,T,2024-05-03\n"
    (study.folder / "decisions.csv").write_text(decided, encoding="utf-8")
    came_in = collect(load(study.folder)).accepted()
    assert list(came_in.answers[field]) == ["b" if field == "unit" else "drugs"]


def test_a_digest_is_nobodys_number(study: Study, stamp: FormStamp) -> None:
    came_in = sent(study, replace(stamp, questions="0102031234ab").rows())
    assert came_in.problems == ()
    assert came_in.forms[0].findings == ()


def test_a_form_without_a_stamp_is_read_by_its_headings(study: Study) -> None:
    write_csv(study.folder / "forms" / "a.csv", form_rows("a", {"t.1": "ja"}))
    came_in = collect(study)
    assert (came_in.problems, came_in.warnings) == ((), ())
