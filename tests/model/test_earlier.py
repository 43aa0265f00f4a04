"""Earlier rounds of a study: read by name, every fault at its line."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from misbrug_analysis.model.study import Study
from tests.model.spoiled import problems_of
from tests.several_rounds import OLDER, change, two_rounds
from tests.small import STUDY, load, make_project


def another_instrument(folder: Path, old: str, new: str) -> None:
    """The older study was asked by an instrument of its own, in which a text is another."""
    instruments = folder.parent.parent / "instruments"
    text = (instruments / "small.yaml").read_text("utf-8")
    assert old in text
    other = text.replace("id: small", "id: smaller").replace(old, new)
    (instruments / "smaller.yaml").write_text(other, encoding="utf-8")
    change(folder.parent / OLDER, instrument="smaller")


def line_of(folder: Path, text: str) -> str:
    lines = (folder / "study.yaml").read_text("utf-8").splitlines()
    return f"line {next(at for at, line in enumerate(lines, 1) if text in line)}"


def only(study: Study) -> tuple[dict[str, str], dict[str, str]]:
    (one,) = study.earlier
    return dict(one.items), dict(one.units)


def test_a_study_without_earlier_rounds_has_none(tmp_path: Path) -> None:
    assert load(make_project(tmp_path)).earlier == ()


def test_questions_and_units_are_the_same_where_they_are_called_the_same(tmp_path: Path) -> None:
    study = load(two_rounds(tmp_path))
    assert study.earlier[0].study.id == OLDER
    assert only(study) == (
        {"t.1": "t.1", "t.2": "t.2"},
        {"a": "a", "b": "b", "c": "c"},
    )


def test_what_was_called_otherwise_goes_by_its_name_of_then(tmp_path: Path) -> None:
    folder = two_rounds(
        tmp_path,
        {"alpha": "A", "b": "B", "gone": "G"},
        units={"a": "alpha"},
        items={"t.1": "t.2", "t.2": "t.1"},
    )
    assert only(load(folder)) == ({"t.1": "t.2", "t.2": "t.1"}, {"a": "alpha", "b": "b"})


def test_what_is_set_aside_is_not_matched_and_says_why(tmp_path: Path) -> None:
    reason = {"da": "Spurgt pr. telefon (tlf. 12 34 56 78)."}
    folder = two_rounds(tmp_path, not_compared=[{"item": "t.2", "reason": reason}])
    (one,) = load(folder).earlier
    assert dict(one.items) == {"t.1": "t.1"}
    assert "12 34 56 78" not in one.reasons["t.2"]["da"]


@pytest.mark.parametrize(
    ("entry", "code", "near", "told"),
    [
        ({"study": "older-studdy"}, "dangling", "study: older-studdy", "Did you mean older-study?"),
        ({"study": STUDY}, "bad_value", f"study: {STUDY}", "cannot come before itself"),
        ({"items": {"t.9": "t.1"}}, "dangling", "t.9: t.1", "one of: t.1, t.2"),
        ({"items": {"t.1": "t.9"}}, "dangling", "t.1: t.9", "one of: t.1, t.2"),
        ({"items": {"t.1": "t.2"}}, "bad_value", "t.1: t.2", "t.2 stands for both t.2 and t.1"),
        ({"units": {"bb": "b"}}, "dangling", "bb: b", "Did you mean b?"),
        ({"units": {"b": "bb"}}, "dangling", "b: bb", "one of: a, b, c"),
        ({"units": {"a": "b", "b": "b"}}, "bad_value", "b: b", "stands for both a and b"),
        ({"not_compared": [{"item": "t.9", "reason": {"da": "Ny."}}]}, "dangling", "item: t.9",
         "one of: t.1, t.2"),
        ({"items": {"t.1": "t.1"}, "not_compared": [{"item": "t.1", "reason": {"da": "Ny."}}]},
         "bad_value", "item: t.1", "under both items and not_compared"),
        ({"not_compared": [{"item": "t.1"}]}, "missing_field", "item: t.1", "reason"),
        ({"item": {"t.1": "t.2"}}, "unknown_field", "item:", "Did you mean items?"),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_line(
    tmp_path: Path, entry: dict[str, object], code: str, near: str, told: str
) -> None:
    folder = two_rounds(tmp_path, **entry)
    problems = problems_of(lambda: load(folder))
    (problem,) = [one for one in problems if one.code == code]
    assert problem.where.endswith(line_of(folder, near))
    assert told in str(problem)
    assert problem.told("da")


def test_a_round_that_stands_there_twice_is_told(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path)
    change(folder, earlier=[{"study": OLDER}, {"study": OLDER}])
    assert "repeated" in [one.code for one in problems_of(lambda: load(folder))]


@pytest.mark.parametrize("day", [date(2024, 5, 1), date(2025, 1, 1)])
def test_an_earlier_round_has_to_be_earlier(tmp_path: Path, day: date) -> None:
    folder = two_rounds(tmp_path)
    change(folder.parent / OLDER, date=day)
    (problem,) = problems_of(lambda: load(folder))
    assert problem.where.endswith(line_of(folder, f"study: {OLDER}"))
    assert f"{OLDER} is of {day}" in str(problem)


def test_rounds_stand_in_their_order(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path)
    shutil.copytree(folder.parent / OLDER, folder.parent / "oldest")
    change(folder.parent / "oldest", id="oldest", date=date(2020, 1, 1))
    change(folder, earlier=[{"study": "oldest"}, {"study": OLDER}])
    assert [one.study.id for one in load(folder).earlier] == ["oldest", OLDER]
    change(folder, earlier=[{"study": OLDER}, {"study": "oldest"}])
    (problem,) = problems_of(lambda: load(folder))
    assert problem.where.endswith(line_of(folder, f"study: {OLDER}"))


def test_two_rounds_cannot_come_before_each_other(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path)
    change(folder.parent / OLDER, earlier=[{"study": STUDY}])
    (problem,) = problems_of(lambda: load(folder))
    assert "says itself that this study came before it" in str(problem)
    (other,) = problems_of(lambda: load(folder.parent / OLDER))
    assert other.where.endswith(line_of(folder.parent / OLDER, f"study: {STUDY}"))


def test_a_fault_of_the_earlier_round_is_told_in_its_file(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path)
    change(folder.parent / OLDER, rules={"split": "maybe"})
    (problem,) = problems_of(lambda: load(folder))
    assert f"{OLDER}/study.yaml" in problem.where


def test_a_question_in_other_words_is_matched_by_no_one_but_the_study(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path)
    another_instrument(folder, "Følger I op?", "Følger I altid op?")
    (problem,) = problems_of(lambda: load(folder))
    assert "question t.1 is worded otherwise" in str(problem)
    change(folder, earlier=[{"study": OLDER, "items": {"t.1": "t.1"}}])
    assert only(load(folder))[0] == {"t.1": "t.1", "t.2": "t.2"}
    aside = [{"item": "t.1", "reason": {"da": "Spurgt på en anden måde."}}]
    change(folder, earlier=[{"study": OLDER, "not_compared": aside}])
    assert only(load(folder))[0] == {"t.2": "t.2"}


def test_a_question_in_the_same_words_of_another_instrument_is_the_same(tmp_path: Path) -> None:
    folder = two_rounds(tmp_path)
    another_instrument(folder, "Hver gang?", "Hver eneste gang?")
    assert only(load(folder))[0] == {"t.1": "t.1", "t.2": "t.2"}


@pytest.mark.parametrize("kind", ["reconstructed", "invented"])
def test_answers_that_nobody_gave_say_so(tmp_path: Path, kind: str) -> None:
    folder = make_project(tmp_path, provenance={"kind": kind})
    (problem,) = problems_of(lambda: load(folder))
    assert (problem.code, problem.values["name"]) == ("missing_field", "provenance.statement")
    change(folder, provenance={"kind": kind, "statement": {"da": "Ingen har svaret sådan."}})
    assert load(folder).settings.provenance.is_made


def test_invented_answers_have_no_source_that_leaves_counts_open(tmp_path: Path) -> None:
    words = {"statement": {"da": "Opdigtet."}, "own_words": {"remarks": {"da": "Vores."}}}
    folder = make_project(tmp_path, provenance={"kind": "invented", **words})
    (problem,) = problems_of(lambda: load(folder))
    assert "only reconstructed answers have such an entry" in str(problem)
