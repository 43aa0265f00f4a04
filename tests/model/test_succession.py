"""Versions of an instrument: what a question was called in the one before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from misbrug_analysis.execution.editions import Edition
from misbrug_analysis.model.instrument_file import load_instrument
from misbrug_analysis.presentation.language import Language
from tests.model.spoiled import problems_of
from tests.several_rounds import OLDER, change, two_rounds
from tests.small import CASES, Plain, load

QUESTIONS = {"1": "Is it written down?", "2": "Is it read?", "3": "Is it kept?"}
"""Indicators of the first version by their numbers."""


def write(folder: Path, name: str, asked: dict[str, str], **succeeds: Any) -> None:
    """An instrument with these indicators, and what it says of the version before it."""
    known = yaml.safe_load((CASES / "instrument.yaml").read_text("utf-8"))
    items = [
        {"id": number, "topic": "t", "kind": "indicator", "text": {"da": text}}
        for number, text in asked.items()
    ]
    content = {**known, "id": name, "items": items}
    content |= {"succeeds": succeeds} if succeeds else {}
    text = yaml.dump(content, Dumper=Plain, allow_unicode=True, sort_keys=False)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def rounds(root: Path, now: dict[str, str], *, entry: Any = None, **succeeds: Any) -> Path:
    """A study asked by ``second``, after one that was asked by ``first``."""
    folder = two_rounds(root, **(entry or {}))
    instruments = root / "data" / "instruments"
    write(instruments, "first", QUESTIONS)
    write(instruments, "second", now, **succeeds)
    change(folder, instrument="second")
    change(folder.parent / OLDER, instrument="first")
    return folder


def matched(folder: Path) -> dict[str, str]:
    (one,) = load(folder).earlier
    return dict(one.items)


def test_a_question_goes_by_the_number_that_the_version_before_gave_it(tmp_path: Path) -> None:
    now = {"1": "Is it written down?", "4": "Do you read it?", "3": "Is it kept?"}
    folder = rounds(tmp_path, now, instrument="first", items={"4": "2"})
    assert matched(folder) == {"1": "1", "4": "2", "3": "3"}


def test_a_question_that_was_reworded_is_the_same_where_the_instrument_says_so(
    tmp_path: Path,
) -> None:
    now = QUESTIONS | {"1": "Do you write it down?"}
    folder = rounds(tmp_path, now, instrument="first", items={"1": "1"})
    assert matched(folder) == {"1": "1", "2": "2", "3": "3"}


def test_a_new_question_under_an_old_number_is_not_compared(tmp_path: Path) -> None:
    now = QUESTIONS | {"2": "Is it burnt?", "4": "Is it read?"}
    folder = rounds(tmp_path, now, instrument="first", items={"4": "2"}, new=["2"])
    assert matched(folder) == {"1": "1", "3": "3", "4": "2"}


def test_what_the_study_says_comes_before_what_the_versions_say(tmp_path: Path) -> None:
    now = {"1": "Is it written down?", "4": "Do you read it?", "5": "Is it seen?"}
    entry = {"items": {"5": "2"}, "not_compared": [{"item": "1", "reason": {"da": "Ny."}}]}
    folder = rounds(tmp_path, now, entry=entry, instrument="first", items={"4": "2"})
    assert matched(folder) == {"5": "2"}


def test_versions_lead_through_one_another(tmp_path: Path) -> None:
    now = {"1": "Is it written down?", "6": "Who reads it?", "2": "Is it burnt?"}
    folder = rounds(tmp_path, now, instrument="between", items={"6": "4"})
    write(
        tmp_path / "data" / "instruments",
        "between",
        {"1": "Is it written down?", "4": "Do you read it?", "2": "Is it burnt?"},
        instrument="first",
        items={"4": "2"},
        new=["2"],
    )
    assert matched(folder) == {"1": "1", "6": "2"}
    before = Edition(load(folder), Language.load("da")).rests_on["earlier"]
    between = tmp_path / "data" / "instruments" / "between.yaml"
    between.write_text(between.read_text("utf-8") + "\n", encoding="utf-8")
    assert Edition(load(folder), Language.load("da")).rests_on["earlier"] != before


def test_instruments_that_are_no_versions_say_nothing_of_each_other(tmp_path: Path) -> None:
    folder = rounds(tmp_path, QUESTIONS | {"2": "Do you read it?"})
    (problem,) = problems_of(lambda: load(folder))
    assert "question 2 is worded otherwise" in str(problem)


@pytest.mark.parametrize(
    ("succeeds", "code", "told"),
    [
        ({"instrument": "frist"}, "dangling", "Did you mean first?"),
        ({"instrument": "second"}, "dangling", "second"),
        ({"instrument": "first", "items": {"9": "1"}}, "dangling", "one of: 1, 2, 3"),
        ({"instrument": "first", "items": {"1": "9"}}, "dangling", "one of: 1, 2, 3"),
        ({"instrument": "first", "items": {"1": "2"}}, "bad_value", "2 stands for both 2 and 1"),
        ({"instrument": "first", "new": ["9"]}, "dangling", "one of: 1, 2, 3"),
        ({"instrument": "first", "new": ["1", "1"]}, "repeated", "1"),
        ({"instrument": "first", "items": {"1": "1"}, "new": ["1"]}, "bad_value", "under new"),
        ({"instrument": "later"}, "bad_value", "go in a circle"),
        ({"items": {}}, "missing_field", "succeeds.instrument"),
    ],
)
def test_what_does_not_fit_is_told_at_its_line(
    tmp_path: Path, succeeds: dict[str, Any], code: str, told: str
) -> None:
    write(tmp_path, "first", QUESTIONS)
    write(tmp_path, "later", QUESTIONS, instrument="second")
    write(tmp_path, "second", QUESTIONS, **succeeds)
    (problem,) = problems_of(lambda: load_instrument(tmp_path, "second"))
    assert problem.code == code
    assert told in str(problem)
    lines = (tmp_path / "second.yaml").read_text("utf-8").splitlines()
    line = int(problem.where.rpartition(" ")[2])
    assert line >= lines.index("succeeds:") + 1
