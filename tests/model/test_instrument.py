"""An instrument must hold together: every reference and every word is checked at its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from misbrug_analysis.model.errors import ParameterError
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.instrument_file import load_instrument
from tests.model.spoiled import at, problems_of, spoil
from tests.small import CASES


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(shutil.copy(CASES / "instrument.yaml", tmp_path / "small.yaml"))


def read(path: Path) -> Instrument:
    return load_instrument(path.parent, path.stem)


def test_a_sound_instrument_is_read_in_its_order(path: Path) -> None:
    instrument = read(path)
    assert instrument.indicator_ids == ["t.1", "t.2"]
    assert [topic.id for topic in instrument.assessed_topics] == ["t"]
    assert [item.id for item in instrument.indicators_of("t")] == ["t.1", "t.2"]
    assert instrument.serving() == [
        ("t.s1", "t.1"),
        ("t.s2", "t.1"),
        ("t.s3", "t.1"),
        ("t.s4", "t.1"),
        ("t.s4", "t.2"),
    ]
    assert instrument.answer_codes() == {
        "ja": "yes",
        "yes": "yes",
        "x": "yes",
        "delvis": "partly",
        "partly": "partly",
        "nej": "no",
        "no": "no",
    }
    assert instrument.answer_labels("da") == ["ja", "delvis", "nej"]
    assert instrument.answer_labels("fo") == ["ja", "delvis", "nej"]


def test_answers_and_points_may_be_written_without_quotes(path: Path) -> None:
    spoil(path, '  "yes":\n', "  yes:\n")
    spoil(path, '  "no":\n', "  no:\n")
    spoil(path, "form:\n", "points: {yes: 1, partly: 0.5, no: 0}\nform:\n")
    instrument = read(path)
    assert list(instrument.answers) == ["yes", "partly", "no"]
    assert instrument.points == {"yes": 1, "partly": 0.5, "no": 0}


@pytest.mark.parametrize(
    ("old", "new", "code", "near", "told"),
    [
        ("{id: t.1, topic: t,", "{id: t.1, topic: u,", "dangling", "id: t.1", "topic points to u"),
        ("{id: t.1, topic: t,", "{id: t.1, topic: later,", "dangling", "id: t.1", "one of: t"),
        ("[t.1, t.2]", "[t.1, t.3]", "dangling", "serves: [t.1, t.3]", "Did you mean t."),
        ("[t.1, t.2]", "[t.s1]", "dangling", "serves: [t.s1]\n", "one of: t.1, t.2"),
        ("id: t.d1\n", "id: t.d3\n", "repeated", "LAST id: t.d3", "item t.d3"),
        ("id: t.d1\n", "id: later\n", "repeated", "LAST id: later", "id later"),
        ("id: t.d1\n", "id: t-d3\n", "bad_value", "LAST id: t.d3", "pages as t-d3"),
        ("id: t.d1\n", "id: T.D3\n", "bad_value", "LAST id: t.d3", "pages as T.D3"),
        ("id: t.d1\n", "id: Later\n", "bad_value", "LAST id: Later", "pages as later"),
        ("id: later\n", "id: T\n", "bad_value", "LAST id: T\n", "same address on the pages as t"),
        ("id: later\n", "id: t\n", "repeated", "LAST id: t\n", "topic t"),
        ("    serves: [t.1, t.2]\n", "", "bad_value", "id: t.s4", "serve indicators"),
        ("    type: single\n", "", "bad_value", "id: t.d1", "items of choice"),
        ("{id: t.2, topic: t,", "{id: t.2, topic: t, type: text,", "bad_value", "id: t.2",
         "answered with the answers of"),
        ("{id: t.2, topic: t, kind: indicator", "{id: t.2, topic: t, kind: main", "bad_value",
         "id: t.2", "“main”"),
        ("also: [x]", "also: [NEJ]", "bad_value", '"no":', "nej stands for both yes and no"),
        ("en: partly}\n", "en: partly}\n    points: 2\n", "bad_value", "answers:", "more points"),
        ('nej, en: "no"}', 'nej, en: "no"}\n    points: 0.6', "bad_value", "answers:", "poorest"),
        ("  partly:\n    label", "  blank:\n    counts_as: partly\n    label", "bad_value",
         "  blank:", "“blank”"),
        ("also: [x]", "als: [x]", "unknown_field", "als: [x]", "Did you mean also?"),
        ("{da: delvis, en: partly}", "{}", "bad_value", "label: {}", "at least one language"),
        ("{da: delvis, en: partly}", '{da: " "}', "bad_value", 'label: {da: " "}', "language"),
        ("unit: [Besvarelse fra]", "unit: []", "bad_value", "unit: []", "at least 1"),
        ("id: small\n", "id: Small\n", "bad_value", "id: Small", "“Small”"),
        *[
            ("form:\n", f"points: {{yes: {points}}}\nform:\n", "bad_value", "points:", "go down")
            for points in (
                "1, no: 0",
                "1, partly: 2, no: 0",
                "0, partly: 0, no: 0",
                "1, partly: 0, no: -1",
                ".inf, partly: 0, no: 0",
                ".nan, partly: 0, no: 0",
            )
        ],
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(
    path: Path, old: str, new: str, code: str, near: str, told: str
) -> None:
    spoil(path, old, new)
    text = path.read_text(encoding="utf-8")
    last = near.startswith("LAST ")
    start = text.rindex(near.removeprefix("LAST ")) if last else text.index(near)
    problem = next(one for one in problems_of(lambda: read(path)) if told in str(one))
    assert (problem.code, problem.where) == (code, at(path, text[:start].count("\n") + 1))


def test_a_partly_may_earn_what_a_no_does_and_a_no_more_than_nothing(path: Path) -> None:
    spoil(path, "en: partly}\n", "en: partly}\n    points: 0.25\n")
    spoil(path, 'nej, en: "no"}\n', 'nej, en: "no"}\n    points: 0.25\n')
    assert read(path).points_of == {"yes": 1, "partly": 0.25, "no": 0.25}


@pytest.mark.parametrize(("name", "near"), [("smal", "small"), ("nothing-like-it", "")])
def test_an_unknown_instrument_is_told_with_those_there_are(
    path: Path, name: str, near: str
) -> None:
    (problem,) = problems_of(lambda: load_instrument(path.parent, name))
    assert problem.code == "unknown_name"
    assert "one of: small" in str(problem)
    assert ("Did you mean small?" in str(problem)) == bool(near)


def test_an_unknown_question_is_told_with_the_nearest_one(path: Path) -> None:
    instrument = read(path)
    assert instrument.item("t.s1").serves == ["t.1"]
    assert instrument.indicator("t.1").id == "t.1"
    with pytest.raises(ParameterError, match=r"no question called “t\.s9”.* Did you mean t\.s"):
        instrument.item("t.s9")
    with pytest.raises(ParameterError, match=r"no indicator called “t\.s1”"):
        instrument.indicator("t.s1")
