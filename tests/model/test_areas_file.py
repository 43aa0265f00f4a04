"""Criteria, ratings and areas: every fault of areas.yaml at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.model.areas import Areas, load_areas
from misbrug_analysis.model.cooperation import Cooperation
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.instrument_file import load_instrument
from tests.model.spoiled import at, problems_of, spoil
from tests.small import CASES

# Of the small instrument, the topic t is assessed and later is not.
TEXT = """\
criteria:
  - id: gap
    label: {da: Afstand}
    source: gap
    explains: {da: Hvem der mangler.}
  - {id: effect, label: {da: Virkning}, source: rating, explains: {da: Om det hjælper.}}
  - {id: wishes, label: {da: Ønsker}, source: wishes, explains: {da: Hvem der vil.}}
ratings_statement: {da: Vurderet af os.}
ratings:
  - topic: t
    effect: 4
    reason: {da: Derfor.}
published:
  foundation: [t]
  source: {da: rapporten}
areas:
  - {id: A, label: {da: Opfølgning}, topics: [t, later]}
"""

COOPERATION = Cooperation.model_validate(
    {"level": "team", "questions": [{"id": "q", "text": {"da": "Godt?"}}]}
)


@pytest.fixture
def instrument(tmp_path: Path) -> Instrument:
    (tmp_path / "small.yaml").write_bytes((CASES / "instrument.yaml").read_bytes())
    return load_instrument(tmp_path, "small")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "areas.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return file


def line_of(path: Path, text: str) -> int:
    """The line in which a text stands that is there once."""
    return spoil(path, text, text)


def test_areas_are_read(path: Path, instrument: Instrument) -> None:
    areas = load_areas(path, instrument, COOPERATION)
    assert areas.rated == ["effect"]
    assert areas.ratings[0].scores == {"effect": 4}
    assert areas.published is not None
    assert areas.published.topics == ["t"]
    assert areas.areas[0].topics == ["t", "later"]


def test_computed_criteria_need_no_ratings(path: Path, instrument: Instrument) -> None:
    begin = TEXT.index("  - {id: effect")
    path.write_text(TEXT[:begin], encoding="utf-8")
    assert load_areas(path, instrument, None) == Areas.model_validate(
        {
            "criteria": [
                {
                    "id": "gap",
                    "label": {"da": "Afstand"},
                    "source": "gap",
                    "explains": {"da": "Hvem der mangler."},
                }
            ]
        }
    )


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("topic: t\n", "topic: s\n", "dangling", "topic points to s"),
        ("topic: t\n", "topic: later\n", "dangling", "one of: t"),
        ("effect: 4", "effect: 6", "bad_value", "at most 5"),
        ("effect: 4", "effect: 0", "bad_value", "at least 1"),
        ("effect: 4", "effect: 3.5", "bad_value", "not a whole number"),
        ("effect: 4", "effect: true", "bad_value", "not a whole number"),
        ("effect: 4", "efect: 4", "unknown_field", "Did you mean effect?"),
        ("effect: 4", "gap: 4", "unknown_field", "no setting called gap"),
        ("foundation: [t]", "foundation: [later]", "dangling", "one of: t"),
        ("foundation: [t]", "foundation: [t, t]", "repeated", "topic t"),
        ("foundation: [t]", "foundation: [t]\n  others: [t]", "repeated", "topic t"),
        ("foundation: [t]\n", "", "missing_field", "published.others"),
        ("topics: [t, later]", "topics: [t, soon]", "dangling", "one of: t, later"),
        ("topics: [t, later]", "topics: [t, t]", "repeated", "topic t"),
        ("topics: [t, later]", "topics: []", "bad_value", "at least 1"),
        ("id: A", "id: a", "bad_value", "areas.1.id"),
        ("source: gap", "source: gaps", "bad_value", "one of: gap, rating, wishes"),
        ("source: wishes", "source: gap", "repeated", "source gap"),
        ("id: wishes", "id: effect", "repeated", "criterion effect"),
        ("id: wishes", "id: topic", "bad_value", "this name is taken"),
        ("ratings_statement: {da: Vurderet af os.}\n", "", "missing_field", "ratings_statement"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_code(
    path: Path, instrument: Instrument, old: str, new: str, code: str, told: str
) -> None:
    spoil(path, old, new)
    problems = problems_of(lambda: load_areas(path, instrument, COOPERATION))
    assert [problem for problem in problems if problem.code == code and told in str(problem)]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("effect: 4", "effect: 6", "effect: 6"),
        ("effect: 4", "efect: 4", "efect: 4"),
        ("topic: t\n", "topic: s\n", "topic: s"),
        ("    source: gap", "    source: rating", "- topic: t"),
        ("foundation: [t]", "foundation: [t]\n  others: [t]", "others: [t]"),
        ("topics: [t, later]", "topics: [t, soon]", "topics: [t, soon]"),
        ("source: wishes", "source: gap", "id: wishes"),
        ("id: wishes", "id: topic", "id: topic"),
    ],
)
def test_a_fault_is_told_at_its_line(
    path: Path, instrument: Instrument, old: str, new: str, fault: str
) -> None:
    """``fault`` stands on the line of the fault; a rating that lacks a criterion begins there."""
    spoil(path, old, new)
    problems = problems_of(lambda: load_areas(path, instrument, COOPERATION))
    assert at(path, line_of(path, fault)) in [problem.where for problem in problems]


def test_every_topic_is_rated_once(path: Path, instrument: Instrument) -> None:
    rating = "  - topic: t\n    effect: 4\n    reason: {da: Derfor.}\n"
    line = spoil(path, rating, rating + rating)
    (twice,) = problems_of(lambda: load_areas(path, instrument, COOPERATION))
    assert (twice.code, twice.where) == ("repeated", at(path, line + 3))

    spoil(path, f"ratings:\n{rating}{rating}", "ratings: []\n")
    (never,) = problems_of(lambda: load_areas(path, instrument, COOPERATION))
    assert (never.code, never.where) == ("missing_field", at(path, line - 1))
    assert "a rating of topic t is missing" in str(never)


def test_wishes_need_groups_that_were_asked(path: Path, instrument: Instrument) -> None:
    (problem,) = problems_of(lambda: load_areas(path, instrument, None))
    assert (problem.code, problem.where) == ("missing_field", at(path, line_of(path, "id: wishes")))
    assert "`cooperation` in study.yaml" in str(problem)


def test_every_fault_is_told_at_once(path: Path, instrument: Instrument) -> None:
    spoil(path, "topics: [t, later]", "topics: [soon]")
    spoil(path, "foundation: [t]", "foundation: [soon]")
    problems = problems_of(lambda: load_areas(path, instrument, None))
    assert [problem.code for problem in problems] == ["missing_field", "dangling", "dangling"]
